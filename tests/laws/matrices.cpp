// Matrices and tables: axes of every kind and cells for them. See policies.h.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tests/laws/policies.h"

namespace proviso::laws {

namespace {

struct Axis {
    std::string text;
    std::vector<std::string> labels;
    bool is_tier = false;
    const char* construct = "";
};

/// All words, or some and `_`.
std::vector<std::string> some_of(Random& random, std::vector<std::string> words) {
    if (random.chance(50)) return words;
    while (words.size() > 1 && random.chance(60)) {
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(random.below(words.size())));
    }
    words.emplace_back("_");
    return words;
}

std::vector<std::string> band_labels(Random& random, const Type& type) {
    const std::string unit = type.kind == Kind::money ? " " + type.currency : "";
    std::vector<std::string> labels;
    for (const std::string& end : ascending_literals(random, type, 1 + random.below(3))) {
        labels.push_back(random.pick({"<= ", "< "}) + end + unit);
    }
    labels.emplace_back("_");
    return labels;
}

std::vector<std::string> value_labels(Random& random, const Type& type) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < 1 + random.below(3); ++i) {
        const std::string label = literal(random, type, type.currency);
        const bool again = std::find(labels.begin(), labels.end(), label) != labels.end();
        if (!again) labels.push_back(label);
    }
    labels.emplace_back("_");
    return labels;
}

/// The labels of an axis over something of this type.
Axis axis_over(Random& random, const std::string& text, Type type) {
    if (type.kind == Kind::money && type.currency.empty()) type.currency = "USD";
    switch (type.kind) {
        case Kind::word: return {text, some_of(random, type.words), false, "axis of words"};
        case Kind::boolean:
            return {text, some_of(random, {"true", "false"}), false, "axis of bools"};
        case Kind::weekday:
            return {text, some_of(random, {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}), false,
                    "axis of weekdays"};
        case Kind::text:
        case Kind::ip: return {text, value_labels(random, type), false, "axis of values"};
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
            if (random.chance(25)) {
                return {text, value_labels(random, type), false, "axis of values"};
            }
            return {text, band_labels(random, type), false, "axis of bands"};
        case Kind::list:
        case Kind::record: break;
    }
    return {};
}

Axis random_axis(Random& random, const Vocabulary& vocabulary, Expressions& expressions) {
    switch (random.below(10)) {
        case 0:
        case 1: return {"tier", some_of(random, all_tiers), true, "axis tier"};
        case 2: return {"stage", some_of(random, all_stages), false, "axis stage"};
        case 3: {
            Axis axis{"tool", {}, false, "axis tool"};
            for (const Tool& tool : vocabulary.tools) {
                const bool plain = tool.name.find(' ') == std::string::npos;
                if (plain && random.chance(60)) axis.labels.push_back(tool.name);
            }
            axis.labels.emplace_back("_");
            return axis;
        }
        default: break;
    }
    const Kind kind = random_scalar_kind(random);
    const Readable* readable = expressions.readable(kind);
    if (readable == nullptr) return {"tier", all_tiers, true, "axis tier"};
    Axis axis = axis_over(random, readable->text, readable->type);
    const bool computed = kind == Kind::integer || kind == Kind::decimal;
    if (computed && random.chance(30)) {
        axis.text = "(" + axis.text + " + " + expressions.value(kind, 1) + ")";
    }
    return axis;
}

std::string rows_of(const Axis& first, const Axis* second,
                    const std::vector<std::vector<std::string>>& cells) {
    std::string text;
    if (second != nullptr) {
        text += "    |";
        for (const std::string& label : second->labels) text += " " + label + " |";
        text += "\n";
    }
    for (std::size_t i = 0; i < first.labels.size(); ++i) {
        text += "    " + first.labels[i] + " |";
        for (const std::string& cell : cells[i]) text += " " + cell + " |";
        text += "\n";
    }
    return text;
}

/// Effects of the cells; along a tier axis none becomes lighter.
std::vector<std::vector<std::size_t>> random_effects(Random& random, const Axis& first,
                                                     const Axis* second) {
    const std::size_t columns = second == nullptr ? 1 : second->labels.size();
    std::vector<std::vector<std::size_t>> effects(first.labels.size());
    for (auto& row : effects) {
        for (std::size_t i = 0; i < columns; ++i) row.push_back(random.below(4));
        if (second != nullptr && second->is_tier) std::sort(row.begin(), row.end());
    }
    if (!first.is_tier) return effects;
    for (std::size_t column = 0; column < columns; ++column) {
        std::vector<std::size_t> sorted;
        for (const auto& row : effects) sorted.push_back(row[column]);
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t i = 0; i < effects.size(); ++i) effects[i][column] = sorted[i];
    }
    return effects;
}

}  // namespace

Statement random_matrix(Random& random, const Vocabulary& vocabulary, bool is_default,
                        std::size_t number) {
    Statement result;
    result.kind = is_default ? StatementKind::default_base : StatementKind::restriction;
    result.constructs.emplace_back(is_default ? "default matrix" : "matrix");
    Targets targets;
    if (is_default && random.chance(60)) {
        for (const Tool& tool : vocabulary.tools) targets.tools.push_back(&tool);
        targets.outside = vocabulary.open_catalogue;
    } else {
        targets = random_targets(random, vocabulary);
        result.constructs.emplace_back("matrix on");
    }
    Expressions expressions(random, vocabulary, readables_for(vocabulary, targets), TierUse::never);
    const Axis first = random_axis(random, vocabulary, expressions);
    Axis second = random_axis(random, vocabulary, expressions);
    const bool two = random.chance(50) && first.text != second.text;
    result.constructs.emplace_back(first.construct);
    result.constructs.emplace_back(two ? second.construct : "matrix of one axis");
    if (two) result.constructs.emplace_back("matrix of two axes");

    std::string head = fmt::format("{}matrix grid{} by {}{}", is_default ? "default " : "", number,
                                   first.text, two ? ", " + second.text : "");
    if (!is_default && random.chance(15)) {
        head = "trial until 2026-12-20 " + head;
        result.constructs.emplace_back("trial matrix");
    }
    if (!targets.text.empty()) head += " " + targets.text;
    if (random.chance(20)) {
        head += " at " + random_stages(random);
        result.constructs.emplace_back("matrix at");
    }
    std::vector<std::vector<std::string>> cells;
    for (const auto& row : random_effects(random, first, two ? &second : nullptr)) {
        auto& texts = cells.emplace_back();
        for (const std::size_t effect : row) {
            texts.push_back(random_outcome(random, vocabulary, effect));
        }
    }
    result.text = head + " {\n" + rows_of(first, two ? &second : nullptr, cells) + "}\n";
    return result;
}

Statement random_table(Random& random, const Vocabulary& vocabulary, TableShape& shape) {
    std::vector<Axis> axes;
    std::string by;
    for (std::size_t i = 0; i < 1 + random.below(2); ++i) {
        const bool word = !vocabulary.types.empty() && random.chance(40);
        Type key =
            word ? random.pick(vocabulary.types) : Type{.kind = static_cast<Kind>(random.below(9))};
        if (word && key.kind != Kind::word) key = Type{.kind = Kind::integer};
        if (key.kind == Kind::money) key.currency = "USD";
        axes.push_back(axis_over(random, "", key));
        by += (i == 0 ? "" : ", ") + text_of(key);
        if (key.kind == Kind::money) by += " in USD";
        shape.keys.push_back(key);
    }
    shape.value = {.kind = std::vector{Kind::integer, Kind::decimal, Kind::money, Kind::text,
                                       Kind::duration, Kind::boolean}[random.below(6)]};
    if (shape.value.kind == Kind::money) {
        shape.value.currency = random.pick({"USD", "EUR"});
        shape.value.constraint = "in " + shape.value.currency;
    }
    const std::size_t columns = axes.size() == 2 ? axes[1].labels.size() : 1;
    std::vector<std::vector<std::string>> cells(axes[0].labels.size());
    for (auto& row : cells) {
        for (std::size_t i = 0; i < columns; ++i) {
            row.push_back(literal(random, shape.value, shape.value.currency));
        }
    }
    const Axis* second = axes.size() == 2 ? &axes[1] : nullptr;
    return {StatementKind::declaration,
            fmt::format("table {} by {} : {} {{\n{}}}\n", shape.name, by, text_of(shape.value),
                        rows_of(axes[0], second, cells)),
            {"table", second == nullptr ? "table of one axis" : "table of two axes"}};
}

}  // namespace proviso::laws
