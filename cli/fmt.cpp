// `proviso fmt PATH…`: rule files in their canonical form.
//
// A file with syntax errors is told and left as it is; so is every file of which the form would not
// say the same (include/proviso/format.h). docs/formatting.md describes the form.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/diff.h"
#include "cli/input.h"
#include "cli/policy_options.h"
#include "cli/replace_file.h"
#include "cli/text.h"
#include "proviso/format.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_source_bytes = Limits{}.source_bytes + 3;  // and a byte order mark

struct FmtOptions {
    std::vector<std::string> paths;
    bool check = false;
    bool diff = false;
};

bool is_hidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

/// All `*.proviso` files of a folder and its subfolders, by name. Hidden ones stay out, and links
/// to folders are not followed.
std::vector<std::string> rule_files_in(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        const fs::path& path = at->path();
        std::error_code unreadable;
        if (is_hidden(path)) {
            if (at->is_directory(unreadable)) at.disable_recursion_pending();
        } else if (path.extension() == ".proviso" && at->is_regular_file(unreadable)) {
            files.push_back(path.string());
        }
    }
    if (error) fail(fmt::format("cannot read `{}`: {}", folder, error.message()));
    if (files.empty()) fail(fmt::format("`{}` has no *.proviso files", folder));
    std::sort(files.begin(), files.end());
    return files;
}

class Fmt {
  public:
    Fmt(Context& context, const FmtOptions& options) : context_(context), options_(options) {}

    ExitCode run() {
        const auto& paths = options_.paths;
        const bool reads_stdin = std::find(paths.begin(), paths.end(), "-") != paths.end();
        if (reads_stdin && paths.size() > 1) fail("`-` is standard input, and stands alone");
        for (const std::string& path : paths) guarded_by_failure([&] { format_path(path); });
        return code_;
    }

  private:
    /// The worst of all paths: 3 before 2 before 1.
    void note(ExitCode code) { code_ = std::max(code_, code); }

    template <typename Work>
    void guarded_by_failure(Work work) {
        try {
            work();
        } catch (const Failure& failure) {
            context_.out.flush();
            report(context_, failure);
            note(failure.code);
        }
    }

    void format_path(const std::string& path) {
        std::error_code error;
        if (!fs::is_directory(path, error)) return format_file(path);
        for (const std::string& file : rule_files_in(path)) {
            guarded_by_failure([&] { format_file(file); });
        }
    }

    void format_file(const std::string& path) {
        if (is_compiled(path)) fail(fmt::format("`{}` is compiled, and no text", path));
        if (!is_first(path)) return;
        const std::string text = read_all(path, most_source_bytes);
        const std::string name = path == "-" ? "standard input" : path;
        const FormatResult result = format_text(text, name);
        if (!result.formatted) return show_mistakes(result);
        const bool differs = *result.formatted != text;
        if (differs && options_.check) note(ExitCode::check_failed);
        if (options_.diff) {
            show_diff(text, *result.formatted, name);
        } else if (options_.check) {
            if (differs) context_.out.line(visible(name));
        } else if (path == "-") {
            context_.out.write(*result.formatted);
        } else if (differs) {
            replace_file(path, *result.formatted);
            context_.out.line(visible(name));
        }
    }

    /// Whether the file was not formatted already, by another path.
    bool is_first(const std::string& path) {
        std::error_code error;
        const fs::path real = path == "-" ? fs::path(path) : fs::canonical(path, error);
        return error || done_.insert(real.string()).second;
    }

    void show_mistakes(const FormatResult& result) {
        note(ExitCode::invalid_policy);
        context_.out.flush();
        Output& err = context_.err;
        err.write(err.colour() ? result.coloured_text : result.text);
        err.flush();
    }

    void show_diff(const std::string& before, const std::string& after, const std::string& name) {
        const std::string shown = visible(name);
        for (const std::string& line : unified_diff(before, after, shown, shown)) {
            const Style style = line[0] == '+'   ? Style::green
                                : line[0] == '-' ? Style::red
                                : line[0] == '@' ? Style::cyan
                                                 : Style::plain;
            context_.out.line(context_.out.styled(style, line));
        }
    }

    Context& context_;
    const FmtOptions& options_;
    std::set<std::string> done_;
    ExitCode code_ = ExitCode::ok;
};

}  // namespace

void add_fmt(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "fmt", "Puts rule files into their one form, in place",
                    "  proviso fmt policies\n"
                    "  proviso fmt --check policies\n"
                    "  proviso fmt --diff support.proviso");
    const auto options = std::make_shared<FmtOptions>();
    CLI::Option* paths = add_value(command, "path", options->paths, "PATH...",
                                   "rule files, or folders with all below them; - is stdin");
    command.add_flag("--check", options->check,
                     "names the files that would change, and ends with 1");
    command.add_flag("--diff", options->diff, "prints what would change");
    runs(command, context, {paths}, [&context, options] { return Fmt(context, *options).run(); });
}

}  // namespace proviso::cli
