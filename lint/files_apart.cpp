#include "lint/files_apart.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <string_view>

#include "engine/sources.h"
#include "grammar/parser.h"

namespace proviso::lint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_told = 20;
constexpr std::size_t entries_looked_at = 10'000;
constexpr std::size_t head_bytes = 16'384;
constexpr std::string_view ending = ".proviso";

/// What files of a set have in common; empty where there is none.
std::string name_of(const engine::ParsedSet& set) {
    for (const auto& file : set.files) {
        if (!file.policies.empty()) return std::string(file.policies.front().name.text);
    }
    return {};
}

/// `rules.proviso`, and what was hardly meant otherwise: `rules.PROVISO`, `rules.proviso.txt`,
/// `rules.provisio`.
bool looks_like_rules(const fs::path& path) {
    std::string name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name.find(".provi") != std::string::npos;
}

std::set<fs::path> files_of(const engine::ParsedSet& set) {
    std::set<fs::path> files;
    std::error_code error;
    for (const auto& file : set.files) {
        files.insert(fs::weakly_canonical(set.sources.file(file.source).name, error));
    }
    return files;
}

}  // namespace

std::string policy_name(const fs::path& path, const Limits& limits) {
    std::string head(head_bytes, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    engine::ParsedSet set;
    grammar::DiagnosticSink sink;
    const auto source = set.sources.add(path.string(), std::move(head));
    set.files.push_back(grammar::parse(set.sources, source, limits, sink));
    return name_of(set);
}

std::vector<FileApart> files_apart(const std::string& path, const Limits& limits) {
    std::error_code error;
    if (!fs::is_directory(path, error)) return {};
    engine::ParsedSet set;
    grammar::DiagnosticSink sink;
    std::string problem;
    engine::parse_path(path, limits, set, sink, problem);
    const std::string own = name_of(set);
    if (!problem.empty() || own.empty()) return {};
    const std::set<fs::path> files = files_of(set);

    std::vector<FileApart> apart;
    std::size_t looked_at = 0;
    fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (++looked_at > entries_looked_at) break;
        std::error_code ignored;
        if (at->is_directory(ignored)) {
            if (at->path().filename().string().starts_with('.')) at.disable_recursion_pending();
            continue;
        }
        if (!at->is_regular_file(ignored) || !looks_like_rules(at->path())) continue;
        if (files.contains(fs::weakly_canonical(at->path(), ignored))) continue;
        if (policy_name(at->path(), limits) != own) continue;
        apart.push_back({at->path().string(), at->path().extension() != ending});
    }
    std::sort(apart.begin(), apart.end(),
              [](const FileApart& a, const FileApart& b) { return a.path < b.path; });
    if (apart.size() > files_told) apart.resize(files_told);
    return apart;
}

}  // namespace proviso::lint
