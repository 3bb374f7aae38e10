// A compiled policy set: code and tables, plain data, read by any number of threads.
//
// A *block* is a run of instructions that begins at some index and ends at every way out in `yes`,
// `no` (conditions) or `done` (values). Jumps go forward only, loops run through the loop table,
// shared blocks refer to shared blocks of smaller index only: so every block ends. The verifier
// (verifier.h) holds a program to that before the VM may see it.
//
// A condition is code for the *sure* pass: each test is one literal of the condition in negation
// normal form, and an unknown literal counts as false. In the *may* pass the same code runs with
// unknown literals counted as true. Kleene's true is: the sure pass says yes; Kleene's false: the
// may pass says no; otherwise the condition is unknown. (Negation normal form makes `and` and `or`
// the only connectives, and both are monotone.) Allows and grants run the sure pass, restrictions
// the may pass; only where a literal was unknown does a second pass tell *sure* from *maybe*.
//
// The frame that code works on: one place a slot, in the order of `slots`, then temporaries.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/type.h"
#include "engine/model/value.h"
#include "engine/model/window.h"
#include "engine/model/zone.h"

namespace proviso::bytecode {

using model::TypeId;
using model::Value;

enum class OpClass : std::uint8_t { test, value, move, end };

enum class Op : std::uint8_t {
#define OP(name, op_class, a, b, c, text) name,
#include "engine/bytecode/opcodes.def"
#undef OP
};

// Instruction::flags
inline constexpr std::uint8_t jump_if = 1;        // tests: the known answer that jumps
inline constexpr std::uint8_t unknown_jumps = 2;  // tests: whether unknown jumps in the sure pass
inline constexpr std::uint8_t a_constant = 4;     // operand a is a constant
inline constexpr std::uint8_t b_constant = 8;     // operand b is a constant

struct Instruction {
    Op op{};
    std::uint8_t flags = 0;
    std::uint16_t extra = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;

    friend bool operator==(const Instruction&, const Instruction&) = default;
};
static_assert(sizeof(Instruction) == 16);

inline constexpr std::uint32_t none = 0xFFFFFFFF;

struct Range {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

/// Where something stands in the set's sources; begin == end where there is no such place.
struct Place {
    std::uint32_t source = 0;  // into Program::sources
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(const Place&, const Place&) = default;
};

struct Source {
    std::string name;
    std::string text;
};

// ---------------------------------------------------------------- what a call fills

/// The first slots of every program; the same order as check::BuiltinSlot.
enum class Builtin : std::uint32_t {
    tool,
    stage,
    tier,
    time,
    principal_id,
    agent_id,
    agent_model,
    agent_version,
    agent_confidence,
    workflow_name,
    workflow_version,
    workflow_run,
    has_undo,
    undoing,
    call_id,
    count,
};
[[nodiscard]] constexpr std::uint32_t slot_of(Builtin slot) {
    return static_cast<std::uint32_t>(slot);
}

/// `memory`: filled from what is remembered between calls, before and after rules are tried.
enum class SlotSource : std::uint8_t { builtin, attribute, argument, fact, memory };

/// Whether what it holds is the host's word. Arguments are the agent's.
constexpr bool is_host(SlotSource source) {
    switch (source) {
        case SlotSource::builtin:
        case SlotSource::attribute:
        case SlotSource::fact: return true;
        case SlotSource::argument:
        case SlotSource::memory: break;
    }
    return false;
}

struct Slot {
    std::string path;
    TypeId type = model::no_type;
    SlotSource source = SlotSource::builtin;
    bool is_volatile = false;
    Value initial = model::unknown(model::State::missing);
};

/// What the host tells of one thing: the slot of the key that it was looked up by, then a slot for
/// each field.
struct Facts {
    std::string name;
    std::uint32_t key = 0;     // slot
    std::uint32_t fields = 0;  // how many follow it
};

/// One name that a tool's args may bring, and the slots that it fills (one a type it is read as).
struct Argument {
    std::string name;
    TypeId type = model::no_type;  // of a declared argument; opaque where it is only read
    Range slots;                   // into Program::argument_slots
    bool declared = true;
};

// ---------------------------------------------------------------- constants and look-ups

/// A constant set, for `in`; members are constants of one kind.
struct Set {
    model::Kind kind = model::Kind::integer;
    std::vector<std::uint32_t> members;  // constants
};

enum class LoopKind : std::uint8_t { any, all, count, sum };

/// A quantifier. `body` is a condition block, of `sum` a value block whose value is at `value`.
struct Loop {
    LoopKind kind = LoopKind::any;
    model::Kind sum_kind = model::Kind::integer;  // sum: integer, decimal or money
    std::uint8_t depth = 0;  // 0 outer, 1 inner; a body holds loops of greater depth only
    std::uint32_t list = 0;  // place or constant
    bool list_constant = false;
    std::uint32_t variable = 0;  // place
    std::uint32_t body = 0;
    std::uint32_t value = 0;  // sum: place or constant
    bool value_constant = false;
};

/// A condition or value used in more than one place: evaluated at most once a call.
struct Shared {
    std::string name;
    bool is_condition = true;
    std::uint32_t block = 0;
    std::uint32_t value = 0;  // of a value: place or constant
    bool value_constant = false;
    TypeId type = model::no_type;
};

/// A value that a block computes: run `block` (none: nothing to run), then read `value`.
struct ValueRef {
    std::uint32_t block = none;
    std::uint32_t value = 0;
    bool constant = false;
    TypeId type = model::no_type;

    friend bool operator==(const ValueRef&, const ValueRef&) = default;
};

/// A native function on its operands, which are at places or constants, and have no blocks.
struct NativeCall {
    std::uint32_t function = 0;  // into Program::functions
    std::vector<ValueRef> arguments;
};

enum class AxisKind : std::uint8_t { enumeration, tool, tier, bands, values };

struct Axis {
    AxisKind kind = AxisKind::enumeration;
    ValueRef read;  // not of tool and tier axes, nor of a table's
    model::Kind value_kind = model::Kind::enumeration;
    std::uint32_t size = 0;
    std::uint32_t rest = none;
    std::vector<std::string> labels;
    std::vector<std::uint32_t> index_of;  // ordinal or tool → label
    std::vector<std::uint32_t> bounds;    // bands, values: constants
    std::vector<std::uint8_t> inclusive;  // bands
};

struct Table {
    std::string name;
    std::vector<Axis> axes;
    std::vector<std::uint32_t> cells;  // constants, row-major
    TypeId type = model::no_type;
};

// ---------------------------------------------------------------- rules

enum class Effect : std::uint8_t { allow, notify, gate, block };

/// `limit_step`: also the row of a limit that cannot count.
enum class RuleKind : std::uint8_t { rule, matrix_cell, default_cell, default_outcome, limit_step };

struct ObligationUse {
    std::uint32_t obligation = 0;
    std::vector<ValueRef> arguments;
};

/// A piece of a `because`: text, or a value put in its place.
struct TextPart {
    std::string text;
    ValueRef value;
    bool is_value = false;
};

/// What an unknown condition lacks where it is not one of its own parts.
enum class Subject : std::uint8_t {
    expression,
    principal_roles,
    agent_roles,
    tier,
    quantifier,
    window,
    optional_read  // before `??`: that it is absent is known
};

/// A sub-expression that `explain` shows, in the order in which it is written. Depth 0 is the
/// whole condition. `condition` nodes are run as conditions (block), others as values.
struct ExplainNode {
    Place place;
    std::uint8_t depth = 0;
    bool condition = false;
    /// The `unless` of a rule: it speaks against the rule when true.
    bool against = false;
    Subject subject = Subject::expression;
    ValueRef value;  // of a condition: block alone
};

/// Places that different people fill: of some role, of any role that can approve the tool, or the
/// principal alone.
struct ApprovalNeed {
    std::uint32_t count = 1;
    std::vector<std::uint32_t> roles;  // ascending; none where one of the others is asked
    bool approvers = false;
    bool principal = false;
};

/// People who may fill any place, once this much time has passed since the request.
struct Escalation {
    std::uint32_t role = 0;
    std::int64_t after_seconds = 0;
};

/// Ids that fill no place: a string or a list of strings.
struct Excluded {
    ValueRef value;
    Place place;  // of the path
};

/// Who opens a gate, and in which time.
struct Approval {
    std::string name;
    std::string doc;
    std::vector<ApprovalNeed> needs;
    std::int64_t within_seconds = 0;  // from the request to the verdict
    std::int64_t valid_seconds = 0;   // from the verdict to the call
    std::vector<Escalation> escalations;
    std::vector<Excluded> never;
    Place place;
};

/// What can take part in a decision: a rule, a cell of a matrix, a default.
struct Rule {
    std::string name;
    std::string doc;
    RuleKind kind = RuleKind::rule;
    Effect effect = Effect::block;
    std::uint8_t stages = 0x1F;
    std::uint32_t block = none;     // condition; none: always
    std::uint32_t role = none;      // who reviews or approves; one person of it
    std::uint32_t approval = none;  // gate: instead of a role
    std::int64_t within_seconds = 0;
    bool on_trial = false;             // until `trial_until_day`
    std::int64_t trial_until_day = 0;  // days since 1970-01-01; in force from 00:00 UTC
    std::vector<ObligationUse> obligations;
    std::vector<TextPart> because;
    std::string fix;
    Range explain;  // into explain_nodes
    Place place;
    Place name_place;
    std::uint32_t patterns = none;  // into pattern_sets: names outside the catalogue
};

struct Matrix {
    std::string name;
    bool is_default = false;
    std::vector<Axis> axes;
    std::uint32_t first_rule = 0;  // the rule of cell 0; the others follow, row-major
    std::uint8_t stages = 0x1F;    // at which the matrix is looked at
    Range explain;                 // the axes
    Place place;
    std::uint32_t patterns = none;
};

struct Raise {
    std::string name;
    std::uint32_t tier = 0;
    std::uint32_t block = none;
    std::uint8_t stages = 0x1F;
    Range explain;
    Place place;
    std::uint32_t patterns = none;
};

/// A grant that has a condition, or one that unlisted tools may match.
struct Grant {
    std::uint32_t role = 0;
    std::uint8_t stages = 0;
    std::uint32_t block = none;
    Range explain;
    Place place;
    std::uint32_t patterns = none;
};

// ---------------------------------------------------------------- limits, counters

enum class Aggregate : std::uint8_t { count, sum, distinct };
enum class CalendarUnit : std::uint8_t { day, week, month, quarter };

/// What a call looks back on: see check::Period.
struct Period {
    bool rolling = true;
    bool about = false;
    std::int64_t length_seconds = 0;
    CalendarUnit unit = CalendarUnit::day;
    std::uint32_t zone = none;  // into zones; calendar
};

/// What calls are counted for, and under which keys.
struct Measure {
    Aggregate aggregate = Aggregate::count;
    TypeId type = model::no_type;  // of the total: int, decimal or money
    ValueRef value;                // sum: of the total's kind; distinct: a scalar or a list of them
    std::uint32_t where = none;    // a condition's block; none: every call
    std::vector<ValueRef> per;     // scalars
    Period period;
    std::uint8_t stages = 0x10;
    Range explain;  // where, keys, value: what can be missing
    std::uint32_t patterns = none;
};

struct LimitStep {
    bool inclusive = false;
    ValueRef cap;
};

/// Its rules stand side by side: first the block of a call that it cannot count, then one a step.
struct Limit {
    std::string name;
    Measure measure;
    std::uint32_t unless = none;  // a condition's block; none: nothing is exempt
    std::vector<LimitStep> steps;
    std::uint32_t first_rule = 0;
    std::uint32_t total = 0;  // slots of `total` and `cap`, for the `because`
    std::uint32_t cap = 0;
    Range explain;  // of `unless` and the caps
    Place place;
};

struct Counter {
    std::string name;
    Measure measure;
    Place place;
};

/// A counter as some rules read it: filled in before they are tried. Its value lies between two
/// bounds; `value` is unknown where they differ.
struct CounterRead {
    std::uint32_t counter = 0;
    std::vector<ValueRef> keys;
    std::uint32_t value = 0;  // slots
    std::uint32_t low = 0;
    std::uint32_t high = 0;
};

struct PatternSet {
    std::vector<std::string> include;
    std::vector<std::string> except;
};

// ---------------------------------------------------------------- plans

/// A rule to try: its condition and its number, side by side for the VM.
struct Entry {
    std::uint32_t block = none;  // never none in a plan: unconditional rules have a block `yes`
    std::uint32_t rule = 0;
};

/// Entries that each ask `slot == key`: a known value picks its case, an unknown one all.
struct Case {
    std::uint32_t key = 0;  // constant
    Range entries;
};
struct Switch {
    std::uint32_t slot = 0;
    bool is_text = true;  // else compared as an integer
    Range cases;          // into Program::cases
    Range entries;        // all entries of all cases
};

/// What is tried for one tool at one stage. Ranges into Program's vectors of the same name.
struct Plan {
    Range allows;          // entries
    Range restrictions;    // entries
    Range allow_switches;  // switches
    Range restriction_switches;
    Range default_matrices;            // plan_matrices
    Range matrices;                    // plan_matrices
    Range raises;                      // plan_raises
    Range grants;                      // plan_grants, conditional ones alone
    Range limits;                      // plan_limits
    Range counters;                    // plan_counters: that count the call
    Range reads;                       // plan_reads: counters that its conditions read
    std::uint32_t granting_roles = 0;  // into role_sets: roles that grant without a condition
    bool reads_tier_set = false;       // raises, or a tool without a tier
};

struct Tool {
    std::string name;
    std::string doc;
    std::uint8_t tiers = 0x0F;  // bit a tier it may be: one, or all where none is declared
    std::uint8_t stages = 0x10;
    bool has_undo = false;
    bool open_args = false;
    Range arguments;       // into Program::arguments
    Range approve_grants;  // into plan_grants: grants to approve it, at whatever stages it has
    std::uint32_t plans[5] = {none, none, none, none, none};  // by stage
};

struct Role {
    std::string name;
    std::string doc;
    std::vector<std::uint32_t> inherits;  // itself and all ancestors, ascending
    std::vector<std::string> bound_ids;
};

struct Obligation {
    std::string name;
    std::vector<model::Field> params;
};

struct Param {
    std::string name;
    TypeId type = model::no_type;
    std::uint32_t value = 0;  // constant
};

// ---------------------------------------------------------------- the program

struct Program {
    std::string policy_name;
    std::string policy_version;
    std::string set_hash;  // check::PolicySet::hash

    model::TypeTable types;
    std::vector<Slot> slots;
    std::vector<Facts> facts;  // by name, ascending
    std::uint32_t temporaries = 0;
    std::vector<Value> constants;
    std::vector<TypeId> constant_types;

    std::vector<Instruction> code;
    std::vector<Set> sets;
    std::vector<std::string> globs;
    std::vector<std::string> regexes;
    std::vector<Loop> loops;
    std::vector<Shared> shared;
    std::vector<Table> tables;
    /// Signatures of the native functions that code calls: a build that has not the very same ones
    /// does not run it.
    std::vector<std::string> functions;
    std::vector<NativeCall> native_calls;
    std::string zone_data;  // version of the zones' source: "2025b"; empty where there are none
    std::vector<model::Zone> zones;
    std::vector<model::Window> windows;  // each refers to windows before it

    std::vector<Approval> approvals;  // by name, ascending
    std::vector<Rule> rules;
    std::vector<Matrix> matrices;
    std::vector<Raise> raises;
    std::vector<Grant> grants;
    std::vector<ExplainNode> explain_nodes;
    std::vector<Limit> limits;
    std::vector<Counter> counters;
    std::vector<CounterRead> counter_reads;
    std::vector<PatternSet> pattern_sets;

    std::vector<Entry> entries;
    std::vector<Switch> switches;
    std::vector<Case> cases;
    std::vector<std::uint32_t> plan_matrices;
    std::vector<std::uint32_t> plan_raises;
    std::vector<std::uint32_t> plan_grants;
    std::vector<std::uint32_t> plan_limits;
    std::vector<std::uint32_t> plan_counters;
    std::vector<std::uint32_t> plan_reads;
    std::vector<Plan> plans;
    std::vector<std::vector<std::uint64_t>> role_sets;  // bitsets over roles

    std::vector<Tool> tools;  // by name, ascending
    bool catalogue_open = false;
    Range open_arguments;  // into arguments: read of tools outside the catalogue
    std::vector<Argument> arguments;
    std::vector<std::uint32_t> argument_slots;
    std::vector<Role> roles;      // by name, ascending
    bool asks_principal = false;  // authority of …
    bool asks_agent = false;
    std::vector<Obligation> obligations;
    std::vector<Param> params;
    std::uint32_t default_rule = 0;  // the rule of `default OUTCOME`

    std::vector<Source> sources;

    // storage behind constants: texts and addresses, members of constant lists
    std::deque<std::string> texts;
    std::deque<std::vector<Value>> lists;

    Program() = default;
    Program(Program&&) noexcept = default;
    Program& operator=(Program&&) noexcept = default;
    Program(const Program&) = delete;  // constants refer into texts and lists
    Program& operator=(const Program&) = delete;
};

}  // namespace proviso::bytecode
