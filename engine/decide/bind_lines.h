// Calls that come as columns: documents that are alike but for some of their values, of which only
// the values are given, one column for each place.
//
// What a place means follows from one document, the sample, and is found out once, by the shape
// (bind_shape.h) that all of them have. A value that occurs again and again is typed once; numbers
// and times need not be written to be read. What is more than one value (lists, money with its
// currency beside it, approvals) is read by the cursor off a copy of the sample that has the
// document's values written into it, with blanks behind those that are shorter than others.
//
// Nothing is decided here of documents that are not right: whoever gives the columns has their text
// as well, and reads that wherever `bind` says so. Then as otherwise the record is what the text
// makes it. Covered by tests/unit/simulator/packed_replay_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/decide/bind.h"
#include "engine/decide/bind_shape.h"

namespace proviso::decide {

class CallState;
struct TypeInfo;
template <class Source>
class HostReader;

/// The values of one place. A value is a token: a text with its quotes, a number or a word. Views
/// stay for as long as the plan, with `json_padding` readable bytes behind each.
struct ValueColumn {
    enum class Form : std::uint8_t {
        entries,  // one of a few; of `numbers` null always the first
        number,   // coefficient × 10^-scale, with `before` and `after` around it
        time,     // the same: seconds since 1970, written "2026-03-02T09:30:00" and a fraction
        text,     // between `before` and `after`
    };
    Form form = Form::entries;
    std::uint8_t width = 1;   // bytes of each of `numbers`
    std::uint8_t digits = 0;  // of a number: at least so many before the point
    std::uint8_t scale = 0;
    std::uint32_t begin = 0;  // of the sample's value
    std::uint32_t size = 0;
    std::uint32_t widest = 0;  // bytes that a value takes at most
    std::size_t rows = 0;
    std::span<const std::string_view> entries;
    const char* numbers = nullptr;  // of entries, or distances of coefficients from `base`
    std::uint64_t base = 0;
    const char* scales = nullptr;  // a byte each; null: all have `scale`
    std::string_view before;
    std::string_view after;
    std::string_view texts;  // one behind the other
    const std::uint32_t* offsets = nullptr;

    [[nodiscard]] bool varies() const { return numbers != nullptr || form == Form::text; }
    [[nodiscard]] std::uint64_t number_at(std::size_t row) const {
        std::uint64_t value = 0;
        const char* const at = numbers + row * width;
        switch (width) {
            case 1: return static_cast<unsigned char>(*at);
            case 2: __builtin_memcpy(&value, at, 2); break;
            case 4: __builtin_memcpy(&value, at, 4); break;
            default: __builtin_memcpy(&value, at, 8); break;
        }
        return value;
    }
    [[nodiscard]] std::size_t entry_at(std::size_t row) const {
        return numbers == nullptr ? 0 : number_at(row);
    }
    [[nodiscard]] std::int64_t coefficient_at(std::size_t row) const {
        return static_cast<std::int64_t>(base + number_at(row));
    }
    [[nodiscard]] std::uint8_t scale_at(std::size_t row) const {
        return scales == nullptr ? scale : static_cast<std::uint8_t>(scales[row]);
    }
    [[nodiscard]] std::string_view text_at(std::size_t row) const {
        return texts.substr(offsets[row], offsets[row + 1] - offsets[row]);
    }
};

/// Writes values of the forms number and time as tokens.
class NumberWriter {
  public:
    NumberWriter() = default;
    virtual ~NumberWriter() = default;
    NumberWriter(const NumberWriter&) = delete;
    NumberWriter& operator=(const NumberWriter&) = delete;
    /// `to` has `json_padding` bytes beyond the widest. The end of what was written.
    [[nodiscard]] virtual char* write(const ValueColumn& column, std::size_t row,
                                      char* to) const = 0;
};

/// What the plans of one program have together. Outlives them.
class LineMemory {
  public:
    LineMemory();
    ~LineMemory();
    LineMemory(const LineMemory&) = delete;
    LineMemory& operator=(const LineMemory&) = delete;

    struct Impl;
    [[nodiscard]] Impl& impl() { return *impl_; }

  private:
    std::unique_ptr<Impl> impl_;
};

/// What a plan is made for. All outlive it.
struct LineSource {
    const BindTables& tables;
    const BoundLayout& layout;
    const NumberWriter& writer;
    LineMemory& memory;
};

/// How one program binds the documents of a sample. For one thread.
class LinePlan {
  public:
    /// `columns` in the order of the sample.
    LinePlan(const LineSource& source, std::string_view sample, std::vector<ValueColumn> columns);
    ~LinePlan();
    LinePlan(const LinePlan&) = delete;
    LinePlan& operator=(const LinePlan&) = delete;

    /// False: all documents have to be read as text.
    [[nodiscard]] bool usable() const { return usable_; }
    /// As Binder::bind of the document, of `size` bytes, that has the values of `row`; false where
    /// its text has to be read instead, and `out` is of no meaning. Strings are views of the
    /// columns, and of memory that lasts until the next call is bound.
    [[nodiscard]] bool bind(std::size_t row, std::size_t size, Bound& out,
                            std::vector<std::string_view>& captures);

    /// Arguments that stand in one object and are single values, by name as it is written. None
    /// where they are not; then `Bound::args_json` has them.
    struct Member {
        std::string_view name;
        std::uint32_t column = 0;
    };
    [[nodiscard]] std::span<const Member> arguments() const { return members_; }
    [[nodiscard]] const ValueColumn& column(std::uint32_t number) const { return columns_[number]; }

    /// Where the values of a capture stand, where they are not the same in all lines. False where
    /// each is put together of several columns.
    struct Captured {
        bool varies = false;
        std::uint32_t column = 0;
    };
    [[nodiscard]] bool capture(std::uint32_t number, Captured& found) const;
    /// The column of the tool's name, where a layout has it from one place.
    [[nodiscard]] std::optional<std::uint32_t> tool_column() const {
        return tool_ == bytecode::none ? std::nullopt : std::optional(tool_);
    }

  private:
    friend class LineMatches;
    /// A value that one column gives.
    struct Want {
        enum class Kind : std::uint8_t { entry, number, time, text };
        Kind kind = Kind::entry;
        std::uint32_t column = 0;
        std::uint32_t slot = bytecode::none;
        std::uint32_t first = 0;  // of the entries' values, in `typed_`
        const TypeInfo* info = nullptr;
    };
    struct KnownWant {
        bool strict = false;
        bool fits = false;
        Want want;
    };
    /// A value that is the same in all documents.
    struct Same {
        std::uint32_t slot = bytecode::none;
        model::Value value{};
    };
    /// A value that is taken as it is written.
    struct Capture {
        std::uint32_t number = 0;
        std::uint32_t column = 0;
    };
    /// A value that was written for the document at hand, if `moment` is its.
    struct Written {
        std::uint64_t moment = 0;
        std::string_view token;
    };
    /// A list or object that is taken as it is written: put together without the blanks.
    struct Composed {
        std::uint32_t capture = 0;
        std::uint32_t begin = 0;  // in `bytes_`
        std::uint32_t end = 0;
        std::vector<std::uint32_t> columns;
    };
    /// What the values of a column leave standing of rules (line_matches.h).
    struct ValueRows {
        /// Of each entry, or of each stretch between `bounds`; of a value that was not met yet the
        /// first one is 0.
        std::vector<std::uint64_t> words;
        std::vector<std::int64_t> bounds;  // none: by entry
        bool by_bounds = false;
    };
    /// The arguments of one tool.
    struct ToolArgs {
        enum class How : std::uint8_t { by_column, by_cursor };
        How how = How::by_cursor;
        std::vector<Want> wants;
    };
    [[nodiscard]] bool lay_out(std::string_view sample);
    [[nodiscard]] bool learn();
    [[nodiscard]] bool find_columns();
    [[nodiscard]] bool check(std::size_t column);
    [[nodiscard]] bool check_each(std::size_t column, std::size_t count, auto&& token_of);
    [[nodiscard]] bool check_entries(std::size_t column);
    [[nodiscard]] bool check_rows(std::size_t column);
    [[nodiscard]] bool plan_steps();
    [[nodiscard]] bool plan_step(const ShapeStep& step);
    [[nodiscard]] bool plan_text(const Entry& entry, std::uint32_t column);
    void part_wants();
    [[nodiscard]] bool plan_cursor(const ShapeStep& step);
    [[nodiscard]] bool patch(std::uint32_t token, std::vector<std::uint32_t>& to);
    [[nodiscard]] bool plan_args(const ShapeStep& step);
    [[nodiscard]] std::uint32_t column_at(std::uint32_t token);
    [[nodiscard]] std::uint32_t behind(std::uint32_t token) const;
    [[nodiscard]] bool is_quoted(std::uint32_t token) const;
    [[nodiscard]] std::string_view token_text(std::uint32_t token) const;
    [[nodiscard]] bool want_text(Want& want);
    [[nodiscard]] bool want_scalar(Want& want, bool strict);
    [[nodiscard]] bool find_scalar(Want& want, bool strict);
    template <class Type>
    void type_entries(Want& want, Type type);
    [[nodiscard]] bool plan_tool_args(std::uint32_t tool, std::vector<Want>& wants);
    [[nodiscard]] bool plan_argument(std::uint32_t argument, Want& want);
    void compose_captures(const ShapeStep& step);

    [[nodiscard]] char* write(const ValueColumn& column, std::size_t row, char* to) const;
    [[nodiscard]] std::string_view token_at(std::uint32_t column, std::size_t row, Arena& arena);
    [[nodiscard]] std::string_view text_at(std::uint32_t column, std::size_t row, Arena& arena) {
        const std::string_view token = token_at(column, row, arena);
        return token.substr(1, token.size() - 2);
    }
    [[nodiscard]] bool value_of(const Want& want, std::size_t row, Arena& arena,
                                model::Value& value);
    [[nodiscard]] bool is_plain(std::size_t row) const;
    [[nodiscard]] bool give_slots(std::size_t row, CallState& state);
    void give_texts(std::size_t row, CallState& state, std::vector<std::string_view>& captures);
    void write_patches(std::size_t row, const std::vector<std::uint32_t>& columns);
    [[nodiscard]] std::string_view composed(const Composed& made, std::size_t row,
                                            Arena& arena) const;
    [[nodiscard]] const ToolArgs& args_of(std::uint32_t tool);
    [[nodiscard]] bool give_args(std::size_t row, const std::vector<Want>& wants, CallState& state);
    [[nodiscard]] bool read_args(std::size_t row, CallState& state, JsonSource& from,
                                 HostReader<JsonSource>& reader);

    const BindTables* tables_;
    const BoundLayout* layout_;
    const NumberWriter* writer_;
    LineMemory::Impl* memory_;
    bool usable_ = false;
    std::vector<ValueColumn> columns_;
    std::deque<std::string_view> literals_;  // values that no column has
    std::string bytes_;                      // the sample, with room for any value
    std::string room_;                       // for one value
    std::vector<std::uint32_t> tokens_;
    JsonText text_;
    DocumentShape shape_;
    std::vector<std::uint32_t> column_of_;  // by token; none: no column
    // By column, of each entry or row whether it is as the sample's; empty: all are.
    std::vector<std::vector<char>> plain_;
    std::vector<std::uint32_t> guarded_;  // columns of which not all are
    std::vector<std::uint32_t> patched_;  // written into `bytes_` for each document
    std::vector<KnownWant> known_;        // of scalars
    std::vector<Want> wants_;
    std::vector<std::uint32_t> slots_;     // of `same_` and `wants_`
    std::vector<Same> same_;               // wants that need no row
    std::uint32_t tool_ = bytecode::none;  // columns
    std::uint32_t stage_ = bytecode::none;
    std::vector<Capture> captures_;
    std::vector<std::string_view> same_captures_;  // of all documents; empty for the others
    std::vector<Written> written_;                 // by column
    std::uint64_t moment_ = 0;
    std::vector<ShapeStep> cursor_;
    std::vector<Composed> composed_;
    const ShapeStep* args_ = nullptr;
    bool args_written_ = false;  // whether all of its columns can be
    std::vector<std::uint32_t> args_patched_;
    std::vector<Member> members_;
    std::vector<std::uint32_t> of_tool_;  // by tool, into those below; none: not met yet
    std::deque<ToolArgs> tool_args_;
    std::vector<model::Value> typed_;  // values of entries; the memory has what they refer to
    // By what tells them apart. Tools whose rules look at the same have them together.
    std::unordered_map<std::string, ValueRows> rows_;
};

}  // namespace proviso::decide
