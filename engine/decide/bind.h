// Binding: a call's bytes or setters to typed values in slots.
//
// From JSON straight from simdjson's cursor: no DOM, no map, no copied string. What does not fit a
// host value's type is unknown with its cause (`State`), what does not fit an argument's is a form
// error. Covered by tests/unit/engine/decide/bind_*_test.cpp and tests/golden/decide.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/decide/bound.h"
#include "proviso/call.h"
#include "proviso/layout.h"
#include "proviso/limits.h"

namespace proviso::decide {

/// Names of one program, hashed: tools, slots by path, roles, enum words, arguments by tool.
/// Immutable; made once a policy.
class BindTables {
  public:
    BindTables(const bytecode::Program& program, const Limits& limits);
    ~BindTables();

    [[nodiscard]] const bytecode::Program& program() const;
    [[nodiscard]] const Limits& limits() const;
    /// Index into Program::tools, or none.
    [[nodiscard]] std::uint32_t find_tool(std::string_view name) const;

    struct Impl;
    [[nodiscard]] const Impl& impl() const { return *impl_; }

  private:
    std::unique_ptr<const Impl> impl_;
};

/// A layout resolved against one program. Immutable; made once for each pair.
class BoundLayout {
  public:
    BoundLayout(const BindTables& tables, const Layout& layout);
    ~BoundLayout();

    struct Impl;
    [[nodiscard]] const Impl& impl() const { return *impl_; }
    [[nodiscard]] const std::shared_ptr<const Impl>& shared() const { return impl_; }

  private:
    std::shared_ptr<const Impl> impl_;
};

/// One a session: owns simdjson's parsers and their memory.
class Binder {
  public:
    Binder();
    ~Binder();
    Binder(Binder&&) noexcept;
    Binder& operator=(Binder&&) noexcept;

    // Each resets `out` (attached to the tables' program before) and fills it. Never throws for
    // what a call contains. Strings may stay views into the call's bytes.
    void bind(const BindTables& tables, const Call& call, Bound& out);
    void bind(const BindTables& tables, CallJson call, Bound& out);
    /// `captures` gets one view a capture of the layout; empty where not there.
    void bind(const BindTables& tables, const BoundLayout& layout, std::string_view document,
              bool padded, Bound& out, std::vector<std::string_view>& captures);

  private:
    struct Impl;
    struct Document {
        std::string_view bytes;
        bool padded = false;
    };
    /// False where the document has a shape that is known and is not right all the same.
    bool read(const BindTables& tables, const BoundLayout& layout, const Document& document,
              bool shaped, Bound& out, std::vector<std::string_view>& captures);

    std::unique_ptr<Impl> impl_;
};

}  // namespace proviso::decide
