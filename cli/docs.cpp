// `proviso docs POLICY`: the policy as a page for people who never read rules.
//
// The set is compiled first, so that its errors, those of its examples among them, are told as
// everywhere; the page is written from the same files again.
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/output_paths.h"
#include "cli/policy_options.h"
#include "handbook/handbook.h"

namespace proviso::cli {
namespace {

enum class PageForm : std::uint8_t { markdown, html };

struct DocsOptions {
    PolicyOptions policy;
    std::optional<PageForm> form;  // else by the name of the output
    std::string output;
};

PageForm form_of(const DocsOptions& options) {
    const bool html = options.output.ends_with(".html") || options.output.ends_with(".htm");
    return options.form.value_or(html ? PageForm::html : PageForm::markdown);
}

ExitCode docs(Context& context, const DocsOptions& options) {
    if (is_compiled(options.policy.path)) {
        fail(fmt::format("`{}` is compiled, and has its authors' words no more",
                         options.policy.path),
             "give the rule files that it was compiled from");
    }
    keep_apart({{"--output", options.output}}, {{"PATH", options.policy.path}});
    const PolicyPtr policy = require_policy(context, options.policy);
    const auto page =
        handbook::page_of_path(options.policy.path, compile_options(options.policy.params));
    if (!page) fail(fmt::format("`{}` was changed while it was read", options.policy.path));
    const std::string text = form_of(options) == PageForm::html ? handbook::to_html(*page)
                                                                : handbook::to_markdown(*page);
    if (options.output.empty()) {
        context.out.write(text);
    } else {
        write_file(options.output, text);
    }
    return ExitCode::ok;
}

}  // namespace

void add_docs(CLI::App& root, Context& context) {
    CLI::App& command = add_command(root, context, "docs",
                                    "Writes a policy as a page for people who never read rules",
                                    "  proviso docs policies/support --output support.md\n"
                                    "  proviso docs policies/support --output support.html\n"
                                    "  proviso docs support.proviso --param 'refund_cap=300 USD'");
    const auto options = std::make_shared<DocsOptions>();
    CLI::Option* policy = add_value(command, "policy", options->policy.path, "POLICY",
                                    "a rule file or a folder of them");
    add_word<std::optional<PageForm>>(command, "--format", options->form, "FORMAT",
                                      "md (the default) or html, as of --output X.html",
                                      {{"md", PageForm::markdown}, {"html", PageForm::html}});
    add_value(command, "-o,--output", options->output, "FILE", "where to write it; else to stdout");
    add_params(command, options->policy.params);
    runs(command, context, {policy}, [&context, options] { return docs(context, *options); });
}

}  // namespace proviso::cli
