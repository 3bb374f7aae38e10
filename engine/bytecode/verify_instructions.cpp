// Each instruction by itself, against its row of the opcode table: flags, indices, numbers. What
// its operands hold is seen in verify_code.
#include <array>

#include "engine/bytecode/opcodes.h"
#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

/// What operands of each kind have to be below.
using Bounds = std::array<std::size_t, static_cast<std::size_t>(Operand::mask) + 1>;

Bounds bounds_of(const Context& context) {
    const Program& program = context.program;
    Bounds bounds{};
    const auto set = [&](Operand kind, std::size_t bound) {
        bounds[static_cast<std::size_t>(kind)] = bound;
    };
    set(Operand::unused, 1);
    set(Operand::place, context.places());
    set(Operand::operand, context.places());
    set(Operand::set, program.sets.size());
    set(Operand::glob, program.globs.size());
    set(Operand::regex, program.regexes.size());
    set(Operand::role, program.roles.size());
    set(Operand::shared, program.shared.size());
    set(Operand::loop, program.loops.size());
    set(Operand::table, program.tables.size());
    set(Operand::block, program.code.size());
    set(Operand::mask, 0x10);
    return bounds;  // 0 where more has to be asked, or nothing
}

class InstructionCheck {
  public:
    InstructionCheck(Context& context, const Bounds& bounds, std::size_t index)
        : context_(context),
          program_(context.program),
          bounds_(bounds),
          it_(program_.code[index]),
          row_(info(it_.op)),
          where_{"instruction", index} {}

    bool run() {
        return flags() && operand(row_.a, it_.a, (it_.flags & a_constant) != 0) &&
               operand(row_.b, it_.b, (it_.flags & b_constant) != 0) &&
               operand(row_.c, it_.c, false) && written() && extra() && by_opcode();
    }

  private:
    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    bool flags() {
        std::uint8_t allowed = 0;
        if (row_.op_class == OpClass::test) allowed |= jump_if | unknown_jumps;
        if (row_.a == Operand::operand) allowed |= a_constant;
        if (row_.b == Operand::operand) allowed |= b_constant;
        return require((it_.flags & ~allowed) == 0, "it has flags that its opcode does not take");
    }

    bool in(std::string_view what, std::uint32_t at, std::size_t size) {
        return context_.index(where_, what, at, size);
    }

    bool operand(Operand kind, std::uint32_t at, bool is_constant) {
        const bool plain = !is_constant && at < bounds_[static_cast<std::size_t>(kind)];
        return plain || asked(kind, at, is_constant);
    }

    /// The same in full, with words for what is wrong.
    bool asked(Operand kind, std::uint32_t at, bool is_constant) {
        switch (kind) {
            case Operand::unused: return require(at == 0, "an operand that it has not is set");
            case Operand::operand:
                return is_constant ? in("constant", at, program_.constants.size())
                                   : in("place", at, context_.places());
            case Operand::place: return in("place", at, context_.places());
            case Operand::constant:
                return in("constant", at, program_.constants.size()) &&
                       require(program_.constants[at].known(), "it compares with nothing known");
            case Operand::set: return in("set", at, program_.sets.size());
            case Operand::glob: return in("glob", at, program_.globs.size());
            case Operand::regex: return in("regular expression", at, program_.regexes.size());
            case Operand::role: return in("role", at, program_.roles.size());
            case Operand::shared: return in("shared", at, program_.shared.size());
            case Operand::loop: return in("loop", at, program_.loops.size());
            case Operand::table: return in("table", at, program_.tables.size());
            case Operand::facts: return in("facts", at, program_.facts.size());
            case Operand::window: return in("window", at, program_.windows.size());
            case Operand::zone: return in("zone", at, program_.zones.size());
            case Operand::native: return in("native call", at, program_.native_calls.size());
            case Operand::block: return in("block", at, program_.code.size());
            case Operand::target:
                return in("target", at, program_.code.size()) &&
                       require(at > where_.index, "it jumps back");
            case Operand::mask: return require(at <= 0x0F, "its mask has bits beyond the tiers");
            case Operand::word: return true;
        }
        return false;
    }

    // Slots are what the call says; code writes temporaries alone.
    bool written() {
        const bool writes = row_.op_class == OpClass::value;
        return require(!writes || !context_.is_slot(it_.c), "it writes a slot");
    }

    bool extra() {
        if (it_.op == Op::date_shift || it_.op == Op::time_shift) {
            return require(it_.extra <= 1, "its direction is neither 0 nor 1");
        }
        if (it_.op == Op::local) {
            return require(it_.extra <= 2, "it reads neither hour, weekday nor date");
        }
        if (it_.op == Op::fact) {
            return require(
                it_.b >= program_.facts.size() || it_.extra < program_.facts[it_.b].fields,
                "it reads a field that its facts have not");
        }
        if (it_.op == Op::in_list) {
            return require(it_.extra <= static_cast<std::uint16_t>(model::Kind::opaque) &&
                               is_scalar(static_cast<model::Kind>(it_.extra)),
                           "its members are of a kind that has no equality");
        }
        return require(it_.extra == 0, "a number that it does not take is set");
    }

    bool by_opcode() {
        if (it_.op == Op::role) return require(it_.a <= 1, "its party is neither 0 nor 1");
        if (it_.op == Op::shared || it_.op == Op::shared_value) {
            return require(program_.shared[it_.b].is_condition == (it_.op == Op::shared),
                           "it takes a shared value for a condition, or the other way round");
        }
        if (it_.op == Op::loop || it_.op == Op::loop_value) {
            const LoopKind kind = program_.loops[it_.b].kind;
            const bool asks = kind == LoopKind::any || kind == LoopKind::all;
            return require(asks == (it_.op == Op::loop),
                           "it takes a count or sum for a condition, or the other way round");
        }
        if (it_.op == Op::table) {
            return in("place",
                      it_.a + static_cast<std::uint32_t>(program_.tables[it_.b].axes.size() - 1),
                      context_.places());
        }
        return true;
    }

    Context& context_;
    const Program& program_;
    const Bounds& bounds_;
    const Instruction& it_;
    const OpInfo& row_;
    Where where_;
};

}  // namespace

bool verify_instructions(Context& context) {
    const Bounds bounds = bounds_of(context);
    for (std::size_t i = 0; i < context.program.code.size(); ++i) {
        if (!InstructionCheck(context, bounds, i).run()) return false;
    }
    return true;
}

}  // namespace proviso::bytecode
