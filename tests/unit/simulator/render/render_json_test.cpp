#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/tree/tree.h"
#include "tests/unit/simulator/files.h"
#include "tests/unit/simulator/render/report_sample.h"

using namespace proviso::simulator;           // NOLINT(google-build-using-namespace)
using namespace proviso::simulator::testing;  // NOLINT(google-build-using-namespace)
using Json = nlohmann::json;

namespace {

/// The part of JSON Schema 2020-12 that the project's schemas use: types, members, references.
/// Every member has to be described, so that no schema lags behind what is written.
std::string breach(const Json& schema, const Json& root, const Json& value,
                   const std::string& path) {
    if (schema.contains("$ref")) {
        const std::string reference = schema["$ref"];
        return breach(root.at(Json::json_pointer(reference.substr(1))), root, value, path);
    }
    if (schema.contains("const") && schema["const"] != value) return path + ": not the constant";
    if (schema.contains("enum")) {
        for (const Json& one : schema["enum"]) {
            if (one == value) return {};
        }
        return path + ": not in enum";
    }
    if (schema.contains("type")) {
        std::string type = value.type_name();
        if (value.is_number_integer()) type = "integer";
        bool fits = false;
        for (const Json& one :
             schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]})) {
            fits = fits || one == type || (one == "number" && value.is_number());
        }
        if (!fits) return path + ": is of type " + type;
    }
    if (value.is_object()) {
        for (const Json& name : schema.value("required", Json::array())) {
            if (!value.contains(name)) return path + ": lacks " + name.get<std::string>();
        }
        for (const auto& [name, member] : value.items()) {
            const Json members = schema.value("properties", Json::object());
            const Json others = schema.value("additionalProperties", Json(false));
            if (!members.contains(name) && others == false) return path + "/" + name + ": unknown";
            const Json& use = members.contains(name) ? members[name] : others;
            if (use == true) continue;
            std::string inner = breach(use, root, member, path + "/" + name);
            if (!inner.empty()) return inner;
        }
    }
    if (value.is_array() && schema.contains("items")) {
        for (const Json& one : value) {
            std::string inner = breach(schema["items"], root, one, path + "[]");
            if (!inner.empty()) return inner;
        }
    }
    return {};
}

std::string breach(const std::string& schema_name, const Json& value) {
    const Json schema = Json::parse(read_file(tests::in_tree("docs/" + schema_name)));
    return breach(schema, schema, value, "");
}

}  // namespace

TEST_CASE("the JSON report holds what the schema says") {
    Report report = sample_report();
    CHECK(breach("simulate.schema.json", Json::parse(to_json(report))) == "");
    report.recorded.reset();
    report.verdicts.reset();
    report.partial.clear();
    report.mapping.clear();
    CHECK(breach("simulate.schema.json", Json::parse(to_json(report))) == "");
    CHECK(breach("simulate.schema.json", Json::parse(to_json(Report{}))) == "");
}

TEST_CASE("the JSON report tells every number") {
    const Json json = Json::parse(to_json(sample_report()));
    CHECK(json["policy"]["name"] == "acme.support");
    CHECK(json["run"]["calls"] == 12'347);
    CHECK(json["run"]["digest"] == "00112233445566778899aabbccddeeff");
    CHECK(json["run"]["partial"] == true);
    CHECK(json["outcomes"]["gate"] == 900);
    CHECK(json["outcomes"]["unknown"]["gate"] == 45);
    CHECK(json["outcomes"]["unknown"]["all"] == 50);
    CHECK(json["reasons"]["missing_data"] == 50);
    CHECK(json["recorded"]["recorded_to_now"]["block"]["gate"] == 100);
    CHECK(json["verdicts"]["verdict_to_now"]["rejected"]["block"] == 1);
    CHECK(json["tools"][0]["calls"] == 12'250);
    CHECK(json["other_tools"]["block"] == 2);
    CHECK(json["rules"][2]["trial_tighter"] == 300);
    CHECK(json["missing"][0]["name"] == "args.amount");
    CHECK(json["samples"]["gate"][0]["line"] == 17);
    CHECK(json["samples"]["block"][0]["tool"] == "drop_database\x1b[2J");
    CHECK(json["bad_lines"][1]["file"] == "-");
    CHECK(json["inputs"][1]["error"] == "the gzip data are cut off");
}

TEST_CASE("receipts of the documentation fit their schema") {
    const std::string page = read_file(tests::in_tree("docs/receipts.md"));
    std::size_t found = 0;
    std::size_t at = 0;
    while ((at = page.find("```json\n", at)) != std::string::npos) {
        at += 8;
        const std::string text = page.substr(at, page.find("```", at) - at);
        if (text.find("\"tool\"") == std::string::npos) continue;
        const Json value = Json::parse(text);
        if (!value.contains("format")) continue;
        ++found;
        CHECK(breach("receipt.schema.json", value) == "");
    }
    CHECK(found >= 2);
}
