// Parsing a file: the PEG of grammar.h run statement by statement, with actions that build the
// AST straight away. This is the only unit that compiles the grammar, and the only place that
// catches what it throws.
//
// A statement that does not parse is reported and left out, but for what is known of a tool. Within
// it, parsing goes on at the next line that starts a clause, field or row (resume.h), so that one
// run shows all mistakes; then at the next line in column one. Covered by
// tests/unit/grammar/parser_test.cpp, hostile_test.cpp and tests/golden/grammar.
#include "grammar/parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "grammar/actions_clauses.h"
#include "grammar/actions_expressions.h"
#include "grammar/actions_statements.h"
#include "grammar/encoding.h"
#include "grammar/expectations.h"
#include "grammar/mistakes.h"
#include "grammar/resume.h"

namespace proviso::grammar {
namespace {

constexpr std::size_t most_resumes = 20;       // within one statement
constexpr std::size_t deepest_possible = 500;  // what the stack surely bears

class FileParser {
  public:
    FileParser(const SourceMap& sources, SourceId source, const Limits& limits, ast::File& file,
               DiagnosticSink& sink)
        : text_(sources.file(source).text),
          most_errors_(limits.errors),
          builder_(sources.file(source), source, file, sink) {
        builder_.deepest = std::min(limits.nesting, deepest_possible);
        file.source = source;
    }

    void run() {
        reserve();
        while (true) {
            (void)attempt<peg::between_statements>();
            if (at_ == text_.size()) break;
            if (errors() >= most_errors_) return give_up();
            parse_statement();
        }
        keep_last_docs();
    }

  private:
    [[nodiscard]] std::size_t errors() const {
        return builder_.sink.error_count() - errors_before_;
    }

    void reserve() {
        // Of dense rules, so that vectors seldom move; what is not filled costs no memory.
        constexpr std::size_t bytes_an_expression = 12;
        constexpr std::size_t bytes_a_statement = 96;
        builder_.file.exprs.reserve(text_.size() / bytes_an_expression);
        builder_.file.rules.reserve(text_.size() / bytes_a_statement);
    }

    /// Parses `Rule` from at_ on; moves at_ behind it, or gives why not.
    template <typename Rule>
    std::optional<Failure> attempt() {
        Input in(text_.data(), text_.data() + text_.size(), "");
        in.bump_in_this_line(at_);
        try {
            if (tao::pegtl::parse<Rule, action, peg::control>(in, builder_)) {
                at_ = builder_.offset(in.current());
                return std::nullopt;
            }
            return Failure{text_.data() + at_, Slot::statement, "a statement"};
        } catch (const Failure& failure) {
            return failure;
        }
    }

    void parse_statement() {
        const std::uint32_t begin = at_;
        builder_.begin_statement(begin);
        args_lost_ = false;
        const std::optional<Failure> failure = attempt<peg::statement>();
        if (!failure) return;
        const Explained explained = report(*failure);
        const std::uint32_t reached = resume_in_statement(failure_offset(*failure));
        if (!builder_.name.empty()) builder_.file.broken.push_back(builder_.name);
        keep_tool(std::max(failure_offset(*failure), reached));
        builder_.docs.clear();
        builder_.discard();
        at_ = next_statement(text_, std::max(begin, reached), begin, explained.inside_statement);
    }

    [[nodiscard]] std::uint32_t failure_offset(const Failure& failure) const {
        return builder_.offset(failure.where);
    }

    /// A tool whose `args` are whole is kept, broken as it is, so that what its rules read of them
    /// is checked. The set has an error and comes to nothing else.
    void keep_tool(std::uint32_t end) {
        const bool whole = builder_.tool.has_args && !args_lost_;
        if (builder_.statement_word != "tool" || builder_.name.empty() || !whole) return;
        ast::Tool tool = std::exchange(builder_.tool, {});
        tool.head = builder_.head({builder_.source, builder_.statement_begin, end});
        tool.name = builder_.name;
        add(builder_, ast::StatementKind::tool, builder_.file.tools, std::move(tool));
    }

    Explained report(const Failure& failure) {
        args_lost_ = args_lost_ || builder_.in_args;
        const Stop stop{builder_.source,
                        text_,
                        failure_offset(failure),
                        failure.slot,
                        failure.wanted == nullptr ? std::string_view{} : failure.wanted,
                        builder_.statement_begin,
                        builder_.statement_word,
                        builder_.deepest};
        return explain(stop, builder_.sink);
    }

    /// Looks for further mistakes in a broken statement; gives how far it came.
    std::uint32_t resume_in_statement(std::uint32_t stopped) {
        std::uint32_t line = 0;
        for (std::size_t tries = 0; tries < most_resumes; ++tries) {
            const Resume next = find_resume(text_, stopped, line, builder_.statement_begin,
                                            builder_.statement_word, builder_.in_args);
            if (next.part == Part::none) return stopped;
            line = next.line;
            at_ = next.line;
            builder_.depth = 0;
            builder_.operands.clear();
            const std::optional<Failure> failure = attempt_part(next.part);
            if (!failure) return at_;
            const bool is_news = failure_offset(*failure) != stopped;
            if (is_news) (void)report(*failure);
            stopped = failure_offset(*failure);
        }
        return stopped;
    }

    std::optional<Failure> attempt_part(Part part) {
        switch (part) {
            case Part::none: return std::nullopt;
            case Part::rule_clauses: return attempt<peg::rule_rest>();
            case Part::raise_clauses: return attempt<peg::raise_rest>();
            case Part::limit_clauses: return attempt<peg::limit_rest>();
            case Part::counter_clauses: return attempt<peg::counter_rest>();
            case Part::example_clauses: return attempt<peg::example_rest>();
            case Part::attributes: return attempt<peg::attributes_rest>();
            case Part::fields: return attempt<peg::fields_rest>();
            case Part::arguments: return attempt<peg::arguments_rest>();
            case Part::tool_items: return attempt<peg::tool_rest>();
            case Part::role_items: return attempt<peg::role_rest>();
            case Part::approval_items: return attempt<peg::approval_rest>();
            case Part::matrix_rows: return attempt<peg::matrix_rest>();
            case Part::table_rows: return attempt<peg::table_rest>();
        }
        return std::nullopt;
    }

    void give_up() {
        const std::string most = fmt::format("{}", most_errors_);
        builder_.sink.report(DiagnosticId::too_many_errors, {builder_.source, at_, at_}, {most},
                             "mend the first ones and check again");
    }

    /// Documentation that no statement follows is a comment.
    void keep_last_docs() {
        auto& comments = builder_.file.comments;
        for (const std::string_view line : builder_.docs) {
            const char* begin = line.data();
            while (*begin != '#') --begin;
            comments.push_back({builder_.span(begin - 1, line.data() + line.size())});
        }
        std::sort(comments.begin(), comments.end(), [](const auto& left, const auto& right) {
            return left.span.begin < right.span.begin;
        });
    }

    std::string_view text_;
    std::size_t most_errors_;
    Builder builder_;
    std::uint32_t at_ = 0;
    bool args_lost_ = false;  // a mistake within `args { … }` of the statement
    std::size_t errors_before_ = builder_.sink.error_count();
};

}  // namespace

ast::File parse(const SourceMap& sources, SourceId source, const Limits& limits,
                DiagnosticSink& sink) {
    ast::File file;
    file.source = source;
    const std::size_t size = sources.file(source).text.size();
    if (size > limits.source_bytes) {
        sink.report(DiagnosticId::source_too_large, {source, 0, 0},
                    {fmt::format("{}", size), fmt::format("{}", limits.source_bytes)},
                    "split it into several files of one folder");
        return file;
    }
    if (check_encoding(sources, source, sink)) {
        FileParser(sources, source, limits, file, sink).run();
    }
    return file;
}

bool recognise(const SourceMap& sources, SourceId source) {
    const std::string_view text = sources.file(source).text;
    if (!is_well_encoded(text)) return false;
    Input in(text.data(), text.data() + text.size(), "");
    Depth depth{Limits{}.nesting, 0};
    try {
        return tao::pegtl::parse<peg::file, tao::pegtl::nothing, peg::control>(in, depth);
    } catch (const Failure&) {
        return false;
    }
}

}  // namespace proviso::grammar
