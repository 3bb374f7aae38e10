#include "tests/tree/tree.h"

namespace proviso::tests {

std::string tree() {
    return PROVISO_SOURCE_DIR;
}

std::string in_tree(std::string_view path) {
    return (tree() += '/').append(path);
}

}  // namespace proviso::tests
