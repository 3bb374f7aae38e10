#include "simulator/packed/line_shape.h"

#include <algorithm>
#include <array>
#include <span>

namespace proviso::simulator::packed {
namespace {

constexpr std::array<bool, 256> make_value_bytes() {
    std::array<bool, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        table[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   c == '+' || c == '-' || c == '.';
    }
    return table;
}
constexpr std::array<bool, 256> value_bytes = make_value_bytes();

bool is_value_byte(char c) {
    return value_bytes[static_cast<unsigned char>(c)];
}

bool begins_value(char c) {
    return c == '"' || is_value_byte(c);
}

/// Behind the quote that ends the text at `from`, or the end of the line.
std::size_t end_of_text(std::string_view line, std::size_t from) {
    for (std::size_t i = from + 1; i < line.size(); ++i) {
        if (line[i] == '"') return i + 1;
        if (line[i] == '\\') ++i;
    }
    return line.size();
}

/// The same in a line without escapes.
std::size_t end_of_plain_text(std::string_view line, std::size_t from) {
    const std::size_t quote = line.find('"', from + 1);
    return quote == std::string_view::npos ? line.size() : quote + 1;
}

std::size_t end_of_run(std::string_view line, std::size_t from) {
    while (from < line.size() && is_value_byte(line[from])) ++from;
    return from;
}

bool is_key(std::string_view line, std::size_t end) {
    const std::size_t next = line.find_first_not_of(" \t", end);
    return next != std::string_view::npos && line[next] == ':';
}

void take_whole(std::string_view line, TakenApart& out) {
    out.shape = whole_line;
    out.values.assign(1, line);
}

/// The steps that lead to a place in a document.
class Path {
  public:
    void open(char bracket) { steps_.push_back({bracket == '[', {}, 0}); }
    void close() {
        if (!steps_.empty()) steps_.pop_back();
    }
    void key(std::string_view name) {
        if (!steps_.empty()) steps_.back().key = name;
    }
    void comma() {
        if (!steps_.empty()) ++steps_.back().index;
    }
    [[nodiscard]] std::string text() const {
        std::string text;
        for (const Step& step : std::span{steps_}.first(std::min(steps_.size(), most_steps))) {
            if (step.is_list) {
                text += '[' + std::to_string(step.index) + ']';
            } else {
                text += (text.empty() ? "" : ".") + std::string{step.key};
            }
        }
        return text.empty() ? "the line" : text;
    }

  private:
    static constexpr std::size_t most_steps = 32;  // that are told
    struct Step {
        bool is_list;
        std::string_view key;
        std::size_t index;
    };
    std::vector<Step> steps_;
};

}  // namespace

void take_apart(std::string_view line, TakenApart& out) {
    out.shape.clear();
    out.values.clear();
    if (line.find(hole) != std::string_view::npos) return take_whole(line, out);
    for (std::size_t i = 0; i < line.size();) {
        const bool is_text = line[i] == '"';
        if (!is_text && !is_value_byte(line[i])) {
            out.shape += line[i++];
            continue;
        }
        const std::size_t end = is_text ? end_of_text(line, i) : end_of_run(line, i);
        const std::string_view token = line.substr(i, end - i);
        if (is_text && is_key(line, end)) {
            out.shape += token;
        } else {
            if (out.values.size() == most_holes) return take_whole(line, out);
            out.shape += hole;
            out.values.push_back(token);
        }
        i = end;
    }
}

void ShapeTree::add(std::string_view shape, std::uint32_t number) {
    std::vector<std::uint32_t>* among = &first_;
    while (true) {
        const std::size_t end = std::min(shape.find(hole), shape.size());
        const bool is_last = end == shape.size();
        const std::string_view text = shape.substr(0, end);
        const auto found = std::find_if(among->begin(), among->end(), [&](std::uint32_t at) {
            return pieces_[at].is_last == is_last && pieces_[at].text == text;
        });
        std::uint32_t at = found == among->end() ? none : *found;
        if (at == none) {
            if (pieces_.size() == most_pieces || among->size() == most_branches) return;
            at = static_cast<std::uint32_t>(pieces_.size());
            // The longer before the shorter: `{"a":` before `{`. Before the pieces move.
            const auto place = std::find_if(among->begin(), among->end(), [&](std::uint32_t one) {
                return pieces_[one].text.size() < text.size();
            });
            among->insert(place, at);
            pieces_.push_back({std::string{text}, is_last, is_key(text, 0), none, {}});
        }
        if (is_last) {
            pieces_[at].number = number;
            return;
        }
        among = &pieces_[at].next;
        shape.remove_prefix(end + 1);
    }
}

/// The piece that the line goes on with, up to a value or its end.
std::uint32_t ShapeTree::find(const std::vector<std::uint32_t>& among,
                              std::string_view rest) const {
    for (const std::uint32_t number : among) {
        const Piece& piece = pieces_[number];
        const std::size_t size = piece.text.size();
        if (!rest.starts_with(piece.text)) continue;
        if (piece.is_last ? size == rest.size() : size < rest.size() && begins_value(rest[size])) {
            return number;
        }
    }
    return none;
}

// Pieces are what `take_apart` leaves between values. Where all of a shape fit, it would part the
// line at the same places: a run ends where the next piece begins, and a text is a key where a
// colon follows it.
std::uint32_t ShapeTree::take(std::string_view line, std::vector<std::string_view>& values) const {
    values.clear();
    if (line.find(hole) != std::string_view::npos) return none;
    const bool has_escapes = line.find('\\') != std::string_view::npos;
    const std::vector<std::uint32_t>* among = &first_;
    bool behind_text = false;
    for (std::size_t from = 0;;) {
        const std::uint32_t found = find(*among, line.substr(from));
        if (found == none) return none;
        const Piece& piece = pieces_[found];
        if (behind_text && piece.makes_key) return none;
        if (piece.is_last) return piece.number;
        from += piece.text.size();
        behind_text = line[from] == '"';
        const std::size_t end = !behind_text  ? end_of_run(line, from)
                                : has_escapes ? end_of_text(line, from)
                                              : end_of_plain_text(line, from);
        values.push_back(line.substr(from, end - from));
        from = end;
        among = &piece.next;
    }
}

std::vector<std::string> hole_names(std::string_view shape) {
    std::vector<std::string> names;
    Path path;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        switch (shape[i]) {
            case '{':
            case '[': path.open(shape[i]); break;
            case '}':
            case ']': path.close(); break;
            case ',': path.comma(); break;
            case hole: names.push_back(path.text()); break;
            case '"': {
                const std::size_t end = end_of_text(shape, i);
                path.key(shape.substr(i + 1, std::max<std::size_t>(end - i, 2) - 2));
                i = end - 1;
                break;
            }
            default: break;
        }
    }
    return names;
}

}  // namespace proviso::simulator::packed
