// What a mapping file says of logs that are not one call a line: where in a line the calls stand,
// which texts hold JSON, and where the answer to a call is found.
//
// The parts are data; source_line.h follows places into a line, unfold.h makes lines of one call
// each, which a layout of flat names then binds: `{"0": …, "3": …}`, a name a slot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace proviso::simulator {

/// A source line has at most so many bytes, calls, and bytes that its calls come to. The line of
/// one call has `Limits::call_bytes`.
inline constexpr std::size_t source_line_bytes = 16u << 20;
inline constexpr std::size_t calls_of_a_line = 10'000;
inline constexpr std::size_t unfolded_bytes = 16u << 20;
/// Calls that wait for their answer, with the lines behind them, and the bytes that they keep.
inline constexpr std::size_t calls_waiting = 10'000;
inline constexpr std::size_t waiting_bytes = 32u << 20;

/// Where a place begins: at the call, at the top of its line, at its answer.
enum class PlaceBase : std::uint8_t { call, line, answer };

/// How a value is taken that is not plain JSON.
enum class Reading : std::uint8_t {
    plain,
    json,       ///< a text that holds JSON
    key_values  ///< a list of {"key": …, "value": …} as OTLP writes attributes: an object
};

struct PlaceStep {
    std::string name;   ///< of a member, or an element's number
    bool each = false;  ///< `*`: each element; after `line:` the one that the call stands in
    Reading reading = Reading::plain;  ///< of what stands there
};

struct Place {
    std::string text;  ///< as in the mapping file
    PlaceBase base = PlaceBase::call;
    std::vector<PlaceStep> steps;
};

/// How the value of a place is put.
enum class ChoiceForm : std::uint8_t {
    as_it_is,
    unix_number,      ///< a number, though it be written as a text
    unix_nanoseconds  ///< likewise, to microseconds
};

/// One of the places that a value may stand at; the first that has something is taken.
struct Choice {
    std::optional<Place> place;  ///< none: a constant, `fallback`
    std::string fallback;
    std::vector<std::pair<std::string, std::string>> words;
    std::string present;  ///< the word that anything there stands for; empty: what is there
    ChoiceForm form = ChoiceForm::as_it_is;
};

using Choices = std::vector<Choice>;

struct PlaceFilter {
    Place place;
    std::vector<std::string> equals;  ///< one of these
    std::optional<bool> present;      ///< or: whether anything is there
};

/// Which lines, or parts of them, say what came of a call.
struct AnswerRule {
    bool same_line = false;   ///< looked for in the call's own line alone
    std::vector<Place> each;  ///< where answers stand in a line; none: the line is one
    std::vector<PlaceFilter> only;
    /// In the answer, and in the call: where all are the same, they belong together. The first has
    /// to be there; one that neither has is the same.
    std::vector<Place> key;
    std::vector<Place> of;
};

struct Adapter {
    std::vector<Place> each;  ///< where calls stand in a line; none: the line is one
    std::vector<PlaceFilter> only;
    std::optional<AnswerRule> answer;
    /// Where a line says which of its values are not the real ones, as a list of JSON pointers.
    std::optional<Place> masked;
    std::vector<Choices> slots;
    /// How what stands at a place is read; every place that leads through it has it in its steps.
    std::vector<std::pair<Place, Reading>> readings;
};

}  // namespace proviso::simulator
