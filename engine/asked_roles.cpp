#include "engine/asked_roles.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace proviso::engine {

namespace {

using bytecode::none;
using bytecode::Program;

/// The role of `principal is clerk`; none for every other text.
std::uint32_t role_asked(const Program& program, std::string_view text) {
    for (const std::string_view front : {"principal is ", "agent is "}) {
        const bool asked = front.front() == 'p' ? program.asks_principal : program.asks_agent;
        if (!asked || !text.starts_with(front)) continue;
        const auto role = std::find_if(
            program.roles.begin(), program.roles.end(),
            [&](const bytecode::Role& one) { return one.name == text.substr(front.size()); });
        if (role != program.roles.end()) {
            return static_cast<std::uint32_t>(role - program.roles.begin());
        }
    }
    return none;
}

class Marker {
  public:
    Marker(const Program& program, const decide::LineIndex& lines, const decide::GrantTools& grants)
        : program_(program),
          lines_(lines),
          grants_(grants),
          found_(program.explain_nodes.size(), false),
          lost_(program.explain_nodes.size(), false) {}

    std::vector<bool> run() {
        for (std::uint32_t tool = 0; tool < program_.tools.size(); ++tool) {
            for (std::uint32_t stage = 0; stage < std::size(program_.tools[tool].plans); ++stage) {
                const std::uint32_t plan = program_.tools[tool].plans[stage];
                if (plan != none) look_at(program_.plans[plan], tool, stage);
            }
        }
        for (const bytecode::Rule& rule : program_.rules) {
            if (rule.patterns != none) lose(rule.explain);  // tools that no grant is held against
        }
        for (std::size_t i = 0; i < found_.size(); ++i) found_[i] = found_[i] && !lost_[i];
        return std::move(found_);
    }

  private:
    void look_at(const bytecode::Plan& plan, std::uint32_t tool, std::uint32_t stage) {
        for (const bytecode::Range entries : {plan.allows, plan.restrictions}) {
            look_at_entries(entries, tool, stage);
        }
        for (const bytecode::Range switches : {plan.allow_switches, plan.restriction_switches}) {
            for (std::uint32_t i = 0; i < switches.count; ++i) {
                look_at_entries(program_.switches[switches.begin + i].entries, tool, stage);
            }
        }
    }

    void look_at_entries(bytecode::Range range, std::uint32_t tool, std::uint32_t stage) {
        for (const bytecode::Entry& entry :
             std::span(program_.entries).subspan(range.begin, range.count)) {
            const bytecode::Range explain = program_.rules[entry.rule].explain;
            for (std::uint32_t i = explain.begin; i < explain.begin + explain.count; ++i) {
                const bytecode::ExplainNode& node = program_.explain_nodes[i];
                const std::uint32_t role = role_asked(program_, lines_.text(node.place));
                if (role == none) continue;
                (granted_to_it_alone(role, tool, stage) ? found_ : lost_)[i] = true;
            }
        }
    }

    [[nodiscard]] bool granted_to_it_alone(std::uint32_t role, std::uint32_t tool,
                                           std::uint32_t stage) const {
        for (std::uint32_t i = 0; i < grants_.size(); ++i) {
            const bytecode::Grant& grant = program_.grants[i];
            const bool is_of_it = (grant.stages >> stage & 1U) != 0 &&
                                  std::binary_search(grants_[i].begin(), grants_[i].end(), tool);
            const auto& held = program_.roles[grant.role].inherits;
            if (is_of_it && !std::binary_search(held.begin(), held.end(), role)) return false;
        }
        return !grants_.empty();
    }

    void lose(bytecode::Range explain) {
        for (std::uint32_t i = 0; i < explain.count; ++i) lost_[explain.begin + i] = true;
    }

    const Program& program_;
    const decide::LineIndex& lines_;
    const decide::GrantTools& grants_;
    std::vector<bool> found_;
    std::vector<bool> lost_;
};

}  // namespace

std::vector<bool> nodes_that_authority_asks(const Program& program, const decide::LineIndex& lines,
                                            const decide::GrantTools& grants) {
    return Marker(program, lines, grants).run();
}

}  // namespace proviso::engine
