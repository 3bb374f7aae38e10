// Golden cases of the formatter: rule text in, its canonical form out. A form that is not its own
// form, or says something else than the text did, fails the case.

#include <stdexcept>
#include <string>

#include "grammar/format.h"
#include "grammar/parser.h"
#include "tests/golden/registry.h"

namespace proviso::golden {
namespace {

grammar::ast::File parse_or_throw(grammar::SourceMap& sources, std::string text) {
    grammar::DiagnosticSink sink;
    const auto source = sources.add("p.proviso", std::move(text));
    grammar::ast::File file = grammar::parse(sources, source, {}, sink);
    if (!sink.has_errors()) return file;
    throw std::runtime_error(grammar::render_text(sources, sink.all()));
}

std::string formatted(const GoldenFile& golden) {
    grammar::SourceMap sources;
    const auto file = parse_or_throw(sources, std::string(golden.text("policy")));
    std::string form = grammar::format(sources, file);
    const auto again = parse_or_throw(sources, form);
    if (!grammar::says_the_same(sources, file, again)) {
        throw std::runtime_error("says something else:\n" + form);
    }
    const std::string twice = grammar::format(sources, again);
    if (twice != form) throw std::runtime_error("is not its own form:\n" + form + "\n" + twice);
    return form;
}

}  // namespace

void register_format(Registry& registry) {
    registry.given("policy");
    registry.produced("formatted", formatted);
}

}  // namespace proviso::golden
