#include "suites/tree.h"

#include <string>

#include <catch2/catch.hpp>

namespace proviso::suites {
namespace {

struct ReadTree {
    std::optional<Tree> tree;
    std::string errors;
};

ReadTree read(const std::string& yaml, std::size_t budget = 1000) {
    const std::string name = "t";
    simulator::YamlReader reader(name);
    ReadTree result;
    reader.load(yaml,
                [&](const YAML::Node& node) { result.tree = read_tree(reader, node, budget); });
    result.errors = reader.all_errors();
    return result;
}

std::string laid(const std::string& below, const std::string& above) {
    Tree tree = *read(below).tree;
    lay_over(tree, *read(above).tree);
    return to_json(tree);
}

std::string with(const std::string& tree, const std::string& path, const std::string& value) {
    Tree result = *read(tree).tree;
    put(result, keys_of(result, path), *read(value).tree);
    return to_json(result);
}

TEST_CASE("values are as JSON has them") {
    CHECK(to_json(*read("{a: 12.50, b: 007, c: '5', d: yes, e: true}").tree) ==
          R"({"a": 12.50, "b": "007", "c": "5", "d": "yes", "e": true})");
    CHECK(to_json(*read("{f: ~, g: [1, x], h: {}}").tree) ==
          R"({"f": null, "g": [1, "x"], "h": {}})");
}

TEST_CASE("maps are laid over each other, all else is replaced, null takes away") {
    CHECK(laid("{a: {x: 1, y: 2}, b: [1, 2]}", "{a: {y: 3, z: 4}, b: [5]}") ==
          R"({"a": {"x": 1, "y": 3, "z": 4}, "b": [5]})");
    CHECK(laid("{a: {x: 1}, b: 2}", "{a: ~, c: {d: ~, e: 1}}") == R"({"b": 2, "c": {"e": 1}})");
    CHECK(laid("{a: 1}", "{a: {x: 1}}") == R"({"a": {"x": 1}})");
    CHECK(laid("{a: {x: 1}}", "{a: 1}") == R"({"a": 1})");
}

TEST_CASE("a path is put where its keys lead") {
    CHECK(with("{args: {x: 1}}", "args.x", "2") == R"({"args": {"x": 2}})");
    CHECK(with("{}", "a.b.c", "2") == R"({"a": {"b": {"c": 2}}})");
    CHECK(with("{a: {b.c: 1}}", "a.b.c", "2") == R"({"a": {"b.c": 2}})");
    CHECK(with("{a: {b.c: {d: 1}}}", "a.b.c.d", "2") == R"({"a": {"b.c": {"d": 2}}})");
    CHECK(with("{a: {b: 1}}", "a.b", "~") == R"({"a": {}})");
    CHECK(with("{a: 1}", "b.c", "~") == R"({"a": 1})");
    CHECK(with("{a: 1}", "a.b", "2") == R"({"a": {"b": 2}})");
}

TEST_CASE("keys that stand twice, deep nesting and too many values are errors") {
    CHECK(read("{a: 1, a: 2}").errors == "t:1:8: `a` stands here twice");
    CHECK(read(std::string(32, '[') + std::string(32, ']')).errors.empty());
    CHECK(read(std::string(33, '[') + std::string(33, ']')).errors.find("nested too deep") !=
          std::string::npos);
    CHECK(read("[1, 2, 3]", 4).errors.empty());
    CHECK(read("[1, 2, 3]", 3).errors.find("too much") != std::string::npos);
}

}  // namespace
}  // namespace proviso::suites
