#include "engine/model/sha256.h"

#include <array>
#include <cassert>
#include <new>
#include <tuple>

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace proviso::model {

static_assert(std::tuple_size_v<Digest> == SHA256_DIGEST_LENGTH);

std::string to_hex(const Digest& digest) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 15U]);
    }
    return hex;
}

Digest sha256(std::string_view bytes) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return digest;
}

std::string sha256_hex(std::string_view bytes) {
    return to_hex(sha256(bytes));
}

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() {
        if (context == nullptr) throw std::bad_alloc();
    }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    if (EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    [[maybe_unused]] const int done = EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
    assert(done == 1);
}

Digest Sha256::digest() {
    Digest digest{};
    [[maybe_unused]] int done = EVP_DigestFinal_ex(state_->context, digest.data(), nullptr);
    assert(done == 1);
    // Without a digest to look up, what the context has is used again.
    done = EVP_DigestInit_ex(state_->context, nullptr, nullptr);
    assert(done == 1);
    return digest;
}

}  // namespace proviso::model
