// See evaluate.h. Follows docs/language.md, "Missing data", "Types" and "Expressions".
#include "tests/reference/evaluate.h"

#include <algorithm>

#include "tests/reference/convert.h"
#include "tests/reference/functions.h"
#include "tests/reference/text_forms.h"
#include "tests/reference/windows.h"

namespace proviso::reference {

namespace {

using check::CompareOp;
using check::Node;
using check::NodeId;
using check::NodeKind;
using model::Kind;

bool is_false(const Value& value) {
    return value.known() && value.number == Number(0);
}

class Evaluator {
  public:
    explicit Evaluator(const Scope& scope) : scope_(scope) {}

    Value value(NodeId id) {
        const Node& node = scope_.set.node(id);
        Value result = plain(node);
        if (!result.known() && result.missing.empty()) {
            result.missing = {{name_of(node), result.cause}};
        }
        return result;
    }

    Labels labels(const check::Axis& axis, const Value& key) {
        Labels result;
        if (!key.known()) {
            result.missing = key.missing;
            return all_of(axis, result);
        }
        const std::optional<std::uint32_t> label = label_of(axis, key);
        if (label) {
            result.possible = {*label};
            return result;
        }
        const Node& node = scope_.set.node(axis.node);
        result.missing = {{name_of(node), "currency mismatch"}};
        return all_of(axis, result);
    }

  private:
    /// As the author wrote it; of an attribute or argument its path.
    std::string name_of(const Node& node) const {
        if (node.kind == NodeKind::slot) return scope_.set.slot(node.slot).path;
        return std::string(scope_.sources.text(node.span));
    }

    Kind kind_of(NodeId id) const { return scope_.set.types.type(scope_.set.node(id).type).kind; }

    Value plain(const Node& node) {
        switch (node.kind) {
            case NodeKind::constant: return constant(scope_.set.types, node.type, node.value);
            case NodeKind::slot: return scope_.call.slots[static_cast<std::size_t>(node.slot)];
            case NodeKind::fact: return fact(node);
            case NodeKind::variable: return variables_[node.index];
            case NodeKind::field: return field(node);
            case NodeKind::money_amount: return part_of_money(node, true);
            case NodeKind::money_currency: return part_of_money(node, false);
            case NodeKind::logical_not: return negation(value(node.a));
            case NodeKind::logical_and: return junction(node, false);
            case NodeKind::logical_or: return junction(node, true);
            case NodeKind::compare: return compared(node);
            case NodeKind::in_list: return membership(node);
            case NodeKind::in_window: return in_window(node);
            case NodeKind::local: return local(node);
            case NodeKind::native: return native(node);
            case NodeKind::like:
            case NodeKind::matches: return text_test(node);
            case NodeKind::has: return presence(node);
            case NodeKind::role_test: return role_test(node);
            case NodeKind::tier_test: return tier_test(node);
            case NodeKind::coalesce: return coalesced(node);
            case NodeKind::add:
            case NodeKind::subtract:
            case NodeKind::multiply: return arithmetic(node);
            case NodeKind::to_decimal: return to_decimal(node);
            case NodeKind::length: return length(node);
            case NodeKind::any:
            case NodeKind::all:
            case NodeKind::count_if:
            case NodeKind::sum_of: return quantifier(node);
            case NodeKind::table_read: return table(node);
            case NodeKind::counter_read: return counter(node);
            case NodeKind::limit_total:
            case NodeKind::limit_cap: break;  // of a text for people, which nothing here writes
            case NodeKind::shared:
                return evaluate(scope_,
                                scope_.set.shared[static_cast<std::size_t>(node.shared)].node);
        }
        return {};
    }

    /// Unknown for want of what these lack. An absent optional is unknown to whoever reads it so.
    static Value lacking(const Value& a, const Value& b = {}) {
        MissingSet missing = a.missing;
        add(missing, b.missing);
        return unknown_value(missing);
    }

    // ---------------------------------------------------------------- logic

    static Value negation(const Value& a) { return a.known() ? of_bool(is_false(a)) : lacking(a); }

    static Value turned(const Value& a, bool negated) { return negated ? negation(a) : a; }

    /// `or` where `decisive`, else `and`: one decisive value decides; else all must be known.
    Value junction(const Node& node, bool decisive) {
        MissingSet missing;
        bool decided = false;
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            const Value item = value(scope_.set.node_items[node.items.begin + i]);
            if (!item.known()) {
                add(missing, item.missing);
            } else if (is_true(item) == decisive) {
                decided = true;
            }
        }
        if (decided) return of_bool(decisive);
        return missing.empty() ? of_bool(!decisive) : unknown_value(missing);
    }

    // ---------------------------------------------------------------- memory

    Value counter(const Node& node) {
        std::vector<Value> keys;
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            keys.push_back(value(scope_.set.node_items[node.items.begin + i]));
        }
        const auto index = static_cast<std::size_t>(node.counter);
        return scope_.memory.counter(scope_.set.counters[index], keys);
    }

    // ---------------------------------------------------------------- comparisons

    /// -1, 0, 1; nothing for money of two currencies.
    static std::optional<int> order(Kind kind, const Value& a, const Value& b) {
        if (kind == Kind::money && a.text != b.text) return std::nullopt;
        if (kind == Kind::string || kind == Kind::ip) {
            return a.text == b.text ? 0 : (a.text < b.text ? -1 : 1);
        }
        return a.number == b.number ? 0 : (a.number < b.number ? -1 : 1);
    }

    static bool holds(CompareOp op, int order) {
        switch (op) {
            case CompareOp::equal: return order == 0;
            case CompareOp::not_equal: return order != 0;
            case CompareOp::less: return order < 0;
            case CompareOp::less_equal: return order <= 0;
            case CompareOp::greater: return order > 0;
            case CompareOp::greater_equal: return order >= 0;
        }
        return false;
    }

    /// -1, 0, 1: every order that two values may have, of which one at least lies in an interval.
    static std::set<int> orders(const Value& a, const Value& b) {
        const Number& most_a = a.most ? *a.most : a.number;
        const Number& most_b = b.most ? *b.most : b.number;
        std::set<int> result;
        if (a.number < most_b) result.insert(-1);
        if (most_a > b.number) result.insert(1);
        if (a.number <= most_b && b.number <= most_a) result.insert(0);
        return result;
    }

    static Value compared_intervals(CompareOp op, const Value& a, const Value& b) {
        if (a.text != b.text) return unknown_value("currency mismatch");
        std::set<bool> results;
        for (const int one : orders(a, b)) results.insert(holds(op, one));
        return results.size() == 1 ? of_bool(*results.begin()) : lacking(a, b);
    }

    Value compared(const Node& node) {
        const Value a = value(node.a);
        const Value b = value(node.b);
        const auto placed = [](const Value& one) { return one.known() || one.most; };
        if ((a.most || b.most) && placed(a) && placed(b)) return compared_intervals(node.op, a, b);
        if (!a.known() || !b.known()) return lacking(a, b);
        const auto result = order(kind_of(node.a), a, b);
        return result ? of_bool(holds(node.op, *result)) : unknown_value("currency mismatch");
    }

    Value in_window(const Node& node) {
        const Value time = value(node.a);
        if (!time.known()) return lacking(time);
        const auto found = lies_in(scope_.set, node.window, time.number.integer());
        return found ? of_bool(*found != node.negated) : unknown_value("out of range");
    }

    /// The hour, weekday or date that clocks show.
    Value local(const Node& node) {
        const Value time = value(node.a);
        if (!time.known()) return lacking(time);
        const auto seconds = shown(scope_.set, node.zone, time.number.integer());
        if (!seconds) return unknown_value("out of range");
        const std::int64_t of_day = ((*seconds % day_seconds) + day_seconds) % day_seconds;
        const std::int64_t day = (*seconds - of_day) / day_seconds;
        const Kind part = scope_.set.types.type(node.type).kind;
        if (part == Kind::integer) return of_number(Number(of_day / 3600));
        return of_number(Number(part == Kind::weekday ? ((day + 3) % 7 + 7) % 7 : day));
    }

    Value membership(const Node& node) {
        const Value a = value(node.a);
        const Value list = value(node.b);
        if (!a.known() || !list.known()) return lacking(a, list);
        std::string cause;
        for (const Value& member : list.items) {
            if (!member.known()) {
                cause = member.cause;
                continue;
            }
            const auto result = order(kind_of(node.a), a, member);
            if (!result) cause = "currency mismatch";
            if (result && *result == 0) return of_bool(!node.negated);
        }
        return cause.empty() ? of_bool(node.negated) : unknown_value(cause);
    }

    Value text_test(const Node& node) {
        const Value text = value(node.a);
        if (!text.known()) return lacking(text);
        const bool found = node.kind == NodeKind::like ? like(text.text, node.text)
                                                       : matches(text.text, std::string(node.text));
        return of_bool(found != node.negated);
    }

    Value presence(const Node& node) {
        const Value operand = value(node.a);
        if (operand.is == Value::Is::unknown) return lacking(operand);
        return of_bool(operand.known() != node.negated);
    }

    Value role_test(const Node& node) {
        const PartyRoles& party = scope_.call.parties[static_cast<std::size_t>(node.party)];
        const bool holds = party.held.contains(static_cast<std::uint32_t>(node.role));
        if (!holds && !party.known) return unknown_value(party.missing_roles);
        return of_bool(holds != node.negated);
    }

    Value tier_test(const Node& node) {
        const Value bound = value(node.b);
        std::set<bool> results;
        for (const std::int64_t tier : scope_.tiers.possible) {
            results.insert(holds(node.op, *order(Kind::integer, of_number(tier), bound)));
        }
        if (results.size() == 1) return of_bool(*results.begin());
        return unknown_value(scope_.tiers.missing);
    }

    // ---------------------------------------------------------------- parts

    /// A part of something that is read, not computed, is missed by its own name.
    Value part_of_unknown(const Node& node, const Value& whole) const {
        for (const Node* from = &node;; from = &scope_.set.node(from->a)) {
            if (from->kind == NodeKind::slot || from->kind == NodeKind::variable) break;
            const bool is_part = from->kind == NodeKind::field ||
                                 from->kind == NodeKind::money_amount ||
                                 from->kind == NodeKind::money_currency;
            if (!is_part) return lacking(whole);
        }
        return unknown_value(whole.cause);
    }

    /// Known where the host looked up what the call names; missed by its own name.
    Value fact(const Node& node) {
        const Value sent = value(node.b);
        const Value asked = value(node.a);
        if (!sent.known()) return unknown_value(sent.cause);
        if (asked.is == Value::Is::absent) return unknown_value("other key");
        if (!asked.known()) return unknown_value(asked.cause);
        if (order(kind_of(node.b), sent, asked) != 0) return unknown_value("other key");
        Value found = scope_.call.slots[static_cast<std::size_t>(node.slot)];
        found.missing.clear();
        return found;
    }

    Value field(const Node& node) {
        const Value record = value(node.a);
        if (record.is == Value::Is::absent) return absent_value();  // so is every part of it
        if (!record.known()) return part_of_unknown(node, record);
        Value result = record.items[node.index];
        result.missing.clear();
        return result;
    }

    Value part_of_money(const Node& node, bool amount) {
        const Value money = value(node.a);
        if (!money.known()) return part_of_unknown(node, money);
        return amount ? of_number(money.number) : of_text(money.text);
    }

    Value coalesced(const Node& node) {
        Value a = value(node.a);
        return a.is == Value::Is::absent ? value(node.b) : a;
    }

    Value length(const Node& node) {
        const Value operand = value(node.a);
        if (!operand.known()) return lacking(operand);
        const bool list = kind_of(node.a) == Kind::list;
        return of_number(Number(list ? static_cast<std::int64_t>(operand.items.size())
                                     : code_points(operand.text)));
    }

    Value native(const Node& node) {
        std::vector<Value> arguments;
        MissingSet missing;
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            arguments.push_back(value(scope_.set.node_items[node.items.begin + i]));
            if (!arguments.back().known()) add(missing, arguments.back().missing);
        }
        if (!missing.empty()) return unknown_value(missing);
        return call_function(std::string(node.text), arguments);
    }

    // ---------------------------------------------------------------- arithmetic

    /// The result, where it fits the type exactly.
    static Value fitted(Kind kind, const Number& number, const std::string& code = {}) {
        const bool decimal = kind == Kind::decimal || kind == Kind::money;
        const bool fits = decimal ? number.fits_decimal() : number.fits_integer();
        return fits ? of_money(number, code) : unknown_value("overflow");
    }

    Value to_decimal(const Node& node) {
        const Value whole = value(node.a);
        return whole.known() ? fitted(Kind::decimal, whole.number) : lacking(whole);
    }

    /// Number of units of a date or time in so many seconds.
    static std::optional<Number> in_units(Kind kind, const Number& seconds) {
        if (kind == Kind::time) return seconds.times(microseconds);
        if (!seconds.fits_integer() || seconds.integer() % day_seconds != 0) return std::nullopt;
        return Number(seconds.integer() / day_seconds);
    }

    /// Seconds between two dates or times, where they are whole.
    static Value between(Kind kind, const Number& units) {
        if (kind == Kind::date) return fitted(Kind::duration, units.times(day_seconds));
        const std::int64_t difference = units.integer();
        if (difference % microseconds != 0) return unknown_value("overflow");
        return fitted(Kind::duration, Number(difference / microseconds));
    }

    static Value combined(NodeKind op, Kind kind, const Number& a, const Number& b,
                          const std::string& code = {}) {
        if (op == NodeKind::add) return fitted(kind, a.plus(b), code);
        if (op == NodeKind::subtract) return fitted(kind, a.minus(b), code);
        return fitted(kind, a.times(b), code);
    }

    Value arithmetic(const Node& node) {
        const Value a = value(node.a);
        const Value b = value(node.b);
        if (!a.known() || !b.known()) return lacking(a, b);
        const Kind left = kind_of(node.a);
        const Kind right = kind_of(node.b);
        const auto dated = [](Kind kind) { return kind == Kind::time || kind == Kind::date; };
        if (dated(left) && left == right) return between(left, a.number.minus(b.number));
        if (dated(left) || dated(right)) {
            const Kind kind = dated(left) ? left : right;
            const auto shift = in_units(kind, dated(left) ? b.number : a.number);
            if (!shift) return unknown_value("overflow");
            return combined(node.kind, kind, dated(left) ? a.number : b.number, *shift);
        }
        if (left == Kind::money && right == Kind::money && a.text != b.text) {
            return unknown_value("currency mismatch");
        }
        const Kind kind = scope_.set.types.type(node.type).kind;
        return combined(node.kind, kind, a.number, b.number,
                        a.text + (a.text == b.text ? "" : b.text));
    }

    // ---------------------------------------------------------------- quantifiers

    Value quantifier(const Node& node) {
        const Value list = value(node.a);
        if (!list.known()) return lacking(list);
        if (depth_ == 0 && !affordable(node, list)) return unknown_value("over budget");
        ++depth_;
        Value result = visited(node, list);
        --depth_;
        return result;
    }

    /// Whether its members, and for each of them those of the lists inside, are within the budget.
    bool affordable(const Node& node, const Value& list) {
        std::size_t members = list.items.size();
        if (members > scope_.limits.elements_visited) return false;
        for (const Value& member : list.items) {
            variables_[node.index] = member;
            members += members_within(node.b);
        }
        if (members <= scope_.limits.elements_visited) return true;
        if (scope_.near_budget != nullptr) ++*scope_.near_budget;
        return false;
    }

    std::size_t members_within(NodeId id) {
        if (id == check::no_node) return 0;
        const Node& node = scope_.set.node(id);
        std::size_t members = members_within(node.a) + members_within(node.b);
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            members += members_within(scope_.set.node_items[node.items.begin + i]);
        }
        if (!check::is_quantifier(node.kind)) return members;
        return members + value(node.a).items.size();
    }

    Value visited(const Node& node, const Value& list) {
        std::vector<Value> results;
        for (const Value& member : list.items) {
            variables_[node.index] = member;
            variables_[node.index].missing.clear();
            results.push_back(value(node.b));
            if (node.kind == NodeKind::any && is_true(results.back())) break;
            if (node.kind == NodeKind::all && is_false(results.back())) break;
        }
        return node.kind == NodeKind::sum_of ? summed(node, results) : counted(node, results);
    }

    /// What a member lacks has no name outside: the quantifier has, with the causes of its members.
    Value named(const Node& node, const MissingSet& missing) const {
        MissingSet renamed;
        for (const auto& [name, cause] : missing) renamed.insert({name_of(node), cause});
        return unknown_value(renamed);
    }

    Value counted(const Node& node, const std::vector<Value>& results) const {
        MissingSet missing;
        std::int64_t truths = 0;
        std::int64_t lies = 0;
        for (const Value& result : results) {
            if (!result.known()) add(missing, result.missing);
            truths += is_true(result) ? 1 : 0;
            lies += is_false(result) ? 1 : 0;
        }
        if (node.kind == NodeKind::any && truths > 0) return of_bool(true);
        if (node.kind == NodeKind::all && lies > 0) return of_bool(false);
        if (!missing.empty()) return named(node, missing);
        if (node.kind == NodeKind::count_if) return of_number(Number(truths));
        return of_bool(node.kind == NodeKind::all);
    }

    Value summed(const Node& node, const std::vector<Value>& results) {
        const Kind kind = scope_.set.types.type(node.type).kind;
        MissingSet missing;
        Number sum;
        std::set<std::string> codes;
        for (const Value& result : results) {
            if (!result.known()) add(missing, result.missing);
            sum = sum.plus(result.number);
            codes.insert(result.text);
            // Each sum on the way must fit as well.
            if (!fitted(kind, sum).known()) return unknown_value("overflow");
        }
        if (!missing.empty()) return named(node, missing);
        if (kind == Kind::money && codes.size() != 1) return unknown_value("currency mismatch");
        return fitted(kind, sum, kind == Kind::money ? *codes.begin() : "");
    }

    // ---------------------------------------------------------------- tables and axes

    static Labels all_of(const check::Axis& axis, Labels labels) {
        for (std::uint32_t i = 0; i < axis.size; ++i) labels.possible.insert(i);
        return labels;
    }

    /// Nothing where a currency keeps it from having one.
    std::optional<std::uint32_t> label_of(const check::Axis& axis, const Value& key) const {
        const Kind kind = scope_.set.types.type(axis.type).kind;
        switch (axis.kind) {
            case check::AxisKind::enumeration:
            case check::AxisKind::tool:
            case check::AxisKind::tier:
                return axis.index_of[static_cast<std::size_t>(key.number.integer())];
            case check::AxisKind::bands:
            case check::AxisKind::values: break;
        }
        bool mismatch = false;
        for (std::size_t i = 0; i < axis.bounds.size(); ++i) {
            const Value bound = constant(scope_.set.types, axis.type, axis.bounds[i]);
            const auto result = order(kind, key, bound);
            const bool band = axis.kind == check::AxisKind::bands;
            mismatch = mismatch || !result;
            if (!result) continue;
            const bool in = band ? (axis.inclusive[i] ? *result <= 0 : *result < 0) : *result == 0;
            if (in) return static_cast<std::uint32_t>(i);
        }
        if (mismatch) return std::nullopt;
        return axis.rest;
    }

    Value table(const Node& node) {
        const check::Table& table = scope_.set.tables[static_cast<std::size_t>(node.table)];
        MissingSet missing;
        bool mismatch = false;
        std::size_t cell = 0;
        for (std::size_t i = 0; i < table.axes.size(); ++i) {
            const Value key = value(scope_.set.node_items[node.items.begin + i]);
            const auto label = key.known() ? label_of(table.axes[i], key) : std::nullopt;
            if (!key.known()) add(missing, key.missing);
            mismatch = mismatch || (key.known() && !label);
            cell = cell * table.axes[i].size + label.value_or(0);
        }
        if (!missing.empty()) return unknown_value(missing);
        return mismatch ? unknown_value("currency mismatch") : value(table.cells[cell]);
    }

    const Scope& scope_;
    Value variables_[2];
    int depth_ = 0;
};

Labels labels_by_tool(const Scope& scope, const check::Axis& axis) {
    Labels labels;
    std::uint32_t label = axis.rest;
    if (scope.call.tool != nullptr) {
        label = axis.index_of[static_cast<std::size_t>(scope.call.tool - scope.set.tools.data())];
    }
    labels.possible.insert(label);
    return labels;
}

Labels labels_by_tier(const Scope& scope, const check::Axis& axis) {
    Labels labels;
    for (const std::int64_t tier : scope.tiers.possible) {
        labels.possible.insert(axis.index_of[static_cast<std::size_t>(tier)]);
    }
    if (labels.possible.size() > 1) labels.missing = scope.tiers.missing;
    return labels;
}

}  // namespace

Value evaluate(const Scope& scope, NodeId node) {
    return Evaluator(scope).value(node);
}

bool rests_on_condition(const check::PolicySet& set, NodeId id) {
    if (id == check::no_node) return false;
    const Node& node = set.node(id);
    if (set.types.type(node.type).kind == Kind::boolean) return true;
    if (node.kind == NodeKind::shared) {
        return rests_on_condition(set, set.shared[static_cast<std::size_t>(node.shared)].node);
    }
    for (std::uint32_t i = 0; i < node.items.count; ++i) {
        if (rests_on_condition(set, set.node_items[node.items.begin + i])) return true;
    }
    return rests_on_condition(set, node.a) || rests_on_condition(set, node.b);
}

Value condition(const Scope& scope, NodeId when, NodeId unless) {
    const Value holds = when == check::no_node ? of_bool(true) : evaluate(scope, when);
    const Value exempt = unless == check::no_node ? of_bool(false) : evaluate(scope, unless);
    if (is_false(holds) || is_true(exempt)) return of_bool(false);
    MissingSet missing = holds.missing;
    add(missing, exempt.missing);
    return missing.empty() ? of_bool(true) : unknown_value(missing);
}

Labels labels_of(const Scope& scope, const check::Axis& axis) {
    if (axis.kind == check::AxisKind::tool) return labels_by_tool(scope, axis);
    if (axis.kind == check::AxisKind::tier) return labels_by_tier(scope, axis);
    Evaluator evaluator(scope);
    return evaluator.labels(axis, evaluator.value(axis.node));
}

}  // namespace proviso::reference
