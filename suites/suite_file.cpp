// Suite files: YAML to a Suite.
#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <functional>
#include <set>

#include "simulator/mapping/mapping.h"
#include "simulator/text/words.h"
#include "simulator/text/yaml_reader.h"
#include "suites/suite.h"

namespace proviso::suites {
namespace {

using simulator::in_ticks;
using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 7> suite_words{"policy", "params",   "duties", "keys",
                                                      "layout", "defaults", "cases"};
constexpr std::array<std::string_view, 8> case_words{"name",      "call",    "expect", "times",
                                                     "approvals", "columns", "rows",   "steps"};
constexpr std::array<std::string_view, 8> step_words{"call",    "expect", "times", "approvals",
                                                     "confirm", "cancel", "halt",  "resume"};
constexpr std::array<std::string_view, 6> halt_words{"everything", "tool",     "agent",
                                                     "principal",  "workflow", "reason"};
constexpr std::string_view call_prefix = "call.";
constexpr std::string_view expect_prefix = "expect.";
constexpr std::size_t most_values = 500'000;  // of all calls of a suite, as they are written
constexpr std::uint32_t most_times = 10'000;
constexpr std::size_t most_rows = 100'000;  // of all tables

class SuiteReader {
  public:
    explicit SuiteReader(const std::string& path) : yaml_(path) { suite_.path = path; }

    SuiteResult read(const std::string& text) {
        yaml_.load(text, [&](const YAML::Node& document) { read_document(document); });
        if (yaml_.errors() > 0) return {std::nullopt, yaml_.all_errors()};
        return {std::move(suite_), {}};
    }

  private:
    using Each = std::function<void(const YAML::Node&, const YAML::Node&)>;

    void read_document(const YAML::Node& document) {
        if (!document.IsDefined() || document.IsNull()) {
            return yaml_.report({}, "the suite is empty", "it needs at least one case: `cases:`");
        }
        yaml_.entries(document, "a suite",
                      [&](const YAML::Node& key, const YAML::Node& value) { part(key, value); });
        if (yaml_.errors() == 0 && suite_.cases.empty()) {
            yaml_.report(document.Mark(), "the suite has no case", "write them under `cases:`");
        }
    }

    void part(const YAML::Node& key, const YAML::Node& value) {
        const std::string& word = key.Scalar();
        if (word == "policy") {
            suite_.policy = word_of(value, "the path of the set");
            suite_.policy_mark = mark_of(value);
        } else if (word == "params") {
            read_params(value);
        } else if (word == "duties") {
            each_of(value, "`duties`", [&](const YAML::Node& one) {
                suite_.duties.push_back(word_of(one, "a duty"));
                suite_.duty_marks.push_back(mark_of(one));
            });
        } else if (word == "keys") {
            each_of(value, "`keys`", [&](const YAML::Node& one) {
                suite_.keys.push_back(word_of(one, "a person's id"));
            });
        } else if (word == "layout") {
            read_layout(value);
        } else if (word == "defaults") {
            suite_.defaults = call_of(value, "`defaults`");
        } else if (word == "cases") {
            each_of(value, "`cases`", [&](const YAML::Node& one) { read_case(one); });
        } else {
            yaml_.unknown_word(key, "part of a suite", suite_words);
        }
    }

    // ------------------------------------------------------------ small things

    std::string word_of(const YAML::Node& node, const std::string& what) {
        if (node.IsScalar() && !node.Scalar().empty()) return node.Scalar();
        yaml_.report(node.Mark(), what + " is one word or text", "");
        return {};
    }

    void each_of(const YAML::Node& node, const std::string& what,
                 const std::function<void(const YAML::Node&)>& each) {
        if (!node.IsSequence()) {
            return yaml_.report(node.Mark(), what + " is a list",
                                "write each behind a dash, or all in `[ ]`");
        }
        for (const YAML::Node& one : node) each(one);
    }

    Tree call_of(const YAML::Node& node, const std::string& what) {
        if (!node.IsMap()) {
            yaml_.report(node.Mark(), what + " is a map of the call's members",
                         "write it as `{ tool: NAME, args: { … } }`");
            return {};
        }
        return read_tree(yaml_, node, budget_).value_or(Tree{});
    }

    void read_params(const YAML::Node& node) {
        yaml_.entries(node, "`params`", [&](const YAML::Node& key, const YAML::Node& value) {
            suite_.params.emplace_back(key.Scalar(), word_of(value, "a param's value"));
        });
    }

    // ------------------------------------------------------------ the layout

    void read_layout(const YAML::Node& node) {
        const std::string word = word_of(node, "`layout`");
        if (word.empty() || word == "native") return;
        simulator::MappingResult read{simulator::receipt_mapping(), {}};
        if (word != "proviso") read = simulator::read_mapping(beside(word));
        if (!read.mapping) {
            return yaml_.report(node.Mark(), read.error,
                                "a layout is `native`, `proviso`, or a mapping file beside this "
                                "one");
        }
        simulator::LayoutResult made = simulator::make_layout(*read.mapping);
        if (!made.layout) return yaml_.report(node.Mark(), made.error, "");
        suite_.form.layout = *made.layout;
        suite_.form.is_native = false;
        suite_.form.id = place_of(*read.mapping, "id");
        suite_.form.approvals = place_of(*read.mapping, "approvals");
    }

    [[nodiscard]] std::string beside(const std::string& path) const {
        const std::filesystem::path folder = std::filesystem::path(suite_.path).parent_path();
        return (folder / path).lexically_normal().string();
    }

    /// The keys of a pointer. What Layout::make took has no other escapes than these two.
    static std::vector<std::string> place_of(const simulator::Mapping& mapping,
                                             std::string_view target) {
        std::vector<std::string> keys;
        for (const LayoutField& field : mapping.fields) {
            if (field.target != target) continue;
            for (std::size_t i = 0; i < field.pointer.size(); ++i) {
                const char c = field.pointer[i];
                if (c == '/') {
                    keys.emplace_back();
                } else if (c == '~') {
                    keys.back() += field.pointer[++i] == '0' ? '~' : '/';
                } else {
                    keys.back() += c;
                }
            }
        }
        return keys;
    }

    // ------------------------------------------------------------ cases

    /// The parts of a case or a step, by their words.
    using Part = std::pair<YAML::Node, YAML::Node>;
    using Parts = std::vector<Part>;

    Parts parts_of(const YAML::Node& node, const std::string& what, Words words) {
        Parts parts;
        yaml_.entries(node, what, [&](const YAML::Node& key, const YAML::Node& value) {
            if (!simulator::is_one_of(key.Scalar(), words)) {
                return yaml_.unknown_word(key, "part of " + what, words);
            }
            parts.emplace_back(key, value);
        });
        return parts;
    }

    static const Part* part_of(const Parts& parts, std::string_view word) {
        for (const auto& part : parts) {
            if (part.first.Scalar() == word) return &part;
        }
        return nullptr;
    }

    void read_case(const YAML::Node& node) {
        const std::size_t errors = yaml_.errors();
        const Parts parts = parts_of(node, "a case", case_words);
        if (yaml_.errors() > errors) return;
        Case one;
        one.mark = mark_of(node);
        const auto* name = part_of(parts, "name");
        if (name == nullptr) {
            return yaml_.report(node.Mark(), "the case has no name", "write `name: …` first");
        }
        one.name = word_of(name->second, "a name");
        if (!names_.insert(one.name).second) {
            return yaml_.report(name->second.Mark(), in_ticks(one.name) + " names two cases",
                                "give each a name of its own");
        }
        if (const auto* steps = part_of(parts, "steps")) {
            read_steps(parts, steps->second, std::move(one));
        } else {
            read_single(node, parts, std::move(one));
        }
    }

    void read_steps(const Parts& parts, const YAML::Node& steps, Case one) {
        for (const auto& [key, value] : parts) {
            if (key.Scalar() == "name" || key.Scalar() == "steps") continue;
            yaml_.report(key.Mark(), in_ticks(key.Scalar()) + " stands beside `steps`",
                         "write it in the step that it is for");
        }
        each_of(steps, "`steps`", [&](const YAML::Node& step) {
            const std::size_t errors = yaml_.errors();
            const Parts of_step = parts_of(step, "a step", step_words);
            if (yaml_.errors() == errors) one.steps.push_back(read_step(step, of_step));
        });
        add(std::move(one));
    }

    void read_single(const YAML::Node& node, const Parts& parts, Case one) {
        const auto* columns = part_of(parts, "columns");
        const auto* rows = part_of(parts, "rows");
        if ((columns == nullptr) != (rows == nullptr)) {
            const auto& there = columns != nullptr ? *columns : *rows;
            return yaml_.report(there.first.Mark(), "a table has both `columns` and `rows`", "");
        }
        Step step = read_step(node, parts);
        if (columns == nullptr) {
            one.steps.push_back(std::move(step));
            return add(std::move(one));
        }
        read_table(columns->second, rows->second, one, step);
    }

    /// A case that asks nothing would pass whatever is decided.
    void add(Case one) {
        const bool asks = std::any_of(one.steps.begin(), one.steps.end(),
                                      [](const Step& step) { return !step.expect.empty(); });
        if (!asks && yaml_.errors() == 0) {
            report(one.mark, "the case expects nothing", "write `expect: allow`, or more");
        }
        suite_.cases.push_back(std::move(one));
    }

    void report(const Mark& mark, const std::string& message, const std::string& help) {
        YAML::Mark at;
        at.line = mark.line - 1;
        at.column = mark.column - 1;
        yaml_.report(at, message, help);
    }

    // ------------------------------------------------------------ steps

    Step read_step(const YAML::Node& node, const Parts& parts) {
        Step step;
        step.mark = mark_of(node);
        const auto* deed = deed_of(node, parts);
        if (deed == nullptr) return step;
        if (deed->first.Scalar() == "call") {
            step.call = std::make_shared<const Tree>(call_of(deed->second, "a call"));
            for (const auto& [key, value] : parts) read_of_call(key, value, step);
        } else {
            read_deed(*deed, step);
            for (const auto& [key, value] : parts) {
                if (&key == &deed->first) continue;
                yaml_.report(
                    key.Mark(),
                    in_ticks(key.Scalar()) + " stands beside " + in_ticks(deed->first.Scalar()),
                    "it is for calls");
            }
        }
        return step;
    }

    /// The one part that says what the step does.
    const Part* deed_of(const YAML::Node& node, const Parts& parts) {
        constexpr std::array<std::string_view, 5> deeds{"call", "confirm", "cancel", "halt",
                                                        "resume"};
        const Part* found = nullptr;
        for (const auto& part : parts) {
            if (!simulator::is_one_of(part.first.Scalar(), deeds)) continue;
            if (found != nullptr) {
                yaml_.report(part.first.Mark(),
                             in_ticks(part.first.Scalar()) + " stands beside " +
                                 in_ticks(found->first.Scalar()),
                             "write a step for each");
                return nullptr;
            }
            found = &part;
        }
        if (found == nullptr) {
            yaml_.report(node.Mark(), "there is no call here", "write `call: { tool: NAME, … }`");
        }
        return found;
    }

    void read_of_call(const YAML::Node& key, const YAML::Node& value, Step& step) {
        const std::string& word = key.Scalar();
        if (word == "expect") {
            step.expect = read_expectation(yaml_, value);
        } else if (word == "times") {
            step.times = number_of(value);
        } else if (word == "approvals") {
            if (suite_.form.approvals.empty()) {
                yaml_.report(key.Mark(), "the layout has no place for approvals",
                             "give its mapping file one: `approvals: /pointer` under `call:`");
            }
            each_of(value, "`approvals`", [&](const YAML::Node& one) {
                step.approvals.push_back(call_of(one, "an approval"));
            });
        }
    }

    std::uint32_t number_of(const YAML::Node& node) {
        const std::string word = node.IsScalar() ? node.Scalar() : "";
        std::uint32_t number = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
        const bool whole = read.ec == std::errc() && read.ptr == word.data() + word.size();
        if (whole && number >= 1 && number <= most_times) return number;
        yaml_.report(node.Mark(), "`times` is a number from 1 to 10000", "");
        return 1;
    }

    void read_deed(const Part& deed, Step& step) {
        const std::string& word = deed.first.Scalar();
        if (word == "confirm" || word == "cancel") {
            step.kind = word == "confirm" ? Step::Kind::confirm : Step::Kind::cancel;
            step.id = word_of(deed.second, "the id of a call");
            return;
        }
        step.kind = word == "halt" ? Step::Kind::halt : Step::Kind::resume;
        read_scope(deed.second, word, step);
    }

    void read_scope(const YAML::Node& node, const std::string& word, Step& step) {
        if (node.IsScalar() && node.Scalar() == "everything") return;
        std::size_t scopes = 0;
        yaml_.entries(node, in_ticks(word), [&](const YAML::Node& key, const YAML::Node& value) {
            const std::string& what = key.Scalar();
            if (!simulator::is_one_of(what, halt_words)) {
                return yaml_.unknown_word(key, "part of a halt", halt_words);
            }
            const std::string name = word_of(value, in_ticks(what));
            if (what == "reason") {
                step.reason = name;
                return;
            }
            ++scopes;
            step.scope = {kind_of(what), what == "everything" ? "" : name};
        });
        if (node.IsMap() && scopes != 1) {
            yaml_.report(node.Mark(), "a halt is of one thing",
                         "write `everything`, or one of `{ tool: … }`, `{ agent: … }`, "
                         "`{ principal: … }`, `{ workflow: … }`");
        }
    }

    static HaltScope::Kind kind_of(std::string_view word) {
        if (word == "tool") return HaltScope::Kind::tool;
        if (word == "agent") return HaltScope::Kind::agent;
        if (word == "principal") return HaltScope::Kind::principal;
        return word == "workflow" ? HaltScope::Kind::workflow : HaltScope::Kind::everything;
    }

    // ------------------------------------------------------------ tables

    /// What a column is: a key of what is expected, all of it, or a path of the call.
    struct Column {
        const Asked* asked = nullptr;
        bool is_expectation = false;
        std::string path;
    };

    Column column_of(const YAML::Node& node) {
        const std::string word = word_of(node, "a column");
        if (word.starts_with(call_prefix)) {
            return {nullptr, false, word.substr(call_prefix.size())};
        }
        if (word == "expect") return {nullptr, true, {}};
        const bool prefixed = word.starts_with(expect_prefix);
        const std::string key = prefixed ? word.substr(expect_prefix.size()) : word;
        const Asked* const asked = asked_by(key);
        if (prefixed && asked == nullptr) {
            yaml_.report(node.Mark(), in_ticks(key) + " is no part of what can be expected",
                         "there is " + simulator::listed(asked_words()));
        }
        if (asked != nullptr) return {asked, false, {}};
        return {nullptr, false, word};
    }

    void read_table(const YAML::Node& columns, const YAML::Node& rows, const Case& table,
                    const Step& step) {
        std::vector<Column> of;
        each_of(columns, "`columns`", [&](const YAML::Node& one) { of.push_back(column_of(one)); });
        std::size_t number = 0;
        each_of(rows, "`rows`", [&](const YAML::Node& row) {
            Case one = table;
            one.name += " [" + std::to_string(++number) + "]";
            one.mark = mark_of(row);
            one.steps.push_back(step);
            one.steps.back().mark = one.mark;
            if (++rows_ > most_rows) return;
            if (read_row(row, of, one.steps.back())) add(std::move(one));
        });
        if (number == 0 && yaml_.errors() == 0) {
            report(table.mark, "the table has no row", "write one a line under `rows:`");
        }
        if (rows_ > most_rows) report(table.mark, "the suite has more than 100000 rows", "");
    }

    bool read_row(const YAML::Node& row, const std::vector<Column>& columns, Step& step) {
        if (!row.IsSequence() || row.size() != columns.size()) {
            yaml_.report(row.Mark(),
                         "the row has " + std::to_string(row.IsSequence() ? row.size() : 1) +
                             " values, and the table " + std::to_string(columns.size()) +
                             " columns",
                         "");
            return false;
        }
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const YAML::Node cell = row[i];
            if (columns[i].asked != nullptr) {
                read_expected(yaml_, *columns[i].asked, cell, step.expect);
            } else if (columns[i].is_expectation) {
                step.expect = read_expectation(yaml_, cell);
            } else if (auto value = read_tree(yaml_, cell, budget_)) {
                step.cells.push_back({columns[i].path, std::move(*value)});
            }
        }
        return true;
    }

    Suite suite_;
    simulator::YamlReader yaml_;
    std::size_t budget_ = most_values;
    std::size_t rows_ = 0;
    std::set<std::string> names_;
};

}  // namespace

SuiteResult parse_suite(const std::string& text, const std::string& path) {
    return SuiteReader(path).read(text);
}

SuiteResult read_suite(const std::string& path) {
    const simulator::YamlText file = simulator::read_yaml_file(path, "the suite");
    if (!file.text) return {std::nullopt, file.error};
    return parse_suite(*file.text, path);
}

}  // namespace proviso::suites
