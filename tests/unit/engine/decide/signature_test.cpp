// Signatures of approvals, with the vectors of RFC 8032, 7.1.
#include "engine/decide/signature.h"

#include <catch2/catch.hpp>

namespace {

using namespace proviso;          // NOLINT(google-build-using-namespace)
using namespace proviso::decide;  // NOLINT(google-build-using-namespace)

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

bool check(const std::string& key, const std::string& message, const std::string& signature) {
    const auto view = [](const std::string& text) {
        return std::span(reinterpret_cast<const unsigned char*>(text.data()), text.size());
    };
    return verifies(view(key), message, view(signature));
}

Approval approval() {
    Approval said;
    said.by = "maria";
    said.roles = {"lead"};
    said.plan = std::string(64, 'a');
    said.gates = {"large", "unusual"};
    said.requested_at = "2026-11-25T09:00:00Z";
    said.at = "2026-11-25T09:30:00Z";
    return said;
}

/// As if it had come with a call.
Signed found(const ApproverKeys& keys, const Approval& said) {
    Bound bound;
    GivenApproval given;
    given.by = said.by;
    given.plan = said.plan;
    given.requested_at = said.requested_at;
    given.at = said.at;
    given.signature = said.signature;
    given.rejects = said.reject;
    for (const std::string& role : said.roles) bound.approval_texts.push_back(role);
    given.roles = {0, static_cast<std::uint32_t>(said.roles.size())};
    for (const std::string& gate : said.gates) bound.approval_texts.push_back(gate);
    given.gates = {given.roles.count, static_cast<std::uint32_t>(said.gates.size())};
    return keys.check(given, bound);
}

}  // namespace

TEST_CASE("signature: the vectors of RFC 8032 hold") {
    struct Vector {
        const char* key;
        const char* message;
        const char* signature;
    };
    const Vector vectors[] = {
        {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9"
         "b46bd25bf5f0595bbe24655141438e7a100b"},
        {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0f1"
         "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
        {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
         "84d"
         "c6594a7c15e9716ed28dc027beceea1ec40a"},
    };
    for (const Vector& one : vectors) {
        const std::string key = bytes_of(one.key);
        const std::string message = bytes_of(one.message);
        std::string signature = bytes_of(one.signature);
        CHECK(check(key, message, signature));
        CHECK_FALSE(check(key, message + "x", signature));
        CHECK_FALSE(check(key, message, signature.substr(1)));
        CHECK_FALSE(check(key.substr(1), message, signature));
        signature[5] = static_cast<char>(signature[5] ^ 1);
        CHECK_FALSE(check(key, message, signature));
    }
}

TEST_CASE("signature: what is signed") {
    CHECK(signed_bytes({"maria", {"lead", "a\"b"}, "ab", {"g"}, "t1", "t2", true}) ==
          R"(proviso-approval-1{"at":"t2","by":"maria","gates":["g"],"plan":"ab",)"
          R"("requested_at":"t1","roles":["lead","a\"b"],"verdict":"reject"})");
}

TEST_CASE("signature: it covers each member, and is of this person") {
    const KeyPair maria = make_key_pair();
    const KeyPair other = make_key_pair();
    REQUIRE(maria.error.empty());
    CHECK(maria.private_key.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    CHECK(maria.public_key.starts_with("-----BEGIN PUBLIC KEY-----\n"));
    const ApproverKeys keys({{"maria", other.public_key},
                             {"maria", maria.public_key},
                             {"bob", other.public_key},
                             {"eve", "no key"}});
    Approval said = approval();
    CHECK(found(keys, said) == Signed::missing);
    said.signature = sign(said, maria.private_key).signature;
    CHECK(said.signature.size() == 128);
    CHECK(found(keys, said) == Signed::yes);
    CHECK(found(ApproverKeys(std::vector<ApproverKey>()), said) == Signed::no_key);

    const auto changed = [&](auto change) {
        Approval one = said;
        change(one);
        return found(keys, one);
    };
    CHECK(changed([](Approval& one) { one.by = "bob"; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.by = "eve"; }) == Signed::unreadable_key);
    CHECK(changed([](Approval& one) { one.by = "zoe"; }) == Signed::no_key);
    CHECK(changed([](Approval& one) { one.roles = {"boss"}; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.roles.clear(); }) == Signed::no);
    CHECK(changed([](Approval& one) { one.plan[0] = 'b'; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.gates = {"large"}; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.gates = {"unusual", "large"}; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.requested_at = "2026-11-25T09:00Z"; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.at = "2026-11-25T09:30:01Z"; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.reject = true; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.signature.pop_back(); }) == Signed::no);
    CHECK(changed([](Approval& one) { one.signature[0] = 'G'; }) == Signed::no);
    CHECK(changed([](Approval& one) { one.roles_now = {"lead"}; }) == Signed::yes);
}

TEST_CASE("signature: keys that are none") {
    CHECK(sign(approval(), "").error == "the private key cannot be read");
    CHECK(sign(approval(), make_key_pair().public_key).error == "the private key cannot be read");
    // Another kind of key: P-256, made for this test alone.
    const char* other =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEiboy5RfKx29jtqjRZTEzuBCqvOd3\n"
        "RFLUJWssVTD+Szuh8Sr5DBrGx/dsjnOgSLyrietEUhNnNyZymzJLN9qSPQ==\n"
        "-----END PUBLIC KEY-----\n";
    Approval said = approval();
    said.signature = std::string(128, 'a');
    CHECK(found(ApproverKeys({ApproverKey{"maria", other}}), said) == Signed::unreadable_key);
    std::string secret = "secret";
    cleanse(secret);
    CHECK(secret.empty());
}
