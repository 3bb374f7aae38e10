#include "suites/readable.h"

#include <algorithm>
#include <string_view>

#include "engine/call_faults.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"
#include "suites/step_call.h"
#include <proviso/engine.h>

namespace proviso::suites {
namespace {

using engine::CallFault;
using simulator::in_ticks;

const Expected* asked(const Expectation& expectation, Asked what) {
    const auto at = std::find_if(expectation.begin(), expectation.end(),
                                 [&](const Expected& one) { return one.asked == what; });
    return at == expectation.end() ? nullptr : &*at;
}

bool names_it(const Expectation& expectation, Asked what, const std::string& name) {
    const Expected* const expected = asked(expectation, what);
    if (expected == nullptr) return false;
    return std::any_of(expected->names.begin(), expected->names.end(), [&](const std::string& one) {
        return one == name ||
               (one.starts_with(name) && (one[name.size()] == '.' || one[name.size()] == '['));
    });
}

bool has_reason(const Expectation& expectation, std::string_view reason) {
    const Expected* const expected = asked(expectation, Asked::reason);
    return (expected != nullptr && expected->word == reason) ||
           asked(expectation, Asked::detail) != nullptr;
}

/// Whether the case says that it is meant so.
bool is_meant(const CallFault& fault, const Expectation& expectation) {
    switch (fault.kind) {
        case CallFault::Kind::tool: return has_reason(expectation, "unknown_tool");
        case CallFault::Kind::stage: return has_reason(expectation, "invalid_stage");
        case CallFault::Kind::args: return has_reason(expectation, "invalid_args");
        case CallFault::Kind::value:
        case CallFault::Kind::roles:
        case CallFault::Kind::no_key: return names_it(expectation, Asked::missing, fault.path);
        case CallFault::Kind::undeclared_role:
            return names_it(expectation, Asked::undeclared_roles, fault.name);
    }
    return false;
}

/// The value that a native call has at a path of the set; null where it is not told apart.
const Tree* value_at(const Tree& call, const std::string& path) {
    for (const std::string_view front : {"", "attributes."}) {
        const Tree* const found = find(call, keys_of(call, std::string(front).append(path)));
        if (found != nullptr) return found;
    }
    const std::size_t dot = path.find('.');
    std::vector<std::string> keys{"facts", path.substr(0, dot)};
    if (dot != std::string::npos) {
        keys.insert(keys.end(), {"values", path.substr(dot + 1)});
        if (find(call, keys) == nullptr) keys = {"facts", path.substr(0, dot), "key"};
    }
    return find(call, keys);
}

/// The value, or what holds it: "args.lines[2].price" may be told at `args.lines`.
const Tree* nearest_to(const Tree& call, std::string path) {
    path = path.substr(0, path.find('['));
    while (!path.empty()) {
        if (const Tree* const found = value_at(call, path)) return found;
        const std::size_t dot = path.rfind('.');
        path = dot == std::string::npos ? "" : path.substr(0, dot);
    }
    return nullptr;
}

const Tree* role_in(const Tree& call, const std::string& role) {
    for (const std::string party : {"principal", "agent"}) {
        const Tree* const roles = find(call, {party, "roles"});
        if (roles == nullptr) continue;
        for (const Tree& one : roles->items) {
            std::string scratch;
            if (simulator::plain_text(one.scalar, scratch) == role) return &one;
        }
    }
    return nullptr;
}

class ReadableCheck {
  public:
    ReadableCheck(const Suite& suite, const PolicyPtr& policy, Mistakes& mistakes)
        : suite_(suite),
          policy_(*policy),
          mistakes_(mistakes),
          engine_(policy),
          session_(engine_) {}

    void run() {
        for (const Case& one : suite_.cases) {
            for (const Step& step : one.steps) {
                if (step.call != nullptr) check(step);
            }
        }
    }

  private:
    void check(const Step& step) {
        const Tree call = call_of(suite_, step);
        session_.preview(suite_.form.layout, to_json(call));
        for (const CallFault& fault : engine::faults_of_last_call(session_, policy_)) {
            const bool is_said = fault.cause == "host unknown" && may_be_unknown(call, fault.path);
            if (!is_said && !is_meant(fault, step.expect)) report(fault, call, step.mark);
        }
        for (const Missing& one : session_.decision().missing) {
            if (one.cause == "other key") check_key(one.name, step);
        }
    }

    /// Facts that were asked for, and that the case itself sends of another thing than it names.
    /// Those of the defaults are told of by many a case, and rows vary what they are of.
    void check_key(const std::string& name, const Step& step) {
        const std::string facts = name.substr(0, name.find('.'));
        if (!suite_.form.is_native || names_it(step.expect, Asked::missing, facts)) return;
        const bool by_row = std::any_of(step.cells.begin(), step.cells.end(), [](const auto& cell) {
            return cell.path.starts_with("args") || cell.path.starts_with("facts");
        });
        const Tree* const key = find(*step.call, {"facts", facts, "key"});
        if (by_row || key == nullptr || mistakes_.any_at(key->mark)) return;
        mistakes_.add(
            key->mark, "the facts " + in_ticks(facts) + " are of another thing than the call names",
            "send them with the key that the call has" + meant("`missing: [" + name + "]`"));
    }

    /// Whether the call itself says that the host does not know it.
    [[nodiscard]] bool may_be_unknown(const Tree& call, const std::string& path) const {
        const Tree* const unknown = find(call, {"unknown"});
        if (!suite_.form.is_native) return true;
        if (unknown == nullptr) return false;
        return std::any_of(unknown->items.begin(), unknown->items.end(), [&](const Tree& one) {
            std::string scratch;
            const std::string_view said = simulator::plain_text(one.scalar, scratch);
            return said.starts_with("facts") || path == said ||
                   (path.starts_with(said) && path[said.size()] == '.');
        });
    }

    void report(const CallFault& fault, const Tree& call, Mark mark) {
        const Tree* value = nullptr;
        if (suite_.form.is_native) {
            value = fault.kind == CallFault::Kind::undeclared_role ? role_in(call, fault.name)
                                                                   : nearest_to(call, fault.path);
        }
        if (value != nullptr && value->mark.line > 0) mark = value->mark;
        if (value != nullptr && mistakes_.any_at(mark)) return;  // told already, as a name
        tell(fault, value, mark);
    }

    void tell(const CallFault& fault, const Tree* value, const Mark& mark) {
        switch (fault.kind) {
            case CallFault::Kind::tool:
                return word(fault, mark,
                            fault.name.empty() ? "the call names no tool"
                                               : "the set has no tool " + in_ticks(fault.name),
                            "`reason: unknown_tool`");
            case CallFault::Kind::stage:
                return word(fault, mark, in_ticks(fault.name) + " is " + fault.cause,
                            "`reason: invalid_stage`");
            case CallFault::Kind::args: return argument(fault, mark);
            case CallFault::Kind::value: return host_value(fault, value, mark);
            case CallFault::Kind::roles:
                return mistakes_.add(
                    mark, in_ticks(fault.path) + " are no list of roles",
                    "write `[a, b]`, or `[]` for none" + meant("`missing: [" + fault.path + "]`"));
            case CallFault::Kind::undeclared_role:
                return word(fault, mark, "the set has no role " + in_ticks(fault.name),
                            "`undeclared_roles: [" + fault.name + "]`");
            case CallFault::Kind::no_key:
                return mistakes_.add(
                    mark,
                    "the facts " + in_ticks(fault.path) + " have no `key`: they are of nothing",
                    "write `" + fault.path + ": { key: ID, values: { … } }`" +
                        meant("`missing: [" + fault.path + ".key]`"));
        }
    }

    static std::string meant(const std::string& expected) {
        return "\n  help: a case that means it expects " + expected;
    }

    void word(const CallFault& fault, const Mark& mark, const std::string& message,
              const std::string& expected) {
        mistakes_.add_word(mark, message, fault.name, fault.known,
                           "a case that means it expects " + expected);
    }

    void argument(const CallFault& fault, const Mark& mark) {
        const std::string message =
            in_ticks(fault.path) + " is refused: " + fault.cause + of_type(fault);
        const bool is_name = fault.cause == "not declared";
        mistakes_.add_word(mark, message, fault.path,
                           is_name ? fault.known : std::vector<std::string>{},
                           how(fault) + "a case that means it expects `reason: invalid_args`");
    }

    void host_value(const CallFault& fault, const Tree* value, const Mark& mark) {
        if (fault.cause == "host unknown") {
            return mistakes_.add(mark, in_ticks(fault.path) + " is given twice",
                                 "once below `attributes`, once beside it: leave one of them");
        }
        const std::string expected = "a case that means it expects `missing: [" + fault.path + "]`";
        if (fault.cause != "not in enum" || value == nullptr) {
            const std::string message =
                in_ticks(fault.path) + " cannot be read: " + fault.cause + of_type(fault);
            return mistakes_.add(mark, message, how(fault) + expected);
        }
        std::string scratch;
        const std::string given(simulator::plain_text(to_json(*value), scratch));
        const std::vector<std::string_view> words(fault.known.begin(), fault.known.end());
        const bool is_near = !simulator::nearest(given, words).empty();
        std::string help =
            is_near ? "" : "its words are " + simulator::listed(words) + "\n  help: ";
        mistakes_.add_word(mark, in_ticks(given) + " is no word of " + in_ticks(fault.path), given,
                           fault.known, help + expected);
    }

    /// Where the type itself is missed, and not its range, length or pattern.
    static std::string of_type(const CallFault& fault) {
        const bool is_asked = fault.cause == "wrong type" || fault.cause.starts_with("not a");
        return is_asked && !fault.type.empty() ? ", its type is " + in_ticks(fault.type) : "";
    }

    /// How a value is written whose type is missed.
    static std::string how(const CallFault& fault) {
        if (fault.form.empty() || of_type(fault).empty()) return {};
        return "write it as `" + fault.form + "`\n  help: ";
    }

    const Suite& suite_;
    const Policy& policy_;
    Mistakes& mistakes_;
    Engine engine_;
    Session session_;
};

}  // namespace

void check_readable(const Suite& suite, const PolicyPtr& policy, Mistakes& mistakes) {
    ReadableCheck(suite, policy, mistakes).run();
}

}  // namespace proviso::suites
