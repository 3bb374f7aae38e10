// How much of a set calls have shown: which rules, cells, steps and grants took part, and which
// conditions were seen true and seen false.
//
// A `Coverage` gathers calls of one policy on one thread; `report_of` tells what they come to, and
// `merge` puts reports together: also those of policies that differ in their params alone, since
// rows go by where they stand in the sources. docs/testing.md says what counts.
// Covered by tests/unit/engine/coverage_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "proviso/engine.h"

namespace proviso::engine {

/// Bytes of a source, and where they begin; line and column count from 1.
struct SourcePlace {
    std::uint32_t source = 0;  // into CoverageReport::sources
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// What takes part, or grants.
struct CoveredPart {
    enum class Kind : std::uint8_t { rule, cell, limit_step, fallback, grant };
    Kind kind = Kind::rule;
    std::string name;  ///< "large_refund", "by_tier[operational, dev]"; of a grant its role
    Outcome effect = Outcome::allow;
    SourcePlace place;
    std::uint64_t took_part = 0;  ///< surely; of a rule on trial, reported
    std::uint64_t unsure = 0;     ///< may have taken part
    std::uint64_t decided = 0;    ///< the outcome was its own
    [[nodiscard]] bool covered() const noexcept { return took_part > 0; }
};

/// A `when`, `unless` or `where`, or a condition within one.
struct CoveredCondition {
    std::string text;  ///< as written
    SourcePlace place;
    std::uint64_t yes = 0;
    std::uint64_t no = 0;
    std::uint64_t unknown = 0;
};

/// How many of how many.
struct Share {
    std::size_t covered = 0;
    std::size_t total = 0;
    Share& operator+=(const Share& other) noexcept;
    /// In hundredths of a percent, rounded down: 10'000 only where nothing is left. Of nothing all.
    [[nodiscard]] std::uint32_t hundredths() const noexcept;
};

struct CoverageReport {
    struct Source {
        std::string name;
        std::string text;
    };
    std::vector<Source> sources;
    std::vector<CoveredPart> parts;            ///< by place
    std::vector<CoveredCondition> conditions;  ///< by place, the outer before the inner one

    [[nodiscard]] Share of(CoveredPart::Kind kind) const noexcept;
    /// Each condition counts twice: seen true, and seen false.
    [[nodiscard]] Share of_conditions() const noexcept;
    [[nodiscard]] Share all() const noexcept;
};

class Coverage {
  public:
    explicit Coverage(PolicyPtr policy);
    ~Coverage();
    Coverage(Coverage&&) noexcept;
    Coverage& operator=(Coverage&&) noexcept;
    Coverage(const Coverage&) = delete;
    Coverage& operator=(const Coverage&) = delete;

    /// The last call that the session decided, by the policy.
    void add(Session& session);
    /// The examples of the set, each with a fresh store and all duties; returns how many there are.
    /// A set that was loaded as compiled has none any more.
    std::size_t add_examples();
    void merge(const Coverage& other);

    [[nodiscard]] CoverageReport report() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// `other` is of the same sources.
void merge(CoverageReport& report, const CoverageReport& other);

}  // namespace proviso::engine
