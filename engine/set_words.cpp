#include "engine/set_words.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "engine/model/type.h"
#include "engine/policy_impl.h"
#include "grammar/format_tokens.h"
#include "grammar/parser.h"

namespace proviso::engine {
namespace {

namespace ast = grammar::ast;
namespace formatting = grammar::formatting;
using bytecode::Place;
using bytecode::Program;

/// A source that has parsed; one that has not is no rule text: a list of tools.
struct Parsed {
    ast::File file;
    formatting::Tokens tokens;
};

class WordReader {
  public:
    explicit WordReader(const Policy& policy)
        : policy_(policy),
          program_(policy.impl().image->program()) {
        for (const bytecode::Source& source : program_.sources) {
            parse(sources_.add(source.name, source.text));
        }
    }

    SetWords read() {
        SetWords set;
        for (const bytecode::Rule& rule : program_.rules) set.rules.push_back(words(rule.place));
        for (const bytecode::Matrix& matrix : program_.matrices) add_cells(set, matrix);
        for (const bytecode::Limit& limit : program_.limits) add_steps(set, limit);
        for (std::size_t i = 0; i < parsed_.size(); ++i) {
            if (parsed_[i]) {
                add_statements(set, *parsed_[i]);
            } else {
                add_list(set, program_.sources[i]);
            }
        }
        add_values(set);
        return set;
    }

  private:
    void parse(grammar::SourceId source) {
        grammar::DiagnosticSink sink;
        ast::File file = grammar::parse(sources_, source, Limits{}, sink);
        std::optional<Parsed>& parsed = parsed_.emplace_back();
        if (sink.has_errors()) return;
        formatting::Tokens tokens = formatting::tokenize(sources_.file(source).text, file);
        parsed.emplace(Parsed{std::move(file), std::move(tokens)});
    }

    static void add_names(Words& words, std::string_view word) {
        for (;;) {
            words.names.emplace(word);
            const std::size_t dot = word.rfind('.');
            if (dot == std::string_view::npos) return;
            word = word.substr(0, dot);
        }
    }

    /// What stands in [begin, end) of a source, but for what `holes`, in order, take out.
    [[nodiscard]] Words words(Place place, const std::vector<Place>& holes = {}) const {
        Words words;
        if (place.begin >= place.end) return words;
        if (!parsed_[place.source]) {
            words.text =
                program_.sources[place.source].text.substr(place.begin, place.end - place.begin);
            return words;
        }
        const formatting::Tokens& tokens = parsed_[place.source]->tokens;
        auto hole = holes.begin();
        for (std::size_t i = tokens.index_at(place.begin); i + 1 < tokens.size(); ++i) {
            const formatting::Token& token = tokens[i];
            if (token.begin >= place.end) break;
            while (hole != holes.end() && hole->end <= token.begin) ++hole;
            if (hole != holes.end() && hole->begin <= token.begin) continue;
            words.text.append(token.text) += '\n';
            if (token.kind == formatting::Kind::word) add_names(words, token.text);
        }
        return words;
    }

    [[nodiscard]] Words words(grammar::Span span) const {
        return words(Place{static_cast<std::uint32_t>(span.source), span.begin, span.end});
    }

    /// A cell is its outcome and what the matrix is about; where it stands among the labels is its
    /// name, but a band, and the rest, hang on the labels beside it.
    void add_cells(SetWords& set, const bytecode::Matrix& matrix) const {
        std::size_t cells = 1;
        std::string labels;
        for (const bytecode::Axis& axis : matrix.axes) {
            cells *= axis.size;
            if (axis.kind != bytecode::AxisKind::bands && axis.rest == bytecode::none) continue;
            for (const std::string& label : axis.labels) labels += label + '\n';
        }
        const std::size_t end = std::min(matrix.first_rule + cells, set.rules.size());
        std::vector<Place> outcomes;
        for (std::size_t i = matrix.first_rule; i < end; ++i) {
            outcomes.push_back(program_.rules[i].place);
        }
        std::sort(outcomes.begin(), outcomes.end(),
                  [](const Place& a, const Place& b) { return a.begin < b.begin; });
        Words head = words(head_of(matrix.place));
        head.text += labels;
        head.names.merge(words(matrix.place, outcomes).names);
        for (std::size_t i = matrix.first_rule; i < end; ++i) set.rules[i].add(head);
    }

    /// A matrix up to its cells.
    [[nodiscard]] Place head_of(Place matrix) const {
        const std::string_view text = program_.sources[matrix.source].text;
        const std::size_t brace = text.substr(0, matrix.end).find('{', matrix.begin);
        if (brace != std::string_view::npos) matrix.end = static_cast<std::uint32_t>(brace);
        return matrix;
    }

    void add_steps(SetWords& set, const bytecode::Limit& limit) const {
        std::vector<Place> steps;
        for (std::size_t i = 0; i < limit.steps.size(); ++i) {
            steps.push_back(program_.rules[limit.first_rule + 1 + i].place);
        }
        std::sort(steps.begin(), steps.end(),
                  [](const Place& a, const Place& b) { return a.begin < b.begin; });
        const Words all = words(limit.place, steps);
        set.rules[limit.first_rule] = all;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            set.rules[limit.first_rule + 1 + i].add(all);
        }
    }

    template <class Statement>
    void name_all(SetWords& set, const std::vector<Statement>& all) const {
        for (const Statement& one : all) {
            set.named.insert_or_assign(std::string(one.name.text), words(one.head.span));
        }
    }

    void add_other(SetWords& set, std::string_view kind, std::string_view name,
                   grammar::Span span) const {
        const std::string what = std::string(kind) + (name.empty() ? "" : " ") + std::string(name);
        WrittenStatement& one = set.others[what];
        one.words.add(words(span));
        if (!one.file.empty()) return;
        one.file = sources_.file(span.source).name;
        one.line = sources_.position(span.source, span.begin).line;
    }

    template <class Statement>
    void others(SetWords& set, std::string_view kind, const std::vector<Statement>& all) const {
        for (const Statement& one : all) add_other(set, kind, one.name.text, one.head.span);
    }

    void add_statements(SetWords& set, const Parsed& parsed) const {
        const ast::File& file = parsed.file;
        name_all(set, file.lets);
        name_all(set, file.tables);
        name_all(set, file.windows);
        name_all(set, file.approvals);
        name_all(set, file.counters);
        if (is_module(file.source)) return;
        for (const ast::Attributes& block : file.attributes) {
            for (const ast::Attribute& one : block.attributes) {
                add_other(set, "attribute", one.path.text, one.span);
            }
        }
        others(set, "param", file.params);
        others(set, "let", file.lets);
        others(set, "table", file.tables);
        others(set, "window", file.windows);
        others(set, "approval", file.approvals);
        others(set, "counter", file.counters);
        for (const ast::Data& one : file.data) add_data(set, one);
        others(set, "type", file.type_decls);
        others(set, "facts", file.facts);
        others(set, "tool", file.tools);
        others(set, "role", file.roles);
        others(set, "raise", file.raises);
        others(set, "obligation", file.obligations);
        for (const ast::Bind& one : file.binds) {
            add_other(set, "bind", one.role.text, one.head.span);
        }
        for (const ast::Authority& one : file.authorities) {
            add_other(set, "authority", {}, one.head.span);
        }
        for (const ast::CatalogueOpen& one : file.catalogue) {
            add_other(set, "catalogue open", {}, one.head.span);
        }
    }

    /// Stands where its file does, as that is what changes.
    void add_data(SetWords& set, const ast::Data& data) const {
        add_other(set, "data", data.name.text, data.head.span);
        if (data.path.text.empty()) return;
        WrittenStatement& one = set.others["data " + std::string(data.name.text)];
        one.file = data.path.text;
        one.line = 0;
    }

    /// The statements of a module that a set does not name take no part in it.
    [[nodiscard]] bool is_module(grammar::SourceId source) const {
        return sources_.file(source).name.starts_with("std.");
    }

    /// The folder that a set lies in does not count.
    static void add_list(SetWords& set, const bytecode::Source& source) {
        const std::string name = source.name.substr(source.name.rfind('/') + 1);
        WrittenStatement& one = set.others["list of tools " + name];
        one.words.text += source.text;
        one.file = source.name;
        one.line = 1;
    }

    void add_values(SetWords& set) const {
        for (const bytecode::Param& one : program_.params) {
            set.named.insert_or_assign(
                one.name,
                Words{model::to_text(program_.types, one.type, program_.constants[one.value]), {}});
        }
        for (const auto& [name, hash] : policy_.impl().data_hashes) add_data_value(set, name, hash);
        for (const bytecode::Role& role : program_.roles) add_people(set, role);
        if (!policy_.impl().keeps_data_hashes) add_unknown_data(set);
    }

    /// A compiled file does not tell data apart: they are taken to differ from any others.
    void add_unknown_data(SetWords& set) const {
        for (const std::optional<Parsed>& one : parsed_) {
            if (!one) continue;
            for (const ast::Data& data : one->file.data) {
                add_data_value(set, std::string(data.name.text), "of " + policy_.hash());
            }
        }
    }

    static void add_data_value(SetWords& set, const std::string& name, const std::string& value) {
        set.named.insert_or_assign(name, Words{value, {}});
        set.others["data " + name].words.text += value + '\n';
    }

    /// Whom a bind names, from wherever it has them: data too, and of a compiled file.
    static void add_people(SetWords& set, const bytecode::Role& role) {
        if (role.bound_ids.empty()) return;
        const std::set<std::string> ids(role.bound_ids.begin(), role.bound_ids.end());
        WrittenStatement& bind = set.others["bind " + role.name];
        for (const std::string& id : ids) {
            bind.words.text += std::to_string(id.size()) + ':' + id + '\n';
        }
        bind.people = ids;
    }

    const Policy& policy_;
    const Program& program_;
    grammar::SourceMap sources_;
    std::deque<std::optional<Parsed>> parsed_;
};

}  // namespace

void Words::add(const Words& other) {
    text += other.text;
    names.insert(other.names.begin(), other.names.end());
}

SetWords words_of(const Policy& policy) {
    return WordReader(policy).read();
}

}  // namespace proviso::engine
