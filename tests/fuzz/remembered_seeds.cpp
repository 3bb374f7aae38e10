// Seeds of what is remembered and of who approves: made by the product, so that they open.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sqlite3.h>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/remembering.h"
#include "tests/fuzz/seeds.h"

namespace proviso::fuzz {
namespace {

namespace fs = std::filesystem;

std::string answer(const std::string& by, const std::string& role, const std::string& verdict,
                   const std::string& more = {}) {
    return R"({"by": ")" + by + R"(", "roles": [")" + role + R"("], "plan": ")" + payment_plan() +
           R"(", "gates": ["large"], "requested_at": "2026-11-25T08:30:00Z", )" +
           R"("at": "2026-11-25T09:45:00Z", "verdict": ")" + verdict + '"' + more + "}";
}

/// In the smallest pages that SQLite has, so that a mutation meets something.
void shrink(const std::string& path) {
    sqlite3* database = nullptr;
    const char* steps =
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL";
    expect(sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
               sqlite3_exec(database, steps, nullptr, nullptr, nullptr) == SQLITE_OK,
           "a store's file is one of SQLite");
    sqlite3_close(database);
}

/// What a store's file holds once these calls were decided.
template <class Use>
std::string file_of(const Use& use) {
    const fs::path folder = fs::temp_directory_path() / ("proviso_seeds_" + payment_plan());
    fs::remove_all(folder);
    fs::create_directories(folder);
    const std::string path = (folder / "calls.db").string();
    {
        const OpenResult opened = open_store(path, {});
        expect(opened.store != nullptr, "a new store opens");
        use(opened.store);
    }
    shrink(path);
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    file.close();
    fs::remove_all(folder);
    return bytes;
}

}  // namespace

void add_approvals(SeedWriter& writer) {
    const std::string lea = answer("lea", "lead", "approve");
    const std::string max = answer("max", "lead", "approve");
    writer.seed("approvals", "[" + lea + "]");
    writer.seed("approvals", "[" + lea + ", " + lea + "]");
    writer.seed("approvals", "[" + lea + ", " + max + "]");
    writer.seed("approvals", "[" + lea + ", " + answer("cat", "cfo", "approve") + "]");
    writer.seed("approvals", "[" + answer("jim", "auditor", "reject") + "]");
    writer.seed("approvals", "[" + lea + ", " + answer("ann", "lead", "approve") + "]");
    writer.seed("approvals", "[" + answer("moe", "lead", "approve", R"(, "roles_now": [])") + "]");
    writer.seed(
        "approvals",
        "[" + answer("moe", "lead", "reject", ", \"signature\": \"" + std::string(128, 'a') + '"') +
            "]");
}

void add_stores(SeedWriter& writer) {
    writer.seed("store", file_of([](const StorePtr&) {}));
    writer.seed("store", file_of([](const StorePtr& store) {
                    const Engine engine(remembering_policy(), {.duties = {}, .store = store});
                    Session session(engine);
                    const std::string rejected =
                        ", \"approvals\": [" + answer("lea", "lead", "reject") + "]";
                    session.decide(Layout::native(), payment("c-1", 812, "x", rejected));
                    session.decide(Layout::native(), payment("c-2", 20));
                    session.decide(Layout::native(), payment("c-4", 499, "z"));
                    (void)store->confirm("c-4");
                    (void)store->halt({HaltScope::Kind::tool, "wipe*"}, "incident 12");
                }));
}

}  // namespace proviso::fuzz
