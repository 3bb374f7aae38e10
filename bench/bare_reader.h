// simdjson's On-Demand reading of the fields that a decision needs, and nothing else: the floor.
#pragma once

#include <cstdint>
#include <string_view>

#include <simdjson.h>

namespace proviso::bench {

/// Reads one receipt; a number that depends on every field read.
inline std::uint64_t read_bare(simdjson::ondemand::parser& parser,
                               simdjson::padded_string_view line) {
    simdjson::ondemand::document document = parser.iterate(line);
    std::uint64_t sum = 0;
    const auto text = [&](auto&& value) { sum += std::string_view(value.get_string()).size(); };
    simdjson::ondemand::object root = document.get_object();
    text(root["id"]);
    text(root["tool"]);
    text(root["stage"]);
    text(root["time"]);
    simdjson::ondemand::object principal = root["principal"];
    text(principal["id"]);
    for (auto role : principal["roles"]) text(role);
    simdjson::ondemand::object agent = root["agent"];
    text(agent["id"]);
    text(agent["model"]);
    text(agent["version"]);
    simdjson::ondemand::object workflow = root["workflow"];
    text(workflow["name"]);
    text(workflow["version"]);
    text(workflow["run"]);
    text(root["environment"]);
    simdjson::ondemand::object attributes = root["attributes"];
    simdjson::ondemand::object customer = attributes["customer"];
    text(customer["id"]);
    text(customer["tier"]);
    text(attributes["region"]);
    sum += static_cast<std::uint64_t>(double(attributes["risk"].get_double()) * 100);
    sum += bool(attributes["external"].get_bool()) ? 1 : 0;
    simdjson::ondemand::object args = root["args"];
    sum += static_cast<std::uint64_t>(double(args["amount"].get_double()) * 100);
    sum += std::uint64_t(args["items"].get_uint64());
    return sum;
}

}  // namespace proviso::bench
