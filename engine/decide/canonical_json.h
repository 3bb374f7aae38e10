// JSON in its canonical form (RFC 8785), but for the numbers: those are exact decimals without
// exponent and without trailing zeros, whatever their size. What plans and signatures are hashed
// over. Covered by tests/unit/engine/decide/canonical_json_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/value.h"
#include "proviso/call.h"

namespace proviso::decide {

/// Writes to the end of a text; keeps its scratch, so that a warm one allocates nothing.
class CanonicalJson {
  public:
    explicit CanonicalJson(std::string& out) : out_(out) {}

    /// A JSON value that is known to be one, without a name twice in an object. False where it has
    /// no canonical form: half of a surrogate pair, or a number with an exponent past a thousand.
    [[nodiscard]] bool add_json(std::string_view json);
    /// A host's value. False also for texts that are no UTF-8 and numbers that are none.
    [[nodiscard]] bool add_value(const proviso::Value& value);
    /// The digits of a JSON number.
    [[nodiscard]] bool add_number(std::string_view number);
    void add_integer(std::int64_t number);
    void add_decimal(model::Decimal number);
    /// A text that is UTF-8.
    void add_text(std::string_view text);

  private:
    struct Member {
        std::size_t name = 0;  // into names_
        std::size_t name_size = 0;
        std::size_t begin = 0;  // into out_
        std::size_t size = 0;
    };

    [[nodiscard]] char next();
    [[nodiscard]] bool value(std::size_t depth);
    [[nodiscard]] bool object(std::size_t depth);
    [[nodiscard]] bool list(std::size_t depth);
    [[nodiscard]] bool text(std::string& to);
    [[nodiscard]] bool escape(std::string& to);
    [[nodiscard]] bool word(std::string_view word);
    [[nodiscard]] bool value(const proviso::Value& value, std::size_t depth);
    [[nodiscard]] bool record(const proviso::Value::Record& record, std::size_t depth);
    void begin_member(std::size_t name);
    /// The members that were written since `first`, by name.
    void sort_members(std::size_t first, std::size_t names, std::size_t begin);

    std::string& out_;
    std::string names_;
    std::string sorted_;
    std::string text_;
    std::vector<Member> members_;
    std::string_view left_;
};

}  // namespace proviso::decide
