#include "tests/unit/engine/check/checked.h"

#include <algorithm>

#include "grammar/parser.h"

namespace proviso::check {

Checked check_texts(const std::vector<std::string>& texts, const CheckOptions& options,
                    const Limits& limits) {
    grammar::SourceMap sources;
    grammar::DiagnosticSink sink;
    std::vector<grammar::ast::File> files;
    for (const std::string& text : texts) {
        files.push_back(grammar::parse(sources, sources.add("p.proviso", text), limits, sink));
    }
    Checked result;
    result.set = check(sources, files, options, limits, sink);
    sink.sort();
    for (const grammar::Diagnostic& diagnostic : sink.all()) {
        result.codes.emplace_back(grammar::info(diagnostic.id).code);
    }
    return result;
}

Checked check_text(const std::string& text, const Limits& limits) {
    return check_texts({text}, {}, limits);
}

bool has_code(const Checked& checked, std::string_view code) {
    return std::find(checked.codes.begin(), checked.codes.end(), code) != checked.codes.end();
}

}  // namespace proviso::check
