#include "suites/names.h"

#include <algorithm>
#include <array>

#include "engine/observed.h"
#include "engine/set_names.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"
#include "suites/amounts.h"
#include "suites/null_names.h"

namespace proviso::suites {
namespace {

using simulator::in_ticks;

/// Members of a call in the engine's own form; attributes may stand beside them.
constexpr std::array<std::string_view, 14> members{
    "tool",        "stage",      "id",    "time",    "principal", "agent",     "workflow",
    "environment", "attributes", "facts", "unknown", "undoing",   "approvals", "args"};
constexpr std::array<std::string_view, 2> party_members{"id", "roles"};
constexpr std::array<std::string_view, 9> approval_members{
    "by", "roles", "roles_now", "plan", "gates", "requested_at", "at", "verdict", "signature"};

class NameCheck {
  public:
    NameCheck(const Suite& suite, const Policy& policy, Mistakes& mistakes)
        : suite_(suite),
          mistakes_(mistakes),
          names_(engine::names_of_set(policy)) {
        for (const RuleInfo& rule : policy.rules()) rules_.push_back(rule.name);
    }

    void run() {
        check_duties();
        if (suite_.form.is_native) check_call(suite_.defaults);
        const Tree* checked = nullptr;  // the rows of a table share their call
        for (const Case& one : suite_.cases) {
            for (const Step& step : one.steps) {
                for (const Expected& expected : step.expect) check(expected);
                for (const Tree& approval : step.approvals) check_approval(approval, step.expect);
                check_scope(step);
                if (step.call == nullptr || !suite_.form.is_native) continue;
                if (step.call.get() != checked) check_call(*step.call);
                checked = step.call.get();
                check_sent_approvals(step);
                for (const Step::Cell& cell : step.cells) check_cell(cell);
            }
        }
        if (!suite_.form.is_native) return;
        check_null_names(suite_, names_, mistakes_);
        check_amounts(suite_, names_, mistakes_);
    }

  private:
    using Names = std::vector<std::string>;

    static bool has(const Names& names, const std::string& name) {
        return std::binary_search(names.begin(), names.end(), name);
    }

    void report(const Mark& mark, const std::string& message, const std::string& word,
                const Names& known, const std::string& help = {}) {
        mistakes_.add_word(mark, message, word, known, help);
    }

    void check_duties() {
        for (std::size_t i = 0; i < suite_.duties.size(); ++i) {
            const std::string& duty = suite_.duties[i];
            if (has(names_.obligations, duty)) continue;
            report(suite_.duty_marks[i], "the set has no obligation " + in_ticks(duty), duty,
                   names_.obligations);
        }
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
            case Asked::missing: return check_missing(expected);
            case Asked::outcome:
            case Asked::reason:
            case Asked::best:
            case Asked::repeat:
            case Asked::detail:
            case Asked::undeclared_roles: return check_undeclared(expected);
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

    void check_missing(const Expected& expected) {
        for (const Names* asked : {&expected.names, &expected.without}) {
            for (const std::string& one : *asked) {
                if (has(names_.missing, one)) continue;
                report(expected.mark, "nothing that the set reads is called " + in_ticks(one), one,
                       names_.missing);
            }
        }
    }

    void check_undeclared(const Expected& expected) {
        for (const std::string& one : expected.names) {
            if (!has(names_.roles, one)) continue;
            mistakes_.add(expected.mark, "the set declares the role " + in_ticks(one), "");
        }
    }

    // ------------------------------------------------------------ what people and hosts do

    void check_scope(const Step& step) {
        const bool by_tool = step.kind == Step::Kind::halt || step.kind == Step::Kind::resume;
        const std::string& tool = step.scope.name;
        if (!by_tool || step.scope.kind != HaltScope::Kind::tool || names_.catalogue_open) return;
        if (tool.find('*') != std::string::npos || has(names_.tools, tool)) return;
        report(step.mark, "the set has no tool " + in_ticks(tool), tool, names_.tools);
    }

    void check_sent_approvals(const Step& step) {
        const Tree* const sent = find(*step.call, {"approvals"});
        if (sent == nullptr) return;
        for (const Tree& approval : sent->items) check_approval(approval, step.expect);
    }

    /// What of it cannot count is a mistake, unless the case expects that of its person.
    void check_approval(const Tree& approval, const Expectation& expectation) {
        for (const Tree::Entry& entry : approval.entries) {
            if (simulator::is_one_of(entry.key, approval_members)) continue;
            report(entry.mark, in_ticks(entry.key) + " is no part of an approval", entry.key,
                   {approval_members.begin(), approval_members.end()});
        }
        if (is_uncounted(approval, expectation)) return;
        for (const std::string_view member : {"by", "at", "roles"}) {
            if (find(approval, {std::string(member)}) != nullptr) continue;
            mistakes_.add(approval.mark, "the approval has no " + in_ticks(member), meant);
        }
        for (const std::string_view member : {"roles", "roles_now"}) {
            check_list(approval, member, names_.roles, "role");
        }
        check_list(approval, "gates", rules_, "rule");
        for (const std::string_view member : {"at", "requested_at"}) check_time(approval, member);
    }

    static std::string plain(const Tree& tree) {
        std::string scratch;
        return std::string(simulator::plain_text(tree.scalar, scratch));
    }

    static bool is_uncounted(const Tree& approval, const Expectation& expectation) {
        const Tree* const by = find(approval, {"by"});
        return std::any_of(expectation.begin(), expectation.end(), [&](const Expected& one) {
            if (one.asked != Asked::uncounted) return false;
            return by == nullptr ||
                   std::find(one.names.begin(), one.names.end(), plain(*by)) != one.names.end();
        });
    }

    void check_list(const Tree& approval, std::string_view member, const Names& known,
                    const std::string& what) {
        const Tree* const list = find(approval, {std::string(member)});
        if (list == nullptr) return;
        if (list->kind != Tree::Kind::list) {
            return mistakes_.add(list->mark, in_ticks(member) + " of an approval is a list",
                                 "write `[a, b]`, or `[]` for none");
        }
        for (const Tree& one : list->items) {
            const std::string name = plain(one);
            const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
            if (is_known) continue;
            report(one.mark, "the set has no " + what + " " + in_ticks(name), name, known, meant);
        }
    }

    void check_time(const Tree& approval, std::string_view member) {
        const Tree* const time = find(approval, {std::string(member)});
        if (time == nullptr || observed::read_time(plain(*time), TimeForm::rfc3339)) return;
        mistakes_.add(time->mark, in_ticks(plain(*time)) + " is no time",
                      std::string("write it as `2026-11-20T15:00:00Z`\n  help: ") + meant);
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
                check_below(entry.value, "", names_.declared, "attribute");
            } else if (key == "unknown") {
                check_unknown(entry.value);
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
            if (thing.value.kind != Tree::Kind::map) {
                if (!thing.value.is_null()) report_form(thing.value.mark, thing.key);
                continue;
            }
            for (const Tree::Entry& part : thing.value.entries) {
                if (part.key == "values") {
                    check_below(part.value, thing.key, names_.facts, "fact");
                } else if (part.key != "key") {
                    report_form(part.mark, thing.key);
                }
            }
        }
    }

    void report_form(const Mark& mark, const std::string& thing) {
        mistakes_.add(mark, "facts are sent with the key of what they are about",
                      "write `" + thing + ": { key: ID, values: { … } }`");
    }

    /// Paths that the host does not know: the beginning of a path stands for all of it.
    void check_unknown(const Tree& paths) {
        for (const Tree& one : paths.items) {
            const std::string path = plain(one);
            const bool is_facts = path == "facts" || path.starts_with("facts.");
            if (is_facts || is_path(names_.missing, path)) continue;
            report(one.mark, "the set has no attribute or fact " + in_ticks(path), path,
                   names_.missing);
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

    static constexpr const char* meant = "a case that means it expects its person in `uncounted`";

    const Suite& suite_;
    Mistakes& mistakes_;
    engine::SetNames names_;
    Names rules_;
};

}  // namespace

void check_names(const Suite& suite, const Policy& policy, Mistakes& mistakes) {
    NameCheck(suite, policy, mistakes).run();
}

}  // namespace proviso::suites
