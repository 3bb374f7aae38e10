// The setters of a call: they keep what they are given; binding (bind.cpp) types it.
#include "proviso/call.h"

#include <utility>

namespace proviso {

namespace {

/// A second call of a setter replaces the first; `attribute` and `arg` add.
void assign(std::vector<Call::Named>& values, std::string_view name, std::string_view text) {
    for (Call::Named& named : values) {
        if (named.name == name && !named.unknown) {
            named.value = Value(text);
            return;
        }
    }
    values.push_back({std::string(name), Value(text), false});
}

}  // namespace

Value::Value(bool value) : data_(value) {}
Value::Value(int value) : data_(std::int64_t{value}) {}
Value::Value(std::int64_t value) : data_(value) {}
Value::Value(Number value) : data_(std::move(value)) {}
Value::Value(Money value) : data_(std::move(value)) {}
Value::Value(std::string value) : data_(std::move(value)) {}
Value::Value(std::string_view value) : data_(std::string(value)) {}
Value::Value(const char* value) {
    if (value != nullptr) data_ = std::string(value);
}
Value::Value(List value) : data_(std::move(value)) {}
Value::Value(Record value) : data_(std::move(value)) {}

Call& Call::tool(std::string_view name) {
    tool_ = name;
    return *this;
}

Call& Call::stage(std::string_view name) {
    assign(host_, "stage", name);
    return *this;
}

Call& Call::id(std::string_view id) {
    assign(host_, "id", id);
    return *this;
}

Call& Call::time(std::string_view rfc3339) {
    assign(host_, "time", rfc3339);
    return *this;
}

Call& Call::principal(std::string_view id) {
    assign(host_, "principal.id", id);
    return *this;
}

Call& Call::principal_roles(std::vector<std::string> roles) {
    principal_roles_ = {true, std::move(roles)};
    return *this;
}

Call& Call::agent(std::string_view id) {
    assign(host_, "agent.id", id);
    return *this;
}

Call& Call::agent_roles(std::vector<std::string> roles) {
    agent_roles_ = {true, std::move(roles)};
    return *this;
}

Call& Call::attribute(std::string_view path, Value value) {
    host_.push_back({std::string(path), std::move(value), false});
    return *this;
}

Call& Call::approval(Approval approval) {
    approvals_.push_back(std::move(approval));
    return *this;
}

Call& Call::facts(std::string_view name, Value key, Value::Record values) {
    const std::string path = "facts." + std::string(name);
    std::erase_if(host_, [&](const Named& named) {
        return !named.unknown && (named.name == path + ".key" || named.name == path + ".values");
    });
    host_.push_back({path + ".key", std::move(key), false});
    host_.push_back({path + ".values", Value(std::move(values)), false});
    return *this;
}

Call& Call::unknown(std::string_view path) {
    host_.push_back({std::string(path), Value(), true});
    return *this;
}

Call& Call::arg(std::string_view name, Value value) {
    args_.push_back({std::string(name), std::move(value), false});
    return *this;
}

void Call::clear() {
    tool_.clear();
    host_.clear();
    args_.clear();
    approvals_.clear();
    principal_roles_.given = false;
    principal_roles_.names.clear();
    agent_roles_.given = false;
    agent_roles_.names.clear();
}

}  // namespace proviso
