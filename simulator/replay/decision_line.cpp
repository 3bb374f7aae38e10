#include "simulator/replay/decision_line.h"

#include "simulator/replay/comparison.h"
#include "simulator/replay/shown_args.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
    append_json_string(out, name);
    out += ": ";
    append_json_string(out, text);
    out += ", ";
}

/// A value of the history; left out where the line has none.
void append_taken(std::string& out, const Taken& taken,
                  const std::vector<std::string_view>& captures) {
    const std::string_view raw = taken.raw(captures);
    if (raw.empty()) return;
    if (taken.words.empty()) {
        append_json_string(out, taken.name);
        out += ": ";
        append_json_value(out, raw);
        out += ", ";
        return;
    }
    std::string scratch;
    append_member(out, taken.name, translated(taken.words, plain_text(raw, scratch)));
}

/// A label may be one of the arguments.
void append_label(std::string& out, const Taken& label, const DecidedCall& call) {
    const bool secret = sounds_secret(label.name) || sounds_secret(label.pointer);
    const std::string_view raw = label.raw(call.captures);
    if (!raw.empty() && !call.show_all && (secret || has_card_number(raw)))
        append_member(out, label.name, masked_text);
    else
        append_taken(out, label, call.captures);
}

void append_rules(std::string& out, const DecidedCall& call, bool on_trial) {
    out += '[';
    for (const Session::Part& part : call.parts) {
        if (part.on_trial != on_trial || part.rule >= call.rules.size()) continue;
        const RuleInfo& rule = call.rules[part.rule];
        if (out.back() != '[') out += ", ";
        out += "{\"name\": ";
        append_json_string(out, rule.name);
        out += ", \"effect\": \"";
        out += name(call.effects[part.rule]);
        out += part.sure ? "\", \"sure\": true}" : "\", \"sure\": false}";
    }
    out += ']';
}

void append_missing(std::string& out, const std::vector<Missing>& missing) {
    out += '[';
    for (const Missing& one : missing) {
        if (out.back() != '[') out += ", ";
        out += "{\"name\": ";
        append_json_string(out, one.name);
        out += ", \"cause\": ";
        append_json_string(out, one.cause);
        out += '}';
    }
    out += ']';
}

void append_history(std::string& out, const DecidedCall& call, const Mapping& mapping) {
    append_taken(out, mapping.receipt, call.captures);
    append_taken(out, mapping.run, call.captures);
    append_taken(out, mapping.intent, call.captures);
    append_member(out, "tool", call.tool);
}

void append_recorded(std::string& out, const DecidedCall& call, const Mapping& mapping) {
    std::string inner;
    append_taken(inner, mapping.outcome, call.captures);
    append_taken(inner, mapping.verdict, call.captures);
    append_taken(inner, mapping.status, call.captures);
    if (inner.size() > 2) {
        out += ", \"recorded\": {" + inner.substr(0, inner.size() - 2) + '}';
        inner.clear();
    }
    for (const Taken& label : mapping.labels) append_label(inner, label, call);
    if (inner.size() > 2) out += ", \"labels\": {" + inner.substr(0, inner.size() - 2) + '}';
}

void append_decided(std::string& out, const DecidedCall& call) {
    append_member(out, "outcome", name(call.verdict.outcome));
    append_member(out, "reason", name(call.verdict.reason));
    append_member(out, "best_case", name(call.verdict.best_case));
    out += "\"rules\": ";
    append_rules(out, call, false);
    out += ", \"trials\": ";
    append_rules(out, call, true);
    if (call.missing == nullptr) return;
    out += ", \"missing\": ";
    append_missing(out, *call.missing);
}

}  // namespace

void append_decision(DecisionLines& lines, std::uint64_t line, const DecidedCall& call,
                     const Mapping& mapping) {
    std::string& out = lines.text;
    append_history(out, call, mapping);
    append_decided(out, call);
    append_recorded(out, call, mapping);
    out += "}\n";
    lines.marks.push_back({line, out.size()});
}

void append_change(DecisionLines& lines, std::uint64_t line, ChangeKind kind,
                   const DecidedCall& before, const DecidedCall& after, const Mapping& mapping) {
    std::string& out = lines.text;
    append_history(out, after, mapping);
    append_member(out, "change", name(kind.change));
    if (kind.warming_up) out += "\"warm_up\": true, ";
    out += "\"before\": {";
    append_decided(out, before);
    out += "}, \"after\": {";
    append_decided(out, after);
    out += '}';
    append_recorded(out, after, mapping);
    out += "}\n";
    lines.marks.push_back({line, out.size()});
}

std::string numbered(const DecisionLines& lines, const Placing& place) {
    std::string out;
    out.reserve(lines.text.size() + lines.marks.size() * 64);
    std::size_t begin = 0;
    for (const DecisionLines::Mark& mark : lines.marks) {
        const HistoryPlace at = place(mark.line);
        out += "{\"file\": ";
        append_json_string(out, at.file);
        out += ", \"line\": ";
        out += std::to_string(at.line);
        if (at.call > 0) out += ", \"call\": " + std::to_string(at.call);
        out += ", ";
        out.append(lines.text, begin, mark.end - begin);
        begin = mark.end;
    }
    return out;
}

}  // namespace proviso::simulator
