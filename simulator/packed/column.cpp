#include "simulator/packed/column.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace proviso::simulator::packed {
namespace {

using Values = std::span<const std::string_view>;

/// A dictionary of so few is read faster than numbers are written.
constexpr std::size_t few_entries = 256;

struct Dictionary {
    std::vector<std::string_view> entries;  // in the order of their first value
    std::vector<std::uint32_t> numbers;
};

/// None where there are more than `most` distinct values.
std::optional<Dictionary> dictionary_of(Values values, std::size_t most) {
    Dictionary result;
    result.numbers.reserve(values.size());
    std::unordered_map<std::string_view, std::uint32_t> known;
    std::string_view last;
    std::uint32_t number = 0;
    for (const std::string_view value : values) {
        if (known.empty() || value != last) {
            const auto next = static_cast<std::uint32_t>(result.entries.size());
            const auto [at, is_new] = known.try_emplace(value, next);
            if (is_new) result.entries.push_back(value);
            if (result.entries.size() > most) return std::nullopt;
            number = at->second;
            last = value;
        }
        result.numbers.push_back(number);
    }
    return result;
}

void put_kind(std::string& out, ColumnKind kind) {
    put_number(out, static_cast<std::uint64_t>(kind));
}

/// Their width before them.
template <class Numbers>
void put_all(std::string& out, const Numbers& numbers) {
    const auto largest = std::max_element(numbers.begin(), numbers.end());
    const unsigned width = width_of(*largest);
    put_number(out, width);
    const std::size_t begin = out.size();
    out.resize(begin + numbers.size() * width);
    char* to = out.data() + begin;
    for (std::uint64_t number : numbers) {
        for (unsigned i = 0; i < width; ++i, number >>= 8) *to++ = static_cast<char>(number);
    }
}

void write_dictionary(std::string& out, const Dictionary& dictionary) {
    put_kind(out, ColumnKind::dictionary);
    put_number(out, dictionary.entries.size());
    for (const std::string_view entry : dictionary.entries) put_text(out, entry);
    put_all(out, dictionary.numbers);
}

void write_numbers(std::string& out, const Numbers& numbers) {
    const NumberForm& form = numbers.form;
    put_kind(out, form.is_time ? ColumnKind::time : ColumnKind::number);
    put_text(out, form.before);
    put_text(out, form.after);
    put_number(out, form.digits);
    put_number(out, form.scale ? *form.scale : most_digits + 1U);
    for (const std::uint8_t scale : numbers.scales) put_fixed(out, scale, 1);
    const auto& all = numbers.coefficients;
    const auto base = static_cast<std::uint64_t>(*std::min_element(all.begin(), all.end()));
    put_fixed(out, base, 8);
    std::vector<std::uint64_t> distances;
    distances.reserve(all.size());
    for (const std::int64_t one : all) distances.push_back(static_cast<std::uint64_t>(one) - base);
    put_all(out, distances);
}

void write_texts(std::string& out, Values values) {
    put_kind(out, ColumnKind::text);
    const std::string_view first = values.front();
    const std::size_t before = shared_begin(values);
    const std::size_t after = shared_end(values, before);
    put_text(out, first.substr(0, before));
    put_text(out, first.substr(first.size() - after));
    std::vector<std::uint64_t> sizes;
    std::uint64_t total = 0;
    for (const std::string_view value : values) {
        sizes.push_back(value.size() - before - after);
        total += sizes.back();
    }
    put_all(out, sizes);
    put_number(out, total);
    for (std::size_t i = 0; i < values.size(); ++i) out += values[i].substr(before, sizes[i]);
}

/// The first number from `low` to `high` of which `holds` is true, as it is of all behind it.
template <class Holds>
std::uint64_t first_of(std::uint64_t low, std::uint64_t high, Holds&& holds) {
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        holds(middle) ? high = middle : low = middle + 1;
    }
    return low;
}

}  // namespace

std::string_view name(ColumnKind kind) noexcept {
    constexpr std::array<std::string_view, column_kinds> names{"constant", "dictionary", "number",
                                                               "time", "text"};
    return names[static_cast<std::size_t>(kind)];
}

void write_column(std::string& out, Values values) {
    const auto few = dictionary_of(values, few_entries);
    if (few && few->entries.size() == 1) {
        put_kind(out, ColumnKind::constant);
        return put_text(out, values.front());
    }
    const std::size_t half = values.size() / 2;
    if (few && few->entries.size() <= half) return write_dictionary(out, *few);
    if (const auto numbers = numbers_of(values)) return write_numbers(out, *numbers);
    const auto many = dictionary_of(values, std::min(half, most_entries));
    many ? write_dictionary(out, *many) : write_texts(out, values);
}

Column::Column(Cursor& from, std::size_t count) : count_(count) {
    kind_ = static_cast<ColumnKind>(from.number(column_kinds - 1));
    switch (kind_) {
        case ColumnKind::constant: before_ = from.text(); break;
        case ColumnKind::dictionary: read_dictionary(from); break;
        case ColumnKind::number:
        case ColumnKind::time: read_numbers(from); break;
        case ColumnKind::text: read_texts(from); break;
    }
    if (kind_ == ColumnKind::constant) widest_ = before_.size();
    if (from.failed()) count_ = 0;
}

void Column::read_dictionary(Cursor& from) {
    const std::uint64_t size = from.number(std::min(most_entries, from.left()));
    from.take_items(size);
    if (from.failed()) return;
    entries_.reserve(size);
    for (std::uint64_t i = 0; i < size; ++i) entries_.push_back(from.text());
    fixed_ = from.fixed(count_, width_);
}

void Column::read_numbers(Cursor& from) {
    before_ = from.text();
    after_ = from.text();
    digits_ = static_cast<std::uint8_t>(from.number(most_digits));
    const std::uint64_t scale = from.number(most_digits + 1);
    if (scale > most_digits) {
        scales_ = from.take(count_);
    } else {
        scale_ = static_cast<std::uint8_t>(scale);
    }
    if (const std::string_view base = from.take(8); !base.empty()) base_ = fixed_at(base, 8, 0);
    fixed_ = from.fixed(count_, width_);
}

void Column::read_texts(Cursor& from) {
    before_ = from.text();
    after_ = from.text();
    fixed_ = from.fixed(count_, width_);
    texts_ = from.text();
}

bool Column::append(Room& room) {
    if (next_ >= count_) return false;
    return kind_ == ColumnKind::text ? append_text(room) : append_at(room, next_++);
}

bool Column::append_at(Room& room, std::size_t value) const {
    switch (kind_) {
        case ColumnKind::constant: return room.append(before_);
        case ColumnKind::dictionary: {
            const std::size_t entry = entry_at(value);
            return entry < entries_.size() && room.append(entries_[entry]);
        }
        case ColumnKind::number:
        case ColumnKind::time: return write_number(room, value);
        case ColumnKind::text:
            return room.append(before_) && room.append(text_at(value)) && room.append(after_);
    }
    return false;
}

bool Column::write_number(Room& room, std::size_t value) const {
    const std::int64_t coefficient = coefficient_at(value);
    const std::uint8_t scale = scale_at(value);
    if (scale > most_digits || !room.append(before_)) return false;
    char* const end = kind_ == ColumnKind::time
                          ? write_time(room.at(), coefficient, scale)
                          : write_decimal(room.at(), coefficient, scale, digits_);
    return end != nullptr && room.move_to(end) && room.append(after_);
}

bool Column::append_text(Room& room) {
    const std::uint64_t size = fixed_at(fixed_, width_, next_++);
    if (size > texts_.size()) return false;
    const std::string_view text = texts_.substr(0, size);
    texts_.remove_prefix(size);
    return room.append(before_) && room.append(text) && room.append(after_);
}

bool Column::index(std::span<std::uint64_t> sizes) {
    if (sizes.empty() || sizes.size() != count_) return false;
    switch (kind_) {
        case ColumnKind::constant:
            for (std::uint64_t& size : sizes) size += before_.size();
            return true;
        case ColumnKind::dictionary: return index_entries(sizes);
        case ColumnKind::number:
        case ColumnKind::time: return index_numbers(sizes);
        case ColumnKind::text: return index_texts(sizes);
    }
    return false;
}

/// Calls `visit` with the numbers as an array of their type. They need not be aligned.
template <class Visit>
auto Column::with_numbers(Visit&& visit) const {
    const auto as = [&]<class Number>(Number) {
        return visit([at = fixed_.data()](std::size_t i) {
            Number number;
            __builtin_memcpy(&number, at + i * sizeof number, sizeof number);
            return number;
        });
    };
    switch (width_) {
        case 1: return as(std::uint8_t{});
        case 2: return as(std::uint16_t{});
        case 4: return as(std::uint32_t{});
        default: return as(std::uint64_t{});
    }
}

Column::Extent Column::extent() const {
    return with_numbers([this](auto number_at) {
        auto least = number_at(0);
        auto most = least;
        for (std::size_t i = 1; i < count_; ++i) {
            least = std::min(least, number_at(i));
            most = std::max(most, number_at(i));
        }
        return Extent{least, most};
    });
}

bool Column::index_entries(std::span<std::uint64_t> sizes) {
    if (extent().most >= entries_.size()) return false;
    std::vector<std::uint64_t> of_entries;
    of_entries.reserve(entries_.size());
    for (const std::string_view entry : entries_) {
        widest_ = std::max<std::uint64_t>(widest_, entry.size());
        of_entries.push_back(entry.size());
    }
    with_numbers([&](auto number_at) {
        for (std::size_t i = 0; i < count_; ++i) sizes[i] += of_entries[number_at(i)];
    });
    return true;
}

bool Column::index_numbers(std::span<std::uint64_t> sizes) {
    if (scales_.empty()) {
        const Extent found = extent();
        const auto least = static_cast<std::int64_t>(base_ + found.least);
        const auto most = static_cast<std::int64_t>(base_ + found.most);
        if (least >= 0 && most >= least) return index_growing(sizes, found);
    }
    const std::uint64_t around = before_.size() + after_.size();
    for (std::size_t i = 0; i < count_; ++i) {
        const std::size_t size = number_size(coefficient_at(i), scale_at(i));
        if (size == 0) return false;
        sizes[i] += around + size;
        widest_ = std::max<std::uint64_t>(widest_, around + size);
    }
    return true;
}

/// 0 where it cannot be written.
std::size_t Column::number_size(std::int64_t coefficient, std::uint8_t scale) const {
    if (scale > most_digits) return 0;
    return kind_ == ColumnKind::time ? time_size(coefficient, scale)
                                     : decimal_size(coefficient, scale, digits_);
}

/// Of numbers of one scale, none below nought: their sizes grow with them, so that it is enough to
/// know from which number on they are larger.
bool Column::index_growing(std::span<std::uint64_t> sizes, const Extent& extent) {
    const auto size_of = [&](std::uint64_t number) {
        return number_size(static_cast<std::int64_t>(base_ + number), scale_);
    };
    const std::size_t least = size_of(extent.least);
    const std::size_t most = size_of(extent.most);
    if (least == 0 || most == 0) return false;
    const std::uint64_t around = before_.size() + after_.size();
    widest_ = std::max<std::uint64_t>(widest_, around + most);
    for (std::uint64_t& size : sizes) size += around + least;
    for (std::size_t size = least + 1; size <= most; ++size) {
        const std::uint64_t from = first_of(extent.least, extent.most, [&](std::uint64_t number) {
            return size_of(number) >= size;
        });
        with_numbers([&](auto number_at) {
            for (std::size_t i = 0; i < count_; ++i) sizes[i] += number_at(i) >= from ? 1 : 0;
        });
    }
    return true;
}

bool Column::index_texts(std::span<std::uint64_t> sizes) {
    const std::uint64_t around = before_.size() + after_.size();
    offsets_.reserve(count_ + 1);
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < count_; ++i) {
        offsets_.push_back(static_cast<std::uint32_t>(at));
        const std::uint64_t size = fixed_at(fixed_, width_, i);
        if (size > texts_.size() - at) return false;
        at += size;
        sizes[i] += around + size;
        widest_ = std::max(widest_, around + size);
    }
    offsets_.push_back(static_cast<std::uint32_t>(at));
    return true;
}

}  // namespace proviso::simulator::packed
