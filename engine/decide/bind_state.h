// The call that is being bound: what was given, what is wrong with its form, roles, the end.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "engine/decide/bind_tables.h"
#include "engine/decide/bound.h"

namespace proviso::decide {

/// A place in the arguments, for messages: "args.items[3].price".
struct ArgumentPlace {
    const ArgumentPlace* up = nullptr;
    std::string_view name;
    std::uint32_t index = 0;
    bool is_index = false;
};

/// Which numbers were met since a moment; nothing is cleared between calls.
class Marks {
  public:
    void resize(std::size_t count) {
        if (marks_.size() < count) marks_.resize(count, 0);
    }
    /// Whether this is the first time since `moment`.
    bool first(std::uint32_t number, std::uint64_t moment) {
        const bool is_first = marks_[number] != moment;
        marks_[number] = moment;
        return is_first;
    }
    [[nodiscard]] bool met(std::uint32_t number, std::uint64_t moment) const {
        return marks_[number] == moment;
    }

  private:
    std::vector<std::uint64_t> marks_;
};

/// Memory that one binder reuses from call to call.
struct Scratch {
    Marks slots;
    Marks entries;
    Marks fields;
    Marks arguments;
    std::uint64_t moment = 0;  // of the last object or call; never comes again
    std::vector<model::Value> values;
    std::vector<std::string_view> keys;
};

class CallState {
  public:
    CallState(const BindTables::Impl& tables, Scratch& scratch, Bound& out);

    [[nodiscard]] const BindTables::Impl& tables() const { return *tables_; }
    [[nodiscard]] Bound& out() const { return *out_; }
    [[nodiscard]] Scratch& scratch() const { return *scratch_; }
    [[nodiscard]] Arena& arena() const { return out_->arena; }
    [[nodiscard]] std::uint64_t call_moment() const { return call_; }
    std::uint64_t new_moment() { return ++scratch_->moment; }

    /// A host's value; given twice, none of the two is taken.
    void give(std::uint32_t slot, model::Value value) {
        give_touched(slot, value);
        out_->touched.push_back(slot);
    }
    /// An argument's.
    void put(std::uint32_t slot, model::Value value) {
        store(out_->frame[slot], value);
        out_->touched.push_back(slot);
    }
    /// The same where the slot stands among `touched` anyway.
    void give_touched(std::uint32_t slot, model::Value value) {
        const bool first = scratch_->slots.first(slot, call_);
        store(out_->frame[slot], first ? value : model::unknown(model::State::host_unknown));
    }
    void tool(const Scalar& name) { take(tool_, name, "tool"); }
    void stage(const Scalar& word) { take(stage_, word, "stage"); }
    /// The same of texts that are valid.
    void tool(std::string_view name) { take(tool_, name, "tool"); }
    void stage(std::string_view word) { take(stage_, word, "stage"); }
    /// False where the roles were told before, which is a form error.
    bool begin_roles(std::uint32_t party);
    void role(std::uint32_t party, const Scalar& name) {
        if (name.shape == Shape::text && !name.broken) return role(party, name.text);
        const bool fits = ++roles_[party].count <= tables_->limits.call_roles;
        no_roles(party, fits ? model::State::wrong_type : model::State::too_long);
    }
    void role(std::uint32_t party, std::string_view name);
    /// What was told is not to be had: a wrong type, too long, or unknown to the host. Of several
    /// causes the last of these is told, in whatever order they come.
    void no_roles(std::uint32_t party, model::State why) {
        roles_[party].fault = std::max(roles_[party].fault, why);
    }
    /// The next approval to fill; null past the limit.
    [[nodiscard]] GivenApproval* add_approval();
    /// One that cannot be read.
    void approval_fault(std::string_view why) {
        if (GivenApproval* approval = add_approval()) approval->fault = why;
    }
    /// The value of an entry, and all below it, is not to be had.
    void mark(const HostTree& tree, std::uint32_t entry, model::State why);
    void mark_members(const HostTree& tree, std::uint32_t node, model::State why);
    /// The members' object is null: attributes are absent where that is a fact, else unknown.
    void mark_null(const HostTree& tree, std::uint32_t node);
    /// A path that the host looked for and does not know.
    void host_unknown(std::string_view path);

    /// The first error of the gravest kind stays: unreadable, tool, stage, arguments.
    void fail(FormError error, std::string_view name, std::string_view cause);
    void fail_argument(const ArgumentPlace& step, std::string_view cause);

    /// Looks the tool up once it is given; false where there is none to decide about.
    bool resolve_tool();
    [[nodiscard]] bool tool_given() const { return tool_.given; }
    /// Stage, roles and what the tool says. After everything that the host tells.
    void finish();

  private:
    struct Word {
        bool given = false;
        bool broken = false;
        std::string_view text;
    };
    struct Roles {
        bool told = false;
        model::State fault = model::State::present;
        std::size_t count = 0;
    };
    /// In two words, as a value is returned: put together to one first, it would wait for itself.
    static void store(model::Value& to, const model::Value& value) {
        const auto words = std::bit_cast<std::array<std::uint64_t, 2>>(value);
        std::memcpy(&to, &words[0], sizeof words[0]);
        std::memcpy(&to.extra, &words[1], sizeof words[1]);
    }
    void take(Word& word, const Scalar& from, std::string_view name);
    void take(Word& word, std::string_view text, std::string_view name) {
        if (word.given && !word.broken) fail(FormError::invalid_args, name, "given twice");
        word = {true, word.broken, text};
    }
    void break_word(Word& word) { word.given = word.broken = true; }
    void mark_value(const Entry& entry, model::State why);
    void finish_stage();
    void finish_tool();
    void finish_roles(std::uint32_t party);
    void finish_approvals();

    const BindTables::Impl* tables_;
    Scratch* scratch_;
    Bound* out_;
    std::uint64_t call_;
    Word tool_;
    Word stage_;
    Roles roles_[2];
    bool resolved_ = false;
    bool found_ = false;
};

}  // namespace proviso::decide
