// From texts to a policy: parse, check, compile, verify.
#include <utility>

#include "engine/check/checker.h"
#include "engine/compile/compile.h"
#include "engine/examples.h"
#include "engine/policy_impl.h"
#include "engine/sources.h"
#include "proviso/policy.h"

namespace proviso {

namespace {

Diagnostic to_public(const grammar::SourceMap& sources, const grammar::Diagnostic& from) {
    const grammar::ResolvedDiagnostic resolved = grammar::resolve(sources, from);
    Diagnostic result;
    result.code = resolved.code;
    result.severity =
        resolved.severity == grammar::Severity::error ? Severity::error : Severity::warning;
    result.file = resolved.place.file;
    result.line = resolved.place.begin.line;
    result.column = resolved.place.begin.column;
    result.end_line = resolved.place.end.line;
    result.end_column = resolved.place.end.column;
    result.message = resolved.message;
    result.help = resolved.help;
    return result;
}

// Each stage's result is let go as soon as the next one has its own: memory that is warm serves
// again.
PolicyPtr build(engine::ParsedSet& set, const CompileOptions& options,
                grammar::DiagnosticSink& sink, std::string& error) {
    check::CheckOptions check_options{options.params, options.zoneinfo, std::nullopt};
    if (options.today) check_options.today = options.today->time_since_epoch().count();
    auto checked = check::check(set.sources, set.files, check_options, options.limits, sink);
    if (!checked || sink.has_errors()) return nullptr;
    set.files.clear();
    const std::vector<check::Example> examples = std::move(checked->examples);
    auto image =
        vm::Image::make(compile::compile(std::move(*checked), set.sources), options.limits, error);
    if (image == nullptr) return nullptr;
    auto policy = std::make_shared<const Policy>(
        std::make_unique<const Policy::Impl>(std::move(image), options.limits));
    engine::decide_examples(policy, examples, sink);
    return sink.has_errors() ? nullptr : std::move(policy);
}

// The engine refuses what it compiled itself: not the author's mistake, but never to be hidden.
Diagnostic internal_error(const std::string& error) {
    Diagnostic result;
    result.code = "P9000";
    result.message = "the compiled set does not verify: " + error;
    result.help = "this is a fault of the engine; please report it with the set";
    return result;
}

CompileResult finish(engine::ParsedSet& set, const CompileOptions& options,
                     grammar::DiagnosticSink& sink) {
    CompileResult result;
    std::string error;
    result.policy = build(set, options, sink, error);
    sink.sort();
    for (const grammar::Diagnostic& one : sink.all()) {
        result.diagnostics.push_back(to_public(set.sources, one));
    }
    result.text = grammar::render_text(set.sources, sink.all(), {.colour = false});
    result.coloured_text = grammar::render_text(set.sources, sink.all(), {.colour = true});
    if (!error.empty()) {
        result.diagnostics.push_back(internal_error(error));
        result.text += "error[P9000]: " + result.diagnostics.back().message + "\n";
        result.coloured_text += "error[P9000]: " + result.diagnostics.back().message + "\n";
    }
    return result;
}

CompileResult unreadable(const std::string& path, const std::string& problem) {
    CompileResult result;
    Diagnostic one;
    one.code = "P2002";  // has no place in a source, so no row in diagnostics.def
    one.file = path;
    one.message = "cannot read `" + path + "`: " + problem;
    result.text = "error[P2002]: " + one.message + "\n";
    result.coloured_text = result.text;
    result.diagnostics.push_back(std::move(one));
    return result;
}

}  // namespace

CompileResult compile_sources(std::vector<SourceText> sources, const CompileOptions& options) {
    engine::ParsedSet set;
    grammar::DiagnosticSink sink;
    engine::parse_sources(std::move(sources), options.limits, set, sink, options.data_files);
    return finish(set, options, sink);
}

CompileResult compile_text(std::string_view text, std::string_view name,
                           const CompileOptions& options) {
    return compile_sources({{std::string(name), std::string(text)}}, options);
}

CompileResult compile_path(const std::string& path, const CompileOptions& options) {
    engine::ParsedSet set;
    grammar::DiagnosticSink sink;
    std::string problem;
    engine::parse_path(path, options.limits, set, sink, problem);
    if (!problem.empty()) return unreadable(path, problem);
    return finish(set, options, sink);
}

}  // namespace proviso
