#include "grammar/grammar.h"

#include <catch2/catch.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

namespace {

using namespace proviso::grammar::peg;  // NOLINT: the subject of the test

/// Everything that the parser ever starts from.
// NOLINTNEXTLINE(readability-identifier-naming): as the rules of the grammar are
struct starts : sor<file, rule_rest, raise_rest, limit_rest, counter_rest, example_rest,
                    attributes_rest, fields_rest, arguments_rest, tool_rest, role_rest,
                    approval_rest, matrix_rest, table_rest> {};

}  // namespace

TEST_CASE("the grammar has no rule that loops without progress") {
    CHECK(tao::pegtl::analyze<starts>(-1) == 0);
}
