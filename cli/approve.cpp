// `proviso approve`: what a person says about a plan, as the JSON that goes into a call's
// `approvals`, signed where a key is given.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/input.h"
#include <proviso/signature.h>

namespace proviso::cli {
namespace {

constexpr std::size_t most_key_bytes = 65'536;

struct ApproveOptions {
    Approval approval;
    std::string verdict = "approve";
    std::string key;
};

/// "2026-11-18 09:30" as 2026-11-18T09:30Z; another text as an example.
std::string time_help(const std::string& written) {
    std::string time = written.substr(0, written.find_first_of("Zz+"));
    const bool dated = time.size() >= 16 && time[4] == '-' && time[7] == '-' && time[13] == ':';
    if (!dated) time = "2026-11-25T09:20";
    time[10] = 'T';
    while (time.ends_with(' ')) time.pop_back();
    return fmt::format("write date, time and zone: {0}Z for UTC, or {0}+01:00", time);
}

/// `a,b` as two names. A name within double quotes, as rule text has it, is one with its commas.
void add_names(std::vector<std::string>& names, const std::string& written) {
    if (written.size() > 1 && written.starts_with('"') && written.ends_with('"')) {
        names.push_back(written.substr(1, written.size() - 2));
        return;
    }
    for (std::size_t begin = 0; begin <= written.size();) {
        const std::size_t comma = std::min(written.find(',', begin), written.size());
        const std::size_t first = std::min(written.find_first_not_of(' ', begin), comma);
        std::size_t end = comma;
        while (end > first && written[end - 1] == ' ') --end;
        names.push_back(written.substr(first, end - first));
        begin = comma + 1;
    }
}

std::vector<std::string> names_of(const std::vector<std::string>& texts, const char* option) {
    std::vector<std::string> names;
    for (const std::string& text : texts) add_names(names, text);
    for (const std::string& name : names) {
        if (!name.empty()) continue;
        if (texts.size() == 1 && texts.front().empty()) fail(fmt::format("{} is empty", option));
        fail(fmt::format("{} {}: a name is missing", option, fmt::join(texts, " ")),
             "list names with commas between them: lead,legal");
    }
    return names;
}

/// What would be printed and then never count is refused.
void require_fitting(const ApproveOptions& options) {
    const Approval& said = options.approval;
    const std::string fault = fault_of(said);
    if (fault.find("hash") != std::string::npos) {
        fail(fmt::format("the approval would never count: {}", fault),
             "`proviso decide --format json` tells it as `plan_hash`");
    }
    const bool requested = fault.starts_with("`" + said.requested_at);
    const bool time = fault.ends_with("is no time");
    const std::string help = time ? time_help(requested ? said.requested_at : said.at) : "";
    if (!fault.empty()) fail(fmt::format("the approval would never count: {}", fault), help);
    if (options.verdict != "approve" && options.verdict != "reject") {
        fail("the verdict is `approve` or `reject`");
    }
}

void add_signature(ApproveOptions& options) {
    std::string key = read_all(options.key, most_key_bytes);
    const SignResult signed_by = sign(options.approval, key);
    cleanse(key);
    if (!signed_by.error.empty()) fail(fmt::format("`{}`: {}", options.key, signed_by.error));
    options.approval.signature = signed_by.signature;
}

ExitCode approve(Context& context, ApproveOptions& options) {
    options.approval.gates = names_of(options.approval.gates, "--gate");
    options.approval.roles = names_of(options.approval.roles, "--role");
    require_fitting(options);
    options.approval.reject = options.verdict == "reject";
    if (!options.key.empty()) add_signature(options);
    const Approval& said = options.approval;
    nlohmann::ordered_json json{{"by", said.by},
                                {"roles", said.roles},
                                {"plan", said.plan},
                                {"gates", said.gates},
                                {"requested_at", said.requested_at},
                                {"at", said.at},
                                {"verdict", options.verdict}};
    if (!said.signature.empty()) json["signature"] = said.signature;
    context.out.line(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return ExitCode::ok;
}

}  // namespace

void add_approve(CLI::App& root, Context& context) {
    CLI::App& command = add_command(
        root, context, "approve", "Prints an approval of a plan, signed where a key is given",
        "  proviso approve --plan HASH --gate large --by maria --role lead \\\n"
        "      --requested-at 2026-11-25T09:00Z --at 2026-11-25T09:20Z --key maria.pem");
    const auto options = std::make_shared<ApproveOptions>();
    Approval& said = options->approval;
    CLI::Option* plan = add_value(command, "--plan", said.plan, "HASH", "the plan; required");
    CLI::Option* gate =
        add_value(command, "--gate", said.gates, "NAME,...", "gates that it is for; required");
    CLI::Option* by = add_value(command, "--by", said.by, "ID", "the person; required");
    add_value(command, "--role", said.roles, "ROLE,...", "roles that the person holds");
    CLI::Option* requested = add_value(command, "--requested-at", said.requested_at, "TIME",
                                       "when the person was asked; required");
    CLI::Option* at = add_value(command, "--at", said.at, "TIME", "when they answer; required");
    add_value(command, "--verdict", options->verdict, "WORD", "approve, which it is, or reject");
    add_value(command, "--key", options->key, "FILE", "the person's private key");
    runs(command, context, {plan, gate, by, requested, at},
         [&context, options] { return approve(context, *options); });
}

}  // namespace proviso::cli
