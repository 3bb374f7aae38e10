// What laws other than "as the reference" are tried on: generated sets with calls, and deciding.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/laws/calls.h"
#include "tests/laws/policies.h"
#include "tests/laws/run.h"
#include <proviso/proviso.h>

namespace proviso::laws {

/// A policy and a session that decides by it.
class Judge {
  public:
    Judge(PolicyPtr policy, std::vector<std::string> duties);
    [[nodiscard]] Verdict verdict(const std::string& call);
    [[nodiscard]] Decision decision(const std::string& call);
    /// Everything that is decided and said, without places in files. Equal for equal decisions.
    [[nodiscard]] std::string said(const std::string& call);

  private:
    Engine engine_;
    Session session_;
};

struct Trial {
    Random& random;
    const GeneratedSet& set;
    std::vector<GeneratedCall> calls;
};

/// Tries the law on sets of the fixed seed and of a fresh one: `pairs` calls in all, `calls` a set.
/// What `law` returns is why it is broken, empty where it holds; it is printed and fails the test.
void hold_law(const std::string& name, std::size_t pairs, std::size_t calls,
              const std::function<std::string(Trial&)>& law);

/// A set and a call to paste, below a line that says what they are.
[[nodiscard]] std::string shown(const std::string& what, const std::vector<Statement>& statements,
                                const GeneratedSet& set, const std::string& call);

/// The statements compiled by themselves; null where they do not compile.
[[nodiscard]] PolicyPtr compiled(const std::vector<Statement>& statements, std::size_t files = 1);

}  // namespace proviso::laws
