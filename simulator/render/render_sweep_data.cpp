// A sweep for programs: JSON (docs/simulate.schema.json) and comma-separated values.
#include <set>

#include "simulator/render/render.h"
#include "simulator/render/render_sweep.h"
#include "simulator/text/csv_text.h"

namespace proviso::simulator {
namespace {

constexpr std::string_view closed_names[] = {"closed_approved", "closed_rejected"};

Json alone_json(const std::vector<SweepMoney>& list) {
    Json all = Json::array();
    for (const SweepMoney& money : list) {
        all.push_back({{"currency", money.currency}, {"sum", money.sum}, {"calls", money.calls}});
    }
    return all;
}

Json weekly(const SweepReport& sweep, const SweepCounts& counts) {
    const auto found = sweep.a_week(counts.counts.of(Outcome::gate));
    return found ? Json(*found) : Json(nullptr);
}

Json counts_of_way(const SweepReport& sweep, const SweepCounts& counts) {
    return {{"outcomes", counts_json(counts.counts)},
            {"approvals_per_week", weekly(sweep, counts)},
            {"alone", alone_json(counts.money)},
            {"rejected", {{"caught", counts.caught()}, {"missed", counts.missed()}}}};
}

Json row_json(const SweepReport& sweep, const SweepRow& row) {
    Json json{{"values", row.values}, {"hash", row.hash}, {"in_force", row.in_force}};
    json.update(counts_of_way(sweep, row.recorded));
    json["tighter"] = row.recorded.tighter;
    json["looser"] = row.recorded.looser;
    json["newly_allowed"] = row.recorded.newly_allowed;
    json["newly_blocked"] = row.recorded.newly_blocked;
    for (std::size_t way = 0; row.closed && way < 2; ++way) {
        json[std::string{closed_names[way]}] = counts_of_way(sweep, (*row.closed)[way]);
    }
    return json;
}

std::string sum_in(const std::vector<SweepMoney>& list, const std::string& currency) {
    for (const SweepMoney& money : list) {
        if (money.currency == currency) return money.sum;
    }
    return "0";
}

std::set<std::string> all_currencies(const SweepReport& sweep) {
    std::set<std::string> names;
    for (const SweepRow& row : sweep.rows) {
        for (const SweepMoney& money : row.recorded.money) names.insert(money.currency);
    }
    return names;
}

std::string csv_head(const SweepReport& sweep, const std::set<std::string>& currencies) {
    std::string out;
    for (const SweepKnob& knob : sweep.knobs) out += csv_text(knob.param) + ',';
    out += "in_force,allow,notify,gate,block,unknown,approvals_per_week";
    for (const std::string& currency : currencies) {
        out += ',' + csv_text("alone_" + (currency.empty() ? "amount" : currency));
    }
    return out + ",caught,missed,tighter,looser,newly_allowed,newly_blocked,hash\r\n";
}

std::string csv_row(const SweepReport& sweep, const SweepRow& row,
                    const std::set<std::string>& currencies) {
    const SweepCounts& counts = row.recorded;
    std::string out;
    for (const std::string& value : row.values) out += csv_text(value) + ',';
    out += row.in_force ? "true" : "false";
    for (const Outcome outcome : every_outcome) {
        out += ',' + std::to_string(counts.counts.of(outcome));
    }
    out += ',' + std::to_string(counts.counts.unknown_calls()) + ',';
    if (const Json week = weekly(sweep, counts); !week.is_null()) out += week.dump();
    for (const std::string& currency : currencies) out += ',' + sum_in(counts.money, currency);
    for (const std::uint64_t number : {counts.caught(), counts.missed(), counts.tighter,
                                       counts.looser, counts.newly_allowed, counts.newly_blocked}) {
        out += ',' + std::to_string(number);
    }
    return out + ',' + row.hash + "\r\n";
}

}  // namespace

Json sweep_json(const SweepReport& sweep) {
    Json knobs = Json::array();
    for (const SweepKnob& knob : sweep.knobs) {
        knobs.push_back(
            {{"param", knob.param}, {"in_force", knob.in_force}, {"values", knob.values}});
    }
    Json rows = Json::array();
    for (const SweepRow& row : sweep.rows) rows.push_back(row_json(sweep, row));
    return {
        {"knobs", std::move(knobs)},  {"against", sweep.against_baseline ? "baseline" : "policy"},
        {"seconds", sweep.seconds},   {"untimed", sweep.untimed},
        {"rejected", sweep.rejected}, {"rows", std::move(rows)}};
}

std::string to_csv(const SweepReport& sweep) {
    const std::set<std::string> currencies = all_currencies(sweep);
    std::string out = csv_head(sweep, currencies);
    for (const SweepRow& row : sweep.rows) out += csv_row(sweep, row, currencies);
    return out;
}

}  // namespace proviso::simulator
