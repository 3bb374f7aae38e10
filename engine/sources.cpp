#include "engine/sources.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "engine/check/modules.h"
#include "engine/documents.h"
#include "engine/schema/tools_list.h"
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
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    std::string block(std::size_t{64} << 10U, '\0');
    text.clear();
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) ||
           stream.gcount() > 0) {
        text.append(block, 0, static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.is_open() && !stream.bad()) return true;
    why = std::generic_category().message(errno == 0 ? EIO : errno);
    return false;
}

// The documents of all data statements and tools lists, each file read once. `find` gives the text
// of one.
struct DataText {
    std::string name;
    std::string text;
};

class DataFiles {
  public:
    DataFiles(const Limits& limits, ParsedSet& set, DiagnosticSink& sink)
        : limits_(limits),
          set_(set),
          sink_(sink) {}

    template <class Find>
    void read(const Find& find) {
        const std::size_t rule_files = set_.files.size();
        for (std::size_t i = 0; i < rule_files; ++i) {
            for (const auto& data : set_.files[i].data) {
                set_.files[i].documents.push_back(document(i, data.path, find));
            }
        }
        for (std::size_t i = 0; i < rule_files; ++i) {
            const auto imports = set_.files[i].imports;
            for (const auto& import : imports) {
                if (import.kind == grammar::ast::Import::Kind::tools) read_list(i, import, find);
            }
        }
    }

  private:
    /// A tools list is a file of the set; one that is imported twice is read once.
    template <class Find>
    void read_list(std::size_t file, const grammar::ast::Import& import, const Find& find) {
        const std::size_t errors = sink_.error_count();
        const std::optional<grammar::SourceId> source = source_of(file, import.path, find);
        if (source && lists_.insert(*source).second) {
            const auto list = read_json_document(set_.sources, *source, limits_, sink_);
            set_.files.push_back(
                schema::read_tools(set_.sources, *source, list, limits_, sink_).file);
        }
        if (sink_.error_count() > errors) set_.files[file].tools_lost = true;
    }

    template <class Find>
    grammar::Document document(std::size_t file, const grammar::ast::Text& path, const Find& find) {
        const std::optional<grammar::SourceId> source = source_of(file, path, find);
        return source ? read_document(set_.sources, *source, limits_, sink_) : grammar::Document();
    }

    template <class Find>
    std::optional<grammar::SourceId> source_of(std::size_t file, const grammar::ast::Text& path,
                                               const Find& find) {
        DataText found;
        std::string why = misleading(path.text);
        if (!why.empty() || !find(file, path.text, found, why) || !fits(found, why)) {
            sink_.report(DiagnosticId::import_unreadable, path.span, {path.text, why},
                         "data files lie in the folder of the set, and are named by paths"
                         " relative to the file that reads them");
            return std::nullopt;
        }
        auto [known, added] = sources_.try_emplace(found.name);
        if (added) known->second = set_.sources.add(found.name, std::move(found.text));
        return known->second;
    }

    /// What a path must not be, wherever it leads.
    static std::string misleading(std::string_view path) {
        if (path.empty()) return "the name is empty";
        const fs::path named(path);
        if (named.is_absolute()) return "the path is absolute";
        for (const fs::path& part : named) {
            if (part == "..") return "the path leads upwards";
        }
        return {};
    }

    bool fits(const DataText& found, std::string& why) {
        bytes_ += found.text.size();
        if (found.text.size() > limits_.data_bytes) {
            why = "larger than " + std::to_string(limits_.data_bytes) + " bytes";
        } else if (sources_.size() >= limits_.set_files) {
            why = "a set has at most " + std::to_string(limits_.set_files) + " files";
        } else if (bytes_ > limits_.set_bytes) {
            why = "a set has at most " + std::to_string(limits_.set_bytes) + " bytes";
        }
        return why.empty();
    }

    const Limits& limits_;
    ParsedSet& set_;
    DiagnosticSink& sink_;
    std::map<std::string, grammar::SourceId> sources_;
    std::set<grammar::SourceId> lists_;
    std::size_t bytes_ = 0;
};

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

    // Imports of files are files of the set; theirs too. Modules come last.
    void follow_imports() {
        for (std::size_t i = 0; i < set_.files.size(); ++i) {
            const auto imports = set_.files[i].imports;
            for (const auto& import : imports) {
                if (import.kind != grammar::ast::Import::Kind::file) continue;
                follow(paths_[i], import);
            }
        }
        set_.offered = check::add_modules(set_.sources, set_.files, limits_, sink_);
    }

    // A file is taken where it lies in the folder of the set, links followed.
    void read_data(const fs::path& root) {
        std::error_code error;
        const fs::path folder = fs::canonical(root, error);
        const auto find = [&](std::size_t file, std::string_view path, DataText& found,
                              std::string& why) {
            const fs::path named = paths_[file].parent_path() / fs::path(path);
            const fs::path real = fs::weakly_canonical(named, error);
            const auto [end, rest] =
                std::mismatch(folder.begin(), folder.end(), real.begin(), real.end());
            if (error || end != folder.end()) {
                why = "it leads out of the folder of the set";
                return false;
            }
            found.name = named.lexically_normal().string();
            return read_file(real, limits_, found.text, why);
        };
        DataFiles(limits_, set_, sink_).read(find);
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
                   DiagnosticSink& sink, const std::vector<SourceText>& data_files) {
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
    set.offered = check::add_modules(set.sources, set.files, limits, sink);
    const auto find = [&](std::size_t /*file*/, std::string_view path, DataText& found,
                          std::string& why) {
        for (const SourceText& text : data_files) {
            if (text.name != path) continue;
            found = {text.name, text.text};
            return true;
        }
        why = "not among the data files of the set";
        return false;
    };
    DataFiles(limits, set, sink).read(find);
}

void parse_path(const std::string& path, const Limits& limits, ParsedSet& set, DiagnosticSink& sink,
                std::string& problem) {
    std::error_code error;
    Reader reader(limits, set, sink);
    if (!fs::is_directory(path, error)) {
        if (!reader.add(path, path, problem)) return;
        reader.follow_imports();
        const fs::path folder = fs::path(path).parent_path();
        reader.read_data(folder.empty() ? fs::path(".") : folder);
        return;
    }
    const std::vector<fs::path> files = rule_files(path);
    if (files.empty()) problem = "the folder has no *.proviso file";
    for (const fs::path& file : files) {
        if (!reader.add(file, file.string(), problem)) return;
    }
    reader.follow_imports();
    reader.read_data(path);
}

}  // namespace proviso::engine
