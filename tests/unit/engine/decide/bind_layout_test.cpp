// Binding from anybody's log: pointers, constants, words, forms of time, captures.
#include <catch2/catch.hpp>

#include "engine/model/calendar.h"
#include "tests/unit/engine/decide/bind_program.h"

namespace {

using namespace proviso;         // NOLINT(google-build-using-namespace)
using namespace proviso::tests;  // NOLINT(google-build-using-namespace)

Bench layout_bench() {
    ProgramMaker maker;
    maker.attribute("environment", maker.words("environment", {"dev", "production"}));
    maker.attribute("customer.id", maker.plain(Kind::string));
    maker.attribute("customer.tier", maker.optional(Kind::string));
    maker.attribute("customer.since", maker.plain(Kind::time));
    maker.attribute("severity", maker.words("severity", {"none", "sev1"}), model::of_integer(0));
    maker.tool(
        {"t", {{"a", maker.optional(Kind::integer)}, {"b", maker.optional(Kind::string)}}, 0x1F});
    maker.role("lead");
    return Bench(std::move(maker.program));
}

LayoutField field(std::string pointer, std::string target) {
    LayoutField made;
    made.pointer = std::move(pointer);
    made.target = std::move(target);
    return made;
}

LayoutField constant(std::string target, std::string json, std::string pointer = "") {
    LayoutField made = field(std::move(pointer), std::move(target));
    made.fallback = std::move(json);
    return made;
}

Layout layout(std::vector<LayoutField> fields) {
    Layout::MakeResult made = Layout::make(std::move(fields));
    INFO(made.error);
    REQUIRE(made.layout);
    return *made.layout;
}

std::string refused(std::vector<LayoutField> fields) {
    return Layout::make(std::move(fields)).error;
}

}  // namespace

TEST_CASE("layout: what is refused") {
    CHECK(refused({field("tool", "tool")}) == "`tool` is not a JSON pointer");
    CHECK(refused({field("/a~2", "tool")}) == "`/a~2` is not a JSON pointer");
    CHECK(refused({field("", "tool")}) == "`tool` has neither a pointer nor a fallback");
    CHECK(refused({field("/a", "")}) == "a field has no target");
    CHECK(refused({field("/a", "capture.")}) == "a field has no target");
    CHECK(refused({field("/a", "tool"), field("/b", "tool")}) == "`tool` is a target twice");
    CHECK(refused({field("/a/b", "tool"), field("/a", "stage")}) ==
          "`/a/b` leads through the value of `stage`");
    CHECK(refused({field("/a", "attributes"), field("/a", "args")}) ==
          "`/a` is both `attributes` and `args`");
    CHECK(refused({constant("tool", "{")}).find("the fallback of `tool` is not JSON") == 0);
    CHECK(refused({constant("tool", "1 2")}).find("the fallback of `tool` is not JSON") == 0);
    CHECK(refused({constant("tool", "\"\\x\"")}).find("the fallback of `tool` is not") == 0);
    LayoutField words = field("/a", "attributes");
    words.words = {{"x", "y"}};
    CHECK(refused({words}) == "`attributes` is not one word, so it takes no words");
    CHECK(refused({field("/a/b", "tool"), field("/a/bc", "stage")}).empty());
}

TEST_CASE("layout: the native form, arguments first or last") {
    Bench b = layout_bench();
    for (const char* text :
         {R"({"args": {"a": 5}, "tool": "t", "environment": "dev", "extra": 1})",
          R"({"tool": "t", "environment": "dev", "args": {"a": 5}, "extra": {}})"}) {
        b.document(Layout::native(), text);
        CHECK(b.form().empty());
        CHECK(b.at("args.a").integer == 5);
        CHECK(b.at("environment").integer == 0);
    }
    b.document(Layout::native(), R"({"tool": "t", "args": {"a": 5}, "args": {"a": 5}})");
    CHECK(b.form() == "invalid_args args: given twice");
    b.document(Layout::native(), R"({"args": {"z": 5}, "tool": "t"})");
    CHECK(b.form() == "invalid_args args.z: not declared");
    b.document(Layout::native(), R"({"args": 5, "tool": "t"})");
    CHECK(b.form() == "invalid_args args: not an object");
    b.document(Layout::native(), R"({"tool": "t", "args": null})");
    CHECK(b.form().empty());
    b.document(Layout::native(), R"({"tool": "t", "args": {"a": 5}, "unknown": ["tool"]})");
    CHECK(b.bound.form == decide::FormError::unknown_tool);
}

TEST_CASE("layout: places, words, times and captures") {
    LayoutField environment = field("/env", "environment");
    environment.words = {{"prod", "production"}, {"5", "dev"}};
    LayoutField time = field("/ts", "time");
    time.time_form = TimeForm::unix_milliseconds;
    LayoutField since = field("/user/since", "customer.since");
    since.time_form = TimeForm::unix_seconds;
    LayoutField roles = field("/who/groups", "principal.roles");
    roles.words = {{"L", "lead"}};
    const Layout place = layout(
        {field("/request/name", "tool"), field("/request/input", "args"), environment, time, since,
         roles, field("/who/id", "principal.id"), field("/user/i~1d~0", "customer.id"),
         field("/verdict", "capture.verdict"), field("/request/name", "capture.tool"),
         field("/nothing", "capture.none"), field("/x", "no.such")});
    Bench b = layout_bench();
    const std::string text =
        R"({"who": {"id": "ann", "groups": ["L", "x"]}, "env": "prod", "ts": 1763650800123.5,
            "request": {"input": {"a": 1}, "name": "t"}, "verdict": {"ok": [true]} ,
            "user": {"i/d~": "c-1", "since": 1700000000}, "x": {}})";
    for (const bool padded : {false, true}) {
        const std::string memory = text + std::string(64, '}');
        const std::string_view document(memory.data(), text.size());
        b.document(place, document, padded);
        CHECK(b.form().empty());
        CHECK(b.at("args.a").integer == 1);
        CHECK(b.at("environment").integer == 1);
        CHECK(model::time_text(b.at("time").integer) == "2025-11-20T15:00:00.1235Z");
        CHECK(b.at("customer.since").integer == 1'700'000'000'000'000);
        CHECK(b.at("customer.id").view() == "c-1");
        CHECK(b.held(0) == std::vector<std::string>{"lead"});
        CHECK(place.captures() == std::vector<std::string>{"verdict", "tool", "none"});
        REQUIRE(b.captures.size() == 3);
        CHECK(b.captures[0] == R"({"ok": [true]})");
        CHECK(b.captures[0].data() == document.data() + document.find(R"({"ok")"));
        CHECK(b.captures[1] == "\"t\"");
        CHECK(b.captures[2].empty());
    }
    const auto state = [&](const char* document, const char* path) {
        b.document(place, document);
        return b.at(path).state;
    };
    CHECK(state(R"({"env": 5, "request": {"name": "t"}})", "environment") == State::present);
    CHECK(state(R"({"ts": "2026-11-20T15:00Z"})", "time") == State::wrong_type);
    CHECK(state(R"({"ts": 1e30})", "time") == State::overflow);
    CHECK(state(R"({"ts": 1e17})", "time") == State::overflow);
    CHECK(state(R"({"ts": 1e15})", "time") == State::out_of_range);
    CHECK(state(R"({"user": 5})", "customer.id") == State::wrong_type);
    CHECK(state(R"({"user": null})", "customer.id") == State::wrong_type);
    CHECK(state("{}", "customer.id") == State::missing);
    b.document(place, R"({"request": 5})");
    CHECK(b.form() == "unknown_tool tool: not the name of a tool");
    b.document(place, R"({"request": {"name": "t"}, "env": "prod", "env": "prod"})");
    CHECK(b.form().empty());
    CHECK(b.at("environment").state == State::host_unknown);
    b.document(place, R"({"request": {"name": "t", "name": "t"}})");
    CHECK(b.form() == "invalid_args name: given twice");
    b.document(place, R"({"request": {"name": "t"}, "request": {}})");
    CHECK(b.form() == "invalid_args request: given twice");
}

TEST_CASE("layout: constants") {
    const Layout place = layout(
        {constant("tool", "\"t\"", "/tool"), constant("environment", "\"production\""),
         constant("stage", "\"propose\"", "/at/stage"), constant("customer.tier", "null", "/tier"),
         constant("attributes", R"({"customer": {"id": "c-0"}})"), constant("args.a", "7", "/a"),
         constant("capture.x", "[1]", "/x")});
    Bench b = layout_bench();
    b.document(place, "{}");
    CHECK(b.form().empty());
    CHECK(b.at("environment").integer == 1);
    CHECK(b.bound.stage == 1);
    CHECK(b.at("customer.id").view() == "c-0");
    CHECK(b.at("customer.tier").state == State::absent);
    CHECK(b.at("args.a").integer == 7);
    CHECK(b.captures[0] == "[1]");
    b.document(place, R"({"tool": null, "at": 5, "tier": "x", "a": 8, "x": 2})");
    CHECK(b.form().empty());
    CHECK(b.bound.stage == 1);
    CHECK(b.at("customer.tier").view() == "x");
    CHECK(b.at("args.a").integer == 8);
    CHECK(b.captures[0] == "2");
    b.document(place, R"({"at": {"stage": "read"}, "a": "8"})");
    CHECK(b.form() == "invalid_args args.a: not a whole number");
    CHECK(b.bound.stage == 0);
}

TEST_CASE("layout: single arguments beside the object of all") {
    const Layout place =
        layout({field("/tool", "tool"), field("/in", "args"), field("/b", "args.b")});
    Bench b = layout_bench();
    b.document(place, R"({"tool": "t", "in": {"a": 1}, "b": "x"})");
    CHECK(b.form().empty());
    CHECK(b.at("args.a").integer == 1);
    CHECK(b.at("args.b").view() == "x");
    b.document(place, R"({"tool": "t", "in": {"b": "y"}, "b": "x"})");
    CHECK(b.form() == "invalid_args args.b: given twice");
}

TEST_CASE("layout: groups by their names") {
    const Layout place = layout({field("/tool", "tool"), field("/user", "principal"),
                                 field("/c", "customer"), field("/gaps", "unknown")});
    Bench b = layout_bench();
    b.document(place, R"({"tool": "t", "user": {"id": "ann", "roles": ["lead"]},
                          "c": {"id": "c-1", "tier": "gold"}, "gaps": ["customer.tier"]})");
    CHECK(b.form().empty());
    CHECK(b.at("principal.id").view() == "ann");
    CHECK(b.held(0) == std::vector<std::string>{"lead"});
    CHECK(b.at("customer.id").view() == "c-1");
    CHECK(b.at("customer.tier").state == State::host_unknown);
}
