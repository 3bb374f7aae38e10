#include "suites/names.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "engine/set_names.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"

namespace proviso::suites {
namespace {

using simulator::in_ticks;

/// Members of a call in the engine's own form; attributes may stand beside them.
constexpr std::array<std::string_view, 14> members{
    "tool",        "stage",      "id",    "time",    "principal", "agent",     "workflow",
    "environment", "attributes", "facts", "unknown", "undoing",   "approvals", "args"};
constexpr std::array<std::string_view, 2> party_members{"id", "roles"};

class NameCheck {
  public:
    NameCheck(const Suite& suite, const Policy& policy)
        : suite_(suite),
          names_(engine::names_of_set(policy)) {
        for (const RuleInfo& rule : policy.rules()) rules_.push_back(rule.name);
    }

    std::string run() {
        if (suite_.form.is_native) check_call(suite_.defaults);
        const Tree* checked = nullptr;  // the rows of a table share their call
        for (const Case& one : suite_.cases) {
            for (const Step& step : one.steps) {
                for (const Expected& expected : step.expect) check(expected);
                if (step.call == nullptr || !suite_.form.is_native) continue;
                if (step.call.get() != checked) check_call(*step.call);
                checked = step.call.get();
                for (const Step::Cell& cell : step.cells) check_cell(cell);
            }
        }
        std::string text;
        for (const auto& [line, column, message] : errors_) {
            if (!text.empty()) text += '\n';
            text += suite_.path + ':' + std::to_string(line) + ':' + std::to_string(column) + ": " +
                    message;
        }
        return text;
    }

  private:
    using Names = std::vector<std::string>;

    static bool has(const Names& names, const std::string& name) {
        return std::binary_search(names.begin(), names.end(), name);
    }

    void report(const Mark& mark, const std::string& message, const std::string& word,
                const Names& known) {
        std::vector<std::string_view> views(known.begin(), known.end());
        const std::string_view near = simulator::nearest(word, views);
        std::string text = message;
        if (!near.empty()) text += "\n  help: did you mean " + in_ticks(near) + "?";
        errors_.emplace(mark.line, mark.column, std::move(text));
    }

    // ------------------------------------------------------------ what is expected

    void check(const Expected& expected) {
        switch (expected.asked) {
            case Asked::rules:
            case Asked::trials:
            case Asked::gates:
            case Asked::open: return check_all(expected, rules_, "rule");
            case Asked::roles:
            case Asked::granted_by: return check_all(expected, names_.roles, "role");
            case Asked::obligations: return check_all(expected, names_.obligations, "obligation");
            case Asked::totals: return check_all(expected, names_.limits, "limit");
            case Asked::outcome:
            case Asked::reason:
            case Asked::best:
            case Asked::repeat:
            case Asked::detail:
            case Asked::missing:
            case Asked::uncounted:
            case Asked::because:
            case Asked::fix: return;
        }
    }

    void check_all(const Expected& expected, const Names& known, const std::string& what) {
        Names asked = expected.names;
        asked.insert(asked.end(), expected.without.begin(), expected.without.end());
        for (const NamedTexts& one : expected.values) asked.push_back(one.name);
        for (const std::string& one : asked) {
            const bool is_known = std::any_of(known.begin(), known.end(), [&](const auto& name) {
                return stands_for(one, name);
            });
            if (is_known) continue;
            report(expected.mark, "the set has no " + what + " " + in_ticks(one), one, known);
        }
    }

    // ------------------------------------------------------------ what is sent

    void check_cell(const Step::Cell& cell) {
        Tree call;
        Tree value = cell.value;
        if (value.is_null()) value = text_tree("");  // its name is checked all the same
        put(call, keys_of(suite_.defaults, cell.path), value);
        mark_all(call, cell.value.mark);
        check_call(call);
    }

    static void mark_all(Tree& tree, const Mark& mark) {
        for (Tree::Entry& entry : tree.entries) {
            entry.mark = mark;
            mark_all(entry.value, mark);
        }
    }

    void check_call(const Tree& call) {
        for (const Tree::Entry& entry : call.entries) {
            const std::string& key = entry.key;
            if (key == "principal" || key == "agent") {
                check_party(entry);
            } else if (key == "workflow") {
                check_below(entry.value, "workflow", names_.attributes, "attribute");
            } else if (key == "attributes") {
                check_below(entry.value, "", names_.attributes, "attribute");
            } else if (key == "facts") {
                check_facts(entry.value);
            } else if (!simulator::is_one_of(key, members)) {
                check_attribute(entry);
            }
        }
    }

    void check_party(const Tree::Entry& party) {
        for (const Tree::Entry& entry : party.value.entries) {
            if (simulator::is_one_of(entry.key, party_members)) continue;
            check_path(entry, party.key + "." + entry.key, names_.attributes, "attribute");
        }
    }

    void check_attribute(const Tree::Entry& entry) {
        if (is_path(names_.attributes, entry.key)) {
            return check_path(entry, entry.key, names_.attributes, "attribute");
        }
        Names known(members.begin(), members.end());
        known.insert(known.end(), names_.attributes.begin(), names_.attributes.end());
        report(entry.mark, in_ticks(entry.key) + " is neither a member of a call nor an attribute",
               entry.key, known);
    }

    void check_facts(const Tree& facts) {
        for (const Tree::Entry& thing : facts.entries) {
            if (!has(names_.facts, thing.key)) {
                report(thing.mark, "the set has no facts " + in_ticks(thing.key), thing.key,
                       names_.facts);
                continue;
            }
            for (const Tree::Entry& part : thing.value.entries) {
                if (part.key != "values") continue;
                check_below(part.value, thing.key, names_.facts, "fact");
            }
        }
    }

    void check_below(const Tree& tree, const std::string& path, const Names& known,
                     const std::string& what) {
        for (const Tree::Entry& entry : tree.entries) {
            check_path(entry, path.empty() ? entry.key : path + "." + entry.key, known, what);
        }
    }

    void check_path(const Tree::Entry& entry, const std::string& path, const Names& known,
                    const std::string& what) {
        if (has(known, path)) return;
        if (is_path(known, path) && entry.value.kind == Tree::Kind::map) {
            return check_below(entry.value, path, known, what);
        }
        report(entry.mark, "the set has no " + what + " " + in_ticks(path), path, known);
    }

    /// A name, or the beginning of one up to a dot.
    static bool is_path(const Names& names, const std::string& path) {
        const auto at = std::lower_bound(names.begin(), names.end(), path);
        if (at != names.end() && *at == path) return true;
        return std::any_of(names.begin(), names.end(), [&](const std::string& one) {
            return one.starts_with(path) && one[path.size()] == '.';
        });
    }

    const Suite& suite_;
    engine::SetNames names_;
    Names rules_;
    std::set<std::tuple<int, int, std::string>> errors_;
};

}  // namespace

std::string check_names(const Suite& suite, const Policy& policy) {
    return NameCheck(suite, policy).run();
}

}  // namespace proviso::suites
