#include "engine/sources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "grammar/parser.h"

namespace proviso::engine {

namespace fs = std::filesystem;
using grammar::DiagnosticId;
using grammar::DiagnosticSink;

namespace {

// Keeps a file's bytes within what the parser will refuse anyway.
bool read_file(const fs::path& path, const Limits& limits, std::string& text, std::string& why) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
        why = fs::exists(path, error) ? "not a file" : "no such file";
        return false;
    }
    if (fs::file_size(path, error) > limits.source_bytes || error) {
        why = "larger than " + std::to_string(limits.source_bytes) + " bytes";
        return false;
    }
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream) {
        why = "cannot be read";
        return false;
    }
    text = std::move(bytes).str();
    return true;
}

// Files in the order in which they are met; each once, however it is named.
class Reader {
  public:
    Reader(const Limits& limits, ParsedSet& set, DiagnosticSink& sink)
        : limits_(limits),
          set_(set),
          sink_(sink) {}

    bool add(const fs::path& path, const std::string& shown, std::string& why) {
        std::error_code error;
        const fs::path canonical = fs::weakly_canonical(path, error);
        if (!seen_.insert(error ? path : canonical).second) return true;
        if (set_.files.size() >= limits_.set_files) {
            why = "a set has at most " + std::to_string(limits_.set_files) + " files";
            return false;
        }
        std::string text;
        if (!read_file(path, limits_, text, why)) return false;
        bytes_ += text.size();
        if (bytes_ > limits_.set_bytes) {
            why = "a set has at most " + std::to_string(limits_.set_bytes) + " bytes";
            return false;
        }
        const auto source = set_.sources.add(shown, std::move(text));
        set_.files.push_back(grammar::parse(set_.sources, source, limits_, sink_));
        paths_.push_back(path);
        return true;
    }

    // Imports of files are files of the set; theirs too.
    void follow_imports() {
        for (std::size_t i = 0; i < set_.files.size(); ++i) {
            const auto imports = set_.files[i].imports;
            for (const auto& import : imports) {
                if (import.kind != grammar::ast::Import::Kind::file) continue;
                follow(paths_[i], import);
            }
        }
    }

  private:
    void follow(const fs::path& from, const grammar::ast::Import& import) {
        const fs::path named(import.path.text);
        const fs::path path = named.is_absolute() ? named : from.parent_path() / named;
        std::string why;
        if (!add(path, path.lexically_normal().string(), why)) {
            sink_.report(DiagnosticId::import_unreadable, import.path.span, {import.path.text, why},
                         "paths are relative to the file that imports them");
        }
    }

    const Limits& limits_;
    ParsedSet& set_;
    DiagnosticSink& sink_;
    std::set<fs::path> seen_;
    std::vector<fs::path> paths_;
    std::size_t bytes_ = 0;
};

std::vector<fs::path> rule_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".proviso") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

void parse_sources(std::vector<SourceText> texts, const Limits& limits, ParsedSet& set,
                   DiagnosticSink& sink) {
    std::set<std::string> names;
    for (SourceText& text : texts) {
        names.insert(text.name);
        const auto source = set.sources.add(std::move(text.name), std::move(text.text));
        set.files.push_back(grammar::parse(set.sources, source, limits, sink));
    }
    for (const auto& file : set.files) {
        for (const auto& import : file.imports) {
            if (import.kind != grammar::ast::Import::Kind::file) continue;
            if (names.contains(std::string(import.path.text))) continue;
            sink.report(DiagnosticId::import_unreadable, import.path.span,
                        {import.path.text, "not among the texts of the set"});
        }
    }
}

void parse_path(const std::string& path, const Limits& limits, ParsedSet& set, DiagnosticSink& sink,
                std::string& problem) {
    std::error_code error;
    Reader reader(limits, set, sink);
    if (!fs::is_directory(path, error)) {
        if (!reader.add(path, path, problem)) return;
        reader.follow_imports();
        return;
    }
    const std::vector<fs::path> files = rule_files(path);
    if (files.empty()) problem = "the folder has no *.proviso file";
    for (const fs::path& file : files) {
        if (!reader.add(file, file.string(), problem)) return;
    }
    reader.follow_imports();
}

}  // namespace proviso::engine
