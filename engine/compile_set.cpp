// From texts to a policy: parse, check, compile, verify.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/check/checker.h"
#include "engine/compile/compile.h"
#include "engine/examples.h"
#include "engine/model/sha256.h"
#include "engine/policy_impl.h"
#include "engine/public_diagnostics.h"
#include "engine/sources.h"
#include "proviso/policy.h"

namespace proviso {

namespace {

/// In the order in which the compiler takes the grants: by role, then as they are written.
decide::GrantTools tools_of_grants(const check::PolicySet& set) {
    decide::GrantTools tools;
    for (const check::Role& role : set.roles) {
        for (const check::Grant& grant : role.grants) {
            std::vector<std::uint32_t>& of = tools.emplace_back();
            for (const check::ToolId tool : set.target_sets[grant.targets].tools) {
                of.push_back(static_cast<std::uint32_t>(tool));
            }
            std::sort(of.begin(), of.end());
        }
    }
    return tools;
}

std::map<std::string, std::string> hashes_of_data(const check::PolicySet& set) {
    std::map<std::string, std::string> hashes;
    for (const check::Data& data : set.data) {
        hashes[data.name] = model::sha256_hex(model::to_json(set.types, data.type, data.value));
    }
    return hashes;
}

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
    decide::GrantTools grant_tools = tools_of_grants(*checked);
    std::map<std::string, std::string> data_hashes = hashes_of_data(*checked);
    auto image =
        vm::Image::make(compile::compile(std::move(*checked), set.sources), options.limits, error);
    if (image == nullptr) return nullptr;
    auto impl = std::make_unique<Policy::Impl>(std::move(image), options.limits);
    for (const check::Example& example : examples) impl->examples.push_back(example.document);
    impl->grant_tools = std::move(grant_tools);
    impl->data_hashes = std::move(data_hashes);
    impl->keeps_data_hashes = true;
    auto policy = std::make_shared<const Policy>(std::move(impl));
    engine::decide_examples(policy, examples, options.params, sink);
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
