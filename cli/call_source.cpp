// Covered by tests/cli/decide_test.py: each way to hand over a call, and each way to get it wrong.
#include "cli/call_source.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/approval_files.h"
#include "cli/store_options.h"
#include "simulator/mapping/unfold.h"
#include "simulator/text/json_outline.h"
#include "simulator/text/words.h"

namespace proviso::cli {
namespace {

/// Well past Limits::call_bytes, where the engine refuses in its own words.
constexpr std::size_t most_document_bytes = std::size_t{16} << 20;

struct Syntax {
    std::string error;  ///< empty for a JSON object
    bool has_args = false;
};

/// "line 3, column 14". `byte` counts from 1, as the parser does.
std::string place(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_end = before.rfind('\n');
    const std::size_t begin = line_end == std::string_view::npos ? 0 : line_end + 1;
    return fmt::format("line {}, column {}", lines + 1, before.size() - begin + 1);
}

/// Of a text that has a number which no parser of JSON holds: what the call comes to is the
/// engine's to say.
Syntax syntax_of_structure(std::string_view text) {
    simulator::JsonOutline outline;
    if (!outline.read(text).empty()) return {"it is no JSON", false};
    if (outline.node(0).kind != simulator::JsonNode::Kind::object) {
        return {"it is JSON, but not an object", false};
    }
    return {"", outline.member(0, "args").node.has_value()};
}

/// The parser's own message quotes what it read; a call's content is not repeated.
Syntax syntax(std::string_view text) {
    try {
        const auto document = nlohmann::json::parse(text);
        if (!document.is_object()) return {"it is JSON, but not an object", false};
        return {"", document.contains("args")};
    } catch (const nlohmann::json::parse_error& error) {
        return {fmt::format("it is no JSON at {}", place(text, error.byte)), false};
    } catch (const nlohmann::json::out_of_range&) {
        return syntax_of_structure(text);
    }
}

bool is_whole_object(const std::string& line) {
    return line.find('{') != std::string::npos && syntax(line).error.empty();
}

void require_fitting(const CallOptions& options) {
    const bool separate_args = !options.args.empty();
    if (!options.receipt.empty() && (!options.call.empty() || separate_args)) {
        fail("--receipt is the whole call: it goes with neither --call nor --args");
    }
    if (separate_args && !options.mapping.empty()) {
        fail("--map says where the args are: it does not go with --args");
    }
    if (!options.approvals.empty() && !options.mapping.empty()) {
        fail("--map says where the approvals are: it does not go with --approvals");
    }
    const bool call_is_stdin = options.call.empty() || options.call == "-";
    if (options.args == "-" && call_is_stdin) {
        fail("--call and --args cannot both come from standard input");
    }
}

/// Wrong use is said before any file is read.
PolicyPtr policy_of(Context& context, const CallOptions& options) {
    require_fitting(options);
    return require_policy(context, options.policy);
}

simulator::Mapping mapping_of(const std::string& path) {
    if (path.empty()) return {};
    simulator::MappingResult read = simulator::read_mapping(path);
    if (!read.mapping.has_value()) fail(std::move(read.error));
    return std::move(*read.mapping);
}

/// Lines that the mapping's `only` leaves out of a replay are decided here all the same: the caller
/// has chosen them.
Layout layout_of(const std::string& mapping_path, simulator::Mapping& mapping) {
    if (mapping_path.empty()) return Layout::native();
    simulator::LayoutResult made = simulator::make_layout(mapping);
    if (!made.layout.has_value()) fail(fmt::format("`{}`: {}", mapping_path, made.error));
    return *made.layout;
}

/// The one call that a line of somebody else's log holds; empty, or why there is not one.
std::string take_call(const simulator::Adapter& adapter, std::string& line) {
    simulator::Unfolder unfolder(adapter, most_document_bytes);
    unfolder.add(line);
    unfolder.close();
    std::string call;
    std::size_t calls = 0;
    simulator::Unfolded entry;
    while (unfolder.take(entry)) {
        if (entry.kind == simulator::LineKind::bad) return entry.text;
        if (entry.kind == simulator::LineKind::call && ++calls == 1) call = std::move(entry.text);
    }
    if (calls != 1) {
        return calls == 0 ? "the line holds no call"
                          : fmt::format("the line holds {} calls, and one is wanted", calls);
    }
    line = std::move(call);
    return {};
}

EngineOptions engine_options(const CallOptions& options) {
    EngineOptions result;
    result.duties = options.duties;
    if (!options.keys.empty()) result.approver_keys = read_keys(options.keys);
    if (!options.store.empty()) result.store = require_store(options.store, options.store_is_new);
    return result;
}

/// The members of a list within an object; none where there is no such list.
nlohmann::json list_in(const nlohmann::json& object, const char* name) {
    if (!object.is_object()) return nlohmann::json::array();
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : nlohmann::json::array();
}

std::string path_of(const CallOptions& options) {
    if (!options.receipt.empty()) return options.receipt;
    return options.call.empty() ? "-" : options.call;
}

}  // namespace

CLI::Option* add_call_options(CLI::App& command, CallOptions& options) {
    CLI::Option* policy = add_policy(command, options.policy);
    add_value(command, "--call", options.call, "FILE",
              "the call: the host's word; - or nothing: stdin");
    add_value(command, "--args", options.args, "FILE", "the args, where --call does not hold them");
    add_value(command, "--receipt", options.receipt, "FILE",
              "the call and its args in one document");
    add_value(command, "--map", options.mapping, "FILE",
              "says where the fields of another form of call are");
    add_value(command, "--duty", options.duties, "NAME...", "obligations the host can do");
    add_value(command, "--approvals", options.approvals, "FILE",
              "approvals: a JSON list, or one a line");
    add_value(command, "--keys", options.keys, "FILE",
              "public keys by person; approvals then count signed alone");
    add_format(command, options.format);
    return policy;
}

CallSource::CallSource(Context& context, const CallOptions& options)
    : options_(options),
      path_(path_of(options)),
      reader_(path_, most_document_bytes) {
    if (path_ == "-" && stdin_is_terminal()) {
        context.err.line("proviso: reading the call from the terminal; end it with Ctrl-D");
        context.err.flush();
    }
}

bool CallSource::next(CallDocument& document) {
    if (!begun_) {
        begun_ = true;
        return first(document);
    }
    if (!is_lines_ || !reader_.next(document.host)) return false;
    document.line = reader_.number();
    return true;
}

bool CallSource::first(CallDocument& document) {
    if (!reader_.next(document.host)) return false;
    document.line = reader_.number();
    is_lines_ = options_.args.empty() && is_whole_object(document.host);
    if (is_lines_) return true;

    // Blank lines before the document count too, so that an error's place is the file's.
    document.host.insert(0, static_cast<std::size_t>(reader_.number() - 1), '\n');
    document.host += '\n' + reader_.rest();
    document.line = 0;
    const Syntax found = syntax(document.host);
    if (!found.error.empty()) {
        fail(fmt::format("{} is no call: {}", shown_name(path_), found.error));
    }
    if (options_.args.empty()) return true;
    if (found.has_args) {
        fail(fmt::format("{} holds args of its own, beside those of --args", shown_name(path_)));
    }
    document.args = read_all(options_.args, most_document_bytes);
    return true;
}

Decider::Decider(Context& context, const CallOptions& options)
    // In braces, so in this order: no store is made for a policy that is none.
    : engine_{policy_of(context, options), engine_options(options)},
      session_(engine_),
      mapping_(mapping_of(options.mapping)),
      layout_(layout_of(options.mapping, mapping_)),
      unread_(options.mapping.empty() ? simulator::UnreadFinder(*engine_.policy())
                                      : simulator::UnreadFinder(*engine_.policy(), mapping_)),
      preview_(options.preview),
      is_native_(options.mapping.empty()),
      amounts_(*engine_.policy()),
      approvals_(options.approvals.empty() ? "" : read_approvals(options.approvals)) {
    note_unknown_duties(context, {engine_.policy()}, options.duties);
    for (const RuleInfo& rule : engine_.policy()->rules()) gates_.push_back(rule.name);
    std::sort(gates_.begin(), gates_.end());
}

std::string Decider::decide(const CallDocument& document) {
    // A decision is asked about while the document is still there.
    host_ = approvals_.empty() ? document.host : with_approvals(document.host, approvals_);
    args_ = document.args.value_or("");
    if (document.args.has_value()) {
        const CallJson call{host_, *document.args};
        preview_ ? session_.preview(call) : session_.decide(call);
        return {};
    }
    if (mapping_.adapter) {
        if (std::string why = take_call(*mapping_.adapter, host_); !why.empty()) return why;
    }
    preview_ ? session_.preview(layout_, host_) : session_.decide(layout_, host_);
    return std::string(session_.document_error());
}

std::vector<std::string> Decider::unread() {
    std::vector<std::string> notes;
    unread_.find(host_, [&](std::string_view name, std::string_view near) {
        const std::string help = near.empty() ? "" : fmt::format(": did you mean `{}`?", near);
        notes.push_back(fmt::format("the policy does not know `{}`{}", name, help));
    });
    if (!is_native_) return notes;
    add_unknown_gates(notes);
    for (std::string& note : amounts_.notes(host_, args_)) notes.push_back(std::move(note));
    return notes;
}

/// An approval counts for each gate that it names. A misspelt one beside those says nothing.
void Decider::add_unknown_gates(std::vector<std::string>& notes) const {
    if (host_.find("\"approvals\"") == std::string::npos) return;
    const auto document = nlohmann::json::parse(host_, nullptr, false);
    const std::vector<std::string_view> known(gates_.begin(), gates_.end());
    for (const auto& approval : list_in(document, "approvals")) {
        for (const auto& gate : list_in(approval, "gates")) {
            if (!gate.is_string()) continue;
            const auto& name = gate.get_ref<const std::string&>();
            if (std::binary_search(gates_.begin(), gates_.end(), name)) continue;
            if (notes.size() >= 2 * simulator::UnreadFinder::most_told) return;
            const std::string_view near = simulator::nearest(name, known);
            notes.push_back(
                fmt::format("an approval names the gate `{}`, which the policy does not have{}",
                            name, near.empty() ? "" : fmt::format(": did you mean `{}`?", near)));
        }
    }
}

}  // namespace proviso::cli
