// Data files: where they may lie, what they may hold, what the set's hash says of them. Their
// values and mistakes are in tests/golden/check/data.
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "proviso/proviso.h"

using namespace proviso;  // NOLINT(google-build-using-namespace)
namespace fs = std::filesystem;

namespace {

CompileResult compiled(const std::string& path, const std::string& text, Limits limits = {}) {
    CompileOptions options;
    options.limits = limits;
    options.data_files = {{path, text}};
    return compile_text(
        "policy p version \"1\"\ntool x { args { n : string } }\n"
        "data names : [string] from \"" +
            path +
            "\"\n"
            "allow known on x when args.n in names and time > 2000-01-01T00:00Z\n",
        "p.proviso", options);
}

std::string hash_of(const std::string& path, const std::string& text) {
    const CompileResult result = compiled(path, text);
    INFO(result.text);
    REQUIRE(result.policy);
    return result.policy->hash();
}

std::string code_of(const CompileResult& result) {
    return result.policy || result.diagnostics.empty() ? "" : result.diagnostics[0].code;
}

Outcome decided(const PolicyPtr& policy, std::string_view name) {
    Call call("x");
    call.time("2026-11-20T15:00:00Z").arg("n", name);
    return Engine(policy).decide(call).outcome;
}

/// A folder of its own, gone with the test.
struct Folder {
    Folder() : path(fs::temp_directory_path() / "proviso-data-test") {
        fs::remove_all(path);
        fs::create_directories(path / "set" / "inner");
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path / name) << text;
    }
    [[nodiscard]] CompileResult compile_with(const std::string& data) const {
        write("set/a.proviso",
              "policy p version \"1\"\ntool x { args { n : string } }\n"
              "data names : [string] from \"" +
                  data +
                  "\"\n"
                  "allow known on x when args.n in names and time > "
                  "2000-01-01T00:00Z\n");
        return compile_path((path / "set").string());
    }
    fs::path path;
};

}  // namespace

TEST_CASE("the hash says what the values are, not how they are written") {
    const std::string hash = hash_of("a.yaml", "[a, b]");
    CHECK(hash_of("b.yaml", "# names\n- a\n- \"b\"\n") == hash_of("b.yaml", "['a', b]"));
    CHECK(hash_of("b.json", "[\"a\",\"b\"]") == hash);
    CHECK(hash_of("a.yaml", "[a, b, c]") != hash);
}

TEST_CASE("data travels in the compiled set, its text does not") {
    const CompileResult result = compiled("a.yaml", "# a remark\n- ann\n");
    REQUIRE(result.policy);
    const std::string bytes = result.policy->save();
    CHECK(bytes.find("a remark") == std::string::npos);
    const LoadResult loaded = load_policy(bytes);
    REQUIRE(loaded.policy);
    CHECK(decided(loaded.policy, "ann") == Outcome::allow);
    CHECK(decided(loaded.policy, "joe") == Outcome::block);
}

TEST_CASE("limits of a data file, at the limit and one past it") {
    Limits limits;
    limits.data_values = 3;
    CHECK(code_of(compiled("a.yaml", "[a, b]", limits)).empty());
    CHECK(code_of(compiled("a.yaml", "[a, b, c]", limits)) == "P1601");
    limits = {};
    limits.data_nesting = 1;
    CHECK(code_of(compiled("a.yaml", "[a]", limits)).empty());
    CHECK(code_of(compiled("a.yaml", "[[a]]", limits)) == "P1601");
    limits = {};
    limits.data_bytes = 4;
    CHECK(code_of(compiled("a.yaml", "[ab]", limits)).empty());
    CHECK(code_of(compiled("a.yaml", "[abc]", limits)) == "P2001");
}

TEST_CASE("bytes that are no text") {
    CHECK(code_of(compiled("a.yaml", "[\xFF]")) == "P1601");
    CHECK(code_of(compiled("a.json", "[\"\xC3\"]")) == "P1601");
    CHECK(code_of(compiled("a.yaml", std::string("[\0]", 3))) == "P1601");
    CHECK(code_of(compiled("a.yaml", "")) == "P1601");
    CHECK(code_of(compiled("a.yaml", std::string(20'000, '['))) == "P1601");
    CHECK(code_of(compiled("a.json", std::string(20'000, '['))) == "P1601");
}

TEST_CASE("data files lie in the folder of the set") {
    const Folder folder;
    folder.write("set/names.yaml", "[a]");
    folder.write("set/inner/names.yaml", "[b]");
    folder.write("outside.yaml", "[c]");
    const CompileResult good = folder.compile_with("names.yaml");
    INFO(good.text);
    REQUIRE(good.policy);
    CHECK(decided(good.policy, "a") == Outcome::allow);
    CHECK(folder.compile_with("inner/names.yaml").policy);
    CHECK(folder.compile_with("./names.yaml").policy);
    CHECK(code_of(folder.compile_with("none.yaml")) == "P2001");
    CHECK(code_of(folder.compile_with("inner")) == "P2001");
    CHECK(code_of(folder.compile_with("../outside.yaml")) == "P2001");
    CHECK(code_of(folder.compile_with("inner/../names.yaml")) == "P2001");
    CHECK(code_of(folder.compile_with((folder.path / "set/names.yaml").string())) == "P2001");
    fs::create_symlink(folder.path / "outside.yaml", folder.path / "set/link.yaml");
    fs::create_directory_symlink(folder.path, folder.path / "set/up");
    fs::create_symlink("names.yaml", folder.path / "set/beside.yaml");
    CHECK(code_of(folder.compile_with("link.yaml")) == "P2001");
    CHECK(code_of(folder.compile_with("up/outside.yaml")) == "P2001");
    CHECK(folder.compile_with("beside.yaml").policy);
}
