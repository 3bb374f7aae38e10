// Random sequences of what a host asks and reports, for sets of memory_sets.h: new calls and calls
// that come again, with approvals that are right, nearly right and wrong, at times round the edges
// of periods. They are made step by step, because approvals are for what was decided before.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/laws/calls.h"
#include "tests/laws/random.h"
#include "tests/laws/vocabulary.h"

namespace proviso::laws {

struct Step {
    enum class Kind { decide, preview, confirm, cancel, halt, resume };
    Kind kind = Kind::decide;
    std::string call;  // of decide and preview: one document, as `Layout::native` reads it
    std::string name;  // of confirm and cancel an id, of halt and resume what is halted
    std::string halt;  // "everything", "tool", "agent", "workflow", "principal"
    std::vector<std::string> approvals;   // those in `call`
    std::vector<std::string> constructs;  // what the coverage table counts of it

    /// `call` with other approvals.
    [[nodiscard]] std::string with(const std::vector<std::string>& others) const;
};

/// What was decided of a step, as far as later steps depend on it.
struct Answered {
    bool let_through = false;
    std::string plan;                // its hash, where it has one
    std::vector<std::string> gates;  // that are not open
};

class SequenceMaker {
  public:
    explicit SequenceMaker(Random& random);
    [[nodiscard]] Step next();
    void learn(const Answered& answered);

  private:
    /// A call that was asked, without its time and approvals.
    struct Asked {
        GeneratedCall call;
        std::string id;
        std::int64_t time = 0;
        Answered answered;
    };

    bool odd(unsigned percent) { return !careful_ && random_.chance(percent); }
    void move_clock();
    [[nodiscard]] std::int64_t some_time();
    GeneratedCall new_call();
    void add_host_values(GeneratedCall& call);
    void add_args(GeneratedCall& call);
    void spoil(GeneratedCall& call);
    [[nodiscard]] Step ask(Asked asked, Step step);
    [[nodiscard]] Step new_ask();
    [[nodiscard]] Step again();
    [[nodiscard]] Step other_plan();
    [[nodiscard]] Step with_approvals();
    [[nodiscard]] Step report();
    [[nodiscard]] Step switch_halt();
    std::string approvals_for(const Asked& asked, Step& step);
    std::string approval_for(const Asked& asked, const std::string& by, bool off, Step& step);

    Random& random_;
    bool careful_;
    std::int64_t clock_;
    std::vector<Asked> asked_;
    std::vector<Step> halts_;
    Asked last_;
    bool learns_ = false;
    int ids_ = 0;
};

/// RFC 3339, of microseconds since 1970.
[[nodiscard]] std::string time_text(std::int64_t microseconds);

}  // namespace proviso::laws
