// The rows of the table; what the functions say of texts is in tests/golden/decide/stdlib.
#include "stdlib/functions.h"

#include <array>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "engine/model/native.h"

using namespace proviso;

TEST_CASE("Functions are found by name, and nothing else is") {
    for (const native::Function& function : stdlib::functions()) {
        CHECK(stdlib::find_function(native::name_of(function.signature)) == &function);
        CHECK(function.call != nullptr);
        CHECK_FALSE(function.text.empty());
    }
    CHECK(stdlib::find_function("") == nullptr);
    CHECK(stdlib::find_function("lowe") == nullptr);
    CHECK(stdlib::find_function("lowerx") == nullptr);
}

TEST_CASE("Every signature is read to its end and written as it was") {
    for (const native::Function& function : stdlib::functions()) {
        const model::Signature signature = model::parse_signature(function.signature);
        std::string text = std::string(signature.name) + "(";
        for (const model::SignatureType& argument : signature.arguments) {
            text += (text.back() == '(' ? "" : ", ") + model::text_of(argument);
        }
        CHECK(text + ") -> " + model::text_of(signature.result) == function.signature);
        CHECK(signature.arguments.size() <= native::most_arguments);
        CHECK(function.currency < static_cast<int>(signature.arguments.size()));
        CHECK(signature.result.parts.empty());
    }
}

TEST_CASE("A text that is made has a bound, one that is there has none") {
    std::array<char, native::text_bytes> room{};
    const auto lower = [&](const std::string& text) {
        const std::array<native::Value, 1> arguments{native::Value{std::string_view(text)}};
        const native::Value result = stdlib::lower(arguments, room);
        const auto* made = std::get_if<std::string_view>(&result.is);
        return made == nullptr ? std::string("unknown") : std::string(*made);
    };
    const std::string most(native::text_bytes, 'A');
    CHECK(lower(most) == std::string(native::text_bytes, 'a'));
    CHECK(lower(most + "A") == "unknown");
    CHECK(lower(std::string(native::text_bytes + 1, 'a')).size() == native::text_bytes + 1);
}
