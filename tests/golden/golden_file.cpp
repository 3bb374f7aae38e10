#include "tests/golden/golden_file.h"

namespace proviso::golden {
namespace {

constexpr std::string_view head_mark = "---";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_head(std::string_view line) {
    return line.starts_with(head_mark) &&
           (line.size() == head_mark.size() || line[3] == ' ' || line[3] == '\n');
}

// Takes the next line off `rest`, its line end included.
std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end == std::string_view::npos ? end : end + 1);
    rest.remove_prefix(line.size());
    return line;
}

Section section_of(std::string_view head) {
    const auto words = trimmed(head.substr(head_mark.size()));
    const auto colon = words.find(':');
    Section section;
    section.head = head;
    section.name = trimmed(words.substr(0, colon));
    if (colon != std::string_view::npos) section.argument = trimmed(words.substr(colon + 1));
    return section;
}

std::string_view without_last_blank_lines(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

}  // namespace

const Section* GoldenFile::find(std::string_view name) const {
    for (const Section& section : sections) {
        if (section.name == name) return &section;
    }
    return nullptr;
}

std::vector<const Section*> GoldenFile::all(std::string_view name) const {
    std::vector<const Section*> found;
    for (const Section& section : sections) {
        if (section.name == name) found.push_back(&section);
    }
    return found;
}

std::string_view GoldenFile::text(std::string_view name) const {
    const Section* section = find(name);
    return section == nullptr ? std::string_view{} : std::string_view{section->body};
}

Parsed parse_golden(std::string_view text) {
    Parsed parsed;
    if (!text.starts_with("# ")) {
        parsed.error = "the first line must say what the case shows: `# …`";
        return parsed;
    }
    auto& sections = parsed.file.sections;
    for (auto rest = text; !rest.empty();) {
        const auto line = take_line(rest);
        if (is_head(line)) {
            sections.push_back(section_of(line));
            if (sections.back().name.empty()) parsed.error = "a section has no name";
        } else {
            (sections.empty() ? parsed.file.preamble : sections.back().body) += line;
        }
    }
    return parsed;
}

std::string print_golden(const GoldenFile& file) {
    std::string text = file.preamble;
    for (const Section& section : file.sections) text += section.head + section.body;
    return text;
}

bool same_body(std::string_view left, std::string_view right) {
    return without_last_blank_lines(left) == without_last_blank_lines(right);
}

std::string body_for(std::string_view produced, std::string_view old) {
    std::string body{without_last_blank_lines(produced)};
    if (!body.empty()) body += '\n';
    if (old == "\n" || old.ends_with("\n\n")) body += '\n';
    return body;
}

}  // namespace proviso::golden
