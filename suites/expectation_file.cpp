// `expect` of a suite file. Words that are none are mistakes, with what was meant.
#include <algorithm>

#include "simulator/mapping/mapping.h"
#include "simulator/mapping/mapping_words.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"
#include "suites/expectation.h"

namespace proviso::suites {
namespace {

using simulator::in_ticks;

constexpr std::array<std::string_view, 18> words_of_asked{
    "outcome",          "reason",    "best",    "repeat", "detail",      "rules",
    "trials",           "missing",   "gates",   "open",   "roles",       "granted_by",
    "undeclared_roles", "uncounted", "because", "fix",    "obligations", "totals"};
constexpr std::array all_asked{Asked::outcome,
                               Asked::reason,
                               Asked::best,
                               Asked::repeat,
                               Asked::detail,
                               Asked::rules,
                               Asked::trials,
                               Asked::missing,
                               Asked::gates,
                               Asked::open,
                               Asked::roles,
                               Asked::granted_by,
                               Asked::undeclared_roles,
                               Asked::uncounted,
                               Asked::because,
                               Asked::fix,
                               Asked::obligations,
                               Asked::totals};
static_assert(words_of_asked.size() == all_asked.size());

constexpr std::array<std::string_view, 13> reason_words{
    "allowed",      "default",      "rule",         "limit",
    "no_grant",     "missing_data", "invalid_args", "invalid_stage",
    "unknown_tool", "id_reuse",     "rejected",     "unsupported_obligation",
    "halted"};
constexpr std::array<std::string_view, 2> truths{"true", "false"};
constexpr std::array<std::string_view, 2> part_words{"has", "not"};

class ExpectationReader {
  public:
    explicit ExpectationReader(simulator::YamlReader& yaml) : yaml_(yaml) {}

    void read(Asked asked, const YAML::Node& node, Expectation& into) {
        std::erase_if(into, [&](const Expected& one) { return one.asked == asked; });
        if (node.IsNull()) return;
        Expected expected;
        expected.asked = asked;
        expected.mark = mark_of(node);
        fill(node, expected);
        into.push_back(std::move(expected));
    }

  private:
    void fill(const YAML::Node& node, Expected& expected) {
        switch (expected.asked) {
            case Asked::outcome:
            case Asked::best: return word(node, expected, "outcome", simulator::outcome_words());
            case Asked::reason: return word(node, expected, "reason", reason_words);
            case Asked::repeat: return word(node, expected, "answer to `repeat`", truths);
            case Asked::detail: return text(node, expected);
            case Asked::because:
            case Asked::fix:
            case Asked::rules:
            case Asked::trials:
            case Asked::missing:
            case Asked::gates:
            case Asked::open:
            case Asked::roles:
            case Asked::granted_by:
            case Asked::undeclared_roles:
            case Asked::uncounted: return names(node, expected);
            case Asked::obligations:
            case Asked::totals:
                return node.IsMap() && !is_part(node) ? values(node, expected)
                                                      : names(node, expected);
        }
    }

    [[nodiscard]] bool is_word(const YAML::Node& node, const std::string& what) {
        if (node.IsScalar()) return true;
        yaml_.report(node.Mark(), what + " is one word or text", "");
        return false;
    }

    void word(const YAML::Node& node, Expected& expected, std::string_view what,
              std::span<const std::string_view> known) {
        if (!is_word(node, in_ticks(name(expected.asked)))) return;
        if (!simulator::is_one_of(node.Scalar(), known)) {
            return yaml_.unknown_word(node, what, known);
        }
        expected.word = node.Scalar();
    }

    void text(const YAML::Node& node, Expected& expected) {
        if (is_word(node, in_ticks(name(expected.asked)))) expected.word = node.Scalar();
    }

    static bool is_part(const YAML::Node& node) {
        return std::all_of(node.begin(), node.end(), [](const auto& entry) {
            return entry.first.IsScalar() && simulator::is_one_of(entry.first.Scalar(), part_words);
        });
    }

    /// A list, or one name. One text of several is expected to be among them.
    void names(const YAML::Node& node, Expected& expected) {
        expected.shape = Expected::Shape::exact;
        if (node.IsMap()) return part(node, expected);
        list(node, expected.names, expected.asked);
        const bool is_text = expected.asked == Asked::because || expected.asked == Asked::fix;
        if (is_text && node.IsScalar()) expected.shape = Expected::Shape::part;
    }

    void part(const YAML::Node& node, Expected& expected) {
        expected.shape = Expected::Shape::part;
        yaml_.entries(node, in_ticks(name(expected.asked)),
                      [&](const YAML::Node& key, const YAML::Node& value) {
                          if (!simulator::is_one_of(key.Scalar(), part_words)) {
                              return yaml_.unknown_word(key, "part of a list", part_words);
                          }
                          const bool has = key.Scalar() == "has";
                          list(value, has ? expected.names : expected.without, expected.asked);
                      });
        if (expected.names.empty() && expected.without.empty()) {
            yaml_.report(node.Mark(), "this asks nothing",
                         "write `[]` for none at all, or names behind `has` and `not`");
        }
    }

    void list(const YAML::Node& node, std::vector<std::string>& into, Asked asked) {
        if (node.IsScalar()) return into.push_back(node.Scalar());
        if (!node.IsSequence()) {
            return yaml_.report(node.Mark(), in_ticks(name(asked)) + " is a list of names",
                                "write `[a, b]`, or `[]` for none");
        }
        for (const YAML::Node& one : node) {
            if (is_word(one, "a name")) into.push_back(one.Scalar());
        }
    }

    void values(const YAML::Node& node, Expected& expected) {
        expected.shape = Expected::Shape::values;
        const bool totals = expected.asked == Asked::totals;
        yaml_.entries(node, in_ticks(name(expected.asked)),
                      [&](const YAML::Node& key, const YAML::Node& value) {
                          NamedTexts& one = expected.values.emplace_back();
                          one.name = key.Scalar();
                          if (!totals) return arguments(value, one);
                          if (is_word(value, "a total")) one.texts.emplace_back("", value.Scalar());
                      });
    }

    void arguments(const YAML::Node& node, NamedTexts& into) {
        if (node.IsNull()) return;
        yaml_.entries(node, "what an obligation is done with",
                      [&](const YAML::Node& key, const YAML::Node& value) {
                          if (!is_word(value, "an argument")) return;
                          into.texts.emplace_back(key.Scalar(), value.Scalar());
                      });
    }

    simulator::YamlReader& yaml_;
};

}  // namespace

std::string_view name(Asked asked) noexcept {
    return words_of_asked[static_cast<std::size_t>(asked)];
}

std::span<const std::string_view> asked_words() {
    return words_of_asked;
}

const Asked* asked_by(std::string_view word) {
    const auto* const at = std::find(words_of_asked.begin(), words_of_asked.end(), word);
    if (at == words_of_asked.end()) return nullptr;
    return &all_asked[static_cast<std::size_t>(at - words_of_asked.begin())];
}

void read_expected(simulator::YamlReader& yaml, Asked asked, const YAML::Node& node,
                   Expectation& into) {
    ExpectationReader(yaml).read(asked, node, into);
}

Expectation read_expectation(simulator::YamlReader& yaml, const YAML::Node& node) {
    Expectation expectation;
    if (node.IsScalar()) {
        read_expected(yaml, Asked::outcome, node, expectation);
        return expectation;
    }
    yaml.entries(node, "what is expected", [&](const YAML::Node& key, const YAML::Node& value) {
        const Asked* const asked = asked_by(key.Scalar());
        if (asked == nullptr) {
            return yaml.unknown_word(key, "part of what can be expected", asked_words());
        }
        read_expected(yaml, *asked, value, expectation);
    });
    return expectation;
}

}  // namespace proviso::suites
