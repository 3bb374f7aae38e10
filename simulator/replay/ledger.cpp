#include "simulator/replay/ledger.h"

#include <algorithm>
#include <tuple>

namespace proviso::simulator {
namespace {

void add_facts(FactCounts& counts, const FactCounts& other) {
    counts.reads += other.reads;
    counts.absent += other.absent;
    counts.decisive += other.decisive;
}

}  // namespace

FactTally::FactTally(const observed::FactReads& reads)
    : reads_(&reads),
      places_(reads.by_place.size()) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        places_[i].absent.resize(reads.by_place[i].size());
        places_[i].decisive.resize(reads.by_place[i].size());
    }
}

bool FactTally::read(const Session& session, Lack& into) const {
    into.absent.clear();
    const auto at = reads_->place_of(session);
    if (!at) return false;
    into.place = *at;
    const std::vector<std::uint32_t>& facts = reads_->by_place[*at];
    for (std::uint32_t i = 0; i < facts.size(); ++i) {
        if (!observed::is_known(session, reads_->facts[facts[i]])) into.absent.push_back(i);
    }
    return true;
}

void FactTally::add(const Lack& lack, std::uint64_t calls) {
    Place& place = places_[lack.place];
    place.calls += calls;
    for (const std::uint32_t fact : lack.absent) place.absent[fact] += calls;
}

void FactTally::add_decisive(const Session& session, const std::vector<Missing>& missing) {
    const auto at = reads_->place_of(session);
    if (!at) return;
    for (const Missing& one : missing) add_decisive(*at, one.name);
}

void FactTally::add_decisive(std::size_t place, std::string_view name) {
    const std::vector<std::uint32_t>& facts = reads_->by_place[place];
    const auto found = std::find_if(facts.begin(), facts.end(), [&](std::uint32_t fact) {
        return reads_->facts[fact].name == name;
    });
    if (found != facts.end()) {
        ++places_[place].decisive[static_cast<std::size_t>(found - facts.begin())];
    } else {
        ++others_[{std::string{name}, reads_->tool_of(place)}];
    }
}

void FactTally::merge(const FactTally& other) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        Place& mine = places_[i];
        const Place& theirs = other.places_[i];
        mine.calls += theirs.calls;
        for (std::size_t j = 0; j < mine.absent.size(); ++j) {
            mine.absent[j] += theirs.absent[j];
            mine.decisive[j] += theirs.decisive[j];
        }
    }
    for (const auto& [name, calls] : other.others_) others_[name] += calls;
}

std::vector<FactRow> FactTally::rows() const {
    std::map<std::string, std::map<std::string, FactCounts>> by_name;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Place& place = places_[i];
        if (place.calls == 0) continue;
        for (std::size_t j = 0; j < place.absent.size(); ++j) {
            const std::string& name = reads_->facts[reads_->by_place[i][j]].name;
            add_facts(by_name[name][reads_->tool_of(i)],
                      {place.calls, place.absent[j], place.decisive[j]});
        }
    }
    for (const auto& [key, calls] : others_) {
        add_facts(by_name[key.first][key.second], {0, 0, calls});
    }
    std::vector<FactRow> rows;
    for (auto& [name, tools] : by_name) {
        FactRow& row = rows.emplace_back(FactRow{name, {}, {tools.begin(), tools.end()}});
        for (const auto& [tool, counts] : tools) add_facts(row.counts, counts);
        std::stable_sort(row.tools.begin(), row.tools.end(), [](const auto& a, const auto& b) {
            return std::tie(b.second.decisive, b.second.absent) <
                   std::tie(a.second.decisive, a.second.absent);
        });
    }
    std::stable_sort(rows.begin(), rows.end(), [](const FactRow& a, const FactRow& b) {
        return std::tie(b.counts.decisive, b.counts.absent) <
               std::tie(a.counts.decisive, a.counts.absent);
    });
    return rows;
}

}  // namespace proviso::simulator
