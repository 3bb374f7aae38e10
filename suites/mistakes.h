// Mistakes of a suite that show once its set is known, told in one go, by place.
// Covered by tests/cli/test_mistakes_test.py.
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "suites/tree.h"

namespace proviso::suites {

class Mistakes {
  public:
    /// `path` stands for the suite's file.
    explicit Mistakes(std::string path) : path_(std::move(path)) {}

    /// `help` may be empty.
    void add(const Mark& mark, const std::string& message, const std::string& help);
    /// Of a word that was not known: with the nearest of those that are, and a further `help`.
    void add_word(const Mark& mark, const std::string& message, const std::string& word,
                  const std::vector<std::string>& known, const std::string& help = {});
    [[nodiscard]] bool any_at(const Mark& mark) const;

    /// "file:line:column: what is wrong", one line a mistake; empty where there is none.
    [[nodiscard]] std::string text() const;

  private:
    std::string path_;
    std::set<std::tuple<int, int, std::string>> found_;
};

}  // namespace proviso::suites
