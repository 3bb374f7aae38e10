// Making an index: bits for clauses, classes for features, rows for classes; see rule_index.h.
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "engine/vm/clauses.h"
#include "engine/vm/rule_index.h"

namespace proviso::vm {

using bytecode::Instruction;
using bytecode::Op;
using bytecode::Program;
using model::Value;

namespace {

/// Two values are told apart where one is below the bound and one is not. `after`: the bound lies
/// just above `at`, so that `at` itself is below it.
struct Bound {
    model::Decimal at;
    bool after = false;
    friend bool operator<(const Bound& a, const Bound& b) {
        const auto order = model::compare(a.at, b.at);
        return order != 0 ? order < 0 : (!a.after && b.after);
    }
    friend bool operator==(const Bound&, const Bound&) = default;
};

__extension__ typedef __int128 Wide;

std::int64_t clamped(Wide value) {
    constexpr Wide low = std::numeric_limits<std::int64_t>::min();
    constexpr Wide high = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::clamp(value, low, high));
}

Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

Wide floor_division(Wide a, Wide b) {
    const Wide quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

/// The greatest coefficient of this scale that lies below the bound. A coefficient is at most
/// 2^63 - 1 in amount, so that what is clamped is still below all or none of them.
std::int64_t greatest_below(const Bound& bound, int scale) {
    const int shift = scale - int{bound.at.scale};
    const Wide coefficient = bound.at.coefficient;
    if (shift >= 0) {
        // 10^18 times 2^63 fits into 128 bits.
        const Wide at = coefficient * power_of_ten(shift);
        return clamped(bound.after ? at : at - 1);
    }
    const Wide power = power_of_ten(-shift);
    const Wide floor = floor_division(coefficient, power);
    return clamped(bound.after || floor * power != coefficient ? floor : floor - 1);
}

enum class Relation : std::uint8_t { equal, less, less_or_equal, none };

Relation relation_of(Op op) {
    if (op == Op::int_eq_k || op == Op::decimal_eq_k || op == Op::money_eq_k) {
        return Relation::equal;
    }
    if (op == Op::int_lt_k || op == Op::decimal_lt_k || op == Op::money_lt_k) return Relation::less;
    if (op == Op::int_le_k || op == Op::decimal_le_k || op == Op::money_le_k) {
        return Relation::less_or_equal;
    }
    return Relation::none;
}

bool answer(Relation relation, std::int64_t value, std::int64_t constant) {
    switch (relation) {
        case Relation::equal: return value == constant;
        case Relation::less: return value < constant;
        case Relation::less_or_equal: return value <= constant;
        case Relation::none: break;
    }
    return value != 0;  // is_true
}

}  // namespace

/// A rule and the clauses of its condition.
struct RuleClauses {
    std::uint32_t rule = 0;
    std::vector<Clause> clauses;
};

// Fills one index.
class RuleIndexBuilder {
  public:
    RuleIndexBuilder(const Program& program, RuleIndex& index) : program_(program), index_(index) {}

    void run(std::span<const RuleClauses> rules) {
        for (const RuleClauses& one : rules) add_rule(one);
        for (const auto& [key, uses] : features_) add_feature(key, uses);
    }

  private:
    enum class Kind : std::uint8_t {
        ordinal,
        integer,
        decimal,
        text,
        presence,
        role,
        tier,
        window
    };
    /// Kind, slot or party, currency, role or window.
    using Key = std::tuple<Kind, std::uint32_t, std::uint32_t>;
    struct Use {
        Row bit = 0;
        const Instruction* test = nullptr;
        bool wanted = true;
    };
    using Uses = std::vector<Use>;

    // ------------------------------------------------------------ clauses

    void add_rule(const RuleClauses& one) {
        const bytecode::Rule& rule = program_.rules[one.rule];
        Row clauses = 0;
        for (const Clause& clause : one.clauses) {
            const Row bit = Row{1} << index_.rules_.size();
            index_.rules_.push_back(one.rule);
            clauses |= bit;
            if (clause.with_code) index_.with_code_ |= bit;
            add_literals(clause, bit);
        }
        index_.clauses_.resize(index_.rules_.size(), clauses);
        index_.all_ |= clauses;
        if (rule.effect == bytecode::Effect::allow) index_.allows_ |= clauses;
        if (rule.on_trial || !rule.obligations.empty()) index_.special_ |= clauses;
        // Everything so far is below the effects that come later.
        for (std::size_t i = static_cast<std::size_t>(rule.effect); i < index_.lower_.size(); ++i) {
            index_.lower_[i] = index_.all_;
        }
    }

    void add_literals(const Clause& clause, Row bit) {
        for (const Literal& literal : clause.literals) {
            const Instruction& test = program_.code[literal.pc];
            features_[key_of(test)].push_back({bit, &test, literal.wanted});
        }
    }

    [[nodiscard]] Key key_of(const Instruction& test) const {
        if (test.op == Op::role) return {Kind::role, test.a, test.b};
        if (test.op == Op::tier) return {Kind::tier, 0, 0};
        if (test.op == Op::has) return {Kind::presence, test.a, 0};
        if (test.op == Op::in_window) return {Kind::window, test.a, test.b};
        const model::Kind kind = kind_of_slot(test.a);
        const bool is_money = kind == model::Kind::money;
        return {kind_of(kind), test.a, is_money ? program_.constants[test.b].extra : 0};
    }

    [[nodiscard]] model::Kind kind_of_slot(std::uint32_t slot) const {
        return program_.types.type(program_.slots[slot].type).kind;
    }

    static Kind kind_of(model::Kind kind) {
        switch (kind) {
            case model::Kind::boolean:
            case model::Kind::weekday:
            case model::Kind::enumeration: return Kind::ordinal;
            case model::Kind::decimal:
            case model::Kind::money: return Kind::decimal;
            case model::Kind::string: return Kind::text;
            case model::Kind::integer:
            case model::Kind::duration:
            case model::Kind::time:
            case model::Kind::date:
            case model::Kind::ip:
            case model::Kind::list:
            case model::Kind::record:
            case model::Kind::opaque: return Kind::integer;
        }
        return Kind::integer;
    }

    // ------------------------------------------------------------ rows

    void add_feature(const Key& key, const Uses& uses) {
        const auto [kind, slot, detail] = key;
        const auto rows = static_cast<std::uint32_t>(index_.rows_.size());
        index_.has_others_ |= kind > Kind::decimal;
        switch (kind) {
            case Kind::ordinal: return add_ordinal({.slot = slot, .rows = rows}, uses);
            case Kind::integer:
            case Kind::decimal:
                return add_bounded({.slot = slot, .rows = rows, .currency = detail},
                                   kind == Kind::decimal, uses);
            case Kind::text: return add_text({.slot = slot, .rows = rows}, uses);
            case Kind::presence: return add_presence({.slot = slot, .rows = rows}, uses);
            case Kind::role: return add_role({.party = slot, .rows = rows, .role = detail}, uses);
            case Kind::tier: return add_tier(rows, uses);
            case Kind::window:
                return add_window({.slot = slot, .rows = rows, .window = detail}, uses);
        }
    }

    /// A row of the clauses that no use with `refuses` is of.
    template <class Refuses>
    void add_row(const Uses& uses, const Refuses& refuses) {
        Row row = index_.all_;
        for (const Use& use : uses) {
            if (refuses(use)) row &= ~use.bit;
        }
        index_.rows_.push_back(row);
    }

    void add_unknown_rows(const Uses& uses) {
        add_row(uses, [](const Use&) { return true; });
        add_row(uses, [](const Use&) { return false; });
    }

    void add_unknown_and_absent_rows(const Uses& uses) {
        add_unknown_rows(uses);
        add_unknown_rows(uses);
    }

    void add_tier(std::uint32_t rows, const Uses& uses) {
        for (std::uint32_t tiers = 0; tiers < 16; ++tiers) {
            for (const bool sure : {true, false}) {
                add_row(uses, [&](const Use& use) {
                    const std::uint32_t inside = tiers & use.test->a;
                    if (inside != 0 && inside != tiers) return sure;
                    return (inside != 0) != use.wanted;
                });
            }
        }
        index_.tier_rows_ = rows;
    }

    void add_role(RuleIndex::Role feature, const Uses& uses) {
        add_unknown_and_absent_rows(uses);
        for (const bool held : {false, true}) {
            add_row(uses, [&](const Use& use) { return held != use.wanted; });
        }
        index_.roles_.push_back(feature);
    }

    void add_window(RuleIndex::Window feature, const Uses& uses) {
        add_unknown_and_absent_rows(uses);
        for (const bool inside : {false, true}) {
            add_row(uses, [&](const Use& use) { return inside != use.wanted; });
        }
        index_.windows_.push_back(feature);
    }

    // To `has` alone absence is a fact.
    void add_presence(RuleIndex::Presence feature, const Uses& uses) {
        add_unknown_rows(uses);
        for (int pass = 0; pass < 2; ++pass) {
            add_row(uses, [](const Use& use) { return use.wanted; });
        }
        add_row(uses, [](const Use& use) { return !use.wanted; });
        index_.presences_.push_back(feature);
    }

    /// The constants that a test compares with.
    [[nodiscard]] std::vector<Value> constants(const Instruction& test) const {
        if (test.op == Op::is_true) return {};
        if (test.op != Op::in_set) return {program_.constants[test.b]};
        std::vector<Value> members;
        for (const std::uint32_t member : program_.sets[test.b].members) {
            members.push_back(program_.constants[member]);
        }
        return members;
    }

    void add_ordinal(RuleIndex::Ordinal feature, const Uses& uses) {
        const model::Type& type = program_.types.type(program_.slots[feature.slot].type);
        const std::uint32_t classes = type.kind == model::Kind::boolean   ? 2
                                      : type.kind == model::Kind::weekday ? 7
                                                                          : words_of(type);
        feature.mask = std::bit_ceil(classes) - 1;
        add_unknown_and_absent_rows(uses);
        for (std::int64_t value = 0; value <= std::int64_t{feature.mask}; ++value) {
            add_row(uses, [&](const Use& use) { return holds(use, value) != use.wanted; });
        }
        index_.ordinals_.push_back(feature);
    }
    [[nodiscard]] std::uint32_t words_of(const model::Type& type) const {
        return static_cast<std::uint32_t>(
            program_.types.enumeration(type.enumeration).words.size());
    }
    [[nodiscard]] bool holds(const Use& use, std::int64_t value) const {
        const std::vector<Value> with = constants(*use.test);
        if (use.test->op != Op::in_set) {
            return answer(relation_of(use.test->op), value, with.empty() ? 0 : with[0].integer);
        }
        return std::any_of(with.begin(), with.end(),
                           [&](const Value& one) { return one.integer == value; });
    }

    /// The kinds that are kept as an integer leave `scale` at nought.
    static model::Decimal number(const Value& value) { return {value.integer, value.scale}; }

    // `v < k` asks about the bound before k, `v <= k` about the one after it, `v == k` about both.
    [[nodiscard]] std::vector<Bound> bounds_of(const Uses& uses) const {
        std::vector<Bound> bounds;
        for (const Use& use : uses) {
            const Relation relation = relation_of(use.test->op);
            for (const Value& with : constants(*use.test)) {
                if (relation != Relation::less_or_equal) bounds.push_back({number(with), false});
                if (relation != Relation::less) bounds.push_back({number(with), true});
            }
        }
        std::sort(bounds.begin(), bounds.end());
        bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
        return bounds;
    }

    void add_bounded(RuleIndex::Bounded feature, bool is_decimal, const Uses& uses) {
        const std::vector<Bound> bounds = bounds_of(uses);
        feature.count = static_cast<std::uint32_t>((bounds.size() + 3) / 4 * 4);
        feature.bounds = static_cast<std::uint32_t>(index_.bounds_.size());
        for (int scale = 0; scale <= (is_decimal ? int{model::max_scale} : 0); ++scale) {
            for (const Bound& bound : bounds) {
                index_.bounds_.push_back(RuleIndex::biased(greatest_below(bound, scale)));
            }
            // Nothing lies above the greatest number.
            index_.bounds_.resize(index_.bounds_.size() + feature.count - bounds.size(),
                                  ~std::uint64_t{0});
        }
        add_unknown_and_absent_rows(uses);
        for (std::size_t below = 0; below <= bounds.size(); ++below) {
            add_row(uses,
                    [&](const Use& use) { return lies_so(use, bounds, below) != use.wanted; });
        }
        index_.bounded_.push_back(feature);
    }
    /// What a test answers of a value that has so many bounds below it.
    [[nodiscard]] bool lies_so(const Use& use, const std::vector<Bound>& bounds,
                               std::size_t below) const {
        const auto passed = [&](const Bound& bound) {
            const auto at = std::lower_bound(bounds.begin(), bounds.end(), bound);
            return static_cast<std::size_t>(at - bounds.begin()) < below;
        };
        const Relation relation = relation_of(use.test->op);
        for (const Value& with : constants(*use.test)) {
            const model::Decimal at = number(with);
            const bool before = relation == Relation::less_or_equal || passed({at, false});
            const bool after = relation != Relation::less && passed({at, true});
            switch (relation) {
                case Relation::less: return !before;
                case Relation::less_or_equal: return !after;
                case Relation::equal:
                case Relation::none:  // in_set
                    if (before && !after) return true;
                    break;
            }
        }
        return false;
    }

    void add_text(RuleIndex::Text feature, const Uses& uses) {
        std::map<std::string_view, std::uint32_t> keys;
        for (const Use& use : uses) {
            if (use.test->op != Op::in_set) {
                keys.emplace(program_.constants[use.test->b].view(), use.test->b);
                continue;
            }
            for (const std::uint32_t member : program_.sets[use.test->b].members) {
                keys.emplace(program_.constants[member].view(), member);
            }
        }
        add_unknown_and_absent_rows(uses);
        std::vector<std::uint32_t> members;
        for (const auto& key : keys) {
            members.push_back(key.second);
            add_row(uses, [&](const Use& use) { return equals(use, key.first) != use.wanted; });
        }
        add_row(uses, [&](const Use& use) { return use.wanted; });
        feature.classes = static_cast<std::uint32_t>(members.size());
        feature.constants = ConstantIndex(program_, members, model::Kind::string);
        index_.texts_.push_back(std::move(feature));
    }
    [[nodiscard]] bool equals(const Use& use, std::string_view text) const {
        const std::vector<Value> with = constants(*use.test);
        return std::any_of(with.begin(), with.end(),
                           [&](const Value& one) { return one.view() == text; });
    }

    const Program& program_;
    RuleIndex& index_;
    std::map<Key, Uses> features_;
};

namespace {

/// By effect; within one effect as they came.
std::vector<RuleClauses> sorted_clauses(const Program& program,
                                        std::span<const std::uint32_t> rules) {
    std::vector<RuleClauses> sorted;
    sorted.reserve(rules.size());
    for (const std::uint32_t rule : rules) {
        sorted.push_back({rule, clauses_of(program, program.rules[rule].block)});
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
        return program.rules[a.rule].effect < program.rules[b.rule].effect;
    });
    return sorted;
}

}  // namespace

std::vector<RuleIndex> RuleIndex::make(const Program& program, const WindowIndex& windows,
                                       std::span<const std::uint32_t> rules) {
    const std::vector<RuleClauses> sorted = sorted_clauses(program, rules);
    std::vector<RuleIndex> indices;
    for (std::size_t begin = 0; begin < sorted.size();) {
        std::size_t end = begin;
        std::size_t clauses = 0;
        while (end < sorted.size() && clauses + sorted[end].clauses.size() <= most_clauses) {
            clauses += sorted[end++].clauses.size();
        }
        indices.emplace_back().window_index_ = &windows;
        RuleIndexBuilder(program, indices.back())
            .run(std::span(sorted).subspan(begin, end - begin));
        begin = end;
    }
    return indices;
}

}  // namespace proviso::vm
