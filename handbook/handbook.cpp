// See handbook.h.
#include "handbook/handbook.h"

#include <utility>

#include "engine/check/checker.h"
#include "engine/sources.h"
#include "handbook/sections.h"

namespace proviso::handbook {
namespace {

Page written(const Book& book) {
    Page page;
    page.title = book.set->name + " " + book.set->version;
    add_introduction(page, book);
    add_tools(page, book);
    add_people(page, book);
    add_approvals(page, book);
    add_rules(page, book);
    add_matrices(page, book);
    add_limits(page, book);
    add_values(page, book);
    add_vocabulary(page, book);
    add_duties_and_data(page, book);
    add_examples(page, book);
    return page;
}

std::optional<Page> page_of(const engine::ParsedSet& parsed, const CompileOptions& options,
                            grammar::DiagnosticSink& sink) {
    const check::CheckOptions how{options.params, options.zoneinfo, std::nullopt};
    const auto set = check::check(parsed.sources, parsed.files, how, options.limits, sink);
    if (!set || sink.has_errors()) return std::nullopt;
    return written(book_of(parsed.sources, parsed.files, *set));
}

}  // namespace

std::optional<Page> page_of_path(const std::string& path, const CompileOptions& options) {
    engine::ParsedSet parsed;
    grammar::DiagnosticSink sink;
    std::string problem;
    engine::parse_path(path, options.limits, parsed, sink, problem);
    if (!problem.empty()) return std::nullopt;
    return page_of(parsed, options, sink);
}

std::optional<Page> page_of_sources(std::vector<SourceText> sources,
                                    const CompileOptions& options) {
    engine::ParsedSet parsed;
    grammar::DiagnosticSink sink;
    engine::parse_sources(std::move(sources), options.limits, parsed, sink, options.data_files);
    return page_of(parsed, options, sink);
}

}  // namespace proviso::handbook
