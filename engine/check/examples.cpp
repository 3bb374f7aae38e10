// See examples.h. The call is written as the JSON that a host would send, so that an example is
// decided by the very way that calls take. Args are held to their types, not to their ranges: an
// example may show that a call out of range is blocked.
//
// Covered by tests/golden/check/examples and tests/golden/decide/examples.

#include "engine/check/examples.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/check/constraints.h"
#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/roles.h"
#include "engine/check/typing.h"
#include "engine/model/currency.h"
#include "engine/model/decimal.h"

namespace proviso::check {
namespace {

using Members = std::map<std::string, std::string>;  // names and JSON

constexpr std::string_view example_id = "example";
constexpr std::string_view example_agent_id = "example-agent";

std::string object(const Members& members) {
    std::string text;
    for (const auto& [name, value] : members) {
        text += (text.empty() ? "\"" : ",\"") + name + "\":" + value;
    }
    return "{" + text + "}";
}

class ExampleChecker {
  public:
    ExampleChecker(Context& context, const Declared<ast::Example>& declared)
        : context_(context),
          file_(*declared.file),
          node_(*declared.node) {}

    void run() {
        const Tool* tool = find_tool();
        if (node_.stage) host_["stage"] = text(node_.stage->text);
        host_["tool"] = text(node_.tool.text);
        for (const ast::ExampleField& arg : node_.args) add_arg(tool, arg);
        add_roles();
        for (const ast::ExampleField& field : node_.with) add_with(field);
        add_result();
        if (!good_) return;
        finish();
        context_.set.examples.push_back(std::move(result_));
    }

  private:
    std::string text(std::string_view from) const {
        return model::to_json(context_.set.types, context_.set.types.scalar(Kind::string),
                              model::of_text(from));
    }

    const Tool* find_tool() {
        const Symbol* symbol = find_symbol(context_, node_.tool.text);
        if (symbol != nullptr && symbol->kind == SymbolKind::tool) {
            return &context_.set.tools[symbol->index];
        }
        if (!context_.set.catalogue_open) {
            report_wrong_name(context_, node_.tool, SymbolKind::tool, "a tool");
            good_ = false;
        }
        return nullptr;
    }

    // ---------------------------------------------------------------- values

    Typed constant(ast::ExprId id, TypeId wanted) {
        Scope scope;
        scope.file = &file_;
        scope.literal = true;
        scope.params = true;
        Typed value = elaborate(context_, scope, id, wanted);
        const Span span = file_.expr(id).span;
        if (!value.bad() && !is_constant(context_, value)) {
            const std::optional<Value> sum = folded(value.node);
            if (sum) value = make_constant(context_, *sum, value.type, span);
        }
        if (!value.bad() && !is_constant(context_, value)) {
            context_.report(DiagnosticId::literal_wanted, span, {}, "write the value itself");
            value = make_bad(context_);
        }
        if (!value.bad() && wanted != model::no_type) {
            value = coerced(context_, value, wanted, span);
        }
        good_ = good_ && !value.bad();
        return value;
    }

    /// What numbers and amounts come to: `cap + 0.01 EUR` moves with the param. Nothing where
    /// something else stands, or the result does not fit.
    std::optional<Value> folded(NodeId id) const {
        const Node& node = context_.set.node(id);
        if (node.kind == NodeKind::constant) return node.value;
        if (node.kind == NodeKind::to_decimal) {
            const std::optional<Value> whole = folded(node.a);
            if (!whole) return std::nullopt;
            return model::of_decimal({whole->integer, 0});
        }
        const bool adds = node.kind == NodeKind::add || node.kind == NodeKind::subtract;
        if (!adds && node.kind != NodeKind::multiply) return std::nullopt;
        const std::optional<Value> a = folded(node.a);
        const std::optional<Value> b = folded(node.b);
        if (!a || !b || !a->known() || !b->known()) return std::nullopt;
        return combined(node, *a, *b);
    }

    std::optional<Value> combined(const Node& node, const Value& a, const Value& b) const {
        const Kind kind = context_.kind(node.type);
        if (kind == Kind::integer) {
            const auto whole = exact(node.kind, {a.integer, 0}, {b.integer, 0});
            const auto fits = whole ? model::to_integer(*whole) : std::nullopt;
            return fits ? std::optional(model::of_integer(*fits)) : std::nullopt;
        }
        if (kind != Kind::decimal && kind != Kind::money) return std::nullopt;
        const auto number = exact(node.kind, a.decimal(), b.decimal());
        if (!number) return std::nullopt;
        if (kind == Kind::decimal) return model::of_decimal(*number);
        const bool is_left = context_.kind(context_.set.node(node.a).type) == Kind::money;
        return model::of_money(*number, (is_left ? a : b).currency());
    }

    static std::optional<model::Decimal> exact(NodeKind kind, model::Decimal a, model::Decimal b) {
        if (kind == NodeKind::add) return model::add(a, b);
        return kind == NodeKind::subtract ? model::subtract(a, b) : model::multiply(a, b);
    }

    Value value_of(const Typed& typed) const {
        const Node& node = context_.set.node(typed.node);
        return node.kind == NodeKind::to_decimal ? widened_value(node) : node.value;
    }
    Value widened_value(const Node& node) const {
        return model::of_decimal({context_.set.node(node.a).value.integer, 0});
    }

    /// As a call has it where `type` is asked for.
    std::string json(TypeId id, const Value& value) const {
        const model::Type& type = context_.type(id);
        if (!value.known()) return "null";
        std::string items;
        switch (type.kind) {
            case Kind::decimal: return model::to_string(value.decimal());
            case Kind::money: return money(type, value);
            case Kind::list:
                for (std::uint32_t i = 0; i < value.extra; ++i) {
                    items += (i > 0 ? "," : "") + json(type.element, value.elements[i]);
                }
                return "[" + items + "]";
            case Kind::record:
                for (std::uint32_t i = 0; i < value.extra; ++i) {
                    items += (i > 0 ? ",\"" : "\"") + type.fields[i].name +
                             "\":" + json(type.fields[i].type, value.elements[i]);
                }
                return "{" + items + "}";
            case Kind::boolean:
            case Kind::integer:
            case Kind::string:
            case Kind::duration:
            case Kind::time:
            case Kind::date:
            case Kind::weekday:
            case Kind::ip:
            case Kind::enumeration:
            case Kind::opaque: break;
        }
        return model::to_json(context_.set.types, id, value);
    }

    std::string money(const model::Type& type, const Value& value) const {
        std::string digits = model::to_string(value.decimal());
        if (type.minor) return minor_units(value);
        if (type.money_form == model::MoneyForm::with_field) return digits;
        return "{\"amount\":" + digits + ",\"currency\":\"" +
               model::unpack_currency(value.currency()) + "\"}";
    }

    std::string minor_units(const Value& value) const {
        model::Decimal amount = value.decimal();
        std::int64_t factor = 1;
        for (std::uint32_t i = 0; i < model::minor_digits(value.currency()).value_or(0); ++i)
            factor *= 10;
        const auto units = model::multiply(amount, {factor, 0});
        return units ? model::to_string(*units) : model::to_string(amount);
    }

    // ---------------------------------------------------------------- what the agent writes

    void add_arg(const Tool* tool, const ast::ExampleField& arg) {
        const std::string name{arg.path.text};
        if (args_.contains(name)) return twice(arg.path);
        TypeId wanted = model::no_type;
        bool declared = false;
        std::vector<std::string_view> names;
        for (const ToolArgument& one :
             tool == nullptr ? context_.set.open_arguments : tool->arguments) {
            if (one.declared) names.push_back(one.name);
            if (!one.declared || one.name != name) continue;
            declared = true;
            wanted = one.type;
        }
        if (!declared && tool != nullptr && !tool->open_args) {
            good_ = false;
            context_.report(DiagnosticId::arg_unknown, arg.path.span, {name},
                            suggestion(context_, name, names));
            return;
        }
        if (declared && wanted == model::no_type) {
            good_ = false;
            return;
        }
        const Typed typed = constant(arg.value, wanted);
        if (typed.bad()) return;
        const TypeId type = declared ? wanted : typed.type;
        const Value value = value_of(typed);
        args_[name] = json(type, value);
        add_code(type, value);
    }

    /// Money with the code in an argument beside it brings that argument, unless it is written.
    void add_code(TypeId id, const Value& value) {
        const model::Type& type = context_.type(id);
        if (type.kind != Kind::money || type.money_form != model::MoneyForm::with_field) return;
        codes_.try_emplace(type.money_field, text(model::unpack_currency(value.currency())));
    }

    void twice(const ast::Name& name) {
        good_ = false;
        context_.report(DiagnosticId::field_twice, name.span, {name.text});
    }

    // ---------------------------------------------------------------- what the host says

    void add_roles() {
        if (node_.roles.empty()) return;
        std::string roles;
        for (const ast::Name& name : node_.roles) {
            if (find_role(context_, name) == no_role) good_ = false;
            roles += (roles.empty() ? "" : ",") + text(name.text);
        }
        parties_["principal"]["roles"] = "[" + roles + "]";
        parties_["principal"]["id"] = text(example_id);
    }

    void add_with(const ast::ExampleField& field) {
        const std::string_view path = field.path.text;
        if (!said_.insert(std::string(path)).second) return twice(field.path);
        const Resolved resolved = resolve(context_, Scope{}, path);
        const bool whole = resolved.length == path.size();
        if (resolved.kind == NameKind::builtin && whole) {
            return add_builtin(field, static_cast<BuiltinSlot>(resolved.index));
        }
        if (resolved.kind == NameKind::symbol && resolved.symbol->kind == SymbolKind::attribute &&
            whole) {
            const SlotId slot = context_.attribute_slots[resolved.symbol->index];
            if (slot == no_slot) {
                good_ = false;
                return;
            }
            attributes_[std::string(path)] = host_value(field, context_.set.slot(slot).type);
            return;
        }
        if (resolved.kind == NameKind::symbol && resolved.symbol->kind == SymbolKind::facts &&
            !whole) {
            return add_fact(field, resolved);
        }
        if (resolved.kind == NameKind::nothing && path == "agent.roles") {
            return add_agent_roles(field);
        }
        good_ = false;
        if (resolved.kind != NameKind::nothing) {
            context_.report(DiagnosticId::example_sets, field.path.span, {path},
                            "name an attribute, a fact, `time`, or a member such as `agent.id`");
            return;
        }
        context_.report(DiagnosticId::unknown_name, field.path.span, {"name", path},
                        suggestion(context_, path, value_names(context_, Scope{})));
    }

    /// The principal's stand behind `as`, the agent's here: `agent.roles = [reader, clerk]`.
    void add_agent_roles(const ast::ExampleField& field) {
        const ast::Expr& list = file_.expr(field.value);
        if (list.kind != ast::ExprKind::list) return not_roles(list.span);
        std::string roles;
        for (std::uint32_t i = 0; i < list.items.count; ++i) {
            const ast::Expr& role = file_.expr(file_.expr_items[list.items.begin + i]);
            const bool quoted = role.kind == ast::ExprKind::string;
            if (!quoted && role.kind != ast::ExprKind::path) return not_roles(role.span);
            if (find_role(context_, {role.text, role.span, quoted}) == no_role) good_ = false;
            roles += (roles.empty() ? "" : ",") + text(role.text);
        }
        parties_["agent"]["roles"] = "[" + roles + "]";
        parties_["agent"].try_emplace("id", text(example_agent_id));
    }

    void not_roles(Span span) {
        good_ = false;
        context_.report(DiagnosticId::literal_wanted, span, {},
                        "write a list of roles: `[reader]`");
    }

    std::string host_value(const ast::ExampleField& field, TypeId type) {
        const Typed typed = constant(field.value, type);
        if (typed.bad()) return {};
        const Value value = value_of(typed);
        const bool within = !value.known() ||
                            check_within_type(context_, value, type, file_.expr(field.value).span);
        good_ = good_ && within;
        return json(type, value);
    }

    void add_builtin(const ast::ExampleField& field, BuiltinSlot slot) {
        const std::string_view path = field.path.text;
        const std::size_t dot = path.find('.');
        const bool of_party = dot != std::string_view::npos;
        if (!of_party && slot != BuiltinSlot::time && slot != BuiltinSlot::undoing) {
            good_ = false;
            context_.report(DiagnosticId::example_sets, field.path.span, {path},
                            "tool and stage stand in `call` and `at`");
            return;
        }
        const std::string value =
            host_value(field, context_.set.slots[static_cast<std::size_t>(slot)].type);
        if (of_party) {
            parties_[std::string(path.substr(0, dot))][std::string(path.substr(dot + 1))] = value;
        } else {
            host_[std::string(path)] = value;
        }
    }

    /// Facts come with the key that the call's own argument names.
    void add_fact(const ast::ExampleField& field, const Resolved& resolved) {
        const std::uint32_t index = resolved.symbol->index;
        if (context_.facts_bad[index]) {
            good_ = false;
            return;
        }
        const Facts& facts = context_.set.facts[index];
        const std::string path{field.path.text};
        const auto first = static_cast<std::size_t>(facts.key);
        for (std::size_t i = first + 1; i <= first + facts.fields; ++i) {
            if (context_.set.slots[i].path != path) continue;
            facts_[index][path.substr(facts.name.size() + 1)] =
                host_value(field, context_.set.slots[i].type);
            return;
        }
        good_ = false;
        context_.report(DiagnosticId::unknown_field, field.path.span,
                        {"`" + facts.name + "`", path.substr(facts.name.size() + 1)});
    }

    std::string key_of(std::uint32_t facts) const {
        const auto& [file, node] = context_.facts[facts];
        const ast::Expr& key = file->expr(node->key);
        if (key.kind != ast::ExprKind::path) return "null";
        const std::string_view path = key.text;
        const Members& from = path.starts_with("args.") ? args_ : attributes_;
        const auto found =
            from.find(std::string(path.starts_with("args.") ? path.substr(5) : path));
        return found == from.end() ? "null" : found->second;
    }

    // ---------------------------------------------------------------- what comes of it

    void add_result() {
        const ast::Outcome& gives = node_.gives;
        result_.name = node_.name.text;
        result_.span = gives.span;
        result_.effect = static_cast<Effect>(gives.effect);
        if (gives.within) result_.within_seconds = gives.within->seconds;
        if (gives.who.empty()) return;
        const Symbol* who = find_symbol(context_, gives.who.text);
        const bool approval = who != nullptr && who->kind == SymbolKind::approval &&
                              gives.effect == ast::Effect::gate;
        if (!approval && find_role(context_, gives.who) == no_role) good_ = false;
        result_.who = gives.who.text;
    }

    void finish() {
        for (const auto& [name, code] : codes_) args_.try_emplace(name, code);
        for (const auto& [party, members] : parties_) host_[party] = object(members);
        if (!attributes_.empty()) host_["attributes"] = object(attributes_);
        Members things;
        for (const auto& [index, values] : facts_) {
            things[context_.set.facts[index].name] =
                object({{"key", key_of(index)}, {"values", object(values)}});
        }
        if (!things.empty()) host_["facts"] = object(things);
        host_["args"] = object(args_);
        result_.document = object(host_);
    }

    Context& context_;
    const ast::File& file_;
    const ast::Example& node_;
    Example result_;
    bool good_ = true;
    Members host_;
    Members args_;
    Members codes_;
    Members attributes_;
    std::map<std::string, Members> parties_;
    std::map<std::uint32_t, Members> facts_;
    std::unordered_set<std::string> said_;
};

}  // namespace

void check_examples(Context& context) {
    for (const auto& declared : context.examples) ExampleChecker(context, declared).run();
}

}  // namespace proviso::check
