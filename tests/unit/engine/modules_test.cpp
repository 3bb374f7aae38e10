// Modules of the standard library: the laws of an import, and each module as a set of its own.
// What they hold is in tests/golden/decide/modules.
#include "stdlib/modules.h"

#include <string>

#include <catch2/catch.hpp>

#include "proviso/format.h"
#include "proviso/policy.h"

using namespace proviso;

namespace {

std::string hash_of(const std::string& statements) {
    const CompileResult compiled = compile_text("policy p version \"1\"\n" + statements);
    INFO(compiled.text);
    REQUIRE(compiled.policy != nullptr);
    return std::string(compiled.policy->hash());
}

const std::string plain = "tool t { }\nrole lead { }\nblock b on t when time > 2026-01-01T00:00Z\n";

std::string all_imports() {
    std::string text;
    for (const stdlib::Module& module : stdlib::modules()) {
        text += "import " + std::string(module.name) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("An import alone changes nothing") {
    CHECK(hash_of(all_imports() + plain) == hash_of(plain));
}

TEST_CASE("The order of imports, and importing twice, change nothing") {
    const std::string rule = "gate g on t when in_incident and on_workday by two_people\n" + plain;
    const std::string one = "import std.people\nimport std.time\nimport std.change\n";
    const std::string other = "import std.change\nimport std.people\nimport std.time\n";
    CHECK(hash_of(one + rule) == hash_of(other + rule));
    CHECK(hash_of(one + rule) == hash_of(rule + other + one));
    CHECK(hash_of(all_imports() + rule) == hash_of(one + rule));
}

TEST_CASE("What is imported is as if it were written") {
    const std::string rule = "gate g on t when in_production by lead\n" + plain;
    const std::string written =
        "type deployment = local_machine < dev < test < staging < production\n"
        "attributes { environment : deployment }\n"
        "let in_production = environment == production\n";
    CHECK(hash_of("import std.environment\n" + rule) == hash_of(written + rule));
}

TEST_CASE("A param of a module is set like any other") {
    CompileOptions options;
    options.params = {{"clocks", "Asia/Tokyo"}};
    const std::string text =
        "policy p version \"1\"\nimport std.time\ntool t { }\n"
        "allow a on t when in_working_hours\n";
    const CompileResult other = compile_text(text, "p.proviso", options);
    REQUIRE(other.policy != nullptr);
    CHECK(other.policy->hash() != compile_text(text).policy->hash());
}

TEST_CASE("Every module is a set without warnings, in the one form of rule text") {
    REQUIRE_FALSE(stdlib::modules().empty());
    for (const stdlib::Module& module : stdlib::modules()) {
        INFO(module.name);
        const std::string text(module.text);
        CHECK(text.starts_with("policy " + std::string(module.name) + " version \"1\"\n"));
        const CompileResult compiled = compile_text(text + "\ncatalogue open\n");
        INFO(compiled.text);
        CHECK(compiled.policy != nullptr);
        CHECK(format_text(text).formatted == text);
    }
}

TEST_CASE("Modules declare, and decide nothing") {
    for (const stdlib::Module& module : stdlib::modules()) {
        INFO(module.name);
        const std::string text = "\n" + std::string(module.text);
        for (const char* word : {"allow", "notify", "gate", "block", "default", "role", "bind",
                                 "raise", "tool", "limit", "counter", "import", "data", "facts",
                                 "authority", "catalogue", "matrix", "trial", "example"}) {
            CHECK(text.find("\n" + std::string(word) + " ") == std::string::npos);
        }
    }
}
