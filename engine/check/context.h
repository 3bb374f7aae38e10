// What the parts of the checker share: the statements of all files by name, the set being built and
// the memos that keep the work linear in the size of the set.
//
// The order of work is in checker.cpp. A thing that is declared with a mistake keeps its name but
// has no type (`model::no_type`); whatever reads it becomes bad in silence, so that one mistake is
// one message. Statements are worked on by name, so that the order of files changes nothing.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/check/checker.h"
#include "engine/check/policy_set.h"
#include "grammar/ast.h"
#include "grammar/diagnostic.h"
#include "proviso/limits.h"

namespace proviso::check {

namespace ast = grammar::ast;
using grammar::DiagnosticId;
using model::Kind;

/// A statement and the file whose vectors its ids refer to.
template <class Statement>
struct Declared {
    const ast::File* file = nullptr;
    const Statement* node = nullptr;
};

enum class SymbolKind : std::uint8_t {
    param,
    type,
    attribute,
    facts,
    data,
    tool,
    role,
    approval,
    window,
    let,
    table,
    raise,
    rule,
    matrix,
    obligation,
    counter,
    limit,
    example,
};

/// What a name stands for: `index` counts in the context's vector of that kind.
struct Symbol {
    SymbolKind kind = SymbolKind::param;
    std::uint32_t index = 0;
    Span span;
};

enum class NameKind : std::uint8_t { nothing, variable, limit_value, builtin, argument, symbol };

/// What the front of a dotted path is; what lies behind `length` are fields.
struct Resolved {
    NameKind kind = NameKind::nothing;
    std::uint32_t index = 0;  // variable, BuiltinSlot, or 0 for `total` and 1 for `cap`
    const Symbol* symbol = nullptr;
    std::size_t length = 0;
};

/// An expression that was checked. Without a type it is bad, and its mistake has been reported.
struct Typed {
    NodeId node = no_node;
    TypeId type = model::no_type;
    [[nodiscard]] bool bad() const { return type == model::no_type; }
};

/// One comparison of `tier`. Polarity and direction are 1, -1 or 0 (neither): the polarity of its
/// place in the condition, and 1 for `>` and `>=`.
struct TierRead {
    Span span;
    Span origin;  // where it stands, when a `let` at `span` brought it
    std::int8_t polarity = 0;
    std::int8_t direction = 0;
};

/// A place that is worth a warning unless another part of the condition settles it.
struct Doubt {
    std::string_view path;
    Span span;
};

/// What a condition reads.
struct Reads {
    bool agent = false;  // the agent's own word
    bool host = false;   // what the host vouches for
    bool counters = false;
    std::vector<TierRead> tiers;
    std::vector<Doubt> maybe_empty;         // `all` over a list that may be empty
    std::vector<Doubt> any_currency;        // money compared without knowing its currency
    std::vector<std::string_view> lengths;  // paths whose length is read
    std::vector<std::string_view> currencies;
};

inline constexpr std::uint32_t no_targets = 0xFFFFFFFF;

struct Variable {
    std::string_view name;
    TypeId type = model::no_type;
    bool agent = false;  // whether the agent wrote the list
};

/// What `total` and `cap` are in the `because` of a limit.
struct LimitValues {
    std::uint32_t index = 0;  // into PolicySet::limits
    TypeId type = model::no_type;
};

/// Where an expression stands.
struct Scope {
    const ast::File* file = nullptr;
    Reads* reads = nullptr;
    std::uint32_t targets = no_targets;  // what `args` are read of
    bool lenient = false;                // targets are not known for sure: no word about args
    bool literal = false;                // names have no place here
    bool params = false;                 // but for those of params
    std::int8_t polarity = 1;
    std::uint32_t depth = 0;             // of quantifiers
    Span use;                            // of a let: where the targets come from
    const LimitValues* limit = nullptr;  // in the `because` of a limit
    Variable variables[2];
};

/// One elaboration of a `let`, or why there is none (a bad type).
struct LetInstance {
    SharedId shared{};
    TypeId type = model::no_type;
    bool agent = false;
    bool host = false;
    bool counters = false;
    std::vector<TierRead> tiers;  // one for each polarity and direction at the most
};

struct LetInfo {
    std::vector<std::uint32_t> uses;  // other lets
    bool reads_call = false;          // args or tier: elaborated for each target set
    bool in_cycle = false;
    bool elaborated = false;
    std::uint32_t quantifiers = 0;  // how deep they nest
};

/// What the arg of a name is over a target set.
struct ArgRead {
    enum class State : std::uint8_t { typed, open, conflict, nowhere, bad };
    State state = State::nowhere;
    TypeId type = model::no_type;  // with `optional` where not every tool must have it
    SlotId slot = no_slot;
    ToolId first = no_tool;  // of a conflict
    ToolId second = no_tool;
};

/// An arg's name, as read over a target set.
struct ArgKey {
    std::uint32_t targets = 0;
    std::string_view name;
    friend bool operator==(const ArgKey&, const ArgKey&) = default;
};
struct ArgKeyHash {
    std::size_t operator()(const ArgKey& key) const {
        return std::hash<std::string_view>{}(key.name) * 31 + key.targets;
    }
};

/// A text hashed alike whether it is owned or viewed, so that a look-up copies nothing.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
template <class To>
using ByText = std::unordered_map<std::string, To, TextHash, std::equal_to<>>;

/// What the warnings want to know of a rule.
struct RuleReads {
    bool agent = false;
    bool host = false;
    bool tier = false;
};

/// As above, of a limit.
struct LimitReads {
    bool tier = false;
    bool agents_keys = false;  // a key is what the agent writes
};

struct Context {
    const grammar::SourceMap& sources;
    const std::vector<ast::File>& files;
    const CheckOptions& options;
    const Limits& limits;
    grammar::DiagnosticSink& sink;
    PolicySet set;

    // statements, by name; ids count in these
    std::vector<Declared<ast::Param>> params;
    std::vector<Declared<ast::TypeDecl>> type_decls;
    std::vector<Declared<ast::Attribute>> attributes;
    std::vector<Declared<ast::Facts>> facts;
    std::vector<Declared<ast::Data>> data;
    std::vector<Declared<ast::Example>> examples;
    std::vector<Declared<ast::Tool>> tools;
    /// What a tools list says of a tool that a statement adds to.
    std::unordered_map<const ast::Tool*, Declared<ast::Tool>> listed_tools;
    std::vector<Declared<ast::Role>> roles;
    std::vector<Declared<ast::Let>> lets;
    std::vector<Declared<ast::Table>> tables;
    std::vector<Declared<ast::Raise>> raises;
    std::vector<Declared<ast::Rule>> rules;
    std::vector<Declared<ast::Matrix>> matrices;
    std::vector<Declared<ast::ObligationDecl>> obligations;
    std::vector<Declared<ast::Bind>> binds;
    std::vector<Declared<ast::Authority>> authorities;
    std::vector<Declared<ast::Default>> defaults;
    std::vector<Declared<ast::Window>> windows;
    std::vector<Declared<ast::Approval>> approvals;
    std::vector<Declared<ast::Counter>> counters;
    std::vector<Declared<ast::Limit>> limit_statements;

    std::unordered_map<std::string_view, Symbol> symbols;
    std::unordered_map<std::string_view, Symbol> attribute_symbols;  // by path
    std::unordered_set<std::string_view> first_segments;             // of the names of values
    std::unordered_set<std::string_view> lost_words;  // of statements that did not parse
    bool tools_lost = false;                          // a tools list could not be read

    // memos
    ByText<TypeId> types_by_key;
    std::unordered_map<model::Currency, TypeId> money_types;
    std::unordered_map<std::string, std::vector<SlotId>> argument_slots;  // by path
    std::unordered_map<std::string_view, std::string_view> texts;         // into set.texts
    std::vector<TypeId> declared_types;                                   // of type_decls
    std::vector<Typed> param_values;      // of params; node is the constant
    std::vector<SlotId> attribute_slots;  // of attributes; no_slot: bad
    std::vector<bool> facts_bad;
    std::vector<bool> data_bad;
    std::vector<bool> table_bad;
    std::vector<bool> window_bad;
    std::vector<Counter> declared_counters;  // until all are
    bool zone_data_sought = false;
    std::optional<model::ZoneData> zone_data;
    std::unordered_map<std::string_view, std::optional<std::uint32_t>> zones_by_name;
    std::unordered_map<std::string_view, std::vector<ToolId>> tools_by_tag;
    std::unordered_map<std::string_view, std::vector<ToolId>> tools_by_glob;
    ByText<std::uint32_t> targets_by_text;
    std::unordered_map<std::string, std::uint32_t> targets_by_content;
    std::unordered_set<std::string_view> arg_names;                 // declared by any tool
    std::vector<StageMask> target_stages;                           // of set.target_sets
    std::unordered_map<std::string_view, Resolved> declared_paths;  // but for variables and args
    std::unordered_map<ArgKey, ArgRead, ArgKeyHash> arg_reads;
    std::unordered_set<std::string> open_slots_added;
    std::vector<LetInfo> let_infos;
    std::unordered_map<std::uint64_t, LetInstance> let_instances;
    std::vector<RuleReads> rule_reads;    // of rules
    std::vector<LimitReads> limit_reads;  // of limit_statements
    std::vector<bool> matrix_bad;
    std::vector<bool> raise_bad;
    NodeId bad_node = no_node;
    // scratch: what the connectives round an expression have found so far, the key of a look-up
    std::vector<ast::ExprId> open_operands;
    std::vector<ast::ExprId> operands;
    std::vector<NodeId> items;
    std::string looked_up;
    bool in_let = false;                          // which may be elaborated many times
    std::unordered_set<std::string> let_reports;  // what has been said of lets
    grammar::Diagnostic said_before{};

    Context(const grammar::SourceMap& the_sources, const std::vector<ast::File>& the_files,
            const CheckOptions& the_options, const Limits& the_limits,
            grammar::DiagnosticSink& the_sink)
        : sources(the_sources),
          files(the_files),
          options(the_options),
          limits(the_limits),
          sink(the_sink) {}

    [[nodiscard]] const model::Type& type(TypeId id) const { return set.types.type(id); }
    [[nodiscard]] Kind kind(TypeId id) const { return set.types.type(id).kind; }
    /// The diagnostic is the caller's to add notes to, until the next report.
    grammar::Diagnostic& report(DiagnosticId id, Span span,
                                std::initializer_list<std::string_view> arguments = {},
                                std::string help = {});
};

template <class Id>
[[nodiscard]] constexpr std::uint32_t index_of(Id id) {
    return static_cast<std::uint32_t>(id);
}

}  // namespace proviso::check
