#include "simulator/mapping/recorded_answers.h"

#include <algorithm>

#include <simdjson.h>

#include "engine/observed.h"
#include "simulator/history/digest.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

using Captures = std::vector<std::string_view>;

constexpr std::int64_t longest_work = 10LL * 365 * 86'400;  // seconds; more is no work

/// Plain text with the mapping's words put in; none where the line has no value.
std::optional<std::string> word_of(const Taken& taken, const Captures& captures) {
    if (!taken.used()) return std::nullopt;
    const std::string_view raw = taken.raw(captures);
    if (raw.empty()) return std::nullopt;
    std::string scratch;
    return std::string{translated(taken.words, plain_text(raw, scratch))};
}

std::optional<std::int64_t> time_of(const Taken& taken, const Captures& captures) {
    const auto word = word_of(taken, captures);
    return word ? observed::read_time(*word, taken.time_form) : std::nullopt;
}

/// Whole seconds; a fraction counts as a whole one.
std::optional<std::int64_t> seconds_of(std::string_view text) {
    const auto us = observed::read_time(text, TimeForm::unix_seconds);
    if (!us || *us < 0) return std::nullopt;
    const std::int64_t seconds = (*us + 999'999) / 1'000'000;
    return seconds <= longest_work ? std::optional(seconds) : std::nullopt;
}

std::uint64_t person_of(std::string_view id) {
    return std::max<std::uint64_t>(spread(hash_text(id)), 1);
}

/// A member of one answer; `text` is what it says, without quotes.
void add_member(RecordedAnswer& answer, std::string_view name, std::string_view text) {
    if (name == "requested_at") answer.asked_us = observed::read_time(text, TimeForm::rfc3339);
    if (name == "at") answer.at_us = observed::read_time(text, TimeForm::rfc3339);
    if (name == "by" && !text.empty()) answer.person = person_of(text);
    if (name == "seconds") answer.work_seconds = seconds_of(text);
}

/// False where it is no JSON.
bool read_answer(simdjson::ondemand::object object, RecordedAnswer& answer) {
    for (auto member : object) {
        std::string_view name;
        simdjson::ondemand::value value;
        if (member.unescaped_key().get(name) != simdjson::SUCCESS) return false;
        if (member.value().get(value) != simdjson::SUCCESS) return false;
        std::string_view text;
        if (value.get_string().get(text) != simdjson::SUCCESS)
            text = trimmed(value.raw_json_token());
        if (text != "null") add_member(answer, name, text);
    }
    return true;
}

/// False where it is no list, or no JSON.
bool read_list(std::string_view raw, std::vector<RecordedAnswer>& answers) {
    simdjson::ondemand::parser parser;
    const simdjson::padded_string text(raw);
    simdjson::ondemand::document document;
    simdjson::ondemand::array list;
    if (parser.iterate(text).get(document) != simdjson::SUCCESS) return false;
    if (document.get_array().get(list) != simdjson::SUCCESS) return false;
    for (auto one : list) {
        if (one.error() != simdjson::SUCCESS) return false;
        if (answers.size() == most_answers) return true;
        simdjson::ondemand::object object;
        if (one.get_object().get(object) != simdjson::SUCCESS) continue;
        if (!read_answer(object, answers.emplace_back())) return false;
    }
    return true;
}

void read_single(const Mapping& mapping, const Captures& captures, RecordedAnswers& into) {
    if (!mapping.decided.used() && !mapping.work.used()) return;
    RecordedAnswer answer;
    answer.asked_us = time_of(mapping.asked, captures);
    answer.at_us = time_of(mapping.decided, captures);
    const auto by = word_of(mapping.by, captures);
    if (by && !by->empty()) answer.person = person_of(*by);
    if (const auto work = word_of(mapping.work, captures)) answer.work_seconds = seconds_of(*work);
    if (answer.at_us || answer.work_seconds) into.answers.push_back(answer);
}

/// `true`, or the name of whoever it went to.
std::optional<bool> escalated(const Mapping& mapping, const Captures& captures) {
    const auto told = word_of(mapping.escalated, captures);
    if (told) return !told->empty() && *told != "false" && *told != "no";
    const auto whom = word_of(mapping.escalated_to, captures);
    if (whom && !whom->empty()) return true;
    return std::nullopt;
}

}  // namespace

std::optional<RecordedAnswers::Span> RecordedAnswers::span() const {
    std::optional<Span> whole;
    for (const RecordedAnswer& one : answers) {
        if (!one.asked_us || !one.at_us) return std::nullopt;
        if (!whole) {
            whole = Span{*one.asked_us, *one.at_us};
        } else {
            whole->asked_us = std::min(whole->asked_us, *one.asked_us);
            whole->at_us = std::max(whole->at_us, *one.at_us);
        }
    }
    return whole;
}

void read_answers(const Mapping& mapping, const Captures& captures, RecordedAnswers& into) {
    into.answers.clear();
    if (const std::string_view raw = mapping.approvals.raw(captures); !raw.empty()) {
        // All or nothing: of a list that is no JSON no answer is told.
        if (!read_list(raw, into.answers)) into.answers.clear();
    }
    if (into.answers.empty()) read_single(mapping, captures, into);
    into.escalated = escalated(mapping, captures);
}

}  // namespace proviso::simulator
