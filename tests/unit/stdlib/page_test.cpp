// The page is rewritten with PROVISO_UPDATE=1 in the environment.
#include "tests/unit/stdlib/page.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "tests/tree/tree.h"

namespace {

const std::string page_path = proviso::tests::in_tree("docs/stdlib.md");

std::string page_in_docs() {
    std::ifstream file(page_path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("The page in docs/ is up to date") {
    const std::string page = proviso::stdlib::page();
    if (std::getenv("PROVISO_UPDATE") != nullptr) {
        std::ofstream(page_path, std::ios::binary) << page;
    }
    CHECK(page_in_docs() == page);
}
