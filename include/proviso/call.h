// A tool call to decide: the host's word and, apart from it, the agent's arguments.
//
// Whatever an agent writes can only ever come in through `arg` or `CallJson::args`; nothing in
// there can name context. docs/embedding.md has the JSON form of both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace proviso {

struct Money {
    std::string amount;    ///< "12.50": digits, no exponent, no thousands separator
    std::string currency;  ///< ISO 4217
};

/// A number with the digits that it was written with.
struct Number {
    std::string digits;
};

/// A value as a host gives it. There is no floating point: say Number{"0.15"}.
class Value {
  public:
    struct Field;
    using List = std::vector<Value>;
    using Record = std::vector<Field>;

    Value() = default;              ///< null: an optional that is not there
    Value(bool value);              // NOLINT(google-explicit-constructor)
    Value(int value);               // NOLINT(google-explicit-constructor)
    Value(std::int64_t value);      // NOLINT(google-explicit-constructor)
    Value(Number value);            // NOLINT(google-explicit-constructor)
    Value(Money value);             // NOLINT(google-explicit-constructor)
    Value(std::string value);       // NOLINT(google-explicit-constructor)
    Value(std::string_view value);  // NOLINT(google-explicit-constructor)
    Value(const char* value);       // NOLINT(google-explicit-constructor)
    Value(List value);              // NOLINT(google-explicit-constructor)
    Value(Record value);            // NOLINT(google-explicit-constructor)
    Value(double) = delete;

    using Data =
        std::variant<std::monostate, bool, std::int64_t, Number, Money, std::string, List, Record>;
    [[nodiscard]] const Data& data() const noexcept { return data_; }

  private:
    Data data_;
};

struct Value::Field {
    std::string name;
    Value value;
};

/// What a person said about a plan, by the host's word. Times are RFC 3339, with their zone.
struct Approval {
    std::string by;                  ///< the person's id
    std::vector<std::string> roles;  ///< those that the person held when saying it
    std::string plan;                ///< hash of the plan: 64 hex digits, `Decision::plan_hash`
    std::vector<std::string> gates;  ///< by name, those that it is for
    std::string requested_at;        ///< when the person was asked
    std::string at;                  ///< when the person answered
    bool reject = false;             ///< "reject" instead of "approve"
    std::string signature;  ///< 128 hex digits, where the host uses keys (docs/approvals.md)
    /// The roles that the person holds now, where the host knows that they are others than then.
    /// Not part of what is signed.
    std::optional<std::vector<std::string>> roles_now;
};

/// A call by setters. Strings are copied. Not thread-safe; reusable after `clear`.
class Call {
  public:
    Call() = default;
    explicit Call(std::string_view tool) : tool_(tool) {}

    // the host's word
    Call& tool(std::string_view name);
    Call& stage(std::string_view name);  ///< read, propose, prepare, approve, execute
    Call& id(std::string_view id);       ///< the host's call id
    Call& time(std::string_view rfc3339);
    Call& principal(std::string_view id);
    Call& principal_roles(std::vector<std::string> roles);
    Call& agent(std::string_view id);
    Call& agent_roles(std::vector<std::string> roles);
    /// A built-in name (`agent.model`, `agent.confidence`, `workflow.name`, `undoing`, …) or a
    /// declared attribute (`environment`, `customer.id`, `principal.department`).
    Call& attribute(std::string_view path, Value value);
    /// One more approval of this call; docs/approvals.md.
    Call& approval(Approval approval);
    /// What the host found when it looked `key` up: facts of one thing, by their names. They count
    /// where the call names that very thing. A second call for the name replaces the first.
    Call& facts(std::string_view name, Value key, Value::Record values);
    /// Looked for and not known: never taken for absent, nor for its default.
    Call& unknown(std::string_view path);

    // the agent's word
    Call& arg(std::string_view name, Value value);

    void clear();

    struct Named {
        std::string name;
        Value value;
        bool unknown = false;
    };
    [[nodiscard]] const std::string& tool_name() const noexcept { return tool_; }
    [[nodiscard]] const std::vector<Named>& host_values() const noexcept { return host_; }
    [[nodiscard]] const std::vector<Named>& args() const noexcept { return args_; }
    [[nodiscard]] const std::vector<Approval>& approvals() const noexcept { return approvals_; }
    struct Roles {
        bool given = false;
        std::vector<std::string> names;
    };
    [[nodiscard]] const Roles& roles_of_principal() const noexcept { return principal_roles_; }
    [[nodiscard]] const Roles& roles_of_agent() const noexcept { return agent_roles_; }

  private:
    std::string tool_;
    std::vector<Named> host_;  // stage, id, time, ids and attributes by their paths
    std::vector<Named> args_;
    std::vector<Approval> approvals_;
    Roles principal_roles_;
    Roles agent_roles_;
};

/// A call as JSON bytes, in two documents. Both are viewed, not kept; no padding is asked for.
struct CallJson {
    /// {"tool": …, "stage": …, "id": …, "time": …, "principal": {"id": …, "roles": […], …},
    /// "agent": {…}, "workflow": {…}, "environment": …, "attributes": {…}, "undoing": …,
    /// "facts": {"customer": {"key": "c-1", "values": {…}}}, "unknown": ["customer.tier"],
    /// "approvals": [{"by": …, "roles": […], "plan": …, "gates": […], "requested_at": …, "at": …,
    /// "verdict": "approve", "signature": …}]}
    std::string_view host;
    /// {"order_id": "A-1", "amount": {"amount": "20.00", "currency": "USD"}}
    std::string_view args;
};

}  // namespace proviso
