#include "suites/amounts.h"

#include <string>

#include "simulator/text/json_text.h"
#include "simulator/text/yaml_reader.h"
#include "suites/step_call.h"

namespace proviso::suites {
namespace {

using simulator::in_ticks;

std::string plain(const Tree& tree) {
    std::string scratch;
    return std::string(simulator::plain_text(tree.scalar, scratch));
}

class Amounts {
  public:
    Amounts(const engine::SetNames& names, Mistakes& mistakes)
        : names_(names),
          mistakes_(mistakes) {}

    void check(const Tree& call) {
        const Tree* const tool = find(call, {"tool"});
        const auto args = names_.arg_amounts.find(tool == nullptr ? "" : plain(*tool));
        for (const Tree::Entry& entry : call.entries) {
            if (entry.key == "args") {
                if (args != names_.arg_amounts.end()) look_below(entry.value, "", args->second);
            } else if (entry.key == "attributes") {
                look_below(entry.value, "", names_.host_amounts);
            } else if (entry.key == "facts") {
                look_at_facts(entry.value);
            } else {
                look_at(call, entry.value, entry.key, names_.host_amounts);
            }
        }
    }

  private:
    void look_at_facts(const Tree& facts) {
        for (const Tree::Entry& thing : facts.entries) {
            const Tree* const values = find(thing.value, {"values"});
            if (values != nullptr) look_below(*values, thing.key, names_.host_amounts);
        }
    }

    void look_below(const Tree& tree, const std::string& path, const engine::Amounts& amounts) {
        for (const Tree& one : tree.items) look_at(tree, one, path, amounts);
        for (const Tree::Entry& entry : tree.entries) {
            const std::string name = path.empty() ? entry.key : path + "." + entry.key;
            look_at(tree, entry.value, name, amounts);
        }
    }

    /// `beside` holds the value, and its currency where that is no part of the type.
    void look_at(const Tree& beside, const Tree& value, const std::string& path,
                 const engine::Amounts& amounts) {
        if (value.kind != Tree::Kind::scalar) return look_below(value, path, amounts);
        const auto amount = amounts.find(path);
        if (amount == amounts.end()) return;
        const std::string& written = amount->second;
        const Tree* const code = written.empty() ? nullptr : find(beside, {written});
        const std::string number = plain(value);
        const std::string help =
            engine::help_for_thousands(number, code == nullptr ? "" : plain(*code));
        if (help.empty()) return;
        mistakes_.add(value.mark,
                      in_ticks(number) + " is less than a thousand: a point begins a fraction",
                      help);
    }

    const engine::SetNames& names_;
    Mistakes& mistakes_;
};

}  // namespace

void check_amounts(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes) {
    Amounts amounts(names, mistakes);
    amounts.check(suite.defaults);
    for (const Case& one : suite.cases) {
        for (const Step& step : one.steps) {
            if (step.call != nullptr) amounts.check(call_of(suite, step));
        }
    }
}

}  // namespace proviso::suites
