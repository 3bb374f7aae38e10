// The author's mistakes: one row a message in diagnostics.def, one `report` a place.
//
// Each code is stable and reached by a golden file; tests/unit/grammar/diagnostic_test.cpp holds
// the list against tests/golden. A stage never throws for a mistake: it reports and goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/source.h"

namespace proviso::grammar {

enum class Severity : std::uint8_t { error, warning };

/// One enumerator a row of diagnostics.def: DIAGNOSTIC(enumerator, "code", severity, "text {}")
enum class DiagnosticId : std::uint16_t {
#define DIAGNOSTIC(id, code, severity, text) id,
#include "grammar/diagnostics.def"
#undef DIAGNOSTIC
};

struct DiagnosticInfo {
    std::string_view name;  // the enumerator
    std::string_view code;  // stable: "P0101"
    Severity severity;
    std::string_view text;  // fmt pattern; the author's words come in backticks
};

[[nodiscard]] const DiagnosticInfo& info(DiagnosticId id);
[[nodiscard]] std::size_t diagnostic_count();

struct Note {
    Span span;
    std::string text;
};

struct Diagnostic {
    DiagnosticId id;
    Span span;
    std::string message;  // lower case, no full stop
    std::string help;     // what to do; empty where nothing sensible can be said
    std::vector<Note> notes;
};

/// Collects; never refuses. Past `limit` errors only the count goes on.
class DiagnosticSink {
  public:
    explicit DiagnosticSink(std::size_t limit = 1000) : limit_(limit) {}

    /// `arguments` fill the `{}` of the row's text, in order.
    Diagnostic& report(DiagnosticId id, Span span,
                       std::initializer_list<std::string_view> arguments = {},
                       std::string help = {});

    [[nodiscard]] bool has_errors() const { return error_count_ > 0; }
    [[nodiscard]] std::size_t error_count() const { return error_count_; }
    [[nodiscard]] std::size_t warning_count() const { return warning_count_; }
    [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
    /// By file, then place, then code, so that the output does not depend on the order of work.
    void sort();

  private:
    std::size_t limit_;
    std::size_t error_count_ = 0;
    std::size_t warning_count_ = 0;
    std::vector<Diagnostic> diagnostics_;
    Diagnostic dropped_{};
};

/// The nearest of `candidates` to `word` when it is near enough to be meant; empty otherwise.
[[nodiscard]] std::string_view did_you_mean(std::string_view word,
                                            const std::vector<std::string_view>& candidates);

/// A place as tools want it: the file's name, 1-based lines and columns, the end exclusive.
struct Place {
    std::string_view file;
    Position begin;
    Position end;
};

struct ResolvedNote {
    Place place;
    std::string_view message;
};

/// A diagnostic with its places looked up, for JSON and editors. Views live as long as the
/// diagnostic and the SourceMap.
struct ResolvedDiagnostic {
    std::string_view code;
    Severity severity = Severity::error;
    Place place;
    std::string_view message;
    std::string_view help;
    std::vector<ResolvedNote> notes;
};

[[nodiscard]] ResolvedDiagnostic resolve(const SourceMap& sources, const Diagnostic& diagnostic);

struct RenderOptions {
    bool colour = false;
};

/// As people read it: message, file:line:column, the line with the span underlined, help.
[[nodiscard]] std::string render_text(const SourceMap& sources,
                                      const std::vector<Diagnostic>& diagnostics,
                                      RenderOptions options = {});

}  // namespace proviso::grammar
