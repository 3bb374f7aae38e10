#include "simulator/mapping/recorded_answers.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/observed.h"

namespace proviso::simulator {
namespace {

/// A mapping whose captures are these texts, in the order of the places taken.
struct Line {
    Mapping mapping;
    std::vector<std::string_view> captures;

    void add(Taken& taken, std::string_view raw) {
        taken.pointer = "/x";
        taken.capture = captures.size();
        captures.push_back(raw);
    }
    [[nodiscard]] RecordedAnswers read() const {
        RecordedAnswers told;
        read_answers(mapping, captures, told);
        return told;
    }
};

TEST_CASE("answers of a receipt") {
    Line line;
    line.add(line.mapping.approvals,
             R"([{"by": "a", "requested_at": "2026-11-20T15:04:06Z", "at": "2026-11-20T15:20:00Z",)"
             R"( "seconds": 95.2}, {"by": "b", "requested_at": "2026-11-20T15:00:00Z",)"
             R"( "at": "2026-11-20T15:10:00Z"}, 7])");
    const RecordedAnswers told = line.read();
    REQUIRE(told.answers.size() == 2);
    CHECK(told.answers[0].work_seconds == 96);
    CHECK(told.answers[0].person != told.answers[1].person);
    REQUIRE(told.span().has_value());
    CHECK(told.span()->at_us - told.span()->asked_us == 1'200'000'000);
    CHECK_FALSE(told.escalated.has_value());
}

TEST_CASE("a single answer, by the words of a mapping") {
    Line line;
    line.mapping.asked.time_form = TimeForm::unix_seconds;
    line.mapping.decided.time_form = TimeForm::unix_milliseconds;
    line.add(line.mapping.asked, "1790000000");
    line.add(line.mapping.decided, "1790000090500");
    line.add(line.mapping.by, "\"ann\"");
    line.add(line.mapping.escalated, "false");
    const RecordedAnswers told = line.read();
    REQUIRE(told.span().has_value());
    CHECK(told.span()->at_us - told.span()->asked_us == 90'500'000);
    CHECK(told.answers[0].person != 0);
    CHECK(told.escalated == false);
}

TEST_CASE("what cannot be read is not told") {
    for (const char* raw : {"7", "[", "[{\"at\": 5}]", "[{\"at\": \"yesterday\"}]", "\"x\"",
                            "[{\"seconds\": -1}]", "[{\"seconds\": 1e300}]"}) {
        Line line;
        line.add(line.mapping.approvals, raw);
        CHECK_FALSE(line.read().span().has_value());
        for (const RecordedAnswer& one : line.read().answers) CHECK_FALSE(one.work_seconds);
    }
}

TEST_CASE("a call was escalated where it is said, or where it says to whom") {
    for (const auto& [raw, expected] :
         {std::pair{"true", true}, std::pair{"\"cfo\"", true}, std::pair{"\"no\"", false}}) {
        Line line;
        line.add(line.mapping.escalated, raw);
        CHECK(line.read().escalated == expected);
    }
    Line line;
    line.add(line.mapping.escalated_to, "\"cfo\"");
    CHECK(line.read().escalated == true);
    Line nobody;
    nobody.add(nobody.mapping.escalated_to, "null");
    CHECK_FALSE(nobody.read().escalated.has_value());
}

TEST_CASE("no more answers than a call can have") {
    std::string raw = "[";
    for (int i = 0; i < 100; ++i) raw += R"({"by": "a"}, )";
    raw += "{}]";
    Line line;
    line.add(line.mapping.approvals, raw);
    CHECK(line.read().answers.size() == most_answers);
}

}  // namespace
}  // namespace proviso::simulator
