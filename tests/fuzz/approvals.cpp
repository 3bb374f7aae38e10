// Approvals that come with a call: the input is the JSON of the member `approvals`. Two people are
// needed, so whatever stands there, nothing opens without two of them in it; without an id, where
// keys are set, and of a call that is blocked, nothing opens at all.
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/remembering.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

/// Who approves in it, by another reader than the product's; the principal and the agent cannot.
std::set<std::string> people_of(std::string_view text) {
    std::set<std::string> people;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array()) return people;
    for (const auto& one : json) {
        if (!one.is_object() || one.value("plan", nlohmann::json()) != payment_plan()) continue;
        if (one.value("verdict", nlohmann::json()) != "approve") continue;
        const auto by = one.value("by", nlohmann::json());
        if (by.is_string() && by != "ann" && by != "bot") people.insert(by.get<std::string>());
    }
    return people;
}

/// Of a fresh engine, since a rejection is remembered.
std::string decided(const EngineOptions& options, const std::string& document, Verdict& verdict) {
    const Engine engine(remembering_policy(), options);
    Session session(engine);
    verdict = session.decide(Layout::native(), document);
    return said(session, verdict);
}

Outcome outcome_of(const EngineOptions& options, const std::string& document) {
    Verdict verdict;
    (void)decided(options, document, verdict);
    return verdict.outcome;
}

void hold_twice(const EngineOptions& options, const std::string& document) {
    Verdict verdict;
    const std::string text = decided(options, document, verdict);
    expect(decided(options, document, verdict) == text, "same inputs, same decision");
    const Engine engine(remembering_policy(), options);
    Session session(engine);
    (void)session.preview(Layout::native(), document);
    hold_explained(session);
}

void hold_approvals(std::string_view text) {
    const std::string more = ", \"approvals\": " + std::string(text);
    const EngineOptions plain{.duties = {}, .limits = small_limits()};
    EngineOptions keyed = plain;
    keyed.approver_keys.emplace();
    const Outcome outcome = outcome_of(plain, payment("c-1", 812, "x", more));
    hold_twice(plain, payment("c-1", 812, "x", more));
    expect(outcome >= Outcome::gate || people_of(text).size() >= 2,
           "a gate for two people opens for two people");
    expect(outcome_of(keyed, payment("c-1", 812, "x", more)) >= Outcome::gate,
           "what is not signed does not count where keys are set");
    expect(outcome_of(plain, payment("", 812, "x", more)) >= Outcome::gate,
           "a call without an id has no approvals");
    expect(outcome_of(plain, payment("c-1", 812, "far", more)) >= Outcome::gate,
           "an approval is of the plan that it names");
    expect(outcome_of(plain, payment("c-1", 20'000, "x", more)) == Outcome::block,
           "a block is final");
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_approvals(proviso::fuzz::text_of(data, size));
    return 0;
}
