// lower, domain_of, host_of. Hostile cases: tests/golden/decide/stdlib.
#include <algorithm>
#include <array>
#include <cstddef>

#include "stdlib/functions.h"
#include "stdlib/hosts.h"

namespace proviso::stdlib {
namespace {

using native::Cause;
using native::Unknown;
using native::Value;

std::string_view text_at(std::span<const Value> arguments, std::size_t index) {
    return std::get<std::string_view>(arguments[index].is);
}

constexpr std::size_t longest_mailbox = 64;

// Quotes, comments and the routes of old mail (`%`, `!`) are left out: there readers disagree.
bool is_mailbox_char(char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("._+-='").find(c) != std::string_view::npos;
}

bool is_mailbox(std::string_view text) {
    if (text.empty() || text.size() > longest_mailbox) return false;
    if (text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), is_mailbox_char);
}

// Schemes whose `//` is followed by a host to everybody. That of `file` is a share to some, that of
// `javascript` is a comment.
constexpr std::array<std::string_view, 9> schemes{"https", "http", "wss", "ws", "ftp",
                                                  "ftps",  "sftp", "ssh", "git"};

bool is_scheme(std::string_view text) {
    return std::any_of(schemes.begin(), schemes.end(),
                       [&](std::string_view one) { return same_but_case(one, text); });
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || text.front() == '0') return false;
    int value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
    }
    return value <= 65'535;
}

/// Blanks, control characters and backslashes are dropped or turned by some readers, wherever they
/// stand.
bool is_url_text(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return is_control(c) || c == ' ' || c == '\\'; });
}

}  // namespace

Value lower(std::span<const Value> arguments, std::span<char> room) {
    const std::string_view text = text_at(arguments, 0);
    const bool ascii = std::all_of(text.begin(), text.end(), is_ascii);
    return ascii ? lower_ascii(text, room) : Value{Unknown{Cause::ambiguous}};
}

Value domain_of(std::span<const Value> arguments, std::span<char> room) {
    const std::string_view text = text_at(arguments, 0);
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || !is_mailbox(text.substr(0, at))) {
        return {Unknown{Cause::ambiguous}};
    }
    const std::string_view domain = text.substr(at + 1);
    const bool dotted = domain.find('.') != std::string_view::npos;
    if (!dotted || !is_host_name(domain)) return {Unknown{Cause::ambiguous}};
    return lower_ascii(domain, room);
}

Value host_of(std::span<const Value> arguments, std::span<char> room) {
    const std::string_view text = text_at(arguments, 0);
    const std::size_t colon = text.find(':');
    const bool has_scheme = colon != std::string_view::npos && is_scheme(text.substr(0, colon));
    if (!has_scheme || !is_url_text(text) || text.substr(colon, 3) != "://") {
        return {Unknown{Cause::ambiguous}};
    }
    std::string_view host = text.substr(colon + 3);
    const std::size_t end = host.find_first_of("/?#");
    // Some find the host behind an `@` that no slash parts from the front.
    const std::string_view behind = host.substr(std::min(end, host.size()));
    if (!behind.starts_with('/') && behind.find('@') != std::string_view::npos) {
        return {Unknown{Cause::ambiguous}};
    }
    host = host.substr(0, end);
    const std::size_t port = host.find(':');
    if (port != std::string_view::npos) {
        if (!is_port(host.substr(port + 1))) return {Unknown{Cause::ambiguous}};
        host = host.substr(0, port);
    }
    if (is_plain_address(host)) return {host};
    if (!is_host_name(host)) return {Unknown{Cause::ambiguous}};
    return lower_ascii(host, room);
}

}  // namespace proviso::stdlib
