// Random policy sets: every statement, clause and type that is not refused today.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/laws/both.h"
#include "tests/laws/expressions.h"
#include "tests/laws/random.h"
#include "tests/laws/vocabulary.h"

namespace proviso::laws {

enum class StatementKind {
    declaration,  // what others refer to, and `authority`
    allow,
    restriction,  // notify, gate, block, plain matrix
    raise,
    role,
    bind,
    default_base,  // `default`, default matrix
};

struct Statement {
    StatementKind kind = StatementKind::declaration;
    std::string text;                     // with its line end
    std::vector<std::string> constructs;  // what the coverage table counts of it
    std::string head;                     // of a rule or raise: what stands before its clauses
    std::vector<std::string> clauses;
};

struct GeneratedSet {
    Vocabulary vocabulary;
    std::vector<Statement> statements;
    std::vector<std::string> duties;  // that the host registers
    std::size_t files = 1;
    std::unique_ptr<Compiled> compiled;
    std::size_t refused = 0;  // statements that the checker refused, and that were left out
};

/// A set that compiles.
[[nodiscard]] GeneratedSet random_set(Random& random);

/// Leaves out what the checker refuses; false where nothing of use is left.
[[nodiscard]] bool compile_what_compiles(GeneratedSet& set);

/// The statements as files; each begins with its `policy` line and the first imports the others.
[[nodiscard]] std::vector<SourceText> files_of(const std::vector<Statement>& statements,
                                               std::size_t files);

/// A further statement of this kind; `number` makes its name its own.
[[nodiscard]] Statement random_statement(Random& random, const Vocabulary& vocabulary,
                                         StatementKind kind, std::size_t number);

/// Matrices and tables; see matrices.cpp.
[[nodiscard]] Statement random_matrix(Random& random, const Vocabulary& vocabulary, bool is_default,
                                      std::size_t number);
[[nodiscard]] Statement random_table(Random& random, const Vocabulary& vocabulary,
                                     TableShape& shape);

// What rules, matrices and raises share; see rules.cpp.

struct Targets {
    std::string text;  // "on pay, @money except look"
    std::vector<const Tool*> tools;
    bool outside = false;  // reaches names outside the catalogue
    std::vector<std::string> constructs;
};
[[nodiscard]] Targets random_targets(Random& random, const Vocabulary& vocabulary);
/// What a statement about these tools may read.
[[nodiscard]] std::vector<Readable> readables_for(const Vocabulary& vocabulary,
                                                  const Targets& targets);
[[nodiscard]] std::string random_outcome(Random& random, const Vocabulary& vocabulary,
                                         std::size_t effect);
[[nodiscard]] std::string random_stages(Random& random);

}  // namespace proviso::laws
