// See signature.h.
#include "engine/decide/signature.h"

#include <algorithm>
#include <array>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "engine/decide/canonical_json.h"
#include "engine/model/calendar.h"

namespace proviso::decide {

namespace {

constexpr std::string_view approval_domain = "proviso-approval-1";
constexpr std::size_t key_bytes = 32;
constexpr std::size_t signature_bytes = 64;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

using Signature = std::array<unsigned char, signature_bytes>;

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool read_signature(std::string_view hex, Signature& out) {
    if (hex.size() != signature_bytes * 2) return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = digit(hex[2 * i]);
        const int low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        out[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return true;
}

std::string hex_of(const Signature& signature) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : signature) {
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 15U]);
    }
    return hex;
}

Owned<BIO> reader_of(std::string_view text) {
    return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// No password is asked for on a terminal: a key that has one cannot be read.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) {
    return -1;
}

std::vector<unsigned char> public_bytes(std::string_view pem) {
    const Owned<BIO> bio = reader_of(pem);
    const Owned<EVP_PKEY> key(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr)
                                  : nullptr);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) return {};
    std::vector<unsigned char> bytes(key_bytes);
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) != 1) return {};
    return size == key_bytes ? bytes : std::vector<unsigned char>();
}

std::vector<std::string_view> texts(const Bound& bound, bytecode::Range range) {
    const auto begin = bound.approval_texts.begin() + range.begin;
    return {begin, begin + range.count};
}

void add_list(std::string& json, CanonicalJson& out, const std::vector<std::string_view>& texts) {
    json.push_back('[');
    for (const std::string_view& text : texts) {
        if (&text != texts.data()) json.push_back(',');
        out.add_text(text);
    }
    json.push_back(']');
}

}  // namespace

std::string signed_bytes(const ApprovalText& approval) {
    std::string json(approval_domain);
    CanonicalJson out(json);
    json += "{\"at\":";
    out.add_text(approval.at);
    json += ",\"by\":";
    out.add_text(approval.by);
    json += ",\"gates\":";
    add_list(json, out, approval.gates);
    json += ",\"plan\":";
    out.add_text(approval.plan);
    json += ",\"requested_at\":";
    out.add_text(approval.requested_at);
    json += ",\"roles\":";
    add_list(json, out, approval.roles);
    json += approval.reject ? ",\"verdict\":\"reject\"}" : ",\"verdict\":\"approve\"}";
    return json;
}

bool verifies(std::span<const unsigned char> key, std::string_view message,
              std::span<const unsigned char> signature) {
    if (key.size() != key_bytes || signature.size() != signature_bytes) return false;
    const Owned<EVP_PKEY> with(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    if (!with || !context) return false;
    if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, with.get()) != 1) {
        return false;
    }
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                            reinterpret_cast<const unsigned char*>(message.data()),
                            message.size()) == 1;
}

ApproverKeys::ApproverKeys(const std::vector<ApproverKey>& keys) {
    keys_.reserve(keys.size());
    for (const ApproverKey& key : keys) {
        keys_.push_back({key.person, public_bytes(key.public_key)});
    }
}

Signed ApproverKeys::check(const GivenApproval& approval, const Bound& bound) const {
    if (approval.signature.empty()) return Signed::missing;
    const std::string message = signed_bytes(
        {approval.by, texts(bound, approval.roles), approval.plan, texts(bound, approval.gates),
         approval.requested_at, approval.at, approval.rejects});
    Signature signature{};
    const bool readable = read_signature(approval.signature, signature);
    Signed found = Signed::no_key;
    for (const Key& key : keys_) {
        if (key.person != approval.by) continue;
        if (key.bytes.empty()) {
            if (found == Signed::no_key) found = Signed::unreadable_key;
            continue;
        }
        if (readable && verifies(key.bytes, message, signature)) return Signed::yes;
        found = Signed::no;
    }
    return found;
}

}  // namespace proviso::decide

namespace proviso {

namespace {

using decide::Owned;

/// What a memory BIO holds, which it overwrites when it is freed where it holds a secret.
std::string written(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string private_pem(EVP_PKEY* key) {
    const Owned<BIO> bio(BIO_new(BIO_s_secmem()));
    if (!bio ||
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return {};
    }
    return written(bio.get());
}

std::string public_pem(EVP_PKEY* key) {
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_PUBKEY(bio.get(), key) != 1) return {};
    return written(bio.get());
}

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

}  // namespace

void cleanse(std::string& secret) noexcept {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

KeyPair make_key_pair() {
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nullptr));
    EVP_PKEY* made = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1 ||
        EVP_PKEY_keygen(context.get(), &made) != 1) {
        return {{}, {}, "no key can be made"};
    }
    const Owned<EVP_PKEY> key(made);
    KeyPair pair{private_pem(key.get()), public_pem(key.get()), {}};
    if (pair.private_key.empty() || pair.public_key.empty()) pair.error = "no key can be written";
    return pair;
}

std::string fault_of(const Approval& approval) {
    constexpr std::size_t plan_digits = 64;
    if (approval.by.empty()) return "nobody has given it";
    if (approval.gates.empty()) return "it names no gate";
    const bool hex = std::all_of(approval.plan.begin(), approval.plan.end(),
                                 [](char c) { return decide::digit(c) >= 0; });
    if (approval.plan.size() != plan_digits || !hex) return "its plan is no hash of 64 hex digits";
    const auto asked = model::parse_time(approval.requested_at);
    if (!asked) return "`" + approval.requested_at + "` is no time";
    const auto answered = model::parse_time(approval.at);
    if (!answered) return "`" + approval.at + "` is no time";
    return *answered < *asked ? "it was answered before it was asked" : "";
}

SignResult sign(const Approval& approval, std::string_view private_key) {
    const Owned<BIO> bio = decide::reader_of(private_key);
    const Owned<EVP_PKEY> key(
        bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, decide::no_password, nullptr) : nullptr);
    if (!key) return {{}, "the private key cannot be read"};
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) {
        return {{}, "the private key is of another kind than Ed25519"};
    }
    const std::string message = decide::signed_bytes(
        {approval.by, views(approval.roles), approval.plan, views(approval.gates),
         approval.requested_at, approval.at, approval.reject});
    decide::Signature signature{};
    std::size_t size = signature.size();
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size,
                       reinterpret_cast<const unsigned char*>(message.data()),
                       message.size()) != 1) {
        return {{}, "it cannot be signed"};
    }
    return {decide::hex_of(signature), {}};
}

}  // namespace proviso
