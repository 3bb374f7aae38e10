// The ledger of facts: how often the history lacks what the rules of a tool read, and how often
// that decided. A value that is missing where the outcome is the same whatever it is does not count
// as unknown.
// Covered by tests/unit/simulator/ledger_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/observed.h"
#include "simulator/report/report.h"

namespace proviso::simulator {

class FactTally {
  public:
    /// `reads` outlives it.
    explicit FactTally(const observed::FactReads& reads);

    /// What rules read of one tool and stage, and which of it calls lack.
    struct Lack {
        std::size_t place = 0;              ///< FactReads::place_of
        std::vector<std::uint32_t> absent;  ///< of what is read there
    };
    /// Of the last call of the session; false where its form is wrong.
    [[nodiscard]] bool read(const Session& session, Lack& into) const;
    /// So many calls.
    void add(const Lack& lack, std::uint64_t calls);
    /// The same call: missing data decided, and this was missing.
    void add_decisive(const Session& session, const std::vector<Missing>& missing);
    void merge(const FactTally& other);
    [[nodiscard]] std::vector<FactRow> rows() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [reads, places, others] = it;
        visit(places, others);
    }

  private:
    struct Place {
        std::uint64_t calls = 0;
        std::vector<std::uint64_t> absent;  // as FactReads::by_place
        std::vector<std::uint64_t> decisive;
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [calls, absent, decisive] = it;
            visit(calls, absent, decisive);
        }
    };
    void add_decisive(std::size_t place, std::string_view name);

    const observed::FactReads* reads_;
    std::vector<Place> places_;
    /// What is missing under a name that no single value has, by name and tool.
    std::map<std::pair<std::string, std::string>, std::uint64_t> others_;
};

}  // namespace proviso::simulator
