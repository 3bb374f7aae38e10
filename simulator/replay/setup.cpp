#include "simulator/replay/setup.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/observed.h"
#include "simulator/mapping/mapped_fields.h"
#include "simulator/mapping/mapping_places.h"

namespace proviso::simulator {
namespace {

std::vector<const Policy*> all_policies(const Options& options) {
    std::vector<const Policy*> all{options.policy.get()};
    if (options.baseline != nullptr) all.push_back(options.baseline.get());
    for (const SweepCandidate& one : options.sweep.candidates) all.push_back(one.policy.get());
    return all;
}

std::int64_t longest_period(const Options& options) {
    std::int64_t longest = 0;
    for (const Policy* one : all_policies(options)) {
        longest = std::max(longest, observed::longest_period_us(*one));
    }
    return longest;
}

bool words_without_adapter(const Mapping& mapping, const std::vector<std::string>& intent) {
    return !mapping.adapter && std::any_of(intent.begin(), intent.end(), has_place_word);
}

}  // namespace

bool remembers(const Options& options) {
    const std::vector<const Policy*> all = all_policies(options);
    return std::any_of(all.begin(), all.end(),
                       [](const Policy* one) { return observed::counts_calls(*one); });
}

SetupResult make_setup(const Options& options) {
    MappingResult read = options.mapping.empty() ? MappingResult{receipt_mapping(), {}}
                                                 : read_mapping(options.mapping);
    if (!read.mapping) return {nullptr, std::move(read.error)};
    std::vector<std::string> intent = add_places(*read.mapping, options.intent);
    if (intent.size() != options.intent.size() || words_without_adapter(*read.mapping, intent)) {
        return {nullptr, "an intent's place is none of a line that the mapping file takes apart"};
    }
    LayoutResult made = make_layout(*read.mapping);
    if (!made.layout) {
        return {nullptr, (options.mapping.empty() ? "" : options.mapping + ": ") + made.error};
    }
    auto setup = std::make_unique<Setup>(Setup{side_of(options.policy, options.amounts),
                                               {},
                                               std::move(*read.mapping),
                                               std::move(*made.layout),
                                               nullptr,
                                               options.engine.limits.call_bytes,
                                               options.samples,
                                               options.seed,
                                               options.cell_calls,
                                               std::move(intent),
                                               ShownArgs(*options.policy, options.show_args),
                                               !options.decisions.empty(),
                                               !options.changes.empty(),
                                               remembers(options),
                                               longest_period(options),
                                               options.engine,
                                               options.gate.has_value(),
                                               {}});
    setup->time = time_field(setup->mapping);
    if (options.baseline != nullptr) setup->baseline = side_of(options.baseline, options.amounts);
    if (options.gate) {
        const auto& calls = options.gate->calls;
        for (std::size_t i = 0; i < calls.size(); ++i) setup->pins.emplace(calls[i].id, i);
    }
    return {std::move(setup), {}};
}

}  // namespace proviso::simulator
