// See lint.h: reads and checks the set, runs the passes, takes out what is silenced.
#include "lint/lint.h"

#include <utility>

#include "engine/check/checker.h"
#include "engine/public_diagnostics.h"
#include "engine/sources.h"
#include "lint/passes.h"
#include "lint/silence.h"

namespace proviso::lint {
namespace {

void run_passes(Subject& subject) {
    Conditions conditions(subject);
    find_odd_texts(subject);
    find_given_texts(subject);
    find_odd_reasons(subject);
    find_idle_parts(subject);
    find_absent_reads(subject);
    find_loose_ends(subject);
    find_odd_trials(subject);
    find_unused(subject);
    find_fixed_tests(subject, conditions);
    const auto rules = rule_table(subject, conditions);
    if (rules) {
        find_exclusions(subject, *rules);
        find_missing_people(subject, conditions, *rules);
        find_boundaries(subject, conditions, *rules);
        find_negatives(subject, conditions, *rules);
        find_hidden_rules(subject, conditions, *rules);
    }
    if (subject.comparisons.cut()) {
        report_cut(subject, subject.options.bounds.comparisons, "comparisons of tests");
    }
}

/// One rendering for all of them, and a record for each.
void hand_over(const grammar::SourceMap& sources, const std::vector<grammar::Diagnostic>& findings,
               Result& result) {
    for (const grammar::Diagnostic& one : findings) {
        result.findings.push_back(engine::to_public(sources, one));
    }
    result.text = grammar::render_text(sources, findings, {.colour = false});
    result.coloured_text = grammar::render_text(sources, findings, {.colour = true});
}

constexpr const char* cut_help = "what lies beyond is not told: split the set";

/// Every file of a set that was checked has its policy line.
Span first_statement(const Subject& subject) {
    for (const ast::File& file : subject.files) {
        if (!file.policies.empty() && is_written(subject, file)) {
            return file.policies.front().head.span;
        }
    }
    return {};
}

/// For a sink that takes no more.
grammar::Diagnostic cut_after(const Subject& subject, std::size_t most, std::string_view what) {
    grammar::DiagnosticSink sink;
    return sink.report(DiagnosticId::lint_cut, first_statement(subject),
                       {std::to_string(most), what}, cut_help);
}

void take_out_silenced(Subject& subject, grammar::DiagnosticSink& sink, Result& result) {
    std::vector<Silence> all = silences(subject);
    std::vector<grammar::Diagnostic> left;
    sink.sort();
    for (const grammar::Diagnostic& one : sink.all()) {
        const Silence* silence = silence_of(all, one);
        if (silence == nullptr) continue;
        result.silenced.push_back({engine::to_public(subject.sources, one), silence->reason});
    }
    const bool cut = sink.warning_count() > subject.options.bounds.findings;
    if (!cut) report_unused(subject, all);
    sink.sort();
    if (cut) left.push_back(cut_after(subject, subject.options.bounds.findings, "findings"));
    for (const grammar::Diagnostic& one : sink.all()) {
        if (silence_of(all, one) == nullptr) left.push_back(one);
    }
    hand_over(subject.sources, left, result);
}

Result lint(const engine::ParsedSet& parsed, grammar::DiagnosticSink& sink,
            const Options& options) {
    Result result;
    check::CheckOptions how{options.compile.params, options.compile.zoneinfo, std::nullopt,
                            parsed.offered};
    if (options.compile.today) how.today = options.compile.today->time_since_epoch().count();
    const auto set = check::check(parsed.sources, parsed.files, how, options.compile.limits, sink);
    result.checked = set.has_value() && !sink.has_errors();
    if (!result.checked) {
        sink.sort();
        hand_over(parsed.sources, sink.all(), result);
        return result;
    }
    Budget comparisons(options.bounds.comparisons);
    Subject subject{parsed.sources, parsed.files, *set, options, sink, comparisons};
    run_passes(subject);
    take_out_silenced(subject, sink, result);
    return result;
}

}  // namespace

bool is_written(const Subject& subject, const ast::File& file) {
    const std::string_view name = subject.sources.file(file.source).name;
    const bool module = name.starts_with("std.") && !name.ends_with(".proviso");
    return !file.tools_list && !module;
}

void report_cut(Subject& subject, std::size_t most, std::string_view what) {
    subject.sink.report(DiagnosticId::lint_cut, first_statement(subject),
                        {std::to_string(most), what}, cut_help);
}

Result lint_path(const std::string& path, const Options& options) {
    engine::ParsedSet parsed;
    grammar::DiagnosticSink sink(options.bounds.findings);
    std::string problem;
    engine::parse_path(path, options.compile.limits, parsed, sink, problem);
    if (problem.empty()) return lint(parsed, sink, options);
    Result result;
    Diagnostic one;
    one.code = "P2002";
    one.file = path;
    one.message = "cannot read `" + path + "`: " + problem;
    result.text = result.coloured_text = "error[" + one.code + "]: " + one.message + "\n";
    result.findings.push_back(std::move(one));
    return result;
}

Result lint_sources(std::vector<SourceText> sources, const Options& options) {
    engine::ParsedSet parsed;
    grammar::DiagnosticSink sink(options.bounds.findings);
    engine::parse_sources(std::move(sources), options.compile.limits, parsed, sink,
                          options.compile.data_files);
    return lint(parsed, sink, options);
}

}  // namespace proviso::lint
