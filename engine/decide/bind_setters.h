// A cursor over the values of a proviso::Call; the same members as JsonSource (bind_source.h).
#pragma once

#include <memory>
#include <string_view>
#include <variant>

#include "engine/decide/bind_names.h"
#include "engine/decide/bind_source.h"
#include "engine/decide/bound.h"
#include "proviso/call.h"

namespace proviso::decide {

class ValueSource {
  public:
    ValueSource() = default;
    ValueSource(const Value& value, std::size_t nesting, Trouble& trouble)
        : value_(&value),
          nesting_(nesting),
          trouble_(&trouble) {}

    [[nodiscard]] bool ok() const { return trouble_->why.empty(); }
    [[nodiscard]] Shape shape() const;
    [[nodiscard]] bool at_container() const { return shape() >= Shape::list; }
    bool quick_text(std::string_view& out);
    Scalar scalar();
    void skip() {}

    template <class Each>
    void members(Each each) {
        const auto* record = std::get_if<Value::Record>(&value_->data());
        if (record == nullptr || !enter()) return;
        const Value* here = value_;
        for (const Value::Field& field : *record) {
            value_ = &field.value;
            each(std::string_view(field.name));
            if (!ok()) break;
        }
        value_ = here;
        --depth_;
    }
    template <class Each>
    void elements(Each each) {
        const auto* list = std::get_if<Value::List>(&value_->data());
        if (list == nullptr || !enter()) return;
        const Value* here = value_;
        for (const Value& element : *list) {
            value_ = &element;
            each();
            if (!ok()) break;
        }
        value_ = here;
        --depth_;
    }

    [[nodiscard]] std::uint32_t find(const NameIndex& index, std::string_view key) const {
        return index.find(key);
    }
    [[nodiscard]] Scalar plain(std::string_view key) const;

    struct Place {
        const Value* value = nullptr;
        std::size_t depth = 0;
    };
    [[nodiscard]] Place place() const { return {value_, depth_}; }
    /// What stood at a place.
    [[nodiscard]] static RawArgument passed(std::string_view name, const Place& since) {
        return {name, {}, since.value};
    }
    void go_back(const Place& place) {
        value_ = place.value;
        depth_ = place.depth;
    }

  private:
    bool enter() {
        if (++depth_ <= nesting_) return true;
        if (ok()) trouble_->why = "nested too deeply";
        return false;
    }

    const Value* value_ = nullptr;
    std::size_t depth_ = 1;  // as in JSON, where the arguments stand in an object
    std::size_t nesting_ = 0;
    Trouble* trouble_ = nullptr;
};

/// A text of a setter, which nothing has validated yet.
[[nodiscard]] Scalar text_scalar(std::string_view text);

}  // namespace proviso::decide
