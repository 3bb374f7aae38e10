// Where the seeds and dictionaries of the fuzzers are written.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::fuzz {

class SeedWriter {
  public:
    explicit SeedWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void seed(std::string_view target, std::string_view text);
    void dictionary(const std::string& target, std::vector<std::string> words);
    [[nodiscard]] std::size_t count() const { return count_; }

  private:
    std::filesystem::path folder_;
    std::size_t count_ = 0;
};

/// From the word lists of the grammar and of the simulator.
void add_dictionaries(SeedWriter& writer);
/// Answers of people to one plan.
void add_approvals(SeedWriter& writer);
/// Lines of a history, packed.
void add_packed(SeedWriter& writer, std::string_view lines);
/// Files of stores that have decided calls.
void add_stores(SeedWriter& writer);

}  // namespace proviso::fuzz
