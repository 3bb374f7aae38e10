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

const std::vector<DataShape>& data_shapes() {
    const auto list_of = [](const Type& element) {
        return Type{.kind = Kind::list, .element = {element}};
    };
    const Type text{.kind = Kind::text};
    const Type caps{.kind = Kind::record,
                    .fields = {{"soft", {.kind = Kind::money}},
                               {"share", {.kind = Kind::decimal, .optional = true}},
                               {"since", {.kind = Kind::date}},
                               {"people", list_of(text)}}};
    const Type rate{.kind = Kind::record,
                    .fields = {{"from", text}, {"to", text}, {"rate", {.kind = Kind::decimal}}}};
    static const std::vector<DataShape> shapes{
        {{given_rates, list_of(rate)},
         "rates.yaml",
         "[{from: EUR, to: USD, rate: 1.08}, {from: USD, to: EUR, rate: 0.92},\n"
         " {from: JPY, to: USD, rate: 0.0067}, {from: BHD, to: EUR, rate: 2.44},\n"
         " {from: BHD, to: EUR, rate: 2.45}, {from: USD, to: JPY, rate: 0}]\n"},
        {{"given_ints", list_of({.kind = Kind::integer})}, "ints.yaml", "# few\n- 1\n- 5\n- 100\n"},
        {{"given_texts", list_of(text)}, "texts.json", R"(["ann", "DE12", "\u65e5", ""])"},
        {{"given_days", list_of({.kind = Kind::date})}, "days.yaml", "[2026-11-20, 2026-12-20]\n"},
        {{"given_caps", caps},
         "caps.yaml",
         "soft: 50 USD\nsince: 2026-01-01\npeople: [ann, bot-7]\n"}};
    return shapes;
}

const std::vector<std::string>& outside_tools() {
    static const std::vector<std::string> tools{"pay_now",   "pay.card", "pay.cash", "data.drop",
                                                "data.copy", "lookup",   "zap",      "send"};
    return tools;
}

}  // namespace proviso::laws
