#include "tests/unit/engine/decide/bind_random.h"

#include <array>

#include "engine/model/currency.h"
#include "engine/model/text.h"

namespace proviso::tests {

namespace {

using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

struct Both {
    std::string json;
    proviso::Value value;
};

std::string quoted(const std::string& text) {
    std::string json;
    model::append_json_string(json, text);
    return json;
}

Both text(Random& random) {
    static const std::array<std::string, 16> texts{"",
                                                   "low",
                                                   "high",
                                                   "A-12",
                                                   "1d12h",
                                                   "2026-12-20T09:00Z",
                                                   "2026-12-20",
                                                   "mon",
                                                   "10.0.0.1",
                                                   "USD",
                                                   "EUR",
                                                   "12.50",
                                                   "é\U0001F600\n\"\\",
                                                   "\x7f",
                                                   "12345678901234567890",
                                                   std::string("a\0b", 3)};
    const std::string& made = texts[pick(random, texts.size())];
    return {quoted(made), proviso::Value(made)};
}

Both number(Random& random) {
    static const std::array<std::string, 12> digits{"0",
                                                    "5",
                                                    "-3",
                                                    "5.0",
                                                    "0.125",
                                                    "1e3",
                                                    "1e999",
                                                    "99999999999999999999",
                                                    "9223372036854775807",
                                                    "-0.50",
                                                    "12.5",
                                                    "1E-2"};
    const std::string& made = digits[pick(random, digits.size())];
    if (made == "5") return {"5", proviso::Value(5)};
    return {made, proviso::Value(Number{made})};
}

Both any(Random& random, int depth);

Both list(Random& random, int depth) {
    std::string json = "[";
    proviso::Value::List values;
    for (std::size_t i = pick(random, 5); i > 0; --i) {
        Both element = any(random, depth - 1);
        json += (values.empty() ? "" : ", ") + element.json;
        values.push_back(std::move(element.value));
    }
    return {json + "]", proviso::Value(std::move(values))};
}

Both record(Random& random, int depth) {
    static const std::array<std::string, 6> names{"amount", "currency", "x", "y", "note", "other"};
    std::string json = "{";
    proviso::Value::Record fields;
    for (std::size_t i = pick(random, 4); i > 0; --i) {
        const std::string& name = names[pick(random, names.size())];
        Both field = any(random, depth - 1);
        json += (fields.empty() ? "" : ", ") + quoted(name) + ": " + field.json;
        fields.push_back({name, std::move(field.value)});
    }
    return {json + "}", proviso::Value(std::move(fields))};
}

Both money(Random& random) {
    Both amount = pick(random, 2) == 0 ? number(random) : text(random);
    Both currency = text(random);
    proviso::Value::Record fields{{"amount", amount.value}, {"currency", currency.value}};
    return {"{\"amount\": " + amount.json + ", \"currency\": " + currency.json + "}",
            proviso::Value(std::move(fields))};
}

Both any(Random& random, int depth) {
    switch (pick(random, depth > 0 ? 9 : 6)) {
        case 0: return {"null", proviso::Value()};
        case 1: return {"true", proviso::Value(true)};
        case 2:
        case 3: return number(random);
        case 4:
        case 5: return text(random);
        case 6: return list(random, depth);
        case 7: return record(random, depth);
        default: return money(random);
    }
}

/// Types with their names; attributes and arguments alike.
std::vector<std::pair<std::string, TypeId>> types(ProgramMaker& maker) {
    const TypeId item = maker.record(
        {{"x", maker.plain(Kind::integer)}, {"note", maker.optional(Kind::string)}}, true);
    Type text = maker.program.types.type(maker.plain(Kind::string));
    text.length_high = 3;
    Type dollars;
    dollars.kind = Kind::money;
    dollars.money_form = model::MoneyForm::fixed;
    dollars.currency = *model::pack_currency("USD");
    Type beside = dollars;
    beside.money_form = model::MoneyForm::with_field;
    beside.money_field = "code";
    return {{"flag", maker.plain(Kind::boolean)},
            {"whole", maker.integer_between(-5, 1000)},
            {"exact", maker.plain(Kind::decimal)},
            {"name", maker.plain(Kind::string)},
            {"short", maker.type(text)},
            {"maybe", maker.optional(Kind::string)},
            {"span", maker.plain(Kind::duration)},
            {"at", maker.plain(Kind::time)},
            {"day", maker.plain(Kind::date)},
            {"weekday", maker.plain(Kind::weekday)},
            {"address", maker.plain(Kind::ip)},
            {"level", maker.words("level", {"low", "high"})},
            {"price", maker.plain(Kind::money)},
            {"dollars", maker.type(dollars)},
            {"cost", maker.type(beside)},
            {"code", maker.optional(Kind::string)},
            {"names", maker.list(maker.plain(Kind::string))},
            {"items", maker.list(item)}};
}

void add(std::string& json, std::string_view name, const std::string& value) {
    if (json.size() > 1) json += ", ";
    json += quoted(std::string(name)) + ": " + value;
}

}  // namespace

Program wide_program() {
    ProgramMaker maker;
    std::vector<ArgumentText> arguments;
    std::vector<ArgumentText> read;
    for (const auto& [name, type] : types(maker)) {
        maker.attribute("c." + name, type);
        maker.attribute(name, type);
        Type optional = maker.program.types.type(type);
        optional.optional = true;
        arguments.push_back({name, maker.type(optional)});
        read.push_back({name, type, false});
    }
    maker.tool({"closed", arguments, 0x1F});
    maker.tool({"open", read, 0x1F, 0x0F, true, true});
    maker.role("lead");
    maker.role("chief", {0}, {"high"});
    maker.open_arguments(read);
    return std::move(maker.program);
}

RandomCall random_call(Random& random) {
    static const std::array<std::string, 4> tools{"closed", "open", "else", ""};
    static const std::array<std::string, 5> stages{"read", "propose", "approve", "execute", "x"};
    ProgramMaker maker;
    const auto names = types(maker);
    RandomCall made;
    std::string host = "{";
    std::string attributes = "{";
    std::string args = "{";
    const std::string& tool = tools[pick(random, tools.size())];
    if (!tool.empty()) add(host, "tool", quoted(tool));
    made.call.tool(tool);
    if (pick(random, 2) == 0) {
        const std::string& stage = stages[pick(random, stages.size())];
        add(host, "stage", quoted(stage));
        made.call.stage(stage);
    }
    if (pick(random, 2) == 0) {
        Both id = any(random, 1);
        add(host, "principal", "{\"id\": " + id.json + ", \"roles\": [\"lead\", \"x\"]}");
        made.call.attribute("principal.id", id.value).principal_roles({"lead", "x"});
    }
    for (std::size_t i = pick(random, 6); i > 0; --i) {
        const std::string name =
            (pick(random, 2) == 0 ? "c." : "") + names[pick(random, names.size())].first;
        Both value = any(random, 3);
        add(attributes, name, value.json);
        made.call.attribute(name, value.value);
    }
    for (std::size_t i = pick(random, 6); i > 0; --i) {
        Both value = any(random, 3);
        const std::string& name =
            pick(random, 9) == 0 ? "more" : names[pick(random, names.size())].first;
        add(args, name, value.json);
        made.call.arg(name, value.value);
    }
    add(host, "attributes", attributes + "}");
    if (pick(random, 4) == 0) {
        add(host, "unknown", "[\"c\", \"level\"]");
        made.call.unknown("c").unknown("level");
    }
    made.host = host + "}";
    made.args = args + "}";
    add(host, "args", made.args);
    made.whole = host + "}";
    return made;
}

}  // namespace proviso::tests
