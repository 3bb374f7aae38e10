// See bind.h. Follows docs/embedding.md, "The host's document" and "The args' document".
#include "tests/reference/bind.h"

#include <algorithm>
#include <array>
#include <map>

#include "tests/reference/convert.h"

namespace proviso::reference {

namespace {

using check::BuiltinSlot;
using check::PolicySet;

const Json nothing;

bool starts_with_part(const std::string& path, const std::string& front) {
    return path == front || path.starts_with(front + ".");
}

/// What breaks the type of an argument; a list or text past its limit is unknown instead.
bool has_fault(const Value& value) {
    if (value.is == Value::Is::unknown && value.cause != "too long") return true;
    return std::any_of(value.items.begin(), value.items.end(), has_fault);
}

class Binder {
  public:
    Binder(const PolicySet& set, const Json& call, const Limits& limits)
        : set_(set),
          call_(call),
          limits_(limits) {}

    BoundCall run() {
        start();
        bind_host();
        bind_unknown();
        find_tool();
        find_stage();
        bind_args();
        for (std::size_t i = 0; i < set_.slots.size(); ++i) name_missing(i);
        bind_party(0, "principal", BuiltinSlot::principal_id);
        bind_party(1, "agent", BuiltinSlot::agent_id);
        report_undeclared("principal");
        report_undeclared("agent");
        return std::move(bound_);
    }

  private:
    void start() {
        for (const check::Slot& slot : set_.slots) {
            Value value = constant(set_.types, slot.type, slot.initial);
            bound_.slots.push_back(value);
        }
    }

    /// The gravest error is told: tool, then stage, then args.
    void fail(const std::string& error) {
        const std::array<std::string, 4> order{"", "invalid_args", "invalid_stage", "unknown_tool"};
        const auto rank = [&](const std::string& one) {
            return std::find(order.begin(), order.end(), one) - order.begin();
        };
        if (rank(error) > rank(bound_.form_error)) bound_.form_error = error;
    }

    Value& slot(BuiltinSlot which) { return bound_.slots[static_cast<std::size_t>(which)]; }

    // ---------------------------------------------------------------- the host's word

    static bool is_no_attribute(const check::Slot& slot) {
        return slot.source == check::SlotSource::argument || slot.source == check::SlotSource::fact;
    }

    /// `json` is given for the path, and for all attributes below it.
    void give(const std::string& path, const Json& json, bool twice) {
        bool below = false;
        for (std::size_t i = 0; i < set_.slots.size(); ++i) {
            const check::Slot& slot = set_.slots[i];
            if (is_no_attribute(slot)) continue;
            if (slot.path == path) give_slot(i, json, twice);
            below = below || slot.path.starts_with(path + ".");
        }
        if (below) give_below(path, json, twice);
    }

    void give_slot(std::size_t index, const Json& json, bool twice) {
        const check::Slot& slot = set_.slots[index];
        const bool again = !given_.insert(slot.path).second;
        bound_.slots[index] = twice || again ? unknown_value("host unknown")
                                             : convert(set_, slot.type, &json, nothing, limits_);
    }

    void give_below(const std::string& path, const Json& json, bool twice) {
        if (json.is == Json::Is::object) {
            for (const auto& [name, member] : json.members) {
                const bool repeated = json.repeats(name);
                give(path + "." + name, member, twice || repeated);
            }
            if (!twice) return;
        }
        for (std::size_t i = 0; i < set_.slots.size(); ++i) {
            const check::Slot& slot = set_.slots[i];
            if (is_no_attribute(slot)) continue;
            if (!slot.path.starts_with(path + ".")) continue;
            if (json.is == Json::Is::object) {
                bound_.slots[i] = unknown_value("host unknown");
            } else {
                give_slot(i, json.is == Json::Is::null ? json : wrong_, twice);
            }
        }
    }

    void bind_host() {
        for (const auto& [name, member] : call_.members) {
            const bool repeated = call_.repeats(name);
            bind_member(name, member, repeated);
        }
    }

    void bind_member(const std::string& name, const Json& json, bool repeated) {
        static const std::set<std::string> form{
            "tool",     "stage",   "id",      "time",       "principal", "agent", "args",
            "workflow", "undoing", "unknown", "attributes", "approvals", "facts"};
        if (!form.contains(name)) return give(name, json, repeated);
        if (repeated) return fail("invalid_args");
        if (name == "attributes") return bind_attributes(json);
        if (name == "facts") return bind_facts(json);
        if (name == "principal" || name == "agent" || name == "workflow") {
            return bind_member_object(name, json);
        }
        if (name == "id")
            return give_slot(static_cast<std::size_t>(BuiltinSlot::call_id), json, false);
        if (name == "time" || name == "undoing") give(name, json, false);
    }

    void bind_attributes(const Json& json) {
        if (json.is == Json::Is::null) return;
        if (json.is != Json::Is::object) {
            for (std::size_t i = 0; i < set_.slots.size(); ++i) {
                if (set_.slots[i].source == check::SlotSource::attribute) {
                    give_slot(i, wrong_, false);
                }
            }
            return;
        }
        for (const auto& [name, member] : json.members) {
            const bool repeated = json.repeats(name);
            give(name, member, repeated);
        }
    }

    /// Every slot of one thing gets `value`, the key's own first; its fields alone without `key`.
    void mark_thing(const check::Facts& facts, const Json& json, bool twice, bool key) {
        const auto first = static_cast<std::size_t>(facts.key);
        for (std::size_t i = first + (key ? 0 : 1); i <= first + facts.fields; ++i) {
            give_slot(i, json, twice);
        }
    }

    void bind_facts(const Json& json) {
        if (json.is == Json::Is::null) return;
        for (const check::Facts& facts : set_.facts) {
            if (json.is != Json::Is::object) {
                mark_thing(facts, wrong_, false, true);
                continue;
            }
            const Json* thing = json.find(facts.name);
            if (json.repeats(facts.name)) mark_thing(facts, wrong_, true, true);
            if (thing == nullptr || json.repeats(facts.name)) continue;
            if (thing->is == Json::Is::object) {
                bind_thing(facts, *thing);
            } else if (thing->is != Json::Is::null) {
                mark_thing(facts, wrong_, false, true);
            }
        }
    }

    void bind_thing(const check::Facts& facts, const Json& thing) {
        const auto first = static_cast<std::size_t>(facts.key);
        const Json* key = thing.find("key");
        if (key != nullptr) give_slot(first, *key, thing.repeats("key"));
        const Json* values = thing.find("values");
        if (values == nullptr) return;
        if (thing.repeats("values")) return mark_thing(facts, wrong_, true, false);
        if (values->is != Json::Is::object) {
            const bool null = values->is == Json::Is::null;
            return mark_thing(facts, null ? *values : wrong_, false, false);
        }
        for (std::size_t i = first + 1; i <= first + facts.fields; ++i) {
            const std::string name = set_.slots[i].path.substr(facts.name.size() + 1);
            const Json* value = values->find(name);
            if (value != nullptr) give_slot(i, *value, values->repeats(name));
        }
    }

    void bind_member_object(const std::string& name, const Json& json) {
        if (json.is == Json::Is::null) return;
        if (json.is == Json::Is::object) {
            if (json.repeats("roles") && name != "workflow") fail("invalid_args");
        }
        give_below(name, json, false);
    }

    // ---------------------------------------------------------------- what the host does not know

    void bind_unknown() {
        const Json* unknown = call_.find("unknown");
        if (unknown == nullptr) return;
        const bool fits = unknown->items.size() <= limits_.list_length;
        if (unknown->is != Json::Is::list || !fits) return fail("invalid_args");
        for (const Json& path : unknown->items) {
            if (path.is != Json::Is::text || path.broken) return fail("invalid_args");
            forget(path.text);
        }
    }

    /// Of a fact's field: where it stands in the document.
    std::string path_in_call(std::size_t slot) const {
        for (const check::Facts& facts : set_.facts) {
            const auto first = static_cast<std::size_t>(facts.key);
            if (slot <= first || slot > first + facts.fields) continue;
            const std::string name = set_.slots[slot].path.substr(facts.name.size() + 1);
            return "facts." + facts.name + ".values." + name;
        }
        return set_.slots[slot].path;
    }

    void forget(const std::string& path) {
        if (path == "tool") fail("unknown_tool");
        if (path == "stage") fail("invalid_stage");
        unknown_.insert(path);
        for (std::size_t i = 0; i < set_.slots.size(); ++i) {
            const check::Slot& slot = set_.slots[i];
            if (slot.source == check::SlotSource::argument) continue;
            const bool named =
                starts_with_part(slot.path, path) ||
                (slot.source == check::SlotSource::fact && starts_with_part(path_in_call(i), path));
            if (named) bound_.slots[i] = unknown_value("host unknown");
        }
    }

    bool is_unknown(const std::string& path) const {
        return std::any_of(unknown_.begin(), unknown_.end(),
                           [&](const std::string& front) { return starts_with_part(path, front); });
    }

    // ---------------------------------------------------------------- tool, stage, args

    void find_tool() {
        const Json* name = call_.find("tool");
        if (name == nullptr || name->is != Json::Is::text || name->broken || name->text.empty() ||
            name->text.size() > limits_.string_bytes) {
            return fail("unknown_tool");
        }
        bound_.tool_name = name->text;
        slot(BuiltinSlot::tool) = of_text(name->text);
        for (const check::Tool& tool : set_.tools) {
            if (tool.name == name->text) bound_.tool = &tool;
        }
        if (bound_.tool == nullptr && !set_.catalogue_open) return fail("unknown_tool");
        if (bound_.tool != nullptr) {
            slot(BuiltinSlot::has_undo) = of_bool(bound_.tool->undo.has_value());
        }
    }

    void find_stage() {
        const Json* stage = call_.find("stage");
        if (stage != nullptr) {
            const Value value = convert(set_, model::stage_type, stage, nothing, limits_);
            if (!value.known()) return fail("invalid_stage");
            bound_.stage = static_cast<std::uint32_t>(value.number.integer());
        }
        slot(BuiltinSlot::stage) = of_number(Number(bound_.stage));
        if (bound_.tool == nullptr) return;
        if ((bound_.tool->stages & check::stage_bit(bound_.stage)) == 0) fail("invalid_stage");
    }

    void bind_args() {
        static const Json empty{.is = Json::Is::object, .text = {}, .items = {}, .members = {}};
        const Json* given = call_.find("args");
        const Json& args = given == nullptr ? empty : *given;
        if (args.is != Json::Is::object || args.has_twice()) return fail("invalid_args");
        const auto& declared =
            bound_.tool == nullptr ? set_.open_arguments : bound_.tool->arguments;
        const bool open = bound_.tool == nullptr || bound_.tool->open_args;
        std::size_t others = 0;
        for (const JsonMember& member : args.members) {
            const auto found =
                std::find_if(declared.begin(), declared.end(),
                             [&](const auto& argument) { return argument.name == member.name; });
            if (found != declared.end() && found->declared) continue;
            if (!names_code(declared, member.name)) {
                ++others;
            } else if (!is_code_or_null(member.value)) {
                fail("invalid_args");
            }
        }
        if (others > (open ? limits_.undeclared_args : 0)) fail("invalid_args");
        for (const check::ToolArgument& argument : declared) bind_argument(argument, args);
    }

    [[nodiscard]] bool names_code(const std::vector<check::ToolArgument>& declared,
                                  std::string_view name) const {
        return std::any_of(declared.begin(), declared.end(), [&](const auto& argument) {
            return argument.declared && takes_code_from(set_.types, argument.type, name);
        });
    }

    void bind_argument(const check::ToolArgument& argument, const Json& args) {
        const Json* json = args.find(argument.name);
        if (argument.declared) {
            const Value value = convert(set_, argument.type, json, args, limits_);
            if (has_fault(value)) fail("invalid_args");
            bound_.arguments.emplace(argument.name, value);
            for (const check::SlotId id : argument.slots) set_slot(id, value);
            return;
        }
        if (json == nullptr) return;
        for (const check::SlotId id : argument.slots) {
            set_slot(id, convert(set_, set_.slot(id).type, json, args, limits_));
        }
    }

    void set_slot(check::SlotId id, const Value& value) {
        bound_.slots[static_cast<std::size_t>(id)] = value;
    }

    void name_missing(std::size_t index) {
        Value& value = bound_.slots[index];
        if (!value.known()) value.missing = {{set_.slots[index].path, value.cause}};
    }

    // ---------------------------------------------------------------- roles

    void hold(PartyRoles& party, std::size_t role) {
        for (const check::RoleId id : set_.roles[role].inherits) {
            party.held.insert(static_cast<std::uint32_t>(id));
        }
    }

    /// Null where the call does not tell them, or tells no list of names.
    const Json* roles_told(const std::string& name) const {
        const Json* party = call_.find(name);
        const Json* roles = party == nullptr ? nullptr : party->find("roles");
        if (roles == nullptr || roles->is != Json::Is::list || is_unknown(name + ".roles")) {
            return nullptr;
        }
        if (roles->items.size() > limits_.call_roles) return nullptr;
        const bool names = std::all_of(roles->items.begin(), roles->items.end(), [](const Json& r) {
            return r.is == Json::Is::text && !r.broken;
        });
        return names ? roles : nullptr;
    }

    std::string why_not_told(const std::string& name) const {
        if (is_unknown(name + ".roles")) return "host unknown";
        const Json* party = call_.find(name);
        if (party == nullptr || party->is == Json::Is::null) return "missing";
        if (party->is != Json::Is::object) return "wrong type";
        const Json* roles = party->find("roles");
        if (roles == nullptr || roles_told(name) != nullptr) return "missing";
        const bool is_long =
            roles->is == Json::Is::list && roles->items.size() > limits_.call_roles;
        return is_long ? "too long" : "wrong type";
    }

    void bind_party(std::size_t index, const std::string& name, BuiltinSlot id_slot) {
        PartyRoles& party = bound_.parties[index];
        const Value& id = slot(id_slot);
        party.has_id = id.known();
        const Json* told = roles_told(name);
        const bool any_bound =
            std::any_of(set_.roles.begin(), set_.roles.end(),
                        [](const check::Role& role) { return !role.bound_ids.empty(); });
        // Roles are bound to ids: without an id the list alone does not tell.
        party.known = told != nullptr && (party.has_id || !any_bound);
        if (!party.known) party.missing_roles.insert({name + ".roles", why_not_told(name)});
        party.missing = party.missing_roles;
        if (!party.has_id) party.missing.insert({name + ".id", id.cause});
        for (std::size_t i = 0; i < set_.roles.size(); ++i) {
            const auto& bound = set_.roles[i].bound_ids;
            const bool is_bound =
                party.has_id && std::find(bound.begin(), bound.end(), id.text) != bound.end();
            if (is_bound) hold(party, i);
        }
        if (told != nullptr) hold_told(party, *told);
    }

    void hold_told(PartyRoles& party, const Json& told) {
        for (const Json& role : told.items) {
            for (std::size_t i = 0; i < set_.roles.size(); ++i) {
                if (set_.roles[i].name == role.text) hold(party, i);
            }
        }
    }

    /// Also of roles that are too many, or that the host says it does not know.
    void report_undeclared(const std::string& name) {
        const Json* party = call_.find(name);
        const Json* told = party == nullptr ? nullptr : party->find("roles");
        if (told == nullptr || told->is != Json::Is::list) return;
        for (std::size_t i = 0; i < std::min(told->items.size(), limits_.call_roles); ++i) {
            const Json& role = told->items[i];
            if (role.is != Json::Is::text || role.broken) continue;
            const bool declared =
                std::any_of(set_.roles.begin(), set_.roles.end(),
                            [&](const check::Role& one) { return one.name == role.text; });
            if (!declared) bound_.undeclared_roles.insert(role.text);
        }
    }

    const PolicySet& set_;
    const Json& call_;
    const Limits& limits_;
    const Json wrong_{.is = Json::Is::text,
                      .broken = true,
                      .text = {},
                      .items = {},
                      .members = {}};  // fits no type
    BoundCall bound_;
    std::set<std::string> given_;
    std::set<std::string> unknown_;
};

}  // namespace

BoundCall bind(const PolicySet& set, const Json& call, const Limits& limits) {
    return Binder(set, call, limits).run();
}

}  // namespace proviso::reference
