// See targets.h. Target sets are shared by content, and found without work for targets that are
// written alike: a hundred thousand rules over a thousand tools have few different ones.

#include "engine/check/targets.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "engine/check/canonical.h"
#include "engine/check/names.h"
#include "engine/model/pattern.h"

namespace proviso::check {
namespace {

const std::vector<ToolId>& tools_of_glob(Context& context, std::string_view glob) {
    const auto [place, added] = context.tools_by_glob.try_emplace(glob);
    if (!added) return place->second;
    const std::string_view front = glob.substr(0, glob.find('*'));
    const std::vector<Tool>& tools = context.set.tools;
    auto tool =
        std::lower_bound(tools.begin(), tools.end(), front,
                         [](const Tool& each, std::string_view name) { return each.name < name; });
    for (; tool != tools.end() && tool->name.starts_with(front); ++tool) {
        if (!model::glob_matches(glob, tool->name)) continue;
        place->second.push_back(ToolId{static_cast<std::uint32_t>(tool - tools.begin())});
    }
    return place->second;
}

const std::vector<ToolId>& tools_of_tag(const Context& context, std::string_view tag) {
    static const std::vector<ToolId> none;
    const auto found = context.tools_by_tag.find(tag);
    return found == context.tools_by_tag.end() ? none : found->second;
}

const Symbol* tool_named(const Context& context, std::string_view name) {
    const Symbol* symbol = find_symbol(context, name);
    return symbol != nullptr && symbol->kind == SymbolKind::tool ? symbol : nullptr;
}

/// What a target reaches. `nothing` got a warning, so the set may compile; `wrong` got an error.
enum class Reach : std::uint8_t { tools, nothing, wrong };

Reach check_name(Context& context, const ast::Name& name) {
    if (tool_named(context, name.text) != nullptr) return Reach::tools;
    if (context.set.catalogue_open) return Reach::tools;
    report_wrong_name(context, name, SymbolKind::tool, "a tool");
    return Reach::wrong;
}

Reach check_glob(Context& context, const ast::Name& name) {
    if (context.set.catalogue_open || !tools_of_glob(context, name.text).empty()) {
        return Reach::tools;
    }
    if (!context.lost_words.empty()) return Reach::wrong;
    context.report(DiagnosticId::glob_matches_nothing, name.span, {name.text});
    return Reach::nothing;
}

std::vector<std::string_view> tag_names(const Context& context) {
    std::vector<std::string_view> tags;
    if (!suggests(context)) return tags;
    for (const auto& [tag, tools] : context.tools_by_tag) tags.push_back(tag);
    std::sort(tags.begin(), tags.end());
    return tags;
}

Reach check_tag(Context& context, const ast::Name& name) {
    if (!tools_of_tag(context, name.text).empty()) return Reach::tools;
    if (context.set.catalogue_open) {
        context.report(DiagnosticId::tag_matches_nothing, name.span, {name.text},
                       "tags are those of declared tools");
        return Reach::nothing;
    }
    if (is_lost(context, name.text)) return Reach::wrong;
    context.report(DiagnosticId::unknown_name, name.span, {"tag", name.text},
                   suggestion(context, name.text, tag_names(context)));
    return Reach::wrong;
}

Reach check_target(Context& context, const ast::Target& target) {
    switch (target.kind) {
        case ast::Target::Kind::name: return check_name(context, target.name);
        case ast::Target::Kind::glob: return check_glob(context, target.name);
        case ast::Target::Kind::tag: return check_tag(context, target.name);
        case ast::Target::Kind::everything: return Reach::tools;
    }
    return Reach::tools;
}

void append_targets(std::string& key, const std::vector<ast::Target>& targets) {
    append_number(key, targets.size());
    for (const ast::Target& target : targets) {
        append_number(key, static_cast<std::uint64_t>(target.kind));
        append_part(key, target.name.text);
    }
}

void append_tools(Context& context, const ast::Target& target, std::vector<ToolId>& tools) {
    const auto all = [&](const std::vector<ToolId>& more) {
        tools.insert(tools.end(), more.begin(), more.end());
    };
    switch (target.kind) {
        case ast::Target::Kind::name:
            if (const Symbol* symbol = tool_named(context, target.name.text)) {
                tools.push_back(ToolId{symbol->index});
            }
            break;
        case ast::Target::Kind::glob: all(tools_of_glob(context, target.name.text)); break;
        case ast::Target::Kind::tag: all(tools_of_tag(context, target.name.text)); break;
        case ast::Target::Kind::everything:
            for (std::uint32_t i = 0; i < context.set.tools.size(); ++i) tools.push_back(ToolId{i});
            break;
    }
}

/// The tools that the targets name, each once, ascending.
std::vector<ToolId> tools_named(Context& context, const std::vector<ast::Target>& targets) {
    std::vector<ToolId> tools;
    for (const ast::Target& target : targets) append_tools(context, target, tools);
    std::sort(tools.begin(), tools.end());
    tools.erase(std::unique(tools.begin(), tools.end()), tools.end());
    return tools;
}

/// Globs for names outside the catalogue, sorted so that equal sets are equal.
void add_patterns(const Context& context, const std::vector<ast::Target>& targets, bool except,
                  TargetSet& set) {
    std::vector<std::string> globs;
    for (const ast::Target& target : targets) {
        switch (target.kind) {
            case ast::Target::Kind::name:
                if (tool_named(context, target.name.text) == nullptr) {
                    globs.emplace_back(target.name.text);
                }
                break;
            case ast::Target::Kind::glob: globs.emplace_back(target.name.text); break;
            case ast::Target::Kind::tag: break;
            case ast::Target::Kind::everything: globs.emplace_back("*"); break;
        }
    }
    std::sort(globs.begin(), globs.end());
    globs.erase(std::unique(globs.begin(), globs.end()), globs.end());
    for (std::string& glob : globs) set.patterns.push_back({std::move(glob), except});
}

bool has_include(const TargetSet& set) {
    return std::any_of(set.patterns.begin(), set.patterns.end(),
                       [](const TargetSet::Pattern& pattern) { return !pattern.except; });
}

std::string content_key(const TargetSet& set) {
    std::string key(reinterpret_cast<const char*>(set.tools.data()),
                    set.tools.size() * sizeof(ToolId));
    for (const TargetSet::Pattern& pattern : set.patterns) {
        key += pattern.except ? "\n-" : "\n+";
        key += pattern.glob;
    }
    return key;
}

/// The stages of all tools of the set together; every stage where it reaches outside the catalogue.
StageMask stages_of(const Context& context, const TargetSet& set) {
    if (!set.patterns.empty()) return all_stages;
    StageMask stages = 0;
    for (const ToolId tool : set.tools) stages |= context.set.tool(tool).stages;
    return stages;
}

std::uint32_t shared_set(Context& context, TargetSet set) {
    const auto next = static_cast<std::uint32_t>(context.set.target_sets.size());
    const auto [place, added] = context.targets_by_content.try_emplace(content_key(set), next);
    if (added) {
        context.target_stages.push_back(stages_of(context, set));
        context.set.target_sets.push_back(std::move(set));
    }
    return place->second;
}

std::uint32_t build_set(Context& context, const ast::Targets& targets) {
    const std::vector<ToolId> included = tools_named(context, targets.include);
    const std::vector<ToolId> excepted = tools_named(context, targets.except);
    TargetSet set;
    std::set_difference(included.begin(), included.end(), excepted.begin(), excepted.end(),
                        std::back_inserter(set.tools));
    if (context.set.catalogue_open) {
        add_patterns(context, targets.include, false, set);
        if (has_include(set)) add_patterns(context, targets.except, true, set);
    }
    return shared_set(context, std::move(set));
}

/// Targets that are written alike are looked up, not worked out.
std::uint32_t set_of(Context& context, const ast::Targets& targets) {
    std::string& key = context.looked_up;
    key.clear();
    append_targets(key, targets.include);
    append_targets(key, targets.except);
    const auto known = context.targets_by_text.find(std::string_view(key));
    if (known != context.targets_by_text.end()) return known->second;
    std::uint32_t& index = context.targets_by_text.emplace(key, no_targets).first->second;
    return index = build_set(context, targets);
}

}  // namespace

ResolvedTargets resolve_targets(Context& context, const ast::Targets& targets) {
    ResolvedTargets result;
    bool warned = false;
    for (const ast::Target& target : targets.include) {
        const Reach reach = check_target(context, target);
        result.doubtful = result.doubtful || reach == Reach::wrong;
        warned = warned || reach == Reach::nothing;
    }
    for (const ast::Target& target : targets.except) (void)check_target(context, target);
    result.index = set_of(context, targets);
    const TargetSet& set = context.set.target_sets[result.index];
    result.reaches_nothing = set.tools.empty() && set.patterns.empty();
    if (result.reaches_nothing && !result.doubtful && !warned) {
        context.report(DiagnosticId::no_target_left, targets.span);
    }
    result.doubtful = result.doubtful || result.reaches_nothing;
    return result;
}

std::uint32_t all_targets(Context& context) {
    ast::Targets everything;
    everything.include.emplace_back();
    return set_of(context, everything);
}

StageMask stage_mask(const std::vector<ast::Name>& stages, StageMask otherwise) {
    constexpr std::array<std::string_view, 5> names{"read", "propose", "prepare", "approve",
                                                    "execute"};
    if (stages.empty()) return otherwise;
    StageMask mask = 0;
    for (const ast::Name& stage : stages) {
        for (std::uint32_t i = 0; i < names.size(); ++i) {
            if (names[i] == stage.text) mask |= stage_bit(i);
        }
    }
    return mask;
}

void warn_stages(Context& context, std::uint32_t targets, StageMask stages, Span span) {
    if (context.set.target_sets[targets].tools.empty()) return;
    if ((context.target_stages[targets] & stages) != 0) return;
    context.report(DiagnosticId::stage_of_no_tool, span, {},
                   "give the tool the stage in its `stages`, or another stage here in `at`");
}

}  // namespace proviso::check
