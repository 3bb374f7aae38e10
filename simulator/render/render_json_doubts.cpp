// What speaks against the history as JSON. Covered by tests/cli/doubts_test.py.
#include <utility>

#include "simulator/render/render_json.h"

namespace proviso::simulator {
namespace {

Json call_at(const CallAt& at) {
    Json json{{"file", at.file}, {"line", at.line}};
    if (at.call > 0) json["call"] = at.call;
    return json;
}

Json mapped_json(const std::vector<MappedField>& fields, const char* note) {
    Json list = Json::array();
    for (const MappedField& one : fields) list.push_back({{"field", one.field}, {note, one.note}});
    return list;
}

}  // namespace

Json doubts_json(const Doubts& doubts) {
    const RepeatedIds& ids = doubts.repeated_ids;
    Json repeated{
        {"ids", ids.ids}, {"calls", ids.calls}, {"same", ids.same}, {"one_in", ids.one_in}};
    if (!ids.id.empty()) {
        repeated["example"] = {
            {"id", ids.id}, {"first", call_at(ids.first)}, {"again", call_at(ids.again)}};
    }
    const OddTimes& odd = doubts.times;
    Json times{{"early", odd.early}, {"late", odd.late}, {"unreadable", odd.unreadable}};
    if (odd.calls() > 0) {
        times["first"] = {{"value", odd.value},
                          {"place", odd.place},
                          {"read_as", odd.read_as},
                          {"form", odd.form},
                          {"at", call_at(odd.first)}};
    }
    return {{"repeated_ids", std::move(repeated)},
            {"times", std::move(times)},
            {"mapping",
             {{"looked_at", doubts.mapping.looked_at},
              {"nowhere", mapped_json(doubts.mapping.nowhere, "place")},
              {"unknown", mapped_json(doubts.mapping.unknown, "near")}}}};
}

}  // namespace proviso::simulator
