// The comparison and the ledger of facts as JSON.
// Covered by tests/unit/simulator/render/render_json_test.cpp and tests/cli/simulate_test.py.

#include "simulator/render/render_json.h"

namespace proviso::simulator {
namespace {

Json missing_of(const std::vector<Missing>& missing) {
    Json list = Json::array();
    for (const Missing& one : missing) list.push_back({{"name", one.name}, {"cause", one.cause}});
    return list;
}

template <typename Number>
Json by_class(const std::array<Number, class_count>& numbers) {
    Json json = Json::object();
    for (std::size_t i = 0; i < class_count; ++i) json[std::string{class_name(i)}] = numbers[i];
    return json;
}

template <typename Number>
Json table_json(const std::array<std::array<Number, class_count>, class_count>& numbers) {
    Json table = Json::object();
    for (std::size_t i = 0; i < class_count; ++i) {
        table[std::string{class_name(i)}] = by_class(numbers[i]);
    }
    return table;
}

Json intents_json(const IntentTable& intents) {
    return {{"key", intents.key},         {"intents", intents.intents},
            {"unkeyed", intents.unkeyed}, {"exact", intents.one_in == 1},
            {"one_in", intents.one_in},   {"baseline_to_policy", table_json(intents.table)}};
}

Json money_json(const Comparison& made) {
    Json amounts = Json::array();
    for (const AmountRow& row : made.amounts) {
        amounts.push_back({{"tool", row.tool},
                           {"argument", row.argument},
                           {"others", row.others},
                           {"calls", row.calls},
                           {"without", row.without}});
    }
    Json currencies = Json::array();
    for (const MoneyTable& table : made.money) {
        currencies.push_back({{"currency", table.currency},
                              {"newly_allowed", table.newly_allowed},
                              {"newly_allowed_calls", table.newly_allowed_calls},
                              {"calls", table_json(table.calls)},
                              {"baseline_to_policy", table_json(table.sums)}});
    }
    return {{"amounts", std::move(amounts)}, {"currencies", std::move(currencies)}};
}

Json fact_counts(const FactCounts& counts) {
    return {{"reads", counts.reads}, {"absent", counts.absent}, {"decisive", counts.decisive}};
}

/// What `after` says of the call is not said again.
Json before_json(const Sample& sample) {
    Json before = sample_json(sample);
    for (const char* of_the_call : {"file", "line", "id", "tool", "args"}) {
        before.erase(of_the_call);
    }
    return before;
}

Json changed_calls_of(const std::vector<ChangedCall>& calls) {
    Json list = Json::array();
    for (const ChangedCall& call : calls) {
        Json one{{"chosen", call.chosen}};
        if (!call.amount.empty()) one["amount"] = call.amount;
        one["before"] = before_json(call.before);
        one["after"] = sample_json(call.after);
        list.push_back(std::move(one));
    }
    return list;
}

Json cell_of(const std::vector<ChangedCall>& calls, bool has_before) {
    Json list = Json::array();
    for (const ChangedCall& call : calls) {
        Json one{{"after", sample_json(call.after)}};
        if (!call.amount.empty()) one["amount"] = call.amount;
        if (has_before) one["before"] = before_json(call.before);
        list.push_back(std::move(one));
    }
    return list;
}

Json change_rules_of(const Comparison& made) {
    Json list = Json::array();
    for (const ChangeRow& row : made.rules) {
        list.push_back({{"change", name(row.change)}, {"rule", row.rule}, {"calls", row.calls}});
    }
    return list;
}

Json changed_rules_json(const Comparison& made) {
    Json list = Json::array();
    for (const ChangedRule& one : made.changed_rules) {
        list.push_back({{"rule", one.rule},
                        {"kind", one.kind},
                        {"difference", name(one.difference)},
                        {"through", one.through},
                        {"file", one.file},
                        {"line", one.line},
                        {"policy_hits", one.policy_hits},
                        {"baseline_hits", one.baseline_hits},
                        {"counted", one.is_counted},
                        {"reached", one.is_reached()}});
    }
    return list;
}

Json changed_statements_json(const Comparison& made) {
    Json list = Json::array();
    for (const StatementChange& one : made.changed_statements) {
        Json row{{"statement", one.what},
                 {"difference", name(one.difference)},
                 {"file", one.file},
                 {"line", one.line}};
        if (one.what.starts_with("bind ")) {
            row["people_added"] = one.people_added;
            row["people_removed"] = one.people_removed;
        }
        list.push_back(std::move(row));
    }
    return list;
}

}  // namespace

Json sample_json(const Sample& sample) {
    Json rules = Json::array();
    for (const SampleRule& rule : sample.rules) {
        rules.push_back({{"name", rule.name}, {"because", rule.because}, {"sure", rule.sure}});
    }
    Json made{{"file", sample.file}, {"line", sample.line}};
    if (sample.call > 0) made["call"] = sample.call;
    const Json rest{{"id", sample.id},
                    {"tool", sample.tool},
                    {"args", sample.args},
                    {"outcome", name(sample.outcome)},
                    {"reason", name(sample.reason)},
                    {"unknown", sample.unknown},
                    {"rules", std::move(rules)},
                    {"detail", sample.detail},
                    {"missing", missing_of(sample.missing)}};
    made.update(rest);
    return made;
}

Json params_json(const std::vector<ParamChange>& params) {
    Json rows = Json::array();
    for (const ParamChange& one : params) {
        rows.push_back({{"name", one.param}, {"baseline", one.before}, {"policy", one.after}});
    }
    return rows;
}

Json comparison_json(const Comparison& made) {
    Json json{{"baseline",
               {{"name", made.baseline_name},
                {"version", made.baseline_version},
                {"hash", made.baseline_hash}}},
              {"params", params_json(made.params)},
              {"changed_rules", changed_rules_json(made)},
              {"changed_statements", changed_statements_json(made)},
              {"fidelity", {{"recorded", made.recorded}, {"as_recorded", made.as_recorded}}},
              {"same", made.of(Change::none)},
              {"tighter", made.of(Change::tighter)},
              {"looser", made.of(Change::looser)},
              {"newly_allowed", made.newly_allowed},
              {"newly_blocked", made.newly_blocked},
              {"baseline_to_policy", table_json(made.table)},
              {"intents", intents_json(made.intents)},
              {"money", money_json(made)},
              {"rules", change_rules_of(made)},
              {"seed", made.seed}};
    for (const Change change : {Change::tighter, Change::looser}) {
        const auto& calls = made.samples[static_cast<std::size_t>(change)];
        json["samples"][std::string{name(change)}] = changed_calls_of(calls);
    }
    return json;
}

Json memory_json(const MemoryReplay& memory, bool compares) {
    Json modes = Json::object();
    for (std::size_t i = 0; i < memory_ways; ++i) {
        const MemoryMode& mode = memory.modes[i];
        Json one{{"outcomes", counts_json(mode.policy)}};
        if (compares) {
            one["baseline"] = counts_json(mode.baseline);
            one["same"] = mode.of(Change::none);
            one["tighter"] = mode.of(Change::tighter);
            one["looser"] = mode.of(Change::looser);
            one["newly_allowed"] = mode.newly_allowed;
            one["newly_blocked"] = mode.newly_blocked;
            one["baseline_to_policy"] = table_json(mode.table);
        }
        modes[std::string{name(static_cast<MemoryWay>(i))}] = std::move(one);
    }
    Json json{{"modes", std::move(modes)},
              {"ran", memory.ran},
              {"not_run", memory.not_run},
              {"untold", memory.untold},
              {"untimed", memory.untimed},
              {"answered", memory.answered},
              {"unanswered", memory.unanswered},
              {"path_dependent", memory.path_dependent},
              {"longest_seconds", memory.longest_seconds},
              {"warm_up_until", memory.warm_up_until},
              {"warm_up_calls", memory.warm_up_calls}};
    if (compares) {
        json["baseline_path_dependent"] = memory.baseline_path_dependent;
        json["warm_up_changes"] = memory.warm_up_changes;
    }
    return json;
}

Json cell_calls_json(const Report& report) {
    Json json = Json::object();
    for (std::size_t i = 0; i < class_count; ++i) {
        for (std::size_t j = 0; j < class_count; ++j) {
            const auto& calls = report.cells[i][j];
            if (calls.empty()) continue;
            json[std::string{class_name(i)}][std::string{class_name(j)}] =
                cell_of(calls, report.comparison.has_value());
        }
    }
    return json;
}

Json facts_json(const std::vector<FactRow>& facts) {
    Json list = Json::array();
    for (const FactRow& fact : facts) {
        Json row{{"name", fact.name}};
        row.update(fact_counts(fact.counts));
        row["tools"] = Json::array();
        for (const auto& [tool, counts] : fact.tools) {
            Json one{{"tool", tool}};
            one.update(fact_counts(counts));
            row["tools"].push_back(std::move(one));
        }
        list.push_back(std::move(row));
    }
    return list;
}

Json unread_json(const UnreadReport& unread) {
    Json members = Json::array();
    for (const UnreadRow& row : unread.members) {
        Json one{{"name", row.name}, {"near", row.near}, {"calls", row.calls}};
        one["tools"] = Json::array();
        for (const auto& [tool, calls] : row.tools) {
            one["tools"].push_back({{"tool", tool}, {"calls", calls}});
        }
        members.push_back(std::move(one));
    }
    return {{"looked_at", unread.looked_at}, {"beyond", unread.beyond}, {"members", members}};
}

}  // namespace proviso::simulator
