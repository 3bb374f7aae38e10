// Values of any type, from any source: what scalars (bind_scalars.h) are put together to.
//
// In an argument what breaks its type is reported as a form error where it stands; in a host's
// value it makes the value unknown. A list with a member that is not known is not known itself;
// a record keeps what it has.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/decide/bind_state.h"
#include "engine/model/currency.h"

namespace proviso::decide {

/// An object, or one value with the name that it has among others.
template <class Source>
struct Item {
    bool whole = true;
    std::string_view name;
    Source at;
};

/// Reads a scalar; of a list or object its shape alone.
template <class Source>
Scalar scalar_or_shape(Source& from) {
    if (!from.at_container()) return from.scalar();
    Scalar other;
    other.shape = from.shape();
    from.skip();
    return other;
}

/// Where money looks for its currency: the members beside it. Found once, kept for the next.
template <class Source>
class Siblings {
  public:
    Siblings() = default;
    Siblings(const Item<Source>* items, std::size_t count) : items_(items), count_(count) {}
    /// The members of the object at the cursor, which may move on.
    explicit Siblings(const Source& cursor) : cursor_(&cursor), place_(cursor.place()) {}
    /// The money's own name: what stands before its last dot stands before the sibling's too.
    void of(std::string_view own) { own_ = own; }
    /// The sibling's scalar; a null where there is none.
    Scalar find(std::string_view name) {
        const std::string_view prefix = own_.substr(0, own_.rfind('.') + 1);
        if (!found_ || name_ != name || prefix_ != prefix) {
            prefix_ = prefix;
            name_ = name;
            found_ = look_for(name);
        }
        return *found_;
    }

  private:
    [[nodiscard]] bool is(std::string_view key, std::string_view name) const {
        return key.size() == prefix_.size() + name.size() && key.starts_with(prefix_) &&
               key.ends_with(name);
    }
    Scalar look_for(std::string_view name) {
        Scalar found;
        if (cursor_ != nullptr) {
            Source at = *cursor_;
            at.go_back(place_);
            look_in(at, name, found);
        }
        for (std::size_t i = 0; i < count_; ++i) {
            Source at = items_[i].at;
            if (items_[i].whole)
                look_in(at, name, found);
            else if (is(items_[i].name, name))
                found = scalar_or_shape(at);
        }
        return found;
    }
    void look_in(Source& at, std::string_view name, Scalar& found) {
        if (at.shape() != Shape::object) return;
        at.members([&](std::string_view key) {
            const Scalar plain = at.plain(key);
            if (!plain.broken && is(plain.text, name))
                found = scalar_or_shape(at);
            else
                at.skip();
        });
    }

    const Source* cursor_ = nullptr;
    typename Source::Place place_{};
    const Item<Source>* items_ = nullptr;
    std::size_t count_ = 0;
    std::string_view own_;
    std::string_view prefix_;
    std::string_view name_;
    std::optional<Scalar> found_;
};

template <class Source>
class Converter {
  public:
    /// `strict`: the values are arguments that are declared.
    Converter(CallState& state, bool strict) : state_(&state), strict_(strict) {}

    /// The common case of numbers and booleans is part of the caller.
    [[gnu::always_inline]] model::Value convert(const TypeInfo& info, Source& from,
                                                Siblings<Source>& beside,
                                                const ArgumentPlace& step) {
        // Values are returned in registers here: one that is written in parts and read as a whole
        // costs more than making it.
        if constexpr (requires { from.pass(); }) {
            std::int64_t integer = 0;
            std::uint8_t scale = 0;
            if (info.plain != Plain::no && is_plain(info.plain, from, integer, scale)) {
                from.pass();
                const std::uint32_t code = info.plain == Plain::money ? info.type->currency : 0;
                if (!info.has_range) return model::of_money({integer, scale}, code);
                return held(info, model::of_money({integer, scale}, code), step);
            }
        }
        return convert_any(info, from, beside, step);
    }
    model::Value convert_any(const TypeInfo& info, Source& from, Siblings<Source>& beside,
                             const ArgumentPlace& step) {
        if (!info.is_scalar) return composed(info, from, beside, step);
        std::string_view text;
        if (!from.quick_text(text)) return slow_scalar(info, from, step);
        if (info.is_any_string && text.size() <= info.string_bytes) return model::of_text(text);
        return checked(info, text_value(info, text, state_->arena()), step);
    }
    model::Value convert(model::TypeId type, Source& from, Siblings<Source>& beside,
                         const ArgumentPlace& step) {
        return convert(state_->tables().type(type), from, beside, step);
    }

    /// Moves past a value; a key twice in it is a form error.
    void unique(Source& from, const ArgumentPlace& step) {
        switch (from.shape()) {
            case Shape::list: {
                ArgumentPlace element{&step, {}, 0, true};
                return from.elements([&] {
                    unique(from, element);
                    ++element.index;
                });
            }
            case Shape::object: break;
            case Shape::null:
            case Shape::boolean:
            case Shape::number:
            case Shape::text:
            case Shape::money: from.scalar(); return;
        }
        std::vector<std::string_view>& keys = state_->scratch().keys;
        const std::size_t base = keys.size();
        from.members([&](std::string_view key) {
            const Scalar plain = from.plain(key);
            if (plain.broken) state_->fail_argument(step, "a name that is no text");
            keys.push_back(plain.text);
            unique(from, {&step, key});
        });
        check_keys(base, step);
    }
    /// Keys from `base` on; takes them off.
    void check_keys(std::size_t base, const ArgumentPlace& step) {
        std::vector<std::string_view>& keys = state_->scratch().keys;
        const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(base);
        std::sort(begin, keys.end());
        if (const auto twice = std::adjacent_find(begin, keys.end()); twice != keys.end()) {
            state_->fail_argument({&step, *twice}, "given twice");
        }
        keys.resize(base);
    }

  private:
    /// The common case of numbers and booleans.
    [[gnu::always_inline]] static bool is_plain(Plain plain, const Source& from,
                                                std::int64_t& integer, std::uint8_t& scale) {
        if (plain == Plain::boolean) {
            bool truth = false;
            const bool is = from.is_boolean(truth);
            integer = truth ? 1 : 0;
            return is;
        }
        if (!from.is_number(integer, scale)) return false;
        for (; scale > 0 && integer % 10 == 0; --scale) integer /= 10;
        return plain != Plain::integer || scale == 0;
    }
    model::Value held(const TypeInfo& info, const model::Value& value, const ArgumentPlace& step) {
        return checked(info, held_to_range(info, value), step);
    }
    model::Value refuse(model::State why, std::string_view cause, const ArgumentPlace& step) {
        if (strict_) state_->fail_argument(step, cause);
        return model::unknown(why);
    }
    model::Value checked(const TypeInfo& info, const model::Value& value,
                         const ArgumentPlace& step) {
        // What is past a limit of the engine is no error of the call's.
        if (value.known() || value.state == model::State::too_long) return value;
        return refuse(value.state, cause_text(value.state, info.type->kind), step);
    }
    model::Value slow_scalar(const TypeInfo& info, Source& from, const ArgumentPlace& step) {
        if (from.at_container()) {
            from.skip();
            return checked(info, model::unknown(model::State::wrong_type), step);
        }
        const Scalar scalar = from.scalar();
        if (scalar.shape == Shape::null) return null(info, step);
        return checked(info, scalar_value(info, scalar, state_->arena()), step);
    }
    model::Value null(const TypeInfo& info, const ArgumentPlace& step) {
        if (info.type->optional) return model::unknown(model::State::absent);
        return refuse(model::State::wrong_type, "null", step);
    }
    /// What is not one scalar.
    model::Value composed(const TypeInfo& info, Source& from, Siblings<Source>& beside,
                          const ArgumentPlace& step) {
        if (from.shape() == Shape::null) {
            from.scalar();
            return null(info, step);
        }
        switch (info.type->kind) {
            case model::Kind::list: return list(info, from, beside, step);
            case model::Kind::record: return record(info, from, step);
            case model::Kind::money: return checked(info, money(info, from, beside), step);
            case model::Kind::opaque:
            case model::Kind::boolean:
            case model::Kind::integer:
            case model::Kind::decimal:
            case model::Kind::string:
            case model::Kind::duration:
            case model::Kind::time:
            case model::Kind::date:
            case model::Kind::weekday:
            case model::Kind::ip:
            case model::Kind::enumeration: break;
        }
        return opaque(from, step);
    }
    model::Value opaque(Source& from, const ArgumentPlace& step) {
        if (strict_)
            unique(from, step);
        else
            from.skip();
        return model::of_integer(1);
    }

    model::Value list(const TypeInfo& info, Source& from, Siblings<Source>& beside,
                      const ArgumentPlace& step) {
        if (from.shape() != Shape::list) {
            from.skip();
            return checked(info, model::unknown(model::State::wrong_type), step);
        }
        std::vector<model::Value>& values = state_->scratch().values;
        const std::size_t base = values.size();
        std::size_t count = 0;
        model::State bad = model::State::present;
        from.elements([&] {
            const ArgumentPlace element{&step, {}, static_cast<std::uint32_t>(count), true};
            if (++count > info.list_length) return pass_over(from, element);
            const model::Value value = convert(info.type->element, from, beside, element);
            const bool fits = value.known() || value.state == model::State::absent;
            if (!fits && bad == model::State::present) bad = value.state;
            values.push_back(value);
        });
        model::Value* members = state_->arena().values(values.size() - base);
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(base);
        std::copy(begin, values.end(), members);
        values.resize(base);
        if (count < info.type->length_low.value_or(0) ||
            count > info.type->length_high.value_or(UINT32_MAX)) {
            return checked(info, model::unknown(model::State::out_of_range), step);
        }
        if (count > info.list_length) return model::unknown(model::State::too_long);
        if (bad != model::State::present) return model::unknown(bad);
        return model::of_elements(members, static_cast<std::uint32_t>(count));
    }
    void pass_over(Source& from, const ArgumentPlace& step) {
        if (strict_)
            unique(from, step);
        else
            from.skip();
    }

    model::Value record(const TypeInfo& info, Source& from, const ArgumentPlace& step) {
        if (from.shape() != Shape::object) {
            from.skip();
            return checked(info, model::unknown(model::State::wrong_type), step);
        }
        const auto count = static_cast<std::uint32_t>(info.type->fields.size());
        model::Value* values = state_->arena().values(count);
        // Not there yet: no value of a call has `spare` set.
        model::Value nothing = model::unknown(model::State::missing);
        nothing.spare = 1;
        std::fill_n(values, count, nothing);

        Siblings<Source> fields(from);
        const std::size_t base = state_->scratch().keys.size();
        bool fits = true;
        from.members([&](std::string_view key) {
            const ArgumentPlace field{&step, key};
            const std::uint32_t number = from.find(info.fields, key);
            if (number < count) {
                if (values[number].spare == 0)
                    fits = twice(from, field);
                else
                    values[number] = convert(info.type->fields[number].type, from, fields, field);
            } else if (number == bytecode::none && !info.type->record_open) {
                refuse(model::State::wrong_type, "not declared", field);
                pass_over(from, field);
                fits = false;
            } else {
                remember(from.plain(key), field);
                pass_over(from, field);
            }
        });
        check_rest(base, step);
        complete(info, values, step);
        if (!fits) return model::unknown(model::State::wrong_type);
        return model::of_elements(values, count);
    }
    bool twice(Source& from, const ArgumentPlace& field) {
        refuse(model::State::wrong_type, "given twice", field);
        pass_over(from, field);
        return false;
    }
    void remember(const Scalar& name, const ArgumentPlace& step) {
        if (!strict_) return;
        if (name.broken) state_->fail_argument(step, "a name that is no text");
        state_->scratch().keys.push_back(name.text);
    }
    void check_rest(std::size_t base, const ArgumentPlace& step) {
        if (strict_) check_keys(base, step);
    }
    /// Fields that did not come: absent, or missing.
    void complete(const TypeInfo& info, model::Value* values, const ArgumentPlace& step) {
        for (const model::Field& field : info.type->fields) {
            model::Value& value = *values++;
            if (value.spare == 0) continue;
            value = state_->tables().type(field.type).type->optional
                        ? model::unknown(model::State::absent)
                        : refuse(model::State::missing, "missing", {&step, field.name});
        }
    }

    model::Value money(const TypeInfo& info, Source& from, Siblings<Source>& beside);
    model::Value money_object(const TypeInfo& info, Source& from);
    model::Value bare_money(const TypeInfo& info, Source& from, Siblings<Source>& beside);
    model::Value given_money(const TypeInfo& info, const Scalar& from, Siblings<Source>& beside);

    CallState* state_;
    bool strict_;
};

/// Money of an amount as it is written; in range, minor units taken into account.
[[nodiscard]] model::Value money_value(const TypeInfo& info, std::optional<model::Decimal> amount,
                                       std::optional<model::Currency> currency, bool minor);
/// The amount of an object's member: a number, or digits in a string.
[[nodiscard]] std::optional<model::Decimal> amount_value(const Scalar& from, model::State& state);
/// A code's scalar; nothing where it is none.
[[nodiscard]] std::optional<model::Currency> currency_value(const Scalar& from);

template <class Source>
model::Value Converter<Source>::money(const TypeInfo& info, Source& from,
                                      Siblings<Source>& beside) {
    if (from.shape() == Shape::money) return given_money(info, from.scalar(), beside);
    // A currency that is fixed may be said all the same, as long as it is that one. Minor units
    // are a number alone: an object's amount would read as major ones.
    if (info.type->money_form == model::MoneyForm::fixed && !info.type->minor &&
        from.shape() == Shape::object) {
        const model::Value said = money_object(info, from);
        const bool other = said.known() && said.currency() != info.type->currency;
        return other ? model::unknown(model::State::currency_mismatch) : said;
    }
    switch (info.type->money_form) {
        case model::MoneyForm::object: return money_object(info, from);
        case model::MoneyForm::with_field:
        case model::MoneyForm::fixed: break;
    }
    return bare_money(info, from, beside);
}

template <class Source>
model::Value Converter<Source>::money_object(const TypeInfo& info, Source& from) {
    if (from.shape() != Shape::object) {
        from.skip();
        return model::unknown(model::State::wrong_type);
    }
    std::array<Scalar, 2> parts;
    std::array<int, 2> times{};
    bool fits = true;
    from.members([&](std::string_view key) {
        const Scalar name = from.plain(key);
        const bool amount = name.text == "amount";
        const Shape shape = from.shape();
        if (name.broken || (!amount && name.text != "currency") || shape == Shape::object ||
            shape == Shape::list) {
            fits = false;
            return from.skip();
        }
        parts[amount ? 0 : 1] = from.scalar();
        ++times[amount ? 0 : 1];
    });
    if (!fits || times[0] != 1 || times[1] != 1) return model::unknown(model::State::wrong_type);
    model::State why = model::State::wrong_type;
    const auto amount = amount_value(parts[0], why);
    if (!amount) return model::unknown(why);
    return money_value(info, amount, currency_value(parts[1]), info.type->minor);
}

template <class Source>
model::Value Converter<Source>::bare_money(const TypeInfo& info, Source& from,
                                           Siblings<Source>& beside) {
    if (from.shape() != Shape::number) {
        from.skip();
        return model::unknown(model::State::wrong_type);
    }
    model::State why = model::State::wrong_type;
    const auto amount = number_value(from.scalar(), why);
    if (!amount) return model::unknown(why);
    if (info.type->money_form == model::MoneyForm::fixed) {
        return money_value(info, amount, info.type->currency, info.type->minor);
    }
    const Scalar code = beside.find(info.type->money_field);
    if (code.shape == Shape::null) return model::unknown(model::State::missing);
    return money_value(info, amount, currency_value(code), info.type->minor);
}

/// Money that a setter typed: in major units whatever the type says, and with its own currency.
template <class Source>
model::Value Converter<Source>::given_money(const TypeInfo& info, const Scalar& from,
                                            Siblings<Source>& beside) {
    Scalar code;
    code.shape = Shape::text;
    code.text = from.currency;
    const auto currency = currency_value(code);
    Scalar digits;
    digits.shape = Shape::text;
    digits.text = from.text;
    model::State why = model::State::wrong_type;
    const auto amount = amount_value(digits, why);
    if (!currency || !amount) return model::unknown(why);
    switch (info.type->money_form) {
        case model::MoneyForm::object: break;
        case model::MoneyForm::fixed:
            if (*currency != info.type->currency) {
                return model::unknown(model::State::currency_mismatch);
            }
            break;
        case model::MoneyForm::with_field: {
            const Scalar other = beside.find(info.type->money_field);
            if (other.shape != Shape::null && currency_value(other) != currency) {
                return model::unknown(model::State::currency_mismatch);
            }
            break;
        }
    }
    return money_value(info, amount, currency, false);
}

}  // namespace proviso::decide
