// Roles and their heritage, tools and their arguments, duties, params.
#include <algorithm>

#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

bool is_hash(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

class CatalogueCheck {
  public:
    explicit CatalogueCheck(Context& context) : context_(context), program_(context.program) {}

    bool run() {
        where_ = {"program", none};
        return require(program_.set_hash.empty() || is_hash(program_.set_hash),
                       "its hash is not 64 hex digits") &&
               each("role", program_.roles, &CatalogueCheck::role) && heritage() &&
               each("role set", program_.role_sets, &CatalogueCheck::role_set) &&
               each("argument", program_.arguments, &CatalogueCheck::argument) &&
               each("tool", program_.tools, &CatalogueCheck::tool) && open_arguments() &&
               each("obligation", program_.obligations, &CatalogueCheck::obligation) &&
               each("facts", program_.facts, &CatalogueCheck::facts) &&
               each("param", program_.params, &CatalogueCheck::param);
    }

  private:
    template <class Item>
    bool each(std::string_view name, const std::vector<Item>& items,
              bool (CatalogueCheck::*check)(const Item&)) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            where_ = {name, i};
            if (!(this->*check)(items[i])) return false;
        }
        return true;
    }

    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    template <class Items>
    bool after_the_one_before(const Items& items) {
        const std::size_t i = where_.index;
        return require(i == 0 || items[i - 1].name < items[i].name,
                       "its name does not come after the one before");
    }

    bool facts(const Facts& it) {
        const std::size_t slots = program_.slots.size();
        if (!after_the_one_before(program_.facts) ||
            !require(it.key < slots && it.fields < slots - it.key, "its slots are out of range")) {
            return false;
        }
        for (std::uint32_t i = it.key; i <= it.key + it.fields; ++i) {
            if (!require(program_.slots[i].source == SlotSource::fact, "a slot is no fact")) {
                return false;
            }
        }
        return require(is_scalar(context_.kind(program_.slots[it.key].type)),
                       "its key is no scalar");
    }

    // ------------------------------------------------------------ roles

    [[nodiscard]] std::size_t words() const { return (program_.roles.size() + 63) / 64; }

    bool role(const Role& it) {
        const auto self = static_cast<std::uint32_t>(where_.index);
        const auto& all = it.inherits;
        return after_the_one_before(program_.roles) &&
               context_.indices(where_, "role", all, program_.roles.size()) &&
               require(
                   std::adjacent_find(all.begin(), all.end(), std::greater_equal<>()) == all.end(),
                   "what it inherits does not ascend") &&
               require(std::binary_search(all.begin(), all.end(), self),
                       "it does not inherit itself");
    }

    // Closed: whoever inherits a role inherits what that one inherits.
    bool heritage() {
        std::vector<std::vector<std::uint64_t>> sets;
        for (const Role& role : program_.roles) {
            auto& set = sets.emplace_back(words());
            for (const std::uint32_t at : role.inherits) set[at / 64] |= 1ULL << at % 64;
        }
        for (std::size_t i = 0; i < sets.size(); ++i) {
            where_ = {"role", i};
            for (const std::uint32_t ancestor : program_.roles[i].inherits) {
                if (!require(contains(sets[i], sets[ancestor]),
                             "it lacks what a role that it inherits has inherited")) {
                    return false;
                }
            }
        }
        return true;
    }

    static bool contains(const std::vector<std::uint64_t>& all,
                         const std::vector<std::uint64_t>& some) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if ((some[i] & ~all[i]) != 0) return false;
        }
        return true;
    }

    bool role_set(const std::vector<std::uint64_t>& it) {
        if (!require(it.size() == words(), "it has not a bit a role")) return false;
        const std::size_t used = program_.roles.size() % 64;
        return require(used == 0 || it.back() >> used == 0, "it has bits beyond the roles");
    }

    // ------------------------------------------------------------ tools

    // A declared argument is read once, as its type, and put into its slots.
    bool argument(const Argument& it) {
        const auto& slots = program_.argument_slots;
        if (!context_.type(where_, it.type) ||
            !context_.range(where_, "argument slot", it.slots, slots.size())) {
            return false;
        }
        for (std::uint32_t i = 0; i < it.slots.count; ++i) {
            const std::uint32_t at = slots[it.slots.begin + i];
            if (!context_.index(where_, "slot", at, program_.slots.size())) return false;
            const Slot& slot = program_.slots[at];
            const bool same = context_.base(slot.type) == context_.base(it.type);
            if (!require(slot.source == SlotSource::argument, "it fills what is no argument") ||
                !require(!it.declared || same, "it is declared as another type than it fills")) {
                return false;
            }
        }
        return true;
    }

    bool tool(const Tool& it) {
        if (!after_the_one_before(program_.tools) || !context_.stages(where_, it.stages) ||
            !require(it.tiers != 0 && it.tiers <= 0x0F,
                     "it may be of no tier, or of one that "
                     "is not") ||
            !context_.range(where_, "argument", it.arguments, program_.arguments.size()) ||
            !context_.range(where_, "plan grant", it.approve_grants, program_.plan_grants.size())) {
            return false;
        }
        for (unsigned stage = 0; stage < 5; ++stage) {
            const std::uint32_t plan = it.plans[stage];
            if (!context_.optional_index(where_, "plan", plan, program_.plans.size()) ||
                !require(plan != none || (it.stages >> stage & 1U) == 0,
                         "it has no plan for one of its stages")) {
                return false;
            }
        }
        return true;
    }

    bool open_arguments() {
        where_ = {"open arguments", none};
        return context_.range(where_, "argument", program_.open_arguments,
                              program_.arguments.size());
    }

    // ------------------------------------------------------------ duties and params

    bool obligation(const Obligation& it) {
        for (const model::Field& param : it.params) {
            if (!context_.type(where_, param.type)) return false;
        }
        return true;
    }

    bool param(const Param& it) {
        return context_.type(where_, it.type) &&
               context_.index(where_, "constant", it.value, program_.constants.size()) &&
               require(context_.base(it.type) == context_.constant_base(it.value),
                       "its value is not of its type");
    }

    Context& context_;
    const Program& program_;
    Where where_{};
};

}  // namespace

bool verify_catalogue(Context& context) {
    return CatalogueCheck(context).run();
}

}  // namespace proviso::bytecode
