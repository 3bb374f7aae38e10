#include "grammar/format_writer.h"

#include <algorithm>

namespace proviso::grammar::formatting {
namespace {

constexpr std::size_t before_comment = 2;         // blanks
constexpr std::size_t comments_align_until = 80;  // lines longer than this stay out of it

/// Comments behind what opens or closes a block stand alone.
bool bounds_block(std::string_view text) {
    constexpr std::string_view brackets = "{[(}])";
    return brackets.find(text.front()) != std::string_view::npos ||
           brackets.substr(0, 3).find(text.back()) != std::string_view::npos;
}

}  // namespace

Writer::Writer(const Tokens& all)
    : tokens(all),
      columns_(all.size(), 0),
      comments_done_(all.size(), false) {}

void Writer::newline(std::size_t indent, bool blank) {
    hang_ = indent + step;
    if (lines_.empty()) {
        lines_.push_back({indent, false, {}, 0, {}});
        return;
    }
    Line& last = lines_.back();
    if (last.text.empty() && last.comment.empty()) {
        last.indent = indent;
        last.blank_before = last.blank_before || (blank && lines_.size() > 1);
        return;
    }
    lines_.push_back({indent, blank, {}, 0, {}});
}

void Writer::comments_above(std::size_t i, std::size_t indent, Blanks blanks) {
    if (comments_done_[i]) return;
    comments_done_[i] = true;
    for (const LineComment& comment : tokens[i].above) {
        newline(indent, blanks == Blanks::all && comment.blank_before);
        lines_.back().comment = comment.text;
        if (blanks == Blanks::inner) blanks = Blanks::all;
    }
}

void Writer::start_line(std::size_t i, std::size_t indent, Blanks blanks) {
    const bool is_below = blanks == Blanks::inner && !tokens[i].above.empty();
    comments_above(i, indent, blanks);
    newline(indent, (blanks == Blanks::all || is_below) && tokens[i].blank_line);
}

std::size_t Writer::column() const {
    const Line& line = lines_.back();
    return line.comment.empty() ? line.indent + line.cells : hang_;
}

bool Writer::fits(std::size_t begin, std::size_t end, std::size_t more) const {
    if (begin >= end) return true;
    const bool has_comment =
        tokens.has_comment(begin, end) || (!tokens[begin].above.empty() && !comments_done_[begin]);
    const bool is_first = lines_.back().text.empty();
    const std::size_t blank = !is_first && tokens[begin].spaced ? 1 : 0;
    const std::size_t from = std::max(column() + blank, columns_[begin]);
    return !has_comment && from + tokens.width(begin, end) + more <= widest_line;
}

void Writer::push(std::string_view text, std::size_t cells) {
    lines_.back().text += text;
    lines_.back().cells += cells;
}

void Writer::put_comment(std::string_view text) {
    lines_.back().comment = text;
}

void Writer::put(std::size_t i) {
    const Token& token = tokens[i];
    const std::size_t hang = hang_;
    const bool is_new = lines_.back().text.empty() && lines_.back().comment.empty();
    if (!token.above.empty() && !comments_done_[i]) {
        start_line(i, is_new ? lines_.back().indent : hang);
    } else if (!lines_.back().comment.empty()) {
        newline(hang);
    }
    hang_ = hang;
    if (!lines_.back().text.empty() && token.spaced) push(" ", 1);
    while (column() < columns_[i]) push(" ", 1);
    push(token.text, token.width);
    lines_.back().comment = token.behind;
}

void Writer::put(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) put(i);
}

void Writer::skip(std::size_t i) {
    if (!tokens[i].behind.empty()) lines_.back().comment = tokens[i].behind;
}

void Writer::align_comments() {
    const auto takes_part = [&](std::size_t i, std::size_t indent) {
        const Line& line = lines_[i];
        return !line.text.empty() && !line.comment.empty() && !bounds_block(line.text) &&
               line.indent == indent && line.indent + line.cells <= comments_align_until;
    };
    for (std::size_t begin = 0; begin < lines_.size();) {
        std::size_t end = begin;
        std::size_t widest = 0;
        while (end < lines_.size() && takes_part(end, lines_[begin].indent) &&
               (end == begin || !lines_[end].blank_before)) {
            widest = std::max(widest, lines_[end++].cells);
        }
        for (std::size_t i = begin; i < end; ++i)
            lines_[i].text.append(widest - lines_[i].cells, ' ');
        begin = std::max(end, begin + 1);
    }
}

std::string Writer::take() {
    align_comments();
    std::string out;
    for (const Line& line : lines_) {
        if (line.text.empty() && line.comment.empty()) continue;
        if (line.blank_before && !out.empty()) out += '\n';
        out.append(line.indent, ' ');
        out += line.text;
        if (!line.comment.empty() && !line.text.empty()) out.append(before_comment, ' ');
        out += line.comment;
        out += '\n';
    }
    return out;
}

}  // namespace proviso::grammar::formatting
