// Roles, bindings and approvals as people write them: `needs 2 leads`, `role a inherits b`, `may
// pay`.
#include <algorithm>

#include <fmt/format.h>

#include "grammar/place_mistakes.h"
#include "grammar/words.h"

namespace proviso::grammar {
namespace {

// ---------------------------------------------------------------- approvals

/// `leads` where the file has a `role lead` and no `role leads`.
std::string_view singular_role(const MistakeReporter& mistake, std::string_view word) {
    const std::string_view text = mistake.stop().text;
    const auto declared = [&](std::string_view role) {
        const std::string head = fmt::format("role {}", role);
        for (std::size_t at = text.find(head); at != std::string_view::npos;
             at = text.find(head, at + 1)) {
            const std::size_t end = at + head.size();
            if (end == text.size() || !is_of(text[end], name_byte)) return true;
        }
        return false;
    };
    if (!word.ends_with('s') || declared(word)) return word;
    const std::string_view one = word.substr(0, word.size() - 1);
    return declared(one) ? one : word;
}

std::string places_of(const MistakeReporter& mistake) {
    const std::string_view number = mistake.text_before(1);
    const std::string_view found = mistake.text_of(mistake.here());
    if (mistake.here().kind != TokenKind::word || is_one_of(found, "from", "x", "times") ||
        mistake.line_start()) {
        return fmt::format("write `{} of` and a role, roles joined by `or`, or `approvers`",
                           number);
    }
    if (is_one_of(found, "people", "persons", "person", "approvers", "approvals", "approval")) {
        return fmt::format("write `{} of approvers`, or of a role", number);
    }
    return fmt::format("write `{} of {}`", number, singular_role(mistake, found));
}

std::string in_approval(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (wanted == "`of`") return places_of(mistake);
    if (wanted == "`also`") {
        const Token role = found == "to" ? token_behind(mistake) : mistake.here();
        const std::string_view name = role.kind == TokenKind::word ? mistake.text_of(role) : "lead";
        return fmt::format("write `escalate also {} after 1h`", name);
    }
    if (mistake.text_before(1) == "needs") {
        if (found == ":" || found == "=") return "write `needs 2 of lead`";
        if (found == "at") return "so many at least is what `needs 2 of lead` says";
    }
    if (mistake.stop().slot != Slot::closer) return {};
    const bool timed = is_one_of(found, "timeout", "expires", "deadline", "ttl");
    if (timed && !mistake.line_start()) return "write `within 4h`";
    if (mistake.here().kind == TokenKind::number) return "write `needs` before it";
    if (found == "of") return "write the number in digits, as `2 of lead`";
    if (is_one_of(found, "and", ",", "+", "&")) {
        return "each place has a `needs` line of its own; a place for either is `1 of a or b`";
    }
    return {};
}

// ---------------------------------------------------------------- roles and bindings

/// `inherits clerk`, `is clerk`, `from clerk` behind a role's name.
std::string parent_help(const MistakeReporter& mistake) {
    Token parent = token_behind(mistake);
    if (is_one_of(mistake.text_of(parent), "from", "of")) {
        const std::uint32_t next = skip_layout(mistake.stop().text, parent.end);
        parent = token_at(mistake.stop().text, next);
    }
    const bool named = parent.kind == TokenKind::word && !is_reserved(mistake.text_of(parent));
    return named ? fmt::format("write `extends {}`", mistake.text_of(parent)) : "write `extends`";
}

std::string only_grants(const MistakeReporter& mistake) {
    std::string_view text = mistake.stop().text.substr(mistake.stop().statement_begin);
    text.remove_prefix(text.find(' ') + 1);
    const std::string_view role = text.substr(0, text.find_first_of(" \t\r\n{"));
    return fmt::format(
        "a role only grants: leave the tool out, or write a `block` with `when principal is {}`",
        role);
}

/// `up to 500 EUR`, `below 500 EUR` behind the tools of a grant.
std::string bound_of_grant(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    std::string_view text = mistake.stop().text.substr(mistake.here().end);
    text = text.substr(0, text.find_first_of("\r\n}#,;"));
    const std::size_t first = text.find_first_of("0123456789");
    text = text.substr(std::min(first, text.size()));
    while (text.ends_with(' ')) text.remove_suffix(1);
    const bool below = is_one_of(found, "below", "under", "less");
    return fmt::format("a grant has a condition: `when args.amount {} {}`",
                       below ? "<" : "<=", text.empty() ? "500 EUR" : text);
}

/// A word that stands where a grant starts, or ends.
std::string word_in_role(const MistakeReporter& mistake) {
    const std::string_view found = mistake.text_of(mistake.here());
    const std::string_view behind = mistake.text_of(token_behind(mistake));
    if (mistake.line_start() && contains(statement_words(), found)) return {};
    if (is_one_of(found, "cannot", "not", "never", "deny", "denies", "forbid", "block", "no")) {
        return only_grants(mistake);
    }
    if (is_one_of(found, "may", "allow", "allows", "permit", "permits", "grant", "grants", "do")) {
        return fmt::format("write `can {}`", behind == "to" ? "pay" : behind);
    }
    const bool plain = mistake.here().kind == TokenKind::word && !is_reserved(found) &&
                       !contains(stage_words(), found);
    if (mistake.text_before(1) == "{" || mistake.line_start()) {
        const bool tool =
            !mistake.line_start() && plain && did_you_mean(found, clause_words("role")).empty();
        return tool ? fmt::format("write `can {}`", found) : std::string();
    }
    if (is_one_of(found, "up", "max", "maximum", "below", "under", "less", "upto")) {
        return bound_of_grant(mistake);
    }
    if (plain && mistake.text_before(2) == "can" &&
        is_one_of(mistake.text_before(1), "use", "do", "call", "run", "access")) {
        return fmt::format("write `can {}`", found);
    }
    if (found == "on") return "the tools follow `can`: `can pay`, `can approve: pay`";
    return {};
}

std::string in_role(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    const std::string_view found = mistake.text_of(mistake.here());
    if (found == "not" && mistake.text_before(1) == "can") return only_grants(mistake);
    if (found == ":" && mistake.text_before(1) == "can") {
        return "write `can pay`; a `:` follows stages, as in `can approve: pay`";
    }
    if (wanted == "`{`") {
        if (found == ":") return "write `extends`";
        if (found == "can") return "grants stand in brackets: `{ can pay }`";
        const bool behind_name = mistake.text_before(2) == "role";
        if (behind_name && mistake.here().kind == TokenKind::word) return parent_help(mistake);
        return "write `{ }` behind it";
    }
    if (mistake.stop().slot != Slot::closer) return {};
    if (std::string help = word_in_role(mistake); !help.empty()) return help;
    if (contains(stage_words(), mistake.text_before(1)) && mistake.here().kind == TokenKind::word &&
        !mistake.line_start()) {
        return fmt::format("write `can {}: {}`", mistake.text_before(1), found);
    }
    if (contains(stage_words(), found)) return fmt::format("write `can {}: …`", found);
    return {};
}

std::string in_bind(const MistakeReporter& mistake) {
    const std::string_view wanted = mistake.stop().wanted;
    if (wanted == "`to`") return "write `bind lead to \"alice\"`";
    if (!wanted.starts_with("an id in quotes") || mistake.here().kind != TokenKind::word) return {};
    if (mistake.before().last[1].kind == TokenKind::string && mistake.text_before(1) == "to") {
        return "the role comes first: `bind lead to \"alice\"`";
    }
    std::string_view id = mistake.stop().text.substr(mistake.here().begin);  // `ann@acme.example`
    id = id.substr(0, id.find_first_of(" \t\r\n,#\""));
    return fmt::format("write `\"{}\"`", id);
}

}  // namespace

std::string help_about_people(const MistakeReporter& mistake) {
    const std::string_view statement = mistake.stop().statement_word;
    if (statement == "approval") return in_approval(mistake);
    return statement == "role" ? in_role(mistake) : in_bind(mistake);
}

}  // namespace proviso::grammar
