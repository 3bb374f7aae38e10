// Every field of Limits through the public interface: at its value, and one past it. A field that
// has neither a row here nor a test of its own elsewhere fails, and so does one that docs/limits.md
// does not name.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/tree/tree.h"
#include <proviso/proviso.h>

namespace proviso {
namespace {

namespace fs = std::filesystem;

/// A limit, the value of it that `try_it` just needs, and what comes back with one less. `try_it`
/// says nothing where all was well.
struct Row {
    std::string_view field;
    std::size_t Limits::*member;
    std::size_t exact;
    std::function<std::string(const Limits&)> try_it;
    std::string_view past;
};

const std::string head = "policy p version \"1\"\ntool x { }\nblock b on x\n";

// ---------------------------------------------------------------- rule text

/// The code of the first error; empty where there is none.
std::string error_code(const CompileResult& result) {
    for (const Diagnostic& one : result.diagnostics) {
        if (one.severity == Severity::error) return one.code;
    }
    return {};
}

std::function<std::string(const Limits&)> compiling(std::string text) {
    return [text = std::move(text)](const Limits& limits) {
        CompileOptions options;
        options.limits = limits;
        return error_code(compile_text(text, "p.proviso", options));
    };
}

/// A set whose data are this text.
std::function<std::string(const Limits&)> reading(std::string data) {
    return [data = std::move(data)](const Limits& limits) {
        CompileOptions options;
        options.limits = limits;
        options.data_files = {{"d.yaml", data}};
        return error_code(
            compile_text(head + "data d : [int] from \"d.yaml\"\n", "p.proviso", options));
    };
}

/// A set that imports this list of tools; warnings count.
std::function<std::string(const Limits&)> importing(std::string list) {
    return [list = std::move(list)](const Limits& limits) -> std::string {
        CompileOptions options;
        options.limits = limits;
        options.data_files = {{"t.json", list}};
        const auto result = compile_text(head + "import tools \"t.json\"\n", "p.proviso", options);
        for (const Diagnostic& one : result.diagnostics) {
            if (one.code == "P1621" || one.code == "P1624") return one.code;
        }
        return error_code(result);
    };
}

/// What is left of a description of five bytes.
std::string describing(const Limits& limits) {
    CompileOptions options;
    options.limits = limits;
    options.data_files = {{"t.json", R"([{"name": "t", "description": "abcde"}])"}};
    const auto result = compile_text(head + "import tools \"t.json\"\n", "p.proviso", options);
    return result.policy->tools()[0].doc == "abcde" ? "" : result.policy->tools()[0].doc;
}

std::string schema_of(const std::string& property) {
    return R"([{"name": "t", "inputSchema": {"type": "object", "properties": {"abc": )" + property +
           "}}}]";
}

/// Two files of 64 bytes each, of which one imports the other.
std::string compile_files(const Limits& limits) {
    const fs::path folder = fs::temp_directory_path() / "proviso_limits_test";
    fs::create_directories(folder);
    const auto write = [&](const char* name, std::string text) {
        text += '#' + std::string(62 - text.size(), '-') + '\n';
        std::ofstream(folder / name, std::ios::binary) << text;
    };
    write("a.proviso", "policy p version \"1\"\nimport \"b.proviso\"\n");
    write("b.proviso", "policy p version \"1\"\ntool x { }\nblock b on x\n");
    CompileOptions options;
    options.limits = limits;
    const CompileResult result = compile_path((folder / "a.proviso").string(), options);
    fs::remove_all(folder);
    return error_code(result);
}

/// Whether reading ended early: three mistakes are told one by one.
std::string three_errors(const Limits& limits) {
    CompileOptions options;
    options.limits = limits;
    const auto result = compile_text("policy p version \"1\"\nlet a = )\nlet b = )\nlet c = )\n",
                                     "p.proviso", options);
    const bool ended = std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                                   [](const Diagnostic& one) { return one.code == "P0303"; });
    return ended ? "P0303" : "";
}

std::string load_saved(const Limits& limits) {
    const std::string bytes = compile_text(head).policy->save();
    // The row's value is that of a file of 2 KiB: the bytes that are missing are taken off.
    Limits scaled = limits;
    scaled.compiled_bytes = limits.compiled_bytes - 2048 + bytes.size();
    const LoadResult loaded = load_policy(bytes, scaled);
    return loaded.policy != nullptr ? "" : "refused";
}

// ---------------------------------------------------------------- one call

const std::string call_rules = R"(policy p version "1"
tool open { args open { n : int? } }
tool x { args { xs : [int]? } }
role r { }
attributes { s : string
    names : [string] }
allow all on *
block s on open when s == "no"
block names on open when "no" in names
block held on open when principal is r
block sums on x when any(a in args.xs ?? []: any(b in args.xs ?? []: a + b > 900))
)";

/// Why nothing is known of something, or the reason of a block for its form.
std::string trouble(const CallJson& call, const Limits& limits) {
    CompileOptions options;
    options.limits = limits;
    const CompileResult compiled = compile_text(call_rules, "p.proviso", options);
    INFO(compiled.text);
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy, {.duties = {}, .limits = limits});
    const Decision decision = engine.decide(call);
    if (decision.reason == Reason::invalid_args) return "invalid_args";
    if (decision.outcome == Outcome::allow) return {};
    return decision.missing.empty() ? std::string(name(decision.reason))
                                    : decision.missing.front().cause;
}

std::function<std::string(const Limits&)> deciding(std::string host, std::string args) {
    return [host = std::move(host), args = std::move(args)](const Limits& limits) {
        return trouble({host, args}, limits);
    };
}

const std::string open_host =
    R"({"tool":"open","s":"1234567","names":["a","b","c"],"principal":{"roles":["q","s"]}})";

/// Names outside a catalogue, more than are remembered, come to the same each time.
std::string forgotten_tools(const Limits& limits) {
    const CompileResult compiled =
        compile_text("policy p version \"1\"\ncatalogue open\nallow a on a.*\nblock b on *.b\n");
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy, {.duties = {}, .limits = limits});
    Session session(engine);
    for (int round = 0; round < 3; ++round) {
        for (const char* tool : {"a.a", "a.b", "c.c", "a.d"}) {
            const Engine fresh(compiled.policy);
            if (session.decide(Call(tool)).outcome != fresh.decide(Call(tool)).outcome) {
                return "another decision";
            }
        }
    }
    return {};
}

const std::vector<Row>& rows() {
    static const std::string window = "window a = mon in \"UTC\"\n";
    static const std::vector<Row> all = {
        {"source_bytes", &Limits::source_bytes, head.size(), compiling(head), "P0301"},
        {"set_bytes", &Limits::set_bytes, 128, compile_files, "P2001"},
        {"set_files", &Limits::set_files, 2, compile_files, "P2001"},
        {"nesting", &Limits::nesting, 3, compiling(head + "let a = (((stage == read)))\n"),
         "P0302"},
        {"errors", &Limits::errors, 3, three_errors, "P0303"},
        {"rules", &Limits::rules, 3, compiling(head + "block c on x\nblock d on x\n"), "P1901"},
        {"tools", &Limits::tools, 2, compiling(head + "tool y { }\n"), "P1901"},
        {"roles", &Limits::roles, 2, compiling(head + "role a { }\nrole c { }\n"), "P1901"},
        {"role_depth", &Limits::role_depth, 2,
         compiling(head + "role a { }\nrole c extends a { }\n"), "P1901"},
        {"let_depth", &Limits::let_depth, 2,
         compiling(head + "let a = stage == read\nlet c = a\nblock d on x when c\n"), "P1240"},
        {"attributes", &Limits::attributes, 2,
         compiling(head + "attributes { a : int\n    c : int }\n"), "P1901"},
        {"enum_words", &Limits::enum_words, 6, compiling(head + "type t = a | c | d | e | f | g\n"),
         "P1901"},
        {"regex_bytes", &Limits::regex_bytes, 4,
         compiling(head + "attributes { s : string matches r\"abcd\" }\n"), "P1901"},
        {"matrix_cells", &Limits::matrix_cells, 2,
         compiling(head + "attributes { f : bool }\nmatrix m by f {\n    true | block |\n"
                          "    false | allow |\n}\n"),
         "P1901"},
        {"window_parts", &Limits::window_parts, 9,
         compiling(head + "window a = mon, 2026-12-25, fri 09:00..10:00 in \"UTC\"\n"
                          "window v = a, sun except a in \"UTC\"\n"),
         "P1901"},
        {"window_depth", &Limits::window_depth, 2,
         compiling(head + window + "window c = tue except a in \"UTC\"\n"), "P1901"},
        {"period_days", &Limits::period_days, 2,
         compiling(head + "limit many on x count over 2d > 5 : block\n"), "P1901"},
        {"approval_places", &Limits::approval_places, 3,
         compiling(head + "role r { }\napproval a { needs 3 of r }\n"), "P1901"},
        {"data_bytes", &Limits::data_bytes, 6, reading("[1, 2]"), "P2001"},
        {"data_values", &Limits::data_values, 3, reading("[1, 2]"), "P1601"},
        {"data_nesting", &Limits::data_nesting, 1, reading("[1, 2]"), "P1601"},
        {"schema_types", &Limits::schema_types, 3,
         importing(schema_of(R"({"type": "array", "items": {"type": "array", "items":
             {"type": "string"}}})")),
         "P1624"},
        {"schema_nesting", &Limits::schema_nesting, 2,
         importing(schema_of(R"({"type": "array", "items": {"type": "object", "properties":
             {"x": {"type": "string"}}}})")),
         "P1624"},
        {"listed_name_bytes", &Limits::listed_name_bytes, 3,
         importing(schema_of(R"({"type": "string"})")), "P1621"},
        {"description_bytes", &Limits::description_bytes, 5, describing, "abcd…"},
        {"call_bytes", &Limits::call_bytes, open_host.size(), deciding(open_host, "{}"),
         "invalid_args"},
        {"call_nesting", &Limits::call_nesting, 4, deciding(open_host, R"({"v":[[[1]]]})"),
         "invalid_args"},
        {"string_bytes", &Limits::string_bytes, 7, deciding(open_host, "{}"), "too long"},
        {"list_length", &Limits::list_length, 3, deciding(open_host, "{}"), "too long"},
        {"undeclared_args", &Limits::undeclared_args, 2,
         deciding(open_host, R"({"a":1,"b":2,"n":3})"), "invalid_args"},
        {"call_roles", &Limits::call_roles, 2, deciding(open_host, "{}"), "too long"},
        {"elements_visited", &Limits::elements_visited, 12,
         deciding(R"({"tool":"x"})", R"({"xs":[1,2,3]})"), "over budget"},
        {"remembered_tools", &Limits::remembered_tools, 3, forgotten_tools, ""},
        {"compiled_bytes", &Limits::compiled_bytes, 2048, load_saved, "refused"},
    };
    return all;
}

// ---------------------------------------------------------------- the table against its sources

std::string file(const fs::path& path) {
    std::ifstream stream(fs::path(tests::tree()) / path);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> fields() {
    const std::string text = file("include/proviso/limits.h");
    const std::regex field(R"(std::size_t (\w+) =)");
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), field), end; at != end; ++at) {
        found.push_back((*at)[1].str());
    }
    return found;
}

/// Whether a test of stores or approvals sets the field: what these bound takes more than a call.
bool tested_elsewhere(const std::string& field) {
    const fs::path folder = tests::in_tree("tests/unit/engine");
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const bool has_tests = name.starts_with("store") || name.starts_with("approvals");
        if (!has_tests || !name.ends_with("_test.cpp")) continue;
        if (file(entry.path()).find("." + field) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("each limit holds at its value and not past it") {
    for (const Row& row : rows()) {
        INFO(row.field);
        Limits limits;
        limits.*row.member = row.exact;
        CHECK(row.try_it(limits).empty());
        limits.*row.member = row.exact - 1;
        CHECK(row.try_it(limits) == row.past);
    }
}

TEST_CASE("a number may have any number of digits, and must fit exactly") {
    const std::string rules =
        "policy p version \"1\"\nattributes { r : decimal }\ntool t { args { d : decimal } }\n"
        "allow a on t when args.d > 0 and r > 0\nblock b on t when r > ";
    const CompileResult compiled = compile_text(rules + "5" + "\n");
    REQUIRE(compiled.policy != nullptr);
    const Engine engine(compiled.policy);
    const auto decided = [&](const std::string& r, const std::string& d) {
        const std::string host = R"({"tool":"t","r":)" + r + "}";
        const std::string args = R"({"d":)" + d + "}";
        return engine.decide(CallJson{host, args});
    };
    const std::string zeros(1'000, '0');
    const std::string most = "0." + std::string(18, '1');
    CHECK(decided("1." + zeros, "1." + zeros).outcome == Outcome::allow);
    CHECK(decided(most, most).outcome == Outcome::allow);
    CHECK(decided(most, most + "1").reason == Reason::invalid_args);
    const Decision past = decided(most + "1", most);
    CHECK(past.outcome == Outcome::block);
    REQUIRE(past.missing.size() == 1);
    CHECK(past.missing.front() == Missing{"r", "overflow"});
    CHECK(error_code(compile_text(rules + std::string(40, '1') + "\n")) == "P1222");
}

TEST_CASE("each field of Limits has a test and a row in docs/limits.md") {
    const std::string page = file("docs/limits.md");
    const std::vector<std::string> all = fields();
    REQUIRE(all.size() * sizeof(std::size_t) == sizeof(Limits));
    for (const std::string& field : all) {
        INFO(field);
        CHECK(page.find("\n| `" + field + "` | ") != std::string::npos);
        const bool has_row = std::any_of(rows().begin(), rows().end(),
                                         [&](const Row& row) { return row.field == field; });
        CHECK((has_row || tested_elsewhere(field)));
    }
}

}  // namespace proviso
