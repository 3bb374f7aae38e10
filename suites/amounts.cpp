#include "suites/amounts.h"

#include <cstdint>
#include <functional>
#include <utility>

#include "simulator/text/json_outline.h"
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

/// `path` as decisions name it; `help` how to write either.
using Tell = std::function<void(const Mark& mark, const std::string& path,
                                const std::string& number, const std::string& help)>;

class Amounts {
  public:
    Amounts(const engine::SetNames& names, Tell tell) : names_(names), tell_(std::move(tell)) {}

    void check(const Tree& call) {
        const Tree* const tool = find(call, {"tool"});
        const auto args = names_.arg_amounts.find(tool == nullptr ? "" : plain(*tool));
        for (const Tree::Entry& entry : call.entries) {
            front_ = entry.key == "args" ? "args." : "";
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
        if (!help.empty()) tell_(value.mark, front_ + path, number, help);
    }

    const engine::SetNames& names_;
    Tell tell_;
    std::string front_;
};

constexpr std::string_view doubt = "is less than a thousand: a point begins a fraction";

/// Whether some number of the text has three digits behind its point. Few calls have one.
bool may_have_thousands(std::string_view text) {
    const auto is_digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    for (std::size_t at = text.find('.'); at != std::string_view::npos;
         at = text.find('.', at + 1)) {
        const bool three = is_digit(at + 1) && is_digit(at + 2) && is_digit(at + 3);
        if (at > 0 && is_digit(at - 1) && three && !is_digit(at + 4)) return true;
    }
    return false;
}

Tree tree_of(const simulator::JsonOutline& outline, std::uint32_t at) {
    Tree tree;
    const simulator::JsonNode& node = outline.node(at);
    if (node.kind == simulator::JsonNode::Kind::string ||
        node.kind == simulator::JsonNode::Kind::other) {
        tree.scalar = outline.raw(at);
        return tree;
    }
    const bool is_map = node.kind == simulator::JsonNode::Kind::object;
    tree.kind = is_map ? Tree::Kind::map : Tree::Kind::list;
    for (std::uint32_t one = at + 1; one < node.next; one = outline.node(one).next) {
        if (!is_map) {
            tree.items.push_back(tree_of(outline, one));
            continue;
        }
        std::string scratch;
        const std::string name(simulator::plain_text(outline.raw_name(one), scratch));
        tree.entries.push_back({name, tree_of(outline, one), {}});
    }
    return tree;
}

Tree read_json(std::string_view text) {
    simulator::JsonOutline outline;
    return outline.read(text).empty() ? tree_of(outline, 0) : Tree{};
}

}  // namespace

void check_amounts(const Suite& suite, const engine::SetNames& names, Mistakes& mistakes) {
    Amounts amounts(names, [&](const Mark& mark, const std::string&, const std::string& number,
                               const std::string& help) {
        mistakes.add(mark, in_ticks(number) + " " + std::string(doubt), help);
    });
    amounts.check(suite.defaults);
    for (const Case& one : suite.cases) {
        for (const Step& step : one.steps) {
            if (step.call != nullptr) amounts.check(call_of(suite, step));
        }
    }
}

std::vector<std::string> CallAmounts::notes(std::string_view host, std::string_view args) const {
    std::vector<std::string> notes;
    if (!may_have_thousands(host) && !may_have_thousands(args)) return notes;
    Tree call = read_json(host);
    if (!args.empty()) call.entries.push_back({"args", read_json(args), {}});
    Amounts amounts(names_, [&](const Mark&, const std::string& path, const std::string& number,
                                const std::string& help) {
        if (notes.size() >= most_notes) return;
        notes.push_back(in_ticks(number) + " of " + in_ticks(path) + " " + std::string(doubt) +
                        "; " + help);
    });
    amounts.check(call);
    return notes;
}

}  // namespace proviso::suites
