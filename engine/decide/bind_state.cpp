// See bind_state.h.
#include "engine/decide/bind_state.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace proviso::decide {

using bytecode::Builtin;
using model::State;
using model::unknown;

namespace {

constexpr std::array<std::string_view, 5> stages{"read", "propose", "prepare", "approve",
                                                 "execute"};
constexpr std::size_t longest_name = 200;  // of a name in a message, in bytes
constexpr std::uint32_t execute = 4;

/// The order in which form errors count.
int gravity(FormError error) {
    switch (error) {
        case FormError::none: return 0;
        case FormError::invalid_args: return 1;
        case FormError::invalid_stage: return 2;
        case FormError::unknown_tool: return 3;
        case FormError::unreadable: return 4;
    }
    return 0;
}

/// At most `most` bytes, whole code points.
std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

/// Writes paths of arguments into memory that was taken beforehand.
struct PathText {
    char* at;
    char* end;

    void add(std::string_view text) {
        const std::string_view fits = cut(text, static_cast<std::size_t>(end - at));
        at = std::copy(fits.begin(), fits.end(), at);
    }
    void add(const ArgumentPlace& step) {
        if (step.up != nullptr) add(*step.up);
        if (!step.is_index) {
            if (step.up != nullptr) add(".");
            add(cut(step.name, longest_name / 2));
            return;
        }
        std::array<char, 12> digits{};
        const auto written =
            std::to_chars(digits.data(), digits.data() + digits.size(), step.index);
        add("[");
        add({digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
        add("]");
    }
};

}  // namespace

CallState::CallState(const BindTables::Impl& tables, Scratch& scratch, Bound& out)
    : tables_(&tables),
      scratch_(&scratch),
      out_(&out),
      call_(++scratch.moment) {
    if (out.program != tables.program)
        out.attach(*tables.program);
    else
        out.reset();
    scratch.slots.resize(tables.program->slots.size());
    scratch.arguments.resize(tables.argument_marks);
    scratch.values.clear();
    scratch.keys.clear();
}

void CallState::fail(FormError error, std::string_view name, std::string_view cause) {
    if (gravity(error) <= gravity(out_->form)) return;
    out_->form = error;
    out_->form_name = cut(name, longest_name);
    out_->form_cause = cause;
}

void CallState::fail_argument(const ArgumentPlace& step, std::string_view cause) {
    if (gravity(out_->form) >= gravity(FormError::invalid_args)) return;
    char* begin = arena().bytes(longest_name);
    PathText path{begin, begin + longest_name};
    path.add(step);
    fail(FormError::invalid_args, {begin, static_cast<std::size_t>(path.at - begin)}, cause);
}

void CallState::take(Word& word, const Scalar& from, std::string_view name) {
    if (word.given && !word.broken) fail(FormError::invalid_args, name, "given twice");
    const bool broken = word.broken || from.shape != Shape::text || from.broken;
    word = {true, broken, from.shape == Shape::text && !from.broken ? from.text : word.text};
}

bool CallState::begin_roles(std::uint32_t party) {
    if (roles_[party].told) {
        const std::string_view name = party == 0 ? "principal.roles" : "agent.roles";
        fail(FormError::invalid_args, name, "given twice");
        return false;
    }
    roles_[party].told = true;
    return true;
}

void CallState::role(std::uint32_t party, std::string_view name) {
    Roles& roles = roles_[party];
    if (++roles.count > tables_->limits.call_roles) {
        no_roles(party, State::too_long);
        return;
    }
    const std::uint32_t role = tables_->roles.find(name);
    if (role == bytecode::none) {
        out_->undeclared_roles.push_back(name);
        return;
    }
    const std::uint64_t* closure = tables_->closures.data() + role * tables_->role_words;
    std::vector<std::uint64_t>& bits = out_->roles[party].bits;
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] |= closure[i];
}

void CallState::mark_value(const Entry& entry, State why) {
    const bool by_host = why == State::host_unknown;
    switch (entry.target) {
        case Target::group:
        case Target::capture: return;
        case Target::slot: return give(entry.number, unknown(why));
        case Target::tool: return break_word(tool_);
        case Target::stage: return break_word(stage_);
        case Target::roles: return no_roles(entry.number, why);
        case Target::unknown:
            return fail(FormError::invalid_args, "unknown", "not a list of paths");
        case Target::approvals: return approval_fault("not known");
        case Target::args:
        case Target::argument:
        case Target::no_args:
            if (!by_host) fail(FormError::invalid_args, "args", "not an object");
            return;
    }
}

void CallState::mark(const HostTree& tree, std::uint32_t entry, State why) {
    for (; entry != bytecode::none; entry = tree.entries[entry].next) {
        const Entry& at = tree.entries[entry];
        if (at.has_constant && why != State::host_unknown) continue;
        mark_value(at, why);
        mark_members(tree, at.node, why);
    }
}

void CallState::mark_members(const HostTree& tree, std::uint32_t node, State why) {
    if (node == bytecode::none) return;
    for (const std::uint32_t member : tree.nodes[node].members) mark(tree, member, why);
}

void CallState::mark_null(const HostTree& tree, std::uint32_t node) {
    if (node == bytecode::none) return;
    for (std::uint32_t entry : tree.nodes[node].members) {
        for (; entry != bytecode::none; entry = tree.entries[entry].next) {
            const Entry& at = tree.entries[entry];
            if (at.has_constant) continue;
            if (at.target == Target::slot && !at.form) {
                const model::TypeId type = tables_->program->slots[at.number].type;
                const bool optional = tables_->program->types.type(type).optional;
                give(at.number, unknown(optional ? State::absent : State::wrong_type));
            }
            mark_null(tree, at.node);
        }
    }
}

void CallState::host_unknown(std::string_view path) {
    const HostTree& tree = tables_->paths;
    const std::uint32_t entry = tree.nodes[tree.root].names.find(path);
    if (entry != bytecode::none) mark(tree, entry, State::host_unknown);
}

bool CallState::resolve_tool() {
    if (resolved_) return found_;
    resolved_ = true;
    if (!tool_.given) {
        fail(FormError::unknown_tool, "", "no tool is named");
        return false;
    }
    if (tool_.broken || tool_.text.size() > tables_->limits.string_bytes) {
        fail(FormError::unknown_tool, "tool", "not the name of a tool");
        return false;
    }
    if (tool_.text.empty()) {
        fail(FormError::unknown_tool, "", "no tool is named");
        return false;
    }
    out_->tool_name = tool_.text;
    out_->tool = tables_->tools.find(tool_.text);
    found_ = out_->tool != bytecode::none || tables_->program->catalogue_open;
    if (!found_) fail(FormError::unknown_tool, tool_.text, "not in the catalogue");
    return found_;
}

void CallState::finish_stage() {
    const std::uint32_t slot = slot_of(Builtin::stage);
    out_->stage = execute;
    if (stage_.given && (stage_.broken || stage_.text != stages[execute])) {
        const auto* word = std::find(stages.begin(), stages.end(), stage_.text);
        if (stage_.broken || word == stages.end()) {
            fail(FormError::invalid_stage, stage_.broken ? "stage" : stage_.text, "no such stage");
            return out_->set(slot, unknown(State::not_in_enum));
        }
        out_->stage = static_cast<std::uint32_t>(word - stages.begin());
    }
    out_->set(slot, model::of_integer(out_->stage));
    if (out_->tool == bytecode::none) return;
    if ((tables_->program->tools[out_->tool].stages >> out_->stage & 1) != 0) return;
    fail(FormError::invalid_stage, stages[out_->stage], "not a stage of this tool");
}

void CallState::finish_tool() {
    if (out_->tool_name.empty()) return;
    out_->set(slot_of(Builtin::tool), model::of_text(out_->tool_name));
    if (out_->tool == bytecode::none) {
        out_->set(slot_of(Builtin::tier), unknown(State::missing));
        out_->set(slot_of(Builtin::has_undo), unknown(State::missing));
        return;
    }
    const bytecode::Tool& tool = tables_->program->tools[out_->tool];
    // Not std::has_single_bit, which is a call into the compiler's library.
    const bool one_tier = tool.tiers != 0 && (tool.tiers & (tool.tiers - 1)) == 0;
    out_->set(slot_of(Builtin::tier),
              one_tier ? model::of_integer(std::countr_zero(tool.tiers)) : unknown(State::missing));
    out_->set(slot_of(Builtin::has_undo), model::of_integer(tool.has_undo ? 1 : 0));
}

void CallState::finish_roles(std::uint32_t party) {
    const Builtin id_slot = party == 0 ? Builtin::principal_id : Builtin::agent_id;
    const model::Value& id = out_->frame[slot_of(id_slot)];
    const Roles& roles = roles_[party];
    HeldRoles& held = out_->roles[party];
    const bool readable = roles.fault == State::present;
    if (!readable) std::fill(held.bits.begin(), held.bits.end(), 0);
    held.has_id = id.known();
    held.why = readable ? State::missing : roles.fault;
    // A role may be bound to an id that is not known: then the list alone does not tell.
    held.known = roles.told && readable && (held.has_id || tables_->bound_ids.empty());
    if (!held.has_id || tables_->bound_ids.empty()) return;
    const std::uint32_t bound = tables_->bound_ids.find(id.view());
    if (bound == bytecode::none) return;
    const std::uint64_t* bits = tables_->bound_roles.data() + bound * tables_->role_words;
    for (std::size_t i = 0; i < held.bits.size(); ++i) held.bits[i] |= bits[i];
}

void CallState::finish() {
    // The host may have said that it does not know the tool after arguments were read for it.
    if (resolve_tool() && tool_.broken) fail(FormError::unknown_tool, "tool", "not known");
    finish_tool();
    finish_stage();
    finish_roles(0);
    finish_roles(1);
    if (!out_->approvals.empty()) finish_approvals();
}

}  // namespace proviso::decide
