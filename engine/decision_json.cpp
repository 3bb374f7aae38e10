// Decisions, explanations and the agent's view as JSON. Keys keep the order in which a person
// reads them; docs/decision.schema.json describes them.
#include <nlohmann/json.hpp>

#include "proviso/decision.h"

namespace proviso {

namespace {

using Json = nlohmann::ordered_json;

Json to_object(const Match& match) {
    Json json{{"name", match.name},
              {"kind", match.kind},
              {"effect", name(match.effect)},
              {"sure", match.sure}};
    if (match.on_trial) json["on_trial"] = true;
    if (!match.who.empty()) json["who"] = match.who;
    if (match.within_seconds != 0) json["within_seconds"] = match.within_seconds;
    if (!match.because.empty()) json["because"] = match.because;
    if (!match.fix.empty()) json["fix"] = match.fix;
    if (!match.file.empty()) {
        json["file"] = match.file;
        json["line"] = match.line;
        json["column"] = match.column;
    }
    return json;
}

template <class T, class Make>
Json list(const std::vector<T>& items, const Make& make) {
    Json json = Json::array();
    for (const T& item : items) json.push_back(make(item));
    return json;
}

Json matches(const std::vector<Match>& items) {
    return list(items, [](const Match& one) { return to_object(one); });
}

Json to_object(const Gate& gate) {
    Json json{{"rule", gate.rule}};
    if (!gate.role.empty()) json["role"] = gate.role;
    if (!gate.approval.empty()) json["approval"] = gate.approval;
    if (!gate.because.empty()) json["because"] = gate.because;
    json["open"] = gate.open;
    json["places"] = gate.places;
    json["filled"] = gate.filled;
    json["needs"] = list(gate.needs, [](const NeededPeople& one) {
        Json need{{"count", one.count}, {"of", one.of}};
        if (!one.roles.empty()) need["roles"] = one.roles;
        return need;
    });
    if (!gate.also.empty()) {
        json["also"] = list(gate.also, [](const AddedLater& one) {
            Json also{{"role", one.role}, {"after_seconds", one.after_seconds}};
            if (!one.at.empty()) also["at"] = one.at;
            return also;
        });
    }
    if (!gate.never.empty()) json["never"] = gate.never;
    if (!gate.not_known.empty()) json["not_known"] = gate.not_known;
    if (!gate.until.empty()) json["until"] = gate.until;
    json["valid_seconds"] = gate.valid_seconds;
    return json;
}

Json to_object(const ApprovalRequest& request) {
    Json args = Json::object();
    for (const auto& [name, value] : request.args) args[name] = value;
    Json json = Json::object();
    if (!request.call_id.empty()) json["call_id"] = request.call_id;
    if (!request.plan.empty()) json["plan"] = request.plan;
    json["gates"] = request.gates;
    if (!request.requested_at.empty()) json["requested_at"] = request.requested_at;
    if (!request.until.empty()) json["until"] = request.until;
    json["args"] = args;
    return json;
}

void add_approvals(Json& json, const Decision& decision) {
    if (!decision.plan_hash.empty()) json["plan_hash"] = decision.plan_hash;
    if (!decision.plan_fault.empty()) json["plan_fault"] = decision.plan_fault;
    if (decision.request) json["request"] = to_object(*decision.request);
    if (!decision.uncounted.empty()) {
        json["uncounted"] = list(decision.uncounted, [](const UncountedApproval& one) {
            return Json{{"by", one.by}, {"verdict", one.verdict}, {"cause", one.cause}};
        });
    }
    if (!decision.rejected_by.empty()) json["rejected_by"] = decision.rejected_by;
    if (!decision.valid_until.empty()) json["valid_until"] = decision.valid_until;
}

Json to_object(const Duty& duty) {
    Json arguments = Json::object();
    for (const auto& [key, value] : duty.arguments) arguments[key] = value;
    return {{"name", duty.name}, {"arguments", arguments}, {"rule", duty.rule}};
}

Json to_object(const Decision& decision) {
    Json json{{"outcome", name(decision.outcome)},
              {"reason", name(decision.reason)},
              {"best_case", name(decision.best_case)}};
    if (decision.repeat) json["repeat"] = true;
    if (!decision.detail.empty()) json["detail"] = decision.detail;
    json["tool"] = decision.tool;
    if (!decision.stage.empty()) json["stage"] = decision.stage;
    json["base"] = matches(decision.base);
    json["restrictions"] = matches(decision.restrictions);
    json["trials"] = matches(decision.trials);
    json["missing"] = list(decision.missing, [](const Missing& one) {
        return Json{{"name", one.name}, {"cause", one.cause}};
    });
    json["totals"] = list(decision.totals, [](const LimitTotal& one) {
        return Json{{"limit", one.limit}, {"before", one.before}, {"after", one.after}};
    });
    json["gates"] = list(decision.gates, [](const Gate& one) { return to_object(one); });
    add_approvals(json, decision);
    json["reviews"] = list(decision.reviews, [](const Review& one) {
        return Json{{"role", one.role}, {"within_seconds", one.within_seconds}, {"rule", one.rule}};
    });
    json["obligations"] =
        list(decision.obligations, [](const Duty& one) { return to_object(one); });
    json["undeclared_roles"] = decision.undeclared_roles;
    json["granted_by"] = decision.granted_by;
    json["policy"] = {{"name", decision.policy_name},
                      {"version", decision.policy_version},
                      {"hash", decision.policy_hash}};
    json["halt_epoch"] = decision.halt_epoch;
    return json;
}

Json to_object(const ExplainedRule& rule) {
    Json json{{"kind", rule.kind}, {"result", rule.result}, {"rule", to_object(rule.match)}};
    json["values"] = list(rule.values, [](const ExplainedValue& one) {
        return Json{{"depth", one.depth},
                    {"expression", one.expression},
                    {"value", one.value},
                    {"condition", one.condition}};
    });
    if (!rule.held_back_by.empty()) json["held_back_by"] = rule.held_back_by;
    return json;
}

std::string text(const Json& json) {
    // Strings of a call are valid UTF-8; `replace` is for a host's own texts that are not.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Decision& decision) {
    return text(to_object(decision));
}

std::string to_json(const AgentView& view) {
    Json json{
        {"outcome", name(view.outcome)}, {"reason", name(view.reason)}, {"fixes", view.fixes}};
    if (view.repeat) json["repeat"] = true;
    if (view.approvals_needed != 0) {
        json["approvals"] = {{"needed", view.approvals_needed}, {"given", view.approvals_given}};
    }
    return text(json);
}

std::string to_json(const Explanation& explanation) {
    const auto rules = [](const std::vector<ExplainedRule>& items) {
        return list(items, [](const ExplainedRule& one) { return to_object(one); });
    };
    return text({{"decision", to_object(explanation.decision)},
                 {"took_part", rules(explanation.took_part)},
                 {"near_misses", rules(explanation.near_misses)}});
}

}  // namespace proviso
