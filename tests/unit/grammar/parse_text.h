// Parsing a text in a test.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grammar/parser.h"

namespace proviso::grammar {

struct ParsedText {
    SourceMap sources;
    DiagnosticSink sink;
    SourceId source;
    ast::File file;

    explicit ParsedText(std::string text, const Limits& limits = {})
        : source(sources.add("t.proviso", std::move(text))),
          file(parse(sources, source, limits, sink)) {}

    [[nodiscard]] std::vector<std::string_view> codes() const {
        std::vector<std::string_view> all;
        for (const Diagnostic& entry : sink.all()) all.push_back(info(entry.id).code);
        return all;
    }
};

}  // namespace proviso::grammar
