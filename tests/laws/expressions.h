// Random expressions of a wanted type, over what a statement may read.
//
// They are right nearly always: what the checker refuses all the same costs its statement
// (policies.h), not the set.
#pragma once

#include <string>
#include <vector>

#include "tests/laws/random.h"
#include "tests/laws/vocabulary.h"

namespace proviso::laws {

/// Something that can be read, as it is written.
struct Readable {
    std::string text;
    Type type;
    bool optional = false;
};

/// Which way `tier` may be compared: with `>` in a restriction, with `<` in an allow or grant, not
/// at all elsewhere.
enum class TierUse { never, above, below };

class Expressions {
  public:
    Expressions(Random& random, const Vocabulary& vocabulary, std::vector<Readable> readables,
                TierUse tier, bool lets = true)
        : random_(random),
          vocabulary_(vocabulary),
          readables_(std::move(readables)),
          tier_(tier),
          lets_(lets) {}

    std::string condition(int depth);
    /// `currency` empty: any.
    std::string value(Kind kind, int depth, const std::string& currency = {});
    /// Of the very type, words of its enum among them.
    std::string value_of(const Type& type, int depth);
    /// For an axis: something that varies. Null where there is nothing of the kind.
    const Readable* readable(Kind kind);
    [[nodiscard]] const std::vector<Readable>& readables() const { return readables_; }

  private:
    std::string junction(int depth);
    std::string negation(int depth);
    std::string atom(int depth);
    std::string window_test(int depth);
    std::string comparison(int depth);
    std::string compared(const std::string& one, const std::string& relation,
                         const std::string& other);
    std::string word_comparison(int depth);
    std::string membership(int depth);
    std::string range_test(int depth);
    std::string text_test(int depth);
    std::string presence();
    std::string role_test();
    std::string function_test(int depth);
    std::string function_value(Kind kind, int depth, const std::string& currency);
    std::string tier_test();
    std::string quantified(int depth);
    std::string counted(int depth);
    std::string summed(Kind kind, int depth);
    std::string stage_test();
    std::string bool_equality(int depth);
    std::string leaf(Kind kind, const std::string& currency);
    std::string read(const Readable& readable);
    std::string computed(Kind kind, int depth, const std::string& currency);
    std::string dated(Kind kind, int depth);
    std::string table_read(Kind kind, int depth, const std::string& currency);
    std::string let_read(Kind kind, const std::string& currency);
    std::string literal_of(Kind kind, const std::string& currency);
    std::string relation(Kind kind);
    const Readable* list_readable();
    /// The body of a quantifier over the list, its variable in scope; `make` writes it.
    template <class Make>
    std::string over(const char* word, const Make& make);

    Random& random_;
    const Vocabulary& vocabulary_;
    std::vector<Readable> readables_;
    TierUse tier_;
    bool lets_;
    int quantifiers_ = 0;
    std::string outer_list_;
};

/// All that can be read of something of this type: itself, its fields, amount and currency.
void add_readables(std::vector<Readable>& to, const std::string& text, const Type& type,
                   bool optional);

}  // namespace proviso::laws
