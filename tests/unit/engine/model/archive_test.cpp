#include "engine/model/archive.h"

#include <catch2/catch.hpp>

using namespace proviso::model;  // NOLINT(google-build-using-namespace)

namespace {

enum class Colour : std::uint8_t { red, green };

struct Point {
    int x = 0;
    std::int64_t y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};
template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, Point>
void each_field(It& it, Visit&& visit) {
    auto& [x, y] = it;
    visit(x, y);
}

class Hidden {
  public:
    Hidden() = default;
    explicit Hidden(std::string text) : text_(std::move(text)) {}
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [text, colour, cache] = it;
        visit(text, colour);
    }
    friend bool operator==(const Hidden&, const Hidden&) = default;

  private:
    std::string text_;
    Colour colour_ = Colour::green;
    int cache_ = 0;
};

struct Everything {
    bool yes = true;
    double share = 0.25;
    WideNumber wide = -7;
    std::array<Point, 2> points{{{1, 2}, {3, -4}}};
    std::vector<Hidden> hidden{Hidden{"a"}, Hidden{""}};
    std::map<std::pair<int, std::string>, Point> by_key{{{1, "one"}, {5, 6}}};
    std::unordered_map<std::string, int> counts{{"x", 1}, {"y", 2}};
    std::optional<std::string> none;
    std::optional<std::string> some = "text";
    friend bool operator==(const Everything&, const Everything&) = default;
};
template <class It, class Visit>
requires std::is_same_v<std::remove_const_t<It>, Everything>
void each_field(It& it, Visit&& visit) {
    auto& [yes, share, wide, points, hidden, by_key, counts, none, some] = it;
    visit(yes, share, wide, points, hidden, by_key, counts, none, some);
}

std::string saved(const Everything& it) {
    Saver saver;
    saver(it);
    return saver.bytes();
}

}  // namespace

TEST_CASE("what was saved is loaded, over whatever was there") {
    Everything it;
    it.wide <<= 100;
    it.yes = false;
    it.by_key[{2, "two"}] = {7, 8};
    const std::string bytes = saved(it);
    Loader loader{bytes};
    Everything other;
    other.hidden.emplace_back("gone");
    other.none = "gone";
    loader(other);
    CHECK_FALSE(loader.failed());
    CHECK(loader.at_end());
    CHECK(other == it);
}

TEST_CASE("saved state that is cut off anywhere is an error") {
    const std::string bytes = saved({});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Loader loader{std::string_view{bytes}.substr(0, size)};
        Everything it;
        loader(it);
        CHECK(loader.failed());
    }
}

TEST_CASE("saved state with a length beyond its end takes no memory for it") {
    std::string bytes(8, '\xff');
    std::vector<std::string> texts;
    Loader loader{bytes};
    loader(texts);
    CHECK(loader.error() == "it ends too early");
    CHECK(texts.capacity() < 10);
}
