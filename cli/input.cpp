// Covered by tests/cli: unreadable files, folders in place of files, standard input.
#include "cli/input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "cli/exit_code.h"
#include "cli/text.h"
#include "simulator/text/words.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

/// The entry of the same folder that a misspelt path was probably meant to be; or empty.
std::string near_path(const std::string& path) {
    constexpr std::size_t most_entries = 10'000;
    const fs::path folder = fs::path(path).parent_path();
    std::vector<std::string> names;
    std::error_code fault;
    for (fs::directory_iterator entry(folder.empty() ? "." : folder, fault), end;
         !fault && entry != end && names.size() < most_entries; entry.increment(fault)) {
        names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view near = simulator::nearest(fs::path(path).filename().string(), known);
    return near.empty() ? std::string() : (folder / near).string();
}

[[noreturn]] void cannot(std::string_view deed, const std::string& path, int error) {
    const std::string near = error == ENOENT && deed == "read" ? near_path(path) : std::string();
    fail(fmt::format("cannot {} `{}`: {}", deed, path, std::generic_category().message(error)),
         near.empty() ? near : fmt::format("did you mean `{}`?", near));
}

[[noreturn]] void too_large(const std::string& path, std::size_t most_bytes) {
    fail(fmt::format("{} has more than {} bytes", shown_name(path), count_text(most_bytes)));
}

/// A folder opens like a file and then reads as nothing: refused here with its own words.
void open(std::ifstream& file, const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) cannot("read", path, EISDIR);
    errno = 0;
    file.open(path, std::ios::binary);
    if (!file) cannot("read", path, errno == 0 ? EIO : errno);
}

std::string read_stream(std::istream& in, const std::string& path, std::size_t most_bytes) {
    std::string bytes;
    std::string block(std::size_t{64} << 10, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
        bytes.append(block, 0, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > most_bytes) too_large(path, most_bytes);
    }
    if (in.bad()) cannot("read", path, EIO);
    return bytes;
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::string shown_name(const std::string& path) {
    return path == "-" ? "standard input" : fmt::format("`{}`", path);
}

void require_readable(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        const fs::directory_iterator entries(path, error);
        if (error) cannot("read", path, error.value());
        return;
    }
    std::ifstream file;
    open(file, path);
}

std::string read_all(const std::string& path, std::size_t most_bytes) {
    if (path == "-") return read_stream(std::cin, path, most_bytes);
    std::ifstream file;
    open(file, path);
    return read_stream(file, path, most_bytes);
}

void write_file(const std::string& path, const std::string& bytes) {
    std::error_code error;
    if (fs::is_directory(path, error)) cannot("write", path, EISDIR);
    // A device or a pipe takes the bytes as they are: there is nothing to put in place.
    const bool direct = fs::exists(path, error) && !fs::is_regular_file(path, error);
    const std::string beside = direct ? path : path + ".part";
    errno = 0;
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
        const int why = errno == 0 ? EIO : errno;
        if (!direct) fs::remove(beside, error);
        cannot("write", path, why);
    }
    if (direct) return;
    fs::rename(beside, path, error);
    if (error) cannot("write", path, error.value());
}

LineReader::LineReader(const std::string& path, std::size_t most_bytes)
    : path_(path),
      most_bytes_(most_bytes),
      in_(path == "-" ? &std::cin : &file_) {
    if (path != "-") open(file_, path);
}

bool LineReader::next(std::string& line) {
    while (read_line(line)) {
        ++number_;
        if (!is_blank(line)) return true;
    }
    return false;
}

std::string LineReader::rest() {
    return read_stream(*in_, path_, most_bytes_);
}

bool LineReader::read_line(std::string& line) {
    line.clear();
    std::streambuf& bytes = *in_->rdbuf();
    for (int byte = bytes.sbumpc();; byte = bytes.sbumpc()) {
        if (byte == std::streambuf::traits_type::eof()) return !line.empty();
        if (byte == '\n') return true;
        if (line.size() == most_bytes_) too_large(path_, most_bytes_);
        line += static_cast<char>(byte);
    }
}

}  // namespace proviso::cli
