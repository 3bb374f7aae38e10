// The page as a whole: its head, its parts, its data and its scripts.

#include <array>

#include "report_page/assets.h"
#include "report_page/html.h"
#include "report_page/report_page.h"
#include "report_page/sections.h"
#include "simulator/render/render_json.h"

namespace proviso::report_page {
namespace {

using simulator::Json;
using simulator::Report;

unsigned hex_value(char digit) {
    return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/// Of bytes in hexadecimal.
std::string base64_of_hex(std::string_view hex) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 3) {
        // Three hexadecimal digits are two of base64; what the last lacks is 0.
        unsigned bits = 0;
        for (std::size_t j = i; j < i + 3; ++j) {
            bits = bits << 4 | (j < hex.size() ? hex_value(hex[j]) : 0);
        }
        out += digits[bits >> 6];
        if (i + 1 < hex.size()) out += digits[bits & 63];
    }
    while (out.size() % 4 != 0) out += '=';
    return out;
}

std::string source_of(const Asset& asset) {
    return "'sha256-" + base64_of_hex(asset.sha256) + "'";
}

std::string head(const Report& report) {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "script-src " +
           source_of(chart_library()) + ' ' + source_of(page_script()) + "; style-src " +
           source_of(page_style()) +
           "; base-uri 'none'; form-action 'none'\">\n<title>Dry run of " +
           html_text(report.policy_name + ' ' + report.policy_version) + "</title>\n<style>" +
           std::string(page_style().text) + "</style>\n</head>\n";
}

/// JSON that no parser of HTML or of scripts can take for anything else.
std::string island(const Json& json) {
    std::string out;
    for (const char c : json.dump(-1, ' ', true, Json::error_handler_t::replace)) {
        switch (c) {
            case '<': out += "\\u003c"; break;
            case '>': out += "\\u003e"; break;
            case '&': out += "\\u0026"; break;
            default: out += c;
        }
    }
    return out;
}

Json data_of(const Report& report) {
    Json json = simulator::report_json(report);
    json["run"].erase("threads");
    json["run"].erase("seconds");
    return {{"report", std::move(json)}, {"cells", simulator::cell_calls_json(report)}};
}

std::string script(const Asset& asset) {
    return "<script>" + std::string(asset.text) + "</script>\n";
}

constexpr std::string_view dialog = R"(<dialog id="calls" aria-labelledby="calls-head">
<div class="bar"><h2 id="calls-head"></h2><button type="button" id="calls-close">Close</button>
<p class="soft" id="calls-count" role="status"></p>
<label><span class="soft">Search</span><input type="search" id="calls-search" autocomplete="off">
</label></div>
<ol id="calls-list"></ol>
<button type="button" id="calls-more" hidden></button>
</dialog>
)";

std::string column(const std::string& inner) {
    return inner.empty() ? "" : "<div class=\"column\">\n" + inner + "</div>\n";
}

std::string parts(const Report& report) {
    return column(gate_section(report) + moves_section(report) + differences_section(report)) +
           column(outcomes_section(report) + days_section(report) + recorded_section(report)) +
           sweep_section(report) + rules_section(report) + workflows_section(report) +
           column(approvers_section(report) + always_approved_section(report)) +
           column(memory_section(report) + caps_section(report) + often_blocked_section(report)) +
           column(facts_section(report) + bad_lines_section(report) + tools_section(report)) +
           column(unknowns_section(report) + origin_section(report));
}

}  // namespace

std::string to_html(const Report& report) {
    std::string out = head(report) + "<body>\n<main>\n" + verdict_section(report);
    out +=
        "<noscript><p class=\"alarm screen\">Without JavaScript this page has all its figures, "
        "but neither charts nor the calls behind a number.</p></noscript>\n";
    out += "<div class=\"parts\">\n" + parts(report) + "</div>\n</main>\n";
    out.append(dialog);
    out +=
        "<script type=\"application/json\" id=\"data\">" + island(data_of(report)) + "</script>\n";
    return out + script(chart_library()) + script(page_script()) + "</body>\n</html>\n";
}

}  // namespace proviso::report_page
