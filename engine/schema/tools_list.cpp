// See tools_list.h.
#include "engine/schema/tools_list.h"

#include <algorithm>
#include <map>

#include "engine/schema/arg_types.h"
#include "engine/schema/doc_text.h"

namespace proviso::schema {
namespace {

namespace ast = grammar::ast;
using grammar::DiagnosticId;

constexpr std::size_t most_reports = 20;

/// "a mapping with `a`, `b` and more", "a list", "a text".
std::string described(const Document& document, std::uint32_t at) {
    if (is_list(document, at)) return "a list";
    if (!is_map(document, at)) return is_text(document, at) ? "a text" : "a value";
    const std::vector<std::uint32_t>& items = document.nodes[at].items;
    if (items.empty()) return "an empty object";
    constexpr std::size_t most_names = 3;
    std::string text = "an object with ";
    std::size_t told = 0;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const std::string& name = document.nodes[items[i]].text;
        if (told == most_names) return text + " and more";
        if (told++ > 0) text += ", ";
        text.append("`").append(shown(name)).append("`");
    }
    return text;
}

/// Names that an object gives twice: which of the two holds is anybody's guess.
bool tell_repeated_members(const Document& document, grammar::DiagnosticSink& sink) {
    std::size_t told = 0;
    for (const DocumentNode& node : document.nodes) {
        if (node.kind != DocumentNode::Kind::map) continue;
        std::map<std::string_view, std::uint32_t> seen;
        for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
            const DocumentNode& name = document.nodes[node.items[i]];
            const auto [first, added] = seen.try_emplace(name.text, node.items[i]);
            if (added || ++told > most_reports) continue;
            sink.report(DiagnosticId::member_twice, name.span, {shown(name.text)})
                .notes.push_back({document.nodes[first->second].span, "first here"});
        }
    }
    return told > 0;
}

class ListReader {
  public:
    ListReader(const grammar::SourceMap& sources, grammar::SourceId source,
               const Document& document, const Limits& limits, grammar::DiagnosticSink& sink)
        : file_name_(sources.file(source).name),
          document_(document),
          limits_(limits),
          sink_(sink),
          making_{document, limits, result_.file, sink, 0, false, {}} {
        result_.file.source = source;
        result_.file.tools_list = true;
    }

    ToolsList read() {
        if (document_.nodes.empty() || tell_repeated_members(document_, sink_)) return take();
        const std::uint32_t list = find_list();
        if (list == nothing) return take();
        const std::vector<std::uint32_t>& tools = document_.nodes[list].items;
        result_.file.tools.reserve(tools.size());
        for (const std::uint32_t tool : tools) read_tool(tool);
        return take();
    }

  private:
    ToolsList take() { return std::move(result_); }

    void refuse(std::uint32_t at, const std::string& why) {
        sink_.report(DiagnosticId::not_a_tools_list, document_.nodes[at].span, {file_name_, why},
                     "save the answer to `tools/list`: `{\"tools\": [ … ]}`");
    }

    std::uint32_t find_list() {
        std::uint32_t at = 0;
        if (is_list(document_, at)) return at;
        const std::uint32_t result = member(document_, at, "result");
        if (result != nothing && member(document_, at, "tools") == nothing) at = result;
        const std::uint32_t tools = member(document_, at, "tools");
        if (tools == nothing) {
            refuse(at, "it is " + described(document_, at));
        } else if (!is_list(document_, tools)) {
            refuse(tools, "its `tools` are " + described(document_, tools));
        } else {
            tell_page(member(document_, at, "nextCursor"));
            return tools;
        }
        return nothing;
    }

    void tell_page(std::uint32_t cursor) {
        if (cursor == nothing || is_word(document_, cursor, "null")) return;
        sink_.report(DiagnosticId::tools_list_page, document_.nodes[cursor].span, {file_name_},
                     "ask again with the cursor, and import each page");
    }

    void read_tool(std::uint32_t at) {
        if (!is_map(document_, at)) return refuse(at, "a tool is " + described(document_, at));
        const std::uint32_t name = member(document_, at, "name");
        if (name == nothing || !is_text(document_, name)) {
            return refuse(at, "a tool without a name is " + described(document_, at));
        }
        const std::string& text = document_.nodes[name].text;
        const grammar::Span span = document_.nodes[name].span;
        const std::string why = why_no_name(text, limits_);
        if (!why.empty()) {
            sink_.report(DiagnosticId::listed_name, span, {"a tool", why});
            return;
        }
        const auto [first, added] = seen_.try_emplace(text, span);
        if (added) return add_tool(at, text, span);
        sink_.report(DiagnosticId::duplicate_name, span, {text})
            .notes.push_back({first->second, "first declared here"});
    }

    void add_tool(std::uint32_t at, const std::string& name, grammar::Span span) {
        ast::Tool tool;
        tool.head = {span, span, making_.keep(doc_of(description(at), limits_.description_bytes))};
        tool.name = {making_.keep(name), span, true};
        tool.has_args = true;
        tool.open_args = true;
        const std::uint32_t schema = member(document_, at, "inputSchema");
        if (schema != nothing && is_map(document_, schema)) {
            ListedArgs args = args_of(making_, tool.name.text, schema);
            tool.args = std::move(args.fields);
            tool.open_args = args.open;
        } else {
            sink_.report(DiagnosticId::arg_untyped, span,
                         {"args", name, "it has no `inputSchema`"});
        }
        result_.file.tools.push_back(std::move(tool));
        result_.hinted_tiers.push_back(hinted_tier(member(document_, at, "annotations")));
    }

    [[nodiscard]] std::string_view description(std::uint32_t at) const {
        const std::string_view text = text_member(document_, at, "description");
        return text.empty() ? text_member(document_, at, "title") : text;
    }

    [[nodiscard]] bool hint(std::uint32_t hints, std::string_view name, bool otherwise) const {
        const std::uint32_t value = member(document_, hints, name);
        return value == nothing ? otherwise : is_word(document_, value, "true");
    }

    /// On the tighter side: what may reach out, or may not be undone, is no light thing.
    [[nodiscard]] std::string_view hinted_tier(std::uint32_t hints) const {
        if (hints == nothing || !is_map(document_, hints)) return {};
        const bool reads = hint(hints, "readOnlyHint", false);
        const bool destroys = hint(hints, "destructiveHint", true);
        if (reads) return hint(hints, "openWorldHint", true) ? "operational" : "informational";
        return destroys ? "high_impact" : "operational";
    }

    std::string_view file_name_;
    const Document& document_;
    const Limits& limits_;
    grammar::DiagnosticSink& sink_;
    ToolsList result_;
    Making making_;
    std::map<std::string_view, grammar::Span> seen_;
};

}  // namespace

ToolsList read_tools(const grammar::SourceMap& sources, grammar::SourceId source,
                     const grammar::Document& document, const Limits& limits,
                     grammar::DiagnosticSink& sink) {
    return ListReader(sources, source, document, limits, sink).read();
}

}  // namespace proviso::schema
