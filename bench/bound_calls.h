// Calls that are bound once and decided over and over.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/harness.h"
#include "bench/workload.h"
#include <proviso/proviso.h>

namespace proviso::bench {

struct BoundCalls {
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Session> session;
    std::vector<BoundCall> calls;
};

inline BoundCalls bound_calls(const std::string& policy, const std::vector<Call>& calls) {
    BoundCalls bound;
    bound.engine = std::make_unique<Engine>(compiled(policy));
    bound.session = std::make_unique<Session>(*bound.engine);
    for (const Call& call : calls) bound.calls.push_back(bound.session->bind(call));
    return bound;
}

inline void decide_all(BoundCalls& bound, int times = 1) {
    for (int i = 0; i < times; ++i) {
        for (BoundCall& call : bound.calls) keep(bound.session->decide(call).outcome);
    }
}

/// How many decisions are not the expected ones.
inline std::size_t differences(BoundCalls& bound, const std::vector<Outcome>& expected) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        count += bound.session->decide(bound.calls[i]).outcome != expected[i] ? 1 : 0;
    }
    return count;
}

}  // namespace proviso::bench
