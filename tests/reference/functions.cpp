// See functions.h. SHA-256 is libcrypto's here.
#include "tests/reference/functions.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <re2/re2.h>

#include "engine/model/currency.h"
#include "engine/model/sha256.h"

namespace proviso::reference {

namespace {

constexpr std::size_t longest_text = 4096;

Value ambiguous() {
    return unknown_value("ambiguous");
}

std::string in_lower_case(std::string text) {
    for (char& c : text) {
        const std::size_t place = std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZ").find(c);
        if (place != std::string::npos) c = "abcdefghijklmnopqrstuvwxyz"[place];
    }
    return text;
}

Value lower(const std::string& text) {
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0x80U) != 0) return ambiguous();
    }
    const std::string result = in_lower_case(text);
    if (result != text && text.size() > longest_text) return unknown_value("too long");
    return of_text(result);
}

bool is_host(const std::string& text) {
    static const RE2 name(
        "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9]"
        ")?");
    static const RE2 number("(.*\\.)?([0-9]+|0[xX][0-9A-Fa-f]*)");
    if (text.size() > 253 || !RE2::FullMatch(text, name)) return false;
    return !RE2::FullMatch(text, number);
}

bool is_address(const std::string& text) {
    static const RE2 four(
        "((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}"
        "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])");
    return RE2::FullMatch(text, four);
}

Value domain_of(const std::string& text) {
    static const RE2 mailbox("[A-Za-z0-9_+='-]+(\\.[A-Za-z0-9_+='-]+)*");
    const std::size_t at = text.rfind('@');
    if (at == std::string::npos || at > 64) return ambiguous();
    const std::string domain = text.substr(at + 1);
    if (!RE2::FullMatch(text.substr(0, at), mailbox)) return ambiguous();
    if (!is_host(domain) || domain.find('.') == std::string::npos) return ambiguous();
    return of_text(in_lower_case(domain));
}

/// The parts of scheme://host:port and what follows, where the text falls into them.
Value host_of(const std::string& text) {
    static const RE2 odd("[\\x00-\\x20\\x7f\\\\]");
    static const RE2 url("(?i:https?|wss?|ftps?|sftp|ssh|git)://([^/?#:]*)(?::([1-9][0-9]{0,4}))?");
    const std::size_t scheme = text.find("://");
    if (scheme == std::string::npos || RE2::PartialMatch(text, odd)) return ambiguous();
    const std::size_t end = std::min(text.size(), text.find_first_of("/?#", scheme + 3));
    const std::string rest = text.substr(end);
    std::string host;
    std::string port;
    if (!RE2::FullMatch(text.substr(0, end), url, &host, &port)) return ambiguous();
    if (!port.empty() && std::stoi(port) > 65535) return ambiguous();
    if (!rest.empty() && rest[0] != '/' && rest.find('@') != std::string::npos) return ambiguous();
    return is_address(host) || is_host(host) ? of_text(in_lower_case(host)) : ambiguous();
}

/// What a path comes to, walked from its start; nothing where it cannot be told.
std::optional<std::vector<std::string>> walked(const std::string& path) {
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || c == '%' || c == '\\') return std::nullopt;
    }
    if (path.empty() || path[0] == '~' || path.rfind("//", 0) == 0) return std::nullopt;
    std::vector<std::string> segments;
    std::string rest = path + "/";
    while (!rest.empty()) {
        const std::string segment = rest.substr(0, rest.find('/'));
        rest = rest.substr(segment.size() + 1);
        if (segment == "..") {
            if (segments.empty()) return std::nullopt;
            segments.pop_back();
        } else if (!segment.empty() && segment != ".") {
            segments.push_back(segment);
        }
    }
    return segments;
}

Value path_under(const std::string& path, const std::string& root) {
    const auto below = walked(path);
    const auto above = walked(root);
    if (!below || !above || (path[0] == '/') != (root[0] == '/')) return ambiguous();
    if (below->size() < above->size()) return of_bool(false);
    bool same = true;
    for (std::size_t i = 0; i < above->size(); ++i) {
        const std::string& one = (*below)[i];
        const std::string& other = (*above)[i];
        if (in_lower_case(one) != in_lower_case(other)) return of_bool(false);
        same = same && one == other;
    }
    return same ? of_bool(true) : ambiguous();
}

std::string bits_of(const std::string& bytes) {
    std::string bits;
    for (const char c : bytes) {
        for (int bit = 7; bit >= 0; --bit) {
            bits += (static_cast<unsigned char>(c) >> bit & 1) != 0 ? '1' : '0';
        }
    }
    return bits;
}

Value cidr(const std::string& address, const std::string& network, std::int64_t count) {
    const std::string version_4 = std::string(80, '0') + std::string(16, '1');
    const std::string bits = bits_of(address);
    if (count < 96 && bits.rfind(version_4, 0) == 0) return of_bool(false);
    const auto size = static_cast<std::size_t>(count);
    return of_bool(bits.substr(0, size) == bits_of(network).substr(0, size));
}

bool is_code(const std::string& text) {
    const auto packed = model::pack_currency(text);
    return packed && model::is_iso_currency(*packed);
}

Value money(const Value& amount, const std::string& code) {
    return is_code(code) ? of_money(amount.number, code) : unknown_value("not in enum");
}

Value convert(const Value& money, const std::string& code, const Value& rates) {
    if (!RE2::FullMatch(code, "[A-Z]{3}")) return unknown_value("not in enum");
    if (money.text == code) return money;
    std::vector<Number> found;
    for (const Value& rate : rates.items) {
        if (!rate.known() || !rate.items[0].known() || !rate.items[1].known()) return ambiguous();
        if (rate.items[0].text != money.text || rate.items[1].text != code) continue;
        if (!rate.items[2].known() || rate.items[2].number <= Number(0)) return ambiguous();
        found.push_back(rate.items[2].number);
        if (found.size() > 1) return ambiguous();
    }
    if (found.empty()) return unknown_value("missing");
    const Number product = money.number.times(found[0]);
    if (!product.fits_decimal()) return unknown_value("overflow");
    return is_code(code) ? of_money(product, code) : unknown_value("not in enum");
}

/// n / 2^64 in digits, by long division: each digit is the whole part of ten times what is left.
Value sample(const std::string& key) {
    const model::Digest digest = model::sha256("proviso-sample-1:" + key);
    std::vector<unsigned> left(digest.begin(), digest.begin() + 8);
    std::int64_t digits = 0;
    for (int i = 0; i < 9; ++i) {
        unsigned carry = 0;
        for (std::size_t byte = 8; byte-- > 0;) {
            const unsigned product = left[byte] * 10 + carry;
            left[byte] = product % 256;
            carry = product / 256;
        }
        digits = digits * 10 + carry;
    }
    return of_number(Number(digits, 9));
}

}  // namespace

Value call_function(const std::string& name, const std::vector<Value>& arguments) {
    const auto text = [&](std::size_t i) { return arguments[i].text; };
    if (name == "lower") return lower(text(0));
    if (name == "domain_of") return domain_of(text(0));
    if (name == "host_of") return host_of(text(0));
    if (name == "path_under") return path_under(text(0), text(1));
    if (name == "cidr") return cidr(text(0), text(1), arguments[2].number.integer());
    if (name == "money") return money(arguments[0], text(1));
    if (name == "convert") return convert(arguments[0], text(1), arguments[2]);
    if (name == "sample") return sample(text(0));
    return unknown_value("no such function");
}

}  // namespace proviso::reference
