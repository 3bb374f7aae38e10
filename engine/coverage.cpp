#include "engine/coverage.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/asked_roles.h"
#include "engine/decide/observe.h"
#include "engine/examples.h"
#include "engine/last_call.h"
#include "engine/policy_impl.h"

namespace proviso::engine {

namespace {

using bytecode::Place;

/// What sorts rows and tells them apart: outer before inner.
auto order(const SourcePlace& place) {
    return std::tuple(place.source, place.begin, ~place.end);
}

class Reporter {
  public:
    Reporter(const Policy& policy, const decide::Seen& seen)
        : program_(policy.impl().image->program()),
          lines_(policy.impl().lines),
          grants_(policy.impl().grant_tools),
          seen_(seen) {
        for (const bytecode::Limit& limit : program_.limits) limits_.insert(limit.first_rule);
    }

    CoverageReport report() {
        for (const bytecode::Source& one : program_.sources) {
            result_.sources.push_back({one.name, one.text});
        }
        add_rules();
        add_grants();
        add_conditions();
        std::stable_sort(result_.parts.begin(), result_.parts.end(),
                         [](const CoveredPart& a, const CoveredPart& b) {
                             return order(a.place) < order(b.place);
                         });
        return std::move(result_);
    }

  private:
    [[nodiscard]] SourcePlace place_of(const Place& place) const {
        const auto at = lines_.position(place);
        return {place.source, place.begin, place.end, at.line, at.column};
    }

    static bool is_written(const Place& place) { return place.begin < place.end; }

    static CoveredPart::Kind kind_of(bytecode::RuleKind kind) {
        switch (kind) {
            case bytecode::RuleKind::rule: return CoveredPart::Kind::rule;
            case bytecode::RuleKind::matrix_cell:
            case bytecode::RuleKind::default_cell: return CoveredPart::Kind::cell;
            case bytecode::RuleKind::default_outcome: return CoveredPart::Kind::fallback;
            case bytecode::RuleKind::limit_step: return CoveredPart::Kind::limit_step;
        }
        return CoveredPart::Kind::rule;
    }

    void add_rules() {
        for (std::uint32_t i = 0; i < program_.rules.size(); ++i) {
            const bytecode::Rule& rule = program_.rules[i];
            const bool is_rule = rule.kind == bytecode::RuleKind::rule;
            // A limit's own row is what it cannot count, a default that nobody wrote the
            // language's.
            if (!is_written(rule.place) || limits_.contains(i)) continue;
            const decide::SeenRule& seen = seen_.rules[i];
            CoveredPart part;
            part.kind = kind_of(rule.kind);
            part.name = rule.name;
            part.effect = static_cast<Outcome>(rule.effect);
            part.place = place_of(is_rule ? rule.name_place : rule.place);
            part.took_part = seen.sure + seen.trial;
            part.unsure = seen.unsure;
            part.decided = seen.decided;
            result_.parts.push_back(std::move(part));
        }
    }

    void add_grants() {
        for (std::uint32_t i = 0; i < program_.grants.size(); ++i) {
            const bytecode::Grant& grant = program_.grants[i];
            if (!is_written(grant.place)) continue;
            CoveredPart part;
            part.kind = CoveredPart::Kind::grant;
            part.name = program_.roles[grant.role].name;
            part.place = place_of(grant.place);
            part.took_part = seen_.grants[i];
            result_.parts.push_back(std::move(part));
        }
    }

    /// A condition that several rules read by its `let` stands in one place, and is one row. What
    /// authority has asked already is true of every call, and none.
    void add_conditions() {
        std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, CoveredCondition> rows;
        std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> open;
        const std::vector<bool> asked = nodes_that_authority_asks(program_, lines_, grants_);
        for (std::uint32_t i = 0; i < program_.explain_nodes.size(); ++i) {
            const bytecode::ExplainNode& node = program_.explain_nodes[i];
            if (!is_written(node.place) || !decide::is_condition(program_, node)) continue;
            const SourcePlace place = place_of(node.place);
            if (!asked[i]) open.insert(order(place));
            CoveredCondition& row = rows[order(place)];
            row.place = place;
            row.text = lines_.text(node.place);
            row.yes += seen_.conditions[i].yes;
            row.no += seen_.conditions[i].no;
            row.unknown += seen_.conditions[i].unknown;
        }
        for (auto& [at, row] : rows) {
            if (open.contains(at)) result_.conditions.push_back(std::move(row));
        }
    }

    const bytecode::Program& program_;
    const decide::LineIndex& lines_;
    const decide::GrantTools& grants_;
    const decide::Seen& seen_;
    std::set<std::uint32_t> limits_;  // their first rows
    CoverageReport result_;
};

void add_to(CoveredPart& into, const CoveredPart& other) {
    into.took_part += other.took_part;
    into.unsure += other.unsure;
    into.decided += other.decided;
}

void add_to(CoveredCondition& into, const CoveredCondition& other) {
    into.yes += other.yes;
    into.no += other.no;
    into.unknown += other.unknown;
}

auto key_of(const CoveredPart& part) {
    return std::tuple(order(part.place), part.kind, part.name);
}

auto key_of(const CoveredCondition& condition) {
    return order(condition.place);
}

template <class Row>
void merge_rows(std::vector<Row>& into, const std::vector<Row>& other) {
    std::map<decltype(key_of(std::declval<const Row&>())), Row> rows;
    for (const std::vector<Row>* from : {&std::as_const(into), &other}) {
        for (const Row& row : *from) {
            const auto [at, fresh] = rows.try_emplace(key_of(row), row);
            if (!fresh) add_to(at->second, row);
        }
    }
    into.clear();
    for (auto& [key, row] : rows) into.push_back(std::move(row));
}

}  // namespace

struct Coverage::Impl {
    explicit Impl(PolicyPtr of) : policy(std::move(of)), seen(policy->impl().image->program()) {}

    PolicyPtr policy;
    decide::Seen seen;
};

Coverage::Coverage(PolicyPtr policy) : impl_(std::make_unique<Impl>(std::move(policy))) {}
Coverage::~Coverage() = default;
Coverage::Coverage(Coverage&&) noexcept = default;
Coverage& Coverage::operator=(Coverage&&) noexcept = default;

void Coverage::add(Session& session) {
    observe_last_call(session, impl_->policy->impl().grant_tools, impl_->seen);
}

std::size_t Coverage::add_examples() {
    const EngineOptions options = all_duties(impl_->policy);
    const Layout layout = Layout::native();
    for (const std::string& document : impl_->policy->impl().examples) {
        const Engine engine(impl_->policy, options);
        Session session(engine);
        session.decide(layout, document);
        add(session);
    }
    return impl_->policy->impl().examples.size();
}

void Coverage::merge(const Coverage& other) {
    decide::Seen& seen = impl_->seen;
    const decide::Seen& more = other.impl_->seen;
    for (std::size_t i = 0; i < seen.rules.size(); ++i) {
        seen.rules[i].sure += more.rules[i].sure;
        seen.rules[i].unsure += more.rules[i].unsure;
        seen.rules[i].decided += more.rules[i].decided;
        seen.rules[i].trial += more.rules[i].trial;
    }
    for (std::size_t i = 0; i < seen.grants.size(); ++i) seen.grants[i] += more.grants[i];
    for (std::size_t i = 0; i < seen.conditions.size(); ++i) {
        seen.conditions[i].yes += more.conditions[i].yes;
        seen.conditions[i].no += more.conditions[i].no;
        seen.conditions[i].unknown += more.conditions[i].unknown;
    }
}

CoverageReport Coverage::report() const {
    return Reporter(*impl_->policy, impl_->seen).report();
}

Share& Share::operator+=(const Share& other) noexcept {
    covered += other.covered;
    total += other.total;
    return *this;
}

std::uint32_t Share::hundredths() const noexcept {
    constexpr std::size_t whole = 10'000;
    return static_cast<std::uint32_t>(total == 0 ? whole : covered * whole / total);
}

Share CoverageReport::of(CoveredPart::Kind kind) const noexcept {
    Share share;
    for (const CoveredPart& part : parts) {
        if (part.kind != kind) continue;
        share += {part.covered() ? std::size_t{1} : 0, 1};
    }
    return share;
}

Share CoverageReport::of_conditions() const noexcept {
    Share share;
    for (const CoveredCondition& one : conditions) {
        share += {(one.yes > 0 ? std::size_t{1} : 0) + (one.no > 0 ? 1 : 0), 2};
    }
    return share;
}

Share CoverageReport::all() const noexcept {
    Share share = of_conditions();
    for (const CoveredPart& part : parts) share += {part.covered() ? std::size_t{1} : 0, 1};
    return share;
}

void merge(CoverageReport& report, const CoverageReport& other) {
    merge_rows(report.parts, other.parts);
    merge_rows(report.conditions, other.conditions);
}

}  // namespace proviso::engine
