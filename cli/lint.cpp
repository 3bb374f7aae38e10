// `proviso lint PATH…`: all that `check` warns of, and what only the rules held against each other
// show. lint/ finds it; here is how it is told. docs/cli.md describes the forms.
//
// Covered by tests/cli/lint_test.py.
#include "lint/lint.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/lint_reports.h"
#include "cli/policy_options.h"
#include "cli/text.h"

namespace proviso::cli {
namespace {

struct LintOptions {
    std::vector<std::string> paths;
    std::vector<std::string> params;
    LintFormat format = LintFormat::text;
    std::string now;
    std::string explain;
    bool list = false;
};

std::optional<std::chrono::sys_days> day_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int length = 0;
    const int read = std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &length);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    constexpr std::size_t written = 10;  // 2026-12-20
    if (read == 3 && date.ok() && text.size() == written && length == static_cast<int>(written)) {
        return date;
    }
    fail(fmt::format("--now {} is no date", text), "write it as in rule text: --now 2026-12-20");
}

/// By its code, in capitals or not.
const lint::Page& page_of(std::string code) {
    if (code.starts_with('p')) code.front() = 'P';
    for (const lint::Page& page : lint::pages()) {
        if (page.code == code) return page;
    }
    fail(fmt::format("there is no finding {}", code), "see proviso lint --list");
}

class Lint {
  public:
    Lint(Context& context, const LintOptions& options) : context_(context), options_(options) {
        how_.compile = compile_options(options.params);
        how_.compile.today = day_of(options.now);
    }

    ExitCode run() {
        for (const std::string& path : options_.paths) {
            try {
                look_at(path);
            } catch (const Failure& failure) {
                context_.out.flush();
                report(context_, failure);
                note(failure.code);
            }
        }
        if (options_.format != LintFormat::text) {
            context_.out.write(lint_report(options_.format, sets_));
        }
        return code_;
    }

  private:
    /// The worst of all paths: 3 before 2 before 1.
    void note(ExitCode code) { code_ = std::max(code_, code); }

    void look_at(const std::string& path) {
        if (is_compiled(path)) {
            fail(fmt::format("`{}` is compiled, and no text", path),
                 "give the rule files that it was compiled from");
        }
        require_readable(path);
        lint::Result result = lint_of(path);
        warn_of_files_apart(context_.err, path);
        if (!result.checked) {
            note(ExitCode::invalid_policy);
        } else if (!result.findings.empty()) {
            note(ExitCode::check_failed);
        }
        if (options_.format == LintFormat::text) show(path, result);
        sets_.push_back({path, std::move(result)});
    }

    /// Errors are told as everywhere, those of examples among them.
    lint::Result lint_of(const std::string& path) const {
        CompileResult compiled = compile_path(path, how_.compile);
        if (compiled.policy != nullptr) return lint::lint_path(path, how_);
        lint::Result result;
        result.findings = std::move(compiled.diagnostics);
        result.text = std::move(compiled.text);
        result.coloured_text = std::move(compiled.coloured_text);
        return result;
    }

    void show(const std::string& path, const lint::Result& result) {
        Output& out = context_.out;
        out.write(out.colour() ? result.coloured_text : result.text);
        if (!result.findings.empty()) out.line();
        std::string said = counted(result.findings.size(), result.checked ? "finding" : "error");
        if (!result.checked) {
            said = counted(count(result.findings).errors, "error") +
                   ", and no finding is looked for before they are mended";
        }
        const Style style = result.findings.empty() ? Style::green : Style::red;
        std::string silenced;
        if (!result.silenced.empty())
            silenced = fmt::format(", {} silenced", result.silenced.size());
        out.line(fmt::format("{}: {}{}", visible(path), out.styled(style, said), silenced));
    }

    Context& context_;
    const LintOptions& options_;
    lint::Options how_;
    std::vector<LintedSet> sets_;
    ExitCode code_ = ExitCode::ok;
};

ExitCode list_findings(Context& context) {
    for (const lint::Page& page : lint::pages()) {
        context.out.line(page.code + "  " + page.title);
    }
    return ExitCode::ok;
}

std::string how_to_silence(const lint::Page& page) {
    if (!page.can_be_silenced) return "It cannot be silenced.";
    return fmt::format(
        "Where it is meant so, `# lint: off {}: the reason` on the line above the\n"
        "statement or the line silences it. `check` reads no such comments.",
        page.code);
}

ExitCode explain_finding(Context& context, const std::string& code) {
    const lint::Page& page = page_of(code);
    const std::string title = page.code + ": " + page.title;
    context.out.line(context.out.styled(Style::bold, title));
    context.out.line();
    context.out.line(page.text);
    context.out.line();
    context.out.line(how_to_silence(page));
    return ExitCode::ok;
}

ExitCode lint_or_tell(Context& context, const LintOptions& options) {
    if (options.list) return list_findings(context);
    if (!options.explain.empty()) return explain_finding(context, options.explain);
    if (options.paths.empty()) fail("PATH is required", "see proviso lint --help");
    return Lint(context, options).run();
}

}  // namespace

void add_lint(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "lint", "Tells what is allowed in rule files, and hardly meant",
                    "  proviso lint policies/support\n"
                    "  proviso lint --format sarif policies/support > lint.sarif\n"
                    "  proviso lint --now 2026-12-20 policies/support\n"
                    "  proviso lint --explain P1710");
    const auto options = std::make_shared<LintOptions>();
    add_value(command, "path", options->paths, "PATH...",
              "rule files or folders; each is a set of its own");
    add_word<LintFormat>(command, "--format", options->format, "FORMAT",
                         "text (the default), json, sarif or junit",
                         {{"text", LintFormat::text},
                          {"json", LintFormat::json},
                          {"sarif", LintFormat::sarif},
                          {"junit", LintFormat::junit}});
    add_params(command, options->params);
    add_value(command, "--now", options->now, "DATE",
              "the day it is, to tell what is past; without it nothing is");
    add_value(command, "--explain", options->explain, "CODE", "what a finding means, and why");
    command.add_flag("--list", options->list, "lists all findings, a line each");
    runs(command, context, {}, [&context, options] { return lint_or_tell(context, *options); });
}

}  // namespace proviso::cli
