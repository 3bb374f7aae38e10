// Timing as ratios: two pieces of work by turns in one run, so that both meet the same machine.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace proviso::bench {

/// Nanoseconds a unit of work, the median of several rounds of each.
struct Pair {
    double ours = 0;
    double theirs = 0;
    [[nodiscard]] double ratio() const { return ours / theirs; }
};

/// `ours` and `theirs` each do `units` units a call. Rounds alternate until about `seconds` passed.
[[nodiscard]] Pair time_pair(std::uint64_t units, const std::function<void()>& ours,
                             const std::function<void()>& theirs, double seconds = 1.0);
/// The same, with `prepare` before each round, untimed.
[[nodiscard]] Pair time_prepared(std::uint64_t units, const std::function<void()>& prepare,
                                 const std::function<void()>& ours,
                                 const std::function<void()>& theirs, double seconds = 1.0);

/// Keeps a result from being optimised away.
template <class T>
inline void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

/// Heap allocations of this process so far.
[[nodiscard]] std::uint64_t allocations();

struct Figure {
    std::string name;
    std::string figure;
    std::string target;
    bool met = false;
};

/// Collects the lines of the closing table.
class Report {
  public:
    /// A figure that must be at most `target`.
    void at_most(const std::string& name, double figure, double target, const std::string& detail);
    void at_least(const std::string& name, double figure, double target, const std::string& detail);
    /// An answer that is not the expected one: no figure counts then.
    void wrong(const std::string& name, const std::string& what);
    /// Prints the table; whether all targets are met.
    [[nodiscard]] bool print() const;

  private:
    std::vector<Figure> figures_;
};

// One a question.
void bench_decide(Report& report);
void bench_scale(Report& report);
void bench_time(Report& report);
void bench_limits(Report& report);
void bench_json(Report& report);
void bench_replay(Report& report);
void bench_compare(Report& report);
void bench_packed(Report& report);
void bench_compile(Report& report);
void bench_store(Report& report);

/// Replays a history of the replay bench and prints the peak kilobytes of this process: what the
/// bench asks of a process of its own. Returns an exit code.
int print_peak(const std::string& history);

}  // namespace proviso::bench
