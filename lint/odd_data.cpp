// What the lists of a data file hold and nobody means: a member twice (P1744), a text that a blank
// begins or ends (P1745), which no call's text equals; the ids of a `bind` are looked at for blanks
// too. Covered by tests/golden/lint/texts/data.txt.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

using grammar::DocumentNode;

/// What spreadsheets and web pages leave: blanks, line ends, the no-break space and what has no
/// width (U+00A0, U+200B, U+FEFF).
constexpr std::array<std::string_view, 9> blanks{
    " ", "\t", "\n", "\v", "\f", "\r", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF"};

void look_at_text(Subject& subject, std::string_view text, Span span) {
    const bool found = std::any_of(blanks.begin(), blanks.end(), [&](std::string_view blank) {
        return text.starts_with(blank) || text.ends_with(blank);
    });
    if (!found) return;
    subject.sink.report(DiagnosticId::blank_at_end, span, {text},
                        "it equals no text without the blank: delete it");
}

void look_at_list(Subject& subject, const grammar::Document& document, const DocumentNode& list) {
    std::set<std::pair<bool, std::string_view>> seen;  // `"1"` is another text than 1
    for (const std::uint32_t item : list.items) {
        const DocumentNode& member = document.nodes[item];
        if (member.kind != DocumentNode::Kind::scalar) continue;
        if (seen.emplace(member.quoted, member.text).second) continue;
        subject.sink.report(DiagnosticId::data_twice, member.span, {member.text}, "once is enough");
    }
}

void look_at_document(Subject& subject, const grammar::Document& document) {
    for (const DocumentNode& node : document.nodes) {
        if (node.kind == DocumentNode::Kind::list) look_at_list(subject, document, node);
        if (node.kind == DocumentNode::Kind::scalar) look_at_text(subject, node.text, node.span);
    }
}

}  // namespace

void find_odd_data(Subject& subject) {
    for (const ast::File& file : subject.files) {
        for (const grammar::Document& document : file.documents)
            look_at_document(subject, document);
        for (const ast::Bind& bind : file.binds) {
            for (const ast::Text& id : bind.ids) look_at_text(subject, id.text, id.span);
        }
    }
}

}  // namespace proviso::lint
