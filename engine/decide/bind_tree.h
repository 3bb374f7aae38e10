// What the members of a host document mean for one program: a tree of names.
//
// A node is an object's members. An attribute's path may come nested or dotted, so a node also
// knows its descendants by their dotted paths: one look-up a key, whichever form it has.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/decide/bind_json.h"
#include "engine/decide/bind_names.h"
#include "proviso/layout.h"

namespace proviso::decide {

enum class Target : std::uint8_t {
    group,  // an object whose members mean something; number 1: null leaves it out
    slot,   // number: the slot
    tool,
    stage,
    roles,     // number: 0 principal, 1 agent
    unknown,   // paths that the host does not know
    args,      // the object of all arguments
    argument,  // one argument; its name is its field's
    no_args,   // "args" where arguments have a document of their own
    capture,   // number: the capture
    approvals,
};

/// What a text for an entry is, where nothing else has to be looked at.
enum class Quick : std::uint8_t {
    no,
    string,  // a slot of any string
    word,    // a slot of an enum
    text,    // a slot of another type that is written as text
    tool,
    stage,
    capture,
};

struct alignas(32) Entry {
    Target target = Target::group;
    bool form = false;  // a member of the form: given twice, the call has none. Else an attribute
    std::uint32_t number = 0;
    std::uint32_t node = bytecode::none;   // its members
    std::uint32_t field = bytecode::none;  // of a layout: words, time form, constant
    std::uint32_t next = bytecode::none;   // another entry for the same value
    bool number_as_text = false;           // of a layout's field
    bool has_constant = false;             // its field has one, for where no value stands
    Quick quick = Quick::no;  // alike for all entries of a value, unless `no` for the first
    bool beside = false;      // may look at the members beside it: money does, for its currency
    bool marked = false;      // whether a second value is told apart by the entry, not the slot
};

struct Node {
    NameIndex names;                     // into HostTree::entries
    std::vector<std::uint32_t> members;  // each once, dotted paths left out
};

struct HostTree {
    std::vector<Node> nodes;
    std::vector<Entry> entries;
    std::uint32_t root = bytecode::none;
};

/// What a layout's field adds to its entry.
struct HostField {
    std::string argument;  // of Target::argument
    TimeForm time_form = TimeForm::rfc3339;
    const Words* words = nullptr;
    const JsonConstant* constant = nullptr;
    std::uint32_t entry = bytecode::none;  // what it fills; none where the program does not know it
};

/// Builds a tree. Paths are lists of segments; entries may be put where others stand already.
class TreeBuilder {
  public:
    explicit TreeBuilder(const bytecode::Program& program) : program_(&program) {}

    struct Draft {
        std::map<std::string, Draft, std::less<>> children;
        std::vector<Entry> entries;
        bool dotted = false;  // part of a path that may come dotted
    };
    [[nodiscard]] Draft& root() { return root_; }

    /// The entry for a value called so: "tool", "principal.id", an attribute's path, "attributes".
    /// False where the program has nothing of that name.
    bool add_target(Draft& at, std::string_view path, std::uint32_t field);
    /// Members of "principal", "agent" or "workflow".
    void add_party(Draft& at, std::string_view party);
    /// Declared attributes whose paths begin with `prefix`, under the rest of their paths.
    bool add_attributes(Draft& at, std::string_view prefix);
    /// Attributes at the top level of the engine's own form.
    void add_top_level(Draft& at);
    /// What stands under "facts"; `dotted` where its parts may come by their full paths.
    void add_facts(Draft& at, bool dotted);
    /// A part of it: "facts.customer", "facts.customer.key", "facts.customer.values.tier".
    bool add_facts_target(Draft& at, std::string_view path, std::uint32_t field);
    /// Everything by its full path, as setters name it.
    void add_paths();
    /// The engine's own form.
    void add_native(bool with_args);
    /// A layout's field: its target at a place of the document, or at none, as a constant.
    void add_field(const std::vector<std::string>& pointer, std::string_view target,
                   const Entry& like);

    [[nodiscard]] HostTree build();

  private:
    std::uint32_t build_node(const Draft& draft);
    [[nodiscard]] Quick quick_of(const Entry& entry) const;
    void set_quick(std::uint32_t first);
    [[nodiscard]] bool looks_beside(const Entry& entry) const;
    std::uint32_t build_entry(const Draft& draft);

    const bytecode::Program* program_;
    Draft root_;
    std::vector<Draft> constants_;
    HostTree tree_;
};

}  // namespace proviso::decide
