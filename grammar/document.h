// A data file as a tree: what a `data` statement reads, before it has a type.
//
// Made by engine/documents.cpp from YAML or JSON, typed by engine/check/data.cpp. Nodes refer to
// each other by number, so that no file makes anything recurse deeper than its limit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grammar/source.h"

namespace proviso::grammar {

struct DocumentNode {
    enum class Kind : std::uint8_t { scalar, list, map };
    Kind kind = Kind::scalar;
    bool quoted = false;               // of a scalar
    std::string text;                  // of a scalar, escapes decoded
    Span span;                         // of a list or map: where it begins
    std::vector<std::uint32_t> items;  // of a map: a key, its value, a key, …
};

struct Document {
    std::vector<DocumentNode> nodes;  // the first is the root; none: it could not be read
};

}  // namespace proviso::grammar
