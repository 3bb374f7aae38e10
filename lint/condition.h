// Conditions as alternatives of tests, to tell what follows from what.
//
// `when C unless D` is `C and not D`, unfolded into alternatives that are each a set of tests: of
// one value, what it must lie in. Comparisons with literals are exact sets; every other test is a
// value of its own that is yes or no, and is the same as another where it is written the same. What
// a param or a data file says may change, so a comparison with it is one with a name.
//
// Sound for three values. An alternative is false where one of its tests is, true where all are,
// and unfolding (distribution, De Morgan) keeps that. So where each test of b takes in all that a
// test of a leaves, b false makes a false, and a true leaves b true or unknown; and where all that
// b tests is tested by a as well, a true makes b true. What lies in an interval while it is not
// known (a counter, a tier) is kept apart by the direction of its tests, for the same reason.
// Covered by tests/unit/lint/removal_test.cpp, which takes out what is called needless.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lint/subject.h"
#include "lint/values.h"

namespace proviso::lint {

using check::NodeId;

enum class TermId : std::uint32_t {};

/// What is tested.
struct Term {
    NodeId node = check::no_node;
    model::TypeId type = model::no_type;
    std::string beside;  // the name that it is compared with: its values count from there
    std::uint32_t base = 0xFFFFFFFF;  // the same for all terms of one node
    model::Currency currency = 0;     // of money
    bool is_flag = false;             // a test that is yes or no
    bool discrete = false;
};

struct Test {
    TermId term{};
    ValueSet values;
};

using Alternative = std::vector<Test>;          // by term, each once; all must hold
using Alternatives = std::vector<Alternative>;  // none: never; an empty one: always

/// A tool and the stages that are looked at: what values there are depends on both.
struct Place {
    check::ToolId tool = check::no_tool;
    check::StageMask stages = check::all_stages;
};

/// The type of a slot's values in calls of a tool.
[[nodiscard]] const model::Type& type_at(const check::PolicySet& set, check::SlotId slot,
                                         const Place& place);

class Conditions {
  public:
    explicit Conditions(const Subject& subject);

    [[nodiscard]] Alternatives of(NodeId when, NodeId unless);
    /// One test as it stands; nothing where it is none with a literal.
    [[nodiscard]] std::optional<Test> literal_test(NodeId node);

    [[nodiscard]] const Term& term(TermId id) const { return terms_[index_of(id)]; }
    /// All values that the term has there.
    [[nodiscard]] ValueSet domain(TermId id, const Place& place) const;

    /// Whether a false b makes a false. With `surely`, also whether a true a makes b true.
    [[nodiscard]] bool implies(const Alternative& a, const Alternative& b, const Place& place,
                               bool surely = false);
    [[nodiscard]] bool implies(const Alternatives& a, const Alternatives& b, const Place& place,
                               bool surely = false);
    /// Whether a true one makes the other false. What only the other tests may be unknown, and does
    /// not count.
    [[nodiscard]] bool refutes(const Alternative& sure, const Alternative& other,
                               const Place& place);
    [[nodiscard]] bool refutes(const Alternatives& sure, const Alternatives& other,
                               const Place& place);
    /// Whether no call there makes it true.
    [[nodiscard]] bool is_impossible(const Alternative& one, const Place& place);
    [[nodiscard]] bool is_impossible(const Alternatives& alternatives, const Place& place);

    /// The same number for nodes that are written the same.
    [[nodiscard]] std::uint32_t key(NodeId node);

  private:
    [[nodiscard]] const check::Node& node(NodeId id) const { return subject_.set.node(id); }
    [[nodiscard]] NodeId item(const check::Node& of, std::uint32_t i) const;
    [[nodiscard]] bool has_name(const check::Node& constant) const;
    std::uint32_t intern(std::string text);
    std::string text_of(NodeId id, bool negation);
    TermId add_term(std::string text, const Term& term);
    TermId term_of(NodeId value, const std::string& how, check::CompareOp op, Term term);
    Alternatives unfold(NodeId id, bool positive);
    Alternatives unfold_all(const check::Node& connective, bool positive);
    Alternatives unfold_any(NodeId id, bool positive);
    Alternatives unfold_shared(const check::Node& shared, bool positive);
    Alternatives flag(NodeId id, bool positive);
    Alternatives tested(NodeId id, bool positive);
    std::optional<Test> test_of(const check::Node& of, bool positive);
    std::optional<Test> compared(NodeId a, check::CompareOp op, NodeId b);
    std::optional<Test> compared_to(NodeId value, check::CompareOp op, const check::Node& literal);
    std::optional<Test> listed(const check::Node& in_list, bool positive);

    [[nodiscard]] bool is_empty_at(const ValueSet& values, TermId term, const Place& place) const;

    const Subject& subject_;
    std::unordered_set<std::string_view> names_;  // of params and data
    std::unordered_map<std::string, std::uint32_t> interned_;
    std::unordered_map<NodeId, std::uint32_t> keys_;
    std::unordered_map<std::uint32_t, TermId> term_ids_;
    std::vector<Term> terms_;
    std::unordered_map<std::uint64_t, Alternatives> of_lets_;
};

/// What is left of the alternative without a term.
[[nodiscard]] Alternative without(const Alternative& alternative, TermId term);
[[nodiscard]] const ValueSet* find(const Alternative& alternative, TermId term);

}  // namespace proviso::lint
