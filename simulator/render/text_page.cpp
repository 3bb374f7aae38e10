#include "simulator/render/text_page.h"

#include <algorithm>

namespace proviso::simulator {

void TextPage::line(std::string_view text, Style style) {
    out_ += look_.paint(text, style);
    out_ += '\n';
}

void TextPage::heading(std::string_view text) {
    out_ += '\n';
    line(look_.cut(text, look_.width), Style::bold);
}

void TextPage::indented(std::string_view text, std::size_t indent, Style style) {
    const std::size_t room = look_.width > indent ? look_.width - indent : 1;
    out_.append(indent, ' ');
    line(look_.cut(text, room), style);
}

void TextPage::sentence(std::string_view text, std::size_t indent, Style style) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    flow(words, " ", indent, style);
}

void TextPage::wrapped(const std::vector<std::string>& parts) {
    flow(parts, " " + std::string{look_.dot()} + " ", 2, Style::plain);
}

void TextPage::flow(const std::vector<std::string>& parts, const std::string& between,
                    std::size_t indent, Style style) {
    std::string row;
    for (const std::string& part : parts) {
        const std::size_t width = columns_of(row) + columns_of(between) + columns_of(part);
        if (!row.empty() && width + indent > look_.width) {
            indented(row, indent, style);
            row.clear();
        }
        row += (row.empty() ? "" : between) + part;
    }
    if (!row.empty()) indented(row, indent, style);
}

void TextPage::more(std::size_t all, std::size_t shown) {
    if (all > shown) indented("and " + grouped(all - shown) + " more", 2, Style::dim);
}

Cell TextPage::number(std::uint64_t value, Style style) const {
    if (value == 0) return {std::string{look_.dot()}, Style::dim};
    return {grouped(value), style};
}

std::string shown_file(const std::string& file) {
    return file == "-" ? "stdin" : file;
}

namespace {

constexpr std::size_t file_shown = 40;

/// A long path without its first folders: what tells a place is at its end.
std::string short_file(const std::string& file) {
    if (file.size() <= file_shown) return file;
    std::size_t at = file.rfind('/');
    if (at == std::string::npos) return file;
    while (at > 0) {
        const std::size_t before = file.rfind('/', at - 1);
        if (before == std::string::npos || file.size() - before > file_shown) break;
        at = before;
    }
    return "..." + file.substr(at);
}

}  // namespace

std::string short_place_of(const Sample& sample) {
    Sample shown;
    shown.file = short_file(sample.file);
    shown.line = sample.line;
    shown.call = sample.call;
    shown.id = sample.id;
    return place_of(shown);
}

std::string place_of(const Sample& sample) {
    return place_text(shown_file(sample.file), sample.line, sample.call) +
           (sample.id.empty() ? "" : ", " + sample.id);
}

std::string failure_of(const Sample& sample) {
    return std::string{name(sample.reason)} + (sample.detail.empty() ? "" : ": " + sample.detail);
}

}  // namespace proviso::simulator
