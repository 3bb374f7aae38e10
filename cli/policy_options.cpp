// Covered by tests/cli: policies with errors, compiled sets whole and damaged, params good and bad.
#include "cli/policy_options.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "cli/input.h"
#include "cli/text.h"
#include "lint/files_apart.h"
#include "simulator/text/words.h"

namespace proviso::cli {
namespace {

CompileResult refused(const std::string& path, const std::string& why) {
    CompileResult result;
    Diagnostic diagnostic;
    diagnostic.code = "refused";
    diagnostic.file = path;
    diagnostic.message = why;
    result.text = fmt::format("error: {}: {}\n", path, why);
    result.coloured_text = fmt::format("\x1b[1;31merror\x1b[0m: {}: {}\n", path, why);
    result.diagnostics.push_back(std::move(diagnostic));
    return result;
}

CompileResult load(const PolicyOptions& options) {
    if (!options.params.empty()) {
        fail(fmt::format("the params of the compiled set `{}` are fixed", options.path),
             "give --param to `proviso compile`");
    }
    const Limits limits;
    LoadResult loaded = load_policy(read_all(options.path, limits.compiled_bytes), limits);
    if (loaded.policy == nullptr) return refused(options.path, loaded.error);
    CompileResult result;
    result.policy = std::move(loaded.policy);
    return result;
}

/// The param whose value has what a finding shows first between ticks; nothing for other findings.
const std::string* param_of(const Diagnostic& finding, const std::vector<std::string>& params) {
    const std::size_t tick = finding.message.find('`') + 1;
    const std::size_t end = finding.message.find_first_of(" `", tick);
    const std::string number = finding.message.substr(tick, end - tick);
    const auto has_number = [&](const std::string& param) {
        return param.find(number, param.find('=')) != std::string::npos;
    };
    const auto found = std::find_if(params.begin(), params.end(), has_number);
    return found == params.end() ? nullptr : &*found;
}

/// What `check` warns of in the params given here: nobody checks a value that is typed for one run.
void warn_of_params(Output& err, const std::vector<std::string>& params,
                    const std::vector<Diagnostic>& diagnostics) {
    for (const Diagnostic& finding : diagnostics) {
        if (finding.code != "P1524") continue;
        const std::string* param = param_of(finding, params);
        if (param == nullptr) continue;
        err.line(fmt::format("{}: --param {}: {}", err.styled(Style::yellow, "warning[P1524]"),
                             visible(*param), visible(finding.message)));
        err.line(err.styled(Style::cyan, "help:") + " " + visible(finding.help));
    }
}

}  // namespace

CLI::Option* add_policy(CLI::App& command, PolicyOptions& options) {
    CLI::Option* policy = add_value(command, "-p,--policy", options.path, "PATH",
                                    "a rule file, a folder of them or a .pvc; required");
    add_params(command, options.params);
    return policy;
}

void add_params(CLI::App& command, std::vector<std::string>& params) {
    add_value(command, "--param", params, "NAME=VALUE", "sets a param; may be given again")
        ->allow_extra_args(false);
}

bool is_compiled(std::string_view path) {
    return path.ends_with(".pvc");
}

CompileOptions compile_options(const std::vector<std::string>& params) {
    CompileOptions options;
    options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    for (const std::string& param : params) {
        const std::size_t equals = param.find('=');
        if (equals == std::string::npos || equals == 0) {
            fail(fmt::format("`{}` is no NAME=VALUE", param),
                 "write it as --param 'refund_cap=300 USD'");
        }
        options.params.emplace_back(param.substr(0, equals), param.substr(equals + 1));
    }
    return options;
}

CompileResult compile_or_load(const PolicyOptions& options) {
    require_readable(options.path);
    if (is_compiled(options.path)) return load(options);
    return compile_path(options.path, compile_options(options.params));
}

/// A file of a folder was named where names are missing that its neighbours may declare.
std::string folder_help(const std::string& path, const std::vector<Diagnostic>& diagnostics) {
    namespace fs = std::filesystem;
    const auto undeclared = [](const Diagnostic& one) {
        return one.code == "P1008" || one.code == "P1012";
    };
    if (std::none_of(diagnostics.begin(), diagnostics.end(), undeclared)) return {};
    std::error_code fault;
    if (!fs::is_regular_file(path, fault)) return {};
    const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : ".";
    const std::string own = lint::policy_name(path, Limits{});
    std::size_t files = 0;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        const bool rules = entry->path().extension() == ".proviso";
        if (rules && lint::policy_name(entry->path(), Limits{}) == own) ++files;
    }
    if (files < 2) return {};
    return fmt::format(
        "`{}` is one of the {} rule files of its folder; all are read by naming `{}`", path, files,
        folder.string());
}

void warn_of_files_apart(Output& err, const std::string& path) {
    for (const lint::FileApart& file : lint::files_apart(path, Limits{})) {
        err.line(fmt::format("{} `{}` has the policy line of `{}`, and takes no part in it",
                             err.styled(Style::yellow, "warning:"), visible(file.path),
                             visible(path)));
        err.line(err.styled(Style::cyan, "help:") +
                 (file.misnamed ? " rules lie in files that end in .proviso: rename it"
                                : " files of subfolders take part where a file of the set imports "
                                  "them: import it, or move it"));
    }
}

namespace {

/// What a rendered diagnostic begins with, colours aside: "error", "warning", or another line.
bool begins(std::string_view line, std::string_view severity) {
    if (line.starts_with("\x1b[")) line.remove_prefix(std::min(line.find('m') + 1, line.size()));
    return line.starts_with(severity) && line.substr(severity.size()).starts_with('[');
}

/// Warnings are what `check` is for: whoever cannot go on wants the reason.
std::string errors_alone(const std::string& text) {
    std::string errors;
    bool is_error = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        const std::string_view line = std::string_view(text).substr(at, end - at);
        if (begins(line, "warning")) is_error = false;
        if (begins(line, "error")) is_error = true;
        if (is_error) errors += line;
        at = end;
    }
    return errors;
}

}  // namespace

PolicyPtr require_policy(Context& context, const PolicyOptions& options) {
    const CompileResult result = compile_or_load(options);
    if (result.policy != nullptr) {
        warn_of_params(context.err, options.params, result.diagnostics);
        return result.policy;
    }
    context.err.write(errors_alone(context.err.colour() ? result.coloured_text : result.text));
    const std::size_t errors = count(result.diagnostics).errors;
    throw Failure{ExitCode::invalid_policy,
                  fmt::format("the policy `{}` has {}", options.path, counted(errors, "error")),
                  folder_help(options.path, result.diagnostics)};
}

void note_unknown_duties(Context& context, std::initializer_list<PolicyPtr> policies,
                         const std::vector<std::string>& duties) {
    std::vector<std::string> known;
    for (const PolicyPtr& policy : policies) {
        if (policy == nullptr) continue;
        for (std::string& name : policy->obligations()) known.push_back(std::move(name));
    }
    const std::vector<std::string_view> words(known.begin(), known.end());
    for (const std::string& duty : duties) {
        if (std::find(known.begin(), known.end(), duty) != known.end()) continue;
        const std::string_view near = simulator::nearest(duty, words);
        context.err.line(
            fmt::format("note: the policy has no obligation `{}`{}", visible(duty),
                        near.empty() ? "" : fmt::format(": did you mean `{}`?", near)));
    }
}

SeverityCounts count(const std::vector<Diagnostic>& diagnostics) {
    const auto errors = std::count_if(
        diagnostics.begin(), diagnostics.end(),
        [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
    const auto all = diagnostics.size();
    return {static_cast<std::size_t>(errors), all - static_cast<std::size_t>(errors)};
}

}  // namespace proviso::cli
