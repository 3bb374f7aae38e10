#include "engine/bytecode/disassembler.h"

#include <algorithm>

#include "engine/bytecode/block_uses.h"
#include "engine/bytecode/listing.h"
#include "engine/bytecode/opcodes.h"
#include "engine/model/text.h"

namespace proviso::bytecode {
namespace {

constexpr std::string_view indent = "    ";

class Disassembler {
  public:
    explicit Disassembler(const Program& program)
        : program_(program),
          names_(program),
          uses_(block_uses(program)) {
        std::stable_sort(uses_.begin(), uses_.end(),
                         [](const BlockUse& a, const BlockUse& b) { return a.block < b.block; });
    }

    std::string all() {
        out_ = "policy " + program_.policy_name + " version " + quoted(program_.policy_version);
        out_ += '\n';
        slots();
        constants();
        shared();
        loops();
        tables();
        zones();
        windows();
        approvals();
        for (const Tool& tool : program_.tools) plans(tool);
        code(std::vector<bool>(program_.code.size(), true));
        return std::move(out_);
    }

    // Explanations are run when one is asked for, not for a decision.
    std::string of(const Tool& tool) {
        std::erase_if(uses_, [](const BlockUse& use) { return use.user == BlockUser::explain; });
        plans(tool);
        code(reached(tool));
        return std::move(out_);
    }

  private:
    void section(std::string_view title) {
        out_ += (out_.empty() ? "" : "\n") + std::string(title) + '\n';
    }

    void item(std::size_t number, const std::string& text) {
        constexpr std::size_t width = 6;
        const std::string digits = std::to_string(number);
        out_.append(width - std::min(width, digits.size()), ' ');
        out_ += digits + "  " + text + '\n';
    }

    static std::string quoted(std::string_view text) {
        std::string result;
        model::append_quoted(result, text);
        return result;
    }

    // ------------------------------------------------------------ tables

    // The built-in slots are those of every program.
    void slots() {
        constexpr auto first = static_cast<std::size_t>(Builtin::count);
        if (program_.slots.size() > first) section("slots");
        for (std::size_t i = first; i < program_.slots.size(); ++i) {
            const Slot& slot = program_.slots[i];
            std::string text = slot.path + " : " + program_.types.text(slot.type);
            if (slot.initial.known()) {
                text += " = " + model::to_text(program_.types, slot.type, slot.initial);
            }
            if (slot.is_volatile) text += " volatile";
            item(i, text);
        }
    }

    void constants() {
        if (!program_.constants.empty()) section("constants");
        for (std::uint32_t i = 0; i < program_.constants.size(); ++i) item(i, names_.constant(i));
    }

    void shared() {
        if (!program_.shared.empty()) section("shared");
        for (std::size_t i = 0; i < program_.shared.size(); ++i) {
            const Shared& it = program_.shared[i];
            std::string text = it.name + ": ";
            text += it.is_condition ? "condition"
                                    : program_.types.text(it.type) + " in " +
                                          names_.operand(it.value, it.value_constant);
            if (it.block != none) text += ", block " + code_address(it.block);
            item(i, text);
        }
    }

    void loops() {
        if (!program_.loops.empty()) section("loops");
        for (std::uint32_t i = 0; i < program_.loops.size(); ++i) item(i, names_.loop(i));
    }

    void tables() {
        if (!program_.tables.empty()) section("tables");
        for (std::size_t i = 0; i < program_.tables.size(); ++i) {
            const Table& table = program_.tables[i];
            std::string cells;
            for (const std::uint32_t cell : table.cells) append_item(cells, names_.constant(cell));
            item(i, table.name + axes(table.axes) + ": " + cells);
        }
    }

    // How many changes a zone has depends on the zone data, not on the set.
    void zones() {
        if (!program_.zones.empty()) section("zones");
        for (std::size_t i = 0; i < program_.zones.size(); ++i) item(i, program_.zones[i].name);
    }

    void windows() {
        if (!program_.windows.empty()) section("windows");
        for (std::uint32_t i = 0; i < program_.windows.size(); ++i) {
            item(i, program_.windows[i].name);
            for (const std::string& term : names_.window(i)) line("", term);
        }
    }

    void approvals() {
        if (!program_.approvals.empty()) section("approvals");
        for (std::uint32_t i = 0; i < program_.approvals.size(); ++i) {
            item(i, program_.approvals[i].name);
            for (const std::string& text : names_.approval(i)) line("", text);
        }
    }

    static std::string axes(const std::vector<Axis>& axes) {
        std::string text;
        for (const Axis& axis : axes) {
            std::string labels;
            for (const std::string& label : axis.labels) append_item(labels, label);
            text += '[' + labels + ']';
        }
        return text;
    }

    // ------------------------------------------------------------ plans

    // Stages that share a plan are shown together.
    void plans(const Tool& tool) {
        approvers(tool);
        std::uint32_t shown = 0;
        for (unsigned stage = 0; stage < 5; ++stage) {
            if (tool.plans[stage] == none || (shown >> stage & 1U) != 0) continue;
            std::uint32_t same = 0;
            for (unsigned other = stage; other < 5; ++other) {
                if (tool.plans[other] == tool.plans[stage]) same |= 1U << other;
            }
            shown |= same;
            section("tool " + tool.name + " at " + names_.bits(model::stage_enum, same));
            plan(program_.plans[tool.plans[stage]]);
        }
    }

    void approvers(const Tool& tool) {
        if (tool.approve_grants.count == 0) return;
        section("tool " + tool.name + ", approved by");
        each(tool.approve_grants, [&](std::uint32_t i) {
            const Grant& grant = program_.grants[program_.plan_grants[i]];
            line("", names_.role(grant.role) + block(grant.block));
        });
    }

    void plan(const Plan& plan) {
        const auto roles = granting(program_.role_sets[plan.granting_roles]);
        if (!roles.empty()) line("granted to", roles);
        each(plan.grants, [&](std::uint32_t i) {
            const Grant& grant = program_.grants[program_.plan_grants[i]];
            line("granted to", names_.role(grant.role) + block(grant.block));
        });
        each(plan.raises, [&](std::uint32_t i) {
            const Raise& raise = program_.raises[program_.plan_raises[i]];
            line("raise", raise.name + block(raise.block));
        });
        entries("allow", plan.allows);
        switches("allow", plan.allow_switches);
        matrices("default matrix", plan.default_matrices);
        entries("restrict", plan.restrictions);
        switches("restrict", plan.restriction_switches);
        matrices("matrix", plan.matrices);
    }

    template <class Do>
    static void each(Range range, const Do& run) {
        for (std::uint32_t i = 0; i < range.count; ++i) run(range.begin + i);
    }

    void line(std::string_view what, const std::string& text) {
        constexpr std::size_t width = 16;
        (out_ += indent) += padded(std::string(what), width) + text + '\n';
    }

    static std::string block(std::uint32_t at) {
        return at == none ? ", always" : ", block " + code_address(at);
    }

    [[nodiscard]] std::string granting(const std::vector<std::uint64_t>& set) const {
        std::string text;
        for (std::uint32_t i = 0; i < program_.roles.size(); ++i) {
            if ((set[i / 64] >> i % 64 & 1U) != 0) append_item(text, names_.role(i));
        }
        return text;
    }

    [[nodiscard]] std::string entry(std::uint32_t at) const {
        const Entry& entry = program_.entries[at];
        const Rule& rule = program_.rules[entry.rule];
        return rule.name + ": " + names_.outcome(rule) + block(entry.block);
    }

    void entries(std::string_view what, Range range) {
        each(range, [&](std::uint32_t i) { line(what, entry(i)); });
    }

    void switches(std::string_view what, Range range) {
        each(range, [&](std::uint32_t i) {
            const Switch& it = program_.switches[i];
            line(what, "by " + names_.place(it.slot));
            each(it.cases, [&](std::uint32_t at) {
                const Case& one = program_.cases[at];
                each(one.entries, [&](std::uint32_t e) {
                    line("", std::string(indent) + names_.constant(one.key) + ": " + entry(e));
                });
            });
        });
    }

    void matrices(std::string_view what, Range range) {
        each(range, [&](std::uint32_t i) {
            const Matrix& matrix = program_.matrices[program_.plan_matrices[i]];
            line(what, matrix.name + axes(matrix.axes));
        });
    }

    // ------------------------------------------------------------ code

    void code(const std::vector<bool>& shown) {
        section("code");
        auto use = uses_.begin();
        for (std::uint32_t at = 0; at < program_.code.size(); ++at) {
            std::string headings;
            for (; use != uses_.end() && use->block == at; ++use) {
                const std::string heading = shown[at] ? names_.heading(*use) : std::string();
                if (!heading.empty()) headings += heading + '\n';
            }
            if (!headings.empty()) (out_ += '\n') += headings;
            if (shown[at]) out_ += instruction_line(names_, program_, at) + '\n';
        }
    }

    // Instructions that a call of the tool may run.
    [[nodiscard]] std::vector<bool> reached(const Tool& tool) const {
        std::vector<bool> seen(program_.code.size(), false);
        std::vector<std::uint32_t> to_do = starts(tool);
        while (!to_do.empty()) {
            const std::uint32_t at = to_do.back();
            to_do.pop_back();
            if (seen[at]) continue;
            seen[at] = true;
            successors(at, to_do);
        }
        return seen;
    }

    [[nodiscard]] std::vector<std::uint32_t> starts(const Tool& tool) const {
        std::vector<std::uint32_t> result;
        const auto add = [&](std::uint32_t block) {
            if (block != none) result.push_back(block);
        };
        const auto add_entries = [&](Range range) {
            each(range, [&](std::uint32_t i) { add(program_.entries[i].block); });
        };
        const auto add_switches = [&](Range range) {
            each(range, [&](std::uint32_t i) { add_entries(program_.switches[i].entries); });
        };
        const auto add_matrices = [&](Range range) {
            each(range, [&](std::uint32_t i) {
                const Matrix& matrix = program_.matrices[program_.plan_matrices[i]];
                for (const Axis& axis : matrix.axes) add(axis.read.block);
            });
        };
        for (const std::uint32_t number : tool.plans) {
            if (number == none) continue;
            const Plan& plan = program_.plans[number];
            for (const Range range : {plan.allows, plan.restrictions}) add_entries(range);
            add_switches(plan.allow_switches);
            add_switches(plan.restriction_switches);
            add_matrices(plan.default_matrices);
            add_matrices(plan.matrices);
            each(plan.raises,
                 [&](std::uint32_t i) { add(program_.raises[program_.plan_raises[i]].block); });
            each(plan.grants,
                 [&](std::uint32_t i) { add(program_.grants[program_.plan_grants[i]].block); });
        }
        return result;
    }

    void successors(std::uint32_t at, std::vector<std::uint32_t>& to) const {
        const Instruction& it = program_.code[at];
        const OpClass op_class = info(it.op).op_class;
        if (op_class == OpClass::test || op_class == OpClass::move) to.push_back(it.c);
        if (op_class == OpClass::test || op_class == OpClass::value) to.push_back(at + 1);
        const std::uint32_t called = callee(it);
        if (called != none) to.push_back(called);
    }

    [[nodiscard]] std::uint32_t callee(const Instruction& it) const {
        if (it.op == Op::condition) return it.b;
        if (it.op == Op::shared || it.op == Op::shared_value) return program_.shared[it.b].block;
        if (it.op == Op::loop || it.op == Op::loop_value) return program_.loops[it.b].body;
        return none;
    }

    const Program& program_;
    Names names_;
    std::vector<BlockUse> uses_;
    std::string out_;
};

}  // namespace

std::string disassemble(const Program& program, const DisassembleOptions& options) {
    if (!options.tool) return Disassembler(program).all();
    for (const Tool& tool : program.tools) {
        if (tool.name == *options.tool) return Disassembler(program).of(tool);
    }
    return "no tool `" + *options.tool + "` in the set\n";
}

}  // namespace proviso::bytecode
