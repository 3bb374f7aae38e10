// What the passes look at, and where they report. One pass is one file; lint.cpp runs them.
#pragma once

#include <string_view>
#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "grammar/source.h"
#include "lint/lint.h"

namespace proviso::lint {

namespace ast = grammar::ast;
using grammar::DiagnosticId;
using grammar::Span;

/// Work that is left of a bound. Whoever set it says where it is used up.
class Budget {
  public:
    explicit Budget(std::size_t left) : left_(left) {}
    /// Whether there was so much left.
    bool take(std::size_t amount = 1) {
        if (amount > left_) {
            left_ = 0;
            cut_ = true;
            return false;
        }
        left_ -= amount;
        return true;
    }
    [[nodiscard]] bool cut() const { return cut_; }

  private:
    std::size_t left_;
    bool cut_ = false;
};

struct Subject {
    const grammar::SourceMap& sources;
    const std::vector<ast::File>& files;
    const check::PolicySet& set;
    const Options& options;
    grammar::DiagnosticSink& sink;
    Budget& comparisons;  // of all passes together; past it they conclude nothing
};

template <class Id>
[[nodiscard]] constexpr std::uint32_t index_of(Id id) {
    return static_cast<std::uint32_t>(id);
}

/// Whether a file is text of the set's author: neither a module nor a tools list.
[[nodiscard]] bool is_written(const Subject& subject, const ast::File& file);

/// "P1705: the set is not looked at whole", at the first statement.
void report_cut(Subject& subject, std::size_t most, std::string_view what);

}  // namespace proviso::lint
