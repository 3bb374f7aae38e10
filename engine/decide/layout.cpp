// Reads and checks layouts; engine/decide/bind_layout.cpp resolves them against a program.
#include "proviso/layout.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/decide/bind_layout.h"

namespace proviso {

namespace {

using Field = Layout::Impl::Field;

constexpr std::array<std::string_view, 8> object_targets{
    "args", "attributes", "principal", "agent", "workflow", "unknown", "approvals", "facts"};
constexpr std::string_view capture_prefix = "capture.";

std::string quoted(std::string_view text) {
    return "`" + std::string(text) + "`";
}

bool is_object(std::string_view target) {
    return std::find(object_targets.begin(), object_targets.end(), target) != object_targets.end();
}

/// Unescapes one segment of a pointer; false for a `~` that is not `~0` or `~1`.
bool unescape_segment(std::string& segment) {
    std::string plain;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (segment[i] != '~') {
            plain += segment[i];
            continue;
        }
        const char next = ++i < segment.size() ? segment[i] : '\0';
        if (next != '0' && next != '1') return false;
        plain += next == '0' ? '~' : '/';
    }
    segment = std::move(plain);
    return true;
}

/// RFC 6901; the empty pointer has no segments.
bool read_pointer(std::string_view text, std::vector<std::string>& segments) {
    if (text.empty()) return true;
    if (text.front() != '/') return false;
    while (!text.empty()) {
        text.remove_prefix(1);
        const std::size_t slash = text.find('/');
        segments.emplace_back(text.substr(0, slash));
        if (!unescape_segment(segments.back())) return false;
        text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
    }
    return true;
}

/// Empty, or what is wrong with the field for itself.
std::string read_field(Field& field) {
    const LayoutField& given = field.given;
    const std::string_view target = given.target;
    if (target.empty() || target == "args." || target == capture_prefix) {
        return "a field has no target";
    }
    if (!read_pointer(given.pointer, field.pointer)) {
        return quoted(given.pointer) + " is not a JSON pointer";
    }
    if (given.pointer.empty() && !given.fallback) {
        return quoted(target) + " has neither a pointer nor a fallback";
    }
    if (!given.words.empty() && (is_object(target) || target.starts_with(capture_prefix))) {
        return quoted(target) + " is not one word, so it takes no words";
    }
    if (!given.fallback) return {};
    const std::string_view why = field.constant.emplace().parse(*given.fallback);
    if (why.empty()) return {};
    return "the fallback of " + quoted(target) + " is not JSON: " + std::string(why);
}

bool leads_through(const Field& longer, const Field& shorter) {
    return !shorter.pointer.empty() && shorter.pointer.size() < longer.pointer.size() &&
           std::equal(shorter.pointer.begin(), shorter.pointer.end(), longer.pointer.begin());
}

/// Empty, or why two fields cannot stand beside each other.
std::string conflict(const Field& a, const Field& b) {
    if (leads_through(a, b) || leads_through(b, a)) {
        const Field& longer = leads_through(a, b) ? a : b;
        const Field& shorter = leads_through(a, b) ? b : a;
        return quoted(longer.given.pointer) + " leads through the value of " +
               quoted(shorter.given.target);
    }
    const bool same = !a.pointer.empty() && a.pointer == b.pointer;
    if (!same || (!is_object(a.given.target) && !is_object(b.given.target))) return {};
    return quoted(a.given.pointer) + " is both " + quoted(a.given.target) + " and " +
           quoted(b.given.target);
}

std::string check(const std::vector<Field>& fields) {
    std::set<std::string_view> targets;
    for (const Field& field : fields) {
        if (targets.insert(field.given.target).second) continue;
        return quoted(field.given.target) + " is a target twice";
    }
    for (std::size_t a = 0; a < fields.size(); ++a) {
        for (std::size_t b = a + 1; b < fields.size(); ++b) {
            std::string why = conflict(fields[a], fields[b]);
            if (!why.empty()) return why;
        }
    }
    return {};
}

}  // namespace

Layout Layout::native() {
    auto impl = std::make_shared<Impl>();
    impl->native = true;
    return Layout(std::move(impl));
}

Layout::MakeResult Layout::make(std::vector<LayoutField> fields) {
    auto impl = std::make_shared<Impl>();
    impl->fields.reserve(fields.size());
    for (LayoutField& given : fields) {
        Field& field = impl->fields.emplace_back();
        field.given = std::move(given);
        std::string why = read_field(field);
        if (!why.empty()) return {std::nullopt, std::move(why)};
        if (field.given.target.starts_with(capture_prefix)) {
            impl->captures.push_back(field.given.target.substr(capture_prefix.size()));
        }
    }
    std::string why = check(impl->fields);
    if (!why.empty()) return {std::nullopt, std::move(why)};
    return {Layout(std::move(impl)), {}};
}

const std::vector<std::string>& Layout::captures() const noexcept {
    return impl_->captures;
}

}  // namespace proviso
