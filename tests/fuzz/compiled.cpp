// Compiled sets: the bytes as a file, and as the payload of a file whose header and hash are right,
// since no mutation would ever get past the hash. What is accepted saves to the same bytes and
// decides calls.
#include <string>
#include <string_view>

#include "engine/bytecode/serialize.h"
#include "engine/model/sha256.h"
#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/pieces.h"
#include <proviso/proviso.h>

namespace proviso::fuzz {
namespace {

void append_number(std::string& bytes, std::uint64_t number, int size) {
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
}

std::string as_file(std::string_view payload) {
    std::string file = "PVSO";
    append_number(file, bytecode::format_version, 4);
    append_number(file, payload.size(), 8);
    file += payload;
    const std::string hash = model::sha256_hex(file);
    for (std::size_t i = 0; i < hash.size(); i += 2) {
        file += static_cast<char>(std::stoi(hash.substr(i, 2), nullptr, 16));
    }
    return file;
}

void hold_file(std::string_view bytes) {
    const LoadResult first = load_policy(bytes, small_limits());
    expect((first.policy == nullptr) != first.error.empty(), "there is a policy or a reason");
    if (first.policy == nullptr) return;
    expect(first.policy->save() == bytes, "what was loaded saves to the same bytes");
    const LoadResult second = load_policy(bytes, small_limits());
    hold_same(first.policy, second.policy);
    (void)first.policy->disassemble();
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = proviso::fuzz::text_of(data, size);
    proviso::fuzz::hold_file(input);
    proviso::fuzz::hold_file(proviso::fuzz::as_file(input));
    return 0;
}
