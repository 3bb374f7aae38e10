#include "engine/decide/store_key.h"

#include <algorithm>

#include "engine/model/sha256.h"

namespace proviso::decide {

namespace {

// A key that is a digest begins with a byte that no other key begins with.
constexpr char digest_tag = 'h';

template <class T>
void put(char*& at, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        *at++ = static_cast<char>(static_cast<std::uint64_t>(value) >> 8 * i & 0xFFU);
    }
}

constexpr std::size_t decimal_bytes = 9;

void put_decimal(char*& at, model::Decimal value) {
    put(at, value.coefficient);
    put(at, value.scale);
}

}  // namespace

void KeyBuilder::clear() {
    bytes_.clear();
}

void KeyBuilder::fixed(char tag, const void* bytes, std::size_t size) {
    bytes_.push_back(tag);
    bytes_.append(static_cast<const char*>(bytes), size);
}

void KeyBuilder::text(std::string_view value) {
    char size[4];
    char* at = size;
    put(at, static_cast<std::uint32_t>(value.size()));
    fixed('s', size, sizeof size);
    bytes_.append(value);
}

void KeyBuilder::number(model::Decimal value) {
    char bytes[decimal_bytes];
    char* at = bytes;
    put_decimal(at, value);
    fixed('n', bytes, sizeof bytes);
}

void KeyBuilder::money(model::Decimal amount, model::Currency currency) {
    char bytes[decimal_bytes + 4];
    char* at = bytes;
    put_decimal(at, amount);
    put(at, currency);
    fixed('m', bytes, sizeof bytes);
}

void KeyBuilder::integer(std::int64_t value) {
    char bytes[8];
    char* at = bytes;
    put(at, value);
    fixed('i', bytes, sizeof bytes);
}

void KeyBuilder::address(const std::uint8_t* bytes) {
    fixed('a', bytes, 16);
}

std::string_view KeyBuilder::key() {
    if (bytes_.size() <= longest_key) return bytes_;
    const model::Digest digest = model::sha256(bytes_);
    hashed_.assign(1, digest_tag);
    for (const std::uint8_t byte : digest) hashed_.push_back(static_cast<char>(byte));
    return hashed_;
}

MemberDigest KeyBuilder::member() const {
    const model::Digest digest = model::sha256(bytes_);
    MemberDigest member{};
    std::copy_n(digest.begin(), member.size(), member.begin());
    return member;
}

}  // namespace proviso::decide
