// See bind_lines.h. What a plan is made of, and how a document is bound by it; bind_lines_plan.cpp
// makes plans.
#include "engine/decide/bind_lines.h"

#include <array>
#include <cstring>

#include "engine/decide/bind_lines_memory.h"
#include "engine/decide/bind_steps.h"

namespace proviso::decide {

namespace {

/// Without zeros at its end, as numbers of a document are.
void make_normal(std::int64_t& integer, std::uint8_t& scale) {
    for (; scale > 0 && integer % 10 == 0; --scale) integer /= 10;
}

}  // namespace

char* LinePlan::write(const ValueColumn& column, std::size_t row, char* to) const {
    const auto put = [&to](std::string_view text) {
        std::memcpy(to, text.data(), text.size());
        to += text.size();
    };
    switch (column.form) {
        case ValueColumn::Form::entries: put(column.entries[column.entry_at(row)]); return to;
        case ValueColumn::Form::number:
        case ValueColumn::Form::time: return writer_->write(column, row, to);
        case ValueColumn::Form::text: break;
    }
    put(column.before);
    put(column.text_at(row));
    put(column.after);
    return to;
}

/// Written once a document.
std::string_view LinePlan::token_at(std::uint32_t number, std::size_t row, Arena& arena) {
    const ValueColumn& column = columns_[number];
    if (column.form == ValueColumn::Form::entries) return column.entries[column.entry_at(row)];
    Written& written = written_[number];
    if (written.moment == moment_) return written.token;
    char* const begin = arena.bytes(column.widest + json_padding);
    written.moment = moment_;
    written.token = {begin, static_cast<std::size_t>(write(column, row, begin) - begin)};
    return written.token;
}

/// False where the text may say more than the value.
bool LinePlan::value_of(const Want& want, std::size_t row, Arena& arena, model::Value& value) {
    const ValueColumn& column = columns_[want.column];
    switch (want.kind) {
        case Want::Kind::entry: value = typed_[want.first + column.entry_at(row)]; return true;
        case Want::Kind::number: {
            std::int64_t integer = column.coefficient_at(row);
            std::uint8_t scale = column.scale_at(row);
            make_normal(integer, scale);
            if (want.info->plain == Plain::integer && scale != 0) return false;
            const bool is_money = want.info->plain == Plain::money;
            const std::uint32_t code = is_money ? want.info->type->currency : 0;
            value = in_range(*want.info, model::of_money({integer, scale}, code));
            return true;
        }
        case Want::Kind::time:
            value = model::of_integer(column.coefficient_at(row) *
                                      microseconds_of_digits[column.scale_at(row)]);
            return true;
        case Want::Kind::text:
            value = text_value(*want.info, text_at(want.column, row, arena), arena);
            return true;
    }
    return false;
}

/// Whether all values are ones that the shape explains.
bool LinePlan::is_plain(std::size_t row) const {
    for (const std::uint32_t number : guarded_) {
        const ValueColumn& column = columns_[number];
        const bool by_entry = column.form == ValueColumn::Form::entries;
        if (plain_[number][by_entry ? column.entry_at(row) : row] == 0) return false;
    }
    return true;
}

bool LinePlan::give_slots(std::size_t row, CallState& state) {
    std::vector<std::uint32_t>& touched = state.out().touched;
    touched.insert(touched.end(), slots_.begin(), slots_.end());
    for (const Same& same : same_) state.give_touched(same.slot, same.value);
    for (const Want& want : wants_) {
        model::Value value{};
        if (!value_of(want, row, state.arena(), value)) return false;
        state.give_touched(want.slot, value);
    }
    return true;
}

void LinePlan::give_texts(std::size_t row, CallState& state,
                          std::vector<std::string_view>& captures) {
    if (tool_ != bytecode::none) state.tool(text_at(tool_, row, state.arena()));
    if (stage_ != bytecode::none) state.stage(text_at(stage_, row, state.arena()));
    captures = same_captures_;
    for (const Capture& capture : captures_) {
        captures[capture.number] = token_at(capture.column, row, state.arena());
    }
}

void LinePlan::write_patches(std::size_t row, const std::vector<std::uint32_t>& columns) {
    for (const std::uint32_t number : columns) {
        const ValueColumn& column = columns_[number];
        char* const begin = bytes_.data() + column.begin;
        // Not at its place: a writer may leave something behind the end.
        const char* const end = write(column, row, room_.data());
        const auto size = static_cast<std::size_t>(end - room_.data());
        std::memcpy(begin, room_.data(), size);
        std::memset(begin + size, ' ', column.size - size);
    }
}

std::string_view LinePlan::composed(const Composed& made, std::size_t row, Arena& arena) const {
    std::size_t most = made.end - made.begin + json_padding;
    for (const std::uint32_t column : made.columns) most += columns_[column].widest;
    char* const begin = arena.bytes(most);
    char* to = begin;
    std::uint32_t at = made.begin;
    const auto copy_up_to = [&](std::uint32_t end) {
        std::memcpy(to, bytes_.data() + at, end - at);
        to += end - at;
    };
    for (const std::uint32_t number : made.columns) {
        const ValueColumn& column = columns_[number];
        copy_up_to(column.begin);
        to = write(column, row, to);
        at = column.begin + column.size;
    }
    copy_up_to(made.end);
    return {begin, static_cast<std::size_t>(to - begin)};
}

/// How the arguments of the call's tool are read.
const LinePlan::ToolArgs& LinePlan::args_of(std::uint32_t tool) {
    static const ToolArgs by_cursor;
    if (tool == bytecode::none) return by_cursor;
    if (of_tool_.empty()) of_tool_.assign(tables_->program().tools.size(), bytecode::none);
    std::uint32_t& number = of_tool_[tool];
    if (number == bytecode::none) {
        number = static_cast<std::uint32_t>(tool_args_.size());
        ToolArgs& args = tool_args_.emplace_back();
        if (plan_tool_args(tool, args.wants)) args.how = ToolArgs::How::by_column;
    }
    return tool_args_[number];
}

/// False where one of them breaks its type: then the text says how.
bool LinePlan::give_args(std::size_t row, const std::vector<Want>& wants, CallState& state) {
    for (const Want& want : wants) {
        model::Value value{};
        if (!value_of(want, row, state.arena(), value)) return false;
        if (!value.known() && value.state != model::State::absent) return false;
        state.put(want.slot, value);
    }
    return true;
}

bool LinePlan::read_args(std::size_t row, CallState& state, JsonSource& from,
                         HostReader<JsonSource>& reader) {
    if (args_ != nullptr) {
        const ToolArgs& args = args_of(state.out().tool);
        if (args.how == ToolArgs::How::by_column) return give_args(row, args.wants, state);
        if (!args_written_) return false;
        write_patches(row, args_patched_);
        Siblings<JsonSource> nothing(nullptr, 0);
        read_step(*args_, text_, from, reader, nothing);
    }
    if (from.ok() && !reader.args_read()) ArgReader<JsonSource>::read(state, memory_->args);
    return from.ok();
}

bool LinePlan::bind(std::size_t row, std::size_t size, Bound& out,
                    std::vector<std::string_view>& captures) {
    const BindTables::Impl& tables = tables_->impl();
    const BoundLayout::Impl& place = layout_->impl();
    if (!usable_ || size > tables.limits.call_bytes || !is_plain(row)) return false;
    memory_->scratch.entries.resize(place.tree.entries.size());
    memory_->scratch.fields.resize(place.fields.size());
    CallState state(tables, memory_->scratch, out);
    ++moment_;
    written_.resize(columns_.size());
    if (!give_slots(row, state)) return false;
    give_texts(row, state, captures);

    Trouble trouble;
    const std::size_t nesting = std::min(tables.limits.call_nesting, deepest_json);
    JsonSource from(text_, nesting, out.arena, trouble);
    memory_->args.clear();
    HostReader<JsonSource> reader(state, place.tree, memory_->args);
    reader.use(place.fields, captures, !place.args_apart);
    write_patches(row, patched_);
    Siblings<JsonSource> nothing(nullptr, 0);
    for (const ShapeStep& step : cursor_) read_step(step, text_, from, reader, nothing);
    for (const Composed& made : composed_) captures[made.capture] = composed(made, row, out.arena);
    read_constants(state, place, reader, trouble, nesting);
    if (!from.ok() || !state.tool_given() || !state.resolve_tool()) return false;
    if (!read_args(row, state, from, reader)) return false;
    state.finish();
    // What is told of a form error, and an argument as it came, may view blanks that are not there.
    return out.form == FormError::none && out.raw_args.empty();
}

}  // namespace proviso::decide
