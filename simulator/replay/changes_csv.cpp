#include "simulator/replay/changes_csv.h"

#include <nlohmann/json.hpp>

#include "simulator/text/csv_text.h"

namespace proviso::simulator {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& of, const char* name) {
    const auto found = of.find(name);
    if (found == of.end() || found->is_null()) return {};
    if (found->is_string()) return found->get<std::string>();
    return found->dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Names of a list, with semicolons between them.
std::string names_of(const Json& of, const char* name) {
    std::string text;
    const auto found = of.find(name);
    if (found == of.end() || !found->is_array()) return text;
    for (const Json& one : *found) text += (text.empty() ? "" : "; ") + text_of(one, "name");
    return text;
}

void add(std::string& row, const std::string& text) {
    row += (row.empty() ? "" : ",") + csv_text(text);
}

void add_decided(std::string& row, const Json& decided) {
    for (const char* name : {"outcome", "reason", "best_case"}) add(row, text_of(decided, name));
    for (const char* name : {"rules", "trials", "missing"}) add(row, names_of(decided, name));
}

std::string row_of(const Json& line) {
    const Json none = Json::object();
    std::string row = csv_text(text_of(line, "file"));
    for (const char* name : {"line", "id", "run", "intent", "tool", "change", "warm_up"}) {
        add(row, text_of(line, name));
    }
    add_decided(row, line.value("before", none));
    add_decided(row, line.value("after", none));
    const Json recorded = line.value("recorded", none);
    for (const char* name : {"outcome", "verdict"}) add(row, text_of(recorded, name));
    add(row, text_of(line, "labels"));
    return row + "\r\n";
}

}  // namespace

bool is_csv(std::string_view path) {
    return path.ends_with(".csv");
}

std::string csv_names() {
    std::string row = "file,line,id,run,intent,tool,change,warm_up";
    for (const char* side : {"before", "after"}) {
        for (const char* name : {"outcome", "reason", "best_case", "rules", "trials", "missing"}) {
            row += std::string{","} + side + '_' + name;
        }
    }
    return row + ",recorded_outcome,recorded_verdict,labels\r\n";
}

std::string csv_rows(std::string_view json_lines) {
    std::string rows;
    while (!json_lines.empty()) {
        const std::size_t end = json_lines.find('\n');
        const Json line = Json::parse(json_lines.substr(0, end), nullptr, false);
        if (line.is_object()) rows += row_of(line);
        json_lines.remove_prefix(end == std::string_view::npos ? json_lines.size() : end + 1);
    }
    return rows;
}

}  // namespace proviso::simulator
