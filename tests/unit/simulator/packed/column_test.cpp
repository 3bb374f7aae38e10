#include "simulator/packed/column.h"

#include <functional>
#include <random>

#include <catch2/catch.hpp>

using namespace proviso::simulator::packed;  // NOLINT(google-build-using-namespace)

namespace {

using Texts = std::vector<std::string>;

std::string written(const Texts& texts) {
    const std::vector<std::string_view> values(texts.begin(), texts.end());
    std::string bytes;
    write_column(bytes, values);
    return bytes;
}

/// What comes back, and of which kind.
struct Back {
    ColumnKind kind = ColumnKind::constant;
    Texts texts;
};

/// An indexed column knows how long its values are.
void hold_sizes(const std::string& bytes, const Texts& texts) {
    Cursor from{bytes, 1'000'000};
    Column column{from, texts.size()};
    std::vector<std::uint64_t> sizes(texts.size(), 7);
    REQUIRE(column.index(sizes));
    std::size_t widest = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        INFO(texts[i]);
        CHECK(sizes[i] == texts[i].size() + 7);
        widest = std::max(widest, texts[i].size());
    }
    CHECK(column.widest() == widest);
}

Back back(const std::string& bytes, std::size_t count) {
    Cursor from{bytes, 1'000'000};
    Column column{from, count};
    REQUIRE_FALSE(from.failed());
    REQUIRE(from.at_end());
    Back result{column.kind(), {}};
    std::string memory(100'000, '\0');
    for (std::size_t i = 0; i < count; ++i) {
        Room room{memory.data(), memory.size() - Room::slack};
        REQUIRE(column.append(room));
        result.texts.emplace_back(memory.data(), room.at());
    }
    Room room{memory.data(), memory.size() - Room::slack};
    CHECK_FALSE(column.append(room));
    hold_sizes(bytes, result.texts);
    return result;
}

void check_column(const Texts& texts, ColumnKind kind) {
    INFO(texts[0] << ", " << texts[1]);
    const Back result = back(written(texts), texts.size());
    CHECK(name(result.kind) == name(kind));
    CHECK(result.texts == texts);
}

Texts many(int count, const std::function<std::string(int)>& text) {
    Texts texts;
    texts.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) texts.push_back(text(i));
    return texts;
}

}  // namespace

TEST_CASE("each column is of the kind that its values allow") {
    check_column({"true", "true", "true"}, ColumnKind::constant);
    check_column({"\"a\"", "\"b\"", "\"a\"", "\"b\""}, ColumnKind::dictionary);
    check_column({"1", "20", "-3"}, ColumnKind::number);
    check_column({"\"r-0001\"", "\"r-0002\"", "\"r-0417\""}, ColumnKind::number);
    check_column({"1.50", "20.25", "300.00"}, ColumnKind::number);
    check_column({"1.5", "20", "0.125"}, ColumnKind::number);
    check_column({"\"2026-03-02T09:30:00Z\"", "\"2026-03-02T09:31:00Z\""}, ColumnKind::time);
    check_column({"\"2026-03-02T09:30:00.5+01:00\"", "\"2026-03-02T09:31:00.25+01:00\""},
                 ColumnKind::time);
    check_column({"\"0000-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\""}, ColumnKind::time);
    check_column({"\"apples\"", "\"apes\"", "\"pears\""}, ColumnKind::text);
    const Texts words = many(
        1000, [](int i) { return "w" + std::string(static_cast<std::size_t>(i % 400) + 1, 'x'); });
    check_column(words, ColumnKind::dictionary);
}

TEST_CASE("what a number would not bring back byte by byte is a text") {
    for (const Texts& texts :
         std::vector<Texts>{{"1", "-0"},
                            {"1e3", "1"},
                            {"01", "1"},
                            {"1.", "2.5"},
                            {"+1", "1"},
                            {"9999999999999999999", "1"},
                            {"\"2026-02-30T00:00:00Z\"", "\"2026-03-01T00:00:00Z\""},
                            {"\"2026-02-03T24:00:00Z\"", "\"2026-03-01T00:00:00Z\""},
                            {"\"2026-02-03T00:00:60Z\"", "\"2026-03-01T00:00:00Z\""},
                            {"\"\"", "\"a\""},
                            {"", "1"}}) {
        check_column(texts, ColumnKind::text);
    }
}

TEST_CASE("any column comes back as it was") {
    std::mt19937 random(20261127);
    const std::string bytes = "0123456789.-T:Z\"ab";
    const std::vector<std::function<std::string()>> kinds{
        [&] { return std::to_string(static_cast<std::int64_t>(random()) - 2'000'000'000); },
        [&] { return std::to_string(random() % 100) + "." + std::to_string(random() % 1000); },
        [&] { return "\"k" + std::to_string(random() % 40) + "\""; },
        [&] {
            return "\"20" + std::to_string(random() % 90 + 10) + "-0" +
                   std::to_string(random() % 9 + 1) + "-1" + std::to_string(random() % 10) +
                   "T12:3" + std::to_string(random() % 10) + ":00Z\"";
        },
        [&] {
            std::string text;
            for (auto size = random() % 12; size > 0; --size)
                text += bytes[random() % bytes.size()];
            return text;
        }};
    for (int i = 0; i < 3000; ++i) {
        Texts texts;
        const std::size_t kind = random() % kinds.size();
        for (auto count = random() % 40 + 1; count > 0; --count) {
            texts.push_back(random() % 200 == 0 ? kinds[random() % kinds.size()]() : kinds[kind]());
        }
        REQUIRE(back(written(texts), texts.size()).texts == texts);
    }
}

TEST_CASE("a damaged column fails, and writes nothing where nothing may be") {
    std::mt19937 random(20261128);
    const std::vector<Texts> columns{{"1", "20", "-3", "4.5"},
                                     {"\"a\"", "\"b\"", "\"a\"", "\"b\""},
                                     {"\"2026-03-02T09:30:00Z\"", "\"2026-03-02T09:31:00Z\""},
                                     {"\"apples\"", "\"apes\"", "\"pears\""}};
    for (const Texts& texts : columns) {
        for (int i = 0; i < 5000; ++i) {
            std::string bytes = written(texts);
            for (auto hits = random() % 3 + 1; hits > 0; --hits) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
            bytes.resize(bytes.size() - random() % 2 * (random() % bytes.size()));
            Cursor from{bytes, 1'000'000};
            Column column{from, texts.size()};
            std::string memory(64 + Room::slack, '\0');
            Room room{memory.data(), 64};
            while (column.append(room)) {
            }
            REQUIRE(room.left() <= 64);
        }
    }
}
