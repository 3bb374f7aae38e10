// golden [--update] [--stage STAGE] [--filter TEXT] [ROOT]
//
// Runs the golden files below ROOT (tests/golden). --update rewrites the sections that the product
// makes, for review with `git diff`. Exits with 1 where a case fails or none is found.

#include <span>
#include <string_view>

#include <fmt/core.h>

#include "tests/golden/runner.h"
#include "tests/tree/tree.h"

namespace {

constexpr int usage_error = 2;

bool read_options(std::span<char*> arguments, proviso::golden::Options& options) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        const bool more = i + 1 < arguments.size();
        if (word == "--update") {
            options.update = true;
        } else if (word == "--stage" && more) {
            options.stage = arguments[++i];
        } else if (word == "--filter" && more) {
            options.filter = arguments[++i];
        } else if (!word.starts_with("--")) {
            options.root = word;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    proviso::golden::Options options;
    options.root = proviso::tests::in_tree("tests/golden");
    if (!read_options({argv, static_cast<std::size_t>(argc)}, options)) {
        fmt::print(stderr, "usage: golden [--update] [--stage STAGE] [--filter TEXT] [ROOT]\n");
        return usage_error;
    }
    proviso::golden::Registry registry;
    proviso::golden::register_all(registry);
    const auto count = proviso::golden::run_golden(options, registry);
    if (count.rewritten > 0) fmt::print("{} rewritten\n", count.rewritten);
    if (count.passed + count.failed == 0) fmt::print("no case found\n");
    fmt::print("{} passed, {} failed\n", count.passed, count.failed);
    return count.failed == 0 && count.passed > 0 ? 0 : 1;
}
