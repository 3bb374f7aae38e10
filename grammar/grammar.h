// The grammar of Proviso as a PEG: one rule a line, under the names of docs/language.md.
//
// rules_tokens.h      layout, names, strings, numbers, dates
// rules_expressions.h expressions and types
// rules_statements.h  clauses, statements, the file
//
// Included by parser.cpp and by the test that analyses it (tests/unit/grammar/grammar_test.cpp):
// PEGTL templates are slow to compile, so nothing else may include this.
#pragma once

#include "grammar/rules_expressions.h"
#include "grammar/rules_statements.h"
#include "grammar/rules_tokens.h"
