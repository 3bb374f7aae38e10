#include "engine/decide/inline_text.h"

#include <string>
#include <utility>

#include <catch2/catch.hpp>

namespace proviso::decide {
namespace {

TEST_CASE("a text is kept whole, short or long") {
    for (const std::size_t size : {0U, 1U, 22U, 23U, 24U, 127U, 128U, 70'000U}) {
        std::string text(size, '\xFF');
        if (size > 1) text[1] = '\0';
        const InlineText kept{text};
        CHECK(kept.view() == text);
    }
    CHECK(InlineText{}.view().empty());
}

TEST_CASE("a text that is moved is gone where it was") {
    for (const std::size_t size : {5U, 50U}) {
        const std::string text(size, 'a');
        InlineText from{text};
        InlineText to{std::string(60, 'b')};
        to = std::move(from);
        CHECK(to.view() == text);
        CHECK(from.view().empty());  // NOLINT(bugprone-use-after-move)
        const InlineText third{std::move(to)};
        CHECK(third.view() == text);
        InlineText& same = from;
        from = std::move(same);
        CHECK(from.view().empty());
    }
}

}  // namespace
}  // namespace proviso::decide
