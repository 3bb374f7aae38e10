// See plan.h.
#include "tests/reference/plan.h"

#include <algorithm>
#include <map>

namespace proviso::reference {

namespace {

using check::BuiltinSlot;

/// A length before the text, so that no text can pass for two.
std::string marked(const std::string& text) {
    return std::to_string(text.size()) + ":" + text;
}

bool has_unknown(const Value& value) {
    return value.is == Value::Is::unknown ||
           std::any_of(value.items.begin(), value.items.end(), has_unknown);
}

bool is_broken(const Json& json) {
    if (json.broken) return true;
    if (json.is == Json::Is::number && !Number::parse(json.text)) return true;
    return std::any_of(json.items.begin(), json.items.end(), is_broken) ||
           std::any_of(json.members.begin(), json.members.end(),
                       [](const JsonMember& one) { return is_broken(one.value); });
}

/// The parts of a plan by name; `good` is false where one of them cannot be told.
struct Parts {
    std::map<std::string, std::string> texts;
    bool good = true;

    /// What nobody told is left out, as what is absent; what the host looked for is not.
    void put(const std::string& name, const Value& value) {
        if (value.is == Value::Is::absent || value.cause == "missing") return;
        if (value.cause == "host unknown") {
            texts.emplace(name, "looked for");
        } else if (has_unknown(value)) {
            good = false;
        } else {
            texts.emplace(name, canonical(value));
        }
    }
};

/// Of these, one that the host does not know is left out.
void put_word(Parts& parts, const BoundCall& call, const char* name, BuiltinSlot which) {
    const Value& value = call.slots[static_cast<std::size_t>(which)];
    if (value.cause != "host unknown") parts.put(name, value);
}

/// Money that takes its code from beside it has the code in its value.
void put_arguments(Parts& parts, const BoundCall& call, const Json& args) {
    for (const auto& [name, value] : call.arguments) parts.put("args." + name, value);
    for (const auto& [name, value] : args.members) {
        if (call.arguments.contains(name)) continue;
        parts.good = parts.good && !is_broken(value);
        parts.texts.emplace("args." + name, canonical(value));
    }
}

}  // namespace

std::string canonical(const Value& value) {
    if (!value.known()) return "-";
    std::string text = value.number.text() + marked(value.text) + "[";
    for (const Value& item : value.items) text += marked(canonical(item));
    return text + "]";
}

std::string canonical(const Json& json) {
    switch (json.is) {
        case Json::Is::null: return "null";
        case Json::Is::boolean: return json.truth ? "true" : "false";
        case Json::Is::number: {
            const auto number = Number::parse(json.text);
            return number ? number->text() : json.text;
        }
        case Json::Is::text: return "t" + marked(json.text);
        case Json::Is::list: {
            std::string text = "[";
            for (const Json& item : json.items) text += canonical(item) + ",";
            return text + "]";
        }
        case Json::Is::object: break;
    }
    std::map<std::string, std::string> members;
    for (const auto& [name, value] : json.members) members.emplace(name, canonical(value));
    std::string text = "{";
    for (const auto& [name, value] : members) text += marked(name) + value + ",";
    return text + "}";
}

std::optional<std::string> plan_of(const check::PolicySet& set, const BoundCall& call,
                                   const Json& document) {
    Parts parts;
    put_word(parts, call, "call id", BuiltinSlot::call_id);
    put_word(parts, call, "tool", BuiltinSlot::tool);
    put_word(parts, call, "stage", BuiltinSlot::stage);
    put_word(parts, call, "principal.id", BuiltinSlot::principal_id);
    put_word(parts, call, "agent.id", BuiltinSlot::agent_id);
    put_word(parts, call, "workflow.name", BuiltinSlot::workflow_name);
    for (std::size_t i = 0; i < set.slots.size(); ++i) {
        const check::Slot& slot = set.slots[i];
        const bool told =
            slot.source == check::SlotSource::attribute || slot.source == check::SlotSource::fact;
        if (!told) continue;
        // Where it all happens is part of every plan.
        if (!slot.is_volatile || slot.path == "environment") {
            parts.put("attribute " + slot.path, call.slots[i]);
        }
    }
    const Json* args = document.find("args");
    if (args != nullptr) put_arguments(parts, call, *args);
    if (!parts.good) return std::nullopt;
    std::string text;
    for (const auto& [name, value] : parts.texts) text += marked(name) + value + "\n";
    return text;
}

}  // namespace proviso::reference
