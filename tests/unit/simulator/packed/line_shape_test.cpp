#include "simulator/packed/line_shape.h"

#include <random>

#include <catch2/catch.hpp>

using namespace proviso::simulator::packed;  // NOLINT(google-build-using-namespace)

namespace {

std::string put_together(const TakenApart& apart) {
    std::string line;
    std::size_t next = 0;
    for (const char c : apart.shape) {
        if (c == hole) {
            line += apart.values[next++];
        } else {
            line += c;
        }
    }
    CHECK(next == apart.values.size());
    return line;
}

TakenApart apart(std::string_view line) {
    TakenApart result;
    take_apart(line, result);
    return result;
}

}  // namespace

TEST_CASE("keys and punctuation are the shape, all else are values") {
    const TakenApart result =
        apart(R"({"id": "r-1", "args":{"n":-1.5e3,"ok":true},"x" :[null, "a"]})");
    const std::string h(1, hole);
    CHECK(result.shape == "{\"id\": " + h + ", \"args\":{\"n\":" + h + ",\"ok\":" + h +
                              "},\"x\" :[" + h + ", " + h + "]}");
    CHECK(result.values ==
          std::vector<std::string_view>{"\"r-1\"", "-1.5e3", "true", "null", "\"a\""});
    CHECK(hole_names(result.shape) ==
          std::vector<std::string>{"id", "args.n", "args.ok", "x[0]", "x[1]"});
}

TEST_CASE("a text ends at its quote, not at one that is escaped") {
    CHECK(apart(R"({"a":"\"b\\","c":1})").values ==
          std::vector<std::string_view>{R"("\"b\\")", "1"});
}

TEST_CASE("any line is its shape and its values put together") {
    const std::string bytes = "{}[]\":,\\ \t\nab01.-+\xff\x01";
    std::mt19937 random(20261126);
    for (int i = 0; i < 20'000; ++i) {
        std::string line;
        for (auto size = random() % 40; size > 0; --size) line += bytes[random() % bytes.size()];
        if (random() % 50 == 0) line += hole;
        REQUIRE(put_together(apart(line)) == line);
        REQUIRE(hole_names(apart(line).shape).size() == apart(line).values.size());
    }
}

TEST_CASE("a line with a zero byte or too many values is one value") {
    const std::string zero = std::string("{\"a\":1}") + hole;
    CHECK(apart(zero).shape == whole_line);
    CHECK(apart(zero).values == std::vector<std::string_view>{zero});
    std::string most = "[1";
    for (std::size_t i = 1; i < most_holes; ++i) most += ",1";
    CHECK(apart(most).values.size() == most_holes);
    CHECK(apart(most + ",1").shape == whole_line);
}

namespace {

/// Takes lines apart by all shapes that were met so far, and both ways alike.
class BothWays {
  public:
    void take(const std::string& line) {
        const TakenApart wanted = apart(line);
        const std::uint32_t number = tree_.take(line, values_);
        if (number != ShapeTree::none) {
            ++found;
            REQUIRE(shapes_.at(number) == wanted.shape);
            REQUIRE(values_ == wanted.values);
        } else if (wanted.shape != whole_line) {
            tree_.add(wanted.shape, static_cast<std::uint32_t>(shapes_.size()));
            shapes_.push_back(wanted.shape);
        }
    }
    std::size_t found = 0;

  private:
    ShapeTree tree_;
    std::vector<std::string> shapes_;
    std::vector<std::string_view> values_;
};

}  // namespace

TEST_CASE("a line of a known shape is taken apart as one that is met first") {
    const std::string bytes = "{}\":,\\ a0.\t";
    std::mt19937 random(20261127);
    BothWays both;
    for (int i = 0; i < 200'000; ++i) {
        std::string line;
        for (auto size = random() % 12; size > 0; --size) line += bytes[random() % bytes.size()];
        if (random() % 50 == 0) line += hole;
        both.take(line);
    }
    CHECK(both.found > 50'000);
}

TEST_CASE("a text before a colon is a key, whatever stood there before") {
    BothWays both;
    both.take(R"({1 :2})");
    both.take(R"({"a" :2})");
    both.take(R"({3 :"b\"c"})");
    both.take(R"({"a" :"b)");
    both.take(R"({"a" :"b)" + std::string(1, hole) + R"("})");
    both.take(R"({"a" :"b"})");
    both.take(R"({"a" :"b\"c"})");
    both.take(R"("a"1)");
    both.take(R"(1"a")");
    both.take(R"("a""b")");
    CHECK(both.found == 5);
}
