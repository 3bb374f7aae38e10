// A compiled policy set, and how to get one: from text, files, a folder, or a compiled file.
//
// Nothing here prints or throws (memory that cannot be had excepted); there is no global state.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proviso/limits.h"
#include "proviso/outcome.h"

namespace proviso {

enum class Severity : std::uint8_t { error, warning };

/// One thing to say to the author of a set.
struct Diagnostic {
    std::string code;  ///< stable: "P0203"
    Severity severity = Severity::error;
    std::string file;
    std::uint32_t line = 0;    ///< from 1
    std::uint32_t column = 0;  ///< from 1, in code points
    std::uint32_t end_line = 0;
    std::uint32_t end_column = 0;  ///< one past the last
    std::string message;
    std::string help;  ///< may be empty
};

/// What a rule, matrix cell or default is and where it stands.
struct RuleInfo {
    std::string name;  ///< cells: "agent_actions[operational, production]"
    std::string kind;  ///< "rule", "matrix_cell", "default_cell", "default"
    Outcome effect = Outcome::block;
    std::string doc;
    std::string file;
    std::uint32_t line = 0;
    bool on_trial = false;
    std::string trial_until;  ///< "2026-12-20"; empty where not on trial
};

struct ToolInfo {
    std::string name;
    std::string doc;
    std::string tier;  ///< empty where none is declared
    std::vector<std::string> stages;
    bool has_undo = false;
};

/// Immutable; shared by any number of engines and threads.
class Policy {
  public:
    struct Impl;
    explicit Policy(std::unique_ptr<const Impl> impl) noexcept;
    ~Policy();
    Policy(const Policy&) = delete;
    Policy& operator=(const Policy&) = delete;

    [[nodiscard]] const std::string& name() const noexcept;
    [[nodiscard]] const std::string& version() const noexcept;
    /// 64 hex digits. Independent of the order of files and statements; params in force included.
    [[nodiscard]] const std::string& hash() const noexcept;
    /// The version of the time zone data that was compiled in, "2025b"; empty without zones.
    [[nodiscard]] const std::string& zone_data() const noexcept;
    /// Every rule, cell and default, by the index that `Match::rule` and `Verdict` use.
    [[nodiscard]] const std::vector<RuleInfo>& rules() const noexcept;
    [[nodiscard]] const std::vector<ToolInfo>& tools() const noexcept;
    /// The obligations that the set declares, sorted: the duties that its host may be asked for.
    [[nodiscard]] std::vector<std::string> obligations() const;
    /// Readable bytecode of the set, or of one tool. Empty for a tool that is not in the catalogue.
    [[nodiscard]] std::string disassemble(std::string_view tool = {}) const;
    /// The compiled set as bytes, for `load_policy`.
    [[nodiscard]] std::string save() const;

    [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

  private:
    std::unique_ptr<const Impl> impl_;
};

using PolicyPtr = std::shared_ptr<const Policy>;

struct SourceText {
    std::string name;  ///< shown in messages; imports and data statements are looked up by it
    std::string text;
};

struct CompileOptions {
    /// Params to set, written as in rule text: {"refund_cap", "300 USD"}.
    std::vector<std::pair<std::string, std::string>> params;
    /// Where the compiled files of the IANA time zone database lie; read by sets that name zones.
    std::string zoneinfo = "/usr/share/zoneinfo";
    /// The day it is, for warnings about what is past; without it there are none.
    std::optional<std::chrono::sys_days> today;
    /// Of `compile_text` and `compile_sources`: the texts that `data … from "NAME"` and `import
    /// tools "NAME"` read, by the names as they are written there.
    std::vector<SourceText> data_files;
    Limits limits;
};

struct CompileResult {
    PolicyPtr policy;                     ///< null where there is an error
    std::vector<Diagnostic> diagnostics;  ///< by file and place; warnings too
    /// All diagnostics as people read them, with the line and the span underlined.
    std::string text;
    /// The same with terminal colours.
    std::string coloured_text;
};

/// A set of one text.
[[nodiscard]] CompileResult compile_text(std::string_view text,
                                         std::string_view name = "policy.proviso",
                                         const CompileOptions& options = {});
/// A set of several texts; `import "file"` finds its text among them by name.
[[nodiscard]] CompileResult compile_sources(std::vector<SourceText> sources,
                                            const CompileOptions& options = {});
/// A file and what it imports, or every `*.proviso` file of a folder (not of its subfolders unless
/// imported). A path that cannot be read is a diagnostic.
[[nodiscard]] CompileResult compile_path(const std::string& path,
                                         const CompileOptions& options = {});

struct LoadResult {
    PolicyPtr policy;   ///< null where refused
    std::string error;  ///< why
};

/// From the bytes of `Policy::save`. Anything damaged, and any other format version, is refused.
[[nodiscard]] LoadResult load_policy(std::string_view bytes, const Limits& limits = {});

}  // namespace proviso
