// The page is rewritten with PROVISO_UPDATE=1 in the environment.
#include "engine/bytecode/opcode_page.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "engine/bytecode/opcodes.h"
#include "tests/tree/tree.h"

using namespace proviso::bytecode;

namespace {

const std::string page_path = proviso::tests::in_tree("docs/bytecode.md");

std::string page_in_docs() {
    std::ifstream file(page_path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("The page in docs/ is up to date") {
    if (std::getenv("PROVISO_UPDATE") != nullptr) {
        std::ofstream(page_path, std::ios::binary) << opcode_page();
    }
    CHECK(page_in_docs() == opcode_page());
}

TEST_CASE("The page has a row an opcode") {
    const std::string page = opcode_page();
    for (std::size_t i = 0; i < op_count; ++i) {
        const std::string start = "| `" + std::string(info(static_cast<Op>(i)).name) + "` |";
        CHECK(page.find(start) != page.npos);
    }
}
