// See silence.h.
#include "lint/silence.h"

#include <algorithm>
#include <cctype>

namespace proviso::lint {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// What stands behind `# lint:`; nothing where the comment is another one. Where the colon is left
/// out before `off`, which must not pass for a comment, the text is empty.
std::optional<std::string_view> behind_mark(std::string_view comment) {
    std::string_view text = trimmed(comment.substr(1));
    if (!text.starts_with("lint")) return std::nullopt;
    text.remove_prefix(4);
    const std::string_view rest = trimmed(text);
    if (text.starts_with(':')) return trimmed(text.substr(1));
    const bool slip = rest.size() < text.size() && (rest == "off" || rest.starts_with("off "));
    if (slip || rest.starts_with(':')) return std::string_view();
    return std::nullopt;
}

Span head_of(const ast::File& file, const ast::StatementRef& at) {
    switch (at.kind) {
        case ast::StatementKind::policy: return file.policies[at.index].head.span;
        case ast::StatementKind::import: return file.imports[at.index].head.span;
        case ast::StatementKind::param: return file.params[at.index].head.span;
        case ast::StatementKind::type: return file.type_decls[at.index].head.span;
        case ast::StatementKind::attributes: return file.attributes[at.index].head.span;
        case ast::StatementKind::facts: return file.facts[at.index].head.span;
        case ast::StatementKind::data: return file.data[at.index].head.span;
        case ast::StatementKind::tool: return file.tools[at.index].head.span;
        case ast::StatementKind::catalogue: return file.catalogue[at.index].head.span;
        case ast::StatementKind::role: return file.roles[at.index].head.span;
        case ast::StatementKind::bind: return file.binds[at.index].head.span;
        case ast::StatementKind::authority: return file.authorities[at.index].head.span;
        case ast::StatementKind::approval: return file.approvals[at.index].head.span;
        case ast::StatementKind::window: return file.windows[at.index].head.span;
        case ast::StatementKind::let: return file.lets[at.index].head.span;
        case ast::StatementKind::table: return file.tables[at.index].head.span;
        case ast::StatementKind::raise: return file.raises[at.index].head.span;
        case ast::StatementKind::rule: return file.rules[at.index].head.span;
        case ast::StatementKind::matrix: return file.matrices[at.index].head.span;
        case ast::StatementKind::default_outcome: return file.defaults[at.index].head.span;
        case ast::StatementKind::obligation: return file.obligations[at.index].head.span;
        case ast::StatementKind::counter: return file.counters[at.index].head.span;
        case ast::StatementKind::limit: return file.limits[at.index].head.span;
        case ast::StatementKind::example: return file.examples[at.index].head.span;
    }
    return {};
}

/// The comments of one file.
class Reader {
  public:
    Reader(Subject& subject, const ast::File& file, std::vector<Silence>& all)
        : subject_(subject),
          file_(file),
          all_(all) {
        for (const ast::StatementRef& at : file.order) heads_.push_back(head_of(file, at));
    }

    void run() {
        for (const ast::Comment& comment : file_.comments) {
            const std::string_view text = subject_.sources.text(comment.span);
            if (text.starts_with("##") || !text.starts_with('#')) continue;
            const auto said = behind_mark(text);
            if (said) read(comment.span, *said);
        }
    }

  private:
    Span span_of(std::string_view part, Span comment) const {
        const std::string_view text = subject_.sources.text(comment);
        const auto at = static_cast<std::uint32_t>(part.data() - text.data()) + comment.begin;
        return {comment.source, at, at + static_cast<std::uint32_t>(part.size())};
    }

    void read(Span comment, std::string_view said) {
        const std::size_t colon = said.find(':');
        std::string_view codes = trimmed(said.substr(0, colon));
        const bool off = codes.starts_with("off ") && !trimmed(codes.substr(4)).empty();
        if (!off) {
            subject_.sink.report(DiagnosticId::silence_unreadable, comment,
                                 {trimmed(subject_.sources.text(comment))},
                                 "write `# lint: off CODE: the reason`");
            return;
        }
        codes = trimmed(codes.substr(4));
        const std::string_view reason =
            colon == std::string_view::npos ? "" : trimmed(said.substr(colon + 1));
        if (reason.empty()) {
            subject_.sink.report(
                DiagnosticId::silence_without_reason, comment, {codes},
                "say why behind a colon: `# lint: off " + std::string(codes) + ": …`");
            return;
        }
        add_codes(comment, codes, reason);
    }

    void add_codes(Span comment, std::string_view codes, std::string_view reason) {
        const std::vector<Span> over = held_by(comment);
        while (!codes.empty()) {
            const std::size_t comma = codes.find(',');
            const std::string_view code = trimmed(codes.substr(0, comma));
            const Span span = span_of(code, comment);
            if (can_be_silenced(code)) {
                all_.push_back({std::string(code), std::string(reason), span, over, false});
            } else {
                subject_.sink.report(DiagnosticId::silence_of_other, span, {code},
                                     "`proviso lint --list` names all that can be");
            }
            if (comma == std::string_view::npos) break;
            codes.remove_prefix(comma + 1);
        }
    }

    std::vector<Span> held_by(Span comment) const {
        const std::string_view line = subject_.sources.line(comment.source, comment.begin);
        const std::string_view text = subject_.sources.text(comment);
        const auto before = static_cast<std::size_t>(text.data() - line.data());
        const auto begin = static_cast<std::uint32_t>(comment.begin - before);
        if (!trimmed(line.substr(0, before)).empty()) {
            return {{comment.source, begin, comment.begin}};
        }
        for (std::size_t i = 0; i < heads_.size(); ++i) {
            if (comment.begin >= heads_[i].end) continue;
            if (comment.begin < heads_[i].begin) return over_statement(i);
            return {line_below(comment)};
        }
        return {};
    }

    /// The list that an `import tools` reads, and a data file, are told of in their own text.
    std::vector<Span> over_statement(std::size_t i) const {
        std::vector<Span> over{heads_[i]};
        if (file_.order[i].kind == ast::StatementKind::data) {
            const std::size_t index = file_.order[i].index;
            if (index < file_.documents.size() && !file_.documents[index].nodes.empty()) {
                over.push_back(whole(file_.documents[index].nodes.front().span.source));
            }
        }
        if (file_.order[i].kind != ast::StatementKind::import) return over;
        const ast::Import& import = file_.imports[file_.order[i].index];
        for (const ast::File& list : subject_.files) {
            const std::string_view name = subject_.sources.file(list.source).name;
            if (import.kind != ast::Import::Kind::tools || !list.tools_list) continue;
            std::string_view path = import.path.text;
            if (path.starts_with("./")) path.remove_prefix(2);
            if (!name.ends_with(path)) continue;
            over.push_back(whole(list.source));
        }
        return over;
    }

    Span whole(grammar::SourceId source) const {
        const std::string_view text = subject_.sources.file(source).text;
        return {source, 0, static_cast<std::uint32_t>(text.size()) + 1};
    }

    /// The next line that is neither blank nor a comment.
    Span line_below(Span comment) const {
        const std::string_view text = subject_.sources.file(comment.source).text;
        auto at = static_cast<std::size_t>(comment.end);
        while (at < text.size()) {
            const std::size_t begin = text.find('\n', at);
            if (begin == std::string_view::npos) break;
            const std::size_t end = std::min(text.find('\n', begin + 1), text.size());
            const std::string_view line = trimmed(text.substr(begin + 1, end - begin - 1));
            at = begin + 1;
            if (line.empty() || line.front() == '#') continue;
            return {comment.source, static_cast<std::uint32_t>(begin + 1),
                    static_cast<std::uint32_t>(end)};
        }
        return {comment.source, comment.end, comment.end};
    }

    Subject& subject_;
    const ast::File& file_;
    std::vector<Silence>& all_;
    std::vector<Span> heads_;
};

}  // namespace

bool can_be_silenced(std::string_view code) {
    for (std::size_t i = 0; i < grammar::diagnostic_count(); ++i) {
        const grammar::DiagnosticInfo& row = grammar::info(static_cast<DiagnosticId>(i));
        if (row.code != code || row.severity == grammar::Severity::error) continue;
        return static_cast<DiagnosticId>(i) != DiagnosticId::silences_nothing &&
               static_cast<DiagnosticId>(i) != DiagnosticId::lint_cut;
    }
    return false;
}

std::vector<Silence> silences(Subject& subject) {
    std::vector<Silence> all;
    for (const ast::File& file : subject.files) {
        if (is_written(subject, file)) Reader(subject, file, all).run();
    }
    return all;
}

Silence* silence_of(std::vector<Silence>& all, const grammar::Diagnostic& finding) {
    const auto covers = [&](const Span& over) {
        return over.source == finding.span.source && over.begin <= finding.span.begin &&
               finding.span.begin < over.end;
    };
    for (Silence& silence : all) {
        if (silence.code != grammar::info(finding.id).code) continue;
        if (!std::any_of(silence.over.begin(), silence.over.end(), covers)) continue;
        silence.used = true;
        return &silence;
    }
    return nullptr;
}

void report_unused(Subject& subject, const std::vector<Silence>& all) {
    for (const Silence& silence : all) {
        if (silence.used) continue;
        subject.sink.report(DiagnosticId::silences_nothing, silence.span, {silence.code},
                            "take the comment out, or move it to what it is about");
    }
}

}  // namespace proviso::lint
