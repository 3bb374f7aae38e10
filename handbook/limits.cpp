// Caps over periods, and the counters that rules read.
#include "handbook/sections.h"
#include "handbook/wording.h"

namespace proviso::handbook {
namespace {

std::string_view name_of(check::CalendarUnit unit) {
    switch (unit) {
        case check::CalendarUnit::day: return "day";
        case check::CalendarUnit::week: return "week";
        case check::CalendarUnit::month: return "month";
        case check::CalendarUnit::quarter: return "quarter";
    }
    return {};
}

std::string period_words(const Book& book, const check::Period& period) {
    if (period.rolling) {
        return std::string(period.about ? "over about the last " : "over the last ") +
               duration_words(period.length_seconds);
    }
    std::string text = "within each calendar " + std::string(name_of(period.unit));
    if (period.zone < book.set->zones.size()) {
        text += " by the clocks of " + book.set->zones[period.zone].name;
    }
    return text;
}

template <class Statement>
Line measure_words(const Book& book, const ast::File& file, const Statement& statement,
                   const check::Measure& measure) {
    Line line;
    switch (measure.aggregate) {
        case check::Aggregate::count: line.say("Counts the calls"); break;
        case check::Aggregate::sum:
            line.say("Adds up ").code(as_written(book, file, statement.value));
            break;
        case check::Aggregate::distinct:
            line.say("Counts the different values of ")
                .code(as_written(book, file, statement.value));
            break;
    }
    line.say(" of ").append(target_words(book, measure.targets));
    line.say(" " + stage_words(measure.stages));
    std::vector<Line> keys;
    for (const std::string& key : as_written(book, file, statement.per)) {
        keys.push_back(Line().code(key));
    }
    if (!keys.empty()) line.say(", for each ").append(joined(keys)).say(" by itself");
    return line.say(", " + period_words(book, measure.period) + ".");
}

template <class Statement>
void add_where(const Book& book, const ast::File& file, const Statement& statement,
               std::vector<Line>& items) {
    if (statement.where == ast::no_expr) return;
    items.push_back(
        Line("Counts only where ").code(as_written(book, file, statement.where)).say("."));
}

Table steps_table(const Book& book, const check::Limit& limit, const Written<ast::Limit>& written) {
    Table table;
    table.label = "Steps of " + limit.name;
    table.head = {"Once the total, this call included, is", "the call is"};
    for (std::size_t i = 0; i < limit.steps.size(); ++i) {
        const check::LimitStep& step = limit.steps[i];
        Line cap(step.inclusive ? "at or over " : "over ");
        cap.code(as_written(book, *written.file, written.statement->steps[i].cap));
        table.rows.push_back({std::move(cap), outcome_words(book, step.outcome)});
    }
    return table;
}

void add_limit(Page& page, const Book& book, const check::Limit& limit) {
    const Written<ast::Limit>& written = book.limits.at(limit.name);
    const ast::Limit& statement = *written.statement;
    page.heading(3, anchor_of("limit", limit.name), limit.name);
    add_doc(page, limit.doc);
    page.paragraph(trial_words(limit.trial_until));
    std::vector<Line> items{measure_words(book, *written.file, statement, limit.measure)};
    add_where(book, *written.file, statement, items);
    if (statement.unless != ast::no_expr) {
        items.push_back(Line("Never holds up a call where ")
                            .code(as_written(book, *written.file, statement.unless))
                            .say(", which is counted all the same."));
    }
    add_ending(book, *written.file, statement, items);
    page.list(std::move(items));
    page.table(steps_table(book, limit, written));
}

void add_counters(Page& page, const Book& book) {
    if (book.set->counters.empty()) return;
    page.heading(2, "counters", "What is counted for conditions to read");
    for (const check::Counter& counter : book.set->counters) {
        const auto& [file, statement] = book.counters.at(counter.name);
        page.heading(3, anchor_of("counter", counter.name), counter.name);
        add_doc(page, counter.doc);
        std::vector<Line> items{measure_words(book, *file, *statement, counter.measure)};
        add_where(book, *file, *statement, items);
        page.list(std::move(items));
    }
}

}  // namespace

void add_limits(Page& page, const Book& book) {
    if (!book.set->limits.empty()) {
        page.heading(2, "limits", "Caps over time");
        page.paragraph(
            "A call that cannot be counted, because what is counted or by what is not known, is "
            "blocked.");
        for (const check::Limit& limit : book.set->limits) add_limit(page, book, limit);
    }
    add_counters(page, book);
}

}  // namespace proviso::handbook
