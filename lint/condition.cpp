// See condition.h. How a test becomes a set of values is in tests_of.cpp.
#include "lint/condition.h"

#include <algorithm>

namespace proviso::lint {
namespace {

using check::Node;
using check::NodeKind;

/// All tests of both.
Alternative both(const Alternative& a, const Alternative& b) {
    Alternative all;
    auto x = a.begin();
    auto y = b.begin();
    while (x != a.end() || y != b.end()) {
        if (y == b.end() || (x != a.end() && x->term < y->term)) {
            all.push_back(*x++);
        } else if (x == a.end() || y->term < x->term) {
            all.push_back(*y++);
        } else {
            all.push_back({x->term, intersection(x->values, y->values)});
            ++x;
            ++y;
        }
    }
    return all;
}

Alternatives product(const Alternatives& a, const Alternatives& b) {
    Alternatives all;
    all.reserve(a.size() * b.size());
    for (const Alternative& x : a) {
        for (const Alternative& y : b) all.push_back(both(x, y));
    }
    return all;
}

std::size_t tests_in(const Alternatives& alternatives) {
    std::size_t count = alternatives.size();
    for (const Alternative& one : alternatives) count += one.size();
    return count;
}

}  // namespace

const ValueSet* find(const Alternative& alternative, TermId term) {
    const auto found =
        std::lower_bound(alternative.begin(), alternative.end(), term,
                         [](const Test& test, TermId wanted) { return test.term < wanted; });
    return found == alternative.end() || found->term != term ? nullptr : &found->values;
}

Alternative without(const Alternative& alternative, TermId term) {
    Alternative left;
    std::copy_if(alternative.begin(), alternative.end(), std::back_inserter(left),
                 [&](const Test& test) { return test.term != term; });
    return left;
}

Conditions::Conditions(const Subject& subject) : subject_(subject) {
    for (const check::Param& param : subject.set.params) names_.insert(param.name);
    for (const check::Data& data : subject.set.data) names_.insert(data.name);
}

NodeId Conditions::item(const Node& of, std::uint32_t i) const {
    return subject_.set.node_items[of.items.begin + i];
}

Alternatives Conditions::of(NodeId when, NodeId unless) {
    Alternatives all{{}};
    if (when != check::no_node) all = unfold(when, true);
    if (unless == check::no_node) return all;
    const Alternatives exempt = unfold(unless, false);
    const bool fits = all.size() * exempt.size() <= subject_.options.bounds.alternatives;
    return product(all, fits ? exempt : flag(unless, false));
}

Alternatives Conditions::unfold(NodeId id, bool positive) {
    const Node& of = node(id);
    switch (of.kind) {
        case NodeKind::logical_not: return unfold(of.a, !positive);
        case NodeKind::logical_and: return positive ? unfold_all(of, true) : unfold_any(id, false);
        case NodeKind::logical_or: return positive ? unfold_any(id, true) : unfold_all(of, false);
        case NodeKind::shared: return unfold_shared(of, positive);
        case NodeKind::compare:
        case NodeKind::in_list:
        case NodeKind::tier_test:
        case NodeKind::constant: return tested(id, positive);
        case NodeKind::in_window:
        case NodeKind::like:
        case NodeKind::matches:
        case NodeKind::has:
        case NodeKind::role_test:
        case NodeKind::any:
        case NodeKind::all:
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
        case NodeKind::limit_cap: break;
    }
    return flag(id, positive);
}

/// One that would unfold too far is taken whole.
Alternatives Conditions::unfold_all(const Node& connective, bool positive) {
    Alternatives all{{}};
    for (std::uint32_t i = 0; i < connective.items.count; ++i) {
        const NodeId part = item(connective, i);
        Alternatives next = unfold(part, positive);
        if (all.size() * next.size() > subject_.options.bounds.alternatives) {
            next = flag(part, positive);
        }
        all = product(all, next);
        if (!subject_.comparisons.take(tests_in(all))) break;  // the caller asks the budget
    }
    return all;
}

Alternatives Conditions::unfold_any(NodeId id, bool positive) {
    const Node& connective = node(id);
    Alternatives any;
    for (std::uint32_t i = 0; i < connective.items.count; ++i) {
        Alternatives next = unfold(item(connective, i), positive);
        if (any.size() + next.size() > subject_.options.bounds.alternatives) {
            return flag(id, positive);
        }
        for (Alternative& one : next) any.push_back(std::move(one));
    }
    return any;
}

/// Lets within lets would be unfolded again and again.
Alternatives Conditions::unfold_shared(const Node& shared, bool positive) {
    const std::uint64_t id = std::uint64_t{index_of(shared.shared)} * 2 + (positive ? 1 : 0);
    const auto known = of_lets_.find(id);
    if (known != of_lets_.end()) return known->second;
    Alternatives unfolded = unfold(subject_.set.shared[index_of(shared.shared)].node, positive);
    of_lets_.emplace(id, unfolded);
    return unfolded;
}

bool Conditions::implies(const Alternative& a, const Alternative& b, const Place& place,
                         bool surely) {
    if (!subject_.comparisons.take(1 + b.size())) return false;
    return std::all_of(b.begin(), b.end(), [&](const Test& test) {
        const ValueSet* left = find(a, test.term);
        if (left == nullptr) return !surely && is_subset(domain(test.term, place), test.values);
        return is_subset(*left, test.values) ||
               is_subset(intersection(*left, domain(test.term, place)), test.values);
    });
}

bool Conditions::implies(const Alternatives& a, const Alternatives& b, const Place& place,
                         bool surely) {
    return std::all_of(a.begin(), a.end(), [&](const Alternative& one) {
        return std::any_of(b.begin(), b.end(), [&](const Alternative& other) {
            return implies(one, other, place, surely);
        });
    });
}

bool Conditions::is_empty_at(const ValueSet& values, TermId term, const Place& place) const {
    return is_empty(values) || is_empty(intersection(values, domain(term, place)));
}

bool Conditions::is_impossible(const Alternative& one, const Place& place) {
    if (!subject_.comparisons.take(1 + one.size())) return false;
    return std::any_of(one.begin(), one.end(), [&](const Test& test) {
        return is_empty_at(test.values, test.term, place);
    });
}

bool Conditions::is_impossible(const Alternatives& alternatives, const Place& place) {
    return std::all_of(alternatives.begin(), alternatives.end(),
                       [&](const Alternative& one) { return is_impossible(one, place); });
}

bool Conditions::refutes(const Alternative& sure, const Alternative& other, const Place& place) {
    if (is_impossible(sure, place)) return true;
    if (!subject_.comparisons.take(1 + other.size())) return false;
    return std::any_of(other.begin(), other.end(), [&](const Test& test) {
        const ValueSet* known = find(sure, test.term);
        return known != nullptr && is_empty_at(intersection(*known, test.values), test.term, place);
    });
}

bool Conditions::refutes(const Alternatives& sure, const Alternatives& other, const Place& place) {
    return std::all_of(sure.begin(), sure.end(), [&](const Alternative& one) {
        return std::all_of(other.begin(), other.end(),
                           [&](const Alternative& two) { return refutes(one, two, place); });
    });
}

}  // namespace proviso::lint
