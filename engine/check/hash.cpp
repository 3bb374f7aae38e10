// See hash.h. The statements of a kind are written by name, each with its clauses in a fixed order
// and what has no order sorted; all that is written goes into one SHA-256.

#include "engine/check/hash.h"

#include <algorithm>

#include "engine/check/canonical.h"
#include "engine/check/listed_tools.h"
#include "engine/model/sha256.h"

namespace proviso::check {
namespace {

/// What was written so far, and the file whose ids the statement at hand has.
struct Writer {
    std::string bytes;
    model::Sha256 hash;  // of what was written before
    const ast::File* file = nullptr;
    OpenExpressions open;

    void put(std::string_view part) { append_part(bytes, part); }
    void put(const ast::Name& name) { put(name.text); }
    void put(const ast::Text& given) { put(given.text); }
    void put(ast::ExprId id) { append_expression(bytes, *file, id, open); }
    void put(ast::TypeId id) { append_type(bytes, *file, id, open); }
    void put(const ast::Duration& duration) {
        number(static_cast<std::uint64_t>(duration.seconds));
    }
    void put(const ast::Trial& trial) { put(trial.until); }
    void number(std::uint64_t value) { append_number(bytes, value); }
    template <class Enumerator>
    void enumerator(Enumerator value) {
        number(static_cast<std::uint64_t>(value));
    }
    template <class Part>
    void put(const std::optional<Part>& part) {
        number(part ? 1 : 0);
        if (part) put(*part);
    }
    template <class Part>
    void put_all(const std::vector<Part>& parts) {
        number(parts.size());
        for (const Part& part : parts) put(part);
    }

    /// Parts whose order says nothing.
    template <class Part>
    void put_sorted(const std::vector<Part>& parts) {
        number(parts.size());
        if (parts.size() == 1) return put(parts.front());
        const std::size_t begin = bytes.size();
        std::vector<std::string> written;
        for (const Part& part : parts) {
            const std::size_t at = bytes.size();
            put(part);
            written.push_back(bytes.substr(at));
        }
        std::sort(written.begin(), written.end());
        bytes.resize(begin);
        for (const std::string& part : written) bytes += part;
    }

    void put(const ast::FieldDecl& field) {
        put(field.name);
        put(field.type);
    }
    void put(const ast::Target& target) {
        enumerator(target.kind);
        put(target.name);
    }
    void put(const ast::Targets& targets) {
        put_sorted(targets.include);
        put_sorted(targets.except);
    }
    void put(const ast::Outcome& outcome) {
        enumerator(outcome.effect);
        put(outcome.who);
        put(outcome.within);
    }
    void put(const ast::Oblige& duty) {
        put(duty.name);
        number(duty.arguments.count);
        for (std::uint32_t i = 0; i < duty.arguments.count; ++i) {
            put(file->expr_items[duty.arguments.begin + i]);
        }
    }
    void put(const ast::Can& can) {
        put_sorted(can.stages);
        put(can.targets);
        put(can.when);
    }
    template <class Line>
    void put_label(const Line& line) {
        number(line.rest);
        enumerator(line.band);
        put(line.label);
    }
    void put(const ast::MatrixColumn& column) { put_label(column); }
    void put(const ast::MatrixRow& row) {
        put_label(row);
        put_all(row.values);
        put_all(row.outcomes);
    }

    // statements

    void put(const ast::TypeDecl& node) {
        put(node.name);
        put(node.type);
    }
    void put(const ast::Attribute& node) {
        put(node.path);
        put(node.type);
        put(node.default_value);
        number(node.is_volatile);
    }
    void put(const ast::Facts& node) {
        put(node.name);
        put(node.key);
        put_sorted(node.fields);
    }
    void put_tool_head(const ast::Tool& node, bool open_args) {
        put(node.name);
        put(node.tier);
        put_sorted(node.stages);
        put(node.undo);
        put_sorted(node.tags);
        number(open_args);
    }
    void put(const ast::Tool& node) {
        put_tool_head(node, node.open_args);
        put_sorted(node.args);
    }
    /// One that a statement adds to is written as the statement that says all of it.
    void put_listed(const ast::Tool& node, const Declared<ast::Tool>& list) {
        put_tool_head(node, node.has_args ? node.open_args : list.node->open_args);
        const std::size_t begin = bytes.size();
        std::vector<std::string> written;
        const auto add = [&](const ast::FieldDecl& field) {
            put(field);
            written.push_back(bytes.substr(begin));
            bytes.resize(begin);
        };
        for (const ast::FieldDecl& field : node.args) add(field);
        file = list.file;
        for (const ast::FieldDecl& field : list.node->args) {
            if (!says(node, field.name.text)) add(field);
        }
        std::sort(written.begin(), written.end());
        number(written.size());
        for (const std::string& field : written) bytes += field;
    }
    void put_tools(const Context& context) {
        number(context.tools.size());
        for (const auto& tool : context.tools) {
            const auto list = context.listed_tools.find(tool.node);
            file = tool.file;
            list == context.listed_tools.end() ? put(*tool.node)
                                               : put_listed(*tool.node, list->second);
            if (bytes.size() >= most_kept) flush();
        }
    }
    void put(const ast::Role& node) {
        put(node.name);
        put_sorted(node.extends);
        put_sorted(node.grants);
    }
    void put(const ast::Bind& node) {
        put(node.role);
        put_sorted(node.ids);
        put(node.data);
    }
    void put(const ast::Authority& node) { put_sorted(node.parties); }
    void put(const ast::Let& node) {
        put(node.name);
        put(node.value);
    }
    void put(const ast::Table& node) {
        put(node.name);
        put_all(node.axes);
        put(node.value);
        put_all(node.columns);
        put_all(node.rows);
    }
    void put(const ast::Raise& node) {
        put(node.name);
        put(node.on);
        put_sorted(node.at);
        put(node.when);
        put(node.unless);
        put(node.to);
    }
    void put(const ast::Rule& node) {
        enumerator(node.effect);
        put(node.name);
        put(node.trial);
        put(node.on);
        put_sorted(node.at);
        put(node.when);
        put(node.unless);
        put(node.by);
        put(node.tell);
        put(node.within);
        put_sorted(node.obliges);
        put_because(node.because_parts);
        put(node.fix);
    }
    void put_because(ast::Range32 parts) {
        number(parts.count);
        for (std::uint32_t i = 0; i < parts.count; ++i) {
            const ast::TextPart& part = file->text_parts[parts.begin + i];
            put(part.expr == ast::no_expr ? part.text : std::string_view{});
            put(part.expr);
        }
    }
    void put(const ast::Matrix& node) {
        put(node.name);
        number(node.is_default);
        put(node.trial);
        put_all(node.axes);
        put(node.on);
        put_sorted(node.at);
        put_all(node.columns);
        put_all(node.rows);
    }
    void put(const ast::Default& node) { put(node.outcome); }
    void put(const ast::WindowPart& part) {
        enumerator(part.kind);
        number(part.weekdays);
        number(static_cast<std::uint64_t>(part.from_minute));
        number(static_cast<std::uint64_t>(part.to_minute));
        put(part.first_date);
        put(part.last_date);
        number(static_cast<std::uint64_t>(part.workdays));
        number(part.last);
        put(part.name);
    }
    void put(const ast::Window& node) {
        put(node.name);
        put_sorted(node.include);
        put_sorted(node.except);
        put(node.zone);
    }
    void put(const ast::Need& need) {
        number(static_cast<std::uint64_t>(need.count));
        number(need.principal);
        put_sorted(need.roles);
    }
    void put(const ast::Escalation& also) {
        put(also.role);
        put(also.after);
    }
    void put(const ast::Approval& node) {
        put(node.name);
        put_sorted(node.needs);
        put(node.within);
        put(node.valid);
        put_sorted(node.escalations);
        put_sorted(node.never);
    }
    void put(const ast::Period& period) {
        number(period.rolling);
        number(period.about);
        put(period.length);
        put(period.calendar);
        put(period.zone);
    }
    /// Of a counter or a limit; totals are kept by keys in the order in which they are written.
    template <class Statement>
    void put_measure(const Statement& node) {
        enumerator(node.aggregate);
        put(node.value);
        put(node.on);
        put_sorted(node.at);
        put(node.where);
        number(node.per.count);
        for (std::uint32_t i = 0; i < node.per.count; ++i) {
            put(file->expr_items[node.per.begin + i]);
        }
        put(node.period);
    }
    void put(const ast::Counter& node) {
        put(node.name);
        put_measure(node);
    }
    void put(const ast::LimitStep& step) {
        number(step.inclusive);
        put(step.cap);
        put(step.outcome);
    }
    void put(const ast::Limit& node) {
        put(node.name);
        put(node.trial);
        put_measure(node);
        put_all(node.steps);
        put(node.unless);
        put_sorted(node.obliges);
        put_because(node.because_parts);
        put(node.fix);
    }
    void put(const ast::ObligationDecl& node) {
        put(node.name);
        put_all(node.params);
    }
    template <class Statement>
    void put(const Declared<Statement>& declared) {
        file = declared.file;
        put(*declared.node);
    }
    template <class Statement>
    void put_statements(const std::vector<Declared<Statement>>& all) {
        number(all.size());
        for (const auto& declared : all) {
            put(declared);
            if (bytes.size() >= most_kept) flush();
        }
    }

    /// Of a kind that came later: a set without them has the hash that it had before.
    template <class Statement>
    void put_more(std::string_view kind, const std::vector<Declared<Statement>>& all) {
        if (all.empty()) return;
        put(kind);
        put_statements(all);
    }

    void flush() {
        hash.add(bytes);
        bytes.clear();
    }
    static constexpr std::size_t most_kept = 16'384;  // stays in the cache
};

/// With the values in force.
void put_params(Writer& out, const Context& context) {
    out.number(context.params.size());
    for (std::size_t i = 0; i < context.params.size(); ++i) {
        const auto& [file, node] = context.params[i];
        out.file = file;
        out.put(node->name);
        out.put(node->type);
        out.put(node->low);
        out.put(node->high);
        const Typed& value = context.param_values[i];
        out.put(model::to_json(context.set.types, value.type, context.set.node(value.node).value));
    }
}

/// The values, and not how they stand in their file.
void put_data(Writer& out, const Context& context) {
    if (context.data.empty()) return;
    out.put("data");
    out.number(context.data.size());
    for (std::size_t i = 0; i < context.data.size(); ++i) {
        const auto& [file, node] = context.data[i];
        out.file = file;
        out.put(node->name);
        out.put(node->type);
        const Data& data = context.set.data[i];
        out.put(model::to_json(context.set.types, data.type, data.value));
    }
}

}  // namespace

std::string hash_of(const Context& context) {
    Writer out{.bytes = "proviso-set-2\n"};
    out.put(context.set.name);
    out.put(context.set.version);
    out.number(context.set.catalogue_open);
    put_params(out, context);
    out.put_statements(context.type_decls);
    out.put_statements(context.attributes);
    out.put_tools(context);
    out.put_statements(context.roles);
    out.put_sorted(context.binds);
    out.put_sorted(context.authorities);
    out.put_statements(context.lets);
    out.put_statements(context.tables);
    out.put_statements(context.raises);
    out.put_statements(context.rules);
    out.put_statements(context.matrices);
    out.put_sorted(context.defaults);
    out.put_statements(context.obligations);
    if (!context.windows.empty()) out.put_statements(context.windows);
    out.put_more("facts", context.facts);
    put_data(out, context);
    out.put_more("counters", context.counters);
    out.put_more("limits", context.limit_statements);
    if (!context.set.zones.empty()) out.put(context.set.zone_data);
    if (!context.approvals.empty()) {
        out.put("approvals");
        out.put_statements(context.approvals);
    }
    out.flush();
    return out.hash.hex();
}

}  // namespace proviso::check
