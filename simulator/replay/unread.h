// Members of a call's document that nothing reads: `vendor.hodl`, `enviroment`.
//
// Binding passes over what no declaration knows, and so it must: a log has more in it than a set
// has attributes, and what is not known only tightens. But a misspelt name is a fact that never
// arrives. Here a document is gone through once more, beside the engine, by the names of the set:
// for `decide` and `explain` each call, in a replay the first ones and a part of the rest. Covered
// by tests/unit/simulator/unread_test.cpp and tests/cli/unread_test.py.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/figures/smallest_keys.h"
#include "simulator/mapping/mapping.h"
#include "simulator/report/report.h"
#include "simulator/text/json_outline.h"
#include <proviso/policy.h>

namespace proviso::simulator {

/// By number of the place.
using PlacesMet = std::vector<std::uint8_t>;
void merge(PlacesMet& met, const PlacesMet& other);

/// Not thread-safe.
class UnreadFinder {
  public:
    /// Of the host's document. All that it holds is for the engine, or a receipt's.
    explicit UnreadFinder(const Policy& policy);
    /// Of a mapping's lines: what stands in the objects that it takes whole. Of a line's own
    /// members (those of receipts alone) what looks like a misspelt one.
    UnreadFinder(const Policy& policy, const Mapping& mapping);

    /// `name` as a set names attributes and facts, cut; `near` is declared, or empty where nothing
    /// is near. At most `most_told` a document.
    using Tell = std::function<void(std::string_view name, std::string_view near)>;
    void find(std::string_view document, const Tell& tell);

    static constexpr std::size_t most_told = 16;

    /// Of `mapped_places`: which led to something in the documents of calls so far. None where a
    /// mapping takes lines apart first.
    [[nodiscard]] const PlacesMet& places_met() const noexcept { return met_; }
    /// A line that filters left out: whether it has what they look at.
    void find_filtered(std::string_view line);

  private:
    void look_for_places(bool of_filters);
    struct Node {
        enum class Kind : std::uint8_t {
            whole,      // a value: nobody looks into it
            closed,     // an object all of whose members are declared
            near_only,  // an object with other members as well
            open,       // on the way to something
        };
        Kind kind = Kind::open;
        std::string label;  // before the names of members: "principal."
        std::map<std::string, std::uint32_t, std::less<>> children;
    };

    std::uint32_t child(std::uint32_t node, std::string_view name);
    std::uint32_t at_path(std::uint32_t node, std::string_view path);
    std::uint32_t close(std::uint32_t node, std::string label);
    void take_names(const Policy& policy);
    void add_native();
    void add_read_of(std::string_view object, std::span<const std::string_view> read);
    void add_names(std::uint32_t node, const std::vector<std::string>& names,
                   std::string_view prefix);
    void add_party(std::uint32_t node, std::string_view party);
    void add_facts(std::uint32_t node);
    void add_fact(std::uint32_t node, std::string_view target);
    void add_thing(std::uint32_t node, const std::string& thing);
    void add_target(std::uint32_t node, std::string_view target);
    [[nodiscard]] const std::uint32_t* lookup(std::uint32_t& node, std::string_view& name) const;
    void look_into(std::uint32_t object, std::uint32_t node, const Tell& tell);
    void miss(std::uint32_t node, std::string_view name, const Tell& tell);
    [[nodiscard]] std::string near_of(std::uint32_t node, const std::string& name) const;
    void collect(std::uint32_t node, const std::string& front, std::vector<std::string>& to) const;

    std::vector<std::string> attributes_;  // declared ones, sorted
    std::vector<std::string> parts_;       // of the call, with built-in paths
    std::vector<std::string> facts_;
    std::vector<Node> nodes_;
    JsonOutline outline_;
    std::size_t told_ = 0;
    std::map<std::pair<std::uint32_t, std::string>, std::string> near_;  // by node and name
    struct Watched {
        bool is_filter = false;
        std::vector<PlaceStep> steps;
    };
    std::vector<Watched> watched_;  // by place
    PlacesMet met_;
};

/// What a replay has met, by name and tool. Sums, so that no order and no number of threads shows.
class UnreadTally {
  public:
    void add_call() { ++looked_at_; }
    void add(std::string_view name, std::string_view near, std::string_view tool);
    void merge(const UnreadTally& other);
    [[nodiscard]] UnreadReport report() const;
    /// For a checkpoint; see engine/model/archive.h.
    template <class It, class Visit>
    static void each_field(It& it, Visit&& visit) {
        auto& [looked_at, rows] = it;
        visit(looked_at, rows);
    }

    static constexpr std::size_t most_rows = 256;

  private:
    struct Row {
        std::uint64_t count = 0;
        std::string near;
        [[nodiscard]] std::uint64_t calls() const { return count; }
        void merge(const Row& other) {
            count += other.count;
            near = other.near;
        }
        template <class It, class Visit>
        static void each_field(It& it, Visit&& visit) {
            auto& [count, near] = it;
            visit(count, near);
        }
    };
    std::uint64_t looked_at_ = 0;
    SmallestKeys<std::pair<std::string, std::string>, Row> rows_{most_rows};
};

/// Whether a replay looks into the document of this line: all that begin in the first MiB of a
/// file, of the others one in 64.
[[nodiscard]] bool is_looked_into(std::uint64_t place) noexcept;

}  // namespace proviso::simulator
