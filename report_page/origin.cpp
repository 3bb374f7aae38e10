// What the page is made of, so that anybody can make it again, and where it is signed.

#include "report_page/html.h"
#include "report_page/sections.h"
#include "simulator/text/text_table.h"

namespace proviso::report_page {
namespace {

using simulator::Report;

std::string fact(std::string_view label, const std::string& value) {
    return element("dt", html_text(label)) + element("dd", html_text(value)) + '\n';
}

std::string policy_words(const std::string& name, const std::string& version,
                         const std::string& hash) {
    return name + ' ' + version + ", hash " + hash;
}

std::string inputs_table(const Report& report) {
    DataTable table{
        "Histories",
        {{"file", false}, {"lines", true}, {"calls", true}, {"size", true}, {"", false}},
        {},
        3};
    for (const simulator::InputRow& input : report.inputs) {
        table.rows.push_back({text_cell(input.path == "-" ? "standard input" : input.path),
                              count_cell(input.lines), count_cell(input.calls),
                              text_cell(simulator::byte_size(input.bytes)),
                              text_cell(input.error, "bad")});
    }
    return table_html(table);
}

std::string signatures() {
    std::string out;
    for (const std::string_view who : {"Operations", "Security"}) {
        out += element("div", element("span", html_text(who)) + "<span>Name</span>" +
                                  "<span>Signature</span><span>Date</span>") +
               '\n';
    }
    return element("div", "\n" + out, "signatures paper") + '\n';
}

}  // namespace

std::string origin_section(const Report& report) {
    std::string facts =
        fact("policy", policy_words(report.policy_name, report.policy_version, report.policy_hash));
    if (report.comparison) {
        const auto& made = *report.comparison;
        facts += fact("baseline",
                      policy_words(made.baseline_name, made.baseline_version, made.baseline_hash));
    }
    if (!report.mapping.empty()) facts += fact("read by", report.mapping);
    facts += fact("digest of all decisions", report.digest);
    return section_html(
        "origin", "What this is made of",
        element("dl", "\n" + facts, "origin") + '\n' + inputs_table(report) + signatures());
}

}  // namespace proviso::report_page
