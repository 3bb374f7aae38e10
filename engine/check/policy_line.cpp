// The head of each file, and the statements that are parsed but refused.

#include <algorithm>

#include "engine/check/names.h"

namespace proviso::check {
namespace {

bool has_errors_in(const Context& context, grammar::SourceId source) {
    const auto& all = context.sink.all();
    return std::any_of(all.begin(), all.end(), [&](const grammar::Diagnostic& diagnostic) {
        return diagnostic.span.source == source &&
               grammar::info(diagnostic.id).severity == grammar::Severity::error;
    });
}

void check_same_policy(Context& context, const ast::Policy& first, const ast::Policy& other) {
    if (first.name.text != other.name.text) {
        add_note(context.report(DiagnosticId::two_policy_names, other.name.span,
                                {first.name.text, other.name.text},
                                "all files of a set start with the same `policy` line"),
                 first.name.span, "the other name");
    } else if (first.version.text != other.version.text) {
        add_note(context.report(DiagnosticId::two_policy_versions, other.version.span,
                                {first.version.text, other.version.text},
                                "all files of a set start with the same `policy` line"),
                 first.version.span, "the other version");
    }
}

}  // namespace

void check_policy_lines(Context& context) {
    const ast::Policy* first = nullptr;
    for (const ast::File& file : context.files) {
        if (file.tools_list) continue;
        if (file.policies.empty() && !has_errors_in(context, file.source)) {
            context.report(DiagnosticId::no_policy_line, {file.source, 0, 0}, {},
                           "start the file with `policy NAME version \"1\"`");
        }
        for (std::size_t i = 1; i < file.policies.size(); ++i) {
            context.report(DiagnosticId::second_policy_line, file.policies[i].head.keyword, {},
                           "a file has one `policy` line, its first statement");
        }
        if (file.policies.empty()) continue;
        if (first == nullptr) first = &file.policies.front();
        check_same_policy(context, *first, file.policies.front());
    }
    if (first == nullptr) return;
    context.set.name = first->name.text;
    context.set.version = first->version.text;
}

}  // namespace proviso::check
