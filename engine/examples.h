// Examples of a set, decided as calls are: each with an engine of its own, which has seen nothing.
#pragma once

#include <vector>

#include "engine/check/policy_set.h"
#include "grammar/diagnostic.h"
#include "proviso/engine.h"

namespace proviso::engine {

/// An example that gives something else is reported with what took part and what was not known. All
/// obligations of the set count as registered. `params` are those set at load: whoever reads of a
/// failure is told of them.
void decide_examples(const PolicyPtr& policy, const std::vector<check::Example>& examples,
                     const std::vector<std::pair<std::string, std::string>>& params,
                     grammar::DiagnosticSink& sink);

/// Of an engine that carries out whatever obligation the set declares.
[[nodiscard]] EngineOptions all_duties(const PolicyPtr& policy);

}  // namespace proviso::engine
