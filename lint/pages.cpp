// docs/lint.md, cut into its sections: `### CODE: title` begins one, the next heading ends it.
// Covered by tests/docs/lint_test.py, which holds the page against grammar/diagnostics.def.
#include <algorithm>
#include <string_view>

#include "lint/lint.h"
#include "lint/page_text.h"
#include "lint/silence.h"

namespace proviso::lint {
namespace {

/// "P1710", where the line begins such a section.
std::string_view code_in(std::string_view line) {
    constexpr std::string_view mark = "### P";
    constexpr std::size_t length = 5;
    const bool heading = line.starts_with(mark) && line.substr(4 + length).starts_with(": ");
    return heading ? line.substr(4, length) : std::string_view();
}

std::vector<Page> cut(std::string_view text) {
    std::vector<Page> pages;
    bool inside = false;
    bool fenced = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        const std::string_view line = text.substr(0, end);
        const std::string_view code = code_in(line);
        if (line.starts_with("```")) fenced = !fenced;
        if (!code.empty()) {
            pages.push_back(
                {std::string(code), std::string(line.substr(4 + code.size() + 2)), {}, false});
        } else if (inside && (fenced || !line.starts_with('#'))) {
            pages.back().text += text.substr(0, end + 1);
        }
        inside = !code.empty() || (inside && (fenced || !line.starts_with('#')));
        text.remove_prefix(end + 1);
    }
    for (Page& page : pages) {
        page.text.erase(0, page.text.find_first_not_of('\n'));
        page.text.erase(page.text.find_last_not_of('\n') + 1);
        page.can_be_silenced = can_be_silenced(page.code);
    }
    return pages;
}

}  // namespace

const std::vector<Page>& pages() {
    static const std::vector<Page> all = cut(page_text());
    return all;
}

}  // namespace proviso::lint
