// The head of the page: the verdict, and the figures that a signature rests on.

#include "report_page/grid.h"
#include "report_page/html.h"
#include "report_page/sections.h"
#include "simulator/render/comparison_words.h"
#include "simulator/render/differences.h"
#include "simulator/render/doubts.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::counted;
using simulator::grouped;
using simulator::percent;
using simulator::Report;

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] -= 'a' - 'A';
    return text;
}

std::string against(const Report& report, const Moved& moved) {
    std::string text = report.policy_name + ' ' + report.policy_version;
    if (report.comparison) {
        return text + " against " + report.comparison->baseline_name + ' ' +
               report.comparison->baseline_version + ", which is in force";
    }
    return text + (moved.is_known ? " against what was recorded" : "");
}

std::string sums(const Report& report, const Moved& moved) {
    const std::string calls = counted(report.counts.calls(), "call", "calls") + ": ";
    if (!moved.is_known) {
        return calls + grouped(report.counts.of(Outcome::allow)) + " allow, " +
               grouped(report.counts.of(Outcome::notify)) + " notify, " +
               grouped(report.counts.of(Outcome::gate)) + " gate, " +
               grouped(report.counts.of(Outcome::block)) + " block";
    }
    return calls + grouped(moved.same) + " the same, " + grouped(moved.tighter) + " tighter, " +
           grouped(moved.looser) + " looser";
}

std::string figure(std::string_view label, const std::string& value, std::string_view note,
                   std::string_view css = {}) {
    const std::string inner = element("dt", html_text(label)) + element("dd", html_text(value)) +
                              (note.empty() ? "" : element("dd", html_text(note), "note"));
    return element("div", inner, css) + '\n';
}

std::string fidelity(const Report& report) {
    if (!report.comparison) return {};
    const auto& made = *report.comparison;
    if (made.recorded == 0) {
        const bool is_told = report.recorded && report.recorded->unreadable > 0;
        return figure("baseline fidelity", "not known",
                      is_told ? "no recorded outcome is in a known word" : "no outcome is recorded",
                      "warn");
    }
    return figure("baseline fidelity", percent(made.as_recorded, made.recorded),
                  grouped(made.as_recorded) + " of " + grouped(made.recorded) +
                      " recorded calls decided as recorded",
                  made.as_recorded == made.recorded ? "" : "warn");
}

std::string gate_figure(const Report& report) {
    if (!report.gate) return {};
    const auto& gate = *report.gate;
    const std::string bounds = counted(gate.checks.size(), "bound", "bounds");
    if (gate.broken()) return figure("gate file", "broken", bounds, "bad");
    if (gate.lacks_evidence()) return figure("gate file", "not enough evidence", bounds, "warn");
    return figure("gate file", "kept", bounds, "good");
}

std::string figures(const Report& report, const Moved& moved) {
    std::string out;
    if (moved.is_known) {
        const std::string money =
            report.comparison ? simulator::freed_money_of(*report.comparison) : "";
        out += figure("newly allowed", grouped(moved.newly_allowed),
                      (money.empty() ? "" : money + ", ") + "from gate or block to allow or notify",
                      moved.newly_allowed > 0 ? "looser" : "");
        out += figure("newly blocked", grouped(moved.newly_blocked), "from anything else to block",
                      moved.newly_blocked > 0 ? "tighter" : "");
    }
    out += fidelity(report);
    const std::uint64_t unknown = report.counts.unknown_calls();
    out +=
        figure("missing data decided", unknown == 0 ? "0" : percent(unknown, report.counts.calls()),
               counted(unknown, "call", "calls") + " that could be lighter with all known",
               unknown > 0 ? "warn" : "");
    return element("dl", "\n" + out + gate_figure(report), "figures") + '\n';
}

/// Those that a signature must not miss; differences_section has all.
std::string differing(const simulator::Comparison& made) {
    using simulator::DifferenceGroup;
    constexpr std::size_t each = 8;
    const std::string head = simulator::differing_of(made);
    if (head.empty()) return {};
    std::string out = paragraph(capitalised(head), "sums");
    for (const simulator::ShownDifference& one : simulator::shown_differences(made, each)) {
        if (one.group > DifferenceGroup::unreached) continue;
        out += paragraph(capitalised(one.text), "warn");
    }
    return out;
}

}  // namespace

std::string verdict_section(const Report& report) {
    const Moved moved = moved_of(report);
    std::string out = paragraph("Dry run of a policy", "kicker");
    out += element("h1", html_text(capitalised(verdict_words(moved)))) + '\n';
    out += paragraph(against(report, moved), "names") + paragraph(sums(report, moved), "sums");
    if (report.comparison) {
        out += paragraph(capitalised(simulator::freed_of(*report.comparison)), "freed");
        for (const std::string& one : simulator::params_of(*report.comparison)) {
            out += paragraph(one, "sums");
        }
        out += differing(*report.comparison);
    }
    for (const std::string& one : simulator::doubts_of(report)) {
        out += paragraph(capitalised(one), "warn");
    }
    if (!report.partial.empty()) {
        out += paragraph("Partial: " + report.partial + ". This page covers a part of the history.",
                         "alarm");
    }
    return element("header", "\n" + out + figures(report, moved)) + '\n';
}

std::string gate_section(const Report& report) {
    if (!report.gate) return {};
    DataTable table{"Bounds of the gate file",
                    {{"bound", false}, {"asks for", false}, {"found", false}, {"state", false}},
                    {},
                    8};
    std::string calls;
    for (const simulator::GateCheck& check : report.gate->checks) {
        const std::string_view css = check.state == simulator::GateState::kept     ? "good"
                                     : check.state == simulator::GateState::broken ? "bad"
                                                                                   : "warn";
        table.rows.push_back({text_cell(check.name), text_cell(check.bound), text_cell(check.found),
                              text_cell(name(check.state), css)});
        for (const std::string& call : check.calls) {
            calls += element("li", html_text(check.name + ": " + call)) + '\n';
        }
    }
    return section_html(
        "gate", "Gate file",
        table_html(table) + (calls.empty() ? "" : element("ul", "\n" + calls, "screen") + '\n'));
}

}  // namespace proviso::report_page
