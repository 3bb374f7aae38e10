// Covered by tests/cli/doubts_test.py.
#include "simulator/render/doubts.h"

#include <algorithm>

#include "simulator/text/text_table.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t fields_told = 8;
constexpr std::size_t value_bytes = 40;

std::string place_of(const CallAt& at) {
    return place_text(shown_file(at.file), at.line, at.call);
}

/// Of calls with an id that an earlier one has.
std::string repeats_words(std::uint64_t calls, const RepeatedIds& repeated) {
    const std::string about = repeated.one_in == 1 ? "" : "about ";
    return about + counted(calls, "call has", "calls have") + " the id of an earlier call";
}

void add_repeated_ids(std::vector<std::string>& told, const RepeatedIds& repeated) {
    if (repeated.calls == 0) return;
    const std::uint64_t others = repeated.calls - repeated.same;
    const std::string example = "; for example " + repeated.id + ", at " +
                                place_of(repeated.first) + " and " + place_of(repeated.again);
    const std::string sampled =
        repeated.one_in == 1 ? "" : "; reckoned from one in " + grouped(repeated.one_in) + " ids";
    const std::string same = repeats_words(repeated.same, repeated) +
                             " and its tool, stage and time: they are told again, and count twice";
    const std::string other = repeats_words(others, repeated) +
                              " of another tool, stage or time: they were tried again, or ids are "
                              "not unique";
    if (repeated.same > 0) told.push_back(same + example + sampled);
    if (others > 0) told.push_back(other + (repeated.same > 0 ? "" : example) + sampled);
}

void add_times(std::vector<std::string>& told, const OddTimes& times) {
    if (times.calls() == 0) return;
    std::string counts;
    const auto add = [&](std::uint64_t calls, std::string_view what) {
        if (calls == 0) return;
        counts += (counts.empty() ? "" : ", ") + counted(calls, "call has", "calls have") +
                  " a time " + std::string{what};
    };
    add(times.early, "before 2000");
    add(times.late, "after 2099");
    add(times.unreadable, "that cannot be read");
    const bool is_number = times.form.starts_with("unix");
    std::string help;
    if (times.read_as.empty() && times.form.empty()) {
        help = "; a time has a date, a time of day and a zone: 2026-11-20T15:04:05Z";
    } else if (!times.form.empty()) {
        help = "; " + std::string{is_number ? "such numbers are" : "such a text is"} +
               " `time: " + times.form + "` in a mapping file (--map)";
    }
    told.push_back(counts + "; the first is " + cut_text(times.value, value_bytes) + " of `" +
                   times.place + "` at " + place_of(times.first) +
                   (times.read_as.empty() ? "" : ", read as " + times.read_as) + help);
}

/// "`call.time` (/tss)", the first of them.
std::string fields_words(const std::vector<MappedField>& fields, const auto& note_of) {
    std::string text;
    for (std::size_t i = 0; i < std::min(fields.size(), fields_told); ++i) {
        text += (i == 0 ? "" : ", ") + ('`' + fields[i].field + '`') + note_of(fields[i].note);
    }
    if (fields.size() > fields_told) {
        text += " and " + grouped(fields.size() - fields_told) + " more";
    }
    return text;
}

void add_mapping(std::vector<std::string>& told, const MappingDoubts& mapping) {
    if (!mapping.nowhere.empty()) {
        const std::string calls = mapping.looked_at == 0 ? "any line"
                                  : mapping.looked_at == 1
                                      ? "the one call"
                                      : "any of " + grouped(mapping.looked_at) + " calls";
        told.push_back("nothing stands in " + calls + " where the mapping looks for " +
                       fields_words(mapping.nowhere,
                                    [](const std::string& place) { return " (" + place + ')'; }));
    }
    if (!mapping.unknown.empty()) {
        told.push_back("the policy declares nothing that the mapping calls " +
                       fields_words(mapping.unknown, [](const std::string& near) {
                           return near.empty() ? "" : " (did you mean `" + near + "`?)";
                       }));
    }
}

}  // namespace

std::vector<std::string> doubts_of(const Report& report) {
    std::vector<std::string> told;
    add_repeated_ids(told, report.doubts.repeated_ids);
    add_times(told, report.doubts.times);
    add_mapping(told, report.doubts.mapping);
    return told;
}

void print_doubts(TextPage& page, const Report& report) {
    const std::vector<std::string> told = doubts_of(report);
    if (told.empty()) return;
    page.heading(doubts_title);
    for (const std::string& one : told) page.sentence(one, 2, Style::gate);
}

}  // namespace proviso::simulator
