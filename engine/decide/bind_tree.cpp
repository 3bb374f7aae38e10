// See bind_tree.h.
#include "engine/decide/bind_tree.h"

#include <array>
#include <utility>

namespace proviso::decide {

using bytecode::Builtin;
using Draft = TreeBuilder::Draft;

namespace {

struct FormMember {
    std::string_view path;
    Target target;
    std::uint32_t number;
};

/// What a host tells besides attributes, by its full path.
constexpr std::array form_members{
    FormMember{"tool", Target::tool, 0},
    FormMember{"stage", Target::stage, 0},
    FormMember{"id", Target::slot, slot_of(Builtin::call_id)},
    FormMember{"time", Target::slot, slot_of(Builtin::time)},
    FormMember{"undoing", Target::slot, slot_of(Builtin::undoing)},
    FormMember{"principal.id", Target::slot, slot_of(Builtin::principal_id)},
    FormMember{"principal.roles", Target::roles, 0},
    FormMember{"agent.id", Target::slot, slot_of(Builtin::agent_id)},
    FormMember{"agent.roles", Target::roles, 1},
    FormMember{"agent.model", Target::slot, slot_of(Builtin::agent_model)},
    FormMember{"agent.version", Target::slot, slot_of(Builtin::agent_version)},
    FormMember{"agent.confidence", Target::slot, slot_of(Builtin::agent_confidence)},
    FormMember{"workflow.name", Target::slot, slot_of(Builtin::workflow_name)},
    FormMember{"workflow.version", Target::slot, slot_of(Builtin::workflow_version)},
    FormMember{"workflow.run", Target::slot, slot_of(Builtin::workflow_run)},
};

constexpr std::uint32_t null_is_none = 1;
constexpr std::array<std::string_view, 3> parties{"principal", "agent", "workflow"};

Entry entry_of(Target target, std::uint32_t number, std::uint32_t field = bytecode::none) {
    Entry entry;
    entry.target = target;
    entry.form = true;
    entry.number = number;
    entry.field = field;
    return entry;
}

Entry attribute_entry(std::uint32_t slot, std::uint32_t field = bytecode::none) {
    Entry entry = entry_of(Target::slot, slot, field);
    entry.form = false;
    return entry;
}

/// The draft at a dotted path below `at`.
Draft& below(Draft& at, std::string_view path, bool dotted) {
    Draft* draft = &at;
    while (true) {
        const std::size_t dot = path.find('.');
        draft = &draft->children[std::string(path.substr(0, dot))];
        draft->dotted = draft->dotted || dotted;
        if (dot == std::string_view::npos) return *draft;
        path.remove_prefix(dot + 1);
    }
}

std::string_view first_segment(std::string_view path) {
    return path.substr(0, path.find('.'));
}

bool is_form(const Draft& draft) {
    for (const Entry& entry : draft.entries) {
        if (entry.form) return true;
    }
    for (const auto& [name, child] : draft.children) {
        if (is_form(child)) return true;
    }
    return false;
}

}  // namespace

bool TreeBuilder::add_attributes(Draft& at, std::string_view prefix) {
    bool any = false;
    for (std::uint32_t slot = 0; slot < program_->slots.size(); ++slot) {
        const bytecode::Slot& declared = program_->slots[slot];
        if (declared.source != bytecode::SlotSource::attribute) continue;
        const std::string_view path = declared.path;
        if (!path.starts_with(prefix) || path.size() == prefix.size()) continue;
        below(at, path.substr(prefix.size()), true).entries.push_back(attribute_entry(slot));
        any = true;
    }
    return any;
}

void TreeBuilder::add_top_level(Draft& at) {
    for (std::uint32_t slot = 0; slot < program_->slots.size(); ++slot) {
        const bytecode::Slot& declared = program_->slots[slot];
        if (declared.source != bytecode::SlotSource::attribute) continue;
        const auto taken = at.children.find(first_segment(declared.path));
        if (taken != at.children.end() && !taken->second.dotted) continue;
        below(at, declared.path, true).entries.push_back(attribute_entry(slot));
    }
}

void TreeBuilder::add_party(Draft& at, std::string_view party) {
    const std::string prefix = std::string(party) + ".";
    for (const FormMember& member : form_members) {
        if (!member.path.starts_with(prefix)) continue;
        Draft& draft = below(at, member.path.substr(prefix.size()), false);
        draft.entries.push_back(entry_of(member.target, member.number));
    }
    add_attributes(at, prefix);
}

namespace {

std::string_view field_name(const bytecode::Program& program, const bytecode::Facts& facts,
                            std::uint32_t field) {
    return std::string_view(program.slots[facts.key + 1 + field].path)
        .substr(facts.name.size() + 1);
}

void add_values(Draft& at, const bytecode::Program& program, const bytecode::Facts& facts,
                bool dotted) {
    for (std::uint32_t i = 0; i < facts.fields; ++i) {
        Draft& value = at.children[std::string(field_name(program, facts, i))];
        value.dotted = dotted;
        value.entries.push_back(attribute_entry(facts.key + 1 + i));
    }
}

void add_thing(Draft& at, const bytecode::Program& program, const bytecode::Facts& facts,
               bool dotted) {
    Draft& key = at.children["key"];
    key.dotted = dotted;
    key.entries.push_back(attribute_entry(facts.key));
    Draft& values = at.children["values"];
    values.dotted = dotted;
    values.entries.emplace_back();
    add_values(values, program, facts, dotted);
}

}  // namespace

void TreeBuilder::add_facts(Draft& at, bool dotted) {
    for (const bytecode::Facts& facts : program_->facts) {
        Draft& thing = at.children[facts.name];
        thing.dotted = dotted;
        Entry entry;
        entry.number = null_is_none;
        thing.entries.push_back(entry);
        add_thing(thing, *program_, facts, dotted);
    }
}

bool TreeBuilder::add_facts_target(Draft& at, std::string_view path, std::uint32_t field) {
    Entry group;
    group.field = field;
    group.number = null_is_none;
    for (const bytecode::Facts& facts : program_->facts) {
        const std::string thing = "facts." + facts.name;
        if (path == thing) {
            at.entries.push_back(group);
            add_thing(at, *program_, facts, false);
            return true;
        }
        if (path == thing + ".key") {
            at.entries.push_back(attribute_entry(facts.key, field));
            return true;
        }
        if (path == thing + ".values") {
            group.number = 0;
            at.entries.push_back(group);
            add_values(at, *program_, facts, false);
            return true;
        }
        for (std::uint32_t i = 0; i < facts.fields; ++i) {
            const std::string_view name = field_name(*program_, facts, i);
            if (path != (thing + ".values.").append(name)) continue;
            at.entries.push_back(attribute_entry(facts.key + 1 + i, field));
            return true;
        }
    }
    return false;
}

void TreeBuilder::add_paths() {
    for (const FormMember& member : form_members) {
        Draft& draft = below(root_, member.path, true);
        draft.entries.push_back(entry_of(member.target, member.number));
    }
    for (std::uint32_t slot = 0; slot < program_->slots.size(); ++slot) {
        const bytecode::Slot& declared = program_->slots[slot];
        if (declared.source != bytecode::SlotSource::attribute) continue;
        Draft& draft = below(root_, declared.path, true);
        if (draft.entries.empty()) draft.entries.push_back(attribute_entry(slot));
    }
    Draft& facts = root_.children["facts"];
    facts.dotted = true;
    add_facts(facts, true);
    for (const bytecode::Facts& one : program_->facts) {
        for (std::uint32_t slot = one.key + 1; slot <= one.key + one.fields; ++slot) {
            below(root_, program_->slots[slot].path, true).entries.push_back(attribute_entry(slot));
        }
    }
}

void TreeBuilder::add_native(bool with_args) {
    for (const FormMember& member : form_members) {
        if (member.path.find('.') != std::string_view::npos) continue;
        root_.children[std::string(member.path)].entries.push_back(
            entry_of(member.target, member.number));
    }
    root_.children["unknown"].entries.push_back(entry_of(Target::unknown, 0));
    root_.children["approvals"].entries.push_back(entry_of(Target::approvals, 0));
    root_.children["args"].entries.push_back(
        entry_of(with_args ? Target::args : Target::no_args, 0));
    for (const std::string_view party : parties) {
        Draft& group = root_.children[std::string(party)];
        group.entries.push_back(entry_of(Target::group, null_is_none));
        add_party(group, party);
    }
    Draft& facts = root_.children["facts"];
    facts.entries.push_back(entry_of(Target::group, null_is_none));
    add_facts(facts, false);
    Draft& attributes = root_.children["attributes"];
    attributes.entries.push_back(entry_of(Target::group, null_is_none));
    add_attributes(attributes, "");
    add_top_level(root_);
}

bool TreeBuilder::add_target(Draft& at, std::string_view path, std::uint32_t field) {
    for (const FormMember& member : form_members) {
        if (member.path != path) continue;
        at.entries.push_back(entry_of(member.target, member.number, field));
        return true;
    }
    if (path == "unknown" || path == "approvals") {
        const Target target = path == "unknown" ? Target::unknown : Target::approvals;
        at.entries.push_back(entry_of(target, 0, field));
        return true;
    }
    for (const std::string_view party : parties) {
        if (path != party) continue;
        at.entries.push_back(entry_of(Target::group, null_is_none, field));
        add_party(at, party);
        return true;
    }
    if (path == "attributes") {
        at.entries.push_back(entry_of(Target::group, null_is_none, field));
        add_attributes(at, "");
        return true;
    }
    if (path == "facts") {
        at.entries.push_back(entry_of(Target::group, null_is_none, field));
        add_facts(at, false);
        return true;
    }
    if (path.starts_with("facts.")) return add_facts_target(at, path, field);
    for (std::uint32_t slot = 0; slot < program_->slots.size(); ++slot) {
        const bytecode::Slot& declared = program_->slots[slot];
        if (declared.source != bytecode::SlotSource::attribute || declared.path != path) continue;
        at.entries.push_back(attribute_entry(slot, field));
        return true;
    }
    if (!add_attributes(at, std::string(path) + ".")) return false;
    Entry group;
    group.field = field;
    at.entries.push_back(group);
    return true;
}

namespace {

void merge(Draft& into, Draft&& from) {
    into.entries.insert(into.entries.end(), from.entries.begin(), from.entries.end());
    into.dotted = into.dotted || from.dotted;
    for (auto& [name, child] : from.children) merge(into.children[name], std::move(child));
}

void add_dotted(std::vector<NameIndex::Named>& names, const std::string& path, const Draft& draft,
                const HostTree& tree, std::uint32_t node) {
    if (node == bytecode::none) return;
    for (const auto& [name, child] : draft.children) {
        if (!child.dotted) continue;
        const std::uint32_t entry = tree.nodes[node].names.find(name);
        const std::string longer = path + "." + name;
        names.emplace_back(longer, entry);
        add_dotted(names, longer, child, tree, tree.entries[entry].node);
    }
}

}  // namespace

std::uint32_t TreeBuilder::build_entry(const Draft& draft) {
    const std::uint32_t node = draft.children.empty() ? bytecode::none : build_node(draft);
    const bool form = is_form(draft);
    const auto first = static_cast<std::uint32_t>(tree_.entries.size());
    tree_.entries.insert(tree_.entries.end(), draft.entries.begin(), draft.entries.end());
    if (draft.entries.empty()) tree_.entries.emplace_back();
    for (std::uint32_t at = first; at < tree_.entries.size(); ++at) {
        Entry& entry = tree_.entries[at];
        entry.form = form;
        if (at + 1 < tree_.entries.size()) entry.next = at + 1;
    }
    // One entry alone descends, so that each member is read once: a group if there is one.
    Entry* descends = &tree_.entries[first];
    for (std::uint32_t at = first; at < tree_.entries.size(); ++at) {
        if (tree_.entries[at].target == Target::group) descends = &tree_.entries[at];
    }
    descends->node = node;
    set_quick(first);
    return first;
}

Quick TreeBuilder::quick_of(const Entry& entry) const {
    if (entry.field != bytecode::none || entry.node != bytecode::none) return Quick::no;
    switch (entry.target) {
        case Target::slot: break;
        case Target::tool: return Quick::tool;
        case Target::stage: return Quick::stage;
        case Target::capture: return Quick::capture;
        case Target::group:
        case Target::roles:
        case Target::unknown:
        case Target::approvals:
        case Target::args:
        case Target::argument:
        case Target::no_args: return Quick::no;
    }
    const model::Type& type = program_->types.type(program_->slots[entry.number].type);
    const bool any = !type.length_low && !type.length_high && type.pattern.empty();
    switch (type.kind) {
        case model::Kind::string: return any ? Quick::string : Quick::text;
        case model::Kind::enumeration: return type.low || type.high ? Quick::text : Quick::word;
        case model::Kind::boolean:
        case model::Kind::integer:
        case model::Kind::decimal:
        case model::Kind::duration:
        case model::Kind::time:
        case model::Kind::date:
        case model::Kind::weekday:
        case model::Kind::ip: return Quick::text;
        case model::Kind::list:
        case model::Kind::record:
        case model::Kind::money:
        case model::Kind::opaque: break;
    }
    return Quick::no;
}

bool TreeBuilder::looks_beside(const Entry& entry) const {
    if (entry.target != Target::slot) return false;
    const model::Type& type = program_->types.type(program_->slots[entry.number].type);
    return type.kind == model::Kind::list ||
           (type.kind == model::Kind::money && type.money_form == model::MoneyForm::with_field);
}

/// Of an entry and those that share its value.
void TreeBuilder::set_quick(std::uint32_t first) {
    bool all = true;
    bool beside = false;
    for (std::uint32_t at = first; at != bytecode::none; at = tree_.entries[at].next) {
        Entry& entry = tree_.entries[at];
        entry.quick = quick_of(entry);
        beside = beside || looks_beside(entry);
        all = all && entry.quick != Quick::no;
    }
    Entry& entry = tree_.entries[first];
    if (!all) entry.quick = Quick::no;
    entry.beside = beside;
    entry.marked = entry.form || entry.next != bytecode::none;
}

std::uint32_t TreeBuilder::build_node(const Draft& draft) {
    std::vector<NameIndex::Named> names;
    Node node;
    for (const auto& [name, child] : draft.children) {
        const std::uint32_t entry = build_entry(child);
        names.emplace_back(name, entry);
        node.members.push_back(entry);
    }
    for (std::size_t i = 0, count = names.size(); i < count; ++i) {
        const std::string name = names[i].first;
        const Draft& child = draft.children.find(name)->second;
        const std::uint32_t below = tree_.entries[names[i].second].node;
        if (child.dotted) add_dotted(names, name, child, tree_, below);
    }
    node.names = NameIndex(names);
    tree_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
}

namespace {

/// Where a string is wanted; what is below a place as well.
void take_numbers_as_text(const bytecode::Program& program, TreeBuilder::Draft& draft) {
    for (Entry& entry : draft.entries) {
        if (entry.target != Target::slot) continue;
        const model::Type& type = program.types.type(program.slots[entry.number].type);
        entry.number_as_text = type.kind == model::Kind::string;
    }
    for (auto& [name, child] : draft.children) take_numbers_as_text(program, child);
}

}  // namespace

void TreeBuilder::add_field(const std::vector<std::string>& pointer, std::string_view target,
                            const Entry& like) {
    Draft draft;
    if (like.target != Target::group)
        draft.entries.push_back(like);
    else if (!add_target(draft, target, like.field))
        return;
    for (Entry& entry : draft.entries) entry.has_constant = like.has_constant;
    if (like.number_as_text) take_numbers_as_text(*program_, draft);
    if (pointer.empty()) {
        constants_.push_back(std::move(draft));
        return;
    }
    Draft* at = &root_;
    for (const std::string& segment : pointer) at = &at->children[segment];
    merge(*at, std::move(draft));
}

HostTree TreeBuilder::build() {
    tree_.root = build_node(root_);
    for (const Draft& constant : constants_) build_entry(constant);
    return std::move(tree_);
}

}  // namespace proviso::decide
