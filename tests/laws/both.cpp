// See both.h.
#include "tests/laws/both.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <limits>

#include <fmt/format.h>

#include "engine/check/checker.h"
#include "tests/laws/vocabulary.h"

namespace proviso::laws {

namespace {

std::string text_of(reference::Outcome outcome) {
    return std::string(name(static_cast<Outcome>(outcome)));
}
std::string text_of(const std::string& text) {
    return text;
}
std::string text_of(bool truth) {
    return truth ? "yes" : "no";
}
std::string text_of(std::int64_t number) {
    return std::to_string(number);
}
std::string text_of(const reference::Part& part) {
    return fmt::format("{} {} ({}{}) {} {} s", text_of(part.effect), part.name, part.kind,
                       part.sure ? "" : ", not sure", part.role, part.within_seconds);
}
std::string text_of(const reference::Duty& duty) {
    return duty.name + " for " + duty.rule;
}
template <class... Parts>
std::string text_of(const std::tuple<Parts...>& parts) {
    return std::apply([](const auto&... each) { return ((text_of(each) + " ") + ...); }, parts);
}

template <class Items>
void compare_items(std::string& out, const char* what, const Items& product,
                   const Items& expected) {
    if (product == expected) return;
    Items lacking = expected;
    for (const auto& item : product) {
        const auto found = lacking.find(item);
        if (found != lacking.end()) {
            lacking.erase(found);
        } else {
            out += fmt::format("  {}: only the product has {}\n", what, text_of(item));
        }
    }
    for (const auto& item : lacking) {
        out += fmt::format("  {}: only the reference has {}\n", what, text_of(item));
    }
}

template <class Item>
void compare_one(std::string& out, const char* what, const Item& product, const Item& expected) {
    if (product == expected) return;
    out += fmt::format("  {}: {} by the product, {} by the reference\n", what, text_of(product),
                       text_of(expected));
}

/// What members of a quantifier lack is "missing" outside; of a sum it is what comes first.
bool is_told_otherwise(const std::string& name, const std::string& cause) {
    const bool truth = name.starts_with("any(") || name.starts_with("all(");
    const bool value = name.starts_with("count(") || name.starts_with("sum(");
    return value || (truth && cause == "missing");
}

bool has_name(const reference::MissingSet& missing, const std::string& name) {
    return std::any_of(missing.begin(), missing.end(),
                       [&](const auto& one) { return one.first == name; });
}

/// Of the lowest int beside a decimal the product names the test, the reference the int.
bool names_reader(const reference::Missing& product, const reference::Missing& expected) {
    return product.second == "currency mismatch" && expected.second == "overflow" &&
           product.first.find(expected.first) != std::string::npos;
}

bool any_pair(const reference::MissingSet& product, const reference::MissingSet& expected,
              const std::string& name) {
    for (const auto& one : product) {
        for (const auto& other : expected) {
            const bool about = one.first == name || other.first == name;
            if (about && names_reader(one, other)) return true;
        }
    }
    return false;
}

/// The product tells one cause of each name, the reference all.
void compare_missing(std::string& out, const reference::MissingSet& product,
                     const reference::MissingSet& expected) {
    std::set<std::string> names;
    for (const auto& [name, cause] : product) {
        names.insert(name);
        if (expected.contains({name, cause})) continue;
        if (is_told_otherwise(name, cause) && has_name(expected, name)) continue;
        if (any_pair(product, expected, name)) continue;
        out += fmt::format("  missing: only the product has {} ({})\n", name, cause);
    }
    for (const auto& [name, cause] : expected) {
        if (names.contains(name) || any_pair(product, expected, name)) continue;
        out += fmt::format("  missing: only the reference has {} ({})\n", name, cause);
    }
}

std::multiset<reference::Part> parts_of(const std::vector<Match>& matches) {
    std::multiset<reference::Part> parts;
    for (const Match& match : matches) {
        parts.insert({match.name, match.kind, static_cast<reference::Outcome>(match.effect),
                      match.sure, match.who, match.within_seconds});
    }
    return parts;
}

}  // namespace

CompileOptions given_data(CompileOptions options) {
    for (const DataShape& shape : data_shapes()) {
        options.data_files.push_back({shape.file, shape.text});
    }
    return options;
}

std::unique_ptr<Compiled> compile_both(std::vector<SourceText> sources,
                                       const CompileOptions& asked) {
    const CompileOptions options = given_data(asked);
    if (const char* path = std::getenv("PROVISO_LAW_TRACE")) {
        std::ofstream(path) << to_paste(sources, {}, "");
    }
    auto result = std::make_unique<Compiled>();
    result->sources = sources;
    result->product = compile_sources(sources, options);
    grammar::DiagnosticSink sink;
    engine::parse_sources(std::move(sources), options.limits, result->parsed, sink,
                          options.data_files);
    result->checked = check::check(result->parsed.sources, result->parsed.files, {options.params},
                                   options.limits, sink);
    return result;
}

reference::Decision in_reference_words(const Decision& decision) {
    reference::Decision result;
    result.outcome = static_cast<reference::Outcome>(decision.outcome);
    result.best_case = static_cast<reference::Outcome>(decision.best_case);
    result.reason = name(decision.reason);
    result.base = parts_of(decision.base);
    result.restrictions = parts_of(decision.restrictions);
    result.trials = parts_of(decision.trials);
    for (const Missing& one : decision.missing) result.missing.insert({one.name, one.cause});
    for (const Gate& gate : decision.gates) {
        const std::string& who = gate.approval.empty() ? gate.role : gate.approval;
        gate.open ? (void)result.open_gates.insert(gate.rule)
                  : (void)result.gates.insert({gate.rule, who});
    }
    for (const LimitTotal& one : decision.totals) {
        result.totals.insert({one.limit, one.before, one.after});
    }
    result.repeat = decision.repeat;
    result.rejected_by = decision.rejected_by;
    for (const Review& one : decision.reviews) {
        result.reviews.insert({one.rule, one.role, one.within_seconds});
    }
    for (const Duty& duty : decision.obligations) {
        reference::Duty one{duty.name, duty.rule, {}};
        for (const auto& [key, value] : duty.arguments) one.arguments.push_back(key);
        result.obligations.insert(one);
    }
    result.undeclared_roles = {decision.undeclared_roles.begin(), decision.undeclared_roles.end()};
    result.granted_by = {decision.granted_by.begin(), decision.granted_by.end()};
    return result;
}

std::string difference(const reference::Decision& product, const reference::Decision& expected) {
    std::string out;
    compare_one(out, "outcome", product.outcome, expected.outcome);
    compare_one(out, "best case", product.best_case, expected.best_case);
    compare_one(out, "reason", product.reason, expected.reason);
    compare_items(out, "base", product.base, expected.base);
    compare_items(out, "restrictions", product.restrictions, expected.restrictions);
    compare_items(out, "trials", product.trials, expected.trials);
    compare_missing(out, product.missing, expected.missing);
    compare_items(out, "gates", product.gates, expected.gates);
    compare_items(out, "open gates", product.open_gates, expected.open_gates);
    compare_items(out, "totals", product.totals, expected.totals);
    compare_one(out, "repeat", product.repeat, expected.repeat);
    compare_one(out, "rejected by", product.rejected_by, expected.rejected_by);
    compare_items(out, "reviews", product.reviews, expected.reviews);
    compare_items(out, "obligations", product.obligations, expected.obligations);
    compare_items(out, "undeclared roles", product.undeclared_roles, expected.undeclared_roles);
    compare_items(out, "granted by", product.granted_by, expected.granted_by);
    return out;
}

std::string difference(const Decision& product, reference::Inputs inputs,
                       const reference::Json& call, std::size_t* near_budget) {
    std::size_t near = 0;
    inputs.near_budget = &near;
    const reference::Decision said = in_reference_words(product);
    std::string found = difference(said, reference::decide(inputs, call));
    if (near == 0) return found;
    if (near_budget != nullptr) ++*near_budget;
    inputs.limits.elements_visited = std::numeric_limits<std::size_t>::max();
    const reference::Decision roomy = reference::decide(inputs, call);
    return said.outcome >= roomy.outcome ? "" : "looser than without the budget\n" + found;
}

std::string to_paste(const std::vector<SourceText>& sources, const std::vector<std::string>& duties,
                     const std::string& call) {
    std::string text;
    std::string options;
    for (const SourceText& source : sources) {
        text += fmt::format("mkdir -p set; cat >set/{} <<'END'\n{}END\n", source.name, source.text);
    }
    for (const DataShape& shape : data_shapes()) {
        const bool read = text.find("from \"" + shape.file + "\"") != std::string::npos;
        if (read) text += fmt::format("printf '%s' '{}' >set/{}\n", shape.text, shape.file);
    }
    for (const std::string& duty : duties) options += " --duty " + duty;
    return text + fmt::format(
                      "cat >call.json <<'END'\n{}\nEND\nproviso decide --policy set "
                      "--receipt call.json{}\n",
                      call, options);
}

}  // namespace proviso::laws
