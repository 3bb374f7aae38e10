// The examples of FIPS 180-4, at once and piece by piece.

#include "engine/model/sha256.h"

#include <string>

#include <catch2/catch.hpp>

namespace proviso::model {

TEST_CASE("sha256 gives the digests of the standard's examples") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("sha256 of pieces is that of the whole") {
    const std::string text(10'000, 'a');
    for (const std::size_t piece : {1U, 63U, 64U, 65U, 9'999U, 10'000U}) {
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += piece) {
            hash.add(std::string_view(text).substr(at, piece));
        }
        CHECK(hash.hex() == sha256_hex(text));
    }
}

}  // namespace proviso::model
