#include "engine/bytecode/serialize.h"

#include <random>

#include <catch2/catch.hpp>

#include "engine/bytecode/disassembler.h"
#include "engine/bytecode/verifier.h"
#include "engine/model/sha256.h"
#include "tests/unit/engine/bytecode/sample_program.h"

using namespace proviso;
using namespace proviso::bytecode;

namespace {

constexpr std::size_t header_bytes = 16;
constexpr std::size_t hash_bytes = 32;

LoadResult load(std::string_view bytes) {
    return bytecode::load(bytes, Limits{});
}

std::string sha256(std::string_view bytes) {
    const std::string hex = model::sha256_hex(bytes);
    std::string result;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        result.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return result;
}

/// A payload with the header and hash that belong to it.
std::string sealed(std::string_view payload) {
    std::string file = save(sample::full()).substr(0, 8);
    for (std::size_t i = 0; i < 8; ++i) {
        file.push_back(static_cast<char>(payload.size() >> 8 * i & 0xFFU));
    }
    file += payload;
    return file + sha256(file);
}

std::string payload_of(const std::string& file) {
    return file.substr(header_bytes, file.size() - header_bytes - hash_bytes);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("What is saved and loaded is the same program") {
    const Program program = sample::full();
    const std::string bytes = save(program);
    const LoadResult loaded = load(bytes);
    REQUIRE(loaded.error.empty());
    REQUIRE(loaded.program);
    CHECK(save(*loaded.program) == bytes);
    CHECK(disassemble(*loaded.program) == disassemble(program));
    CHECK(loaded.program->slots[sample::customer].initial.view() == "nobody");
    CHECK(loaded.program->code == program.code);
    CHECK(loaded.program->types.types().size() == program.types.types().size());
    CHECK(loaded.program->types.type(program.slots[sample::amount].type).high->integer == 10'000);
    CHECK(loaded.program->rules[2].fix == "Ask a lead");
    CHECK(loaded.program->sources[0].text == program.sources[0].text);
    CHECK(loaded.program->tools[1].plans[1] == 0);
}

TEST_CASE("Constants are saved by what they hold") {
    const Program program = sample::full();
    const LoadResult loaded = load(save(program));
    REQUIRE(loaded.program);
    REQUIRE(loaded.program->constants.size() == program.constants.size());
    for (std::size_t i = 0; i < program.constants.size(); ++i) {
        CHECK(model::to_text(loaded.program->types, loaded.program->constant_types[i],
                             loaded.program->constants[i]) ==
              model::to_text(program.types, program.constant_types[i], program.constants[i]));
    }
}

TEST_CASE("The same program gives the same bytes") {
    CHECK(save(sample::full()) == save(sample::full()));
}

TEST_CASE("A file of another format version is named as such") {
    std::string bytes = save(sample::full());
    bytes[4] = 7;
    const std::string error = load(bytes).error;
    CHECK(error == "the file has format version 7, this engine reads version " +
                       std::to_string(format_version));
}

TEST_CASE("What is no compiled set is named as such") {
    CHECK(load("").error == "the file is not a compiled policy set");
    CHECK(load("policy x version \"1\"").error == "the file is not a compiled policy set");
}

TEST_CASE("Every damaged byte is found") {
    std::string bytes = save(sample::full());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char kept = bytes[i];
        bytes[i] = static_cast<char>(static_cast<unsigned char>(kept) ^ 0x10U);
        const LoadResult result = load(bytes);
        if (result.program || result.error.empty()) FAIL("byte " << i << " may be damaged");
        bytes[i] = kept;
    }
    CHECK(load(bytes).program);
}

TEST_CASE("Every cut and every addition is found") {
    const std::string bytes = save(sample::full());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        if (load(std::string_view(bytes).substr(0, size)).program) FAIL("cut to " << size);
    }
    for (const std::string_view more : {std::string_view("\0", 1), std::string_view("PVSO")}) {
        CHECK_FALSE(load(bytes + std::string(more)).program);
    }
}

TEST_CASE("A file past the limit is refused, one at the limit is not") {
    const std::string bytes = save(sample::full());
    Limits limits;
    limits.compiled_bytes = bytes.size();
    CHECK(bytecode::load(bytes, limits).program);
    limits.compiled_bytes = bytes.size() - 1;
    CHECK(has(bytecode::load(bytes, limits).error, "more than the limit"));
}

TEST_CASE("Bytes after the last table are refused, hash or not") {
    const std::string payload = payload_of(save(sample::full()));
    CHECK(load(sealed(payload)).program);
    CHECK(has(load(sealed(payload + "x")).error, "past its end"));
}

TEST_CASE("A payload cut anywhere is refused, hash or not") {
    const std::string payload = payload_of(save(sample::full()));
    for (std::size_t size = 0; size < payload.size(); size += 3) {
        if (load(sealed(payload.substr(0, size))).program) FAIL("cut to " << size);
    }
}

TEST_CASE("A huge count asks for no memory that the bytes do not earn") {
    const std::string payload = payload_of(save(sample::full()));
    for (std::size_t at = 0; at + 4 <= payload.size(); ++at) {
        std::string changed = payload;
        changed.replace(at, 4, "\xFF\xFF\xFF\x7F");
        const LoadResult result = load(sealed(changed));
        if (result.program) CHECK_FALSE(verify(*result.program, Limits{}));
    }
}

// With the right hash a changed payload is either refused or another program that verifies.
TEST_CASE("Changed payloads with the right hash are refused or verify") {
    const std::string payload = payload_of(save(sample::full()));
    std::mt19937 random(20'260'301);
    std::size_t loaded = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string changed = payload;
        const auto changes = 1 + random() % 3;
        for (unsigned i = 0; i < changes; ++i) {
            const std::size_t at = random() % changed.size();
            const bool small = random() % 2 == 0;
            changed[at] = static_cast<char>(small ? random() % 24 : random() % 256);
        }
        const LoadResult result = load(sealed(changed));
        REQUIRE(result.program.has_value() == result.error.empty());
        if (!result.program) continue;
        ++loaded;
        REQUIRE_FALSE(verify(*result.program, Limits{}));
        (void)disassemble(*result.program);
        REQUIRE(save(*result.program) == sealed(changed));
    }
    CHECK(loaded > 0);
}
