#include "simulator/figures/figure_stream.h"

#include <catch2/catch.hpp>

namespace proviso::simulator {
namespace {

FigureEvents block_of(std::int64_t time, std::size_t requests) {
    FigureEvents block;
    for (std::size_t i = 0; i < requests; ++i) {
        RecordedAnswers told;
        told.answers.push_back({time, time + 5, 1, std::nullopt});
        const auto first = static_cast<std::uint32_t>(block.answers.size());
        const std::uint32_t answers = block.add_answers(told);
        block.requests.push_back({time, 9, {0, i, 0}, {}, first, answers});
    }
    return block;
}

CallPlacing behind(std::uint64_t lines, std::uint32_t file = 0) {
    return [=](std::uint64_t line) { return CallPlace{file, lines + line + 1, 0}; };
}

TEST_CASE("requests keep their places and answers when blocks are joined") {
    FigureEvents all;
    all.join(block_of(10, 2), behind(0));
    all.join(block_of(20, 2), behind(40, 1));
    REQUIRE(all.requests.size() == 4);
    CHECK(all.requests[1].place.line == 2);
    CHECK(all.requests[2].place.file == 1);
    CHECK(all.requests[2].place.line == 41);
    CHECK(all.answers[all.requests[3].first_answer].asked_us == 20);
    CHECK(all.requests[3].first_answer == 3);
}

TEST_CASE("beyond the bound the first requests are kept, and the others counted") {
    FigureEvents all;
    all.join(block_of(10, 2), behind(0), 3);
    all.join(block_of(20, 3), behind(2), 3);
    all.join(block_of(30, 1), behind(5), 3);
    CHECK(all.requests.size() == 3);
    CHECK(all.answers.size() == 3);
    CHECK(all.requests_beyond == 3);
    CHECK(all.requests[2].answers == 1);
    CHECK(all.requests[2].first_answer == 2);
}

TEST_CASE("answers that are not told, or came before they were asked for, are none") {
    FigureEvents block;
    RecordedAnswers told;
    told.answers = {{10, 5, 1, std::nullopt},
                    {std::nullopt, 5, 1, std::nullopt},
                    {std::nullopt, std::nullopt, 1, 7}};
    CHECK(block.add_answers(told) == 1);
    CHECK(block.answers[0].work_seconds == 7);
    CHECK(block.answers[0].at_us == 0);
}

void block_intent(BlockedIntents& blocked, const char* intent, std::uint32_t rule,
                  std::uint64_t line) {
    BlockedEvents* const row = blocked.find(intent, "pay");
    if (row == nullptr) return;
    if (row->calls++ == 0) row->first.line = line;
    ++row->rules[rule];
}

TEST_CASE("blocked intents: the first ones of the history, whatever the blocks") {
    const std::vector<const char*> intents{"a", "b", "a", "c", "b", "b", "c", "a"};
    for (const std::size_t size : {1u, 3u, 8u}) {
        BlockedIntents all(2);
        for (std::size_t at = 0; at < intents.size(); at += size) {
            BlockedIntents block;
            const std::size_t end = std::min(at + size, intents.size());
            for (std::size_t i = at; i < end; ++i) {
                block_intent(block, intents[i], i < 4 ? 0 : 1, i - at);
            }
            all.join(block, behind(at));
        }
        CHECK(all.beyond() == 2);
        const BlockedTable table = blocked_table(all, {"h"}, {"early", "late"});
        REQUIRE(table.intents.size() == 2);
        CHECK(table.intents[0].intent == "a");
        CHECK(table.intents[0].calls == 3);
        CHECK(table.intents[0].rule == "early");
        CHECK(table.intents[0].line == 1);
        CHECK(table.intents[1].rule == "late");
        CHECK(table.intents[1].line == 2);
    }
}

}  // namespace
}  // namespace proviso::simulator
