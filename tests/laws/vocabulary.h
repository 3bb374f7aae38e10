// What a generated set declares, so that expressions can name it and calls can bring it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/laws/types.h"

namespace proviso::laws {

struct Named {
    std::string name;
    Type type;
};

struct Tool {
    std::string name;
    bool open_args = false;
    std::vector<std::string> stages;  // empty: execute alone
    std::vector<std::string> tags;
    std::vector<Named> args;
};

struct TableShape {
    std::string name;
    std::vector<Type> keys;
    Type value;
};

/// Facts of a thing that an argument names.
struct FactsShape {
    std::string name;
    Named key;  // the argument
    std::vector<Named> fields;
};

struct Vocabulary {
    bool open_catalogue = false;
    std::vector<Type> types;  // with names
    std::vector<Named> attributes;
    std::vector<Tool> tools;
    std::vector<FactsShape> facts;
    std::vector<Named> data;
    std::vector<std::string> roles;
    std::vector<std::string> ids;
    std::vector<Named> params;
    std::vector<TableShape> tables;
    std::vector<std::string> windows;
    std::vector<Named> lets;
    std::vector<std::pair<std::string, std::vector<Named>>> obligations;
};

/// Args that no tool declares: an open tool or catalogue may bring them, and rules read them.
[[nodiscard]] const std::vector<Named>& undeclared_args();

/// An attribute, a list of ints, that calls now and then bring as long as lists may be.
inline const std::string long_list = "numbers";

/// Data: rates that `convert` takes.
inline const std::string given_rates = "given_rates";

/// Files that every set may read, by name and text.
struct DataShape {
    Named data;
    std::string file;
    std::string text;
};
[[nodiscard]] const std::vector<DataShape>& data_shapes();

/// Names of tools that an open catalogue takes.
[[nodiscard]] const std::vector<std::string>& outside_tools();

/// With daylight saving in the north and the south, of half an hour, and none.
inline const std::vector<std::string> window_zones{"Europe/Berlin", "Australia/Lord_Howe",
                                                   "America/St_Johns", "Asia/Kolkata", "UTC"};
inline const std::vector<std::string> all_stages{"read", "propose", "prepare", "approve",
                                                 "execute"};
inline const std::vector<std::string> all_tiers{"informational", "reversible", "operational",
                                                "high_impact"};

}  // namespace proviso::laws
