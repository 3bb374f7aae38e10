// Plans of bind_lines.h: what the places of a sample mean, and which values of columns are such as
// the sample explains.
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <simdjson.h>

#include "engine/decide/bind_lines_memory.h"

namespace proviso::decide {

namespace {

/// Longer values are not written into the sample.
constexpr std::uint32_t widest_patch = 1024;
/// Numbers that are small enough to be read as they are: of at most so many digits.
constexpr std::int64_t most_coefficient = 1'000'000'000'000'000;
constexpr std::uint8_t most_scale = 9;
constexpr std::int64_t last_plain_second = 4'102'444'800;  // 2100-01-01
constexpr std::uint8_t most_time_scale = 6;
/// Of so many texts each is typed once; of more those that are asked for, where that costs nothing.
constexpr std::size_t few_entries = 64;

constexpr std::array<std::int64_t, 19> make_powers() {
    std::array<std::int64_t, 19> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}
constexpr std::array<std::int64_t, 19> power_of_ten = make_powers();

// Of every byte, so that many are looked at at once.
bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
}

/// Nothing that a text may only have escaped.
bool is_unescaped(std::string_view text) {
    bool any = false;
    for (const char c : text) {
        any |= static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\';
    }
    return !any;
}

bool is_utf8(std::string_view text) {
    return is_ascii(text) || simdjson::validate_utf8(text.data(), text.size());
}

/// Whether of eight bytes each is ASCII, and none that a text may only have escaped.
bool are_plain(std::uint64_t bytes) {
    constexpr std::uint64_t ones = ~std::uint64_t{0} / 0xFF;
    constexpr std::uint64_t high = ones * 0x80;
    const auto any_is = [&](std::uint64_t byte) {
        const std::uint64_t other = bytes ^ (ones * byte);
        return ((other - ones) & ~other & high) != 0;
    };
    const bool any_control = ((bytes - ones * ' ') & ~bytes & high) != 0;
    return (bytes & high) == 0 && !any_control && !any_is('"') && !any_is('\\');
}

bool is_plain_ascii(std::string_view text) {
    std::uint64_t bytes = 0;
    if (text.size() < sizeof bytes) {
        for (const char c : text) bytes = bytes << 8 | static_cast<unsigned char>(c);
        // Blanks before it, which are plain.
        const std::size_t bits = 8 * text.size();
        return are_plain(bytes | ((~std::uint64_t{0} / 0xFF * ' ') << bits));
    }
    const char* const last = text.data() + text.size() - sizeof bytes;
    for (const char* at = text.data(); at < last; at += sizeof bytes) {
        std::memcpy(&bytes, at, sizeof bytes);
        if (!are_plain(bytes)) return false;
    }
    std::memcpy(&bytes, last, sizeof bytes);
    return are_plain(bytes);
}

/// A text without escapes, with its quotes.
bool is_plain_text(std::string_view token) {
    if (token.size() < 2 || token.front() != '"' || token.back() != '"') return false;
    const std::string_view text = token.substr(1, token.size() - 2);
    return is_plain_ascii(text) || (is_unescaped(text) && is_utf8(text));
}

/// Any other value that is one token.
bool is_word_or_number(std::string_view token) {
    return token == "true" || token == "false" || token == "null" || is_json_number(token);
}

/// Whether `before` and `after` are the ends of a text, quotes included.
bool are_ends(const ValueColumn& column) {
    if (!column.before.starts_with('"') || !column.after.ends_with('"')) return false;
    const std::string_view before = column.before.substr(1);
    const std::string_view after = column.after.substr(0, column.after.size() - 1);
    return is_unescaped(before) && is_unescaped(after) && is_ascii(before) && is_ascii(after);
}

bool begins_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

/// Whether every text of a column is valid UTF-8.
bool are_utf8(const ValueColumn& column) {
    const std::string_view all = column.texts.substr(0, column.offsets[column.rows]);
    if (is_ascii(all)) return true;
    if (!simdjson::validate_utf8(all.data(), all.size())) return false;
    for (std::size_t row = 0; row < column.rows; ++row) {
        const std::string_view text = column.text_at(row);
        if (!text.empty() && !begins_code_point(text.front())) return false;
    }
    return true;
}

bool are_texts(const ValueColumn& column) {
    return are_ends(column) && is_unescaped(column.texts.substr(0, column.offsets[column.rows])) &&
           are_utf8(column);
}

std::uint64_t size_of(std::int64_t coefficient) {
    const auto size = static_cast<std::uint64_t>(coefficient);
    return coefficient < 0 ? 0 - size : size;
}

/// Whether no number has zeros before it, which JSON does not take.
bool are_json_numbers(const ValueColumn& column) {
    if (!column.before.empty() || !column.after.empty()) return false;
    if (column.digits <= 1) return true;
    const auto least = static_cast<std::uint64_t>(power_of_ten[column.digits - 1U]);
    for (std::size_t row = 0; row < column.rows; ++row) {
        const auto unit = static_cast<std::uint64_t>(power_of_ten[column.scale_at(row)]);
        if (size_of(column.coefficient_at(row)) / unit < least) return false;
    }
    return true;
}

bool are_small(const ValueColumn& column) {
    for (std::size_t row = 0; row < column.rows; ++row) {
        if (column.scale_at(row) > most_scale) return false;
        if (size_of(column.coefficient_at(row)) >= most_coefficient) return false;
    }
    return true;
}

/// Times in UTC of years that every reader agrees about.
bool are_plain_times(const ValueColumn& column) {
    if (column.before != "\"" || column.after != "Z\"") return false;
    for (std::size_t row = 0; row < column.rows; ++row) {
        const std::uint8_t scale = column.scale_at(row);
        const std::int64_t coefficient = column.coefficient_at(row);
        if (scale > most_time_scale || coefficient < 0) return false;
        if (coefficient / power_of_ten[scale] >= last_plain_second) return false;
    }
    return true;
}

bool is_of_number(Plain plain) {
    switch (plain) {
        case Plain::integer:
        case Plain::decimal:
        case Plain::money: return true;
        case Plain::no:
        case Plain::boolean: break;
    }
    return false;
}

}  // namespace

LineMemory::LineMemory() : impl_(std::make_unique<Impl>()) {}
LineMemory::~LineMemory() = default;

LinePlan::LinePlan(const LineSource& source, std::string_view sample,
                   std::vector<ValueColumn> columns)
    : tables_(&source.tables),
      layout_(&source.layout),
      writer_(&source.writer),
      memory_(&source.memory.impl()),
      columns_(std::move(columns)) {
    usable_ = lay_out(sample) && learn() && find_columns() && plan_steps();
}

LinePlan::~LinePlan() = default;

/// The sample, with blanks behind values that other documents may have longer.
bool LinePlan::lay_out(std::string_view sample) {
    std::size_t at = 0;
    std::size_t widest = 0;
    for (ValueColumn& column : columns_) {
        if (column.begin < at || column.begin + column.size > sample.size()) return false;
        bytes_.append(sample.substr(at, column.begin - at));
        const std::string_view value = sample.substr(column.begin, column.size);
        at = column.begin + column.size;
        column.begin = static_cast<std::uint32_t>(bytes_.size());
        bytes_.append(value);
        if (!column.varies() || column.widest > widest_patch) continue;
        if (column.widest < column.size) return false;
        bytes_.append(column.widest - column.size, ' ');
        column.size = column.widest;
        widest = std::max<std::size_t>(widest, column.widest);
    }
    bytes_.append(sample.substr(at));
    room_.resize(widest + json_padding);
    const std::size_t size = bytes_.size();
    bytes_.append(json_padding, ' ');
    JsonParser parser;
    if (!parser.parse(std::string_view(bytes_).substr(0, size), text_).empty()) return false;
    tokens_.assign(text_.tokens, text_.tokens + text_.count + 1);
    text_.tokens = tokens_.data();
    return !text_.escapes;
}

/// The sample's shape, where the cursor has nothing against it.
bool LinePlan::learn() {
    const BindTables::Impl& tables = tables_->impl();
    const BoundLayout::Impl& place = layout_->impl();
    LineMemory::Impl& memory = *memory_;
    memory.scratch.entries.resize(place.tree.entries.size());
    memory.scratch.fields.resize(place.fields.size());
    if (memory.typer == nullptr) {
        memory.typer = std::make_unique<CallState>(tables, memory.scratch, memory.typing);
    }
    CallState state(tables, memory.scratch, memory.trial);
    Trouble trouble;
    const std::size_t nesting = std::min(tables.limits.call_nesting, deepest_json);
    JsonSource from(text_, nesting, memory.trial.arena, trouble);
    if (from.shape() != Shape::object) return false;
    std::vector<std::string_view> captures(place.captures);
    memory.args.clear();
    HostReader<JsonSource> reader(state, place.tree, memory.args);
    reader.use(place.fields, captures, !place.args_apart);
    reader.object(place.tree.root, from);
    if (!from.ok() || !from.at_end()) return false;
    shape_.learn(text_, place.tree);
    return shape_.is_of(text_);
}

bool LinePlan::is_quoted(std::uint32_t token) const {
    return bytes_[tokens_[token]] == '"';
}

std::string_view LinePlan::token_text(std::uint32_t token) const {
    if (!is_quoted(token)) {
        std::size_t end = tokens_[token + 1];
        while (static_cast<unsigned char>(bytes_[end - 1]) <= ' ') --end;
        return std::string_view(bytes_).substr(tokens_[token], end - tokens_[token]);
    }
    const std::string_view text = text_.text_at(token);
    return {text.data() - 1, text.size() + 2};
}

/// Each column is one value of the sample, and all that it holds are values of the same kind.
bool LinePlan::find_columns() {
    column_of_.assign(text_.count, bytecode::none);
    plain_.resize(columns_.size());
    std::uint32_t token = 0;
    for (std::uint32_t number = 0; number < columns_.size(); ++number) {
        const ValueColumn& column = columns_[number];
        while (token < text_.count && tokens_[token] < column.begin) ++token;
        if (token + 1 >= text_.count || tokens_[token] != column.begin) return false;
        const char first = bytes_[column.begin];
        const char next = bytes_[tokens_[token + 1]];
        if (next != ',' && next != '}' && next != ']') return false;
        if (first == '{' || first == '[' || first == '}' || first == ']' || first == ',') {
            return false;
        }
        if (tokens_[token] + token_text(token).size() > column.begin + column.size) return false;
        column_of_[token] = number;
        if (!check(number)) return false;
    }
    return true;
}

bool LinePlan::check(std::size_t number) {
    const ValueColumn& column = columns_[number];
    const bool quoted = bytes_[column.begin] == '"';
    switch (column.form) {
        case ValueColumn::Form::entries: return check_entries(number);
        case ValueColumn::Form::number: return quoted ? are_ends(column) : are_json_numbers(column);
        case ValueColumn::Form::time: return quoted && are_ends(column);
        case ValueColumn::Form::text: return (quoted && are_texts(column)) || check_rows(number);
    }
    return false;
}

/// Notes which values are of the sample's kind; false where not even the sample is.
bool LinePlan::check_each(std::size_t number, std::size_t count, auto&& token_of) {
    const bool quoted = bytes_[columns_[number].begin] == '"';
    const auto is_plain = [&](std::size_t i) {
        const std::string_view token = token_of(i);
        return quoted ? is_plain_text(token) : is_word_or_number(token);
    };
    std::size_t first = 0;
    while (first < count && is_plain(first)) ++first;
    if (first == count) return true;
    std::vector<char> plain(count, 1);
    for (std::size_t i = first; i < count; ++i) plain[i] = is_plain(i) ? 1 : 0;
    plain_[number] = std::move(plain);
    guarded_.push_back(static_cast<std::uint32_t>(number));
    return columns_[number].varies();
}

bool LinePlan::check_rows(std::size_t number) {
    const ValueColumn& column = columns_[number];
    std::string room;
    return check_each(number, column.rows, [&](std::size_t row) {
        room.assign(column.before).append(column.text_at(row)).append(column.after);
        return std::string_view{room};
    });
}

bool LinePlan::check_entries(std::size_t number) {
    const ValueColumn& column = columns_[number];
    return check_each(number, column.entries.size(),
                      [&](std::size_t entry) { return column.entries[entry]; });
}

/// The token behind the value at one.
std::uint32_t LinePlan::behind(std::uint32_t token) const {
    std::size_t open = 0;
    do {
        const char first = bytes_[tokens_[token++]];
        if (first == '{' || first == '[') ++open;
        if (first == '}' || first == ']') --open;
    } while (open > 0);
    return token;
}

/// The column of a value; of one that all documents have, a column of it alone.
std::uint32_t LinePlan::column_at(std::uint32_t token) {
    if (column_of_[token] != bytecode::none) return column_of_[token];
    ValueColumn column;
    column.begin = tokens_[token];
    column.entries = {&literals_.emplace_back(token_text(token)), 1};
    column.size = column.widest = static_cast<std::uint32_t>(column.entries[0].size());
    column_of_[token] = static_cast<std::uint32_t>(columns_.size());
    columns_.push_back(column);
    plain_.emplace_back();
    return column_of_[token];
}

/// All values of the one at a token are written into the sample, document by document.
bool LinePlan::patch(std::uint32_t token, std::vector<std::uint32_t>& to) {
    for (const std::uint32_t end = behind(token); token < end; ++token) {
        const std::uint32_t column = column_of_[token];
        if (column == bytecode::none || !columns_[column].varies()) continue;
        if (columns_[column].widest > widest_patch) return false;
        if (std::find(to.begin(), to.end(), column) == to.end()) to.push_back(column);
    }
    return true;
}

/// Of a list or object that is captured.
void LinePlan::compose_captures(const ShapeStep& step) {
    Composed made;
    const std::uint32_t last = behind(step.token) - 1;
    made.begin = tokens_[step.token];
    made.end = tokens_[last] + 1;
    for (std::uint32_t token = step.token; token < last; ++token) {
        const std::uint32_t column = column_of_[token];
        if (column != bytecode::none && columns_[column].varies()) made.columns.push_back(column);
    }
    if (made.columns.empty()) return;
    const std::vector<Entry>& entries = layout_->impl().tree.entries;
    for (std::uint32_t at = step.entry; at != bytecode::none; at = entries[at].next) {
        if (entries[at].target != Target::capture) continue;
        made.capture = entries[at].number;
        composed_.push_back(made);
    }
}

bool LinePlan::plan_steps() {
    for (const auto* steps : {&shape_.strings(), &shape_.words(), &shape_.steps()}) {
        for (const ShapeStep& step : *steps) {
            if (!plan_step(step)) return false;
        }
    }
    part_wants();
    return true;
}

/// What all documents have alike apart from what they have each.
void LinePlan::part_wants() {
    std::vector<Want> each;
    for (const Want& want : wants_) {
        slots_.push_back(want.slot);
        if (want.kind == Want::Kind::entry && !columns_[want.column].varies()) {
            same_.push_back({want.slot, typed_[want.first]});
        } else {
            each.push_back(want);
        }
    }
    wants_ = std::move(each);
    same_captures_.resize(layout_->impl().captures);
    std::vector<Capture> varying;
    for (const Capture& capture : captures_) {
        const ValueColumn& column = columns_[capture.column];
        if (column.varies()) {
            varying.push_back(capture);
        } else {
            same_captures_[capture.number] = column.entries[0];
        }
    }
    captures_ = std::move(varying);
}

bool LinePlan::capture(std::uint32_t number, Captured& found) const {
    if (number >= same_captures_.size()) return false;
    for (const Composed& made : composed_) {
        if (made.capture == number) return false;
    }
    const auto at = std::find_if(captures_.begin(), captures_.end(),
                                 [&](const Capture& one) { return one.number == number; });
    found = at == captures_.end() ? Captured{} : Captured{true, at->column};
    return true;
}

/// A text for one entry of the host's tree.
bool LinePlan::plan_text(const Entry& entry, std::uint32_t column) {
    Want want;
    switch (entry.quick) {
        case Quick::no: return false;
        case Quick::string:
        case Quick::word:
        case Quick::text:
            want.column = column;
            want.slot = entry.number;
            want.info = tables_->impl().slots[entry.number];
            if (!want_text(want)) return false;
            wants_.push_back(want);
            return true;
        case Quick::tool: return std::exchange(tool_, column) == bytecode::none;
        case Quick::stage: return std::exchange(stage_, column) == bytecode::none;
        case Quick::capture: captures_.push_back({entry.number, column}); return true;
    }
    return false;
}

bool LinePlan::plan_step(const ShapeStep& step) {
    using Kind = ShapeStep::Kind;
    Want want;
    want.slot = step.slot;
    switch (step.kind) {
        case Kind::tool:
        case Kind::stage:
        case Kind::text:
        case Kind::word: {
            const std::vector<Entry>& entries = layout_->impl().tree.entries;
            const std::uint32_t column = column_at(step.token);
            for (std::uint32_t at = step.entry; at != bytecode::none; at = entries[at].next) {
                if (!plan_text(entries[at], column)) return false;
            }
            return true;
        }
        case Kind::scalar:
            want.column = column_at(step.token);
            want.info = tables_->impl().slots[step.slot];
            if (!want_scalar(want, false)) return plan_cursor(step);
            wants_.push_back(want);
            return true;
        case Kind::args: return plan_args(step);
        case Kind::roles:
        case Kind::value:
        case Kind::beside: return plan_cursor(step);
        case Kind::unread: return true;  // all of its column was looked at
    }
    return false;
}

bool LinePlan::plan_cursor(const ShapeStep& step) {
    const std::uint32_t from = step.kind == ShapeStep::Kind::beside ? step.parent : step.token;
    if (!patch(from, patched_)) return false;
    const char first = bytes_[tokens_[step.token]];
    if (first == '{' || first == '[') compose_captures(step);
    cursor_.push_back(step);
    return true;
}

bool LinePlan::plan_args(const ShapeStep& step) {
    if (args_ != nullptr) return false;
    args_ = &step;
    args_written_ = patch(step.token, args_patched_);
    if (bytes_[tokens_[step.token]] != '{') return true;
    const std::uint32_t end = behind(step.token) - 1;
    for (std::uint32_t key = step.token + 1U; key < end;) {
        const char first = bytes_[tokens_[key + 2]];
        if (first == '{' || first == '[') {
            members_.clear();
            return true;
        }
        members_.push_back({text_.text_at(key), column_at(key + 2)});
        key += 4;
    }
    return true;
}

/// Types each entry of a column once; what is no plain value gets none.
template <class Type>
void LinePlan::type_entries(Want& want, Type type) {
    want.kind = Want::Kind::entry;
    want.first = static_cast<std::uint32_t>(typed_.size());
    const std::vector<char>& plain = plain_[want.column];
    const auto entries = columns_[want.column].entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool fits = plain.empty() || plain[i] != 0;
        typed_.push_back(fits ? type(entries[i]) : model::unknown(model::State::wrong_type));
    }
}

bool LinePlan::want_text(Want& want) {
    const ValueColumn& column = columns_[want.column];
    const TypeInfo& info = *want.info;
    const bool is_quick = info.is_any_string && column.entries.size() > few_entries;
    if (column.form == ValueColumn::Form::entries && !is_quick) {
        type_entries(want, [&](std::string_view token) {
            return text_value(info, token.substr(1, token.size() - 2), memory_->typing.arena);
        });
        return true;
    }
    const bool is_time = column.form == ValueColumn::Form::time && !info.has_range &&
                         info.type->kind == model::Kind::time && are_plain_times(column);
    want.kind = is_time ? Want::Kind::time : Want::Kind::text;
    return true;
}

/// Tools share what their arguments have alike.
bool LinePlan::want_scalar(Want& want, bool strict) {
    for (const KnownWant& known : known_) {
        if (known.strict != strict || known.want.column != want.column) continue;
        if (known.want.info != want.info) continue;
        const std::uint32_t slot = want.slot;
        want = known.want;
        want.slot = slot;
        return known.fits;
    }
    const bool fits = find_scalar(want, strict);
    known_.push_back({strict, fits, want});
    return fits;
}

bool LinePlan::find_scalar(Want& want, bool strict) {
    const ValueColumn& column = columns_[want.column];
    const TypeInfo& info = *want.info;
    if (column.form == ValueColumn::Form::number && is_of_number(info.plain) && are_small(column)) {
        want.kind = Want::Kind::number;
        return true;
    }
    const bool one_value = info.is_scalar || is_of_number(info.plain);
    if (column.form != ValueColumn::Form::entries || !one_value) return false;
    Converter<JsonSource> convert(*memory_->typer, strict);
    type_entries(want, [&](std::string_view token) {
        const std::array<std::uint32_t, 2> ends{0, static_cast<std::uint32_t>(token.size())};
        Trouble trouble;
        JsonSource from({token.data(), ends.data(), 1, false}, 1, memory_->typing.arena, trouble);
        Siblings<JsonSource> nothing(nullptr, 0);
        return convert.convert(info, from, nothing, {});
    });
    return true;
}

/// Whether all arguments are single values that the tool declares, each for one slot.
bool LinePlan::plan_tool_args(std::uint32_t tool, std::vector<Want>& wants) {
    if (members_.empty()) return false;
    const ToolArguments& arguments = tables_->impl().arguments_of(tool);
    std::vector<std::uint32_t> met;
    for (const Member& member : members_) {
        const std::uint32_t number = arguments.names.find(member.name);
        if (std::find(met.begin(), met.end(), number) != met.end()) return false;
        met.push_back(number);
        Want want;
        want.column = member.column;
        if (!plan_argument(number, want)) return false;
        wants.push_back(want);
    }
    return std::all_of(arguments.required.begin(), arguments.required.end(),
                       [&](std::uint32_t number) {
                           return std::find(met.begin(), met.end(), number) != met.end();
                       });
}

bool LinePlan::plan_argument(std::uint32_t argument, Want& want) {
    const std::vector<ArgumentInfo>& infos = tables_->impl().argument_infos;
    if (argument == bytecode::none || argument >= infos.size()) return false;
    const ArgumentInfo& info = infos[argument];
    if (info.type == nullptr || info.slot == bytecode::none || info.raw) return false;
    want.slot = info.slot;
    want.info = info.type;
    if (bytes_[columns_[want.column].begin] != '"') return want_scalar(want, true);
    return info.type->is_scalar && want_text(want);
}

}  // namespace proviso::decide
