// A call in place: what binding makes of it and what deciding reads.
//
// The frame has one Value a slot, then the VM's temporaries. Strings in it are views of the call's
// bytes or of `texts`. A `Bound` is reused from call to call: `touched` says which slots to put
// back to their initial values, so that no value of one call can be seen by the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/model/value.h"
#include "engine/vm/context.h"
#include "proviso/call.h"

namespace proviso::decide {

/// What is wrong with the form of a call; all of these block.
enum class FormError : std::uint8_t {
    none,
    unknown_tool,   // not in the catalogue, and the catalogue is closed; or no tool named at all
    invalid_stage,  // no such stage, or not one of the tool's
    invalid_args,   // a type or range broken, an argument missing or undeclared, a key twice
    unreadable,     // not JSON, or too large
};

/// What a person said about a plan, as it came with the call. Views the call's bytes.
struct GivenApproval {
    std::string_view by;
    std::string_view plan;
    std::string_view requested_at;  // as written: they are what is signed
    std::string_view at;
    std::string_view signature;
    std::int64_t requested_us = 0;
    std::int64_t at_us = 0;
    bool rejects = false;
    bool has_roles_now = false;
    bytecode::Range roles;  // into Bound::approval_texts
    bytecode::Range roles_now;
    bytecode::Range gates;
    std::string_view fault;  // why it cannot be read; empty where it can
};

/// Memory for list members, record fields, addresses and unescaped text. Grows in blocks that stay
/// where they are; `clear` keeps them, so that a warm arena allocates nothing.
class Arena {
  public:
    [[nodiscard]] model::Value* values(std::size_t count);
    [[nodiscard]] char* bytes(std::size_t count);
    void clear();

  private:
    struct Block {
        std::unique_ptr<std::max_align_t[]> memory;
        std::size_t size = 0;
    };
    void* take(std::size_t bytes);
    std::vector<Block> blocks_;
    std::size_t current_ = 0;
    std::size_t used_ = 0;
};

/// Roles of one party: a bitset over Program::roles, closed under inheritance, bound ids included.
struct HeldRoles {
    std::vector<std::uint64_t> bits;
    /// Whether the call told them: if not, a role whose bit is clear may be held all the same.
    bool known = false;
    bool has_id = false;
    model::State why = model::State::missing;  // where they are not known
};

/// An argument that is not typed in all its parts, as it came: JSON, or a value of a setter. Views
/// the call's bytes.
struct RawArgument {
    std::string_view name;
    std::string_view json;
    const Value* value = nullptr;
};

struct Bound {
    // What deciding reads of every call comes first: one line of a cache.
    vm::Context context;  // made by `ready`
    std::uint32_t stage = 4;
    FormError form = FormError::none;

    const bytecode::Program* program = nullptr;
    std::vector<model::Value> frame;
    std::vector<std::uint32_t> touched;
    std::uint32_t tool = bytecode::none;  // into Program::tools; none: outside the catalogue
    std::string_view tool_name;
    HeldRoles roles[2];  // principal, agent
    std::vector<std::string_view> undeclared_roles;
    std::vector<RawArgument> raw_args;
    /// All arguments as they came, where they stand in one object of a document. Views that.
    std::string_view args_json;
    std::vector<GivenApproval> approvals;
    std::vector<std::string_view> approval_texts;
    /// Roles of whoever gave each of `approvals`, then and now, closed under inheritance; bitsets.
    std::vector<std::uint64_t> approver_roles;
    bool too_many_approvals = false;  // those past the limit are not among `approvals`
    /// Of a form error: the argument, stage or tool it is about, and what is wrong in plain words.
    std::string_view form_name;
    std::string_view form_cause;  // a static text
    Arena arena;

    /// A frame of the program's size with every slot at its initial value.
    void attach(const bytecode::Program& program);
    /// For the next call.
    void reset();
    /// After everything is set: the call may be decided.
    void ready();
    void set(std::uint32_t slot, const model::Value& value) {
        frame[slot] = value;
        touched.push_back(slot);
    }
};

}  // namespace proviso::decide
