// The checker's cases. Given: `policy` (the file p.proviso), more files in `file: NAME`, data files
// in `data: NAME`, values of params in `params` (lines `name = value`), a folder of zone files in
// `zoneinfo`, the day in `today`. Produced: `diagnostics`, `set` (see set_dump.h).

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/checker.h"
#include "engine/check/modules.h"
#include "engine/check/set_dump.h"
#include "engine/documents.h"
#include "engine/model/calendar.h"
#include "engine/schema/tools_list.h"
#include "grammar/parser.h"
#include "tests/golden/registry.h"
#include "tests/tree/tree.h"

namespace proviso::golden {
namespace {

struct Checked {
    grammar::SourceMap sources;
    grammar::DiagnosticSink sink;
    std::optional<check::PolicySet> set;
};

/// The folder of zone files, from the root of the sources; the day that it is.
void set_time_options(const GoldenFile& file, check::CheckOptions& options) {
    const auto line = [](std::string_view text) { return text.substr(0, text.find('\n')); };
    const std::string_view folder = line(file.text("zoneinfo"));
    if (!folder.empty()) options.zoneinfo = folder;
    if (folder.starts_with("tests/")) options.zoneinfo = tests::in_tree(folder);
    options.today = model::parse_date(line(file.text("today")));
}

check::CheckOptions options_of(const GoldenFile& file) {
    check::CheckOptions options;
    set_time_options(file, options);
    std::string_view text = file.text("params");
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t sign = line.find(" = ");
        if (sign == std::string_view::npos) continue;
        options.params.emplace_back(line.substr(0, sign), line.substr(sign + 3));
    }
    return options;
}

grammar::Document document_of(const GoldenFile& file, std::string_view path, Checked& result) {
    for (const Section* section : file.all("data")) {
        if (section->argument != path) continue;
        const grammar::SourceId id = result.sources.add(section->argument, section->body);
        return engine::read_document(result.sources, id, Limits{}, result.sink);
    }
    return {};
}

/// What `engine/sources.cpp` does for a set of files.
void import_tools(const GoldenFile& file, std::vector<grammar::ast::File>& files, Checked& result) {
    const Limits limits;
    std::vector<grammar::ast::File> lists;
    std::set<std::string> read;
    for (grammar::ast::File& parsed : files) {
        for (const grammar::ast::Import& import : parsed.imports) {
            if (import.kind != grammar::ast::Import::Kind::tools) continue;
            for (const Section* section : file.all("data")) {
                if (section->argument != import.path.text) continue;
                if (!read.insert(section->argument).second) continue;
                const std::size_t errors = result.sink.error_count();
                const grammar::SourceId id = result.sources.add(section->argument, section->body);
                const auto list =
                    engine::read_json_document(result.sources, id, limits, result.sink);
                lists.push_back(
                    schema::read_tools(result.sources, id, list, limits, result.sink).file);
                parsed.tools_lost = parsed.tools_lost || result.sink.error_count() > errors;
            }
        }
    }
    for (grammar::ast::File& list : lists) files.push_back(std::move(list));
}

void check_file(const GoldenFile& file, Checked& result) {
    const Limits limits;
    std::vector<grammar::SourceId> ids;
    ids.push_back(result.sources.add("p.proviso", std::string(file.text("policy"))));
    for (const Section* section : file.all("file")) {
        ids.push_back(result.sources.add(section->argument, section->body));
    }
    std::vector<grammar::ast::File> files;
    for (const grammar::SourceId id : ids) {
        files.push_back(grammar::parse(result.sources, id, limits, result.sink));
    }
    check::CheckOptions options = options_of(file);
    options.offered = check::add_modules(result.sources, files, limits, result.sink);
    for (grammar::ast::File& parsed : files) {
        for (const grammar::ast::Data& data : parsed.data) {
            parsed.documents.push_back(document_of(file, data.path.text, result));
        }
    }
    import_tools(file, files, result);
    result.set = check::check(result.sources, files, options, limits, result.sink);
    result.sink.sort();
}

std::string produce_diagnostics(const GoldenFile& file) {
    Checked checked;
    check_file(file, checked);
    return grammar::render_text(checked.sources, checked.sink.all());
}

std::string produce_set(const GoldenFile& file) {
    Checked checked;
    check_file(file, checked);
    return checked.set ? check::dump(*checked.set) : "none\n";
}

}  // namespace

void register_check(Registry& registry) {
    registry.given("policy");
    registry.given("file");
    registry.given("data");
    registry.given("params");
    registry.given("zoneinfo");
    registry.given("today");
    registry.produced("diagnostics", produce_diagnostics);
    registry.produced("set", produce_set);
}

}  // namespace proviso::golden
