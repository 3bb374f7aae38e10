// Covered by tests/cli/approve_test.py.
#include "cli/approval_files.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/exit_code.h"
#include "cli/input.h"

namespace proviso::cli {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_file_bytes = std::size_t{1} << 20;

/// Kept as it is written, so that nothing of it is read twice in two ways.
Json parsed(const std::string& text) {
    return Json::parse(text, nullptr, false);
}

void add_key(std::vector<ApproverKey>& keys, const std::string& path, const std::string& person,
             const Json& key) {
    if (!key.is_string()) {
        fail(fmt::format("`{}`: the key of `{}` is no text", path, person),
             "give a public key in PEM, or a list of them");
    }
    keys.push_back({person, key.get<std::string>()});
}

/// Objects, of which one at least says by whom it is: one that does not never counts, and a file of
/// such is of something else.
bool are_approvals(const Json& list) {
    const bool objects =
        std::all_of(list.begin(), list.end(), [](const Json& one) { return one.is_object(); });
    return objects && (list.empty() || std::any_of(list.begin(), list.end(), [](const Json& one) {
                           return one.contains("by");
                       }));
}

}  // namespace

std::string read_approvals(const std::string& path) {
    std::string text = read_all(path, most_file_bytes);
    Json list = parsed(text);
    if (!list.is_array()) {
        list = Json::array();
        std::istringstream lines(text);
        text = "[";
        for (std::string line; std::getline(lines, line);) {
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            list.push_back(parsed(line));
            if (text.size() > 1) text += ',';
            text += line;
        }
        text += "]";
    }
    if (!are_approvals(list)) {
        fail(fmt::format("`{}` holds no approvals", path),
             "give a JSON list of them, or one a line as `proviso approve` prints them");
    }
    return text;
}

std::string with_approvals(std::string host, const std::string& approvals) {
    const std::size_t end = host.rfind('}');
    if (end == std::string::npos) return host;
    const std::size_t before = host.find_last_not_of(" \t\r\n", end == 0 ? 0 : end - 1);
    const bool first = before == std::string::npos || host[before] == '{';
    return host.insert(end, (first ? "\"approvals\":" : ",\"approvals\":") + approvals);
}

std::vector<ApproverKey> read_keys(const std::string& path) {
    const Json json = parsed(read_all(path, most_file_bytes));
    if (!json.is_object()) {
        fail(fmt::format("`{}` holds no keys", path),
             "give a JSON object of public keys by person");
    }
    std::vector<ApproverKey> keys;
    for (const auto& [person, given] : json.items()) {
        if (!given.is_array()) {
            add_key(keys, path, person, given);
            continue;
        }
        for (const Json& key : given) add_key(keys, path, person, key);
    }
    return keys;
}

}  // namespace proviso::cli
