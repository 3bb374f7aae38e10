#include "simulator/figures/figure_stream.h"

#include <algorithm>
#include <tuple>

#include "simulator/figures/figure_tally.h"
#include "simulator/history/digest.h"
#include "simulator/text/words.h"

namespace proviso::simulator {

void BlockedEvents::merge(const BlockedEvents& later) {
    calls += later.calls;
    for (const auto& [rule, count] : later.rules) rules[rule] += count;
}

BlockedEvents* BlockedIntents::find(std::string_view intent, std::string_view tool) {
    return find(spread(hash_text(tool)) + spread(hash_text(intent) + 1), intent, tool);
}

BlockedEvents* BlockedIntents::find(std::uint64_t hash, std::string_view intent,
                                    std::string_view tool) {
    const auto found = places_.find(hash);
    if (found != places_.end()) return &rows_[found->second];
    if (rows_.size() >= bound_) {
        ++beyond_;
        return nullptr;
    }
    places_.emplace(hash, rows_.size());
    BlockedEvents& row = rows_.emplace_back();
    row.hash = hash;
    row.intent = cut_text(intent, name_bytes);
    row.tool = cut_text(tool, name_bytes);
    return &row;
}

void BlockedIntents::join(const BlockedIntents& later, const CallPlacing& place) {
    for (const BlockedEvents& one : later.rows_) {
        BlockedEvents* const row = find(one.hash, one.intent, one.tool);
        if (row == nullptr) {
            beyond_ += one.calls - 1;  // `find` has counted one
            continue;
        }
        if (row->calls == 0) row->first = place(one.first.line);
        row->merge(one);
    }
    beyond_ += later.beyond_;
}

std::uint32_t FigureEvents::add_answers(const RecordedAnswers& told) {
    std::uint32_t added = 0;
    for (const RecordedAnswer& one : told.answers) {
        const bool timed = one.asked_us && one.at_us && *one.at_us >= *one.asked_us;
        if (!timed && !one.work_seconds) continue;
        answers.push_back({timed ? *one.asked_us : 0, timed ? *one.at_us : 0, one.person,
                           one.work_seconds.value_or(-1)});
        ++added;
    }
    return added;
}

void FigureEvents::join(const FigureEvents& block, const CallPlacing& place, std::size_t bound) {
    const std::size_t answers_before = answers.size();
    const std::size_t answers_kept = std::min(block.answers.size(), bound - answers_before);
    answers.insert(answers.end(), block.answers.begin(),
                   block.answers.begin() + static_cast<std::ptrdiff_t>(answers_kept));
    for (const RequestEvent& one : block.requests) {
        if (requests.size() >= bound) {
            ++requests_beyond;
            continue;
        }
        RequestEvent& kept = requests.emplace_back(one);
        kept.place = place(one.place.line);
        if (one.first_answer + one.answers > answers_kept) kept.answers = 0;
        kept.first_answer += static_cast<std::uint32_t>(answers_before);
    }
    blocked.join(block.blocked, place);
}

BlockedTable blocked_table(const BlockedIntents& blocked, const std::vector<std::string>& files,
                           const std::vector<std::string>& rule_names) {
    BlockedTable table;
    for (const BlockedEvents& row : blocked.rows()) {
        if (row.calls < 2) continue;
        BlockedIntent& one = table.intents.emplace_back();
        one.intent = row.intent;
        one.tool = row.tool;
        one.calls = row.calls;
        one.file = files[row.first.file];
        one.line = row.first.line;
        one.call = row.first.call;
        std::uint64_t most = 0;
        for (const auto& [rule, count] : row.rules) {
            if (count <= most) continue;
            most = count;
            one.rule = rule_names[rule];
        }
    }
    std::sort(table.intents.begin(), table.intents.end(),
              [](const BlockedIntent& a, const BlockedIntent& b) {
                  return std::tie(b.calls, a.intent, a.tool) < std::tie(a.calls, b.intent, b.tool);
              });
    if (table.intents.size() > blocked_shown) table.intents.resize(blocked_shown);
    table.beyond = blocked.beyond();
    return table;
}

}  // namespace proviso::simulator
