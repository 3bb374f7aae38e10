#include "simulator/replay/shown_args.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "engine/policy_impl.h"
#include "simulator/text/json_text.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::string_view left_out = "\"…\"";
constexpr std::size_t text_shown = 48;
constexpr std::size_t text_looked_at = 128;  // a card that begins in what is shown ends in this

constexpr std::array<std::string_view, 15> secret_words{"auth", "cvc",  "cvv", "key",    "keys",
                                                        "otp",  "pass", "pin", "pwd",    "seed",
                                                        "ssn",  "tan",  "pan", "bearer", "jwt"};
constexpr std::array<std::string_view, 13> secret_parts{
    "password",   "passwd", "passphrase", "secret",    "token",      "apikey",   "authorization",
    "credential", "cookie", "privatekey", "accesskey", "cardnumber", "signature"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Of an argument's name in rule text.
bool is_name_part(char c) {
    return is_digit(c) || is_lower(lower(c)) || c == '_' || c == '-';
}

bool is_secret_word(std::string_view word) {
    return std::find(secret_words.begin(), secret_words.end(), word) != secret_words.end();
}

/// The check digit of cards (Luhn's).
bool passes_check(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[digits.size() - 1 - i] - '0';
        const int counted = i % 2 == 0 ? digit : digit * 2;
        sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
}

/// Whether some groups of digits that stand behind each other are a card's.
bool hold_card(const std::vector<std::string>& groups) {
    constexpr std::size_t shortest = 13;
    constexpr std::size_t longest = 19;
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::string digits;
        for (std::size_t i = first; i < groups.size() && digits.size() <= longest; ++i) {
            digits += groups[i];
            const bool fits = digits.size() >= shortest && digits.size() <= longest;
            if (fits && passes_check(digits)) return true;
        }
    }
    return false;
}

/// Copies JSON that is known to be right, with parts of it replaced.
class Copier {
  public:
    explicit Copier(std::string_view text) : rest_(text) {}

    /// `names`: the members of the outermost object whose values are shown.
    std::string copy(const std::set<std::string, std::less<>>& names) {
        if (!at('{')) {
            value();
            return std::move(out_);
        }
        members([&](std::string_view name) {
            if (names.find(name) != names.end()) return value();
            skip();
            out_ += left_out;
        });
        return std::move(out_);
    }

  private:
    bool at(char c) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
        return !rest_.empty() && rest_.front() == c;
    }
    bool take(char c) {
        if (!at(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view take_raw(std::size_t size) {
        const std::string_view raw = rest_.substr(0, size);
        rest_.remove_prefix(raw.size());
        return raw;
    }
    std::string_view take_string() {
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
        return take_raw(end + 1);
    }
    std::string_view take_scalar() {
        if (at('"')) return take_string();
        return take_raw(std::max<std::size_t>(rest_.find_first_of(",]} \t\r\n"), 1));
    }

    template <class Each>
    void members(Each each) {
        take('{');
        out_ += '{';
        while (!rest_.empty() && !take('}')) {
            out_ += take(',') ? ", " : "";
            at('"');
            const std::string_view raw = take_string();
            out_ += raw;
            out_ += ": ";
            take(':');
            std::string scratch;
            const std::string_view name = plain_text(raw, scratch);
            if (!sounds_secret(name)) {
                each(name);
                continue;
            }
            skip();
            append_json_string(out_, masked_text);
        }
        out_ += '}';
    }
    void elements() {
        take('[');
        out_ += '[';
        while (!rest_.empty() && !take(']')) {
            out_ += take(',') ? ", " : "";
            value();
        }
        out_ += ']';
    }
    void value() {
        if (at('{')) return members([this](std::string_view) { value(); });
        if (at('[')) return elements();
        const std::string_view raw = take_scalar();
        if (has_card_number(raw.substr(0, text_looked_at))) {
            append_json_string(out_, masked_text);
        } else if (!is_json_string(raw) || raw.size() <= text_shown) {
            out_ += raw;
        } else {
            std::string scratch;
            append_json_string(out_, cut_text(plain_text(raw, scratch), text_shown));
        }
    }
    /// Past a value of any shape.
    void skip() {
        std::size_t open = 0;
        do {
            if (take('{') || take('[')) {
                ++open;
            } else if (take('}') || take(']')) {
                --open;
            } else if (!take(',') && !take(':')) {
                take_scalar();
            }
        } while (open > 0 && !rest_.empty());
    }

    std::string_view rest_;
    std::string out_;
};

}  // namespace

bool sounds_secret(std::string_view name) {
    std::string together;  // all letters and digits
    std::string word;
    bool secret = false;
    for (std::size_t i = 0; i < name.size() && !secret; ++i) {
        const bool is_part = is_digit(name[i]) || is_lower(lower(name[i]));
        const bool begins = is_upper(name[i]) && i > 0 && is_lower(name[i - 1]);
        if (!is_part || begins) {
            secret = is_secret_word(word);
            word.clear();
        }
        if (!is_part) continue;
        word += lower(name[i]);
        together += lower(name[i]);
    }
    if (secret || is_secret_word(word)) return true;
    return std::any_of(secret_parts.begin(), secret_parts.end(), [&](std::string_view part) {
        return together.find(part) != std::string::npos;
    });
}

bool has_card_number(std::string_view text) {
    std::vector<std::string> groups{{}};
    for (const char c : text) {
        if (is_digit(c)) {
            groups.back() += c;
        } else if ((c == ' ' || c == '-') && !groups.back().empty()) {
            groups.emplace_back();
        } else {
            if (hold_card(groups)) return true;
            groups.assign(1, {});
        }
    }
    return hold_card(groups);
}

ShownArgs::ShownArgs(const Policy& policy, bool all) : all_(all) {
    constexpr std::string_view prefix = "args.";
    for (const auto& source : policy.impl().image->program().sources) {
        const std::string_view text = source.text;
        for (std::size_t at = text.find(prefix); at != std::string_view::npos;) {
            at += prefix.size();
            std::size_t end = at;
            while (end < text.size() && is_name_part(text[end])) ++end;
            names_.emplace(text.substr(at, end - at));
            at = text.find(prefix, end);
        }
    }
}

std::string ShownArgs::shown(std::string_view args) const {
    return all_ ? std::string(args) : Copier(args).copy(names_);
}

}  // namespace proviso::simulator
