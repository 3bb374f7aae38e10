#include "suites/null_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "simulator/text/json_text.h"
#include "simulator/text/yaml_reader.h"
#include "suites/step_call.h"

namespace proviso::suites {
namespace {

using simulator::in_ticks;
using NameList = std::vector<std::string>;

bool is_digits(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// A name, the beginning of one up to a dot, or what an open name takes.
bool is_declared(const NameList& names, const std::string& path) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& one) {
        if (one.ends_with('*')) return path.starts_with(one.substr(0, one.size() - 1));
        return one.starts_with(path) && (one.size() == path.size() || one[path.size()] == '.');
    });
}

/// What stands in the entry before, where that is a number: `1.500` of `1.500,50`.
std::string number_before(const Tree& tree, const Tree::Entry& entry) {
    const std::size_t at = static_cast<std::size_t>(&entry - tree.entries.data());
    if (at == 0 || tree.entries[at - 1].value.kind != Tree::Kind::scalar) return {};
    std::string digits = tree.entries[at - 1].value.scalar;
    if (digits.find_first_not_of("0123456789.-") != std::string::npos) return {};
    std::erase(digits, '.');
    return digits;
}

class NullNames {
  public:
    NullNames(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes)
        : suite_(suite),
          names_(names),
          mistakes_(mistakes),
          host_(names.host_parts) {
        host_.insert(host_.end(), {"agent.roles", "principal.roles"});
        for (const auto& [tool, args] : names.args) {
            all_args_.insert(all_args_.end(), args.begin(), args.end());
        }
    }

    void run() {
        check_defaults();
        for (const Case& one : suite_.cases) {
            for (const Step& step : one.steps) {
                if (step.call != nullptr) check(step);
            }
        }
    }

  private:
    /// What is known below a place of the call, and how a message calls it.
    struct Place {
        const NameList& known;
        std::string of;  ///< "the tool `pay` has no argument"
    };

    void check_defaults() {
        check_host(suite_.defaults, nullptr);
        if (const Tree* const args = find(suite_.defaults, {"args"})) {
            check_below(*args, nullptr, "", {all_args_, "no tool has an argument"});
        }
    }

    void check(const Step& step) {
        check_host(*step.call, &suite_.defaults);
        const Tree* const args = find(*step.call, {"args"});
        if (args != nullptr) {
            check_below(*args, find(suite_.defaults, {"args"}), "", place_of_args(step));
        }
        check_cells(step);
    }

    void check_cells(const Step& step) {
        Tree before = suite_.defaults;
        lay_over(before, *step.call);
        for (const Step::Cell& cell : step.cells) {
            std::vector<std::string> keys = keys_of(before, cell.path);
            if (keys.size() < 2 || keys.front() != "args") continue;
            if (!cell.value.is_null() || find(before, keys) != nullptr) continue;
            const Place place = place_of_args(step);
            std::string path = keys[1];
            for (std::size_t i = 2; i < keys.size(); ++i) path += "." + keys[i];
            if (!is_declared(place.known, path)) tell(cell.value.mark, path, place, "");
        }
    }

    /// The tool of a call; of a table whose rows name theirs, whatever tool has it.
    Place place_of_args(const Step& step) {
        const bool by_row = std::any_of(step.cells.begin(), step.cells.end(),
                                        [](const Step::Cell& cell) { return cell.path == "tool"; });
        if (by_row) return {all_args_, "no tool has an argument"};
        const Tree* named = find(*step.call, {"tool"});
        if (named == nullptr) named = find(suite_.defaults, {"tool"});
        std::string scratch;
        const std::string tool(named == nullptr ? ""
                                                : simulator::plain_text(named->scalar, scratch));
        const auto at = names_.args.find(tool);
        if (at == names_.args.end()) return {anything_, ""};  // told as no tool, or taken as it is
        return {at->second, "the tool " + in_ticks(tool) + " has no argument"};
    }

    void check_host(const Tree& call, const Tree* under) {
        const Place place{host_, "the set has no attribute or fact"};
        for (const Tree::Entry& entry : call.entries) {
            if (entry.key == "args" || entry.key == "approvals") continue;
            const Tree* const below = under == nullptr ? nullptr : find(*under, {entry.key});
            if (entry.key == "attributes") {
                check_below(entry.value, below, "", place);
            } else if (entry.key == "facts") {
                check_facts(entry.value, below, place);
            } else {
                check_below(entry.value, below, entry.key, place);
            }
        }
    }

    void check_facts(const Tree& facts, const Tree* under, const Place& place) {
        for (const Tree::Entry& thing : facts.entries) {
            const Tree* const values = find(thing.value, {"values"});
            if (values == nullptr) continue;
            const Tree* const below =
                under == nullptr ? nullptr : find(*under, {thing.key, "values"});
            check_below(*values, below, thing.key, place);
        }
    }

    void check_below(const Tree& tree, const Tree* under, const std::string& path,
                     const Place& place) {
        for (const Tree& one : tree.items) check_below(one, nullptr, path, place);
        for (const Tree::Entry& entry : tree.entries) {
            const std::string name = path.empty() ? entry.key : path + "." + entry.key;
            const Tree* const below = under == nullptr ? nullptr : find(*under, {entry.key});
            if (!entry.value.is_null()) {
                check_below(entry.value, below, name, place);
            } else if (below == nullptr && !is_declared(place.known, name)) {
                tell(entry.mark, name, place,
                     is_digits(entry.key) ? number_before(tree, entry) : "", entry.key);
            }
        }
    }

    void tell(const Mark& mark, const std::string& path, const Place& place,
              const std::string& before, const std::string& digits = {}) {
        if (mistakes_.any_at(mark)) return;
        const std::string message = place.of + " " + in_ticks(path);
        if (before.empty()) return mistakes_.add_word(mark, message, path, place.known);
        mistakes_.add(mark, message,
                      "a comma ends a value: write " + in_ticks(before + "." + digits));
    }

    const Suite& suite_;
    const engine::SetNames& names_;
    Mistakes& mistakes_;
    NameList host_;
    NameList all_args_;
    const NameList anything_{"*"};
};

}  // namespace

void check_null_names(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes) {
    NullNames(suite, names, mistakes).run();
}

}  // namespace proviso::suites
