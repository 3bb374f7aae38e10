// See coverage.h.
#include "tests/laws/coverage.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace proviso::laws {

namespace {

using check::NodeKind;

std::string name_of(NodeKind kind) {
    switch (kind) {
        case NodeKind::constant: return "literal, param";
        case NodeKind::slot: return "attribute, argument";
        case NodeKind::variable: return "variable";
        case NodeKind::field: return "r.field";
        case NodeKind::money_amount: return "m.amount";
        case NodeKind::money_currency: return "m.currency";
        case NodeKind::logical_not: return "not";
        case NodeKind::logical_and: return "and";
        case NodeKind::logical_or: return "or";
        case NodeKind::compare: return "compare";
        case NodeKind::in_list: return "in";
        case NodeKind::in_window: return "in window";
        case NodeKind::fact: return "fact";
        case NodeKind::local: return "local";
        case NodeKind::native: return "function";
        case NodeKind::like: return "like";
        case NodeKind::matches: return "matches";
        case NodeKind::has: return "has";
        case NodeKind::role_test: return "is";
        case NodeKind::tier_test: return "tier";
        case NodeKind::coalesce: return "??";
        case NodeKind::add: return "+";
        case NodeKind::subtract: return "-";
        case NodeKind::multiply: return "*";
        case NodeKind::to_decimal: return "int as decimal";
        case NodeKind::length: return "length";
        case NodeKind::any: return "any";
        case NodeKind::all: return "all";
        case NodeKind::count_if: return "count";
        case NodeKind::sum_of: return "sum";
        case NodeKind::table_read: return "table";
        case NodeKind::counter_read: return "counter";
        case NodeKind::limit_total: return "total";
        case NodeKind::limit_cap: return "cap";
        case NodeKind::shared: return "let";
    }
    return {};
}

std::string name_of(model::Kind kind) {
    switch (kind) {
        case model::Kind::boolean: return "bool";
        case model::Kind::integer: return "int";
        case model::Kind::decimal: return "decimal";
        case model::Kind::money: return "money";
        case model::Kind::string: return "string";
        case model::Kind::duration: return "duration";
        case model::Kind::time: return "time";
        case model::Kind::date: return "date";
        case model::Kind::weekday: return "weekday";
        case model::Kind::ip: return "ip";
        case model::Kind::enumeration: return "enum";
        case model::Kind::list: return "list";
        case model::Kind::record: return "record";
        case model::Kind::opaque: return "opaque";
    }
    return {};
}

std::string name_of(check::CompareOp op) {
    return std::array<const char*, 6>{
        "==", "!=", "<", "<=", ">", ">="}[static_cast<std::size_t>(op)];
}

/// "compare money <", "+ date", "not in": the operator and what it is over.
std::string name_of(const check::PolicySet& set, const check::Node& node) {
    const auto kind_of = [&](check::NodeId id) {
        return name_of(set.types.type(set.node(id).type).kind);
    };
    switch (node.kind) {
        case NodeKind::compare: return kind_of(node.a) + " " + name_of(node.op);
        case NodeKind::in_list: return (node.negated ? "not in of " : "in of ") + kind_of(node.a);
        case NodeKind::add:
        case NodeKind::subtract:
        case NodeKind::multiply:
            return kind_of(node.a) + " " + name_of(node.kind) + " " + kind_of(node.b);
        case NodeKind::in_window: return node.negated ? "not in window" : "in window";
        case NodeKind::local: return "local " + name_of(set.types.type(node.type).kind);
        case NodeKind::has: return node.negated ? "missing" : "has";
        case NodeKind::role_test:
            return std::string(node.party == check::Party::agent ? "agent is" : "principal is") +
                   (node.negated ? " not" : "");
        case NodeKind::native: return std::string(node.text);
        case NodeKind::tier_test: return "tier " + name_of(node.op);
        case NodeKind::sum_of: return "sum of " + name_of(set.types.type(node.type).kind);
        case NodeKind::length: return "length of " + kind_of(node.a);
        default: return name_of(node.kind);
    }
}

/// A name is `what: which`; what the language has at all, so what a run must have produced.
const std::map<std::string, std::vector<std::string>>& wanted() {
    static const std::map<std::string, std::vector<std::string>> names{
        {"statement",
         {"catalogue open",
          "type",
          "attributes",
          "facts",
          "data",
          "bind to data",
          "attribute default",
          "volatile",
          "tool",
          "role",
          "extends",
          "can",
          "can STAGES",
          "can when",
          "bind",
          "authority of principal",
          "authority of agent",
          "authority of principal, agent",
          "param",
          "param bounds",
          "table",
          "window",
          "window except",
          "table of one axis",
          "table of two axes",
          "obligation",
          "let condition",
          "let value",
          "allow",
          "notify",
          "gate",
          "block",
          "raise",
          "default",
          "default matrix",
          "matrix",
          "trial",
          "trial matrix",
          "several files"}},
        {"clause",
         {"tier",
          "stages",
          "undo",
          "tags",
          "args",
          "args open",
          "on NAME",
          "on GLOB",
          "on @TAG",
          "on *",
          "except",
          "when",
          "unless",
          "at",
          "by",
          "tell",
          "oblige",
          "because",
          "fix",
          "to",
          "##",
          "matrix on",
          "matrix at",
          "matrix of one axis",
          "matrix of two axes",
          "axis of words",
          "axis of bools",
          "axis of weekdays",
          "axis of values",
          "axis of bands",
          "axis tier",
          "axis stage",
          "axis tool",
          "many rules on one value"}},
        {"operator",
         {"literal, param",
          "attribute, argument",
          "fact",
          "variable",
          "r.field",
          "m.amount",
          "m.currency",
          "not",
          "and",
          "or",
          "int <",
          "decimal <=",
          "money >",
          "string >=",
          "duration ==",
          "time !=",
          "date <",
          "weekday ==",
          "ip !=",
          "enum <",
          "enum ==",
          "bool ==",
          "money ==",
          "in of bool",
          "in of int",
          "in of decimal",
          "in of money",
          "in of string",
          "in of duration",
          "in of time",
          "in of date",
          "in of weekday",
          "in of ip",
          "in of enum",
          "not in of string",
          "in window",
          "not in window",
          "local int",
          "local weekday",
          "local date",
          "like",
          "matches",
          "has",
          "missing",
          "principal is",
          "principal is not",
          "agent is",
          "agent is not",
          "tier <",
          "tier <=",
          "tier >",
          "tier >=",
          "??",
          "int + int",
          "int - int",
          "int * int",
          "decimal + decimal",
          "decimal - decimal",
          "decimal * decimal",
          "money + money",
          "money - money",
          "money * decimal",
          "duration + duration",
          "duration - duration",
          "duration * int",
          "time + duration",
          "time - duration",
          "time - time",
          "date + duration",
          "date - duration",
          "date - date",
          "int as decimal",
          "length of list",
          "length of string",
          "any",
          "all",
          "count",
          "sum of int",
          "sum of decimal",
          "sum of money",
          "table",
          "cidr",
          "convert",
          "domain_of",
          "host_of",
          "lower",
          "money",
          "path_under",
          "sample",
          "let"}},
        {"slot type",
         {"bool", "int", "decimal", "money", "string", "duration", "time", "date", "weekday", "ip",
          "enum", "list", "record"}},
        {"outcome", {"allow", "notify", "gate", "block"}},
        {"best case below outcome", {"allow", "notify", "gate"}},
        {"reason",
         {"allowed", "default", "rule", "missing_data", "no_grant", "invalid_args", "invalid_stage",
          "unknown_tool", "unsupported_obligation"}},
        {"cause",
         {"missing", "wrong type", "not in enum", "out of range", "too long", "host unknown",
          "overflow", "ambiguous", "currency mismatch", "over budget", "absent", "other key"}},
        {"part", {"rule", "matrix_cell", "default_cell", "default", "trial", "not sure"}},
        {"with", {"gate", "review", "obligation", "undeclared role", "grant"}},
    };
    return names;
}

std::uint64_t of(const std::map<std::string, std::uint64_t>& counts, const std::string& name) {
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

}  // namespace

void Coverage::count(const GeneratedSet& set) {
    const auto& statements = wanted().at("statement");
    for (const Statement& statement : set.statements) {
        for (const std::string& construct : statement.constructs) {
            const bool whole =
                std::find(statements.begin(), statements.end(), construct) != statements.end();
            count(whole ? "statement" : "clause", construct);
        }
    }
    if (set.files > 1) count("statement", "several files");
    const check::PolicySet& checked = *set.compiled->checked;
    for (const check::Node& node : checked.nodes) count("operator", name_of(checked, node));
    for (const check::Slot& slot : checked.slots) {
        count("slot type", name_of(checked.types.type(slot.type).kind));
    }
}

void Coverage::count(const Decision& decision) {
    count("outcome", std::string(name(decision.outcome)));
    if (decision.best_case < decision.outcome) {
        count("best case below outcome", std::string(name(decision.best_case)));
    }
    count("reason", std::string(name(decision.reason)));
    for (const Missing& one : decision.missing) count("cause", one.cause);
    for (const auto* matches : {&decision.base, &decision.restrictions}) {
        for (const Match& match : *matches) {
            count("part", match.kind);
            if (!match.sure) count("part", "not sure");
        }
    }
    if (!decision.trials.empty()) count("part", "trial");
    if (!decision.gates.empty()) count("with", "gate");
    if (!decision.reviews.empty()) count("with", "review");
    if (!decision.obligations.empty()) count("with", "obligation");
    if (!decision.undeclared_roles.empty()) count("with", "undeclared role");
    if (!decision.granted_by.empty()) count("with", "grant");
}

std::vector<std::string> Coverage::lacking(std::uint64_t least) const {
    return lacking_of(wanted(), least);
}

std::vector<std::string> Coverage::lacking_of(const Names& wanted, std::uint64_t least) const {
    std::vector<std::string> names;
    for (const auto& [what, which] : wanted) {
        const auto found = counts_.find(what);
        for (const std::string& one : which) {
            const std::uint64_t seen = found == counts_.end() ? 0 : of(found->second, one);
            if (seen < least) names.push_back(fmt::format("{}: {} ({})", what, one, seen));
        }
    }
    return names;
}

std::string Coverage::table() const {
    std::string text;
    for (const auto& [what, counts] : counts_) {
        text += what + "\n";
        std::string line;
        for (const auto& [which, count] : counts) {
            const std::string entry = fmt::format("  {} {}", which, count);
            if (line.size() + entry.size() > 98) {
                text += line + "\n";
                line.clear();
            }
            line += entry + (&which == &counts.rbegin()->first ? "" : ",");
        }
        text += line + "\n";
    }
    return text;
}

}  // namespace proviso::laws
