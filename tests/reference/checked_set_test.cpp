// See checked_set.h.
#include "tests/reference/checked_set.h"

#include <catch2/catch.hpp>

#include "engine/check/checker.h"
#include "grammar/parser.h"

namespace proviso::reference {

std::unique_ptr<CheckedSet> checked_set(const std::string& text) {
    auto result = std::make_unique<CheckedSet>();
    const Limits limits;
    grammar::DiagnosticSink sink;
    std::vector<grammar::ast::File> files;
    const auto source = result->sources.add("p.proviso", "policy test version \"1\"\n\n" + text);
    files.push_back(grammar::parse(result->sources, source, limits, sink));
    auto set = check::check(result->sources, files, {}, limits, sink);
    INFO(text);
    REQUIRE(set);
    result->set = std::move(*set);
    return result;
}

Json json_of(const std::string& text) {
    const auto json = parse_json(text);
    INFO(text);
    REQUIRE(json);
    return *json;
}

}  // namespace proviso::reference
