// See value.h.
#include "tests/reference/value.h"

namespace proviso::reference {

bool is_true(const Value& value) {
    return value.known() && value.number == Number(1);
}

void add(MissingSet& to, const MissingSet& from) {
    to.insert(from.begin(), from.end());
}

Value of_number(Number number) {
    Value value;
    value.number = std::move(number);
    return value;
}

Value of_bool(bool truth) {
    return of_number(Number(truth ? 1 : 0));
}

Value of_text(std::string text) {
    Value value;
    value.text = std::move(text);
    return value;
}

Value of_money(Number amount, std::string code) {
    Value value = of_number(std::move(amount));
    value.text = std::move(code);
    return value;
}

Value absent_value() {
    Value value;
    value.is = Value::Is::absent;
    value.cause = "absent";
    return value;
}

Value unknown_value(std::string cause) {
    Value value;
    value.is = Value::Is::unknown;
    value.cause = std::move(cause);
    return value;
}

Value unknown_value(MissingSet missing) {
    Value value = unknown_value(missing.empty() ? std::string() : missing.begin()->second);
    value.missing = std::move(missing);
    return value;
}

}  // namespace proviso::reference
