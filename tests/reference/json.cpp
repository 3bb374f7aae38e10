// See json.h. Takes well-formed JSON; that everything else is refused is tested elsewhere, against
// simdjson's parser.
#include "tests/reference/json.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "tests/reference/number.h"

namespace proviso::reference {

namespace {

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::optional<Json> document() {
        Json json;
        if (!value(json)) return std::nullopt;
        blanks();
        if (at_ != text_.size()) return std::nullopt;
        return json;
    }

  private:
    void blanks() {
        while (at_ < text_.size() &&
               std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
            ++at_;
        }
    }
    bool take(std::string_view token) {
        blanks();
        if (text_.substr(at_, token.size()) != token) return false;
        at_ += token.size();
        return true;
    }
    bool value(Json& json) {
        blanks();
        if (at_ == text_.size()) return false;
        if (text_[at_] == '{') return object(json);
        if (text_[at_] == '[') return list(json);
        if (text_[at_] == '"') return string(json);
        if (take("null")) return true;
        json.is = Json::Is::boolean;
        if (take("false")) return true;
        json.truth = true;
        return take("true") || number(json);
    }
    bool number(Json& json) {
        const std::size_t begin = at_;
        const std::string_view characters = "+-.0123456789eE";
        while (at_ < text_.size() && characters.find(text_[at_]) != std::string_view::npos) ++at_;
        json.is = Json::Is::number;
        json.text = text_.substr(begin, at_ - begin);
        return !json.text.empty();
    }
    bool list(Json& json) {
        json.is = Json::Is::list;
        if (!take("[")) return false;
        if (take("]")) return true;
        do {
            if (!value(json.items.emplace_back())) return false;
        } while (take(","));
        return take("]");
    }
    bool object(Json& json) {
        json.is = Json::Is::object;
        if (!take("{")) return false;
        if (take("}")) return true;
        do {
            Json name;
            blanks();
            if (!string(name) || !take(":")) return false;
            auto& [key, member] = json.members.emplace_back();
            key = name.text;
            if (!value(member)) return false;
        } while (take(","));
        return take("}");
    }
    bool string(Json& json) {
        json.is = Json::Is::text;
        if (at_ == text_.size() || text_[at_++] != '"') return false;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] != '\\') {
                json.text += text_[at_++];
            } else if (!escape(json)) {
                return false;
            }
        }
        return at_++ < text_.size();
    }
    bool escape(Json& json) {
        if (text_.size() - at_ < 2) return false;
        const char kind = text_[at_ + 1];
        at_ += 2;
        const std::string_view from = "\"\\/bfnrt";
        const std::string_view to = "\"\\/\b\f\n\r\t";
        const std::size_t place = from.find(kind);
        if (place != std::string_view::npos) {
            json.text += to[place];
            return true;
        }
        std::uint32_t code = 0;
        if (kind != 'u' || !unit(code)) return false;
        if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
            const std::size_t before = at_;
            std::uint32_t low = 0;
            at_ += 2;
            if (!unit(low)) return false;
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            } else {
                at_ = before;
            }
        }
        if (code >= 0xD800 && code < 0xE000) json.broken = true;
        append(json.text, code);
        return true;
    }
    bool unit(std::uint32_t& code) {
        if (text_.size() - at_ < 4) return false;
        code =
            static_cast<std::uint32_t>(std::stoul(std::string(text_.substr(at_, 4)), nullptr, 16));
        at_ += 4;
        return true;
    }
    static void append(std::string& text, std::uint32_t code) {
        const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
        if (code < 0x80) {
            byte(code);
        } else if (code < 0x800) {
            byte(0xC0 | code >> 6);
            byte(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            byte(0xE0 | code >> 12);
            byte(0x80 | (code >> 6 & 0x3F));
            byte(0x80 | (code & 0x3F));
        } else {
            byte(0xF0 | code >> 18);
            byte(0x80 | (code >> 12 & 0x3F));
            byte(0x80 | (code >> 6 & 0x3F));
            byte(0x80 | (code & 0x3F));
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

const Json* Json::find(std::string_view name) const {
    for (const auto& [key, member] : members) {
        if (key == name) return &member;
    }
    return nullptr;
}

bool Json::repeats(std::string_view name) const {
    return std::count_if(members.begin(), members.end(),
                         [&](const JsonMember& member) { return member.name == name; }) > 1;
}

bool Json::has_twice() const {
    std::set<std::string> names;
    for (const auto& [key, member] : members) {
        if (!names.insert(key).second || member.has_twice()) return true;
    }
    for (const Json& item : items) {
        if (item.has_twice()) return true;
    }
    return false;
}

std::optional<Json> parse_json(std::string_view text) {
    return Reader(text).document();
}

}  // namespace proviso::reference
