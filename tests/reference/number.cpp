// See number.h.
#include "tests/reference/number.h"

#include <algorithm>

namespace proviso::reference {

namespace {

constexpr std::uint32_t base = 1'000'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The digits at the front of `text`, which loses them.
std::string take_digits(std::string_view& text) {
    std::string digits;
    while (!text.empty() && is_digit(text.front())) {
        digits += text.front();
        text.remove_prefix(1);
    }
    return digits;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

Number::Number(std::int64_t value) : Number(value, 0) {}

Number::Number(std::int64_t value, std::uint32_t scale) : negative_(value < 0), scale_(scale) {
    auto rest = static_cast<std::uint64_t>(value);
    if (negative_) rest = 0 - rest;
    for (; rest != 0; rest /= base) limbs_.push_back(static_cast<std::uint32_t>(rest % base));
    normalise();
}

std::optional<Number> Number::parse(std::string_view text) {
    const bool negative = take(text, "-");
    std::string digits = take_digits(text);
    if (digits.empty() || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
    std::int64_t scale = 0;
    if (take(text, ".")) {
        const std::string fraction = take_digits(text);
        if (fraction.empty()) return std::nullopt;
        scale = static_cast<std::int64_t>(fraction.size());
        digits += fraction;
    }
    if (take(text, "eE")) {
        const bool down = !take(text, "+") && take(text, "-");
        const std::string exponent = take_digits(text);
        if (exponent.empty() || exponent.size() > 4) return std::nullopt;
        scale += down ? std::stoi(exponent) : -std::stoi(exponent);
    }
    if (!text.empty()) return std::nullopt;
    if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
    Number result;
    result.negative_ = negative;
    result.scale_ = static_cast<std::uint32_t>(std::max<std::int64_t>(scale, 0));
    for (std::size_t end = digits.size(); end > 0;) {
        const std::size_t begin = end > 9 ? end - 9 : 0;
        const std::string limb = digits.substr(begin, end - begin);
        result.limbs_.push_back(static_cast<std::uint32_t>(std::stoul(limb)));
        end = begin;
    }
    result.normalise();
    return result;
}

int Number::compare_limbs(const Limbs& a, const Limbs& b) {
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    for (std::size_t i = a.size(); i-- > 0;) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

Number::Limbs Number::add_limbs(const Limbs& a, const Limbs& b) {
    Limbs sum;
    std::uint32_t carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
        const std::uint32_t digit = carry + (i < a.size() ? a[i] : 0) + (i < b.size() ? b[i] : 0);
        sum.push_back(digit % base);
        carry = digit / base;
    }
    return sum;
}

// a is not smaller than b.
Number::Limbs Number::subtract_limbs(const Limbs& a, const Limbs& b) {
    Limbs difference = a;
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::int64_t digit = std::int64_t{a[i]} - borrow - (i < b.size() ? b[i] : 0);
        borrow = digit < 0 ? 1 : 0;
        if (digit < 0) digit += base;
        difference[i] = static_cast<std::uint32_t>(digit);
    }
    return difference;
}

Number::Limbs Number::multiply_limbs(const Limbs& a, const Limbs& b) {
    Limbs product(a.size() + b.size(), 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < b.size() || carry != 0; ++j) {
            const std::uint64_t digit =
                product[i + j] + carry + std::uint64_t{a[i]} * (j < b.size() ? b[j] : 0);
            product[i + j] = static_cast<std::uint32_t>(digit % base);
            carry = digit / base;
        }
    }
    return product;
}

Number::Limbs Number::power_of_ten(std::uint32_t exponent) {
    Limbs limbs(exponent / 9, 0);
    std::uint32_t top = 1;
    for (std::uint32_t i = 0; i < exponent % 9; ++i) top *= 10;
    limbs.push_back(top);
    return limbs;
}

/// The digit that falls off.
std::uint32_t Number::divide_by_ten(Limbs& limbs) {
    std::uint64_t rest = 0;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        const std::uint64_t digit = rest * base + limbs[i];
        limbs[i] = static_cast<std::uint32_t>(digit / 10);
        rest = digit % 10;
    }
    return static_cast<std::uint32_t>(rest);
}

void Number::normalise() {
    while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
    if (limbs_.empty()) {
        negative_ = false;
        scale_ = 0;
    }
    while (scale_ > 0) {
        Limbs shorter = limbs_;
        if (divide_by_ten(shorter) != 0) break;
        limbs_ = shorter;
        --scale_;
    }
    while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

Number::Limbs Number::scaled_to(std::uint32_t scale) const {
    if (scale == scale_) return limbs_;
    Limbs limbs = multiply_limbs(limbs_, power_of_ten(scale - scale_));
    while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
    return limbs;
}

Number Number::plus(const Number& other) const {
    Number sum;
    sum.scale_ = std::max(scale_, other.scale_);
    const Limbs a = scaled_to(sum.scale_);
    const Limbs b = other.scaled_to(sum.scale_);
    const bool a_larger = compare_limbs(a, b) >= 0;
    if (negative_ == other.negative_) {
        sum.limbs_ = add_limbs(a, b);
        sum.negative_ = negative_;
    } else {
        sum.limbs_ = a_larger ? subtract_limbs(a, b) : subtract_limbs(b, a);
        sum.negative_ = a_larger ? negative_ : other.negative_;
    }
    sum.normalise();
    return sum;
}

Number Number::minus(const Number& other) const {
    Number opposite = other;
    if (!opposite.limbs_.empty()) opposite.negative_ = !opposite.negative_;
    return plus(opposite);
}

Number Number::times(const Number& other) const {
    Number product;
    product.negative_ = negative_ != other.negative_;
    product.limbs_ = multiply_limbs(limbs_, other.limbs_);
    product.scale_ = scale_ + other.scale_;
    product.normalise();
    return product;
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
    if (a.negative_ != b.negative_) {
        return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    const std::uint32_t scale = std::max(a.scale_, b.scale_);
    const int order = Number::compare_limbs(a.scaled_to(scale), b.scaled_to(scale));
    return (a.negative_ ? -order : order) <=> 0;
}

bool operator==(const Number& a, const Number& b) {
    return a.negative_ == b.negative_ && a.scale_ == b.scale_ && a.limbs_ == b.limbs_;
}

bool Number::fits_decimal() const {
    static const Limbs most = Number(INT64_MAX).limbs_;
    return scale_ <= 18 && compare_limbs(limbs_, most) <= 0;
}

bool Number::fits_integer() const {
    return is_whole() && *this >= Number(INT64_MIN) && *this <= Number(INT64_MAX);
}

std::int64_t Number::integer() const {
    std::uint64_t value = 0;
    for (std::size_t i = limbs_.size(); i-- > 0;) value = value * base + limbs_[i];
    return static_cast<std::int64_t>(negative_ ? 0 - value : value);
}

std::string Number::text() const {
    Limbs rest = limbs_;
    std::string digits;
    for (std::size_t i = 0; i < limbs_.size() * 9; ++i) {
        digits += static_cast<char>('0' + divide_by_ten(rest));
    }
    while (digits.size() > scale_ + 1 && digits.back() == '0') digits.pop_back();
    while (digits.size() < scale_ + 1) digits += '0';
    if (scale_ > 0) digits.insert(scale_, ".");
    if (negative_) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

}  // namespace proviso::reference
