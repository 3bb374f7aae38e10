// From an MCP tools list to `tool` statements. The text is formatted like any other, which parses
// it twice: what people are handed is rule text, whatever the document holds.
#include "engine/documents.h"
#include "engine/public_diagnostics.h"
#include "engine/schema/tool_text.h"
#include "engine/schema/tools_list.h"
#include "proviso/format.h"
#include "proviso/tools.h"

namespace proviso {

ToolsResult tools_to_rules(std::string_view json, std::string_view name, const Limits& limits) {
    grammar::SourceMap sources;
    grammar::DiagnosticSink sink;
    const auto source = sources.add(std::string(name), std::string(json));
    const grammar::Document document = engine::read_json_document(sources, source, limits, sink);
    const schema::ToolsList list = schema::read_tools(sources, source, document, limits, sink);
    ToolsResult result;
    const bool has_errors = sink.has_errors();
    engine::hand_over(sources, sink, result);
    if (has_errors) return result;

    result.tools = list.file.tools.size();
    Limits longer = limits;  // a rule file may be longer than a list, and its types as deep
    longer.source_bytes = limits.set_bytes;
    FormatResult formatted = format_text(schema::tools_text(list), name, longer);
    if (formatted.formatted) {
        result.rules = std::move(formatted.formatted);
    } else {
        result.text += formatted.text;
        result.coloured_text += formatted.coloured_text;
        engine::add_placeless(engine::internal_error("the tools make no rule text"), result);
    }
    return result;
}

}  // namespace proviso
