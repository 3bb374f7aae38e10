#include "simulator/packed/block.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace proviso::simulator::packed {
namespace {

/// Fewer lines of a shape are no columns of their own.
constexpr std::size_t fewest_lines = 4;

struct ShapeLines {
    std::string_view shape;  // of the known ones
    std::size_t lines = 0;
    std::size_t holes = 0;
    std::vector<std::string_view> values;  // line by line
};

/// Which of its shapes each line has; lines of rare shapes are of `whole_line`.
class Grouping {
  public:
    Grouping(KnownShapes& known, std::size_t lines) : known_(known) {
        if (known_.numbers.size() >= KnownShapes::most) known_ = {};
        of_line_.reserve(lines);
        lines_.reserve(lines);
    }

    void add(std::string_view line) {
        std::uint32_t number = known_.tree.take(line, apart_.values);
        if (number == ShapeTree::none) number = take_apart_anew(line);
        if (number >= by_number_.size()) by_number_.resize(known_.numbers.size(), no_shape);
        std::size_t& at = by_number_[number];
        if (at == no_shape) {
            at = shapes_.size();
            shapes_.emplace_back().holes = apart_.values.size();
        }
        ShapeLines& shape = shapes_[at];
        ++shape.lines;
        shape.values.insert(shape.values.end(), apart_.values.begin(), apart_.values.end());
        of_line_.push_back(at);
        lines_.push_back(line);
    }
    /// Rare shapes become one with that of whole lines, in the order of first lines.
    void choose() {
        name_shapes();
        std::vector<std::size_t> number(shapes_.size());
        std::vector<ShapeLines> kept;
        std::optional<std::size_t> whole;
        std::size_t columns = 1;  // that of whole lines
        for (std::size_t i = 0; i < shapes_.size(); ++i) {
            const std::size_t holes = shapes_[i].holes;
            const bool is_rare = shapes_[i].lines < fewest_lines ||
                                 shapes_[i].shape == whole_line || kept.size() + 1 >= most_shapes ||
                                 columns + holes > most_columns;
            if (!is_rare) {
                columns += holes;
                number[i] = kept.size();
                kept.push_back(std::move(shapes_[i]));
                continue;
            }
            if (!whole) {
                whole = kept.size();
                kept.push_back({whole_line, 0, 1, {}});
            }
            number[i] = *whole;
        }
        shapes_ = std::move(kept);
        for (std::size_t i = 0; i < of_line_.size(); ++i) {
            of_line_[i] = number[of_line_[i]];
            if (of_line_[i] != whole) continue;
            shapes_[*whole].values.push_back(lines_[i]);
            ++shapes_[*whole].lines;
        }
    }
    [[nodiscard]] const std::vector<ShapeLines>& shapes() const { return shapes_; }
    [[nodiscard]] const std::vector<std::size_t>& of_line() const { return of_line_; }

  private:
    static constexpr std::size_t no_shape = ~std::size_t{0};

    std::uint32_t take_apart_anew(std::string_view line) {
        take_apart(line, apart_);
        const auto next = static_cast<std::uint32_t>(known_.numbers.size());
        const auto [at, is_new] = known_.numbers.try_emplace(apart_.shape, next);
        if (is_new && apart_.shape != whole_line) known_.tree.add(apart_.shape, next);
        return at->second;
    }
    void name_shapes() {
        for (const auto& [shape, number] : known_.numbers) {
            if (number >= by_number_.size() || by_number_[number] == no_shape) continue;
            shapes_[by_number_[number]].shape = shape;
        }
    }

    KnownShapes& known_;
    TakenApart apart_;
    std::vector<std::size_t> by_number_;  // into `shapes_`
    std::vector<ShapeLines> shapes_;
    std::vector<std::size_t> of_line_;
    std::vector<std::string_view> lines_;
};

template <class Visit>
void each_line(std::string_view text, const std::vector<std::size_t>& ends, Visit&& visit) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        visit(text.substr(begin, ends[i] - begin - 1));
        begin = ends[i];
    }
}

bool has_line_end(std::string_view text) {
    return text.find('\n') != std::string_view::npos;
}

/// Whether one of the values that an indexed column is made of has one.
bool holds_line_end(const Column& column) {
    if (has_line_end(column.before()) || has_line_end(column.after())) return true;
    const auto entries = column.entries();
    return std::any_of(entries.begin(), entries.end(), has_line_end) ||
           (column.kind() == ColumnKind::text && has_line_end(column.texts()));
}

std::vector<std::string_view> pieces_of(std::string_view shape) {
    std::vector<std::string_view> pieces;
    while (true) {
        const std::size_t end = shape.find(hole);
        pieces.push_back(shape.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        shape.remove_prefix(end + 1);
    }
}

}  // namespace

void BlockPacker::add(std::string_view line) {
    text_ += line;
    text_ += '\n';
    ends_.push_back(text_.size());
}

void BlockPacker::clear() {
    text_.clear();
    ends_.clear();
}

std::string BlockPacker::take(bool is_open) {
    Grouping grouping(known_, ends_.size());
    each_line(text_, ends_, [&](std::string_view line) { grouping.add(line); });
    grouping.choose();

    std::string out;
    put_number(out, ends_.size());
    put_number(out, text_.size() - (is_open ? 1 : 0));
    put_number(out, is_open ? 1 : 0);
    put_number(out, grouping.shapes().size());
    for (const ShapeLines& shape : grouping.shapes()) put_text(out, shape.shape);
    const unsigned width = width_of(grouping.shapes().size() - 1);
    put_number(out, width);
    for (const std::size_t shape : grouping.of_line()) put_fixed(out, shape, width);
    std::vector<std::string_view> column;
    for (const ShapeLines& shape : grouping.shapes()) {
        for (std::size_t i = 0; i < shape.holes; ++i) {
            column.resize(shape.lines);
            for (std::size_t row = 0; row < shape.lines; ++row) {
                column[row] = shape.values[row * shape.holes + i];
            }
            write_column(out, column);
        }
    }
    clear();
    return out;
}

PackedBlock::PackedBlock(std::string_view bytes) {
    Cursor from{bytes, most_items};
    lines_ = from.number(most_block_lines);
    text_bytes_ = from.number(most_block_bytes);
    is_open_ = from.number(1) == 1;
    read_shapes(from);
    count_lines(from);
    for (ShapeColumns& shape : shapes_) read_columns(from, shape);
    failed_ = from.failed() || !from.at_end();
}

void PackedBlock::read_shapes(Cursor& from) {
    const std::uint64_t count = from.number(most_shapes);
    for (std::uint64_t i = 0; i < count && !from.failed(); ++i) {
        shapes_.emplace_back().text = from.text();
    }
}

void PackedBlock::count_lines(Cursor& from) {
    shape_numbers_ = from.fixed(lines_, width_);
    for (std::size_t i = 0; i < lines_ && !from.failed(); ++i) {
        const std::uint64_t shape = fixed_at(shape_numbers_, width_, i);
        shape < shapes_.size() ? void(++shapes_[shape].lines) : from.fail();
    }
}

void PackedBlock::read_columns(Cursor& from, ShapeColumns& shape) {
    constexpr std::uint64_t items =
        (sizeof(Column) + sizeof(std::string_view) - 1) / sizeof(std::string_view);
    const auto holes =
        static_cast<std::uint64_t>(std::count(shape.text.begin(), shape.text.end(), hole));
    from.take_items(holes * (items + 1));
    if (from.failed()) return;
    shape.columns.reserve(holes);
    for (std::uint64_t i = 0; i < holes && !from.failed(); ++i) {
        const std::size_t left = from.left();
        shape.columns.emplace_back(from, shape.lines);
        shape.bytes.push_back(left - from.left());
    }
}

std::vector<ColumnInfo> PackedBlock::columns() const {
    std::vector<ColumnInfo> infos;
    if (failed_) return infos;
    for (const ShapeColumns& shape : shapes_) {
        std::vector<std::string> names = hole_names(shape.text);
        names.resize(shape.columns.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            infos.push_back(
                {std::move(names[i]), shape.columns[i].kind(), shape.lines, shape.bytes[i]});
        }
    }
    return infos;
}

void PackedBlock::join_constants(ShapeColumns& shape) {
    const std::vector<std::string_view> between = pieces_of(shape.text);
    shape.pieces.emplace_back(between.front());
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        if (shape.columns[i].kind() == ColumnKind::constant) {
            shape.pieces.back() += shape.columns[i].constant();
        } else {
            shape.varying.push_back(i);
            shape.pieces.emplace_back();
        }
        shape.pieces.back() += between[i + 1];
    }
    shape.pieces.back() += '\n';
}

bool PackedBlock::append_next(ShapeColumns& shape, Room& room) {
    for (std::size_t i = 0; i < shape.varying.size(); ++i) {
        if (!room.append(shape.pieces[i])) return false;
        if (!shape.columns[shape.varying[i]].append(room)) return false;
    }
    return room.append(shape.pieces.back());
}

bool PackedBlock::append_line(const ShapeColumns& shape, std::size_t line, Room& room) {
    for (std::size_t i = 0; i < shape.varying.size(); ++i) {
        if (!room.append(shape.pieces[i])) return false;
        if (!shape.columns[shape.varying[i]].append_at(room, line)) return false;
    }
    return room.append(shape.pieces.back());
}

bool PackedBlock::read(std::string& text) {
    if (failed_) return false;
    // The line end of an open line is written, and then cut off.
    const std::size_t size = text_bytes_ + (is_open_ ? 1 : 0);
    text.resize(size + Room::slack);
    Room room{text.data(), size};
    for (ShapeColumns& shape : shapes_) join_constants(shape);
    for (std::size_t i = 0; i < lines_ && !failed_; ++i) {
        failed_ = !append_next(shapes_[shape_of(i)], room);
    }
    failed_ = failed_ || room.left() != 0;
    text.resize(failed_ ? 0 : text_bytes_);
    return !failed_;
}

bool PackedBlock::index_shape(ShapeColumns& shape, std::uint64_t& total) const {
    if (shape.lines == 0) return true;
    join_constants(shape);
    std::uint64_t same = 0;
    for (const std::string& piece : shape.pieces) {
        same += piece.size();
        if (has_line_end(&piece == &shape.pieces.back() ? piece.substr(0, piece.size() - 1)
                                                        : piece))
            return false;
    }
    shape.sizes.assign(shape.lines, same);
    for (const std::size_t i : shape.varying) {
        Column& column = shape.columns[i];
        if (!column.index(shape.sizes) || holds_line_end(column)) return false;
    }
    for (const std::uint64_t size : shape.sizes) total += size;
    return total <= most_block_bytes + 1;
}

bool PackedBlock::index() {
    std::uint64_t places = 0;
    for (const ShapeColumns& shape : shapes_) {
        for (const Column& column : shape.columns) {
            if (column.kind() == ColumnKind::text) places += shape.lines + 1;
        }
    }
    if (failed_ || places > most_items) return false;
    std::uint64_t total = 0;
    for (ShapeColumns& shape : shapes_) {
        if (!index_shape(shape, total)) return false;
    }
    return total == text_bytes_ + (is_open_ ? 1 : 0);
}

}  // namespace proviso::simulator::packed
