// See record_form.h. Covered by tests/golden/decide/form.
#include "engine/decide/record_form.h"

#include <algorithm>
#include <optional>

#include "engine/model/type.h"

namespace proviso::decide {
namespace {

using bytecode::Program;
using model::Kind;
using model::Type;

/// Takes `.name` or `[2]` off the front of a path and gives the type there.
const Type* part_of(const Program& program, const Type& type, std::string_view& path) {
    if (path.front() == '[') {
        const std::size_t end = path.find(']');
        if (type.kind != Kind::list || end == std::string_view::npos) return nullptr;
        path.remove_prefix(end + 1);
        return &program.types.type(type.element);
    }
    if (type.kind != Kind::record || path.front() != '.') return nullptr;
    path.remove_prefix(1);
    for (const model::Field& field : type.fields) {
        const bool whole = path.starts_with(field.name) &&
                           (path.size() == field.name.size() || path[field.name.size()] == '.' ||
                            path[field.name.size()] == '[');
        if (!whole) continue;
        path.remove_prefix(field.name.size());
        return &program.types.type(field.type);
    }
    return nullptr;
}

/// The declared type of "args.lines[2].amount"; null where none is.
const Type* type_at(const Program& program, const bytecode::Tool& tool, std::string_view path) {
    constexpr std::string_view args = "args.";
    if (!path.starts_with(args)) return nullptr;
    path.remove_prefix(args.size());
    const auto first =
        program.arguments.begin() + static_cast<std::ptrdiff_t>(tool.arguments.begin);
    const auto named = [&](const bytecode::Argument& argument) {
        return argument.declared && argument.name == path.substr(0, path.find_first_of(".["));
    };
    const auto found = std::find_if(first, first + tool.arguments.count, named);
    if (found == first + tool.arguments.count) return nullptr;
    path.remove_prefix(found->name.size());
    const Type* type = &program.types.type(found->type);
    while (type != nullptr && !path.empty()) type = part_of(program, *type, path);
    return type;
}

std::string range_of(const Program& program, const Type& type) {
    if (!type.low || !type.high) return {};
    const model::TypeId scalar = program.types.scalar(type.kind);
    return to_text(program.types, scalar, *type.low) + " .. " +
           to_text(program.types, scalar, *type.high);
}

std::string length_of(const Type& type) {
    if (!type.length_low || !type.length_high) return {};
    return "length " + std::to_string(*type.length_low) + " .. " +
           std::to_string(*type.length_high);
}

std::string text_form(const Type& type) {
    std::string form = length_of(type);
    if (type.pattern.empty()) return form;
    if (!form.empty()) form += ", ";
    return form + "matches r\"" + type.pattern + "\"";
}

std::string words_of(const Program& program, const Type& type) {
    constexpr std::size_t most = 10;
    const std::vector<std::string>& words = program.types.enumeration(type.enumeration).words;
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + words[i];
    }
    if (words.size() > most) text += " and " + std::to_string(words.size() - most) + " more";
    return text;
}

std::string form_of(const Program& program, const Type& type) {
    switch (type.kind) {
        case Kind::string: return text_form(type);
        case Kind::list: return length_of(type);
        case Kind::enumeration: return words_of(program, type);
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date: return range_of(program, type);
        case Kind::boolean:
        case Kind::weekday:
        case Kind::ip:
        case Kind::record:
        case Kind::opaque: return {};
    }
    return {};
}

}  // namespace

std::string declared_form(const Bound& bound) {
    const bool of_form = bound.form_cause.starts_with("outside its") ||
                         bound.form_cause.starts_with("not one of the words");
    if (!of_form || bound.program == nullptr || bound.tool == bytecode::none) return {};
    const Program& program = *bound.program;
    const Type* type = type_at(program, program.tools[bound.tool], bound.form_name);
    const std::string form = type == nullptr ? std::string() : form_of(program, *type);
    return form.empty() ? form : ": " + form;
}

}  // namespace proviso::decide
