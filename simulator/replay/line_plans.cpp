#include "simulator/replay/line_plans.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "simulator/history/blocks.h"
#include "simulator/packed/line_shape.h"
#include "simulator/replay/line_kinds.h"

namespace proviso::simulator {
namespace {

/// A plan costs as much as some lines that are read as text.
constexpr std::uint64_t fewest_lines = 16;

static_assert(packed::BlockLines::padding >= padding_bytes);

class Writer final : public decide::NumberWriter {
  public:
    char* write(const decide::ValueColumn& column, std::size_t row, char* to) const override {
        to = std::copy(column.before.begin(), column.before.end(), to);
        const std::int64_t coefficient = column.coefficient_at(row);
        const std::uint8_t scale = column.scale_at(row);
        to = column.form == decide::ValueColumn::Form::time
                 ? packed::write_time(to, coefficient, scale)
                 : packed::write_decimal(to, coefficient, scale, column.digits);
        return std::copy(column.after.begin(), column.after.end(), to);
    }
};
const Writer writer;

decide::ValueColumn::Form form_of(packed::ColumnKind kind) {
    using Form = decide::ValueColumn::Form;
    switch (kind) {
        case packed::ColumnKind::constant:
        case packed::ColumnKind::dictionary: return Form::entries;
        case packed::ColumnKind::number: return Form::number;
        case packed::ColumnKind::time: return Form::time;
        case packed::ColumnKind::text: return Form::text;
    }
    return Form::entries;
}

/// Without its place in the sample.
decide::ValueColumn values_of(const packed::Column& column, std::size_t rows) {
    decide::ValueColumn made;
    made.form = form_of(column.kind());
    made.rows = rows;
    made.widest = static_cast<std::uint32_t>(column.widest());
    if (column.kind() == packed::ColumnKind::constant) {
        made.entries = {&column.constant(), 1};
        return made;
    }
    made.width = static_cast<std::uint8_t>(column.width());
    made.digits = column.digits();
    made.scale = column.scale();
    made.entries = column.entries();
    made.numbers = column.numbers().data();
    made.base = column.base();
    made.scales = column.scales().empty() ? nullptr : column.scales().data();
    made.before = column.before();
    made.after = column.after();
    if (column.kind() != packed::ColumnKind::text) return made;
    made.texts = column.texts();
    made.offsets = column.offsets().data();
    return made;
}

std::size_t size_at(const packed::Column& column, std::size_t row, std::string& memory) {
    memory.resize(column.widest() + packed::Room::slack);
    packed::Room room{memory.data(), column.widest()};
    return column.append_at(room, row) ? static_cast<std::size_t>(room.at() - memory.data()) : 0;
}

/// The columns of a shape at their places in one of its lines.
std::vector<decide::ValueColumn> columns_of(const packed::ShapeColumns& shape, std::size_t row) {
    std::vector<decide::ValueColumn> columns;
    columns.reserve(shape.columns.size());
    std::string memory;
    std::size_t at = 0;
    std::string_view rest = shape.text;
    for (const packed::Column& column : shape.columns) {
        const std::size_t before = rest.find(packed::hole);
        rest.remove_prefix(before + 1);
        decide::ValueColumn& made = columns.emplace_back(values_of(column, shape.lines));
        made.begin = static_cast<std::uint32_t>(at + before);
        made.size = static_cast<std::uint32_t>(size_at(column, row, memory));
        at = made.begin + made.size;
    }
    return columns;
}

}  // namespace

LinePlans::LinePlans(const packed::BlockLines& lines, Session& session, const Layout& layout)
    : lines_(&lines),
      session_(&session),
      layout_(&layout),
      planned_(lines.shapes().size()) {}

LinePlans::~LinePlans() = default;

bool LinePlans::next() {
    if (line_ == lines_->lines()) return false;
    shape_ = lines_->shape_of(line_++);
    row_ = planned_[shape_].next++;
    return true;
}

void LinePlans::plan(Planned& planned) {
    planned.is_planned = true;
    const packed::ShapeColumns& of = shape();
    if (of.lines < fewest_lines || !of.text.starts_with('{')) return;
    // A line with an escape explains no other.
    std::string memory;
    std::size_t row = 0;
    std::string_view sample = packed::BlockLines::write(of, row, memory);
    while (sample.find('\\') != std::string_view::npos && ++row < fewest_lines) {
        sample = packed::BlockLines::write(of, row, memory);
    }
    if (of.text.ends_with('\r')) {
        sample.remove_suffix(1);
        planned.behind = 2;
    }
    auto plan = plan_lines(*session_, *layout_, sample, columns_of(of, row), writer, plan_memory_);
    if (!plan->usable()) return;
    planned.plan = std::move(plan);
    count_groups(planned);
}

std::optional<Verdict> LinePlans::preview(std::size_t most_bytes) {
    Planned& planned = planned_[shape_];
    if (!planned.is_planned) plan(planned);
    if (planned.plan == nullptr) return std::nullopt;
    const std::size_t bytes = size() - planned.behind;
    if (bytes > most_bytes) return std::nullopt;
    return preview_line(*session_, *planned.plan, row_, bytes);
}

void LinePlans::hash_entries(Planned& planned, JsonHasher& hasher) const {
    planned.has_members = true;
    for (const decide::LinePlan::Member& member : planned.plan->arguments()) {
        MemberHash& made = planned.members.emplace_back();
        made.name = text_hash(member.name);
        made.column = &planned.plan->column(member.column);
        for (const std::string_view entry : made.column->entries) {
            made.entries.push_back(hash_of_member(made.name, hasher.of(entry)));
        }
    }
}

void LinePlans::count_groups(Planned& planned) {
    std::size_t count = 1;
    if (const auto number = planned.plan->tool_column()) {
        const decide::ValueColumn& column = planned.plan->column(*number);
        if (column.form != decide::ValueColumn::Form::entries) return;
        planned.tool = &column;
        count = std::min(column.entries.size(), LineKinds::most_groups);
    }
    planned.groups.resize(count);
}

LineGroup* LinePlans::make_group(std::size_t entry) {
    std::unique_ptr<LineGroup>& group = planned_[shape_].groups[entry];
    group = std::make_unique<LineGroup>();
    return group.get();
}

std::uint64_t LinePlans::group_hash() const {
    const decide::ValueColumn* const tool = planned_[shape_].tool;
    const std::string_view name =
        tool == nullptr ? std::string_view{} : tool->entries[tool->entry_at(row_)];
    return hash_of_member(text_hash(shape().text), text_hash(name));
}

std::string_view LinePlans::token(std::uint32_t number, std::string& memory) const {
    return token(planned_[shape_].plan->column(number), memory);
}

std::string_view LinePlans::token(const decide::ValueColumn& column, std::string& memory) const {
    if (column.form == decide::ValueColumn::Form::entries) {
        return column.entries[column.entry_at(row_)];
    }
    const std::size_t most = std::size_t{column.widest} + decide::json_padding;
    if (memory.size() < most) memory.resize(most);
    char* end = memory.data();
    const auto put = [&end](std::string_view text) {
        packed::copy_text(end, text.data(), text.size());
        end += text.size();
    };
    switch (column.form) {
        case decide::ValueColumn::Form::text:
            put(column.before);
            put(column.text_at(row_));
            put(column.after);
            break;
        case decide::ValueColumn::Form::number:
        case decide::ValueColumn::Form::time: end = writer.write(column, row_, end); break;
        case decide::ValueColumn::Form::entries: break;
    }
    return {memory.data(), static_cast<std::size_t>(end - memory.data())};
}

/// Of the value at hand.
std::uint64_t LinePlans::hash_of(const decide::ValueColumn& column, JsonHasher& hasher) {
    if (column.form == decide::ValueColumn::Form::number && column.before.empty()) {
        return hash_of_number(column.coefficient_at(row_), column.scale_at(row_));
    }
    return hasher.of(token(column, memory_));
}

std::optional<std::uint64_t> LinePlans::arguments_hash(JsonHasher& hasher) {
    Planned& planned = planned_[shape_];
    if (!planned.has_members) hash_entries(planned, hasher);
    if (planned.members.empty()) return std::nullopt;
    std::uint64_t sum = 0;
    for (const MemberHash& member : planned.members) {
        const decide::ValueColumn& column = *member.column;
        const bool is_entry = column.form == decide::ValueColumn::Form::entries;
        sum += is_entry ? member.entries[column.entry_at(row_)]
                        : hash_of_member(member.name, hash_of(column, hasher));
    }
    return hash_of_object(sum);
}

const LinePlans::Unread& LinePlans::unread(UnreadFinder& finder, LineAtHand& line) {
    std::optional<Unread>& known = planned_[shape_].unread;
    if (known) return *known;
    known.emplace();
    finder.find(line.text(), [&](std::string_view name, std::string_view near) {
        known->emplace_back(name, near);
    });
    return *known;
}

}  // namespace proviso::simulator
