// What a study of many calls asks of a session and its policy beside the decision: which values the
// rules of a tool read and whether a call brought them, its amounts, its time; and the memory of a
// call that went through elsewhere. For the simulator; no part of the public API.
// Covered by tests/unit/engine/observed_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proviso/engine.h"

namespace proviso {

namespace decide {
struct Bound;
}

/// Of the last call that the session decided.
[[nodiscard]] const decide::Bound& bound_of(const Session& session);

/// Counts the last call, a preview, as one that was let through and carried out, whatever was
/// decided of it: limits and counters count it and its id is bound, unless it was before. A call
/// without an id goes by `stand_in`; empty: what it adds stays unconfirmed. False where the store
/// could not keep it, or the call has nothing that could be counted: its form is wrong, or its id
/// was used before.
bool count_last_call(Session& session, std::string_view stand_in = {});

/// Decides as `session.preview(layout, document, padded)`, of the document that `read` decided
/// last, which is not read again where both policies bind its tool alike (decide/shared_reading.h).
/// Then `session` views what `read` holds, till that decides again, and its `captures` stay as they
/// were.
Verdict preview_read_call(Session& session, Session& read, const Layout& layout,
                          std::string_view document, bool padded = false);
/// The same, where the document need not be read again; else none, and nothing is decided.
[[nodiscard]] std::optional<Verdict> preview_read_call(Session& session, Session& read);

namespace observed {

/// A value that rules read: an attribute, a fact, a part of the call that the host tells, an
/// argument, or the roles of a party.
struct Fact {
    enum class Kind : std::uint8_t { slot, principal_roles, agent_roles };
    std::string name;  ///< as decisions name it where it is missing
    Kind kind = Kind::slot;
    std::uint32_t slot = 0;
};

/// What may be read for a call, by tool and stage. Immutable; made once a policy.
struct FactReads {
    std::vector<Fact> facts;  ///< by name; each once
    /// Indices into `facts`, by place (`place_of`): five stages a tool of the catalogue, and five
    /// for all names outside it, of which any rule that may match one is taken to read.
    std::vector<std::vector<std::uint32_t>> by_place;
    std::vector<std::string> tools;  ///< by name, as Policy::tools()

    /// Of the last call, if its form is right.
    [[nodiscard]] std::optional<std::size_t> place_of(const Session& session) const;
    /// "" stands for the names outside the catalogue.
    [[nodiscard]] const std::string& tool_of(std::size_t place) const;
};
[[nodiscard]] FactReads fact_reads(const Policy& policy);

/// Whether the last call brought the value; the absence of an optional is a fact.
[[nodiscard]] bool is_known(const Session& session, const Fact& fact);

/// An argument that may be the amount of a call.
struct AmountArgument {
    std::string name;
    std::uint32_t slot = 0;
    bool is_money = false;  ///< else a decimal or an int
};
/// By tool, as Policy::tools(); by name.
[[nodiscard]] std::vector<std::vector<AmountArgument>> amount_arguments(const Policy& policy);

struct Amount {
    std::int64_t coefficient = 0;  ///< × 10^-scale
    std::uint8_t scale = 0;
    std::uint32_t currency = 0;  ///< packed; 0: none
};
/// None where the last call lacks it.
[[nodiscard]] std::optional<Amount> amount_of(const Session& session, const AmountArgument& one);
/// "USD"; empty for none.
[[nodiscard]] std::string currency_name(std::uint32_t currency);

/// All arguments of the last call as JSON, where a document had them in one object; else empty.
[[nodiscard]] std::string_view arguments_json(const Session& session);

/// Whether the last call brought approvals.
[[nodiscard]] bool has_approvals(const Session& session);

/// Into Policy::tools(); none for a name outside the catalogue.
[[nodiscard]] std::optional<std::size_t> tool_number(const Session& session);
/// µs since 1970 UTC; none where the call does not tell.
[[nodiscard]] std::optional<std::int64_t> time_of(const Session& session);
/// A time of a history beside the call's, as a layout reads one; none for what is no time.
[[nodiscard]] std::optional<std::int64_t> read_time(std::string_view text, TimeForm form);
/// As people read it.
[[nodiscard]] std::string time_text(std::int64_t microseconds);

/// Whether decisions depend on earlier calls: the policy has limits or counters.
[[nodiscard]] bool counts_calls(const Policy& policy);
/// Counters trust what is confirmed alone.
[[nodiscard]] bool has_counters(const Policy& policy);
/// The longest that a limit or counter looks back; 0 without any.
[[nodiscard]] std::int64_t longest_period_us(const Policy& policy);

}  // namespace observed

}  // namespace proviso
