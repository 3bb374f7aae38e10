#include "simulator/history/pack_history.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "simulator/history/blocks.h"
#include "simulator/history/bytes.h"
#include "simulator/history/output_file.h"
#include "simulator/packed/container.h"

namespace proviso::simulator {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t read_bytes = 1U << 20;
constexpr std::size_t most_columns_told = 4096;

std::string said_of(const std::string& path, const std::string& why) {
    return path + ": " + why;
}

/// Why nothing may be written there; empty where it may.
std::string why_not_there(const PackOptions& options) {
    std::error_code error;
    const fs::file_status there = fs::status(options.output, error);
    if (fs::exists(there) && !fs::is_regular_file(there)) return "it is no regular file";
    for (const std::string& path : options.histories) {
        if (fs::exists(there) && fs::equivalent(path, options.output, error)) {
            return "it is one of the histories";
        }
    }
    return {};
}

std::uint64_t total_bytes(const std::vector<std::string>& paths) {
    std::uint64_t total = 0;
    for (const std::string& path : paths) {
        const auto size = stored_size(path);
        if (!size) return 0;
        total += *size;
    }
    return total;
}

class Packing {
  public:
    explicit Packing(const PackOptions& options)
        : options_(options),
          part_(options.output + ".part"),
          reader_(options.histories, read_bytes, packed::most_line_bytes),
          out_(part_) {
        progress_.bytes_total = total_bytes(options.histories);
    }

    PackResult run() {
        out_.write(packed::Writer::head());
        while (result_.error.empty() && !result_.cancelled && reader_.next(block_)) add_block();
        if (result_.error.empty() && !reader_.errors().empty()) {
            const InputError& first = reader_.errors().front();
            result_.error = said_of(options_.histories[first.file], first.reason);
        }
        finish();
        return std::move(result_);
    }

  private:
    void add_block() {
        if (block_.file != file_) {
            file_ = block_.file;
            line_ = 0;
        }
        std::string_view rest = block_.text();
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            add_line(rest.substr(0, end));
            is_open_ = end == std::string_view::npos;
            rest.remove_prefix(is_open_ ? rest.size() : end + 1);
        }
        if (block_.dropped > 0) {
            result_.error = said_of(
                options_.histories[file_] + ":" + std::to_string(line_),
                "the line is longer than " + std::to_string(packed::most_line_bytes) + " bytes");
        }
        if (!out_.error().empty()) result_.error = out_.error();
        result_.cancelled = options_.cancel != nullptr && options_.cancel->load();
        tell();
    }

    void add_line(std::string_view line) {
        // The last line waits, as only then it is known whether it has a line end.
        if (packer_.is_full()) out_.write(writer_.block(packer_));
        packer_.add(line);
        ++line_;
        ++result_.lines;
    }

    void tell() {
        if (!options_.progress) return;
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - started_;
        progress_.lines = result_.lines;
        progress_.bytes_read = block_.bytes_read;
        progress_.seconds = passed.count();
        if (progress_.seconds > 0) {
            progress_.lines_per_second = static_cast<double>(result_.lines) / progress_.seconds;
        }
        options_.progress(progress_);
    }

    void finish() {
        for (std::size_t i = 0; i < options_.histories.size(); ++i) {
            result_.stored_bytes += reader_.stored_bytes(i);
        }
        if (result_.error.empty() && !result_.cancelled) {
            if (!packer_.is_empty()) out_.write(writer_.block(packer_, is_open_));
            out_.write(writer_.end());
            out_.sync();
            result_.text_bytes = writer_.totals().text_bytes;
            result_.packed_bytes = out_.size();
        }
        out_.close();
        if (result_.error.empty()) result_.error = out_.error();
        std::error_code error;
        if (result_.error.empty() && !result_.cancelled) {
            fs::rename(part_, options_.output, error);
            if (error) result_.error = said_of(options_.output, error.message());
        }
        if (!result_.error.empty() || result_.cancelled) fs::remove(part_, error);
    }

    const PackOptions& options_;
    std::string part_;
    BlockReader reader_;
    OutputFile out_;
    Block block_;
    packed::BlockPacker packer_;
    packed::Writer writer_;
    PackResult result_;
    Progress progress_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::size_t file_ = 0;
    std::uint64_t line_ = 0;  // of it
    bool is_open_ = false;    // the last line that was added has no line end
};

struct ColumnSums {
    std::set<std::string_view> kinds;
    std::uint64_t values = 0;
    std::uint64_t bytes = 0;
};

std::string joined(const std::set<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words)
        text += (text.empty() ? "" : ", ") + std::string{word};
    return text;
}

}  // namespace

PackResult pack_history(const PackOptions& options) {
    PackResult result;
    if (std::string why = why_not_there(options); !why.empty()) {
        result.error = said_of(options.output, why);
        return result;
    }
    return Packing{options}.run();
}

std::string unpack_history(const std::string& path,
                           const std::function<void(std::string_view)>& write) {
    const OpenedStream opened = open_stream(path);
    if (opened.stream == nullptr) return said_of(path, opened.error);
    std::string piece(read_bytes, '\0');
    while (const std::size_t size = opened.stream->read(piece.data(), piece.size())) {
        write({piece.data(), size});
    }
    const std::string& error = opened.stream->error();
    return error.empty() ? error : said_of(path, error);
}

PackContents packed_contents(const std::string& path) {
    PackContents contents;
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
        contents.error = said_of(path, std::generic_category().message(errno));
        return contents;
    }
    packed::Reader reader{[file, &contents](char* out, std::size_t capacity) {
        const std::size_t size = std::fread(out, 1, capacity, file);
        contents.packed_bytes += size;
        return size;
    }};
    std::map<std::string, ColumnSums> sums;
    for (std::string block; reader.next(block);) {
        const packed::PackedBlock lines{block};
        if (lines.failed()) reader.fail("the packed history is damaged: a block cannot be read");
        for (const packed::ColumnInfo& column : lines.columns()) {
            if (sums.size() >= most_columns_told && !sums.contains(column.name)) continue;
            ColumnSums& sum = sums[column.name];
            sum.kinds.insert(packed::name(column.kind));
            sum.values += column.values;
            sum.bytes += column.bytes;
        }
    }
    std::fclose(file);
    contents.blocks = reader.totals().blocks;
    contents.lines = reader.totals().lines;
    contents.text_bytes = reader.totals().text_bytes;
    if (!reader.error().empty()) contents.error = said_of(path, reader.error());
    for (const auto& [name, sum] : sums) {
        contents.columns.push_back({name, joined(sum.kinds), sum.values, sum.bytes});
    }
    return contents;
}

}  // namespace proviso::simulator
