// Which policy a subcommand works with, and how it is had: a file, a folder, a compiled set.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include <proviso/policy.h>

namespace proviso::cli {

struct PolicyOptions {
    std::string path;
    std::vector<std::string> params;  ///< "NAME=VALUE"
};

/// --policy PATH and --param NAME=VALUE; returns the former.
CLI::Option* add_policy(CLI::App& command, PolicyOptions& options);
void add_params(CLI::App& command, std::vector<std::string>& params);

/// Whether the path names a compiled set: by its ending, `.pvc`.
[[nodiscard]] bool is_compiled(std::string_view path);

/// The options of a compilation; Failure for a param that is no NAME=VALUE.
[[nodiscard]] CompileOptions compile_options(const std::vector<std::string>& params);

/// Compiles or loads. Failure where the path cannot be read, or params are given for a compiled
/// set, whose params are fixed. A compiled set that is refused has one diagnostic, without a place.
[[nodiscard]] CompileResult compile_or_load(const PolicyOptions& options);

/// The policy; its errors go to stderr and end the subcommand with ExitCode::invalid_policy. So do
/// warnings of a value that looks like thousands and is none (P1524), and end nothing.
[[nodiscard]] PolicyPtr require_policy(Context& context, const PolicyOptions& options);

/// What of `--duty` none of the policies asks for, to stderr: a misspelt duty is one that is not
/// there. They may be null.
void note_unknown_duties(Context& context, std::initializer_list<PolicyPtr> policies,
                         const std::vector<std::string>& duties);

/// "name the folder", where one file of several was named and lacks what others may declare; or
/// empty.
[[nodiscard]] std::string folder_help(const std::string& path,
                                      const std::vector<Diagnostic>& diagnostics);

/// Rule files in the folder of a set, or below it, that have its policy line and no part in it, to
/// stderr.
void warn_of_files_apart(Output& err, const std::string& path);

struct SeverityCounts {
    std::size_t errors = 0;
    std::size_t warnings = 0;
};

[[nodiscard]] SeverityCounts count(const std::vector<Diagnostic>& diagnostics);

}  // namespace proviso::cli
