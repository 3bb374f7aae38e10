// See hash.h. Each statement is written as one text in which every part is told from the next by
// its length, clauses in a fixed order, and lists whose order says nothing sorted.

#include "engine/check/hash.h"

#include <algorithm>
#include <functional>

#include "engine/check/expression_text.h"
#include "engine/model/sha256.h"

namespace proviso::check {
namespace {

/// The text of one statement as it grows.
struct Writer {
    const ast::File& file;
    std::string text;

    void put(std::string_view part) { append_part(text, part); }
    void put(const ast::Name& name) { put(name.text); }
    void put(std::int64_t number) { put(std::to_string(number)); }
    void put(ast::ExprId id) { put(expression_text(file, id)); }
    void type(ast::TypeId id) { put(type_text(file, id)); }

    /// Parts whose order says nothing.
    void put_sorted(std::vector<std::string> parts) {
        std::sort(parts.begin(), parts.end());
        put(static_cast<std::int64_t>(parts.size()));
        for (const std::string& part : parts) put(part);
    }
    void put_sorted(const std::vector<ast::Name>& names) {
        std::vector<std::string> parts;
        for (const ast::Name& name : names) parts.emplace_back(name.text);
        put_sorted(std::move(parts));
    }
    void put(const std::vector<ast::FieldDecl>& fields) {
        std::vector<std::string> parts;
        for (const ast::FieldDecl& field : fields) {
            Writer part{file, {}};
            part.put(field.name);
            part.type(field.type);
            parts.push_back(std::move(part.text));
        }
        put_sorted(std::move(parts));
    }
    void put(const std::optional<ast::Name>& name) { put(name ? name->text : ""); }
    void put(const std::optional<ast::Text>& given) {
        put(given ? std::int64_t{1} : std::int64_t{0});
        if (given) put(given->text);
    }
    void put(const std::optional<ast::Duration>& duration) {
        put(duration ? duration->seconds : std::int64_t{-1});
    }
    void put(const std::optional<ast::Trial>& trial) { put(trial ? trial->until : ""); }

    void targets(const std::vector<ast::Target>& all) {
        std::vector<std::string> parts;
        for (const ast::Target& target : all) {
            parts.push_back(std::to_string(static_cast<int>(target.kind)) +
                            std::string(target.name.text));
        }
        put_sorted(std::move(parts));
    }
    void put(const ast::Targets& all) {
        targets(all.include);
        targets(all.except);
    }
    void put(const ast::Outcome& outcome) {
        put(static_cast<std::int64_t>(outcome.effect));
        put(outcome.who);
        put(outcome.within);
    }
    void put(const std::vector<ast::Oblige>& duties) {
        std::vector<std::string> parts;
        for (const ast::Oblige& duty : duties) {
            Writer part{file, {}};
            part.put(duty.name);
            for (std::uint32_t i = 0; i < duty.arguments.count; ++i) {
                part.put(file.expr_items[duty.arguments.begin + i]);
            }
            parts.push_back(std::move(part.text));
        }
        put_sorted(std::move(parts));
    }
    template <class Line>
    void label(const Line& line) {
        put(static_cast<std::int64_t>(line.rest));
        put(static_cast<std::int64_t>(line.band));
        put(line.label);
    }
};

void write(Writer& out, const ast::TypeDecl& node) {
    out.put("type");
    out.put(node.name);
    out.type(node.type);
}

void write(Writer& out, const ast::Attribute& node) {
    out.put("attribute");
    out.put(node.path);
    out.type(node.type);
    out.put(node.default_value);
    out.put(static_cast<std::int64_t>(node.is_volatile));
}

void write(Writer& out, const ast::Tool& node) {
    out.put("tool");
    out.put(node.name);
    out.put(node.tier);
    out.put_sorted(node.stages);
    out.put(node.undo);
    out.put_sorted(node.tags);
    out.put(static_cast<std::int64_t>(node.open_args));
    out.put(node.args);
}

void write(Writer& out, const ast::Role& node) {
    out.put("role");
    out.put(node.name);
    out.put_sorted(node.extends);
    std::vector<std::string> grants;
    for (const ast::Can& can : node.grants) {
        Writer part{out.file, {}};
        part.put_sorted(can.stages);
        part.put(can.targets);
        part.put(can.when);
        grants.push_back(std::move(part.text));
    }
    out.put_sorted(std::move(grants));
}

void write(Writer& out, const ast::Bind& node) {
    out.put("bind");
    out.put(node.role);
    std::vector<std::string> ids;
    for (const ast::Text& id : node.ids) ids.emplace_back(id.text);
    out.put_sorted(std::move(ids));
    out.put(node.data);
}

void write(Writer& out, const ast::Authority& node) {
    out.put("authority");
    out.put_sorted(node.parties);
}

void write(Writer& out, const ast::Let& node) {
    out.put("let");
    out.put(node.name);
    out.put(node.value);
}

void write(Writer& out, const ast::Table& node) {
    out.put("table");
    out.put(node.name);
    out.put(static_cast<std::int64_t>(node.axes.size()));
    for (const ast::TypeId axis : node.axes) out.type(axis);
    out.type(node.value);
    out.put(static_cast<std::int64_t>(node.columns.size()));
    for (const ast::MatrixColumn& column : node.columns) out.label(column);
    for (const ast::MatrixRow& row : node.rows) {
        out.label(row);
        for (const ast::ExprId value : row.values) out.put(value);
    }
}

void write(Writer& out, const ast::Raise& node) {
    out.put("raise");
    out.put(node.name);
    out.put(node.on);
    out.put_sorted(node.at);
    out.put(node.when);
    out.put(node.unless);
    out.put(node.to);
}

void write(Writer& out, const ast::Rule& node) {
    out.put("rule");
    out.put(static_cast<std::int64_t>(node.effect));
    out.put(node.name);
    out.put(node.trial);
    out.put(node.on);
    out.put_sorted(node.at);
    out.put(node.when);
    out.put(node.unless);
    out.put(node.by);
    out.put(node.tell);
    out.put(node.within);
    out.put(node.obliges);
    out.put(static_cast<std::int64_t>(node.because_parts.count));
    for (std::uint32_t i = 0; i < node.because_parts.count; ++i) {
        const ast::TextPart& part = out.file.text_parts[node.because_parts.begin + i];
        out.put(part.expr == ast::no_expr ? part.text : std::string_view{});
        out.put(part.expr);
    }
    out.put(node.fix);
}

void write(Writer& out, const ast::Matrix& node) {
    out.put("matrix");
    out.put(node.name);
    out.put(static_cast<std::int64_t>(node.is_default));
    out.put(node.trial);
    out.put(static_cast<std::int64_t>(node.axes.size()));
    for (const ast::ExprId axis : node.axes) out.put(axis);
    out.put(node.on ? std::int64_t{1} : std::int64_t{0});
    if (node.on) out.put(*node.on);
    out.put_sorted(node.at);
    out.put(static_cast<std::int64_t>(node.columns.size()));
    for (const ast::MatrixColumn& column : node.columns) out.label(column);
    for (const ast::MatrixRow& row : node.rows) {
        out.label(row);
        for (const ast::Outcome& outcome : row.outcomes) out.put(outcome);
    }
}

void write(Writer& out, const ast::Default& node) {
    out.put("default");
    out.put(node.outcome);
}

void write(Writer& out, const ast::ObligationDecl& node) {
    out.put("obligation");
    out.put(node.name);
    out.put(static_cast<std::int64_t>(node.params.size()));
    for (const ast::FieldDecl& field : node.params) {
        out.put(field.name);
        out.type(field.type);
    }
}

template <class Statement>
void hash_all(const std::vector<Declared<Statement>>& all, std::vector<std::string>& hashes) {
    for (const auto& [file, node] : all) {
        Writer out{*file, {}};
        write(out, *node);
        hashes.push_back(model::sha256_hex(out.text));
    }
}

void hash_params(const Context& context, std::vector<std::string>& hashes) {
    for (std::size_t i = 0; i < context.params.size(); ++i) {
        const auto& [file, node] = context.params[i];
        Writer out{*file, {}};
        out.put("param");
        out.put(node->name);
        out.type(node->type);
        out.put(node->low);
        out.put(node->high);
        const Typed& value = context.param_values[i];
        out.put(value.bad() ? std::string{}
                            : model::to_json(context.set.types, value.type,
                                             context.set.node(value.node).value));
        hashes.push_back(model::sha256_hex(out.text));
    }
}

}  // namespace

std::string hash_of(const Context& context) {
    std::vector<std::string> hashes;
    std::string head = "policy";
    append_part(head, context.set.name);
    append_part(head, context.set.version);
    hashes.push_back(model::sha256_hex(head));
    if (context.set.catalogue_open) hashes.push_back(model::sha256_hex("catalogue open"));
    hash_params(context, hashes);
    hash_all(context.type_decls, hashes);
    hash_all(context.attributes, hashes);
    hash_all(context.tools, hashes);
    hash_all(context.roles, hashes);
    hash_all(context.binds, hashes);
    hash_all(context.authorities, hashes);
    hash_all(context.lets, hashes);
    hash_all(context.tables, hashes);
    hash_all(context.raises, hashes);
    hash_all(context.rules, hashes);
    hash_all(context.matrices, hashes);
    hash_all(context.defaults, hashes);
    hash_all(context.obligations, hashes);
    std::sort(hashes.begin(), hashes.end());
    std::string all = "proviso-set-1\n";
    for (const std::string& hash : hashes) all += hash + '\n';
    return model::sha256_hex(all);
}

}  // namespace proviso::check
