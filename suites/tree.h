// A value as JSON has it, with its place in a suite file: the calls of a suite are put together
// from such trees (what all calls share, what one adds, the columns of a row) and written as the
// JSON that a host would send. Numbers keep their digits.
// Covered by tests/unit/suites/tree_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "simulator/text/yaml_reader.h"

namespace proviso::suites {

/// Where something stands in its file; both from 1.
struct Mark {
    int line = 0;
    int column = 0;
};
[[nodiscard]] Mark mark_of(const YAML::Node& node);

struct Tree {
    enum class Kind : std::uint8_t { scalar, list, map };
    struct Entry;

    Kind kind = Kind::scalar;
    std::string scalar = "null";  ///< JSON text: "12.50", "\"a\""
    std::vector<Tree> items;
    std::vector<Entry> entries;  ///< of a map, each key once
    Mark mark;

    [[nodiscard]] bool is_null() const { return kind == Kind::scalar && scalar == "null"; }
};

struct Tree::Entry {
    std::string key;
    Tree value;
    Mark mark;  ///< of the key
};

[[nodiscard]] Tree text_tree(std::string_view text);

/// From YAML; none, and an error in the reader, where a map has a key twice or one that is no word,
/// or lists and maps are too deep. Each value takes one of `budget`: an alias can stand for much.
[[nodiscard]] std::optional<Tree> read_tree(simulator::YamlReader& yaml, const YAML::Node& node,
                                            std::size_t& budget);

/// What `over` says is laid over `into`: maps entry by entry, anything else in place of what was
/// there. An entry that is null is taken away.
void lay_over(Tree& into, const Tree& over);

/// The value at the keys; null where there is none.
[[nodiscard]] const Tree* find(const Tree& tree, const std::vector<std::string>& keys);
/// Puts it there, with maps on the way where there are none; null takes away.
void put(Tree& into, const std::vector<std::string>& keys, const Tree& value);

/// A dotted path as keys: `attributes.customer.id` is `attributes`, then `customer.id` where that
/// is an entry there, else `customer`, then `id`.
[[nodiscard]] std::vector<std::string> keys_of(const Tree& tree, std::string_view path);

/// One line, with a blank behind each comma and colon.
[[nodiscard]] std::string to_json(const Tree& tree);

}  // namespace proviso::suites
