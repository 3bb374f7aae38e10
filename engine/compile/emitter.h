// What all parts of the compiler share: the program in the making, constants, places, code.
//
// Blocks that other blocks call (loop bodies, conditions used as values) are emitted before their
// callers: `prepare` walks an expression and does that, then `branch` or `value` emit its own code.
// All ways out of a condition that fails lead to one `no` at the end of the code.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/bytecode/program.h"
#include "engine/check/policy_set.h"
#include "engine/compile/fold.h"

namespace proviso::compile {

using bytecode::Instruction;
using bytecode::none;
using bytecode::Op;
using bytecode::Program;
using check::Node;
using check::NodeId;
using check::NodeKind;
using check::PolicySet;
using model::Kind;

struct Operand {
    std::uint32_t index = 0;
    bool constant = false;
};

/// What a value lies between; all three are the same where it is no counter.
struct Bounds {
    Operand value;
    Operand low;
    Operand high;
};

/// A place in the code that is not known yet, and the instructions that jump there.
struct Label {
    std::vector<std::uint32_t> uses;
};

/// Blocks that others call, with the places that they write to.
struct Called {
    std::unordered_map<std::uint64_t, std::uint32_t> loops;    // loop_key → loop
    std::unordered_map<NodeId, std::uint32_t> loop_variables;  // quantifier → place
    std::unordered_map<NodeId, std::uint32_t> conditions;      // used as values: node → block
};

class Emitter {
  public:
    Emitter(const PolicySet& set, Program& program);

    // --- constants and tables
    std::uint32_t constant(model::TypeId type, const model::Value& value);
    /// The constant of a node whose value is known; looked up once a node.
    std::uint32_t constant(NodeId node);
    std::uint32_t constant_set(Kind kind, const model::Value& list, model::TypeId element);
    std::uint32_t glob(std::string_view text);
    std::uint32_t regex(std::string_view text);
    /// By its name, which is one of this build.
    std::uint32_t function(std::string_view name);

    // --- blocks
    /// A condition: `when` and not `unless`. The block `yes` where both are left out. Asked twice
    /// in a row for one `when` alone, it gives the same block: an explanation begins with what its
    /// rule ran.
    std::uint32_t condition_block(NodeId when, NodeId unless);
    bytecode::ValueRef value_ref(NodeId node);
    void compile_shared();
    /// Temporaries of a rule may be used again by the next one, which therefore calls no block of
    /// it.
    void begin_rule();
    /// Fills in what could not be known before: the final `no`, the number of temporaries.
    void finish();

    [[nodiscard]] Kind kind_of(NodeId node) const { return kind_of(set_.node(node).type); }
    [[nodiscard]] Kind kind_of(model::TypeId type) const { return set_.types.type(type).kind; }
    /// Whether a node is made by jumps; any other bool is a value that is tested.
    [[nodiscard]] bool is_condition(NodeId node) const {
        const NodeKind kind = set_.node(node).kind;
        if (kind == NodeKind::shared) return kind_of(node) == Kind::boolean;
        return check::is_condition(kind);
    }
    /// What the node is worth in every call, or nothing.
    [[nodiscard]] const model::Value* known(NodeId id) const {
        const Node& node = set_.node(id);
        if (node.kind == NodeKind::constant) return &node.value;
        if (folded_.empty()) return nullptr;
        const auto found = folded_.find(id);
        return found == folded_.end() ? nullptr : &found->second;
    }
    /// Which of Program::counter_reads a node is.
    void set_read(NodeId node, std::uint32_t read) { reads_[node] = read; }
    [[nodiscard]] std::uint32_t read_of(NodeId node) const { return reads_.at(node); }
    [[nodiscard]] const PolicySet& set() const { return set_; }
    [[nodiscard]] Program& program() { return program_; }

  private:
    std::uint32_t emit(const Instruction& instruction);
    void bind(Label& label);
    std::uint32_t temporary();
    std::uint32_t here() const { return static_cast<std::uint32_t>(program_.code.size()); }

    // conditions.cpp
    void branch(NodeId node, bool negated, bool jump_when, Label& label);
    void branch_items(const Node& node, bool negated, bool jump_when, Label& label);
    void branch_compare(const Node& node, bool negated, bool jump_when, Label& label);
    void branch_counters(const Node& node, bool negated, bool jump_when, Label& label);
    void branch_equivalence(const Node& node, bool negated, bool jump_when, Label& label);
    /// Whether a comparison of conditions is made by jumps, which takes each side's code twice.
    [[nodiscard]] bool is_equivalence(const Node& node) const;
    [[nodiscard]] bool holds_equivalence(NodeId id) const;
    [[nodiscard]] bool compares_conditions(const Node& node) const;
    void branch_membership(const Node& node, bool negated, bool jump_when, Label& label);
    void branch_value(NodeId id, bool negated, bool jump_when, Label& label);
    void branch_constant(bool truth, bool jump_when, Label& label);
    [[nodiscard]] Bounds bounds(NodeId id);
    [[nodiscard]] bool is_counter(NodeId id) const;
    void test(Instruction instruction, bool negated, bool jump_when, Label& label);

    // values.cpp
    Operand value(NodeId node);
    Operand chain_value(NodeId id);
    Operand binary_value(const Node& node, Operand a);
    Operand fact_value(const Node& node);
    Operand table_value(const Node& node);
    Operand local_value(const Node& node);
    Operand native_value(const Node& node);
    Operand write(Op op, Operand a, Operand b, std::uint16_t extra = 0);

    // prepare.cpp
    void prepare(NodeId node, bool negated);
    void prepare_value(NodeId node);
    void prepare_items(const Node& node, bool negated);
    void prepare_loop(NodeId id, bool negated);
    void prepare_condition(NodeId id);
    /// The block of a prepared condition, the loop of a prepared quantifier; none of any other.
    [[nodiscard]] std::uint32_t condition_of(NodeId id) const;
    [[nodiscard]] std::uint32_t loop_of(NodeId id, bool negated) const;
    [[nodiscard]] std::uint32_t loop_variable(NodeId id);
    [[nodiscard]] bool has_place(NodeId node) const;
    /// Code that makes the list of a prepared loop ready; the loop's number.
    std::uint32_t load_loop(NodeId id, bool negated);
    /// A loop under negation is another loop, with another body.
    [[nodiscard]] static std::uint64_t loop_key(NodeId id, bool negated) {
        return static_cast<std::uint64_t>(id) * 2 + (negated ? 1 : 0);
    }

    const PolicySet& set_;
    Program& program_;
    std::deque<std::string> folded_texts_;
    Folded folded_;
    Label fail_;
    std::uint32_t always_ = none;
    NodeId last_when_ = check::no_node;  // the condition that last_block_ tests
    std::uint32_t last_block_ = none;
    std::uint32_t next_temporary_ = 0;
    std::uint32_t shared_temporaries_ = 0;
    std::uint32_t most_temporaries_ = 0;
    std::uint32_t loop_depth_ = 0;
    std::uint32_t variables_[2] = {none, none};
    Called shared_;  // by any rule: made with the shared blocks
    Called own_;     // by the rule in the making alone
    std::unordered_map<std::string, std::uint32_t> constants_;
    std::unordered_map<NodeId, std::uint32_t> reads_;  // counter reads
    std::vector<std::uint32_t> windows_;               // the program's, by WindowId
    std::vector<bool> holds_quantifier_;               // by node
    std::vector<std::uint32_t> constant_of_node_;      // by node, or none
    std::unordered_map<std::string, std::uint32_t> globs_;
    std::unordered_map<std::string, std::uint32_t> regexes_;
    std::unordered_map<std::string, std::uint32_t> functions_;  // by signature
};

}  // namespace proviso::compile
