// The policies and calls that the benches measure, from fixed seeds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <proviso/proviso.h>

namespace proviso::bench {

enum class Environment : std::uint8_t { dev, staging, production };
enum class CustomerTier : std::uint8_t { free, silver, gold };
enum class Region : std::uint8_t { eu, us, apac, other };

/// A call as a program of its own would have it: typed, everything known.
struct PlainCall {
    std::uint32_t tool = 0;
    Environment environment = Environment::dev;
    CustomerTier tier = CustomerTier::free;
    Region region = Region::eu;
    std::int64_t amount_cents = 0;
    std::int64_t risk_percent = 0;
    std::int64_t items = 0;
    std::string customer;
    bool external = false;
};

/// 20 rules over `tools` tools; ten of them on every tool, two on each fifth of the tools.
[[nodiscard]] std::string base_policy(std::uint32_t tools);
/// The same with another cap for gates, in USD; the base has 2,000.
[[nodiscard]] std::string candidate_policy(std::uint32_t tools, std::uint64_t cap);
/// The same policy written by hand; what `decide` must say.
[[nodiscard]] Outcome by_hand(const PlainCall& call);

/// `base_policy` and, spread over its tools, rules that each ask for one customer and an amount.
[[nodiscard]] std::string large_policy(std::uint32_t tools, std::uint32_t rules);
/// Rules on one tool that each ask `customer.id == "…"`.
[[nodiscard]] std::string customers_policy(std::uint32_t rules);

[[nodiscard]] std::vector<PlainCall> make_calls(std::uint32_t tools, std::uint32_t count,
                                                std::uint32_t customers);
[[nodiscard]] std::string tool_name(std::uint32_t tool);
[[nodiscard]] Call to_call(const PlainCall& call);
/// The receipt of a call, about 1 kB, as the simulator reads it.
[[nodiscard]] std::string to_json_line(const PlainCall& call, std::uint64_t number);

/// Compiles, or ends the program with the messages.
[[nodiscard]] PolicyPtr compiled(const std::string& text);

}  // namespace proviso::bench
