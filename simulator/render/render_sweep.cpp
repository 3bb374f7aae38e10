// A sweep for a terminal, and the texts that Markdown has as well.
#include "simulator/render/render_sweep.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "simulator/render/render.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t bar_columns = 16;
constexpr std::size_t sweep_currencies = 2;
constexpr std::size_t grid_values = 10;  // of the knob whose values stand side by side

/// "1,234.5"
std::string tenths(double number) {
    const auto rounded = static_cast<std::uint64_t>(std::llround(number * 10));
    return grouped(rounded / 10) + '.' + std::to_string(rounded % 10);
}

/// "-1,234.5": digits behind the point stay as they are.
std::string grouped_sum(const std::string& sum) {
    const std::size_t begin = sum.starts_with('-') ? 1 : 0;
    std::string text = sum;
    std::size_t at = std::min(sum.find('.'), sum.size());
    while (at > begin + 3) text.insert(at -= 3, ",");
    return text;
}

/// Approvals a week; all of them where the history is too short to say.
std::string approvals(const SweepReport& sweep, const SweepCounts& counts) {
    const std::uint64_t gates = counts.counts.of(Outcome::gate);
    const auto weekly = sweep.a_week(gates);
    return weekly ? tenths(*weekly) : grouped(gates);
}

std::string sum_of(const SweepCounts& counts, const std::string& currency) {
    for (const SweepMoney& money : counts.money) {
        if (money.currency == currency) return grouped_sum(money.sum);
    }
    return "0";
}

/// Those that most calls move.
std::vector<std::string> currencies_of(const SweepReport& sweep) {
    std::map<std::string, std::uint64_t> calls;
    for (const SweepRow& row : sweep.rows) {
        for (const SweepMoney& money : row.recorded.money) calls[money.currency] += money.calls;
    }
    std::vector<std::string> names;
    names.reserve(calls.size());
    for (const auto& [name, count] : calls) names.push_back(name);
    std::stable_sort(names.begin(), names.end(),
                     [&](const auto& a, const auto& b) { return calls[a] > calls[b]; });
    if (names.size() > sweep_currencies) names.resize(sweep_currencies);
    return names;
}

std::string alone_head(const std::string& currency) {
    return (currency.empty() ? "amount" : currency) + " alone";
}

std::string approvals_head(const SweepReport& sweep) {
    return sweep.a_week(0) ? "approvals/week" : "approvals";
}

bool is_closed(const SweepReport& sweep) {
    return !sweep.rows.empty() && sweep.rows[0].closed.has_value();
}

/// The lower bound and the higher one.
std::string closed_approvals(const SweepReport& sweep, const SweepRow& row) {
    const auto gates = [&](std::size_t way) { return (*row.closed)[way].counts.of(Outcome::gate); };
    const std::size_t lower = gates(0) <= gates(1) ? 0 : 1;
    std::string low = approvals(sweep, (*row.closed)[lower]);
    const std::string high = approvals(sweep, (*row.closed)[1 - lower]);
    return low == high ? low : low + " to " + high;
}

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t most_gates(const SweepReport& sweep) {
    std::uint64_t most = 0;
    for (const SweepRow& row : sweep.rows) {
        most = std::max(most, row.recorded.counts.of(Outcome::gate));
    }
    return most;
}

/// With a bar behind the approvals, or without.
Table rows_table(const Look& look, const SweepReport& sweep, bool bars) {
    const SweepTexts texts = sweep_texts(sweep);
    std::vector<std::string> heads = texts.heads;
    const auto bar_at = static_cast<std::ptrdiff_t>(sweep.knobs.size() + 1);
    std::vector<bool> left{true};
    if (bars) {
        heads.insert(heads.begin() + bar_at, "");
        left.resize(heads.size());
        left[static_cast<std::size_t>(bar_at)] = true;
    }
    Table table(heads, left);
    const std::uint64_t most = most_gates(sweep);
    for (std::size_t i = 0; i < sweep.rows.size(); ++i) {
        const SweepRow& row = sweep.rows[i];
        std::vector<Cell> cells;
        for (const std::string& text : texts.rows[i]) {
            cells.push_back({text, row.in_force ? Style::bold : Style::plain});
        }
        const double part = share(row.recorded.counts.of(Outcome::gate), most);
        if (bars) {
            cells.insert(cells.begin() + bar_at, {look.bar(part, bar_columns), Style::gate});
        }
        table.add(std::move(cells));
    }
    return table;
}

/// What a param is called and was set to comes before a picture of the approvals.
void print_rows(TextPage& page, const SweepReport& sweep) {
    const Table table = rows_table(page.look(), sweep, true);
    page.table(table.fits(page.look()) ? table : rows_table(page.look(), sweep, false));
}

template <class Text>
void print_grid(TextPage& page, const SweepReport& sweep, std::string_view title, Text text) {
    page.indented(title, 2);
    std::vector<std::string> heads{sweep.knobs[0].param + " \\ " + sweep.knobs[1].param};
    const std::vector<std::string>& across = sweep.knobs[1].values;
    heads.insert(heads.end(), across.begin(), across.end());
    Table table(heads);
    for (std::size_t i = 0; i < sweep.knobs[0].values.size(); ++i) {
        std::vector<Cell> cells{{sweep.knobs[0].values[i], Style::plain}};
        for (std::size_t j = 0; j < across.size(); ++j) {
            const SweepRow& row = sweep.rows[i * across.size() + j];
            cells.push_back({text(row), row.in_force ? Style::bold : Style::plain});
        }
        table.add(std::move(cells));
    }
    page.table(table);
}

void print_grids(TextPage& page, const SweepReport& sweep) {
    print_grid(page, sweep, approvals_head(sweep),
               [&](const SweepRow& row) { return approvals(sweep, row.recorded); });
    for (const std::string& currency : currencies_of(sweep)) {
        print_grid(page, sweep, alone_head(currency) + ": allowed or notified",
                   [&](const SweepRow& row) { return sum_of(row.recorded, currency); });
    }
    if (sweep.rejected == 0) return;
    print_grid(page, sweep, "caught, of " + grouped(sweep.rejected) + " calls that people rejected",
               [&](const SweepRow& row) { return grouped(row.recorded.caught()); });
}

}  // namespace

std::string sweep_title(const SweepReport& sweep) {
    std::string text = "Sweep of ";
    for (std::size_t i = 0; i < sweep.knobs.size(); ++i) {
        const SweepKnob& knob = sweep.knobs[i];
        text += (i == 0 ? "" : " and ") + knob.param + " (now " + knob.in_force + ")";
    }
    return text + ", " + counted(sweep.rows.size(), "candidate", "candidates");
}

std::vector<std::string> sweep_notes(const SweepReport& sweep) {
    std::vector<std::string> notes{
        "approvals: gated calls; alone: what moves without a person, allowed or notified"};
    if (sweep.rejected > 0) {
        notes.push_back("caught: held or blocked, of " + counted(sweep.rejected, "call", "calls") +
                        " that people rejected");
    } else {
        notes.emplace_back(
            "the history names no call that people rejected: nothing is told of what is caught");
    }
    notes.push_back(std::string("tighter, looser: against ") +
                    (sweep.against_baseline ? "the baseline" : "the policy as it is"));
    if (is_closed(sweep)) {
        notes.emplace_back(
            "closed loop: where what the policy lets through counts; all else as recorded");
    }
    if (!sweep.a_week(0)) {
        notes.emplace_back("the history is shorter than a day: approvals are all of its gates");
    }
    if (sweep.untimed > 0) {
        notes.push_back(counted(sweep.untimed, "call", "calls") +
                        " without a time, counted all the same");
    }
    return notes;
}

SweepTexts sweep_texts(const SweepReport& sweep) {
    SweepTexts texts;
    const std::vector<std::string> currencies = currencies_of(sweep);
    for (const SweepKnob& knob : sweep.knobs) texts.heads.push_back(knob.param);
    texts.heads.push_back(approvals_head(sweep));
    if (is_closed(sweep)) texts.heads.emplace_back("closed loop");
    for (const std::string& currency : currencies) texts.heads.push_back(alone_head(currency));
    if (sweep.rejected > 0) texts.heads.emplace_back("caught");
    texts.heads.insert(texts.heads.end(), {"blocked", "tighter", "looser"});
    for (const SweepRow& row : sweep.rows) {
        std::vector<std::string>& cells = texts.rows.emplace_back(row.values);
        if (row.in_force) cells.back() += " *";
        cells.push_back(approvals(sweep, row.recorded));
        if (row.closed) cells.push_back(closed_approvals(sweep, row));
        for (const std::string& currency : currencies) {
            cells.push_back(sum_of(row.recorded, currency));
        }
        if (sweep.rejected > 0) cells.push_back(grouped(row.recorded.caught()));
        cells.push_back(grouped(row.recorded.counts.of(Outcome::block)));
        cells.push_back(grouped(row.recorded.tighter));
        cells.push_back(grouped(row.recorded.looser));
    }
    return texts;
}

void print_sweep(TextPage& page, const SweepReport& sweep) {
    page.heading(sweep_title(sweep));
    const bool grid = sweep.knobs.size() == 2 && sweep.knobs[1].values.size() <= grid_values;
    if (grid)
        print_grids(page, sweep);
    else
        print_rows(page, sweep);
    const bool shown = std::any_of(sweep.rows.begin(), sweep.rows.end(),
                                   [](const SweepRow& row) { return row.in_force; });
    if (shown && !grid) page.indented("* as it is now", 2, Style::dim);
    for (const std::string& note : sweep_notes(sweep)) page.indented(note, 2, Style::dim);
}

}  // namespace proviso::simulator
