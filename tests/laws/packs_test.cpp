// The history of every pack, one call after the other in one memory each, decided by the product
// and by the reference.
#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <zlib.h>

#include "tests/laws/both.h"
#include "tests/laws/lockstep.h"
#include "tests/laws/run.h"
#include "tests/tree/tree.h"

namespace proviso::laws {
namespace {

namespace fs = std::filesystem;

const fs::path packs = tests::in_tree("policies");

/// As it is, or unpacked.
std::string unpacked(const fs::path& path) {
    const gzFile file = gzopen(path.c_str(), "rb");
    REQUIRE(file != nullptr);
    std::string text;
    std::array<char, 1 << 16> buffer;
    int read = 0;
    while ((read = gzread(file, buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(read));
    }
    CHECK(read == 0);
    gzclose(file);
    return text;
}

std::vector<SourceText> files_of_pack(const fs::path& pack, const std::string& extension) {
    std::vector<SourceText> files;
    for (const auto& entry : fs::recursive_directory_iterator(pack)) {
        const fs::path path = entry.path().lexically_relative(pack);
        const bool nested = extension == ".proviso" && path.has_parent_path();
        if (path.extension() != extension || nested) continue;
        files.push_back({path.string(), unpacked(entry.path())});
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

std::vector<Step> steps_of(const fs::path& pack) {
    std::vector<Step> steps;
    for (const auto& entry : fs::directory_iterator(pack / "demo")) {
        if (entry.path().string().find(".jsonl") == std::string::npos) continue;
        const std::string text = unpacked(entry.path());
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            Step& step = steps.emplace_back();
            step.call = text.substr(at, end - at);
            at = end + 1;
        }
    }
    return steps;
}

/// Those that the rules of the packs name.
const std::vector<std::string> pack_duties{"log_read", "snapshot"};

}  // namespace

TEST_CASE("the histories of the packs are decided alike") {
    std::size_t held = 0;
    for (const auto& entry : fs::directory_iterator(packs)) {
        if (!fs::is_directory(entry.path() / "demo")) continue;
        INFO(entry.path().string());
        CompileOptions options;
        options.data_files = files_of_pack(entry.path(), ".yaml");
        const auto set = compile_both(files_of_pack(entry.path(), ".proviso"), options);
        REQUIRE(set->good());
        std::vector<Step> steps = steps_of(entry.path());
        REQUIRE(steps.size() >= 100);
        steps.resize(fewer(steps.size()));
        Lockstep both(*set, pack_duties);
        for (const Step& step : steps) {
            INFO(step.call);
            CHECK(both.run(step) == "");
        }
        held += steps.size();
    }
    CHECK(held > 0);
}

}  // namespace proviso::laws
