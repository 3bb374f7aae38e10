// Golden cases of the grammar: rule text in, its AST and its diagnostics out. Lines of the section
// `limits` (`nesting = 3`) lower a limit.

#include <charconv>
#include <string>
#include <string_view>

#include "grammar/ast_dump.h"
#include "grammar/parser.h"
#include "tests/golden/registry.h"

namespace proviso::golden {
namespace {

std::size_t value_of(std::string_view limits, std::string_view name, std::size_t otherwise) {
    const std::size_t at = limits.find(std::string(name) + " = ");
    if (at == std::string_view::npos) return otherwise;
    const std::string_view digits = limits.substr(at + name.size() + 3);
    std::size_t value = otherwise;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

Limits limits_of(const GoldenFile& golden) {
    Limits limits;
    const std::string_view given = golden.text("limits");
    limits.source_bytes = value_of(given, "source_bytes", limits.source_bytes);
    limits.nesting = value_of(given, "nesting", limits.nesting);
    limits.errors = value_of(given, "errors", limits.errors);
    return limits;
}

struct ParsedPolicy {
    grammar::SourceMap sources;
    grammar::DiagnosticSink sink;
    grammar::ast::File file;

    explicit ParsedPolicy(const GoldenFile& golden) {
        const auto source = sources.add("p.proviso", std::string(golden.text("policy")));
        file = grammar::parse(sources, source, limits_of(golden), sink);
        sink.sort();
    }
};

}  // namespace

void register_grammar(Registry& registry) {
    registry.given("policy");
    registry.given("limits");
    registry.produced(
        "ast", [](const GoldenFile& golden) { return grammar::dump(ParsedPolicy(golden).file); });
    registry.produced("diagnostics", [](const GoldenFile& golden) {
        const ParsedPolicy parsed(golden);
        return grammar::render_text(parsed.sources, parsed.sink.all());
    });
}

}  // namespace proviso::golden
