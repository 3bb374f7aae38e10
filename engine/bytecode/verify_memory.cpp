// Limits and counters: what they count is of the types that their totals have, what they fill are
// slots of those types that no call fills, and the rules of a limit are its own.
#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

using model::Kind;

class MemoryCheck {
  public:
    explicit MemoryCheck(Context& context) : context_(context), program_(context.program) {}

    bool run() {
        return each("counter", program_.counters, &MemoryCheck::counter) &&
               each("limit", program_.limits, &MemoryCheck::limit) &&
               each("counter read", program_.counter_reads, &MemoryCheck::read);
    }

  private:
    template <class Item>
    bool each(std::string_view name, const std::vector<Item>& items,
              bool (MemoryCheck::*check)(const Item&)) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            where_ = {name, i};
            if (!(this->*check)(items[i])) return false;
        }
        return true;
    }

    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    bool measure(const Measure& it) {
        return context_.type(where_, it.type) && amount(it) && keys(it.per) && period(it.period) &&
               context_.block(where_, it.where) && context_.stages(where_, it.stages) &&
               context_.range(where_, "explanation", it.explain, program_.explain_nodes.size()) &&
               context_.optional_index(where_, "pattern set", it.patterns,
                                       program_.pattern_sets.size());
    }

    bool amount(const Measure& it) {
        const Kind total = context_.kind(it.type);
        if (it.aggregate == Aggregate::sum) {
            return context_.value(where_, it.value) &&
                   require(total == Kind::integer || total == Kind::decimal || total == Kind::money,
                           "its total is no number") &&
                   require(context_.kind(it.value.type) == total,
                           "what it sums is not of the kind of its total");
        }
        if (!require(total == Kind::integer, "its total is no int")) return false;
        if (it.aggregate == Aggregate::count) {
            return require(it.value.block == none && it.value.type == model::no_type,
                           "it counts calls and has a value");
        }
        if (!context_.value(where_, it.value)) return false;
        Base counted = context_.base(it.value.type);
        if (context_.kind(counted) == Kind::list) {
            counted = context_.base(context_.type_of(counted).element);
        }
        return require(is_scalar(context_.kind(counted)), "what it tells apart is no scalar");
    }

    bool keys(const std::vector<ValueRef>& keys) {
        for (const ValueRef& key : keys) {
            if (!context_.value(where_, key) ||
                !require(is_scalar(context_.kind(key.type)), "a key is no scalar")) {
                return false;
            }
        }
        return true;
    }

    bool period(const Period& it) {
        if (!it.rolling) return context_.index(where_, "zone", it.zone, program_.zones.size());
        constexpr std::int64_t day = 86'400;
        return require(it.length_seconds > 0, "it looks back on no time") &&
               require((it.length_seconds + day - 1) / day <=
                           static_cast<std::int64_t>(context_.limits.period_days),
                       "it looks back too far");
    }

    bool fills(std::uint32_t slot, Base wanted) {
        return context_.index(where_, "slot", slot, program_.slots.size()) &&
               require(program_.slots[slot].source == SlotSource::memory,
                       "it fills a slot that calls fill") &&
               require(context_.base(program_.slots[slot].type) == wanted,
                       "it fills a slot of another type");
    }

    bool counter(const Counter& it) { return measure(it.measure); }

    bool limit(const Limit& it) {
        if (!measure(it.measure)) return false;
        const Base total = context_.base(it.measure.type);
        return fills(it.total, total) && fills(it.cap, total) && steps(it, total) && rows(it) &&
               context_.block(where_, it.unless) &&
               context_.range(where_, "explanation", it.explain, program_.explain_nodes.size());
    }

    bool steps(const Limit& it, Base total) {
        for (const LimitStep& step : it.steps) {
            if (!context_.value(where_, step.cap) ||
                !require(context_.base(step.cap.type) == total, "a cap is of another type")) {
                return false;
            }
        }
        return true;
    }

    bool rows(const Limit& it) {
        const Range range{it.first_rule, static_cast<std::uint32_t>(it.steps.size() + 1)};
        if (!context_.range(where_, "rule", range, program_.rules.size())) return false;
        for (std::uint32_t i = 0; i < range.count; ++i) {
            const Rule& rule = program_.rules[range.begin + i];
            if (!require(rule.kind == RuleKind::limit_step, "one of its rules is not a limit's") ||
                !require(rule.effect != Effect::allow, "one of its steps allows") ||
                !require(i > 0 || rule.effect == Effect::block,
                         "what it cannot count is no block")) {
                return false;
            }
        }
        return true;
    }

    bool read(const CounterRead& it) {
        if (!context_.index(where_, "counter", it.counter, program_.counters.size())) return false;
        const Measure& measure = program_.counters[it.counter].measure;
        if (!require(it.keys.size() == measure.per.size(), "it has not the keys of its counter") ||
            !keys(it.keys)) {
            return false;
        }
        for (std::size_t i = 0; i < it.keys.size(); ++i) {
            if (!require(context_.base(it.keys[i].type) == context_.base(measure.per[i].type),
                         "a key is of another type than its counter's")) {
                return false;
            }
        }
        const Base type = context_.base(measure.type);
        return fills(it.value, type) && fills(it.low, type) && fills(it.high, type);
    }

    Context& context_;
    const Program& program_;
    Where where_{};
};

}  // namespace

bool verify_memory(Context& context) {
    return MemoryCheck(context).run();
}

}  // namespace proviso::bytecode
