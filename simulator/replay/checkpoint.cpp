#include "simulator/replay/checkpoint.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "simulator/history/bytes.h"
#include "simulator/history/digest.h"

namespace proviso::simulator {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "proviso-checkpoint-5\n";
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::size_t end_bytes = 64u << 10;  // that are hashed at each end of a history

/// Of what `before` is the checksum of, and these bytes behind it.
std::uint32_t checksum(std::string_view bytes, std::uint32_t before = 0) {
    const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
    return static_cast<std::uint32_t>(crc32_z(before, data, bytes.size()));
}

std::string reason_of(int error) {
    return std::generic_category().message(error);
}

/// Size, beginning and end.
std::string trace_of(const std::string& path, std::uint64_t size) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::min<std::uint64_t>(size, 2 * end_bytes), '\0');
    const std::size_t head = std::min(bytes.size(), end_bytes);
    file.read(bytes.data(), static_cast<std::streamsize>(head));
    file.seekg(static_cast<std::streamoff>(size - (bytes.size() - head)));
    file.read(bytes.data() + head, static_cast<std::streamsize>(bytes.size() - head));
    return std::to_string(size) + " bytes, " + std::to_string(hash_text(bytes));
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += std::to_string(word.size()) + ':' + word + ' ';
    return text;
}

std::string content_of(const std::string& path) {
    if (path.empty()) return {};
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string limits_of(const Limits& limits) {
    const auto* bytes = reinterpret_cast<const char*>(&limits);
    return std::to_string(hash_text({bytes, sizeof limits}));
}

std::string pins_of(const Options& options) {
    std::string text;
    if (!options.gate) return text;
    for (const auto& call : options.gate->calls) {
        text += joined({call.id, std::string{name(call.outcome)}});
    }
    return text;
}

std::string candidates_of(const Options& options) {
    std::string text;
    for (const SweepCandidate& one : options.sweep.candidates) text += one.policy->hash() + ' ';
    return text;
}

std::string difference(const RunIdentity& then, const RunIdentity& now) {
    for (std::size_t i = 0; i < std::max(then.size(), now.size()); ++i) {
        const bool both = i < then.size() && i < now.size();
        if (!both) return i < then.size() ? then[i].first : now[i].first;
        if (then[i] != now[i]) return now[i].first;
    }
    return {};
}

std::string to_damaged(const std::string& path, std::string_view why) {
    return path + ": the checkpoint is damaged (" + std::string{why} + "); remove it to begin anew";
}

/// What the checksum covers: the identity, and the state behind it.
CheckpointRead unpacked(const std::string& path, std::string_view bytes,
                        const RunIdentity& identity) {
    Loader loader{bytes};
    RunIdentity then;
    std::string state;
    loader(then, state);
    if (loader.failed()) return {{}, to_damaged(path, loader.error())};
    const std::string other = difference(then, identity);
    if (other.empty()) return {std::move(state), {}};
    return {{},
            path + ": the checkpoint is of another run: " + other +
                " was not the same; remove it to begin anew"};
}

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

bool is_written(std::FILE* file, std::string_view bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
}

/// The folder's own entry, so that the rename outlives a loss of power.
void sync_folder(const std::string& path) {
    const fs::path folder = fs::path(path).parent_path();
    const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

}  // namespace

IdentityResult identity_of(const Options& options) {
    IdentityResult result;
    RunIdentity& parts = result.identity;
    if (options.engine.store != nullptr || options.engine.approver_keys) {
        result.error = "a run with a store or keys of the host's cannot be put aside";
        return result;
    }
    parts.emplace_back("the version of proviso", PROVISO_VERSION);
    parts.emplace_back("the policy", options.policy->hash());
    parts.emplace_back("the baseline", options.baseline ? options.baseline->hash() : "none");
    parts.emplace_back("--sweep", candidates_of(options));
    parts.emplace_back("the list of histories", joined(options.histories));
    for (const std::string& path : options.histories) {
        const auto size = stored_size(path);
        if (!size) {
            result.error = path + ": only files can be read again from where a run was put aside";
            return result;
        }
        parts.emplace_back("the history `" + path + "`", trace_of(path, *size));
    }
    const std::string mapping = content_of(options.mapping);
    parts.emplace_back("the mapping",
                       mapping.empty() ? options.mapping : mapping);  // a shipped one
    parts.emplace_back("--duty", joined(options.engine.duties));
    parts.emplace_back("the limits of the engine", limits_of(options.engine.limits));
    parts.emplace_back("--samples", std::to_string(options.samples));
    parts.emplace_back("--seed", std::to_string(options.seed));
    parts.emplace_back("--intent", joined(options.intent));
    parts.emplace_back("--amount", joined(options.amounts));
    parts.emplace_back("--show-args", options.show_args ? "yes" : "no");
    parts.emplace_back("--decisions", options.decisions);
    parts.emplace_back("--changes", options.changes);
    parts.emplace_back("the calls of --gate", pins_of(options));
    parts.emplace_back("the calls of cells", std::to_string(options.cell_calls));
    parts.emplace_back("whether there are --approvers",
                       options.staff.approvers.empty() ? "no" : "yes");
    parts.emplace_back("--sort", options.sort ? "yes" : "no");
    parts.emplace_back("the size of blocks", std::to_string(options.block_bytes));
    return result;
}

CheckpointRead read_checkpoint(const std::string& path, const RunIdentity& identity) {
    std::error_code error;
    if (!fs::exists(path, error)) return {};
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return {{}, path + ": the checkpoint cannot be read"};
    if (!bytes.starts_with(magic)) return {{}, path + ": the file is no checkpoint of a replay"};
    Loader loader{std::string_view{bytes}.substr(magic.size())};
    std::uint32_t order = 0;
    std::uint32_t sum = 0;
    std::string content;
    loader(order, sum);
    if (!loader.failed() && order != byte_order) {
        return {{}, path + ": the checkpoint is of another kind of machine"};
    }
    loader(content);
    if (loader.failed() || !loader.at_end()) return {{}, to_damaged(path, "its length")};
    if (checksum(content) != sum) return {{}, to_damaged(path, "its checksum")};
    return unpacked(path, content, identity);
}

std::string write_checkpoint(const std::string& path, const RunIdentity& identity,
                             std::string_view state) {
    Saver fit;
    fit(identity, state.size());
    Saver head;
    head(byte_order, checksum(state, checksum(fit.bytes())), fit.bytes().size() + state.size());
    const std::string beside = path + ".new";
    errno = 0;
    std::unique_ptr<std::FILE, FileCloser> file{std::fopen(beside.c_str(), "wb")};
    const bool written = file != nullptr && is_written(file.get(), magic) &&
                         is_written(file.get(), head.bytes()) &&
                         is_written(file.get(), fit.bytes()) && is_written(file.get(), state) &&
                         std::fflush(file.get()) == 0 && fsync(fileno(file.get())) == 0;
    if (written && std::rename(beside.c_str(), path.c_str()) == 0) {
        sync_folder(path);
        return {};
    }
    const int reason = errno;
    if (file != nullptr) std::remove(beside.c_str());
    return path + ": the checkpoint cannot be written: " + reason_of(reason);
}

Checkpointer::Checkpointer(std::string path, RunIdentity identity, unsigned seconds)
    : path_(std::move(path)),
      identity_(std::move(identity)),
      every_(seconds),
      next_(Clock::now() + every_) {}

void Checkpointer::write(Saver& state, Clock::time_point began) {
    error_ = state.error();
    if (error_.empty()) error_ = write_checkpoint(path_, identity_, state.bytes());
    const auto now = Clock::now();
    next_ = now + every_;
    if (every_.count() > 0) next_ = std::max(next_, now + 9 * (now - began));
}

void Checkpointer::remove() {
    std::remove(path_.c_str());
}

}  // namespace proviso::simulator
