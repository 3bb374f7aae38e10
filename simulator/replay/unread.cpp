#include "simulator/replay/unread.h"

#include <algorithm>
#include <array>

#include "engine/set_names.h"
#include "simulator/history/digest.h"
#include "simulator/mapping/mapped_fields.h"
#include "simulator/mapping/mapping_places.h"
#include "simulator/text/words.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t most_name_bytes = 80;
constexpr std::size_t most_remembered = 4096;
constexpr std::uint64_t looked_into_bytes = std::uint64_t{1} << 20;
constexpr std::uint64_t one_in = 64;
/// Shorter names are near too many others to be told beside what a log has of its own.
constexpr std::size_t shortest_misspelt = 5;

/// Members of the engine's own form.
constexpr std::array<std::string_view, 7> whole_members{"tool",    "stage",     "id",  "time",
                                                        "unknown", "approvals", "args"};
/// What receipts have beside them (docs/receipts.md).
constexpr std::array<std::string_view, 12> of_receipts{
    "format",    "intent",      "recorded", "inputs",   "assumptions", "result",
    "exception", "final_state", "reviewer", "rollback", "versions",    "previous"};
/// What of these is read, of members that may have more.
constexpr std::array<std::string_view, 7> of_recorded{
    "outcome", "verdict", "approvals", "escalated", "reason", "rules", "policy"};
constexpr std::array<std::string_view, 1> of_result{"status"};
constexpr std::string_view facts_prefix = "facts.";
constexpr std::array<std::string_view, 3> parties{"principal", "agent", "workflow"};

}  // namespace

UnreadFinder::UnreadFinder(const Policy& policy) {
    take_names(policy);
    add_native();
    nodes_[0].kind = Node::Kind::closed;
}

UnreadFinder::UnreadFinder(const Policy& policy, const Mapping& mapping) {
    take_names(policy);
    if (mapping.path.empty()) {
        add_native();
        nodes_[0].kind = Node::Kind::near_only;
        return;
    }
    if (!mapping.adapter) {
        for (const MappedPlace& one : mapped_places(mapping)) {
            auto place = place_of(one.place, PlaceBase::call);
            watched_.push_back({one.pointer.empty(), std::move(place.value().steps)});
        }
        met_.resize(watched_.size());
    }
    for (const LayoutField& field : mapping.fields) {
        std::uint32_t at = 0;
        std::string_view rest = field.pointer;
        while (!rest.empty()) {
            rest.remove_prefix(1);
            const std::size_t slash = rest.find('/');
            at = child(at, rest.substr(0, slash));
            rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
        }
        if (at != 0) add_target(at, field.target);
    }
}

void UnreadFinder::take_names(const Policy& policy) {
    engine::SetNames names = engine::names_of_set(policy);
    attributes_ = std::move(names.declared);
    parts_ = std::move(names.attributes);
    facts_ = std::move(names.facts);
    nodes_.emplace_back();
}

void UnreadFinder::add_native() {
    for (const std::string_view name : whole_members)
        nodes_[child(0, name)].kind = Node::Kind::whole;
    for (const std::string_view name : of_receipts) nodes_[child(0, name)].kind = Node::Kind::whole;
    for (const std::string_view name : {"undoing", "signature"}) {
        nodes_[child(0, name)].kind = Node::Kind::whole;
    }
    add_read_of("recorded", of_recorded);
    add_read_of("result", of_result);
    for (const std::string_view name : parties) add_party(child(0, name), name);
    add_target(child(0, "attributes"), "attributes");
    add_target(child(0, "facts"), "facts");
    add_names(0, attributes_, "");
}

/// An object of receipts in which a member is told that is nearly one of those that are read.
void UnreadFinder::add_read_of(std::string_view object, std::span<const std::string_view> read) {
    const std::uint32_t node = close(child(0, object), std::string(object) + '.');
    nodes_[node].kind = Node::Kind::near_only;
    for (const std::string_view name : read) nodes_[child(node, name)].kind = Node::Kind::whole;
}

std::uint32_t UnreadFinder::child(std::uint32_t node, std::string_view name) {
    const auto found = nodes_[node].children.find(name);
    if (found != nodes_[node].children.end()) return found->second;
    const auto made = static_cast<std::uint32_t>(nodes_.size());
    nodes_[node].children.emplace(name, made);
    nodes_.emplace_back();
    return made;
}

/// Below `node`; the objects on the way have no other members than declared ones.
std::uint32_t UnreadFinder::at_path(std::uint32_t node, std::string_view path) {
    for (std::string label = nodes_[node].label;;) {
        const std::size_t dot = path.find('.');
        node = child(node, path.substr(0, dot));
        if (dot == std::string_view::npos) return node;
        label.append(path.substr(0, dot + 1));
        if (nodes_[node].kind == Node::Kind::open) close(node, label);
        path.remove_prefix(dot + 1);
    }
}

std::uint32_t UnreadFinder::close(std::uint32_t node, std::string label) {
    nodes_[node].kind = Node::Kind::closed;
    nodes_[node].label = std::move(label);
    return node;
}

void UnreadFinder::add_names(std::uint32_t node, const std::vector<std::string>& names,
                             std::string_view prefix) {
    for (const std::string& name : names) {
        if (!name.starts_with(prefix) || name.size() == prefix.size()) continue;
        nodes_[at_path(node, std::string_view(name).substr(prefix.size()))].kind =
            Node::Kind::whole;
    }
}

void UnreadFinder::add_party(std::uint32_t node, std::string_view party) {
    const std::string prefix = std::string(party) + '.';
    close(node, prefix);
    add_names(node, parts_, prefix);
    if (party == "workflow") return;
    for (const std::string_view name : {"id", "roles"}) {
        nodes_[child(node, name)].kind = Node::Kind::whole;
    }
}

void UnreadFinder::add_facts(std::uint32_t node) {
    close(node, "facts.");
    for (const std::string& name : facts_) {
        if (name.find('.') == std::string::npos) add_thing(child(node, name), name);
    }
}

void UnreadFinder::add_thing(std::uint32_t node, const std::string& thing) {
    close(node, "facts." + thing + '.');
    nodes_[child(node, "key")].kind = Node::Kind::whole;
    const std::string prefix = thing + '.';
    const std::uint32_t values = close(child(node, "values"), prefix);
    add_names(values, facts_, prefix);
}

/// What a mapping takes as an object; all else is a value.
void UnreadFinder::add_target(std::uint32_t node, std::string_view target) {
    const auto is_party = std::find(parties.begin(), parties.end(), target) != parties.end();
    if (target == "attributes") {
        add_names(close(node, ""), attributes_, "");
    } else if (is_party) {
        add_party(node, target);
    } else if (target == "facts") {
        add_facts(node);
    } else if (target.starts_with(facts_prefix)) {
        add_fact(node, target.substr(facts_prefix.size()));
    } else {
        nodes_[node].kind = Node::Kind::whole;
    }
}

/// `target`: "service" or "service.values"; else a value, as "service.key".
void UnreadFinder::add_fact(std::uint32_t node, std::string_view target) {
    const std::size_t dot = target.find('.');
    if (dot == std::string_view::npos) return add_thing(node, std::string(target));
    nodes_[node].kind = Node::Kind::whole;
    if (target.substr(dot + 1) != "values") return;
    const std::string prefix(target.substr(0, dot + 1));
    add_names(close(node, prefix), facts_, prefix);
}

// ---------------------------------------------------------------- a document

void UnreadFinder::find(std::string_view document, const Tell& tell) {
    if (!outline_.read(document).empty()) return;
    look_for_places(false);
    told_ = 0;
    if (outline_.node(0).kind == JsonNode::Kind::object) look_into(0, 0, tell);
}

void UnreadFinder::find_filtered(std::string_view line) {
    if (outline_.read(line).empty()) look_for_places(true);
}

void UnreadFinder::look_for_places(bool of_filters) {
    for (std::size_t i = 0; i < watched_.size(); ++i) {
        if (met_[i] != 0 || (of_filters && !watched_[i].is_filter)) continue;
        std::optional<std::uint32_t> at = 0;
        for (const PlaceStep& step : watched_[i].steps) {
            const bool is_object = outline_.node(*at).kind == JsonNode::Kind::object;
            at = is_object ? outline_.member(*at, step.name).node : std::nullopt;
            if (!at) break;
        }
        if (at) met_[i] = 1;
    }
}

void merge(PlacesMet& met, const PlacesMet& other) {
    met.resize(std::max(met.size(), other.size()));
    for (std::size_t i = 0; i < other.size(); ++i) met[i] |= other[i];
}

/// By its name, or by a dotted path; of a path that leads nowhere `node` and `name` become the last
/// object on it and the rest.
const std::uint32_t* UnreadFinder::lookup(std::uint32_t& node, std::string_view& name) const {
    while (true) {
        const auto& children = nodes_[node].children;
        const auto whole = children.find(name);
        if (whole != children.end()) return &whole->second;
        const std::size_t dot = name.find('.');
        if (dot == std::string_view::npos) return nullptr;
        const auto front = children.find(name.substr(0, dot));
        const bool is_object =
            front != children.end() && nodes_[front->second].kind == Node::Kind::closed;
        if (!is_object) return nullptr;
        node = front->second;
        name.remove_prefix(dot + 1);
    }
}

void UnreadFinder::look_into(std::uint32_t object, std::uint32_t node, const Tell& tell) {
    const std::uint32_t end = outline_.node(object).next;
    for (std::uint32_t at = object + 1; at < end; at = outline_.node(at).next) {
        std::string_view name = outline_.raw_name(at);
        if (name.size() < 2 || name.find('\\') != std::string_view::npos) continue;
        name = name.substr(1, name.size() - 2);
        std::uint32_t within = node;
        const std::uint32_t* const below = lookup(within, name);
        if (below == nullptr) {
            miss(within, name, tell);
        } else if (nodes_[*below].kind != Node::Kind::whole &&
                   outline_.node(at).kind == JsonNode::Kind::object) {
            look_into(at, *below, tell);
        }
    }
}

void UnreadFinder::miss(std::uint32_t node, std::string_view name, const Tell& tell) {
    const Node::Kind kind = nodes_[node].kind;
    if (kind == Node::Kind::open || told_ >= most_told) return;
    const std::string shown = cut_text(name, most_name_bytes);
    if (near_.size() >= most_remembered) near_.clear();
    const auto [at, fresh] = near_.try_emplace({node, shown});
    if (fresh) at->second = near_of(node, shown);
    if (kind == Node::Kind::near_only && at->second.empty()) return;
    ++told_;
    tell(nodes_[node].label + shown, at->second);
}

std::string UnreadFinder::near_of(std::uint32_t node, const std::string& name) const {
    std::vector<std::string> known;
    collect(node, "", known);
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string near(nearest(name, views));
    const bool is_like = nodes_[node].kind != Node::Kind::near_only ||
                         (name.size() >= shortest_misspelt && near.starts_with(name.front()));
    return near.empty() || !is_like ? "" : nodes_[node].label + near;
}

/// Whatever may stand below it, by its path from there.
void UnreadFinder::collect(std::uint32_t node, const std::string& front,
                           std::vector<std::string>& to) const {
    for (const auto& [name, below] : nodes_[node].children) {
        const std::string path = front + name;
        to.push_back(path);
        const Node& next = nodes_[below];
        if (next.label == nodes_[node].label + name + '.') collect(below, path + '.', to);
    }
}

// ---------------------------------------------------------------- a replay

void UnreadTally::add(std::string_view name, std::string_view near, std::string_view tool) {
    Row* const row = rows_.find({std::string(name), cut_text(tool, most_name_bytes)});
    if (row == nullptr) return rows_.count_beyond(1);
    ++row->count;
    row->near = near;
}

void UnreadTally::merge(const UnreadTally& other) {
    looked_at_ += other.looked_at_;
    rows_.merge(other.rows_);
}

UnreadReport UnreadTally::report() const {
    UnreadReport report;
    report.looked_at = looked_at_;
    report.beyond = rows_.beyond();
    for (const auto& [key, row] : rows_.rows()) {
        const auto& [name, tool] = key;
        if (report.members.empty() || report.members.back().name != name) {
            report.members.push_back({name, row.near, 0, {}});
        }
        report.members.back().calls += row.count;
        report.members.back().tools.emplace_back(tool, row.count);
    }
    for (UnreadRow& row : report.members) {
        std::stable_sort(row.tools.begin(), row.tools.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
    }
    std::stable_sort(report.members.begin(), report.members.end(),
                     [](const UnreadRow& a, const UnreadRow& b) { return a.calls > b.calls; });
    return report;
}

bool is_looked_into(std::uint64_t place) noexcept {
    return place < looked_into_bytes || spread(place) % one_in == 0;
}

}  // namespace proviso::simulator
