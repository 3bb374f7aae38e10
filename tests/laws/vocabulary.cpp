// See vocabulary.h.
#include "tests/laws/vocabulary.h"

namespace proviso::laws {

const std::vector<Named>& undeclared_args() {
    static const std::vector<Named> args{
        {"extra_count", {.kind = Kind::integer}}, {"extra_share", {.kind = Kind::decimal}},
        {"extra_text", {.kind = Kind::text}},     {"extra_flag", {.kind = Kind::boolean}},
        {"extra_day", {.kind = Kind::date}},      {"extra_sum", {.kind = Kind::money}}};
    return args;
}

const std::vector<std::string>& outside_tools() {
    static const std::vector<std::string> tools{"pay_now",   "pay.card", "pay.cash", "data.drop",
                                                "data.copy", "lookup",   "zap",      "send"};
    return tools;
}

}  // namespace proviso::laws
