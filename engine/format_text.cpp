// From text to its canonical form. The form is parsed again and held against the text before it is
// handed out: whatever is wrong with the formatter, no file is ever replaced by one that says
// something else.
#include "engine/public_diagnostics.h"
#include "grammar/format.h"
#include "grammar/parser.h"
#include "proviso/format.h"

namespace proviso {

FormatResult format_text(std::string_view text, std::string_view name, const Limits& limits) {
    grammar::SourceMap sources;
    grammar::DiagnosticSink sink;
    const auto source = sources.add(std::string(name), std::string(text));
    const grammar::ast::File file = grammar::parse(sources, source, limits, sink);
    FormatResult result;
    const bool has_errors = sink.has_errors();
    engine::hand_over(sources, sink, result);
    if (has_errors) return result;

    std::string form = grammar::format(sources, file);
    grammar::DiagnosticSink faults;
    Limits longer = limits;  // indentation may make it so
    longer.source_bytes = form.size();
    const auto again =
        grammar::parse(sources, sources.add(std::string(name), form), longer, faults);
    if (!faults.has_errors() && grammar::says_the_same(sources, file, again)) {
        result.formatted = std::move(form);
    } else {
        engine::add_placeless(engine::internal_error("the formatted text says something else"),
                              result);
    }
    return result;
}

}  // namespace proviso
