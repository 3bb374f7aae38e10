#include "simulator/gate/gate_file.h"

#include <array>
#include <limits>

#include "simulator/mapping/mapping_words.h"
#include "simulator/report/counts.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"

namespace proviso::simulator {
namespace {

constexpr std::array<std::string_view, 11> gate_keys{"min_calls",
                                                     "max_newly_allowed",
                                                     "max_newly_blocked",
                                                     "max_looser",
                                                     "max_tighter",
                                                     "max_unknown",
                                                     "min_fidelity",
                                                     "max_decisive_unknown",
                                                     "max_approvals_per_week",
                                                     "max_late_share",
                                                     "expect"};
constexpr std::array<std::string_view, 4> pin_keys{"call", "outcome", "rule", "min_hits"};

constexpr std::size_t share_decimals = 4;  // a millionth is 0.0001 %

std::optional<std::uint64_t> whole_number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::uint64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        if (number > (std::numeric_limits<std::uint64_t>::max() - 9) / 10) return std::nullopt;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

/// "99.5 %", "0%": at most 100, at most four decimals.
std::optional<Share> share(std::string_view text) {
    if (!text.ends_with('%')) return std::nullopt;
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const std::size_t point = text.find('.');
    const auto whole = whole_number(text.substr(0, point));
    std::uint64_t millionths = 0;
    if (point != std::string_view::npos) {
        std::string decimals{text.substr(point + 1)};
        if (decimals.empty() || decimals.size() > share_decimals) return std::nullopt;
        decimals.resize(share_decimals, '0');
        const auto number = whole_number(decimals);
        if (!number) return std::nullopt;
        millionths = *number;
    }
    if (!whole || *whole > 100) return std::nullopt;
    millionths += *whole * 10'000;
    if (millionths > whole_share) return std::nullopt;
    return Share{static_cast<std::uint32_t>(millionths)};
}

class Reader {
  public:
    explicit Reader(const std::string& name) : yaml_(name) {}

    GateFile read(const std::string& text) {
        yaml_.load(text, [&](const YAML::Node& document) { read_document(document); });
        if (yaml_.errors() > 0) return {std::nullopt, yaml_.all_errors()};
        return {std::move(gate_), {}};
    }

  private:
    void read_document(const YAML::Node& document) {
        // An empty file is a gate too: nothing that could not go ahead may go ahead now.
        if (!document.IsDefined() || document.IsNull()) return;
        yaml_.entries(document, "a gate", [&](const YAML::Node& key, const YAML::Node& value) {
            read_bound(key, value);
        });
    }

    void read_bound(const YAML::Node& key, const YAML::Node& value) {
        const std::string& word = key.Scalar();
        if (word == "min_calls") return read_count(value, gate_.min_calls);
        if (word == "max_newly_allowed") return read_count(value, gate_.max_newly_allowed);
        if (word == "max_newly_blocked") return read_count(value, gate_.max_newly_blocked);
        if (word == "max_looser") return read_count(value, gate_.max_looser);
        if (word == "max_tighter") return read_count(value, gate_.max_tighter);
        if (word == "max_unknown") return read_share(value, gate_.max_unknown);
        if (word == "max_decisive_unknown") {
            return read_share(value, gate_.max_decisive_unknown);
        }
        if (word == "max_approvals_per_week") return read_approvals(value);
        if (word == "max_late_share") return read_share(value, gate_.max_late_share);
        if (word == "min_fidelity") return read_share(value, gate_.min_fidelity);
        if (word == "expect") return read_pins(value);
        yaml_.unknown_word(key, "bound of a gate", gate_keys);
    }

    /// One number for each role, or a map of roles to theirs.
    void read_approvals(const YAML::Node& value) {
        if (!value.IsMap()) return read_count(value, gate_.max_approvals_per_week);
        yaml_.entries(value, "`max_approvals_per_week`",
                      [&](const YAML::Node& role, const YAML::Node& most) {
                          RoleBound bound{role.Scalar(), 0};
                          read_count(most, bound.most);
                          gate_.max_approvals_of.push_back(std::move(bound));
                      });
    }

    template <typename Number>
    void read_count(const YAML::Node& value, Number& count) {
        const auto number =
            value.IsScalar() ? whole_number(value.Scalar()) : std::optional<std::uint64_t>{};
        if (number) {
            count = *number;
        } else {
            yaml_.report(value.Mark(), "a count is a whole number, 0 or more", "");
        }
    }

    void read_share(const YAML::Node& value, std::optional<Share>& into) {
        into = value.IsScalar() ? share(value.Scalar()) : std::nullopt;
        if (into) return;
        yaml_.report(value.Mark(), "a share is written in per cent, with at most four decimals",
                     "write `99.5 %`");
    }

    void read_pins(const YAML::Node& value) {
        if (!value.IsSequence()) {
            yaml_.report(value.Mark(), "`expect` is a list",
                         "write `- {call: call-0007, outcome: gate}`");
            return;
        }
        for (const YAML::Node& one : value) read_pin(one);
    }

    void read_pin(const YAML::Node& node) {
        const std::size_t errors_before = yaml_.errors();
        yaml_.entries(node, "an expectation", [&](const YAML::Node& key, const YAML::Node& value) {
            if (!is_one_of(key.Scalar(), pin_keys)) {
                yaml_.unknown_word(key, "part of an expectation", pin_keys);
            } else if (!value.IsScalar()) {
                yaml_.report(value.Mark(), in_ticks(key.Scalar()) + " is a word", "");
            }
        });
        if (yaml_.errors() != errors_before) return;
        const bool call = node["call"].IsDefined() && node["outcome"].IsDefined();
        const bool rule = node["rule"].IsDefined() && !node["outcome"].IsDefined();
        if (call && !rule && !node["min_hits"].IsDefined()) return pin_call(node);
        if (rule && !node["call"].IsDefined()) return pin_rule(node);
        yaml_.report(
            node.Mark(), "an expectation is of a `call` and its `outcome`, or of a `rule`",
            "write `{call: call-0007, outcome: gate}` or `{rule: new_payee, min_hits: 1}`");
    }

    void pin_call(const YAML::Node& node) {
        const auto outcome = outcome_of(node["outcome"].Scalar());
        if (!outcome) return yaml_.unknown_word(node["outcome"], "outcome", outcome_words());
        const std::string& id = node["call"].Scalar();
        for (const PinnedCall& other : gate_.calls) {
            if (other.id != id) continue;
            return yaml_.report(node.Mark(), in_ticks(id) + " is expected twice", "");
        }
        gate_.calls.push_back({id, *outcome});
    }

    void pin_rule(const YAML::Node& node) {
        PinnedRule pin{node["rule"].Scalar(), 1};
        if (node["min_hits"].IsDefined()) read_count(node["min_hits"], pin.min_hits);
        gate_.rules.push_back(std::move(pin));
    }

    YamlReader yaml_;
    GateBounds gate_;
};

}  // namespace

GateFile parse_gate(const std::string& text, const std::string& name) {
    return Reader{name}.read(text);
}

GateFile read_gate(const std::string& path) {
    YamlText read = read_yaml_file(path, "the gate file");
    if (!read.text) return {std::nullopt, std::move(read.error)};
    return parse_gate(*read.text, path);
}

}  // namespace proviso::simulator
