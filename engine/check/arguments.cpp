// See arguments.h. What an arg is over a target set is found once for each name and set.

#include "engine/check/arguments.h"

#include <algorithm>

#include "engine/check/names.h"
#include "engine/check/typing.h"

namespace proviso::check {
namespace {

const ToolArgument* find_argument(const Tool& tool, std::string_view name) {
    const auto found = std::lower_bound(
        tool.arguments.begin(), tool.arguments.end(), name,
        [](const ToolArgument& argument, std::string_view text) { return argument.name < text; });
    if (found == tool.arguments.end() || found->name != name) return nullptr;
    return &*found;
}

/// One more tool that declares the arg.
void join(Context& context, ArgRead& read, TypeId type, ToolId tool) {
    if (type == model::no_type) {
        read.state = ArgRead::State::bad;
    } else if (read.first == no_tool) {
        read.first = tool;
        read.type = type;
        read.state = ArgRead::State::typed;
    } else if (!context.set.types.same_base(read.type, type)) {
        read.second = tool;
        read.state = ArgRead::State::conflict;
    } else {
        read.type = merged(context, read.type, type);
    }
}

struct Coverage {
    bool open = false;     // some targeted tool takes undeclared args
    bool lacking = false;  // some targeted tool surely or perhaps has no such arg
};

ArgRead read_over(Context& context, const TargetSet& targets, std::string_view name,
                  Coverage& coverage) {
    ArgRead read;
    coverage.open = coverage.lacking = !targets.patterns.empty();
    for (const ToolId id : targets.tools) {
        const Tool& tool = context.set.tool(id);
        const ToolArgument* argument = find_argument(tool, name);
        if (argument != nullptr && argument->declared) {
            join(context, read, argument->type, id);
            if (read.state != ArgRead::State::typed) return read;
            continue;
        }
        coverage.lacking = true;
        coverage.open = coverage.open || tool.open_args;
    }
    return read;
}

void add_open_slot(std::vector<ToolArgument>& arguments, std::string_view name, SlotId slot,
                   TypeId opaque) {
    auto place = std::lower_bound(
        arguments.begin(), arguments.end(), name,
        [](const ToolArgument& argument, std::string_view text) { return argument.name < text; });
    if (place == arguments.end() || place->name != name) {
        place = arguments.insert(place, {std::string(name), opaque, {}, false});
    }
    if (std::find(place->slots.begin(), place->slots.end(), slot) == place->slots.end()) {
        place->slots.push_back(slot);
    }
}

/// Open tools and names outside the catalogue fill the slot too.
void open_slot(Context& context, std::uint32_t targets, std::string_view name, SlotId slot) {
    std::string key = std::to_string(targets) + ' ' + std::to_string(index_of(slot));
    if (!context.open_slots_added.insert(std::move(key)).second) return;
    const TypeId opaque = scalar(context, Kind::opaque);
    const TargetSet& set = context.set.target_sets[targets];
    for (const ToolId id : set.tools) {
        Tool& tool = context.set.tools[index_of(id)];
        const ToolArgument* argument = find_argument(tool, name);
        if (argument != nullptr && argument->declared) continue;
        if (tool.open_args) add_open_slot(tool.arguments, name, slot, opaque);
    }
    if (set.patterns.empty()) return;
    add_open_slot(context.set.open_arguments, name, slot, opaque);
}

ArgRead typed_read(Context& context, std::uint32_t targets, std::string_view name, ArgRead read,
                   const Coverage& coverage) {
    read.slot = argument_slot(context, name, read.type, {});
    if (coverage.lacking) read.type = with_optional(context, read.type, true);
    if (coverage.open) open_slot(context, targets, name, read.slot);
    return read;
}

ArgRead find_read(Context& context, std::uint32_t targets, std::string_view name, TypeId expected) {
    Coverage coverage;
    ArgRead read = read_over(context, context.set.target_sets[targets], name, coverage);
    if (read.state == ArgRead::State::typed) {
        return typed_read(context, targets, name, read, coverage);
    }
    if (read.state != ArgRead::State::nowhere || !coverage.open) return read;
    read.state = ArgRead::State::open;
    if (expected == model::no_type) return read;
    read.type = base_of(context, with_optional(context, expected, false));
    return typed_read(context, targets, name, read, coverage);
}

std::vector<std::string_view> candidates(const Context& context, const Scope& scope) {
    std::vector<std::string_view> names;
    if (!suggests(context)) return names;
    for (const ToolId id : context.set.target_sets[scope.targets].tools) {
        for (const ToolArgument& argument : context.set.tool(id).arguments) {
            if (argument.declared) names.push_back(argument.name);
        }
    }
    return names;
}

}  // namespace

SlotId argument_slot(Context& context, std::string_view name, TypeId type, Span span) {
    const TypeId base = with_optional(context, base_of(context, type), false);
    std::string path = "args." + std::string(name);
    // Types of one base need not be one type: records may differ in what is optional.
    std::vector<SlotId>& slots = context.argument_slots[path];
    for (const SlotId slot : slots) {
        if (context.set.types.same_base(context.set.slot(slot).type, base)) return slot;
    }
    Slot slot;
    slot.path = std::move(path);
    slot.type = base;
    slot.source = SlotSource::argument;
    slot.initial = model::unknown(model::State::absent);
    slot.span = span;
    const SlotId id{static_cast<std::uint32_t>(context.set.slots.size())};
    context.set.slots.push_back(std::move(slot));
    slots.push_back(id);
    return id;
}

ArgRead read_argument(Context& context, const Scope& scope, std::string_view name,
                      TypeId expected) {
    if (scope.targets == no_targets) return {};
    const ArgKey key{scope.targets, name};
    const auto found = context.arg_reads.find(key);
    const bool settled =
        found != context.arg_reads.end() &&
        (found->second.state != ArgRead::State::open || expected == model::no_type);
    if (settled) return found->second;
    const ArgRead read = find_read(context, scope.targets, name, expected);
    if (read.state != ArgRead::State::open || expected == model::no_type) {
        context.arg_reads.emplace(key, read);
    }
    return read;
}

std::size_t argument_length(const Context& context, std::string_view path) {
    for (std::size_t end = path.size(); end != std::string_view::npos && end > 0;
         end = path.rfind('.', end - 1)) {
        if (context.arg_names.contains(path.substr(0, end))) return end;
    }
    return std::min(path.find('.'), path.size());
}

void report_argument(Context& context, const Scope& scope, const ArgRead& read,
                     std::string_view name, Span span) {
    const bool known = scope.targets == no_targets || context.arg_names.contains(name) ||
                       context.set.target_sets[scope.targets].tools.empty();
    if (scope.lenient && (known || read.state != ArgRead::State::nowhere)) return;
    const auto note_use = [&](grammar::Diagnostic& diagnostic) {
        if (!(scope.use == Span{})) add_note(diagnostic, scope.use, "used here");
    };
    switch (read.state) {
        case ArgRead::State::typed:
        case ArgRead::State::bad: return;
        case ArgRead::State::open:
            note_use(context.report(DiagnosticId::arg_without_type, span, {name},
                                    "declare it in the tool's `args`"));
            return;
        case ArgRead::State::conflict:
            note_use(context.report(
                DiagnosticId::arg_types_differ, span,
                {name, context.set.tool(read.first).name, context.set.tool(read.second).name},
                "give both tools the same named type, one of the args another name, or write a "
                "rule for each"));
            return;
        case ArgRead::State::nowhere:
            if (is_lost(context, name)) return;
            note_use(context.report(DiagnosticId::arg_unknown, span, {name},
                                    suggestion(context, name, candidates(context, scope))));
            return;
    }
}

}  // namespace proviso::check
