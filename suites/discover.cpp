#include "suites/discover.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <system_error>

#include "simulator/text/yaml_reader.h"

namespace proviso::suites {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suite_ending = ".test.yaml";
constexpr std::string_view rules_ending = ".proviso";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

bool has_cases(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::size_t bytes = 0;
    for (std::string line; bytes <= simulator::yaml_file_bytes && std::getline(in, line);) {
        if (line.starts_with("cases:") || line.starts_with("\"cases\":")) return true;
        bytes += line.size() + 1;
    }
    return false;
}

/// `refunds.test.yml`, `refunds_test.yaml`, `Refunds.Tests.YAML`: called nearly as a suite, with
/// cases as a suite has them.
bool is_nearly_one(const fs::path& path, const std::string& name) {
    const std::string low = lower(name);
    const bool is_yaml = low.ends_with(".yaml") || low.ends_with(".yml");
    const bool is_test =
        low.find("test") != std::string::npos || low.find("suite") != std::string::npos;
    return is_yaml && is_test && has_cases(path);
}

class Finder {
  public:
    void look_at(const fs::path& path) {
        std::error_code error;
        if (fs::is_directory(path, error)) return look_below(path);
        if (!fs::exists(path, error)) return fail(path, "there is no such file or folder");
        const fs::path file = fs::canonical(path, error);
        add(path, file.parent_path().string());
    }

    [[nodiscard]] FoundFiles found() const {
        FoundFiles result;
        result.error = error_;
        result.misnamed.assign(misnamed_.begin(), misnamed_.end());
        for (const auto& [canonical, file] : files_) result.files.push_back(file);
        std::sort(result.files.begin(), result.files.end(),
                  [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
        return result;
    }

  private:
    void look_below(const fs::path& folder) {
        std::error_code error;
        const std::string root = fs::canonical(folder, error).string();
        fs::recursive_directory_iterator at(folder, error);
        for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
            const std::string name = at->path().filename().string();
            std::error_code ignored;
            if (at->is_directory(ignored)) {
                if (name.starts_with('.')) at.disable_recursion_pending();
            } else if (name.ends_with(suite_ending)) {
                add(at->path(), root);
            } else if (is_nearly_one(at->path(), name)) {
                misnamed_.insert(at->path().lexically_normal().string());
            }
        }
        if (error) fail(folder, error.message());
    }

    /// A file that two paths lead to is one suite, of the higher root: its path is the shorter.
    void add(const fs::path& path, const std::string& root) {
        std::error_code error;
        const FoundFile file{path.lexically_normal().string(), root};
        const auto [at, fresh] = files_.try_emplace(fs::canonical(path, error).string(), file);
        if (fresh) return;
        at->second.path = std::min(at->second.path, file.path);
        if (root.size() < at->second.root.size()) at->second.root = root;
    }

    void fail(const fs::path& path, const std::string& why) {
        if (error_.empty()) error_ = "cannot read `" + path.string() + "`: " + why;
    }

    std::map<std::string, FoundFile> files_;  // by what each is
    std::set<std::string> misnamed_;
    std::string error_;
};

bool holds_rules(const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator at(folder, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
        if (at->path().filename().string().ends_with(rules_ending)) return true;
    }
    return false;
}

/// "policies/banking", never "policies/banking/" or "".
std::string shown(const fs::path& path) {
    std::string text = path.lexically_normal().string();
    if (text.size() > 1 && text.ends_with('/')) text.pop_back();
    return text.empty() ? "." : text;
}

bool is_at_or_above(const fs::path& folder, const fs::path& other) {
    return std::mismatch(folder.begin(), folder.end(), other.begin(), other.end()).first ==
           folder.end();
}

/// The highest folder that is looked at.
fs::path highest(const fs::path& folder, const std::string& root) {
    std::error_code error;
    const fs::path working = fs::current_path(error);
    const bool from_working = !error && is_at_or_above(working, root);
    return from_working && is_at_or_above(working, folder) ? working : fs::path(root);
}

}  // namespace

FoundFiles find_suites(const std::vector<std::string>& paths) {
    Finder finder;
    for (const std::string& path : paths) finder.look_at(path);
    return finder.found();
}

PolicyPath policy_of(const Suite& suite, const std::string& root) {
    const fs::path folder = fs::path(suite.path).parent_path();
    if (!suite.policy.empty()) return {shown(folder / suite.policy), {}};
    std::error_code error;
    fs::path at = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
    const fs::path last = highest(at, root);
    for (fs::path as_named = folder; is_at_or_above(last, at); as_named /= "..") {
        if (holds_rules(at)) return {shown(as_named), {}};
        if (at == at.parent_path()) break;
        at = at.parent_path();
    }
    return {{},
            suite.path + ":1:1: no folder at or above this file holds rule files, up to `" +
                last.string() + "`\n  help: write `policy: PATH`, relative to this file"};
}

}  // namespace proviso::suites
