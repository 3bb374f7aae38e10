#include "tests/unit/engine/decide/bind_program.h"

#include <algorithm>
#include <array>

namespace proviso::tests {

using bytecode::Builtin;
using bytecode::SlotSource;
using model::Value;

namespace {

struct BuiltinText {
    const char* path;
    Kind kind;
};

constexpr std::array builtins{
    BuiltinText{"tool", Kind::string},
    BuiltinText{"stage", Kind::enumeration},
    BuiltinText{"tier", Kind::enumeration},
    BuiltinText{"time", Kind::time},
    BuiltinText{"principal.id", Kind::string},
    BuiltinText{"agent.id", Kind::string},
    BuiltinText{"agent.model", Kind::string},
    BuiltinText{"agent.version", Kind::string},
    BuiltinText{"agent.confidence", Kind::decimal},
    BuiltinText{"workflow.name", Kind::string},
    BuiltinText{"workflow.version", Kind::string},
    BuiltinText{"workflow.run", Kind::string},
    BuiltinText{"has_undo", Kind::boolean},
    BuiltinText{"undoing", Kind::boolean},
    BuiltinText{"call_id", Kind::string},
};
static_assert(builtins.size() == static_cast<std::size_t>(Builtin::count));

}  // namespace

ProgramMaker::ProgramMaker() {
    for (const BuiltinText& builtin : builtins) {
        bytecode::Slot slot;
        slot.path = builtin.path;
        if (builtin.kind == Kind::enumeration) {
            Type type;
            type.kind = Kind::enumeration;
            type.enumeration = slot.path == "tier" ? model::tier_enum : model::stage_enum;
            slot.type = this->type(type);
        } else {
            slot.type = plain(builtin.kind);
        }
        program.slots.push_back(slot);
    }
}

TypeId ProgramMaker::optional(Kind kind) {
    Type made = program.types.type(plain(kind));
    made.optional = true;
    return type(made);
}

TypeId ProgramMaker::words(std::string name, std::vector<std::string> words) {
    Type made;
    made.kind = Kind::enumeration;
    made.enumeration = program.types.add(model::EnumType{std::move(name), std::move(words), true});
    return type(made);
}

TypeId ProgramMaker::list(TypeId element) {
    Type made;
    made.kind = Kind::list;
    made.element = element;
    return type(made);
}

TypeId ProgramMaker::record(std::vector<model::Field> fields, bool open) {
    Type made;
    made.kind = Kind::record;
    made.fields = std::move(fields);
    made.record_open = open;
    return type(made);
}

TypeId ProgramMaker::integer_between(std::int64_t low, std::int64_t high) {
    Type made = program.types.type(plain(Kind::integer));
    made.low = model::of_integer(low);
    made.high = model::of_integer(high);
    return type(made);
}

std::uint32_t ProgramMaker::attribute(std::string path, TypeId type) {
    const bool optional = program.types.type(type).optional;
    return attribute(std::move(path), type,
                     model::unknown(optional ? State::absent : State::missing));
}

std::uint32_t ProgramMaker::attribute(std::string path, TypeId type, Value initial) {
    program.slots.push_back({std::move(path), type, SlotSource::attribute, false, initial});
    return static_cast<std::uint32_t>(program.slots.size() - 1);
}

std::uint32_t ProgramMaker::argument_slot(const std::string& name, TypeId type) {
    const std::string path = "args." + name;
    for (std::uint32_t i = 0; i < program.slots.size(); ++i) {
        const bytecode::Slot& slot = program.slots[i];
        if (slot.path == path && program.types.same_base(slot.type, type)) return i;
    }
    program.slots.push_back(
        {path, type, SlotSource::argument, false, model::unknown(State::absent)});
    return static_cast<std::uint32_t>(program.slots.size() - 1);
}

bytecode::Range ProgramMaker::add(const std::vector<ArgumentText>& arguments) {
    bytecode::Range range{static_cast<std::uint32_t>(program.arguments.size()), 0};
    for (const ArgumentText& text : arguments) {
        bytecode::Argument argument;
        argument.name = text.name;
        argument.type = text.type;
        argument.declared = text.declared;
        argument.slots = {static_cast<std::uint32_t>(program.argument_slots.size()), 1};
        program.argument_slots.push_back(argument_slot(text.name, text.type));
        program.arguments.push_back(argument);
        ++range.count;
    }
    return range;
}

void ProgramMaker::tool(const ToolText& text) {
    bytecode::Tool tool;
    tool.name = text.name;
    tool.stages = text.stages;
    tool.tiers = text.tiers;
    tool.has_undo = text.has_undo;
    tool.open_args = text.open;
    tool.arguments = add(text.arguments);
    program.tools.push_back(tool);
}

void ProgramMaker::open_arguments(const std::vector<ArgumentText>& arguments) {
    program.catalogue_open = true;
    program.open_arguments = add(arguments);
}

std::uint32_t ProgramMaker::role(std::string name, std::vector<std::uint32_t> parents,
                                 std::vector<std::string> bound_ids) {
    const auto number = static_cast<std::uint32_t>(program.roles.size());
    parents.push_back(number);
    bytecode::Role role;
    role.name = std::move(name);
    role.inherits = std::move(parents);
    role.bound_ids = std::move(bound_ids);
    program.roles.push_back(std::move(role));
    return number;
}

Bench::Bench(Program made, Limits limits)
    : program(std::make_unique<Program>(std::move(made))),
      tables(*program, limits) {
    bound.attach(*program);
}

void Bench::host(std::string_view host, std::string_view args) {
    binder.bind(tables, CallJson{host, args}, bound);
}

void Bench::document(const Layout& layout, std::string_view document, bool padded) {
    const decide::BoundLayout place(tables, layout);
    binder.bind(tables, place, document, padded, bound, captures);
}

void Bench::call(const Call& call) {
    binder.bind(tables, call, bound);
}

const Value& Bench::at(std::string_view path) const {
    for (std::size_t i = 0; i < program->slots.size(); ++i) {
        if (program->slots[i].path == path) return bound.frame[i];
    }
    throw std::runtime_error("no slot " + std::string(path));
}

std::string Bench::form() const {
    if (bound.form == decide::FormError::none) return "";
    return std::string(form_name(bound.form)) + " " + std::string(bound.form_name) + ": " +
           std::string(bound.form_cause);
}

std::vector<std::string> Bench::held(std::uint32_t party) const {
    std::vector<std::string> names;
    for (std::size_t role = 0; role < program->roles.size(); ++role) {
        const bool held = (bound.roles[party].bits[role / 64] >> role % 64 & 1) != 0;
        if (held) names.push_back(program->roles[role].name);
    }
    return names;
}

std::string_view form_name(decide::FormError error) {
    switch (error) {
        case decide::FormError::none: return "none";
        case decide::FormError::unknown_tool: return "unknown_tool";
        case decide::FormError::invalid_stage: return "invalid_stage";
        case decide::FormError::invalid_args: return "invalid_args";
        case decide::FormError::unreadable: return "unreadable";
    }
    return "";
}

std::string dump(const decide::Bound& bound) {
    const Program& program = *bound.program;
    std::string text;
    for (std::size_t i = 0; i < program.slots.size(); ++i) {
        const Value& value = bound.frame[i];
        text += program.slots[i].path + "=" + std::string(model::name(value.state));
        if (value.known())
            text += " " + model::to_json(program.types, program.slots[i].type, value);
        text += "\n";
    }
    text += "tool " + std::to_string(bound.tool) + " " + std::string(bound.tool_name) + "\n";
    text += "stage " + std::to_string(bound.stage) + "\n";
    for (const decide::HeldRoles& roles : bound.roles) {
        text += roles.known ? "known" : "not known";
        text += roles.has_id ? " id" : " no id";
        for (const std::uint64_t word : roles.bits) text += " " + std::to_string(word);
        text += "\n";
    }
    for (const std::string_view role : bound.undeclared_roles) text += std::string(role) + "\n";
    text += std::string(form_name(bound.form)) + " " + std::string(bound.form_name) + ": " +
            std::string(bound.form_cause) + "\n";
    return text;
}

std::string with(std::string_view member, std::string_view tool) {
    return "{\"tool\": \"" + std::string(tool) + "\", " + std::string(member) + "}";
}

}  // namespace proviso::tests
