// Numbers as strings of digits, with the arithmetic of a school book: what decimal_test.cpp holds
// the product's decimals against. Any size, slow, and sharing nothing with what it judges.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace proviso::model::tests {

/// ±digits × 10^-scale. `tidy` makes the digits and scale of equal numbers equal.
struct DigitString {
    bool negative = false;
    std::string digits = "0";
    long scale = 0;

    friend bool operator==(const DigitString&, const DigitString&) = default;
};

inline DigitString tidy(DigitString n) {
    while (n.scale < 0) {
        n.digits += '0';
        ++n.scale;
    }
    while (n.scale > 0 && n.digits.size() > 1 && n.digits.back() == '0') {
        n.digits.pop_back();
        --n.scale;
    }
    n.digits.erase(0, std::min(n.digits.find_first_not_of('0'), n.digits.size() - 1));
    if (n.digits == "0") return {};
    return n;
}

/// Of "-12.50" and the like, which is known to be well formed.
inline DigitString number(std::string_view text) {
    DigitString n{.negative = text[0] == '-', .digits = "", .scale = 0};
    if (n.negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos) n.scale = static_cast<long>(text.size() - point - 1);
    std::copy_if(text.begin(), text.end(), std::back_inserter(n.digits),
                 [](char c) { return c != '.'; });
    return tidy(n);
}

inline std::string text(const DigitString& n) {
    std::string out = n.digits;
    while (static_cast<long>(out.size()) <= n.scale) out.insert(0, 1, '0');
    if (n.scale > 0) out.insert(out.size() - static_cast<std::size_t>(n.scale), 1, '.');
    return n.negative ? "-" + out : out;
}

/// Below zero, zero, above zero: of whole numbers without sign.
inline int compare_digits(std::string a, std::string b) {
    const std::size_t width = std::max(a.size(), b.size());
    a.insert(0, width - a.size(), '0');
    b.insert(0, width - b.size(), '0');
    return a.compare(b);
}

inline std::string add_digits(std::string a, std::string b) {
    const std::size_t width = std::max(a.size(), b.size()) + 1;
    a.insert(0, width - a.size(), '0');
    b.insert(0, width - b.size(), '0');
    int carry = 0;
    for (std::size_t i = width; i-- > 0;) {
        const int sum = (a[i] - '0') + (b[i] - '0') + carry;
        a[i] = static_cast<char>('0' + sum % 10);
        carry = sum / 10;
    }
    return a;
}

/// a - b, of which a is not the smaller.
inline std::string subtract_digits(std::string a, std::string b) {
    b.insert(0, a.size() - std::min(a.size(), b.size()), '0');
    b.erase(0, b.size() - a.size());
    int borrow = 0;
    for (std::size_t i = a.size(); i-- > 0;) {
        const int difference = a[i] - b[i] - borrow;
        borrow = difference < 0 ? 1 : 0;
        a[i] = static_cast<char>('0' + difference + 10 * borrow);
    }
    return a;
}

inline std::string multiply_digits(const std::string& a, const std::string& b) {
    std::string product = "0";
    for (const char digit : b) {
        product += '0';
        for (int i = 0; i < digit - '0'; ++i) product = add_digits(product, a);
    }
    return product;
}

inline void align(DigitString& a, DigitString& b) {
    const long scale = std::max(a.scale, b.scale);
    a.digits.append(static_cast<std::size_t>(scale - a.scale), '0');
    b.digits.append(static_cast<std::size_t>(scale - b.scale), '0');
    a.scale = b.scale = scale;
}

inline DigitString operator-(DigitString n) {
    n.negative = !n.negative;
    return tidy(n);
}

inline DigitString operator+(DigitString a, DigitString b) {
    align(a, b);
    if (a.negative == b.negative) {
        return tidy({a.negative, add_digits(a.digits, b.digits), a.scale});
    }
    if (compare_digits(a.digits, b.digits) < 0) std::swap(a, b);
    const std::string larger = tidy({false, a.digits, 0}).digits;
    return tidy({a.negative, subtract_digits(larger, tidy({false, b.digits, 0}).digits), a.scale});
}

inline DigitString operator*(const DigitString& a, const DigitString& b) {
    return tidy({a.negative != b.negative, multiply_digits(a.digits, b.digits), a.scale + b.scale});
}

/// Below zero, zero, above zero.
inline int compare(const DigitString& a, const DigitString& b) {
    const DigitString difference = a + -b;
    if (difference.digits == "0") return 0;
    return difference.negative ? -1 : 1;
}

/// Whether a decimal of the product can hold a tidy number.
inline bool fits(const DigitString& n) {
    return n.scale <= 18 && compare_digits(n.digits, "9223372036854775807") <= 0;
}

}  // namespace proviso::model::tests
