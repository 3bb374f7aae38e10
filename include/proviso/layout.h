// Where in a JSON document the parts of a call stand: the engine's own form, or anybody's log.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace proviso {

enum class TimeForm : std::uint8_t { rfc3339, unix_seconds, unix_milliseconds, unix_microseconds };

/// One part of a call and its place.
struct LayoutField {
    /// RFC 6901 pointer through objects ("/request/tool"). Empty: the field is a constant.
    std::string pointer;
    /// "tool", "stage", "id", "time", "principal.id", "principal.roles", "agent.id",
    /// "agent.roles", "agent.model", …, "workflow.name", …, "undoing", "unknown", "approvals"; an
    /// attribute's path ("environment", "customer.id"); "facts" (an object of things), "facts.NAME"
    /// (one: {"key": …, "values": {…}}), "facts.NAME.key", "facts.NAME.values",
    /// "facts.NAME.values.FIELD"; "attributes" (an object of attributes), "principal",
    /// "agent", "workflow" (objects of their members); "args" (the object of all arguments),
    /// "args.NAME" (one argument); or "capture.NAME": kept for the reader, not bound.
    std::string target;
    /// A JSON text used where the pointer leads nowhere or to null; with an empty pointer, always.
    std::optional<std::string> fallback;
    /// Words to put in place of others before binding: {"prod", "production"}.
    std::vector<std::pair<std::string, std::string>> words;
    TimeForm time_form = TimeForm::rfc3339;  ///< the unix forms take digits in quotes as well
    /// A number is taken as the text that it is written in, where a string is wanted.
    bool number_as_text = false;
};

/// Immutable and cheap to copy; not tied to a policy. Targets that a policy does not know are
/// ignored when binding for it (a log has more fields than a set has attributes).
class Layout {
  public:
    struct Impl;
    /// The engine's own form: CallJson::host with "args" among its members.
    [[nodiscard]] static Layout native();
    struct MakeResult;
    /// Refused with a reason: a pointer that is no pointer, a target twice, two pointers of which
    /// one leads through the other's value, a fallback that is no JSON.
    [[nodiscard]] static MakeResult make(std::vector<LayoutField> fields);

    /// Names of the captures, in the order in which `Session::captures` has them.
    [[nodiscard]] const std::vector<std::string>& captures() const noexcept;
    [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

    explicit Layout(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}

  private:
    std::shared_ptr<const Impl> impl_;
};

struct Layout::MakeResult {
    std::optional<Layout> layout;
    std::string error;
};

}  // namespace proviso
