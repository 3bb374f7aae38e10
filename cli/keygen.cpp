// `proviso keygen --out NAME`: a key pair for somebody who approves. The private key is written to
// a file that only its owner reads, and nowhere else.
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/text.h"
#include <proviso/signature.h>

namespace proviso::cli {
namespace {

constexpr mode_t owner_alone = S_IRUSR | S_IWUSR;
constexpr mode_t everybody_reads = owner_alone | S_IRGRP | S_IROTH;

bool write_bytes(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

/// Empty, or why the file was not written. Never writes to one that is there.
std::string write_new(const std::string& path, std::string_view bytes, mode_t mode) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
    if (file < 0) return std::strerror(errno);
    const bool written = write_bytes(file, bytes);
    std::string why = written ? std::string() : std::strerror(errno);
    ::close(file);
    if (!written) ::unlink(path.c_str());
    return why;
}

ExitCode keygen(Context& context, const std::string& name) {
    const std::string private_path = name + ".pem";
    const std::string public_path = name + ".pub.pem";
    KeyPair pair = make_key_pair();
    if (!pair.error.empty()) fail(pair.error);
    // The public one first: a private key without it would have no use.
    std::string path = public_path;
    std::string why = write_new(public_path, pair.public_key, everybody_reads);
    if (why.empty()) {
        path = private_path;
        why = write_new(private_path, pair.private_key, owner_alone);
        if (!why.empty()) ::unlink(public_path.c_str());
    }
    cleanse(pair.private_key);
    if (!why.empty()) fail(fmt::format("cannot write `{}`: {}", path, why));
    context.out.line(
        fmt::format("{}: the private key, for its owner alone", visible(private_path)));
    context.out.line(fmt::format("{}: the public key, for the host", visible(public_path)));
    return ExitCode::ok;
}

}  // namespace

void add_keygen(CLI::App& root, Context& context) {
    CLI::App& command =
        add_command(root, context, "keygen", "Makes a key pair for somebody who approves",
                    "  proviso keygen --out maria      # writes maria.pem and maria.pub.pem");
    const auto name = std::make_shared<std::string>();
    CLI::Option* out =
        add_value(command, "--out", *name, "NAME", "where: NAME.pem and NAME.pub.pem; required");
    runs(command, context, {out}, [&context, name] { return keygen(context, *name); });
}

}  // namespace proviso::cli
