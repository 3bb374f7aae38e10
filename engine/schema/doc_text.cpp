// See doc_text.h.
#include "engine/schema/doc_text.h"

#include <algorithm>
#include <vector>

#include "engine/model/text.h"
#include "engine/schema/json.h"

namespace proviso::schema {
namespace {

constexpr std::size_t line_length = 96;

/// Without what is hidden; tabs are blanks.
std::string visible_part(std::string_view text, std::size_t most_bytes) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const model::CodePoint code = model::first_code_point(text.substr(at));
        const std::string_view one = text.substr(at, code.bytes);
        at += code.bytes;
        if (one == "\t") {
            out += ' ';
        } else if (code.valid && (one == "\n" || is_plain(one))) {
            out += one;
        }
        if (out.size() <= most_bytes) continue;
        out.resize(out.size() - one.size());
        return out + "…";
    }
    return out;
}

/// Where to break a line that is too long: at its last blank, or at its length.
std::size_t break_of(std::string_view line) {
    std::size_t end = 0;
    std::size_t blank = 0;
    for (std::size_t count = 0; count < line_length && end < line.size(); ++count) {
        if (line[end] == ' ' && line.find_first_not_of(' ') < end) blank = end;
        end += model::first_code_point(line.substr(end)).bytes;
    }
    if (end == line.size() || line[end] == ' ' || blank == 0) return end;
    return blank;
}

void add_line(std::vector<std::string>& lines, std::string_view line) {
    do {
        line = line.substr(0, line.find_last_not_of(' ') + 1);
        const std::size_t end = break_of(line);
        std::string_view front = line.substr(0, end);
        lines.emplace_back(front.substr(0, front.find_last_not_of(' ') + 1));
        line.remove_prefix(end);
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    } while (!line.empty());
}

}  // namespace

std::string doc_of(std::string_view description, std::size_t most_bytes) {
    const std::string text = visible_part(description, most_bytes);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        add_line(lines, std::string_view(text).substr(at, end - at));
        at = end + 1;
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    const auto first = std::find_if(lines.begin(), lines.end(),
                                    [](const std::string& line) { return !line.empty(); });
    std::string doc;
    for (auto line = first; line != lines.end(); ++line) {
        if (line != first) doc += '\n';
        doc += *line;
    }
    return doc;
}

}  // namespace proviso::schema
