#include "engine/bytecode/verifier.h"

#include <cstring>

#include "engine/bytecode/verify_blocks.h"
#include "engine/bytecode/verify_context.h"
#include "engine/model/text.h"

namespace proviso::bytecode {
namespace {

std::string describe(const Program& program, Where where) {
    std::string result(where.table);
    if (where.index == none) return result;
    result += ' ' + text(where.index);
    const auto named = [&](const auto& table) {
        if (where.index < table.size()) result += " `" + table[where.index].name + '`';
    };
    if (where.table == "rule") named(program.rules);
    if (where.table == "tool") named(program.tools);
    if (where.table == "matrix") named(program.matrices);
    if (where.table == "limit") named(program.limits);
    if (where.table == "counter") named(program.counters);
    if (where.table == "zone") named(program.zones);
    if (where.table == "window") named(program.windows);
    return result;
}

}  // namespace

std::string text(std::size_t number) {
    return std::to_string(number);
}

bool is_utf8(std::string_view bytes) {
    std::size_t ascii = 0;
    for (std::uint64_t eight = 0; ascii + sizeof eight <= bytes.size(); ascii += sizeof eight) {
        std::memcpy(&eight, bytes.data() + ascii, sizeof eight);
        if ((eight & 0x8080808080808080U) != 0) break;
    }
    return model::is_utf8(bytes.substr(ascii));
}

bool is_integer_like(model::Kind kind) {
    using model::Kind;
    switch (kind) {
        case Kind::boolean:
        case Kind::integer:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration: return true;
        case Kind::decimal:
        case Kind::money:
        case Kind::string:
        case Kind::ip:
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return false;
    }
    return false;
}

bool is_scalar(model::Kind kind) {
    return kind != model::Kind::list && kind != model::Kind::record && kind != model::Kind::opaque;
}

bool Context::fail(Where where, std::string why) {
    if (!error) error = VerifyError{describe(program, where), std::move(why)};
    return false;
}

bool Context::out_of_range(Where where, std::string_view what, std::uint32_t at, std::size_t size) {
    return fail(where,
                std::string(what) + ' ' + text(at) + " is out of range: there are " + text(size));
}

bool Context::indices(Where where, std::string_view what, const std::vector<std::uint32_t>& all,
                      std::size_t size) {
    for (const std::uint32_t at : all) {
        if (!index(where, what, at, size)) return false;
    }
    return true;
}

bool Context::out_of_range(Where where, std::string_view what, Range range, std::size_t size) {
    return fail(where, std::string(what) + ' ' + text(range.begin) + " and " + text(range.count) +
                           " on are out of range: there are " + text(size));
}

bool Context::spend(Where where, std::size_t work) {
    constexpr std::size_t free_of_charge = 64'000'000;
    spent += work;
    return spent <= free_of_charge + 256 * program.code.size() ||
           fail(where, "the program is too intricate to be checked");
}

std::size_t Context::ordinals(Base base) const {
    const model::Type& type = type_of(base);
    if (type.kind == model::Kind::boolean) return 2;
    if (type.kind == model::Kind::weekday) return 7;
    if (type.kind != model::Kind::enumeration) return 0;
    return program.types.enumeration(type.enumeration).words.size();
}

std::optional<VerifyError> verify(const Program& program, const Limits& limits) {
    Context context(program, limits);
    Blocks blocks;
    const bool holds = verify_fields(context) && verify_types(context) && verify_tables(context) &&
                       verify_windows(context) && verify_rules(context) &&
                       verify_catalogue(context) && verify_memory(context) &&
                       verify_plans(context) && verify_instructions(context) &&
                       verify_blocks(context, blocks) && verify_code(context, blocks) &&
                       verify_values(context, blocks);
    if (holds) return std::nullopt;
    return context.error;
}

}  // namespace proviso::bytecode
