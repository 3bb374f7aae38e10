// The store that a subcommand works on, and what a halt goes by.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include <proviso/store.h>

namespace proviso::cli {

/// --store FILE of a store that is there.
CLI::Option* add_store(CLI::App& command, std::string& path);

/// Opens a store that is there, or makes it with `may_be_new`; Failure where it is none.
[[nodiscard]] StorePtr require_store(const std::string& path, bool may_be_new = false);

struct ScopeOptions {
    bool everything = false;
    std::string tool;
    std::string agent;
    std::string workflow;
    std::string principal;
};

/// --everything, --tool, --agent, --workflow, --principal.
void add_scope(CLI::App& command, ScopeOptions& options);
/// Failure unless exactly one is given.
[[nodiscard]] HaltScope scope_of(const ScopeOptions& options);
/// "everything", "tool pay*".
[[nodiscard]] std::string scope_text(const HaltScope& scope);
[[nodiscard]] std::string_view scope_word(HaltScope::Kind kind);

/// Failure with what the store says where it was not done.
void require_done(const StoreResult& result);

}  // namespace proviso::cli
