#include "handbook/wording.h"

#include <algorithm>
#include <array>

#include "engine/model/calendar.h"

namespace proviso::handbook {
namespace {

constexpr std::uint32_t stage_count = 5;

struct Unit {
    std::int64_t seconds;
    std::string_view name;
};
constexpr std::array<Unit, 4> units{
    {{86'400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};

Line patterns_of(const check::TargetSet& targets) {
    std::vector<Line> include;
    std::vector<Line> except;
    for (const auto& pattern : targets.patterns) {
        (pattern.except ? except : include).push_back(Line().code(pattern.glob));
    }
    Line line;
    if (include.empty()) return line;
    line.say("any tool outside the catalogue whose name is like ").append(joined(include, " or "));
    if (!except.empty()) line.say(", but not like ").append(joined(except, " or "));
    return line;
}

}  // namespace

std::string stage_name(std::uint32_t stage) {
    static constexpr std::array<std::string_view, stage_count> names{"read", "propose", "prepare",
                                                                     "approve", "execute"};
    return std::string(names[stage]);
}

std::string stage_words(check::StageMask stages) {
    if (stages == check::all_stages) return "at every stage";
    std::vector<Line> names;
    for (std::uint32_t i = 0; i < stage_count; ++i) {
        if ((stages & check::stage_bit(i)) != 0) names.emplace_back(stage_name(i));
    }
    std::string text = "at ";
    const Line line = joined(names);
    for (const Inline& part : line.parts()) text += part.text;
    return text;
}

std::string counted(std::uint64_t count, std::string_view one) {
    return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string duration_words(std::int64_t seconds) {
    std::vector<std::string> parts;
    for (const Unit& unit : units) {
        if (seconds < unit.seconds) continue;
        parts.push_back(counted(static_cast<std::uint64_t>(seconds / unit.seconds), unit.name));
        seconds %= unit.seconds;
    }
    if (parts.empty()) return "0 seconds";
    std::string text = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        text += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
    }
    return text;
}

Line tool_link(const Book& book, check::ToolId tool) {
    const std::string& name = book.set->tool(tool).name;
    return Line().link(name, anchor_of("tool", name));
}

Line role_link(const Book& book, check::RoleId role) {
    const std::string& name = book.set->role(role).name;
    return Line().link(name, anchor_of("role", name));
}

Line gate_words(const Book& book, check::RoleId role, check::ApprovalId approval) {
    if (approval == check::no_approval) {
        return Line("one person of ").append(role_link(book, role)).say(" approves");
    }
    const std::string& name = book.set->approvals[static_cast<std::size_t>(approval)].name;
    return Line("the approval ").link(name, anchor_of("approval", name)).say(" is given");
}

Line outcome_words(const Book& book, const check::Outcome& outcome) {
    switch (outcome.effect) {
        case check::Effect::allow: return Line("allowed");
        case check::Effect::notify:
            return Line("allowed, and ")
                .append(role_link(book, outcome.role))
                .say(" looks at it within " + duration_words(outcome.within_seconds));
        case check::Effect::gate:
            return Line("held until ").append(gate_words(book, outcome.role, outcome.approval));
        case check::Effect::block: return Line("blocked");
    }
    return {};
}

bool reaches(const Book& book, std::uint32_t targets, check::ToolId tool) {
    const auto& tools = book.set->target_sets[targets].tools;
    return std::binary_search(tools.begin(), tools.end(), tool);
}

Line target_words(const Book& book, std::uint32_t targets) {
    const check::TargetSet& set = book.set->target_sets[targets];
    std::vector<Line> all;
    if (set.tools.size() > 1 && set.tools.size() == book.set->tools.size()) {
        all.emplace_back("every tool of the catalogue");
    } else {
        for (const check::ToolId tool : set.tools) all.push_back(tool_link(book, tool));
    }
    Line patterns = patterns_of(set);
    if (!patterns.empty()) all.push_back(std::move(patterns));
    if (all.empty()) return Line("no tool");
    return joined(all);
}

Line condition_words(const Book& book, const ast::File& file, ast::ExprId when,
                     ast::ExprId unless) {
    Line line;
    if (when != ast::no_expr) line.say("when ").code(as_written(book, file, when));
    if (unless == ast::no_expr) return line;
    return line.say(line.empty() ? "unless " : ", unless ").code(as_written(book, file, unless));
}

Line condition_sentence(const Book& book, const ast::File& file, ast::ExprId when,
                        ast::ExprId unless) {
    if (when == ast::no_expr && unless == ast::no_expr) return {"Always."};
    if (when == ast::no_expr) return Line("Unless ").code(as_written(book, file, unless)).say(".");
    return Line("Only ").append(condition_words(book, file, when, unless)).say(".");
}

Line trial_words(const std::optional<std::int64_t>& until) {
    if (!until) return {};
    return Line()
        .strong("On trial until " + model::date_text(*until))
        .say(
            ": until then it is noted what it would have done, and nothing comes of it; from "
            "that day, 00:00 UTC, it is in force.");
}

std::string doc_words(std::string_view doc) {
    std::string text;
    for (const char byte : doc) {
        const bool blank = byte == '\n' || byte == ' ';
        if (blank && (text.empty() || text.back() == ' ')) continue;
        text += blank ? ' ' : byte;
    }
    return text;
}

void add_doc(Page& page, std::string_view doc) {
    while (!doc.empty()) {
        const std::size_t end = std::min(doc.find("\n\n"), doc.size());
        page.paragraph(Line(doc_words(doc.substr(0, end))));
        doc.remove_prefix(std::min(end + 2, doc.size()));
    }
}

}  // namespace proviso::handbook
