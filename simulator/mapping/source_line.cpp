#include "simulator/mapping/source_line.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "simulator/mapping/mapping_places.h"

namespace proviso::simulator {
namespace {

/// The element of a list that a number names.
SourceValue element(SourceValue list, std::string_view number) {
    std::uint32_t left = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), left);
    if (error != std::errc{} || end != number.data() + number.size()) return {};
    const JsonNode& whole = list.outline->node(list.node);
    std::uint32_t at = list.node + 1;
    while (at < whole.next && left > 0) {
        at = list.outline->node(at).next;
        --left;
    }
    return at < whole.next ? SourceValue{list.outline, at} : SourceValue{};
}

bool is_null(SourceValue value) {
    return value.outline->is_null(value.node);
}

}  // namespace

std::string SourceLine::read(std::string_view text) {
    texts_.clear();
    read_.clear();
    walked_.clear();
    masked_.clear();
    const std::string_view why = outline_.read(text);
    if (!why.empty()) return "the line is no JSON: " + std::string{why};
    const JsonNode::Kind kind = outline_.node(0).kind;
    const bool holds = kind == JsonNode::Kind::object || kind == JsonNode::Kind::list;
    return holds ? "" : "the line is no JSON object";
}

std::vector<SourceValue> SourceLine::roots() const {
    if (outline_.node(0).kind != JsonNode::Kind::list) return {{&outline_, 0}};
    std::vector<SourceValue> roots;
    for (std::uint32_t at = 1; at < outline_.node(0).next; at = outline_.node(at).next) {
        roots.push_back({&outline_, at});
    }
    return roots;
}

std::vector<SourceItem> SourceLine::items(SourceValue root, const std::vector<Place>& each,
                                          std::size_t most, std::string& why) {
    if (each.empty()) return {{root, nullptr, {}}};
    std::vector<SourceItem> found;
    for (const Place& place : each) expand({root, &place, {}}, 0, most, found, why);
    // Of several places, too, in the order of the text; texts within texts have no common order.
    std::stable_sort(found.begin(), found.end(), [](const SourceItem& a, const SourceItem& b) {
        return a.value.outline == b.value.outline && a.value.node < b.value.node;
    });
    return found;
}

void SourceLine::expand(SourceItem item, std::size_t at, std::size_t most,
                        std::vector<SourceItem>& found, std::string& why) {
    if (!item.value || !why.empty() || found.size() > most) return;
    const std::vector<PlaceStep>& steps = item.each->steps;
    if (at == steps.size()) return found.push_back(std::move(item));
    const auto go = [&](SourceValue value) {
        SourceItem next = item;
        next.value = value;
        next.on_the_way.push_back(value);
        expand(std::move(next), at + 1, most, found, why);
    };
    if (!steps[at].each) return go(step(item.value, steps[at], why));
    if (item.value.kind() != JsonNode::Kind::list) return;
    const JsonOutline& outline = *item.value.outline;
    const std::uint32_t end = outline.node(item.value.node).next;
    for (std::uint32_t node = item.value.node + 1; node < end; node = outline.node(node).next) {
        go(read_as({&outline, node}, steps[at].reading, why));
    }
}

SourceValue SourceLine::find(const Place& place, SourceValue root, const SourceItem& item,
                             std::string& why) {
    if (place.base != PlaceBase::line) return walk(item.value, place, 0, why);
    const auto [at, from] = shared(place, root, item);
    const auto [known, is_new] = walked_.try_emplace({&place, Node{from.outline, from.node}});
    Walked& walked = known->second;
    if (is_new) walked.value = walk(from, place, at, walked.why);
    if (!walked.why.empty()) why = walked.why;
    return walked.value;
}

std::pair<std::size_t, SourceValue> SourceLine::shared(const Place& place, SourceValue root,
                                                       const SourceItem& item) {
    std::size_t at = 0;
    SourceValue value = root;
    if (item.each == nullptr) return {at, value};
    const std::vector<PlaceStep>& way = item.each->steps;
    for (; at < way.size() && at < place.steps.size(); ++at) {
        const PlaceStep& next = place.steps[at];
        if (way[at].each != next.each || way[at].name != next.name) break;
        value = item.on_the_way[at];
    }
    return {at, value};
}

SourceValue SourceLine::walk(SourceValue from, const Place& place, std::size_t at,
                             std::string& why) {
    for (; at < place.steps.size() && from && why.empty(); ++at) {
        // A `*` that the way to the call has not: another place of `each`.
        from = place.steps[at].each ? SourceValue{} : step(from, place.steps[at], why);
    }
    return from && why.empty() && !is_null(from) && !is_masked(from) ? from : SourceValue{};
}

std::string SourceLine::mask(const Place& place, SourceValue root) {
    std::string why;
    const SourceValue list = walk(root, place, 0, why);
    if (!why.empty()) return why;
    if (!list) return {};
    std::string error = "`" + place.text + "` is no list of JSON pointers";
    if (list.kind() != JsonNode::Kind::list) return error;
    const std::uint32_t end = list.outline->node(list.node).next;
    for (std::uint32_t at = list.node + 1; at < end; at = list.outline->node(at).next) {
        const auto text = unescaped(list.outline->raw(at));
        const auto pointer = text ? place_of(*text, PlaceBase::call) : std::nullopt;
        if (!pointer) return error;
        const SourceValue found = walk(root, *pointer, 0, why);
        if (found && found.outline == &outline_) {
            // None within another one: what is in it is masked with it.
            const std::uint32_t behind = outline_.node(found.node).next;
            masked_.erase(masked_.lower_bound(found.node), masked_.lower_bound(behind));
            masked_.insert(found.node);
        }
        if (!why.empty()) return why;
    }
    return {};
}

/// Itself, or what it is in.
bool SourceLine::is_masked(SourceValue value) const {
    if (value.outline != &outline_) return false;
    const auto behind = masked_.upper_bound(value.node);
    return behind != masked_.begin() && value.node < outline_.node(*std::prev(behind)).next;
}

std::string SourceLine::text_of(SourceValue value) const {
    if (value.outline != &outline_) return std::string{value.raw()};
    const auto first = masked_.lower_bound(value.node);
    if (first == masked_.end() || *first >= outline_.node(value.node).next) {
        return std::string{value.raw()};
    }
    std::string out;
    append_unmasked(out, value.node);
    return out;
}

/// No deeper than the outline is.
void SourceLine::append_unmasked(std::string& out, std::uint32_t node) const {
    const JsonNode& whole = outline_.node(node);
    const bool is_object = whole.kind == JsonNode::Kind::object;
    if (!is_object && whole.kind != JsonNode::Kind::list) {
        out += outline_.raw(node);
        return;
    }
    const std::size_t begin = out.size();
    out += is_object ? '{' : '[';
    for (std::uint32_t at = node + 1; at < whole.next; at = outline_.node(at).next) {
        const bool gone = masked_.contains(at);
        if (gone && is_object) continue;
        if (out.size() > begin + 1) out += ',';
        if (is_object) {
            out += outline_.raw_name(at);
            out += ':';
        }
        if (gone) {
            out += "null";
        } else {
            append_unmasked(out, at);
        }
    }
    out += is_object ? '}' : ']';
}

SourceValue SourceLine::step(SourceValue from, const PlaceStep& step, std::string& why) {
    if (!from) return {};
    if (from.kind() == JsonNode::Kind::list) {
        return read_as(element(from, step.name), step.reading, why);
    }
    const JsonOutline::Found found = from.outline->member(from.node, step.name);
    if (found.twice) {
        why = "`" + step.name + "` is there twice";
        return {};
    }
    if (!found.node) return {};
    return read_as({from.outline, *found.node}, step.reading, why);
}

SourceValue SourceLine::read_as(SourceValue value, Reading reading, std::string& why) {
    if (reading == Reading::plain || !value) return value;
    const auto kind = reading == Reading::json ? JsonNode::Kind::string : JsonNode::Kind::list;
    if (value.kind() != kind) return value;
    const auto [known, is_new] = read_.try_emplace({Node{value.outline, value.node}, reading});
    Walked& read = known->second;
    if (is_new) {
        auto text = reading == Reading::json ? unescaped(value.raw())
                                             : object_of_key_values(value, read.why);
        if (!text && read.why.empty()) read.why = "a text is not valid";
        if (text) read.value = keep(std::move(*text), read.why);
    }
    if (!read.why.empty()) why = read.why;
    return read.value;
}

SourceValue SourceLine::keep(std::string text, std::string& why) {
    // Between values only: within a text a line end is no JSON, and the outline says so first.
    Text& kept = texts_.emplace_back();
    kept.text = std::move(text);
    const std::string_view error = kept.outline.read(kept.text);
    if (!error.empty()) {
        why = "a text that should hold JSON does not: " + std::string{error};
        return {};
    }
    std::replace(kept.text.begin(), kept.text.end(), '\n', ' ');
    std::replace(kept.text.begin(), kept.text.end(), '\r', ' ');
    return {&kept.outline, 0};
}

}  // namespace proviso::simulator
