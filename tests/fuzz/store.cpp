// Files of stores: the input is the file. It opens, or there is a reason; what opens answers, and
// no answer goes past what the rules alone forbid or lets a call through that asks for two people.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/remembering.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

namespace fs = std::filesystem;

/// A folder of this process, in memory where the system has such a place.
class Folder {
  public:
    Folder() {
        const fs::path memory = "/dev/shm";
        const fs::path parent = fs::is_directory(memory) ? memory : fs::temp_directory_path();
        path_ = parent / ("proviso_fuzz_store_" + std::to_string(::getpid()));
    }
    ~Folder() { clear(); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string with(std::string_view bytes) const {
        clear();
        fs::create_directories(path_);
        const fs::path file = path_ / "calls.db";
        std::ofstream(file, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return file.string();
    }

  private:
    void clear() const {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    fs::path path_;
};

void decide(Session& session, const std::string& document, Outcome least) {
    const Verdict preview = session.preview(Layout::native(), document);
    (void)said(session, preview);
    const Verdict verdict = session.decide(Layout::native(), document);
    (void)said(session, verdict);
    hold_explained(session);
    expect(preview.outcome >= least && verdict.outcome >= least,
           "what is remembered never loosens what the rules say");
}

void hold_store(const std::string& path) {
    StoreOptions options;
    options.limits = small_limits();
    options.durability = Durability::crash;
    const OpenResult opened = open_store(path, options);
    expect((opened.store == nullptr) != opened.error.empty(), "there is a store or a reason");
    if (opened.store == nullptr) return;
    const Engine engine(remembering_policy(),
                        {.duties = {}, .store = opened.store, .limits = small_limits()});
    Session session(engine);
    decide(session, payment("c-1", 812), Outcome::gate);
    decide(session, payment("c-2", 20), Outcome::allow);
    decide(session, payment("c-3", 20'000), Outcome::block);
    decide(session, payment("", 400, "y"), Outcome::allow);
    (void)opened.store->confirm("c-2");
    (void)opened.store->cancel("c-2");
    const HaltList halts = opened.store->halts();
    expect(halts.error.empty() || halts.halts.empty(), "there are halts or a reason");
    if (opened.store->halt({HaltScope::Kind::principal, "ann"}, "fuzz")) {
        decide(session, payment("c-5", 1), Outcome::block);
        (void)opened.store->resume({HaltScope::Kind::principal, "ann"});
    }
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const proviso::fuzz::Folder folder;
    const std::string path = folder.with(proviso::fuzz::text_of(data, size));
    proviso::fuzz::hold_store(path);
    proviso::fuzz::hold_store(path);  // as the first one left it
    return 0;
}
