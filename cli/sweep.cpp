// Covered by tests/cli/sweep_test.py.
#include "cli/sweep.h"

#include <utility>

#include <fmt/format.h>

#include "simulator/replay/sweep_plan.h"

namespace proviso::cli {
namespace {

std::string values_text(const std::vector<simulator::SweepKnob>& knobs,
                        const std::vector<std::string>& values) {
    std::string text;
    for (std::size_t i = 0; i < knobs.size(); ++i) {
        text += fmt::format("{}{} = {}", i == 0 ? "" : ", ", knobs[i].param, values[i]);
    }
    return text;
}

/// The params of the policy, but for those that the candidate has values for.
PolicyOptions with_values(PolicyOptions options, const std::vector<simulator::SweepKnob>& knobs,
                          const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < knobs.size(); ++i) {
        std::erase_if(options.params, [&](const std::string& param) {
            return param.starts_with(knobs[i].param + '=');
        });
        options.params.push_back(knobs[i].param + '=' + values[i]);
    }
    return options;
}

PolicyPtr candidate(Context& context, const PolicyOptions& options, const std::string& values) {
    const CompileResult result = compile_or_load(options);
    if (result.policy != nullptr) return result.policy;
    context.err.write(context.err.colour() ? result.coloured_text : result.text);
    throw Failure{ExitCode::invalid_policy,
                  fmt::format("the policy `{}` does not compile with {}", options.path, values),
                  {}};
}

}  // namespace

simulator::SweepOptions sweep_options(Context& context, const PolicyOptions& options,
                                      const PolicyPtr& policy,
                                      const std::vector<std::string>& texts) {
    simulator::SweepOptions sweep;
    if (texts.empty()) return sweep;
    if (is_compiled(options.path)) {
        fail(fmt::format("the params of the compiled set `{}` are fixed", options.path),
             "sweep the rule files that it was made of");
    }
    simulator::SweepPlan plan = simulator::plan_sweep(*policy, texts);
    if (!plan.error.empty()) fail(plan.error, plan.help);
    for (std::vector<std::string>& values : plan.candidates) {
        PolicyPtr made = candidate(context, with_values(options, plan.knobs, values),
                                   values_text(plan.knobs, values));
        sweep.candidates.push_back({std::move(made), std::move(values)});
    }
    sweep.knobs = std::move(plan.knobs);
    return sweep;
}

}  // namespace proviso::cli
