#include "grammar/format_tokens.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "grammar/cells.h"
#include "grammar/format_spacing.h"
#include "grammar/words.h"

namespace proviso::grammar::formatting {
namespace {

using ast::File;

bool is_decimal_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// ------------------------------------------------------------ what the tree knows

/// Names of tools and tags, globs, and the texts behind `because`, in the order of the text.
class Atoms {
  public:
    std::vector<Span> find(const File& file) {
        find_texts_and_targets(file);
        for (const auto& tool : file.tools) {
            add(tool.name);
            if (tool.undo) add(*tool.undo);
            for (const ast::Name& tag : tool.tags) add(tag);
        }
        for (const auto& example : file.examples) add(example.tool);
        for (const auto& matrix : file.matrices) add_labels(file, matrix.columns, matrix.rows);
        for (const auto& table : file.tables) add_labels(file, table.columns, table.rows);
        const auto earlier = [](const Span& a, const Span& b) { return a.begin < b.begin; };
        std::sort(atoms_.begin(), atoms_.end(), earlier);
        return std::move(atoms_);
    }

  private:
    void find_texts_and_targets(const File& file) {
        for (const auto& rule : file.rules) add(rule.on), add(rule.because);
        for (const auto& limit : file.limits) add(limit.on), add(limit.because);
        for (const auto& raise : file.raises) add(raise.on);
        for (const auto& counter : file.counters) add(counter.on);
        for (const auto& role : file.roles) {
            for (const ast::Can& can : role.grants) add(can.targets);
        }
        for (const auto& matrix : file.matrices) {
            if (matrix.on) add(*matrix.on);
        }
    }

    void add(const ast::Name& name) { atoms_.push_back(name.span); }
    void add(const std::optional<ast::Text>& text) {
        if (text) atoms_.push_back(text->span);
    }
    void add(const ast::Targets& targets) {
        for (const auto* list : {&targets.include, &targets.except}) {
            for (const ast::Target& target : *list) {
                add(target.name);
                if (target.kind == ast::Target::Kind::tag) --atoms_.back().begin;  // its @
            }
        }
    }
    void add_label(const File& file, ast::ExprId label) {
        if (label == ast::no_expr || file.expr(label).kind != ast::ExprKind::path) return;
        atoms_.push_back(file.expr(label).span);
    }
    void add_labels(const File& file, const std::vector<ast::MatrixColumn>& columns,
                    const std::vector<ast::MatrixRow>& rows) {
        for (const ast::MatrixColumn& column : columns) add_label(file, column.label);
        for (const ast::MatrixRow& row : rows) add_label(file, row.label);
    }

    std::vector<Span> atoms_;
};

struct EntryAt {
    std::uint32_t begin = 0;
    Entry kind = Entry::none;
    friend bool operator<(const EntryAt& a, const EntryAt& b) { return a.begin < b.begin; }
};

/// Where fields, attributes and arguments begin, in the order of the text.
std::vector<EntryAt> find_entries(const File& file) {
    std::vector<EntryAt> entries;
    const auto add = [&](const std::vector<ast::FieldDecl>& fields) {
        for (const auto& field : fields) entries.push_back({field.name.span.begin, Entry::field});
    };
    for (const auto& type : file.types) add(type.fields);
    for (const auto& tool : file.tools) add(tool.args);
    for (const auto& facts : file.facts) add(facts.fields);
    for (const auto& obligation : file.obligations) add(obligation.params);
    for (const auto& block : file.attributes) {
        for (const auto& one : block.attributes) {
            entries.push_back({one.path.span.begin, Entry::field});
        }
    }
    for (const auto& example : file.examples) {
        for (const auto& one : example.args) {
            entries.push_back({one.path.span.begin, Entry::argument});
        }
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

// ------------------------------------------------------------ where a token ends

std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

/// Numbers, dates, times, clocks and durations.
std::size_t end_of_number(std::string_view text, std::size_t at) {
    const std::size_t begin = at++;
    for (; at < text.size(); ++at) {
        const char letter = text[at];
        if (is_of(letter, name_byte)) continue;
        const bool digit_follows = at + 1 < text.size() && is_decimal_digit(text[at + 1]);
        const bool joins = letter == '.' || letter == ':' || letter == '-';
        const bool is_offset = letter == '+' && text[begin + 4] == '-';
        if (!digit_follows || !(joins || is_offset)) break;
    }
    return at;
}

/// A name with its dots, whose segments may be quoted.
std::size_t end_of_word(std::string_view text, std::size_t at) {
    while (true) {
        while (at < text.size() && is_of(text[at], name_byte)) ++at;
        if (at + 1 >= text.size() || text[at] != '.') return at;
        const char next = text[at + 1];
        if (next == '"') {
            at = end_of_string(text, at + 1);
        } else if (is_of(next, name_start)) {
            ++at;
        } else {
            return at;
        }
    }
}

std::size_t end_of_sign(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 6> pairs{"==", "!=", "<=", ">=", "??", ".."};
    const std::string_view two = text.substr(at, 2);
    return at + (std::find(pairs.begin(), pairs.end(), two) != pairs.end() ? 2 : 1);
}

struct Cut {
    Kind kind = Kind::sign;
    std::size_t end = 0;
};

Cut cut(std::string_view text, std::size_t at) {
    const char letter = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (letter == '"') return {Kind::string, end_of_string(text, at)};
    if (letter == 'r' && next == '"') return {Kind::string, text.find('"', at + 2) + 1};
    if (is_decimal_digit(letter) || (letter == '-' && is_decimal_digit(next))) {
        return {Kind::number, end_of_number(text, at)};
    }
    if (is_of(letter, name_start)) return {Kind::word, end_of_word(text, at)};
    if (letter == '.' && is_of(next, name_start)) return {Kind::member, end_of_word(text, at + 1)};
    if (letter == '(' || letter == '[' || letter == '{') return {Kind::open, at + 1};
    if (letter == ')' || letter == ']' || letter == '}') return {Kind::close, at + 1};
    return {Kind::sign, end_of_sign(text, at)};
}

// ------------------------------------------------------------ texts over several lines

/// Only the expressions in a `because` may go over lines. They are put on one, unless a comment
/// stands in them: then the lines stay as they are, but for blanks at their ends.
std::string on_one_line(std::string_view text, bool has_comment) {
    std::string joined;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t line_end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, line_end - at);
        at = line_end + 1;
        if (line_end < text.size()) line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        const std::size_t first = std::min(line.find_first_not_of(" \t\r"), line.size());
        if (!joined.empty() && first == line.size()) continue;
        if (!joined.empty() && has_comment) joined += '\n';
        if (!joined.empty() && !has_comment) {
            line.remove_prefix(first);
            if (joined.back() != ' ') joined += ' ';
        }
        joined += line;
    }
    return joined;
}

// ------------------------------------------------------------ the whole text

class Tokenizer {
  public:
    Tokenizer(std::string_view text, const File& file)
        : text_(text),
          file_(file),
          atoms_(Atoms().find(file)),
          entries_(find_entries(file)) {}

    Tokens run() {
        while (layout()) token();
        tokens_.all.push_back(std::move(next_));
        return std::move(tokens_);
    }

  private:
    /// Blanks, line ends and comments up to the next token; false at the end.
    bool layout() {
        next_ = {};
        next_.glued = true;
        std::size_t line_ends = tokens_.all.empty() ? 1 : 0;
        while (at_ < text_.size()) {
            const char letter = text_[at_];
            if (letter == '\n') {
                ++line_;
                ++line_ends;
                line_begin_ = at_ + 1;
            } else if (letter == '#') {
                comment(line_ends);
                line_ends = 0;
                continue;
            } else if (letter != ' ' && letter != '\t' && letter != '\r') {
                break;
            }
            next_.glued = false;
            ++at_;
        }
        next_.blank_line = line_ends > 1;
        return at_ < text_.size();
    }

    void comment(std::size_t line_ends) {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        std::string_view words = text_.substr(at_, end - at_);
        words = words.substr(0, words.find_last_not_of(" \t\r") + 1);
        const bool is_behind = line_ends == 0 && next_.above.empty() && !tokens_.all.empty();
        if (is_behind && tokens_.all.back().behind.empty()) {
            tokens_.all.back().behind = words;
        } else {
            next_.above.push_back({words, line_ends > 1, at_ > line_begin_});
        }
        next_.glued = false;
        at_ = end;
    }

    void token() {
        Cut found = cut(text_, at_);
        while (next_atom_ < atoms_.size() && atoms_[next_atom_].begin < at_) ++next_atom_;
        if (next_atom_ < atoms_.size() && atoms_[next_atom_].begin == at_) {
            const bool is_text = text_[at_] == '"' || text_.substr(at_, 2) == "r\"";
            found = {is_text ? Kind::string : Kind::word, atoms_[next_atom_].end};
        }
        next_.kind = found.kind;
        next_.text = text_.substr(at_, found.end - at_);
        next_.begin = static_cast<std::uint32_t>(at_);
        next_.line = line_;
        next_.entry = entry_at(next_.begin);
        take_lines();
        at_ = found.end;
        next_.last_line = line_;
        tokens_.all.push_back(std::move(next_));
    }

    [[nodiscard]] Entry entry_at(std::uint32_t begin) const {
        const auto found = std::lower_bound(entries_.begin(), entries_.end(), EntryAt{begin});
        return found != entries_.end() && found->begin == begin ? found->kind : Entry::none;
    }

    void take_lines() {
        const auto line_ends = std::count(next_.text.begin(), next_.text.end(), '\n');
        if (line_ends == 0) return;
        line_ += static_cast<std::uint32_t>(line_ends);
        line_begin_ = at_ + next_.text.rfind('\n') + 1;
        const std::uint32_t end = next_.begin + static_cast<std::uint32_t>(next_.text.size());
        const auto within = [&](const ast::Comment& comment) {
            return comment.span.begin > next_.begin && comment.span.begin < end;
        };
        const auto& comments = file_.comments;
        const bool has_comment = std::any_of(comments.begin(), comments.end(), within);
        next_.text = tokens_.kept.emplace_back(on_one_line(next_.text, has_comment));
    }

    std::string_view text_;
    const File& file_;
    std::vector<Span> atoms_;
    std::vector<EntryAt> entries_;
    std::size_t next_atom_ = 0;
    std::size_t at_ = 0;
    std::uint32_t line_ = 0;
    std::size_t line_begin_ = 0;
    Token next_;
    Tokens tokens_;
};

// ------------------------------------------------------------ commas

void pair_brackets(std::vector<Token>& all) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == Kind::open) open.push_back(i);
        if (all[i].kind != Kind::close) continue;
        assert(!open.empty());
        all[open.back()].partner = static_cast<std::uint32_t>(i);
        all[i].partner = static_cast<std::uint32_t>(open.back());
        open.pop_back();
    }
}

bool is_sign_token(const Token& token, std::string_view text) {
    return token.kind == Kind::sign && token.text == text;
}

/// Between fields in braces a line end does for a comma: here each has one, and the last has none.
std::vector<Token> with_commas(std::vector<Token> all) {
    std::vector<Token> result;
    result.reserve(all.size());
    for (Token& token : all) {
        const bool in_front = !result.empty() && token.entry != Entry::none;
        const bool has_comma = in_front && is_sign_token(result.back(), ",");
        if (in_front && result.back().kind != Kind::open && !has_comma) {
            Token comma;
            comma.kind = Kind::sign;
            comma.text = ",";
            comma.begin = token.begin;
            comma.line = comma.last_line = result.back().last_line;
            std::swap(comma.behind, result.back().behind);
            result.push_back(std::move(comma));
        } else if (token.text == "}" && token.kind == Kind::close &&
                   is_sign_token(result.back(), ",")) {
            Token comma = std::move(result.back());
            result.pop_back();
            if (result.back().behind.empty()) std::swap(comma.behind, result.back().behind);
            auto& above = token.above;
            if (!comma.behind.empty())
                above.insert(above.begin(), LineComment{comma.behind, false, true});
            above.insert(above.begin(), comma.above.begin(), comma.above.end());
        }
        result.push_back(std::move(token));
    }
    return result;
}

/// A comma follows its item at once, so comments before it stand behind it, or above what follows.
void move_comments_behind_commas(std::vector<Token>& all) {
    for (std::size_t i = 1; i + 1 < all.size(); ++i) {
        Token& comma = all[i];
        if (!is_sign_token(comma, ",")) continue;
        auto& above = all[i + 1].above;
        if (!comma.behind.empty() && !all[i - 1].behind.empty()) {
            above.insert(above.begin(), LineComment{comma.behind, false, true});
            comma.behind = {};
        }
        above.insert(above.begin(), comma.above.begin(), comma.above.end());
        comma.above.clear();
        if (!all[i - 1].behind.empty()) std::swap(comma.behind, all[i - 1].behind);
    }
}

void sum_up(Tokens& tokens) {
    std::size_t width = 0;
    std::size_t comments = 0;
    for (Token& token : tokens.all) {
        token.width = static_cast<std::uint32_t>(cells_of(token.text));
        tokens.widths.push_back(width);
        tokens.comments.push_back(comments);
        width += token.width + (token.spaced ? 1 : 0);
        comments += token.above.size() + (token.behind.empty() ? 0 : 1);
    }
}

}  // namespace

std::size_t Tokens::index_at(std::uint32_t offset) const {
    const auto before = [](const Token& token, std::uint32_t at) { return token.begin < at; };
    const auto found = std::lower_bound(all.begin(), all.end() - 1, offset, before);
    return static_cast<std::size_t>(found - all.begin());
}

std::size_t Tokens::width(std::size_t begin, std::size_t end) const {
    if (begin >= end) return 0;
    return widths[end] - widths[begin] - (all[begin].spaced ? 1 : 0);
}

bool Tokens::has_comment(std::size_t begin, std::size_t end) const {
    if (begin >= end) return false;
    const std::size_t outer = all[begin].above.size() + (all[end - 1].behind.empty() ? 0 : 1);
    return comments[end] - comments[begin] > outer;
}

std::size_t Tokens::find(std::size_t begin, std::size_t end, std::string_view text) const {
    for (std::size_t i = begin; i < end; i = after(i)) {
        if (is(i, text)) return i;
    }
    return end;
}

Tokens tokenize(std::string_view text, const ast::File& file) {
    Tokens tokens = Tokenizer(text, file).run();
    tokens.all = with_commas(std::move(tokens.all));
    move_comments_behind_commas(tokens.all);
    pair_brackets(tokens.all);
    set_spaces(tokens.all);
    sum_up(tokens);
    return tokens;
}

}  // namespace proviso::grammar::formatting
