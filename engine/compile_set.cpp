// From texts to a policy: parse, check, compile, verify.
#include <utility>

#include "engine/check/checker.h"
#include "engine/compile/compile.h"
#include "engine/examples.h"
#include "engine/policy_impl.h"
#include "engine/public_diagnostics.h"
#include "engine/sources.h"
#include "proviso/policy.h"

namespace proviso {

namespace {

// Each stage's result is let go as soon as the next one has its own: memory that is warm serves
// again.
PolicyPtr build(engine::ParsedSet& set, const CompileOptions& options,
                grammar::DiagnosticSink& sink, std::string& error) {
    check::CheckOptions check_options{options.params, options.zoneinfo, std::nullopt, set.offered};
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

CompileResult finish(engine::ParsedSet& set, const CompileOptions& options,
                     grammar::DiagnosticSink& sink) {
    CompileResult result;
    std::string error;
    result.policy = build(set, options, sink, error);
    engine::hand_over(set.sources, sink, result);
    if (error.empty()) return result;
    const std::string message = "the compiled set does not verify: " + error;
    engine::add_placeless(engine::internal_error(message), result);
    return result;
}

CompileResult unreadable(const std::string& path, const std::string& problem) {
    CompileResult result;
    Diagnostic one;
    one.code = "P2002";  // has no place in a source, so no row in diagnostics.def
    one.file = path;
    one.message = "cannot read `" + path + "`: " + problem;
    engine::add_placeless(std::move(one), result);
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
