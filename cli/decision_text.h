// A decision as a person reads it at a glance: what to do, why, and what each rule said.
//
//     GATE  issue_refund at execute: a rule asks for it
//           Hold it until support_lead approves.
//
//       base       allow   refunds        support.proviso:60
//       tightened  gate    large_refund   support.proviso:69   by support_lead
//                          A refund of 600 USD is over the cap of 500 USD
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include <proviso/decision.h>

namespace proviso::cli {

/// "ALLOW" in the outcome's colour.
[[nodiscard]] std::string outcome_word(const Output& out, Outcome outcome);
[[nodiscard]] Style style_of(Outcome outcome);

/// The first two lines: outcome, call, reason; then what to do.
[[nodiscard]] std::string headline(const Output& out, const Decision& decision);

/// The whole of it, lines ended by '\n'. `notes` are about the call as it came.
[[nodiscard]] std::string decision_text(const Output& out, const Decision& decision,
                                        const std::vector<std::string>& notes = {});
/// Of roles in the call that the policy does not declare; empty where there are none.
[[nodiscard]] std::string role_note(const Output& out, const Decision& decision);
/// Each behind `note`.
[[nodiscard]] std::string note_lines(const Output& out, const std::vector<std::string>& notes);

/// One line, for many calls: "gate    issue_refund  rule  large_refund".
[[nodiscard]] std::string decision_line(const Output& out, const Decision& decision);

/// What the agent may be told, of one call and of one among many.
[[nodiscard]] std::string agent_view_text(const Output& out, const AgentView& view);
[[nodiscard]] std::string agent_view_line(const Output& out, const AgentView& view);

/// "support.proviso:69"; empty where there is no file.
[[nodiscard]] std::string place_text(const Match& match);

/// "customer.tier (missing)", and the outcome that knowing it could give at best.
[[nodiscard]] std::string missing_text(const Output& out, const Decision& decision);

/// Lines of `text`, made visible, broken at the terminal's width, each behind `indent` blanks and
/// ended by '\n'.
[[nodiscard]] std::string paragraph(const Output& out, std::string_view text, std::size_t indent);

/// The same behind a label.
[[nodiscard]] std::string labelled(const Output& out, std::string_view label,
                                   std::string_view text);

/// "a", "a and b", "a, b and c"; each once.
[[nodiscard]] std::string joined(std::vector<std::string> words);

}  // namespace proviso::cli
