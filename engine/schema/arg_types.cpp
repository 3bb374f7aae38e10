// See arg_types.h. A schema is read by its keywords in the order in which one of them settles the
// type: `$ref`, `anyOf` and its kin, `enum` and `const`, `type`.
#include "engine/schema/arg_types.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "engine/schema/measures.h"
#include "engine/schema/words.h"

namespace proviso::schema {
namespace {

namespace ast = grammar::ast;
using grammar::DiagnosticId;

/// Those that no type holds to, wherever they stand.
constexpr std::array<std::string_view, 22> not_held{"multipleOf",
                                                    "uniqueItems",
                                                    "contains",
                                                    "minContains",
                                                    "maxContains",
                                                    "prefixItems",
                                                    "additionalItems",
                                                    "patternProperties",
                                                    "propertyNames",
                                                    "minProperties",
                                                    "maxProperties",
                                                    "dependentRequired",
                                                    "dependentSchemas",
                                                    "dependencies",
                                                    "if",
                                                    "then",
                                                    "else",
                                                    "not",
                                                    "unevaluatedItems",
                                                    "unevaluatedProperties",
                                                    "disallow",
                                                    "extends"};

/// What may stand beside a `$ref`, `anyOf` or `enum` and says nothing of the value.
constexpr std::array<std::string_view, 15> says_nothing{
    "$schema",    "$id",      "$comment",    "$defs",   "definitions",
    "$anchor",    "title",    "description", "default", "examples",
    "deprecated", "readOnly", "writeOnly",   "type",    "nullable"};

template <std::size_t Count>
bool is_among(const std::array<std::string_view, Count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::string_view leads_nowhere = "its `$ref` leads nowhere in the tool's own schema";

class Typer {
  public:
    Typer(Making& making, std::string_view tool, std::uint32_t root)
        : making_(making),
          tool_(tool),
          root_(root) {}

    ListedArgs args() {
        ListedArgs args;
        path_ = "args";
        const std::uint32_t at = referred(root_);
        if (at == nothing) {
            untyped(root_, leads_nowhere);
            return args;
        }
        open_ = {root_, at};
        tell_beside(at, {"properties", "required", "additionalProperties"});
        if (!is_object(at)) untyped(at, "its schema is not that of an object");
        args.fields = fields_of(at, 0);
        args.open = is_open(at);
        return args;
    }

  private:
    [[nodiscard]] const Document& document() const { return making_.document; }
    [[nodiscard]] const DocumentNode& node(std::uint32_t at) const { return making_.node(at); }

    void untyped(std::uint32_t at, std::string_view why) {
        making_.sink.report(DiagnosticId::arg_untyped, node(at).span, {path_, tool_, why},
                            help_untyped());
    }
    [[nodiscard]] std::string help_untyped() const {
        return "a `tool` statement may say its type: `tool … { args { … } }`";
    }
    void looser(std::uint32_t at, std::string_view keyword) {
        making_.sink.report(DiagnosticId::arg_looser, node(at).span,
                            {path_, tool_, shown(keyword)});
    }

    ast::TypeId add(std::uint32_t at, ast::TypeExpr type) {
        type.span = node(at).span;
        making_.file.types.push_back(std::move(type));
        return static_cast<ast::TypeId>(making_.file.types.size() - 1);
    }
    ast::TypeExpr& made(ast::TypeId id) { return making_.file.types[static_cast<std::size_t>(id)]; }
    ast::TypeId named(std::uint32_t at, std::string_view name) {
        ast::TypeExpr type;
        type.name = {name, node(at).span, false};
        return add(at, std::move(type));
    }
    ast::TypeId any_value(std::uint32_t at, std::string_view why) {
        untyped(at, why);
        return named(at, "json");
    }

    /// Keywords that nothing holds to; with `known`, every one but those and the silent ones.
    void tell_beside(std::uint32_t at, const std::vector<std::string_view>& known,
                     bool all = false) {
        const DocumentNode& map = node(at);
        for (std::size_t i = 0; i + 1 < map.items.size(); i += 2) {
            const std::string_view word = node(map.items[i]).text;
            const bool held = std::find(known.begin(), known.end(), word) != known.end();
            if (held || is_word(document(), map.items[i + 1], "false")) continue;
            const bool told = is_among(not_held, word) || is_choice(word);
            const bool beside = all && !is_among(says_nothing, word);
            if (told || beside) looser(map.items[i], word);
        }
        for (const std::string_view word :
             {"additionalItems", "unevaluatedItems", "unevaluatedProperties"}) {
            const std::uint32_t value = member(document(), at, word);
            if (value != nothing && is_word(document(), value, "false")) looser(value, word);
        }
    }
    static bool is_choice(std::string_view word) {
        return word == "anyOf" || word == "oneOf" || word == "allOf" || word == "$ref";
    }

    // ------------------------------------------------------------ references

    /// The schema that a `$ref` of this list stands for; the schema itself where it has none.
    std::uint32_t referred(std::uint32_t at) {
        for (std::size_t steps = 0; steps <= making_.limits.schema_nesting; ++steps) {
            const std::uint32_t reference = member(document(), at, "$ref");
            if (reference == nothing) return at;
            if (!is_text(document(), reference)) return nothing;
            at = pointed(node(reference).text);
            if (at == nothing) return nothing;
        }
        return nothing;
    }

    /// A JSON pointer into the tool's own schema.
    std::uint32_t pointed(std::string_view reference) {
        if (reference.empty() || reference[0] != '#') return nothing;
        if (reference.find('%') != std::string_view::npos) return nothing;
        reference.remove_prefix(1);
        std::uint32_t at = root_;
        while (!reference.empty()) {
            if (reference[0] != '/') return nothing;
            const std::size_t end = std::min(reference.find('/', 1), reference.size());
            at = step(at, unescaped(reference.substr(1, end - 1)));
            if (at == nothing) return nothing;
            reference.remove_prefix(end);
        }
        return at;
    }
    std::uint32_t step(std::uint32_t at, const std::string& name) {
        if (!is_list(document(), at)) return making_.names.find(document(), at, name);
        std::size_t index = 0;
        const char* const end = name.data() + name.size();
        const auto [rest, error] = std::from_chars(name.data(), end, index);
        const bool good = error == std::errc() && rest == end && index < node(at).items.size();
        return good ? node(at).items[index] : nothing;
    }
    static std::string unescaped(std::string_view part) {
        std::string text;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const bool escape = part[i] == '~' && i + 1 < part.size();
            text += escape ? (part[i + 1] == '1' ? '/' : '~') : part[i];
            if (escape) ++i;
        }
        return text;
    }

    // ------------------------------------------------------------ any schema

    ast::TypeId schema(std::uint32_t at, std::size_t depth) {
        if (++making_.types > making_.limits.schema_types) {
            if (std::exchange(making_.told_types, true)) return named(at, "json");
            return any_value(at, "the list has more than " +
                                     std::to_string(making_.limits.schema_types) + " types");
        }
        if (depth > making_.limits.schema_nesting) {
            return any_value(at, "its schema is nested more than " +
                                     std::to_string(making_.limits.schema_nesting) + " deep");
        }
        if (is_word(document(), at, "true")) return any_value(at, "its schema takes anything");
        if (is_word(document(), at, "false")) return any_value(at, "its schema takes nothing");
        if (!is_map(document(), at)) return any_value(at, "that is no schema");
        if (member(document(), at, "$ref") != nothing) return reference(at, depth);
        for (const std::string_view word : {"anyOf", "oneOf", "allOf"}) {
            const std::uint32_t choices = member(document(), at, word);
            if (choices != nothing) return choice(at, word, choices, depth);
        }
        if (member(document(), at, "enum") != nothing ||
            member(document(), at, "const") != nothing) {
            return words(at);
        }
        return by_type(at, depth);
    }

    ast::TypeId reference(std::uint32_t at, std::size_t depth) {
        const std::uint32_t target = referred(at);
        if (target == nothing) {
            return any_value(at, leads_nowhere);
        }
        if (std::find(open_.begin(), open_.end(), target) != open_.end()) {
            return any_value(at, "its schema refers to itself");
        }
        tell_beside(at, {"$ref"}, true);
        open_.push_back(target);
        const ast::TypeId type = schema(target, depth);
        open_.pop_back();
        return type;
    }

    [[nodiscard]] bool is_null(std::uint32_t at) const {
        const std::uint32_t constant = member(document(), at, "const");
        return text_member(document(), at, "type") == "null" ||
               (constant != nothing && is_word(document(), constant, "null"));
    }

    /// `anyOf` and its kin: of one schema beside null, or of words alone.
    ast::TypeId choice(std::uint32_t at, std::string_view word, std::uint32_t choices,
                       std::size_t depth) {
        if (!is_list(document(), choices)) return any_value(at, "that is no schema");
        std::vector<std::uint32_t> others;
        for (const std::uint32_t one : node(choices).items) {
            if (word == "allOf" || !is_null(one)) others.push_back(one);
        }
        const bool nullable = others.size() < node(choices).items.size();
        if (others.size() == 1) {
            tell_beside(at, {word}, true);
            const ast::TypeId type = schema(others.front(), depth);
            made(type).optional |= nullable;
            return type;
        }
        if (word != "allOf") {
            Words all;
            bool good = true;
            for (const std::uint32_t one : others) good = good && all.add_schema(document(), one);
            if (good && all.size() > 0) {
                tell_beside(at, {word}, true);
                return enumeration(at, all, nullable || all.null);
            }
        }
        if (is_text_member(at, "type")) return by_type(at, depth);
        return any_value(at, "its schema is one of several (`" + std::string(word) + "`)");
    }

    [[nodiscard]] bool is_text_member(std::uint32_t at, std::string_view name) const {
        return !text_member(document(), at, name).empty();
    }

    ast::TypeId words(std::uint32_t at) {
        tell_beside(at, {"enum", "const", "format"}, true);
        Words all;
        if (all.add_schema(document(), at) && all.size() > 0) return enumeration(at, all, all.null);
        return other_constants(at);
    }

    ast::TypeId enumeration(std::uint32_t at, const Words& all, bool nullable) {
        making_.types += all.size();  // each is kept
        const bool plain = std::all_of(all.texts.begin(), all.texts.end(), [&](auto word) {
            return why_no_name(word, making_.limits).empty();
        });
        if (!plain || all.size() > making_.limits.enum_words) {
            looser(at, "enum");
            const ast::TypeId type = named(at, "string");
            made(type).optional = nullable;
            return type;
        }
        ast::TypeExpr type;
        type.kind = ast::TypeKind::enumeration;
        type.optional = nullable;
        for (const std::string_view word : all.texts) {
            type.words.push_back({making_.keep(std::string(word)), node(at).span, true});
        }
        return add(at, std::move(type));
    }

    /// Numbers or truths of an `enum`: the type is known, and of whole numbers the range.
    ast::TypeId other_constants(std::uint32_t at) {
        const Constants found = constants_of(document(), at);
        if (!found.kind.empty()) {
            const ast::TypeId type = named(at, found.kind);
            made(type).optional = found.null;
            if (found.range)
                set_range(making_, made(type), found.range->low, found.range->high, at);
            if (!found.exact) looser(at, found.keyword);
            return type;
        }
        return any_value(at, "its constants are not of one kind");
    }

    // ------------------------------------------------------------ by `type`

    ast::TypeId by_type(std::uint32_t at, std::size_t depth) {
        const std::uint32_t type = member(document(), at, "type");
        if (type == nothing) return any_value(at, "its schema says no type");
        if (is_text(document(), type)) return of_type(at, node(type).text, depth);
        std::vector<std::string_view> names;
        bool null = false;
        for (const std::uint32_t one : node(type).items) {
            node(one).text == "null" ? void(null = true) : names.push_back(node(one).text);
        }
        const bool numbers = names.size() == 2 &&
                             std::count(names.begin(), names.end(), "number") == 1 &&
                             std::count(names.begin(), names.end(), "integer") == 1;
        if (numbers) names = {"number"};
        if (names.size() != 1) return any_value(type, "its schema has several types");
        const ast::TypeId made_type = of_type(at, names.front(), depth);
        made(made_type).optional |= null;
        return made_type;
    }

    ast::TypeId of_type(std::uint32_t at, std::string_view name, std::size_t depth) {
        const std::uint32_t nullable = member(document(), at, "nullable");
        ast::TypeId type{};
        if (name == "string") {
            type = text(at);
        } else if (name == "integer" || name == "number") {
            type = named(at, name == "integer" ? "int" : "decimal");
            measure(at, type);
        } else if (name == "boolean") {
            type = named(at, "bool");
        } else if (name == "array") {
            type = list(at, depth);
        } else if (name == "object") {
            type = record(at, depth);
        } else {
            return any_value(at, name == "null" ? "its schema takes null alone"
                                                : "its schema has a type that does not exist");
        }
        if (nullable != nothing && is_word(document(), nullable, "true")) {
            made(type).optional = true;
        }
        tell_beside(at, {});
        return type;
    }

    void measure(std::uint32_t at, ast::TypeId type) {
        for (const std::uint32_t keyword : hold_to_range(making_, made(type), at)) {
            looser(keyword, node(keyword).text);
        }
    }

    ast::TypeId text(std::uint32_t at) {
        const std::string_view format = text_member(document(), at, "format");
        const ast::TypeId type = named(at, type_of_format(document(), at, format));
        if (made(type).name.text != "string") return type;
        for (const std::uint32_t keyword :
             hold_to_length(making_, made(type), at, "minLength", "maxLength")) {
            looser(keyword, node(keyword).text);
        }
        const std::uint32_t pattern = hold_to_pattern(making_, made(type), at);
        if (pattern != nothing) looser(pattern, "pattern");
        return type;
    }

    ast::TypeId list(std::uint32_t at, std::size_t depth) {
        const std::uint32_t items = member(document(), at, "items");
        const std::string outer = path_;
        path_ += "[]";
        ast::TypeExpr list;
        list.kind = ast::TypeKind::list;
        if (items == nothing) {
            list.element = any_value(at, "its schema says nothing of the members");
        } else if (is_list(document(), items)) {
            list.element = any_value(items, "its schema tells the members one by one");
        } else {
            list.element = schema(items, depth + 1);
        }
        path_ = outer;
        const ast::TypeId type = add(at, std::move(list));
        for (const std::uint32_t keyword :
             hold_to_length(making_, made(type), at, "minItems", "maxItems")) {
            looser(keyword, node(keyword).text);
        }
        return type;
    }

    ast::TypeId record(std::uint32_t at, std::size_t depth) {
        ast::TypeExpr record;
        record.kind = ast::TypeKind::record;
        record.fields = fields_of(at, depth + 1);
        record.open = is_open(at);
        return add(at, std::move(record));
    }

    // ------------------------------------------------------------ objects

    [[nodiscard]] bool is_object(std::uint32_t at) const {
        return is_map(document(), at) && (text_member(document(), at, "type") == "object" ||
                                          member(document(), at, "properties") != nothing);
    }

    bool is_open(std::uint32_t at) {
        const std::uint32_t more = member(document(), at, "additionalProperties");
        if (more == nothing || is_word(document(), more, "true")) return true;
        if (is_word(document(), more, "false")) {
            return member(document(), at, "patternProperties") != nothing;
        }
        if (!is_map(document(), more) || !node(more).items.empty()) {
            looser(more, "additionalProperties");
        }
        return true;
    }

    std::vector<ast::FieldDecl> fields_of(std::uint32_t at, std::size_t depth) {
        std::vector<ast::FieldDecl> fields;
        if (!is_map(document(), at)) return fields;
        std::set<std::string_view> required;
        const std::uint32_t names = member(document(), at, "required");
        if (names != nothing && is_list(document(), names)) {
            for (const std::uint32_t name : node(names).items) required.insert(node(name).text);
        }
        const std::string outer = path_;
        std::uint32_t properties = member(document(), at, "properties");
        if (properties != nothing && !is_map(document(), properties)) {
            untyped(properties, "its properties are no object");
            properties = nothing;
        }
        const std::size_t count = properties == nothing ? 0 : node(properties).items.size();
        for (std::size_t i = 0; i + 1 < count; i += 2) {
            const std::uint32_t name = node(properties).items[i];
            path_ = outer == "args" && depth == 0 ? "" : outer + ".";
            path_ += node(name).text;
            add_field(fields, name, node(properties).items[i + 1], required, depth);
        }
        for (const std::string_view name : required) {
            path_ = outer == "args" && depth == 0 ? "" : outer + ".";
            path_ += name;
            if (!is_name(name, names)) continue;
            fields.push_back({{making_.keep(std::string(name)), node(names).span, true},
                              any_value(names, "its schema asks for it and says nothing of it")});
        }
        path_ = outer;
        return fields;
    }

    void add_field(std::vector<ast::FieldDecl>& fields, std::uint32_t name, std::uint32_t value,
                   std::set<std::string_view>& required, std::size_t depth) {
        const std::string_view text = node(name).text;
        const bool must_be = required.erase(text) > 0;
        if (!is_name(text, name)) return;
        const ast::TypeId type = schema(value, depth);
        if (!must_be) made(type).optional = true;
        fields.push_back({{making_.keep(std::string(text)), node(name).span, true}, type});
    }

    bool is_name(std::string_view text, std::uint32_t at) {
        const std::string why = why_no_name(text, making_.limits);
        if (why.empty()) return true;
        making_.sink.report(DiagnosticId::listed_name, node(at).span,
                            {"an arg of `" + std::string(tool_) + "`", why});
        return false;
    }

    Making& making_;
    std::string_view tool_;
    std::uint32_t root_;
    std::string path_;
    std::vector<std::uint32_t> open_;  // references that lead here
};

}  // namespace

std::string why_no_name(std::string_view text, const Limits& limits) {
    if (text.empty()) return "it is empty";
    if (text.size() > limits.listed_name_bytes) {
        return "it is longer than " + std::to_string(limits.listed_name_bytes) + " bytes";
    }
    return is_plain(text) ? "" : "it has hidden characters";
}

ListedArgs args_of(Making& making, std::string_view tool, std::uint32_t at) {
    return Typer(making, tool, at).args();
}

}  // namespace proviso::schema
