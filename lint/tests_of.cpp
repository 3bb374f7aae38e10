// How one test of a condition becomes a term and a set of values; see condition.h.
#include <algorithm>
#include <cctype>

#include "lint/condition.h"

namespace proviso::lint {
namespace {

using check::CompareOp;
using check::Node;
using check::NodeKind;
using model::Kind;
using model::Value;

bool is_letter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

CompareOp opposite(CompareOp op) {
    switch (op) {
        case CompareOp::equal: return CompareOp::not_equal;
        case CompareOp::not_equal: return CompareOp::equal;
        case CompareOp::less: return CompareOp::greater_equal;
        case CompareOp::less_equal: return CompareOp::greater;
        case CompareOp::greater: return CompareOp::less_equal;
        case CompareOp::greater_equal: return CompareOp::less;
    }
    return op;
}

ValueSet numbers(CompareOp op, Decimal value) {
    switch (op) {
        case CompareOp::equal: return points({value}, false);
        case CompareOp::not_equal: return points({value}, true);
        case CompareOp::less: return at_most(value, false);
        case CompareOp::less_equal: return at_most(value, true);
        case CompareOp::greater: return at_least(value, false);
        case CompareOp::greater_equal: return at_least(value, true);
    }
    return everything();
}

bool is_number(Kind kind) {
    switch (kind) {
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration: return true;
        case Kind::string:
        case Kind::ip:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: break;
    }
    return false;
}

/// Times and durations count in steps too, but nobody thinks of them so.
bool is_discrete(Kind kind) {
    return is_number(kind) && kind != Kind::decimal && kind != Kind::money &&
           kind != Kind::duration && kind != Kind::time;
}

Decimal number_of(Kind kind, const Value& value) {
    if (kind == Kind::decimal || kind == Kind::money) return value.decimal();
    return {value.integer, 0};
}

/// An int beside a decimal is an int all the same, and a let is what stands for it.
NodeId plain(const check::PolicySet& set, NodeId id) {
    for (;;) {
        const Node& node = set.node(id);
        if (node.kind == NodeKind::to_decimal) {
            id = node.a;
        } else if (node.kind == NodeKind::shared) {
            id = set.shared[index_of(node.shared)].node;
        } else {
            return id;
        }
    }
}

/// Which of the kind's things a node names.
std::uint32_t named_by(const Node& node) {
    switch (node.kind) {
        case NodeKind::slot:
        case NodeKind::fact: return index_of(node.slot);
        case NodeKind::role_test: return index_of(node.role);
        case NodeKind::table_read: return index_of(node.table);
        case NodeKind::counter_read: return index_of(node.counter);
        case NodeKind::in_window: return index_of(node.window);
        case NodeKind::local: return node.zone;
        case NodeKind::variable:
        case NodeKind::field:
        case NodeKind::any:
        case NodeKind::all:
        case NodeKind::count_if:
        case NodeKind::sum_of:
        case NodeKind::limit_total:
        case NodeKind::limit_cap: return node.index;
        case NodeKind::shared:
        case NodeKind::constant:
        case NodeKind::money_amount:
        case NodeKind::money_currency:
        case NodeKind::logical_not:
        case NodeKind::logical_and:
        case NodeKind::logical_or:
        case NodeKind::compare:
        case NodeKind::in_list:
        case NodeKind::like:
        case NodeKind::matches:
        case NodeKind::has:
        case NodeKind::tier_test:
        case NodeKind::coalesce:
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply:
        case NodeKind::to_decimal:
        case NodeKind::length:
        case NodeKind::native: break;
    }
    return 0;
}

ValueSet range_of(const model::Type& type, const Term& term) {
    ValueSet range = everything();
    if (type.kind == Kind::money && type.currency != term.currency) return range;
    if (type.low) range = intersection(range, at_least(number_of(type.kind, *type.low), true));
    if (type.high) range = intersection(range, at_most(number_of(type.kind, *type.high), true));
    return range;
}

ValueSet first(std::int64_t count) {
    return between({0, 0}, {count - 1, 0});
}

/// Of a type, wherever its value comes from.
ValueSet values_of(const check::PolicySet& set, const model::Type& type, const Term& term) {
    switch (type.kind) {
        case Kind::boolean: return first(2);
        case Kind::weekday: return first(7);
        case Kind::enumeration:
            return first(
                static_cast<std::int64_t>(set.types.enumeration(type.enumeration).words.size()));
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date: return range_of(type, term);
        case Kind::string:
        case Kind::ip: return everything(true);
        case Kind::list:
        case Kind::record:
        case Kind::opaque: break;
    }
    return everything();
}

ValueSet lengths_of(const model::Type& type) {
    const std::int64_t low = type.length_low.value_or(0);
    if (!type.length_high) return at_least({low, 0}, true);
    return between({low, 0}, {static_cast<std::int64_t>(*type.length_high), 0});
}

ValueSet stages_in(check::StageMask mask) {
    std::vector<Decimal> stages;
    for (std::uint32_t i = 0; i < 5; ++i) {
        if ((mask & check::stage_bit(i)) != 0) stages.push_back({i, 0});
    }
    return to_discrete(points(std::move(stages), false));
}

}  // namespace

const model::Type& type_at(const check::PolicySet& set, check::SlotId slot, const Place& place) {
    if (place.tool != check::no_tool) {
        for (const check::ToolArgument& argument : set.tool(place.tool).arguments) {
            const auto& slots = argument.slots;
            if (std::find(slots.begin(), slots.end(), slot) == slots.end()) continue;
            const model::Type& type = set.types.type(argument.type);
            if (type.kind == set.types.type(set.slot(slot).type).kind) return type;
        }
    }
    return set.types.type(set.slot(slot).type);
}

/// Whether what is written there may change with a param or a data file.
bool Conditions::has_name(const Node& constant) const {
    std::string_view text = subject_.sources.text(constant.span);
    while (!text.empty()) {
        if (text.front() == '"') {
            const std::size_t end = text.find('"', 1);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        } else if (is_letter(text.front())) {
            const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
            std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
            text.remove_prefix(word.size());
            for (;;) {  // any front of a dotted name
                if (names_.contains(word)) return true;
                const std::size_t dot = word.rfind('.');
                if (dot == std::string_view::npos) break;
                word = word.substr(0, dot);
            }
        } else {
            text.remove_prefix(1);
        }
    }
    return false;
}

std::uint32_t Conditions::intern(std::string text) {
    return interned_.try_emplace(std::move(text), static_cast<std::uint32_t>(interned_.size()))
        .first->second;
}

std::string Conditions::text_of(NodeId id, bool negation) {
    const Node& of = node(id);
    std::string text = std::to_string(static_cast<int>(of.kind));
    const auto add = [&](std::uint32_t number) { text += ' ' + std::to_string(number); };
    add(static_cast<std::uint32_t>(of.op));
    add(static_cast<std::uint32_t>(of.party));
    add(negation && of.negated ? 1 : 0);
    add(named_by(of));
    add(of.a == check::no_node ? 0 : key(of.a) + 1);
    add(of.b == check::no_node ? 0 : key(of.b) + 1);
    for (std::uint32_t i = 0; i < of.items.count; ++i) add(key(item(of, i)));
    if (of.kind == NodeKind::constant || of.kind == NodeKind::local) add(index_of(of.type));
    if (of.kind == NodeKind::constant) {
        text += has_name(of) ? subject_.sources.text(of.span)
                             : model::to_json(subject_.set.types, of.type, of.value);
    }
    return text + ' ' + std::string(of.text);
}

std::uint32_t Conditions::key(NodeId id) {
    if (const auto known = keys_.find(id); known != keys_.end()) return known->second;
    const Node& of = node(id);
    const std::uint32_t result = of.kind == NodeKind::shared
                                     ? key(subject_.set.shared[index_of(of.shared)].node)
                                     : intern(text_of(id, true));
    keys_.emplace(id, result);
    return result;
}

TermId Conditions::add_term(std::string text, const Term& term) {
    const std::uint32_t id = intern(std::move(text));
    const auto [known, added] = term_ids_.try_emplace(id, TermId{index_of(terms_.size())});
    if (added) terms_.push_back(term);
    return known->second;
}

/// Negated or not, it tells of one thing.
Alternatives Conditions::flag(NodeId id, bool positive) {
    const Node& of = node(id);
    Term term;
    term.node = id;
    term.type = of.type;
    term.is_flag = true;
    term.discrete = true;
    const TermId which = add_term("flag " + text_of(id, false), term);
    const bool yes = positive != of.negated;
    return {{{which, points({{yes ? 1 : 0, 0}}, false)}}};
}

Alternatives Conditions::tested(NodeId id, bool positive) {
    const Node& of = node(id);
    if (of.kind == NodeKind::constant) {
        if (!of.value.known() || has_name(of)) return flag(id, positive);
        return (of.value.integer != 0) == positive ? Alternatives{{}} : Alternatives{};
    }
    const std::optional<Test> test = test_of(of, positive);
    if (!test) return flag(id, positive);
    return {{*test}};
}

std::optional<Test> Conditions::test_of(const Node& of, bool positive) {
    const CompareOp op = positive ? of.op : opposite(of.op);
    if (of.kind == NodeKind::in_list) return listed(of, positive);
    if (of.kind == NodeKind::compare) return compared(of.a, op, of.b);
    if (of.kind != NodeKind::tier_test) return std::nullopt;
    Term term;
    term.type = node(of.b).type;
    term.discrete = true;
    const std::string way = op == CompareOp::less || op == CompareOp::less_equal ? "down" : "up";
    const Decimal tier{node(of.b).value.integer, 0};
    return Test{add_term("tier " + way, term), to_discrete(numbers(op, tier))};
}

/// With a literal: what is left of the value. With anything else: of how far the one is from the
/// other, on which side the smaller key stands.
std::optional<Test> Conditions::compared(NodeId a, CompareOp op, NodeId b) {
    a = plain(subject_.set, a);
    b = plain(subject_.set, b);
    if (node(a).kind == NodeKind::constant) {
        std::swap(a, b);
        op = mirrored(op);
    }
    const Node& other = node(b);
    const Kind kind = subject_.set.types.type(node(a).type).kind;
    const bool literal = other.kind == NodeKind::constant && other.value.known();
    if (literal && !has_name(other)) return compared_to(a, op, other);
    if (!is_number(kind) && op != CompareOp::equal && op != CompareOp::not_equal) {
        return std::nullopt;
    }
    if (!literal && key(b) < key(a)) {
        std::swap(a, b);
        op = mirrored(op);
    }
    Term term;
    term.node = a;
    term.type = node(a).type;
    term.beside = subject_.sources.text(node(b).span);
    return Test{term_of(a, "beside " + std::to_string(key(b)), op, term), numbers(op, {0, 0})};
}

std::optional<Test> Conditions::compared_to(NodeId value, CompareOp op, const Node& literal) {
    const Kind kind = subject_.set.types.type(literal.type).kind;
    Term term;
    term.node = value;
    term.type = node(value).type;
    if (is_number(kind)) {
        if (kind == Kind::money) term.currency = literal.value.currency();
        term.discrete = is_discrete(subject_.set.types.type(term.type).kind);
        const ValueSet left = numbers(op, number_of(kind, literal.value));
        const TermId id = term_of(value, std::to_string(term.currency), op, term);
        return Test{id, term.discrete ? to_discrete(left) : left};
    }
    if (op != CompareOp::equal && op != CompareOp::not_equal) return std::nullopt;
    const std::string text = model::to_json(subject_.set.types, literal.type, literal.value);
    return Test{term_of(value, "text", op, term), texts({text}, op == CompareOp::not_equal)};
}

/// In a list of literals, of one currency where it is of money.
std::optional<Test> Conditions::listed(const Node& in_list, bool positive) {
    const Node& list = node(in_list.b);
    if (list.kind != NodeKind::constant || !list.value.known() || has_name(list)) {
        return std::nullopt;
    }
    const NodeId value = plain(subject_.set, in_list.a);
    const model::TypeId element = subject_.set.types.type(list.type).element;
    const Kind kind = subject_.set.types.type(element).kind;
    const bool all_but = positive == in_list.negated;
    Term term;
    term.node = value;
    term.type = node(value).type;
    std::vector<Decimal> members;
    std::vector<std::string> words;
    for (std::uint32_t i = 0; i < list.value.extra; ++i) {
        const Value& member = list.value.elements[i];
        if (kind == Kind::money && i == 0) term.currency = member.currency();
        if (kind == Kind::money && member.currency() != term.currency) return std::nullopt;
        if (is_number(kind)) members.push_back(number_of(kind, member));
        if (!is_number(kind)) words.push_back(model::to_json(subject_.set.types, element, member));
    }
    const auto op = all_but ? CompareOp::not_equal : CompareOp::equal;
    if (!is_number(kind)) {
        return Test{term_of(value, "text", op, term), texts(std::move(words), all_but)};
    }
    term.discrete = is_discrete(subject_.set.types.type(term.type).kind);
    const ValueSet left = points(std::move(members), all_but);
    const TermId id = term_of(value, std::to_string(term.currency), op, term);
    return Test{id, term.discrete ? to_discrete(left) : left};
}

/// A counter may lie in an interval: its tests are put together in one direction alone.
TermId Conditions::term_of(NodeId value, const std::string& how, CompareOp op, Term term) {
    std::string text = how + ' ' + std::to_string(key(value));
    if (node(value).kind == NodeKind::counter_read) {
        const bool down = op == CompareOp::less || op == CompareOp::less_equal;
        const bool up = op == CompareOp::greater || op == CompareOp::greater_equal;
        text += down ? " down" : up ? " up" : " even " + std::to_string(static_cast<int>(op));
    }
    term.base = key(value);
    return add_term("value " + text, term);
}

std::optional<Test> Conditions::literal_test(NodeId id) {
    std::optional<Test> test = test_of(node(id), true);
    if (!test || !term(test->term).beside.empty()) return std::nullopt;
    return test;
}

ValueSet Conditions::domain(TermId id, const Place& place) const {
    const Term& of = term(id);
    if (of.is_flag) return first(2);
    const bool is_text = !is_number(subject_.set.types.type(of.type).kind);
    if (!of.beside.empty()) return everything();
    if (of.node == check::no_node) return first(4);  // a tier
    const Node& value = node(of.node);
    ValueSet values = everything(is_text);
    if (value.kind == NodeKind::slot || value.kind == NodeKind::fact) {
        const check::Slot& slot = subject_.set.slot(value.slot);
        const bool builtin = slot.source == check::SlotSource::builtin;
        if (builtin && index_of(value.slot) == index_of(check::BuiltinSlot::stage)) {
            return stages_in(place.stages);
        }
        if (builtin && index_of(value.slot) == index_of(check::BuiltinSlot::tool) &&
            place.tool != check::no_tool) {
            const model::Value name = model::of_text(subject_.set.tool(place.tool).name);
            return texts({model::to_json(subject_.set.types, of.type, name)}, false);
        }
        values = values_of(subject_.set, type_at(subject_.set, value.slot, place), of);
    } else if (value.kind == NodeKind::length) {
        const Node& measured = node(value.a);
        values = measured.kind == NodeKind::slot
                     ? lengths_of(type_at(subject_.set, measured.slot, place))
                     : at_least({0, 0}, true);
    } else if (value.kind == NodeKind::local &&
               subject_.set.types.type(of.type).kind == Kind::integer) {
        values = between({0, 0}, {23, 0});  // an hour
    } else if (!is_text) {
        values = values_of(subject_.set, subject_.set.types.type(of.type), of);
    }
    return of.discrete ? to_discrete(values) : values;
}

}  // namespace proviso::lint
