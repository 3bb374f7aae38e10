#include "engine/set_names.h"

#include <algorithm>

#include "engine/check/literals.h"
#include "engine/model/currency.h"
#include "engine/policy_impl.h"

namespace proviso::engine {

namespace {

template <class Items>
std::vector<std::string> names_of(const Items& items) {
    std::vector<std::string> names;
    names.reserve(items.size());
    for (const auto& one : items) names.push_back(one.name);
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> may_be_missing(const Policy::Impl& impl) {
    const bytecode::Program& program = impl.image->program();
    std::vector<std::string> names{"agent.roles", "id", "principal.roles", "rejections", "store"};
    for (const bytecode::Slot& slot : program.slots) names.push_back(slot.path);
    for (const bytecode::ExplainNode& node : program.explain_nodes) {
        names.emplace_back(impl.lines.text(node.place));
    }
    for (const bytecode::Obligation& one : program.obligations) {
        for (const model::Field& param : one.params) names.push_back(one.name + "." + param.name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

/// Two digits or less behind the point: three are thousands, or look like it.
bool has_cents(model::Currency code) {
    return check::looks_like_thousands("1.000", code);
}

/// The parts of one value of a call, and where amounts are among them.
class Paths {
  public:
    Paths(const model::TypeTable& types, std::vector<std::string>& names, Amounts& amounts)
        : types_(types),
          names_(names),
          amounts_(amounts) {}

    void add(const std::string& path, model::TypeId id) {
        const model::Type* type = &types_.type(id);
        while (type->kind == model::Kind::list) type = &types_.type(type->element);
        names_.push_back(path);
        if (type->kind == model::Kind::opaque || type->record_open) names_.push_back(path + ".*");
        if (type->kind == model::Kind::money) add_money(path, *type);
        for (const model::Field& field : type->fields) add(path + "." + field.name, field.type);
    }

  private:
    void add_money(const std::string& path, const model::Type& type) {
        names_.insert(names_.end(), {path + ".amount", path + ".currency"});
        if (type.minor) return;
        const bool fixed = type.money_form == model::MoneyForm::fixed;
        if (fixed && !has_cents(type.currency)) return;
        amounts_[path + ".amount"] = "currency";  // an object does for every form
        switch (type.money_form) {
            case model::MoneyForm::object: return;
            case model::MoneyForm::with_field: amounts_[path] = type.money_field; return;
            case model::MoneyForm::fixed: amounts_[path] = ""; return;
        }
    }

    const model::TypeTable& types_;
    std::vector<std::string>& names_;
    Amounts& amounts_;
};

void add_args(const bytecode::Program& program, const bytecode::Tool& tool, SetNames& into) {
    std::vector<std::string>& names = into.args[tool.name];
    if (tool.open_args) names.emplace_back("*");
    Paths paths(program.types, names, into.arg_amounts[tool.name]);
    for (std::uint32_t i = 0; i < tool.arguments.count; ++i) {
        const bytecode::Argument& one = program.arguments[tool.arguments.begin + i];
        if (one.declared) paths.add(one.name, one.type);
    }
    std::sort(names.begin(), names.end());
}

}  // namespace

SetNames names_of_set(const Policy& policy) {
    const bytecode::Program& program = policy.impl().image->program();
    SetNames names;
    for (const bytecode::Slot& slot : program.slots) {
        switch (slot.source) {
            case bytecode::SlotSource::builtin: names.attributes.push_back(slot.path); break;
            case bytecode::SlotSource::attribute:
                names.attributes.push_back(slot.path);
                names.declared.push_back(slot.path);
                break;
            case bytecode::SlotSource::fact: names.facts.push_back(slot.path); break;
            case bytecode::SlotSource::argument:
            case bytecode::SlotSource::memory: break;
        }
    }
    Paths host(program.types, names.host_parts, names.host_amounts);
    for (const bytecode::Slot& slot : program.slots) {
        if (is_host(slot.source)) host.add(slot.path, slot.type);
    }
    std::sort(names.host_parts.begin(), names.host_parts.end());
    for (const bytecode::Facts& one : program.facts) names.facts.push_back(one.name);
    std::sort(names.attributes.begin(), names.attributes.end());
    std::sort(names.declared.begin(), names.declared.end());
    std::sort(names.facts.begin(), names.facts.end());
    names.roles = names_of(program.roles);
    names.obligations = names_of(program.obligations);
    names.limits = names_of(program.limits);
    names.tools = names_of(program.tools);
    for (const bytecode::Tool& tool : program.tools) add_args(program, tool, names);
    names.catalogue_open = program.catalogue_open;
    names.missing = may_be_missing(policy.impl());
    return names;
}

std::string help_for_thousands(const std::string& number, const std::string& code) {
    const bool digits = number.find_first_not_of("0123456789.-") == std::string::npos;
    const model::Currency currency = model::pack_currency(code).value_or(0);
    if (!digits || !check::looks_like_thousands(number, currency)) return {};
    return check::thousands_help(number, "", "");
}

}  // namespace proviso::engine
