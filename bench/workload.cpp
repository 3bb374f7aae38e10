#include "bench/workload.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <fmt/format.h>

namespace proviso::bench {

namespace {

constexpr std::string_view environments[] = {"dev", "staging", "production"};
constexpr std::string_view tiers[] = {"free", "silver", "gold"};
constexpr std::string_view regions[] = {"eu", "us", "apac", "other"};

std::string_view word(Environment value) {
    return environments[static_cast<int>(value)];
}
std::string_view word(CustomerTier value) {
    return tiers[static_cast<int>(value)];
}
std::string_view word(Region value) {
    return regions[static_cast<int>(value)];
}

std::string head(std::uint32_t tools) {
    std::string text = R"(policy bench version "1"

attributes {
    environment   : dev | staging | production
    customer.id   : string
    customer.tier : free < silver < gold
    region        : eu | us | apac | other
    risk          : decimal
    external      : bool
}

role lead { }
)";
    for (std::uint32_t i = 0; i < tools; ++i) {
        text += fmt::format(
            "tool {} {{ tags group{}\n    args {{ amount : money in USD, items : int }} }}\n",
            tool_name(i), i % 5);
    }
    return text;
}

}  // namespace

std::string tool_name(std::uint32_t tool) {
    return fmt::format("service{}.act", tool);
}

std::string base_policy(std::uint32_t tools) {
    std::string text = head(tools);
    text += R"(
allow not_production on * when environment != production
allow known_customers on * when customer.tier >= silver
allow small_amounts on * when args.amount <= 20 USD
notify large on *
    when args.amount > 500 USD
    tell lead within 24h
notify many on *
    when args.items > 50
    tell lead within 24h
gate risky on *
    when risk > 0.8 and environment == production
    by lead
gate outside on *
    when external and args.amount > 200 USD
    by lead
gate very_large on *
    when args.amount > 2_000 USD
    by lead
block far_and_free on * when region == other and customer.tier == free
block far_too_many on * when args.items > 90 and risk > 0.5
)";
    for (int group = 0; group < 5; ++group) {
        text += fmt::format(R"(notify group{0}_apac on @group{0}
    when region == apac and args.amount > {1} USD
    tell lead within 24h
block group{0}_cap on @group{0} when args.amount > {2} USD and customer.tier < gold
)",
                            group, 100 * (group + 1), 1000 * (group + 1));
    }
    return text;
}

std::string candidate_policy(std::uint32_t tools, std::uint64_t cap) {
    std::string text = base_policy(tools);
    constexpr std::string_view base = "args.amount > 2_000 USD\n    by lead";
    return text.replace(text.find(base), base.size(),
                        fmt::format("args.amount > {} USD\n    by lead", cap));
}

Outcome by_hand(const PlainCall& call) {
    Outcome outcome = Outcome::block;
    if (call.environment != Environment::production || call.tier >= CustomerTier::silver ||
        call.amount_cents <= 2'000) {
        outcome = Outcome::allow;
    }
    const auto tighten = [&](Outcome to) { outcome = std::max(outcome, to); };
    if (call.amount_cents > 50'000) tighten(Outcome::notify);
    if (call.items > 50) tighten(Outcome::notify);
    if (call.risk_percent > 80 && call.environment == Environment::production) {
        tighten(Outcome::gate);
    }
    if (call.external && call.amount_cents > 20'000) tighten(Outcome::gate);
    if (call.amount_cents > 200'000) tighten(Outcome::gate);
    if (call.region == Region::other && call.tier == CustomerTier::free) tighten(Outcome::block);
    if (call.items > 90 && call.risk_percent > 50) tighten(Outcome::block);
    const auto group = [&](std::int64_t notify_above, std::int64_t block_above) {
        if (call.region == Region::apac && call.amount_cents > notify_above) {
            tighten(Outcome::notify);
        }
        if (call.amount_cents > block_above && call.tier < CustomerTier::gold) {
            tighten(Outcome::block);
        }
    };
    switch (call.tool % 5) {
        case 0: group(10'000, 100'000); break;
        case 1: group(20'000, 200'000); break;
        case 2: group(30'000, 300'000); break;
        case 3: group(40'000, 400'000); break;
        case 4: group(50'000, 500'000); break;
    }
    return outcome;
}

std::string large_policy(std::uint32_t tools, std::uint32_t rules) {
    std::string text = base_policy(tools);
    for (std::uint32_t i = 0; i < rules; ++i) {
        text += fmt::format(
            "block customer_rule{} on {}\n    when customer.id == \"c-{}\" and args.amount > {} "
            "USD\n",
            i, tool_name(i % tools), i / tools, 100'000 + i % 100);
    }
    return text;
}

std::string customers_policy(std::uint32_t rules) {
    std::string text = base_policy(5);
    for (std::uint32_t i = 0; i < rules; ++i) {
        text += fmt::format("block customer_rule{} on {} when customer.id == \"customer-{}\"\n", i,
                            tool_name(0), i);
    }
    return text;
}

std::vector<PlainCall> make_calls(std::uint32_t tools, std::uint32_t count,
                                  std::uint32_t customers) {
    std::mt19937 random(20261121);
    const auto below = [&](std::uint32_t bound) {
        return static_cast<std::uint32_t>(random() % bound);
    };
    std::vector<PlainCall> calls(count);
    for (PlainCall& call : calls) {
        call.tool = below(tools);
        call.environment = static_cast<Environment>(below(3));
        call.tier = static_cast<CustomerTier>(below(3));
        call.region = static_cast<Region>(below(4));
        call.amount_cents = below(10) < 7 ? below(20'000) : below(600'000);
        call.risk_percent = below(101);
        call.items = below(100);
        call.customer = fmt::format("c-{}", below(customers));
        call.external = below(4) == 0;
    }
    return calls;
}

Call to_call(const PlainCall& call) {
    Call result(tool_name(call.tool));
    const auto cents = [](std::int64_t value) {
        return fmt::format("{}.{:02}", value / 100, value % 100);
    };
    result.principal("user-17")
        .attribute("environment", word(call.environment))
        .attribute("customer.id", call.customer)
        .attribute("customer.tier", word(call.tier))
        .attribute("region", word(call.region))
        .attribute("risk", Number{cents(call.risk_percent)})
        .attribute("external", call.external)
        .arg("amount", Number{cents(call.amount_cents)})
        .arg("items", call.items);
    return result;
}

std::string to_json_line(const PlainCall& call, std::uint64_t number) {
    return fmt::format(
        R"({{"id":"call-{0:08}","tool":"{1}","stage":"execute",)"
        R"("time":"2026-11-{2:02}T{3:02}:{4:02}:00Z",)"
        R"("principal":{{"id":"user-{5}","roles":["lead"]}},)"
        R"("agent":{{"id":"agent-7","model":"large-3","version":"2026-10-01"}},)"
        R"("workflow":{{"name":"support_triage","version":"4.2.0","run":"run-{0:012}"}},)"
        R"("environment":"{6}","attributes":{{"customer":{{"id":"{7}","tier":"{8}"}},)"
        R"("region":"{9}","risk":{10}.{11:02},"external":{12}}},)"
        R"("args":{{"amount":{13}.{14:02},"items":{15}}},"recorded":{{"outcome":"allow"}},)"
        R"("retrieval":{{"index":"kb-2026-10","documents":["refund-policy","shipping-times",)"
        R"("warranty-terms"],"summary":"{16}"}},)"
        R"("output":{{"status":"ok","record":"rec-{0:08}","message":"{16}"}}}})",
        number, tool_name(call.tool), number % 28 + 1, number % 24, number % 60, number % 997,
        word(call.environment), call.customer, word(call.tier), word(call.region),
        call.risk_percent / 100, call.risk_percent % 100, call.external, call.amount_cents / 100,
        call.amount_cents % 100, call.items,
        "The customer asked about an order that arrived late; the record was found and the amount "
        "was checked against what had been paid before anything was changed.");
}

PolicyPtr compiled(const std::string& text) {
    CompileResult result = compile_text(text, "bench.proviso");
    if (result.policy == nullptr) {
        std::fputs(result.text.c_str(), stderr);
        std::exit(2);
    }
    return result.policy;
}

}  // namespace proviso::bench
