// A page as its parts: headings, paragraphs, lists, tables. What a policy's author or an imported
// file wrote is text or code in here, never markup; the two renderers alone know how a text is
// written so that it stays one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace proviso::handbook {

struct Inline {
    enum class Kind : std::uint8_t { text, code, strong, link };
    Kind kind = Kind::text;
    std::string text;
    std::string target;  ///< link: the anchor of a heading of this page
};

/// A run of words, made from left to right.
class Line {
  public:
    Line() = default;
    Line(std::string_view words) { say(words); }    // NOLINT(google-explicit-constructor)
    Line(const char* words) { say(words); }         // NOLINT(google-explicit-constructor)
    Line(const std::string& words) { say(words); }  // NOLINT(google-explicit-constructor)

    Line& say(std::string_view words) { return add(Inline::Kind::text, words); }
    Line& code(std::string_view words) { return add(Inline::Kind::code, words); }
    Line& strong(std::string_view words) { return add(Inline::Kind::strong, words); }
    Line& link(std::string_view words, std::string target) {
        parts_.push_back({Inline::Kind::link, std::string(words), std::move(target)});
        return *this;
    }
    Line& append(const Line& other) {
        parts_.insert(parts_.end(), other.parts_.begin(), other.parts_.end());
        return *this;
    }
    [[nodiscard]] bool empty() const { return parts_.empty(); }
    [[nodiscard]] const std::vector<Inline>& parts() const { return parts_; }

  private:
    Line& add(Inline::Kind kind, std::string_view words) {
        if (!words.empty()) parts_.push_back({kind, std::string(words), {}});
        return *this;
    }
    std::vector<Inline> parts_;
};

/// "a", "a and b", "a, b and c".
[[nodiscard]] Line joined(const std::vector<Line>& lines, std::string_view last = " and ");

struct Table {
    std::vector<Line> head;
    std::vector<std::vector<Line>> rows;  ///< each as long as `head`; its first cell names the row
    std::string label;                    ///< for those who hear the page
};

struct Block {
    enum class Kind : std::uint8_t { heading, paragraph, list, table };
    Kind kind = Kind::paragraph;
    std::uint32_t level = 1;  ///< heading: 1 to 4
    std::string anchor;       ///< heading: unique on the page, letters, digits, `-`, `_`, `.`
    Line line;                ///< heading, paragraph
    std::vector<Line> items;  ///< list
    Table table;
};

struct Page {
    std::string title;
    std::vector<Block> blocks;

    void heading(std::uint32_t level, std::string anchor, Line line);
    void paragraph(Line line);
    /// Nothing where there are no items.
    void list(std::vector<Line> items);
    /// Nothing where there are no rows.
    void table(Table table);
};

/// `kind` and a name of the set as an anchor. Different names have different ones.
[[nodiscard]] std::string anchor_of(std::string_view kind, std::string_view name);

/// GitHub's Markdown. Whatever a text of the page holds is shown, never interpreted.
[[nodiscard]] std::string to_markdown(const Page& page);
/// One HTML page that fetches nothing and runs no script.
[[nodiscard]] std::string to_html(const Page& page);

/// What both write a text with: no control character but a blank, and U+FFFD in the place of what
/// is no UTF-8 or turns the direction of writing.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace proviso::handbook
