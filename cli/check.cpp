// `proviso check PATH…`: what is wrong with rule files, all of it in one run.
//
// The diagnostics are what was asked for, so they go to stdout; a path that cannot be read is the
// caller's mistake and goes to stderr. docs/cli.md describes the JSON array.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/policy_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

using nlohmann::ordered_json;

struct CheckOptions {
    std::vector<std::string> paths;
    std::vector<std::string> params;
    Format format = Format::text;
};

ordered_json to_json(const Diagnostic& diagnostic) {
    return {{"code", diagnostic.code},
            {"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
            {"file", diagnostic.file},
            {"line", diagnostic.line},
            {"column", diagnostic.column},
            {"end", {{"line", diagnostic.end_line}, {"column", diagnostic.end_column}}},
            {"message", diagnostic.message},
            {"help", diagnostic.help}};
}

std::string found(SeverityCounts counts) {
    if (counts.errors == 0) return counted(counts.warnings, "warning");
    std::string errors = counted(counts.errors, "error");
    if (counts.warnings == 0) return errors;
    return fmt::format("{}, {}", errors, counted(counts.warnings, "warning"));
}

/// "14 rules, 6 matrix cells, 2 limit steps and 11 tools": as `proviso test --coverage` counts
/// them. What a limit does where it cannot count, and a default, are none of them.
std::string parts_of(const Policy& policy) {
    std::size_t rules = 0;
    std::size_t cells = 0;
    std::size_t steps = 0;
    for (const RuleInfo& rule : policy.rules()) {
        if (rule.kind == "rule") ++rules;
        if (rule.kind.ends_with("_cell")) ++cells;
        if (rule.kind == "limit_step" && rule.name.ends_with(']')) ++steps;
    }
    std::string text = counted(rules, "rule");
    if (cells > 0) text += ", " + counted(cells, "matrix cell");
    if (steps > 0) text += ", " + counted(steps, "limit step");
    return text + " and " + counted(policy.tools().size(), "tool");
}

/// "policies/support: ok, acme.support 3.2.0 with 14 rules and 11 tools, no warnings"
std::string summary(const Output& out, const std::string& path, const CompileResult& result) {
    const std::string counts = found(count(result.diagnostics));
    const std::string name = visible(path);
    if (result.policy == nullptr)
        return fmt::format("{}: {}", name, out.styled(Style::red, counts));
    const Policy& policy = *result.policy;
    return fmt::format("{}: {}, {} {} with {}, {}", name, out.styled(Style::green, "ok"),
                       visible(policy.name()), visible(policy.version()), parts_of(policy), counts);
}

class Check {
  public:
    Check(Context& context, const CheckOptions& options) : context_(context), options_(options) {}

    ExitCode run() {
        for (const std::string& path : options_.paths) check(path);
        if (options_.format == Format::json) print_array();
        return code_;
    }

  private:
    void check(const std::string& path) {
        try {
            if (path.ends_with(".test.yaml")) {
                throw Failure{ExitCode::bad_input, fmt::format("`{}` is a suite, no rules", path),
                              "proviso test runs it"};
            }
            const std::vector<std::string> none;
            const auto& params = is_compiled(path) ? none : options_.params;
            show(path, compile_or_load({path, params}));
            warn_of_files_apart(context_.err, path);
        } catch (const Failure& failure) {
            context_.out.flush();
            report(context_, failure);
            code_ = failure.code;
        }
    }

    void show(const std::string& path, const CompileResult& result) {
        if (result.policy == nullptr && code_ == ExitCode::ok) code_ = ExitCode::invalid_policy;
        if (options_.format == Format::json) {
            for (const Diagnostic& entry : result.diagnostics) array_.push_back(to_json(entry));
            return;
        }
        Output& out = context_.out;
        out.write(out.colour() ? result.coloured_text : result.text);
        const std::string help = folder_help(path, result.diagnostics);
        if (!help.empty()) out.line(out.styled(Style::cyan, "help:") + " " + visible(help));
        if (!result.diagnostics.empty()) out.line();
        out.line(summary(out, path, result));
    }

    void print_array() {
        constexpr int indent = 2;
        const auto replace = ordered_json::error_handler_t::replace;
        context_.out.line(array_.dump(indent, ' ', false, replace));
    }

    Context& context_;
    const CheckOptions& options_;
    ordered_json array_ = ordered_json::array();
    ExitCode code_ = ExitCode::ok;
};

}  // namespace

void add_check(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "check",
                                    "Tells what is wrong with rule files, all of it in one run",
                                    "  proviso check policies/support\n"
                                    "  proviso check support.proviso --format json\n"
                                    "  proviso check support.proviso --param 'refund_cap=300 USD'");
    const auto options = std::make_shared<CheckOptions>();
    CLI::Option* paths = add_value(command, "path", options->paths, "PATH...",
                                   "rule files, folders or .pvc; each is a set of its own");
    add_format(command, options->format);
    add_params(command, options->params);
    runs(command, context, {paths}, [&context, options] { return Check(context, *options).run(); });
}

}  // namespace proviso::cli
