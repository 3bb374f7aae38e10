#include "engine/rule_changes.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "engine/set_words.h"

namespace proviso {
namespace {

using engine::SetWords;
using engine::Words;
using Names = std::set<std::string, std::less<>>;

/// Of two sets: the names whose words differ, by themselves.
Names differing_names(const SetWords& before, const SetWords& after) {
    Names names;
    for (const auto& [name, words] : before.named) {
        const auto other = after.named.find(name);
        if (other == after.named.end() || other->second.text != words.text) names.insert(name);
    }
    for (const auto& [name, words] : after.named) {
        if (!before.named.contains(name)) names.insert(name);
    }
    return names;
}

/// What a statement names, in turn too.
void reach(const SetWords& set, const Words& words, Names& reached) {
    std::vector<const Words*> open{&words};
    while (!open.empty()) {
        const Words& one = *open.back();
        open.pop_back();
        for (const std::string& name : one.names) {
            const auto found = set.named.find(name);
            if (found == set.named.end() || !reached.insert(name).second) continue;
            open.push_back(&found->second);
        }
    }
}

/// Unique in a set.
using RuleKey = std::pair<std::string_view, std::string_view>;

std::map<RuleKey, std::uint32_t> index_of(const Policy& policy) {
    std::map<RuleKey, std::uint32_t> index;
    for (std::uint32_t i = 0; i < policy.rules().size(); ++i) {
        index.emplace(RuleKey{policy.rules()[i].kind, policy.rules()[i].name}, i);
    }
    return index;
}

std::vector<std::string> through(const SetWords& before, const Words& was, const SetWords& after,
                                 const Words& is, const Names& differing) {
    Names reached;
    reach(before, was, reached);
    Names later;
    reach(after, is, later);
    reached.merge(later);
    std::vector<std::string> names;
    for (const std::string& name : reached) {
        if (differing.contains(name)) names.push_back(name);
    }
    return names;
}

std::vector<RuleChange> rule_changes(const Policy& before, const SetWords& was, const Policy& after,
                                     const SetWords& is) {
    const Names differing = differing_names(was, is);
    const auto earlier = index_of(before);
    const auto later = index_of(after);
    std::vector<RuleChange> changes;
    for (const auto& [key, i] : later) {
        const auto found = earlier.find(key);
        if (found == earlier.end()) {
            changes.push_back({Difference::added, std::nullopt, i, {}});
            continue;
        }
        const std::uint32_t j = found->second;
        std::vector<std::string> names = through(was, was.rules[j], is, is.rules[i], differing);
        if (names.empty() && was.rules[j].text == is.rules[i].text) continue;
        changes.push_back({Difference::differs, j, i, std::move(names)});
    }
    for (const auto& [key, j] : earlier) {
        if (!later.contains(key)) changes.push_back({Difference::removed, j, std::nullopt, {}});
    }
    return changes;
}

bool says_who(std::string_view what) {
    constexpr std::array<std::string_view, 5> kinds{"approval", "authority", "bind", "data",
                                                    "role"};
    return std::find(kinds.begin(), kinds.end(), what.substr(0, what.find(' '))) != kinds.end();
}

/// Those of `of` that are not of `others`.
std::vector<std::string> without(const std::set<std::string>& of,
                                 const std::set<std::string>& others) {
    std::vector<std::string> rest;
    std::set_difference(of.begin(), of.end(), others.begin(), others.end(),
                        std::back_inserter(rest));
    return rest;
}

std::vector<StatementChange> statement_changes(const SetWords& before, const SetWords& after) {
    std::map<std::string, StatementChange> changes;
    for (const auto& [what, one] : before.others) {
        const auto found = after.others.find(what);
        if (found == after.others.end()) {
            changes[what] = {Difference::removed,    what, one.file, one.line, false, {},
                             without(one.people, {})};
        } else if (found->second.words.text != one.words.text) {
            changes[what] = {Difference::differs,
                             what,
                             found->second.file,
                             found->second.line,
                             false,
                             without(found->second.people, one.people),
                             without(one.people, found->second.people)};
        }
    }
    for (const auto& [what, one] : after.others) {
        if (!before.others.contains(what)) {
            changes[what] = {Difference::added,       what, one.file, one.line, false,
                             without(one.people, {}), {}};
        }
    }
    std::vector<StatementChange> list;
    list.reserve(changes.size());
    for (auto& [what, change] : changes) {
        change.says_who = says_who(what);
        list.push_back(std::move(change));
    }
    std::stable_partition(list.begin(), list.end(),
                          [](const StatementChange& one) { return one.says_who; });
    return list;
}

}  // namespace

SetChanges changes_between(const Policy& before, const Policy& after) {
    if (before.hash() == after.hash()) return {};
    const SetWords was = engine::words_of(before);
    const SetWords is = engine::words_of(after);
    return {rule_changes(before, was, after, is), statement_changes(was, is)};
}

}  // namespace proviso
