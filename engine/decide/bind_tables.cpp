// Makes the tables of a program; see bind_tables.h.
#include "engine/decide/bind_tables.h"

#include <algorithm>

#include <re2/re2.h>

namespace proviso::decide {

using bytecode::Program;
using model::Kind;
using model::Type;
using Impl = BindTables::Impl;
using Named = std::vector<NameIndex::Named>;

namespace {

constexpr std::int64_t regex_memory = std::int64_t{8} << 20;

std::uint32_t number(std::size_t index) {
    return static_cast<std::uint32_t>(index);
}

NameIndex words_of(const model::EnumType& type) {
    Named names;
    for (const std::string& word : type.words) names.emplace_back(word, number(names.size()));
    return NameIndex(names);
}

/// The field that has the code of a money type, or of the money in its list.
std::string_view code_field(const model::TypeTable& types, model::TypeId id) {
    const Type* type = &types.type(id);
    while (type->kind == Kind::list) type = &types.type(type->element);
    const bool named =
        type->kind == Kind::money && type->money_form == model::MoneyForm::with_field;
    return named ? std::string_view(type->money_field) : std::string_view();
}

NameIndex fields_of(const model::TypeTable& types, const Type& type) {
    Named names;
    for (const model::Field& field : type.fields) {
        names.emplace_back(field.name, number(names.size()));
    }
    for (const model::Field& field : type.fields) {
        const std::string_view code = code_field(types, field.type);
        if (!code.empty()) names.emplace_back(code, number(names.size()));
    }
    return NameIndex(names);
}

std::shared_ptr<const re2::RE2> pattern_of(const Type& type) {
    if (type.pattern.empty()) return nullptr;
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(regex_memory);
    return std::make_shared<const re2::RE2>(type.pattern, options);
}

Plain plain_of(const Type& type) {
    if (type.kind == Kind::boolean) return Plain::boolean;
    if (type.kind == Kind::integer) return Plain::integer;
    if (type.kind == Kind::decimal) return Plain::decimal;
    const bool major = type.money_form == model::MoneyForm::fixed && !type.minor;
    return type.kind == Kind::money && major ? Plain::money : Plain::no;
}

bool is_scalar(Kind kind) {
    return kind != Kind::list && kind != Kind::record && kind != Kind::money &&
           kind != Kind::opaque;
}

void add_types(Impl& tables) {
    const model::TypeTable& types = tables.program->types;
    for (const model::EnumType& type : types.enums()) tables.enums.push_back(words_of(type));
    for (const Type& type : types.types()) {
        TypeInfo info;
        info.type = &type;
        if (type.kind == Kind::enumeration) {
            info.words = &tables.enums[static_cast<std::size_t>(type.enumeration)];
        }
        if (type.zone) info.zone = &tables.program->zones[*type.zone];
        info.plain = plain_of(type);
        info.is_scalar = is_scalar(type.kind);
        info.is_any_string = type.kind == Kind::string && !type.length_low && !type.length_high &&
                             type.pattern.empty();
        info.has_range = type.low || type.high;
        info.pattern = pattern_of(type);
        info.pattern_fails = info.pattern != nullptr && !info.pattern->ok();
        if (type.kind == Kind::record) info.fields = fields_of(types, type);
        info.string_bytes = tables.string_bytes;
        info.list_length = std::min<std::size_t>(tables.limits.list_length, UINT32_MAX);
        tables.types.push_back(std::move(info));
    }
    for (const bytecode::Slot& slot : tables.program->slots) {
        tables.slots.push_back(&tables.type(slot.type));
    }
}

ToolArguments arguments_in(Impl& tables, bytecode::Range range, bool open) {
    const Program& program = *tables.program;
    ToolArguments arguments;
    arguments.open = open;
    Named names;
    std::uint32_t codes = number(program.arguments.size());
    for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
        const bytecode::Argument& argument = program.arguments[i];
        names.emplace_back(argument.name, i);
        if (argument.declared && !program.types.type(argument.type).optional) {
            arguments.required.push_back(i);
        }
    }
    for (std::uint32_t i = range.begin; i < range.begin + range.count; ++i) {
        const bytecode::Argument& argument = program.arguments[i];
        if (!argument.declared) continue;
        const std::string_view code = code_field(program.types, argument.type);
        if (!code.empty()) names.emplace_back(code, codes++);
    }
    tables.argument_marks = std::max(tables.argument_marks, codes);
    arguments.names = NameIndex(names);
    return arguments;
}

/// Whether a value of the type may hold what nothing types.
bool has_untyped(const model::TypeTable& types, model::TypeId id) {
    const Type& type = types.type(id);
    if (type.kind == Kind::opaque || type.record_open) return true;
    if (type.kind == Kind::list) return has_untyped(types, type.element);
    return std::any_of(type.fields.begin(), type.fields.end(),
                       [&](const model::Field& field) { return has_untyped(types, field.type); });
}

ArgumentInfo info_of(const Impl& tables, const bytecode::Argument& argument) {
    ArgumentInfo info;
    if (argument.declared) info.type = &tables.type(argument.type);
    if (argument.slots.count == 1) {
        info.slot = tables.program->argument_slots[argument.slots.begin];
    }
    info.raw = argument.declared && has_untyped(tables.program->types, argument.type);
    return info;
}

void add_tools(Impl& tables) {
    const Program& program = *tables.program;
    for (const bytecode::Argument& argument : program.arguments) {
        tables.argument_infos.push_back(info_of(tables, argument));
    }
    Named names;
    for (const bytecode::Tool& tool : program.tools) {
        names.emplace_back(tool.name, number(names.size()));
        tables.arguments.push_back(arguments_in(tables, tool.arguments, tool.open_args));
    }
    tables.tools = NameIndex(names);
    tables.arguments.push_back(arguments_in(tables, program.open_arguments, true));
}

void set_bits(std::uint64_t* bits, const bytecode::Role& role) {
    for (const std::uint32_t held : role.inherits) bits[held / 64] |= std::uint64_t{1} << held % 64;
}

void add_roles(Impl& tables) {
    const std::vector<bytecode::Role>& roles = tables.program->roles;
    tables.role_words = (roles.size() + 63) / 64;
    tables.closures.assign(roles.size() * tables.role_words, 0);
    Named names;
    std::map<std::string, std::vector<std::uint64_t>> bound;
    for (std::uint32_t role = 0; role < roles.size(); ++role) {
        names.emplace_back(roles[role].name, role);
        std::uint64_t* closure = tables.closures.data() + role * tables.role_words;
        set_bits(closure, roles[role]);
        closure[role / 64] |= std::uint64_t{1} << role % 64;
        for (const std::string& id : roles[role].bound_ids) {
            std::vector<std::uint64_t>& bits = bound[id];
            bits.resize(tables.role_words);
            for (std::size_t i = 0; i < tables.role_words; ++i) bits[i] |= closure[i];
        }
    }
    tables.roles = NameIndex(names);
    names.clear();
    for (const auto& [id, bits] : bound) {
        names.emplace_back(id, number(names.size()));
        tables.bound_roles.insert(tables.bound_roles.end(), bits.begin(), bits.end());
    }
    tables.bound_ids = NameIndex(names);
}

std::unique_ptr<const Impl> make_tables(const Program& program, const Limits& limits) {
    auto tables = std::make_unique<Impl>();
    tables->program = &program;
    tables->limits = limits;
    tables->string_bytes = std::min<std::size_t>(limits.string_bytes, UINT32_MAX);
    add_types(*tables);
    add_tools(*tables);
    add_roles(*tables);
    TreeBuilder host(program);
    host.add_native(false);
    tables->host = host.build();
    TreeBuilder paths(program);
    paths.add_paths();
    tables->paths = paths.build();
    return tables;
}

}  // namespace

BindTables::BindTables(const Program& program, const Limits& limits)
    : impl_(make_tables(program, limits)) {}
BindTables::~BindTables() = default;

const Program& BindTables::program() const {
    return *impl_->program;
}

const Limits& BindTables::limits() const {
    return impl_->limits;
}

std::uint32_t BindTables::find_tool(std::string_view name) const {
    return impl_->tools.find(name);
}

}  // namespace proviso::decide
