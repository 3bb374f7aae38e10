// Programs by hand, for tests of binding: slots, types, tools and roles without any rules.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/decide/bind.h"

namespace proviso::tests {

using bytecode::Program;
using model::Kind;
using model::State;
using model::Type;
using model::TypeId;

struct ArgumentText {
    std::string name;
    TypeId type;
    bool declared = true;
};

struct ToolText {
    std::string name;
    std::vector<ArgumentText> arguments;
    std::uint8_t stages = 0x10;
    std::uint8_t tiers = 0x04;
    bool has_undo = false;
    bool open = false;
};

class ProgramMaker {
  public:
    ProgramMaker();

    /// The plain type of a kind.
    [[nodiscard]] TypeId plain(Kind kind) const { return program.types.scalar(kind); }
    TypeId type(Type type) { return program.types.add(std::move(type)); }
    TypeId optional(Kind kind);
    TypeId words(std::string name, std::vector<std::string> words);
    TypeId list(TypeId element);
    TypeId record(std::vector<model::Field> fields, bool open = false);
    TypeId integer_between(std::int64_t low, std::int64_t high);

    std::uint32_t attribute(std::string path, TypeId type);
    std::uint32_t attribute(std::string path, TypeId type, model::Value initial);
    void tool(const ToolText& tool);
    void open_arguments(const std::vector<ArgumentText>& arguments);
    std::uint32_t role(std::string name, std::vector<std::uint32_t> parents = {},
                       std::vector<std::string> bound_ids = {});
    /// An argument's slot of this type; made where there is none.
    std::uint32_t argument_slot(const std::string& name, TypeId type);

    Program program;

  private:
    bytecode::Range add(const std::vector<ArgumentText>& arguments);
};

/// A program with its tables, a binder and a call.
struct Bench {
    explicit Bench(Program made, Limits limits = {});

    void host(std::string_view host, std::string_view args = "{}");
    void document(const Layout& layout, std::string_view document, bool padded = false);
    void call(const Call& call);

    [[nodiscard]] const model::Value& at(std::string_view path) const;
    [[nodiscard]] std::string form() const;  // "invalid_args args.amount: missing", or ""
    [[nodiscard]] std::vector<std::string> held(std::uint32_t party) const;

    std::unique_ptr<Program> program;
    decide::BindTables tables;
    decide::Binder binder;
    decide::Bound bound;
    std::vector<std::string_view> captures;
};

[[nodiscard]] std::string_view form_name(decide::FormError error);

/// Everything that binding tells, as text: frames with equal text are equal, whatever memory their
/// strings are in.
[[nodiscard]] std::string dump(const decide::Bound& bound);

/// `host` with one member more than `{"tool": "t"}`.
[[nodiscard]] std::string with(std::string_view member, std::string_view tool = "t");

}  // namespace proviso::tests
