#include "engine/bytecode/opcode_page.h"

#include <array>

#include "engine/bytecode/opcodes.h"

namespace proviso::bytecode {
namespace {

constexpr std::string_view opening = R"(# Bytecode

What a policy set is compiled to. This page is printed from `engine/bytecode/opcodes.def`; to write
it anew after a change there, run

    PROVISO_UPDATE=1 build/release/tests/unit/unit_engine_bytecode "The page in docs/ is up to date"

`proviso disasm` shows the code of a set in the form of the example below.

## The frame

Code works on one array of typed values, the *frame*: first a place for each slot, that is, for
each thing that a call brings (tool, time, attributes, arguments), then temporaries. Binding a call
fills the slots; code writes temporaries alone. A value is 16 bytes. It says whether it is known
and, if not, why (missing, of a wrong type, too long …), but not its type: that is known from its
place, and the verifier has seen to it that every instruction finds what it expects.

## Blocks

A *block* is a run of instructions that begins at an index and ends, on every way, in `yes` or `no`
(a condition) or in `done` (a value, which is then at a place that whoever ran the block knows).
Jumps go forward only. What repeats is a quantifier, whose body is a block of its own, run once for
each member of a list; quantifiers nest at most twice and have a budget. A `let` is a *shared*
block: it is run at most once a call and may use only shared blocks before it. Blocks call blocks,
never themselves and not without end: so every block ends.

## Two passes: sure and may

A condition is compiled to its negation normal form: every test is one literal, and `and` and `or`
are nothing but the order of jumps. A test has three answers. Where it jumps on `true` or on
`false` is part of the instruction, and so is where *unknown* goes:

- in the **sure** pass an unknown literal counts as false,
- in the **may** pass the same code runs with unknown literals counted as true.

The sure pass says `yes`: the condition is true. The may pass says `no`: it is false. Otherwise it
is unknown. `and` and `or` are monotone, which is why two passes over plain jumps give Kleene's
logic. An `allow` or a grant counts when the sure pass says `yes`; a restriction counts when the may
pass does. A second pass is run only where a test was unknown.

## What is remembered

Limits and counters are tables: what is counted (the block of `where`, the references of keys and
amount), over which period, and of a limit its caps and `unless`. Their code is run before and after
the rules, never among them. What memory says is put into slots of the frame that no call fills. A
counter that is read has three: its value, which is unknown while events are not confirmed, and the
two bounds that it lies between. With `l` and `h` for the bounds, `c < x` is compiled to
`h < x or (l < x and c < x)`, and `c == x` to `l <= x and x <= h and c == x`: where the bounds agree
these say the same, and where they do not, the answer is what every value between them says.

## Plans

For each tool and stage there is a *plan*: the allows and restrictions to try, as pairs of a
condition's block and a rule's number; switches, where many rules compare one slot with constants,
so that only those rules are tried whose key the call has; matrices; raises; conditional grants, and
the roles that grant without a condition; the limits and counters that count the call, and the
counters that its rules read. Targets, globs and tags are resolved when the set is compiled: a call
runs only what can match its tool.

## Reading a listing

    rule large_refund: gate by support_lead  support.proviso:31
        | gate large_refund on issue_refund
    0012  money_le_k       args.amount, 500 USD                     if true or unknown → 0014
    0013  yes
    0014  no

A test is shown with the answers that jump, unknown as in the sure pass; any other answer goes on
with the next instruction.

## Operands

| word | what it is |
|---|---|
| `place` | a place of the frame: a slot or a temporary |
| `operand` | a place, or a constant where the instruction's flag for it is set |
| `constant` | a constant, which is known |
| `set` `glob` `regex` `role` `shared` `loop` `table` | an entry of the table of that name |
| `window` `zone` | an entry of the table `windows` or `zones` |
| `native` | a native function and its operands, an entry of `native_calls` |
| `target` | an instruction further on |
| `block` | the first instruction of a block |
| `word` `mask` | a number |
)";

struct Part {
    OpClass op_class;
    std::string_view title;
    std::string_view text;
};

constexpr std::array<Part, 4> parts = {{
    {OpClass::test, "Tests",
     "Compare or ask. A test goes to `c` when the answer is the instruction's `jump_if`, to the "
     "next\ninstruction otherwise; an unknown answer goes as the pass says."},
    {OpClass::value, "Values",
     "Write a temporary, `c`. Where an operand is unknown the result is, for the same reason; what "
     "does\nnot fit exactly is unknown."},
    {OpClass::move, "Moves", "Go on elsewhere."},
    {OpClass::end, "Ends", "End a block."},
}};

std::string cell(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '|') result += '\\';
        result += c;
    }
    return result;
}

std::string row(const OpInfo& info) {
    std::string text = "| `" + std::string(info.name) + "` |";
    for (const Operand operand : {info.a, info.b, info.c}) {
        text += operand == Operand::unused ? " |" : " " + std::string(name(operand)) + " |";
    }
    return text + ' ' + cell(info.text) + " |\n";
}

}  // namespace

std::string opcode_page() {
    std::string page(opening);
    for (const Part& part : parts) {
        page += "\n## " + std::string(part.title) + "\n\n" + std::string(part.text);
        page += "\n\n| opcode | a | b | c | what it does |\n|---|---|---|---|---|\n";
        for (std::size_t i = 0; i < op_count; ++i) {
            const OpInfo& each = info(static_cast<Op>(i));
            if (each.op_class == part.op_class) page += row(each);
        }
    }
    return page;
}

}  // namespace proviso::bytecode
