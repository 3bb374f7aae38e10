// path_under: by text alone. Links in the file system are not looked at; whoever opens the path
// must not follow them out. Hostile cases: tests/golden/decide/stdlib.
#include <algorithm>
#include <cstddef>
#include <optional>

#include "stdlib/functions.h"
#include "stdlib/hosts.h"

namespace proviso::stdlib {
namespace {

using native::Cause;
using native::Unknown;
using native::Value;

/// Reads a path from its end: what `..` takes away is known before it is met.
class Segments {
  public:
    explicit Segments(std::string_view path) : rest_(path) {}

    /// The next one that stays, or nothing at the start.
    std::optional<std::string_view> next() {
        while (!rest_.empty()) {
            const std::size_t slash = rest_.rfind('/');
            const bool first = slash == std::string_view::npos;
            const std::string_view segment = first ? rest_ : rest_.substr(slash + 1);
            rest_ = first ? std::string_view{} : rest_.substr(0, slash);
            if (segment.empty() || segment == ".") continue;
            if (segment == "..") {
                ++up_;
            } else if (up_ > 0) {
                --up_;
            } else {
                return segment;
            }
        }
        return std::nullopt;
    }

    /// At the start: whether it leads above where it begins.
    [[nodiscard]] bool leads_out() const { return up_ > 0; }

  private:
    std::string_view rest_;
    std::size_t up_ = 0;
};

// `%2e` and `\` are dots and slashes to some; `~` is somebody's home; two slashes in front are
// another machine.
bool is_plain(std::string_view path) {
    if (path.empty() || path.front() == '~' || path.starts_with("//")) return false;
    return std::none_of(path.begin(), path.end(),
                        [](char c) { return is_control(c) || c == '%' || c == '\\'; });
}

/// How many segments it comes to; nothing where it leads out.
std::optional<std::size_t> depth_of(std::string_view path) {
    Segments segments(path);
    std::size_t depth = 0;
    while (segments.next()) ++depth;
    return segments.leads_out() ? std::nullopt : std::optional(depth);
}

enum class Found { no, other_case, yes };

/// Whether the first segments of the path, which has at least `depth`, are those of the root.
Found compare(std::string_view path, std::size_t path_depth, std::string_view root,
              std::size_t root_depth) {
    Segments one(path);
    Segments other(root);
    for (std::size_t i = root_depth; i < path_depth; ++i) (void)one.next();
    Found found = Found::yes;
    for (std::size_t i = 0; i < root_depth; ++i) {
        const std::string_view a = *one.next();
        const std::string_view b = *other.next();
        if (!same_but_case(a, b)) return Found::no;
        if (a != b) found = Found::other_case;
    }
    return found;
}

}  // namespace

Value path_under(std::span<const Value> arguments, std::span<char> /*room*/) {
    const auto path = std::get<std::string_view>(arguments[0].is);
    const auto root = std::get<std::string_view>(arguments[1].is);
    const Value unclear{Unknown{Cause::ambiguous}};
    if (!is_plain(path) || !is_plain(root)) return unclear;
    if ((path.front() == '/') != (root.front() == '/')) return unclear;
    const std::optional<std::size_t> path_depth = depth_of(path);
    const std::optional<std::size_t> root_depth = depth_of(root);
    if (!path_depth || !root_depth) return unclear;
    if (*path_depth < *root_depth) return {false};
    switch (compare(path, *path_depth, root, *root_depth)) {
        case Found::no: return {false};
        case Found::other_case: return unclear;
        case Found::yes: return {true};
    }
    return unclear;
}

}  // namespace proviso::stdlib
