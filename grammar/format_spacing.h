// Where a blank stands between two tokens of one line.
#pragma once

#include <vector>

#include "grammar/format_tokens.h"

namespace proviso::grammar::formatting {

/// Sets Token::spaced of all tokens, whose brackets are paired.
void set_spaces(std::vector<Token>& all);

}  // namespace proviso::grammar::formatting
