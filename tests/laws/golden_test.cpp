// Every call of the golden files of stage `decide`, decided by the product and by the reference.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <catch2/catch.hpp>

#include "tests/golden/golden_file.h"
#include "tests/laws/both.h"
#include "tests/tree/tree.h"

namespace proviso::laws {
namespace {

const std::filesystem::path root = tests::tree();

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

/// How many calls were decided.
std::size_t hold(const Compiled& set, const std::vector<std::string>& duties,
                 const std::vector<std::string>& calls) {
    const Engine engine(set.product.policy, {.duties = duties, .limits = {}});
    Session session(engine);
    const Layout layout = Layout::native();
    const reference::Inputs inputs{
        *set.checked, set.parsed.sources, {duties.begin(), duties.end()}, {}};
    for (const std::string& call : calls) {
        INFO(call);
        const auto json = reference::parse_json(call);
        REQUIRE(json);
        session.preview(layout, call);
        const reference::Decision product = in_reference_words(session.decision());
        CHECK(difference(product, reference::decide(inputs, *json)) == "");
    }
    return calls.size();
}

}  // namespace

TEST_CASE("the golden files' calls are decided alike") {
    std::size_t calls = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(root / "tests/golden/decide")) {
        if (entry.path().extension() != ".txt") continue;
        INFO(entry.path().string());
        const golden::Parsed parsed = golden::parse_golden(content(entry.path()));
        std::vector<SourceText> sources{
            {"policy.proviso", std::string(parsed.file.text("policy"))}};
        for (const golden::Section* more : parsed.file.all("file")) {
            sources.push_back({more->argument, more->body});
        }
        if (parsed.file.find("call") == nullptr) continue;
        CompileOptions options;
        for (const golden::Section* data : parsed.file.all("data")) {
            options.data_files.push_back({data->argument, data->body});
        }
        const auto set = compile_both(std::move(sources), options);
        REQUIRE(set->good());
        calls +=
            hold(*set, lines_of(parsed.file.text("duties")), lines_of(parsed.file.text("call")));
    }
    CHECK(calls >= 100);
}

}  // namespace proviso::laws
