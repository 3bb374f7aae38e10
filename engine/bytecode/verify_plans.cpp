// What is tried for a tool: entries of the right effect, switches whose keys differ and are of
// the kind of their slot. Ranges of plans may share items, so items are looked at once and ranges
// are answered from sums.
#include <algorithm>
#include <functional>

#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

/// How many of the first n items are of one sort.
class Sum {
  public:
    explicit Sum(std::size_t size) { sums_.reserve(size + 1); }
    void add(bool counts) { sums_.push_back(sums_.back() + (counts ? 1 : 0)); }
    [[nodiscard]] std::uint32_t in(Range range) const {
        return sums_[range.begin + range.count] - sums_[range.begin];
    }
    [[nodiscard]] bool all(Range range) const { return in(range) == range.count; }
    [[nodiscard]] bool no(Range range) const { return in(range) == 0; }

  private:
    std::vector<std::uint32_t> sums_{0};
};

class PlanCheck {
  public:
    explicit PlanCheck(Context& context)
        : context_(context),
          program_(context.program),
          allows_(program_.entries.size()),
          allow_switches_(program_.switches.size()),
          restriction_switches_(program_.switches.size()),
          defaults_(program_.plan_matrices.size()) {}

    bool run() {
        return each("entry", program_.entries, &PlanCheck::entry) &&
               each("case", program_.cases, &PlanCheck::one_case) &&
               each("switch", program_.switches, &PlanCheck::one_switch) &&
               each("plan matrix", program_.plan_matrices, &PlanCheck::matrix) &&
               context_.indices({"plan raises", none}, "raise", program_.plan_raises,
                                program_.raises.size()) &&
               context_.indices({"plan grants", none}, "grant", program_.plan_grants,
                                program_.grants.size()) &&
               context_.indices({"plan limits", none}, "limit", program_.plan_limits,
                                program_.limits.size()) &&
               context_.indices({"plan counters", none}, "counter", program_.plan_counters,
                                program_.counters.size()) &&
               context_.indices({"plan reads", none}, "counter read", program_.plan_reads,
                                program_.counter_reads.size()) &&
               each("plan", program_.plans, &PlanCheck::plan);
    }

  private:
    template <class Item>
    bool each(std::string_view name, const std::vector<Item>& items,
              bool (PlanCheck::*check)(const Item&)) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            where_ = {name, i};
            if (!(this->*check)(items[i])) return false;
        }
        return true;
    }

    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    bool entry(const Entry& it) {
        if (!context_.index(where_, "block", it.block, program_.code.size()) ||
            !context_.index(where_, "rule", it.rule, program_.rules.size())) {
            return false;
        }
        allows_.add(program_.rules[it.rule].effect == Effect::allow);
        return true;
    }

    bool one_case(const Case& it) {
        return context_.index(where_, "constant", it.key, program_.constants.size()) &&
               require(program_.constants[it.key].known(), "its key is unknown") &&
               context_.range(where_, "entry", it.entries, program_.entries.size());
    }

    bool one_switch(const Switch& it) {
        if (!context_.index(where_, "slot", it.slot, program_.slots.size()) ||
            !context_.range(where_, "case", it.cases, program_.cases.size()) ||
            !context_.range(where_, "entry", it.entries, program_.entries.size())) {
            return false;
        }
        const model::Kind kind = context_.kind(program_.slots[it.slot].type);
        const bool fits = it.is_text ? kind == model::Kind::string : is_integer_like(kind);
        if (!require(fits, "its slot is not of the kind that it switches on")) return false;
        allow_switches_.add(allows_.all(it.entries));
        restriction_switches_.add(allows_.no(it.entries));
        return cases(it);
    }

    // Cases of two switches may not overlap, or checking them would not be linear.
    bool cases(const Switch& it) {
        if (!require(it.cases.begin >= cases_end_ || it.cases.count == 0,
                     "its cases are those of another switch too")) {
            return false;
        }
        const Base base = context_.base(program_.slots[it.slot].type);
        for (std::uint32_t i = 0; i < it.cases.count; ++i) {
            const Case& one = program_.cases[it.cases.begin + i];
            if (!require(context_.constant_base(one.key) == base,
                         "a key is not of the type of its slot") ||
                !require(inside(one.entries, it.entries), "a case has entries of its own")) {
                return false;
            }
        }
        if (it.cases.count > 0) cases_end_ = it.cases.begin + it.cases.count;
        const auto integer = [](const Value& value) { return value.integer; };
        return require(it.is_text ? differ(it.cases, texts_, &Value::view)
                                  : differ(it.cases, integers_, integer),
                       "two of its keys are equal");
    }

    template <class Key, class Read>
    [[nodiscard]] bool differ(Range cases, std::vector<Key>& keys, Read read) const {
        keys.clear();
        for (std::uint32_t i = 0; i < cases.count; ++i) {
            const std::uint32_t key = program_.cases[cases.begin + i].key;
            keys.push_back(std::invoke(read, program_.constants[key]));
        }
        std::sort(keys.begin(), keys.end());
        return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
    }

    static bool inside(Range inner, Range outer) {
        return inner.begin >= outer.begin &&
               std::uint64_t{inner.begin} + inner.count <= std::uint64_t{outer.begin} + outer.count;
    }

    bool matrix(const std::uint32_t& it) {
        if (!context_.index(where_, "matrix", it, program_.matrices.size())) return false;
        defaults_.add(program_.matrices[it].is_default);
        return true;
    }

    bool plan(const Plan& it) {
        const std::size_t entries = program_.entries.size();
        const std::size_t switches = program_.switches.size();
        const std::size_t matrices = program_.plan_matrices.size();
        return context_.range(where_, "entry", it.allows, entries) &&
               context_.range(where_, "entry", it.restrictions, entries) &&
               context_.range(where_, "switch", it.allow_switches, switches) &&
               context_.range(where_, "switch", it.restriction_switches, switches) &&
               context_.range(where_, "matrix", it.default_matrices, matrices) &&
               context_.range(where_, "matrix", it.matrices, matrices) &&
               context_.range(where_, "raise", it.raises, program_.plan_raises.size()) &&
               context_.range(where_, "grant", it.grants, program_.plan_grants.size()) &&
               context_.range(where_, "limit", it.limits, program_.plan_limits.size()) &&
               context_.range(where_, "counter", it.counters, program_.plan_counters.size()) &&
               context_.range(where_, "counter read", it.reads, program_.plan_reads.size()) &&
               context_.index(where_, "role set", it.granting_roles, program_.role_sets.size()) &&
               sorts(it);
    }

    bool sorts(const Plan& it) {
        return require(allows_.all(it.allows), "one of its allows does not allow") &&
               require(allows_.no(it.restrictions), "one of its restrictions allows") &&
               require(allow_switches_.all(it.allow_switches),
                       "a switch among its allows does not allow") &&
               require(restriction_switches_.all(it.restriction_switches),
                       "a switch among its restrictions allows") &&
               require(defaults_.all(it.default_matrices),
                       "one of its default matrices is a plain one") &&
               require(defaults_.no(it.matrices), "one of its matrices is a default");
    }

    Context& context_;
    const Program& program_;
    Where where_{};
    Sum allows_;
    Sum allow_switches_;
    Sum restriction_switches_;
    Sum defaults_;
    std::uint32_t cases_end_ = 0;
    std::vector<std::string_view> texts_;  // scratch: the keys of one switch
    std::vector<std::int64_t> integers_;
};

}  // namespace

bool verify_plans(Context& context) {
    return PlanCheck(context).run();
}

}  // namespace proviso::bytecode
