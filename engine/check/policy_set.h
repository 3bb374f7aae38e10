// A checked policy set: every name resolved, every expression typed, nothing positional left but
// spans for messages. The checker's result and the compiler's input; tests/reference evaluates it
// directly.
//
// What the checker guarantees to its readers:
// - operands of a comparison, `in`, arithmetic have the types that `NodeKind` says;
// - params and constants are folded to `constant` nodes only where they are single literals or
//   params; arithmetic on constants is left to the compiler;
// - `let`s are `shared` nodes; shared instances refer only to instances with smaller ids;
// - quantifiers nest at most twice;
// - targets are resolved against the catalogue; patterns are kept only where the catalogue is open.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/type.h"
#include "engine/model/value.h"
#include "engine/model/window.h"
#include "engine/model/zone.h"
#include "grammar/source.h"

namespace proviso::check {

using grammar::Span;
using model::TypeId;
using model::Value;

enum class NodeId : std::uint32_t {};
enum class SlotId : std::uint32_t {};
enum class ToolId : std::uint32_t {};
enum class RoleId : std::uint32_t {};
enum class SharedId : std::uint32_t {};
enum class TableId : std::uint32_t {};
enum class ObligationId : std::uint32_t {};
enum class WindowId : std::uint32_t {};
enum class ApprovalId : std::uint32_t {};
enum class CounterId : std::uint32_t {};
inline constexpr NodeId no_node{0xFFFFFFFF};
inline constexpr RoleId no_role{0xFFFFFFFF};
inline constexpr ToolId no_tool{0xFFFFFFFF};
inline constexpr SlotId no_slot{0xFFFFFFFF};
inline constexpr ApprovalId no_approval{0xFFFFFFFF};

struct Range {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
};

// ---------------------------------------------------------------- slots

/// Slots that every set has, in this order, before attributes and args.
enum class BuiltinSlot : std::uint32_t {
    tool,              // string
    stage,             // stage enum; never missing
    tier,              // tier enum; read through NodeKind::tier_test and matrix axes only
    time,              // time
    principal_id,      // string
    agent_id,          // string
    agent_model,       // string
    agent_version,     // string
    agent_confidence,  // decimal
    workflow_name,     // string
    workflow_version,  // string
    workflow_run,      // string
    has_undo,          // bool; from the catalogue, unknown for tools outside it
    undoing,           // bool; the host's word
    call_id,           // string
    count,
};
inline constexpr std::uint32_t builtin_slots = static_cast<std::uint32_t>(BuiltinSlot::count);

enum class SlotSource : std::uint8_t { builtin, attribute, argument, fact };

/// A place that a call fills. Arguments with the same name and the same base type (constraints and
/// optionality aside: TypeTable::same_base) share a slot across tools, whatever rule reads them;
/// the slot's own type is the unconstrained one, the argument's type has the constraints. An
/// argument of an open tool or catalogue has a slot for each type that it is read as.
struct Slot {
    std::string path;  // "customer.id", "args.amount"
    TypeId type = model::no_type;
    SlotSource source = SlotSource::builtin;
    bool is_volatile = false;
    /// The value before binding: `absent` for optionals and args, the default, else `missing`.
    Value initial = model::unknown(model::State::missing);
    Span span;
};

/// What the host tells of one thing. The slots of its fields follow that of the key that it was
/// looked up by: "facts.customer.key", then "customer.tier", …
struct Facts {
    std::string name;
    std::string doc;
    SlotId key = no_slot;
    std::uint32_t fields = 0;
    Span span;
};

// ---------------------------------------------------------------- expressions

enum class NodeKind : std::uint8_t {
    constant,        // value
    slot,            // slot
    fact,            // slot: of a field; a: the key asked for; b: the slot of the key sent
    variable,        // index: 0 outer, 1 inner quantifier's variable
    field,           // a: a record; index: field number
    money_amount,    // a → decimal
    money_currency,  // a → string
    logical_not,     // a
    logical_and,     // items (two or more)
    logical_or,      // items (two or more)
    compare,         // op; a, b of one base type (int beside decimal is widened: `to_decimal`)
    in_list,         // a in list b (constant list or a list value); negated
    in_window,       // a: time; window; negated
    like,            // a; text: glob; negated
    matches,         // a; text: RE2 pattern; negated
    has,             // a: optional; negated for `missing`
    role_test,       // party, role; negated
    tier_test,       // op; b: constant tier
    coalesce,        // a ?? b
    add,             // same base types, or time/date + duration, duration + time/date
    subtract,        // same base types; time - time = duration; time/date - duration
    multiply,        // int*int, decimal*decimal, money*decimal, decimal*money, duration*int
    to_decimal,      // a: int → decimal
    length,          // a: string (code points) or list (members)
    local,           // a: time; zone → hour (int), weekday or date, as the node's type says
    any,             // a: list; b: condition; index: variable
    all,             // a: list; b: condition; index: variable
    count_if,        // a: list; b: condition; index: variable → int
    sum_of,          // a: list; b: value (int, decimal, money); index: variable
    native,          // items: arguments of the types of its signature; text: the function's name
    table_read,      // table; items: keys, one an axis
    counter_read,    // counter; items: keys, one a `per`: also where the call's own are meant
    limit_total,     // index: the limit whose `because` it stands in → the total, this call in it
    limit_cap,       // index: as above → the cap of the highest step passed
    shared,          // shared: a `let`
};

/// Whether it goes through the members of a list.
constexpr bool is_quantifier(NodeKind kind) {
    return kind == NodeKind::any || kind == NodeKind::all || kind == NodeKind::count_if ||
           kind == NodeKind::sum_of;
}

/// Whether a node of the kind tests something; any other bool is a value. A `let` is either.
constexpr bool is_condition(NodeKind kind) {
    switch (kind) {
        case NodeKind::logical_not:
        case NodeKind::logical_and:
        case NodeKind::logical_or:
        case NodeKind::compare:
        case NodeKind::in_list:
        case NodeKind::in_window:
        case NodeKind::like:
        case NodeKind::matches:
        case NodeKind::has:
        case NodeKind::role_test:
        case NodeKind::tier_test:
        case NodeKind::any:
        case NodeKind::all: return true;
        case NodeKind::shared:
        case NodeKind::constant:
        case NodeKind::slot:
        case NodeKind::fact:
        case NodeKind::variable:
        case NodeKind::field:
        case NodeKind::money_amount:
        case NodeKind::money_currency:
        case NodeKind::coalesce:
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply:
        case NodeKind::to_decimal:
        case NodeKind::length:
        case NodeKind::local:
        case NodeKind::native:
        case NodeKind::count_if:
        case NodeKind::sum_of:
        case NodeKind::table_read:
        case NodeKind::counter_read:
        case NodeKind::limit_total:
        case NodeKind::limit_cap: return false;
    }
    return false;
}

enum class CompareOp : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

/// The comparison that holds of b and a where this one holds of a and b.
[[nodiscard]] CompareOp mirrored(CompareOp op);

enum class Party : std::uint8_t { principal, agent };

struct Node {
    NodeKind kind = NodeKind::constant;
    CompareOp op = CompareOp::equal;
    Party party = Party::principal;
    bool negated = false;
    TypeId type = model::no_type;
    Span span;
    NodeId a = no_node;
    NodeId b = no_node;
    Range items;  // into PolicySet::node_items
    union {       // which of them, says the kind
        std::uint32_t index = 0;
        SlotId slot;
        RoleId role;
        SharedId shared;
        TableId table;
        CounterId counter;
        WindowId window;
        std::uint32_t zone;  // into PolicySet::zones
    };
    std::string_view text;
    Value value = model::unknown(model::State::missing);
};

/// One elaboration of a `let`.
struct Shared {
    std::string name;
    NodeId node = no_node;
    Span span;
};

// ---------------------------------------------------------------- axes, tables, matrices

enum class AxisKind : std::uint8_t {
    enumeration,  // ordinals 0..n-1 of an enum, bool (false, true) or weekday
    tool,         // by tool: `tool_labels[ToolId]`; rest for the others
    tier,         // the call's tier, raises included
    bands,        // upper bounds, ascending; the last label is the rest
    values,       // listed constants of any scalar type, then the rest
};

/// How a value becomes a row or column number. Every value has one: gaps are errors.
struct Axis {
    AxisKind kind = AxisKind::enumeration;
    NodeId node = no_node;  // what is read; no_node for tool, tier and table axes
    TypeId type = model::no_type;
    std::uint32_t size = 0;           // labels
    std::vector<std::string> labels;  // as people read them
    std::vector<std::uint32_t>
        index_of;  // enumeration, tier: ordinal → label; tool: ToolId → label
    std::uint32_t rest = 0xFFFFFFFF;  // the label `_`, where there is one
    std::vector<Value> bounds;        // bands: bound of label i; values: the constant of label i
    std::vector<bool> inclusive;      // bands: `<=` rather than `<`
};

struct Table {
    std::string name;
    std::vector<Axis> axes;  // one or two
    TypeId type = model::no_type;
    std::vector<NodeId> cells;  // constants, row-major
    Span span;
};

// ---------------------------------------------------------------- windows

/// One part of a window. Weekly hours count minutes of the day; an end that does not lie behind the
/// begin is on the next day.
struct WindowPart {
    enum class Kind : std::uint8_t { weekly, dates, workdays, window };
    Kind kind = Kind::weekly;
    std::uint8_t weekdays = 0;  // weekly: bit 0 = Monday
    std::uint32_t from_minute = 0;
    std::uint32_t to_minute = model::minutes_per_day;
    std::int32_t first_day = 0;  // dates, both ends in it; days since 1970
    std::int32_t last_day = 0;
    std::uint32_t workdays = 0;  // from Monday to Friday, at the start or end of each month
    bool last = true;
    WindowId window{};
    /// Whether it is made of whole days; of `window`, whether the window is.
    bool days = false;
};

/// What the clocks of `zone` show lies in some part of `include` and in none of `except`. Parts of
/// `except` that are days take away what opens on them, the hours past midnight included, from
/// parts of the same zone.
struct Window {
    std::string name;
    std::string doc;
    Span span;
    std::uint32_t zone = 0xFFFFFFFF;  // into PolicySet::zones; none where all parts are windows
    std::vector<WindowPart> include;
    std::vector<WindowPart> except;
};

enum class Effect : std::uint8_t { allow, notify, gate, block };

struct Outcome {
    Effect effect = Effect::block;
    RoleId role = no_role;              // notify: reviewer; gate: one person of it
    ApprovalId approval = no_approval;  // gate: instead of a role
    std::int64_t within_seconds = 0;    // notify; 24 h where not said
    Span span;
};

/// Tools of the catalogue, ascending, and patterns for names outside it.
struct TargetSet {
    std::vector<ToolId> tools;
    struct Pattern {
        std::string glob;
        bool except = false;
    };
    std::vector<Pattern> patterns;  // a name outside the catalogue matches when an include does
                                    // and no except does; tags never match such a name
};

/// Bit i is stage i of read, propose, prepare, approve, execute.
using StageMask = std::uint8_t;
inline constexpr StageMask stage_bit(std::uint32_t stage) {
    return static_cast<StageMask>(1u << stage);
}
inline constexpr StageMask execute_stage = stage_bit(4);
inline constexpr StageMask all_stages = 0x1F;

struct ObligationUse {
    ObligationId obligation{};
    std::vector<NodeId> arguments;
    Span span;
};

/// `because`, cut at its braces: literal text, or a value.
struct TextPart {
    std::string text;
    NodeId node = no_node;
};

struct Rule {
    Effect effect = Effect::block;
    std::string name;
    std::string doc;
    Span span;  // the whole statement
    Span name_span;
    std::uint32_t targets = 0;  // into PolicySet::target_sets
    StageMask stages = all_stages;
    NodeId when = no_node;                    // no_node: always
    NodeId unless = no_node;                  // no_node: never
    std::optional<std::int64_t> trial_until;  // days since 1970; in force from that day, 00:00 UTC
    RoleId role = no_role;                    // gate: by; notify: tell
    ApprovalId approval = no_approval;        // gate: by, instead of a role
    std::int64_t within_seconds = 0;
    std::vector<ObligationUse> obligations;
    std::vector<TextPart> because;
    std::string fix;
};

struct Matrix {
    std::string name;
    std::string doc;
    Span span;
    Span name_span;
    bool is_default = false;
    std::uint32_t targets = 0;
    StageMask stages = all_stages;  // stages that the matrix is about
    /// Whether `at` was written: without it a notify or gate cell holds at execute alone (a default
    /// cell that would notify or gate is allow before it), an allow or block cell at every stage.
    bool stages_given = false;
    std::optional<std::int64_t> trial_until;
    std::vector<Axis> axes;      // one or two
    std::vector<Outcome> cells;  // row-major
};

/// Lifts the tier of a call to `tier` when its condition holds.
struct Raise {
    std::string name;
    Span span;
    std::uint32_t targets = 0;
    StageMask stages = all_stages;
    NodeId when = no_node;
    NodeId unless = no_node;
    std::uint32_t tier = 0;
};

// ---------------------------------------------------------------- approvals

/// Places that different people fill.
struct Need {
    std::uint32_t count = 1;
    std::vector<RoleId> roles;  // a person of any of them fills a place
    bool approvers = false;     // `approvers`: any role that can approve the tool; no `roles` then
    bool principal = false;     // the person that the call is asked for; neither of the others then
    Span span;
};

/// People who may fill any place once the time has passed since the request.
struct Escalation {
    RoleId role = no_role;
    std::int64_t after_seconds = 0;
    Span span;
};

/// Who opens a gate. `gate by ROLE` is an approval of its own: one person of the role, with the
/// defaults below.
struct Approval {
    std::string name;
    std::string doc;
    Span span;
    std::vector<Need> needs;
    std::int64_t within_seconds = 24 * 3600;  // from the request to the verdict
    std::int64_t valid_seconds = 3600;        // from the verdict to the call
    std::vector<Escalation> escalations;
    std::vector<NodeId> never;  // strings or lists of them: ids that fill no place
};

// ---------------------------------------------------------------- limits, counters

enum class Aggregate : std::uint8_t { count, sum, distinct };
enum class CalendarUnit : std::uint8_t { day, week, month, quarter };  // weeks start on Monday

/// What a call at `time` looks back on: events after `time - length`, or from the start of the
/// calendar unit that `time` lies in, by the clocks of `zone`; in both, later events count too.
struct Period {
    bool rolling = true;
    bool about = false;               // bucketed, see docs/language.md
    std::int64_t length_seconds = 0;  // rolling
    CalendarUnit unit = CalendarUnit::day;
    std::uint32_t zone = 0xFFFFFFFF;  // into PolicySet::zones; calendar
    Span span;
};

/// What calls add to a memory, and under which keys.
struct Measure {
    Aggregate aggregate = Aggregate::count;
    NodeId value = no_node;   // sum: int, decimal or money; distinct: a scalar or a list of scalars
    NodeId where = no_node;   // no_node: every call that the targets and stages take in
    std::vector<NodeId> per;  // scalars; empty: one total for all
    Period period;
    std::uint32_t targets = 0;  // into PolicySet::target_sets
    StageMask stages = execute_stage;
};

struct LimitStep {
    bool inclusive = false;  // >=: the cap itself is too much
    NodeId cap = no_node;    // int; decimal or money where the sum is; need not be a constant
    Outcome outcome;         // never allow
    Span span;
};

/// A cap on a total that the call is part of. Every step passed counts.
struct Limit {
    std::string name;
    std::string doc;
    Span span;
    Span name_span;
    std::optional<std::int64_t> trial_until;
    Measure measure;
    std::vector<LimitStep> steps;  // caps ascending, outcomes not lighter
    NodeId unless = no_node;       // exempts from the check; counted all the same
    std::vector<ObligationUse> obligations;
    std::vector<TextPart> because;
    std::string fix;
};

/// Memory as a value, without the call that reads it.
struct Counter {
    std::string name;
    std::string doc;
    Span span;
    Measure measure;
    TypeId type = model::no_type;  // int, decimal or money
};

// ---------------------------------------------------------------- catalogue, roles

struct ToolArgument {
    std::string name;
    TypeId type = model::no_type;  // opaque for args of an open tool that are only read
    std::vector<SlotId> slots;     // usually one
    bool declared = true;          // false: read by a rule, not declared (open args)
};

struct Tool {
    std::string name;
    std::string doc;
    std::optional<std::uint32_t> tier;
    StageMask stages = execute_stage;
    std::optional<ToolId> undo;
    std::vector<std::string> tags;
    bool open_args = false;
    std::vector<ToolArgument> arguments;
    Span span;
};

struct Grant {
    StageMask stages = 0;
    std::uint32_t targets = 0;
    NodeId when = no_node;
    Span span;
};

struct Role {
    std::string name;
    std::string doc;
    std::vector<RoleId> inherits;  // all ancestors, itself included, ascending
    std::vector<Grant> grants;     // its own
    std::vector<std::string> bound_ids;
    Span span;
};

/// The values of a data file. What reads them has them as constants.
struct Data {
    std::string name;
    std::string doc;
    TypeId type = model::no_type;
    Value value = model::unknown(model::State::missing);
    Span span;
};

/// A call with what it must give: `document` is it in the form that `Layout::native` reads.
struct Example {
    std::string name;
    std::string document;
    Effect effect = Effect::block;
    std::string who;  // role or approval; empty: any
    std::optional<std::int64_t> within_seconds;
    Span span;  // of what it gives
};

struct Obligation {
    std::string name;
    std::string doc;
    std::vector<model::Field> params;
    Span span;
};

struct Param {
    std::string name;
    std::string doc;
    TypeId type = model::no_type;
    Value value;
    std::optional<Value> low;
    std::optional<Value> high;
    Span span;
};

// ---------------------------------------------------------------- the set

struct PolicySet {
    std::string name;
    std::string version;
    /// SHA-256, lower-case hex, over all statements by kind and name (clauses in a fixed order,
    /// params with the values in force): independent of the order of files and statements.
    std::string hash;

    model::TypeTable types;
    std::vector<Slot> slots;   // builtins first
    std::vector<Facts> facts;  // by name, ascending
    std::vector<Node> nodes;
    std::vector<NodeId> node_items;
    std::vector<Shared> shared;
    std::vector<Table> tables;
    std::uint32_t rule_sources = 0;  // sources of rule text; those behind are data files
    std::string zone_data;           // version of the zones' source: "2025b"; empty without zones
    std::vector<model::Zone> zones;  // in the order of first use
    std::vector<Window> windows;     // by name, ascending; named by others before or behind

    std::vector<Param> params;
    std::vector<Tool> tools;  // by name, ascending
    bool catalogue_open = false;
    /// Args that rules read of tools outside the catalogue.
    std::vector<ToolArgument> open_arguments;
    std::vector<Role> roles;              // by name, ascending
    std::vector<Party> authority;         // parties of whom authority is asked; empty: of none
    std::vector<Obligation> obligations;  // by name, ascending
    std::vector<Data> data;               // by name, ascending
    std::vector<Example> examples;        // by name, ascending

    std::vector<TargetSet> target_sets;
    std::vector<Rule> rules;       // by name, ascending
    std::vector<Matrix> matrices;  // by name, ascending
    std::vector<Raise> raises;
    std::vector<Approval> approvals;  // by name, ascending
    std::vector<Limit> limits;        // by name, ascending
    std::vector<Counter> counters;    // by name, ascending
    Outcome default_outcome;          // block where the set says nothing
    Span default_span;

    // storage that values and views above refer to
    std::deque<std::string> texts;
    std::deque<std::vector<Value>> lists;
    std::deque<std::string> addresses;

    [[nodiscard]] const Node& node(NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const Slot& slot(SlotId id) const { return slots[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const Tool& tool(ToolId id) const { return tools[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const Window& window(WindowId id) const {
        return windows[static_cast<std::size_t>(id)];
    }
    [[nodiscard]] const Role& role(RoleId id) const { return roles[static_cast<std::size_t>(id)]; }
};

}  // namespace proviso::check
