#include "simulator/recorded_answers.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/observed.h"
#include "simulator/digest.h"
#include "simulator/json_text.h"

namespace proviso::simulator {
namespace {

using Json = nlohmann::json;
using Captures = std::vector<std::string_view>;

constexpr std::int64_t longest_work = 10LL * 365 * 86'400;  // seconds; more is no work

/// Plain text with the mapping's words put in; none where the line has no value.
std::optional<std::string> word_of(const Taken& taken, const Captures& captures) {
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

std::string text_at(const Json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

RecordedAnswer answer_of(const Json& approval) {
    RecordedAnswer answer;
    answer.asked_us = observed::read_time(text_at(approval, "requested_at"), TimeForm::rfc3339);
    answer.at_us = observed::read_time(text_at(approval, "at"), TimeForm::rfc3339);
    if (const std::string by = text_at(approval, "by"); !by.empty()) answer.person = person_of(by);
    answer.work_seconds = seconds_of(text_at(approval, "seconds"));
    return answer;
}

void read_list(std::string_view raw, std::vector<RecordedAnswer>& answers) {
    const Json list = Json::parse(raw, nullptr, false);
    if (!list.is_array()) return;
    for (const Json& one : list) {
        if (answers.size() == most_answers) return;
        if (one.is_object()) answers.push_back(answer_of(one));
    }
}

void read_single(const Mapping& mapping, const Captures& captures, RecordedAnswers& into) {
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
        read_list(raw, into.answers);
    }
    if (into.answers.empty()) read_single(mapping, captures, into);
    into.escalated = escalated(mapping, captures);
}

}  // namespace proviso::simulator
