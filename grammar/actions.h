// What every action header shares: the input, and how an action is written.
#pragma once

#include <tao/pegtl.hpp>

#include "grammar/builder.h"
#include "grammar/grammar.h"

namespace proviso::grammar {

using Input = tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf_crlf,
                                       const char*>;
using Match = Input::action_t;

/// Runs when a rule of the grammar has matched; most rules have none.
template <typename Rule>
struct action : tao::pegtl::nothing<Rule> {};

[[nodiscard]] inline std::string_view view(const Match& in) {
    return {in.begin(), static_cast<std::size_t>(in.end() - in.begin())};
}
[[nodiscard]] inline Span place(const Match& in, const Builder& b) {
    return b.span(in.begin(), in.end());
}

}  // namespace proviso::grammar

/// PROVISO_ON(rule) { … } is the action of peg::rule; `in` is its match and `b` the Builder.
#define PROVISO_ON(rule)                                                   \
    template <>                                                            \
    struct action<peg::rule> {                                             \
        static void apply(const Match& in, Builder& b);                    \
    };                                                                     \
    inline void action<peg::rule>::apply([[maybe_unused]] const Match& in, \
                                         [[maybe_unused]] Builder& b)
