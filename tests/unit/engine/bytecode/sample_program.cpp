#include "tests/unit/engine/bytecode/sample_program.h"

#include <array>

#include "engine/model/currency.h"

namespace proviso::bytecode::sample {

namespace {

constexpr std::string_view source_text =
    "policy sample version \"1\"\n"
    "\n"
    "gate large on refund when args.amount > 500 USD by lead  # größer\n"
    "allow refunds on refund\n";

struct BuiltinSlot {
    std::string_view path;
    Kind kind;
};
constexpr std::array<BuiltinSlot, static_cast<std::size_t>(Builtin::count)> builtins = {{
    {"tool", Kind::string},
    {"stage", Kind::enumeration},
    {"tier", Kind::enumeration},
    {"time", Kind::time},
    {"principal.id", Kind::string},
    {"agent.id", Kind::string},
    {"agent.model", Kind::string},
    {"agent.version", Kind::string},
    {"agent.confidence", Kind::decimal},
    {"workflow.name", Kind::string},
    {"workflow.version", Kind::string},
    {"workflow.run", Kind::string},
    {"has_undo", Kind::boolean},
    {"undoing", Kind::boolean},
    {"call.id", Kind::string},
}};

Place place_of(std::string_view words) {
    const auto begin = static_cast<std::uint32_t>(source_text.find(words));
    return {0, begin, begin + static_cast<std::uint32_t>(words.size())};
}

}  // namespace

Builder::Builder() {
    program.policy_name = "sample";
    program.policy_version = "1";
    for (const BuiltinSlot& each : builtins) {
        TypeId type = each.kind == Kind::enumeration ? model::no_type : scalar(each.kind);
        if (each.path == "stage") type = model::stage_type;
        if (each.path == "tier") type = model::tier_type;
        program.slots.push_back({std::string(each.path), type, SlotSource::builtin, false,
                                 model::unknown(model::State::missing)});
    }
    program.role_sets.emplace_back();
    rule("default", Effect::block, none);
    program.rules[0].kind = RuleKind::default_outcome;
}

TypeId Builder::list_of(TypeId element) {
    model::Type type;
    type.kind = Kind::list;
    type.element = element;
    return program.types.add(type);
}

std::uint32_t Builder::constant(TypeId type, Value value) {
    program.constants.push_back(value);
    program.constant_types.push_back(type);
    return static_cast<std::uint32_t>(program.constants.size() - 1);
}

std::uint32_t Builder::integer(std::int64_t value) {
    return constant(scalar(Kind::integer), model::of_integer(value));
}

std::uint32_t Builder::decimal(std::int64_t coefficient, std::uint8_t scale) {
    return constant(scalar(Kind::decimal), model::of_decimal({coefficient, scale}));
}

std::uint32_t Builder::money(std::int64_t coefficient, std::uint8_t scale,
                             std::string_view currency) {
    return constant(scalar(Kind::money),
                    model::of_money({coefficient, scale}, *model::pack_currency(currency)));
}

std::uint32_t Builder::text(std::string_view text) {
    return constant(scalar(Kind::string), model::of_text(program.texts.emplace_back(text)));
}

std::uint32_t Builder::slot(std::string_view path, TypeId type, SlotSource source) {
    program.slots.push_back(
        {std::string(path), type, source, false, model::unknown(model::State::missing)});
    return static_cast<std::uint32_t>(program.slots.size() - 1);
}

std::uint32_t Builder::temporary() {
    return static_cast<std::uint32_t>(program.slots.size()) + program.temporaries++;
}

std::uint32_t Builder::code(std::initializer_list<Instruction> instructions) {
    const std::uint32_t begin = here();
    program.code.insert(program.code.end(), instructions);
    return begin;
}

std::uint32_t Builder::rule(std::string_view name, Effect effect, std::uint32_t block) {
    Rule& added = program.rules.emplace_back();
    added.name = name;
    added.effect = effect;
    added.block = block;
    return static_cast<std::uint32_t>(program.rules.size() - 1);
}

namespace {

// ---------------------------------------------------------------- the full sample

class Full {
  public:
    Program make() {
        Program& program = b_.program;
        program.sources.push_back({"sample.proviso", std::string(source_text)});
        program.set_hash = std::string(64, 'a');
        types();
        roles();
        tables();
        shared();
        rules();
        matrices();
        catalogue();
        plans();
        return std::move(program);
    }

  private:
    void types() {
        model::TypeTable& table = b_.program.types;
        const auto words =
            table.add(model::EnumType{"environment", {"dev", "staging", "production"}});
        model::Type environment_type;
        environment_type.kind = Kind::enumeration;
        environment_type.enumeration = words;
        environment_ = table.add(environment_type);
        tags_ = b_.list_of(b_.scalar(Kind::string));
        model::Type item;
        item.kind = Kind::record;
        item.fields = {
            {"name", b_.scalar(Kind::string)}, {"price", b_.scalar(Kind::money)}, {"tags", tags_}};
        item_ = table.add(item);
        model::Type limited = table.type(b_.scalar(Kind::money));
        limited.low = model::of_money({0, 0}, usd_);
        limited.high = model::of_money({10'000, 0}, usd_);
        limited.currency = usd_;
        limited.money_form = model::MoneyForm::fixed;
        b_.slot("environment", environment_, SlotSource::attribute);
        const auto customer_slot =
            b_.slot("customer.id", b_.scalar(Kind::string), SlotSource::attribute);
        b_.program.slots[customer_slot].initial =
            model::of_text(b_.program.texts.emplace_back("nobody"));
        b_.slot("address", b_.scalar(Kind::ip), SlotSource::attribute);
        b_.slot("args.amount", table.add(limited), SlotSource::argument);
        b_.slot("args.items", b_.list_of(item_), SlotSource::argument);
    }

    void roles() {
        b_.program.roles = {{"agent", "", {0}, {}}, {"lead", "leads", {0, 1}, {"ann"}}};
        b_.program.role_sets = {{0}, {2}};
        b_.program.asks_principal = true;
    }

    void tables() {
        Program& program = b_.program;
        cap_ = b_.money(500, 0, "USD");
        const auto small = b_.money(50, 0, "USD");
        static const std::array<std::uint8_t, 16> home = {0, 0, 0,    0,    0,   0, 0, 0,
                                                          0, 0, 0xFF, 0xFF, 127, 0, 0, 1};
        b_.constant(b_.scalar(Kind::ip), kept_address(home));
        list_ = b_.constant(
            tags_, kept_list({program.constants[b_.text("a")], program.constants[b_.text("b")]}));
        const Value item = kept_list(
            {program.constants[b_.text("pen")], program.constants[cap_], program.constants[list_]});
        b_.constant(item_, item);
        b_.constant(b_.scalar(Kind::opaque), model::unknown(model::State::absent));
        program.functions.push_back("lower(string) -> string");
        program.native_calls.push_back({0, {{none, customer, false, b_.scalar(Kind::string)}}});
        program.zone_data = "2026a";
        program.zones.push_back({"Europe/Berlin", {model::covered_from, 10'000'000}, {3600, 7200}});
        program.zones.push_back({"UTC", {model::covered_from}, {0}});
        program.windows.push_back(
            {"holidays", {{0, {}, {}, {{20'000, 20'001}, {20'010, 20'010}}, {}}}});
        program.windows.push_back(
            {"hours", {{0, {{540, 1020}, {2000, 2880}}, {{0, 60}}, {}, {{0, true}}}}});
        program.windows.push_back({"all", {{1, {{0, 1440}}, {}, {}, {{1, false}, {0, false}}}}});
        program.sets.push_back({Kind::string, {b_.text("a"), b_.text("b")}});
        program.globs.push_back("ext.*");
        program.regexes.push_back("[a-z]+");
        Table& table = program.tables.emplace_back();
        table.name = "caps";
        table.type = b_.scalar(Kind::money);
        table.axes = {environment_axis(), bands_axis()};
        table.cells = {small, cap_, small, cap_, small, small};
    }

    Value kept_list(std::vector<Value> members) {
        const auto& kept = b_.program.lists.emplace_back(std::move(members));
        return model::of_elements(kept.data(), static_cast<std::uint32_t>(kept.size()));
    }

    Value kept_address(const std::array<std::uint8_t, 16>& bytes) {
        const std::string& kept = b_.program.texts.emplace_back(bytes.begin(), bytes.end());
        return model::of_address(reinterpret_cast<const std::uint8_t*>(kept.data()), 4);
    }

    Axis environment_axis() {
        Axis axis;
        axis.kind = AxisKind::enumeration;
        axis.value_kind = Kind::enumeration;
        axis.size = 3;
        axis.labels = {"dev", "staging", "production"};
        axis.index_of = {0, 1, 2};
        axis.read = {none, environment, false, environment_};
        return axis;
    }

    Axis bands_axis() {
        Axis axis;
        axis.kind = AxisKind::bands;
        axis.value_kind = Kind::money;
        axis.size = 2;
        axis.labels = {"<= 500 USD", "_"};
        axis.rest = 1;
        axis.bounds = {cap_};
        axis.inclusive = {1};
        axis.read = {none, amount, false, b_.scalar(Kind::money)};
        return axis;
    }

    // A condition, the sum of all prices, and whether any item has a tag of the customer's name.
    void shared() {
        Program& program = b_.program;
        const auto is_large = b_.code({{.op = Op::money_le_k,
                                        .flags = jump_if | unknown_jumps,
                                        .a = amount,
                                        .b = cap_,
                                        .c = b_.here() + 2},
                                       {.op = Op::yes},
                                       {.op = Op::no}});
        program.shared.push_back({"is_large", true, is_large, 0, false, model::no_type});
        const auto each = b_.temporary();
        const auto price = b_.temporary();
        const auto total = b_.temporary();
        const auto body =
            b_.code({{.op = Op::field, .a = each, .b = 1, .c = price}, {.op = Op::done}});
        program.loops.push_back(
            {LoopKind::sum, Kind::money, 0, items, false, each, body, price, false});
        const auto sum = b_.code({{.op = Op::loop_value, .b = 0, .c = total}, {.op = Op::done}});
        program.shared.push_back({"total", false, sum, total, false, b_.scalar(Kind::money)});
        nested();
    }

    void nested() {
        Program& program = b_.program;
        const auto each = b_.temporary();
        const auto tags = b_.temporary();
        const auto tag = b_.temporary();
        const auto inner = b_.code({{.op = Op::text_eq,
                                     .flags = unknown_jumps,
                                     .a = tag,
                                     .b = customer,
                                     .c = b_.here() + 2},
                                    {.op = Op::yes},
                                    {.op = Op::no}});
        program.loops.push_back(
            {LoopKind::any, Kind::integer, 1, tags, false, tag, inner, 0, false});
        const auto outer =
            b_.code({{.op = Op::field, .a = each, .b = 2, .c = tags},
                     {.op = Op::loop, .flags = unknown_jumps, .b = 1, .c = b_.here() + 3},
                     {.op = Op::yes},
                     {.op = Op::no}});
        program.loops.push_back(
            {LoopKind::any, Kind::integer, 0, items, false, each, outer, 0, false});
        const auto block =
            b_.code({{.op = Op::loop, .flags = unknown_jumps, .b = 2, .c = b_.here() + 2},
                     {.op = Op::yes},
                     {.op = Op::no}});
        program.shared.push_back({"tagged", true, block, 0, false, model::no_type});
    }

    void rules() {
        Program& program = b_.program;
        always_ = b_.code({{.op = Op::yes}});
        refunds_ = b_.rule("refunds", Effect::allow, always_);
        program.rules[refunds_].place = place_of("allow refunds on refund");
        program.rules[refunds_].name_place = place_of("refunds");
        const auto keys = b_.temporary();
        const auto key = b_.temporary();
        const auto result = b_.temporary();
        const auto truth = b_.temporary();
        const auto end = b_.here() + 14;
        const auto jump_no = [&](Op op, std::uint32_t a, std::uint32_t b, std::uint16_t extra = 0,
                                 std::uint8_t flags = 0) {
            return Instruction{op, static_cast<std::uint8_t>(flags | unknown_jumps), extra, a, b,
                               end};
        };
        const auto block = b_.code({{.op = Op::copy, .a = environment, .c = keys},
                                    {.op = Op::copy, .a = amount, .c = key},
                                    {.op = Op::table, .a = keys, .b = 0, .c = result},
                                    jump_no(Op::money_lt, result, amount),
                                    jump_no(Op::shared, 0, 0),
                                    {.op = Op::condition, .b = program.shared[2].block, .c = truth},
                                    jump_no(Op::is_true, truth, 0),
                                    {.op = Op::shared_value, .b = 1, .c = result},
                                    jump_no(Op::money_le_k, result, cap_),
                                    jump_no(Op::in_set, customer, 0),
                                    jump_no(Op::in_list, customer, list_,
                                            static_cast<std::uint16_t>(Kind::string), b_constant),
                                    jump_no(Op::like, customer, 0),
                                    jump_no(Op::role, 0, 1),
                                    {.op = Op::yes},
                                    {.op = Op::no}});
        large_ = b_.rule("large", Effect::gate, block);
        Rule& large = program.rules[large_];
        large.role = 1;
        large.doc = "No large refund without a lead.";
        large.fix = "Ask a lead";
        large.stages = 0x10;
        large.place = place_of("gate large on refund when args.amount > 500 USD by lead  # größer");
        large.name_place = place_of("large");
        large.because = {{"A refund of ", {}, false},
                         {"", {none, amount, false, b_.scalar(Kind::money)}, true}};
        program.obligations.push_back({"mail", {{"to", b_.scalar(Kind::string)}}});
        large.obligations = {{0, {{none, customer, false, b_.scalar(Kind::string)}}}};
        explanations(large);
    }

    void explanations(Rule& rule) {
        Program& program = b_.program;
        const auto value = b_.temporary();
        const auto block = b_.code({{.op = Op::amount, .a = amount, .c = value}, {.op = Op::done}});
        rule.explain = {0, 2};
        program.explain_nodes = {{place_of("args.amount > 500 USD"),
                                  0,
                                  true,
                                  false,
                                  Subject::expression,
                                  {rule.block, 0, false, model::no_type}},
                                 {place_of("args.amount"),
                                  1,
                                  false,
                                  false,
                                  Subject::expression,
                                  {block, value, false, b_.scalar(Kind::decimal)}}};
        program.params.push_back({"cap", b_.scalar(Kind::money), cap_});
    }

    void matrices() {
        Program& program = b_.program;
        Matrix& matrix = program.matrices.emplace_back();
        matrix.name = "actions";
        matrix.is_default = true;
        matrix.axes = {environment_axis()};
        matrix.first_rule = static_cast<std::uint32_t>(program.rules.size());
        for (const std::string_view cell :
             {"actions[dev]", "actions[staging]", "actions[production]"}) {
            program.rules[b_.rule(cell, Effect::notify, none)].role = 1;
            program.rules.back().kind = RuleKind::default_cell;
        }
        const auto risky = b_.code({{.op = Op::int_eq_k,
                                     .flags = unknown_jumps,
                                     .a = environment,
                                     .b = production(),
                                     .c = b_.here() + 2},
                                    {.op = Op::yes},
                                    {.op = Op::no}});
        Raise& raise = program.raises.emplace_back();
        raise.name = "risky";
        raise.tier = 3;
        raise.block = risky;
        Grant& grant = program.grants.emplace_back();
        grant.stages = 0x1F;
        grant.block = risky;
        grant.patterns = 0;
        program.pattern_sets.push_back({{"ext.*"}, {"ext.secret"}});
    }

    std::uint32_t production() { return b_.constant(environment_, model::of_integer(2)); }

    void catalogue() {
        Program& program = b_.program;
        program.argument_slots = {amount, items};
        program.arguments = {{"amount", program.slots[amount].type, {0, 1}, true},
                             {"items", program.slots[items].type, {1, 1}, true}};
        program.tools.resize(2);
        program.tools[0].name = "lookup";
        program.tools[1].name = "refund";
        program.tools[0].plans[4] = 0;
        program.tools[1].plans[4] = 1;
        program.tools[1].plans[1] = 0;
        program.tools[1].stages = 0x12;
        program.tools[1].arguments = {0, 2};
        program.catalogue_open = true;
    }

    void plans() {
        Program& program = b_.program;
        program.entries = {{always_, refunds_},
                           {program.rules[large_].block, large_},
                           {program.rules[large_].block, large_}};
        program.cases = {{b_.text("x"), {1, 1}}, {b_.text("y"), {2, 1}}};
        program.switches = {{customer, true, {0, 2}, {1, 2}}};
        program.plan_matrices = {0};
        program.plan_raises = {0};
        program.plan_grants = {0};
        Plan refund;
        refund.allows = {0, 1};
        refund.restriction_switches = {0, 1};
        refund.default_matrices = {0, 1};
        refund.raises = {0, 1};
        refund.grants = {0, 1};
        refund.granting_roles = 1;
        refund.reads_tier_set = true;
        program.plans = {Plan{}, refund};
    }

    Builder b_;
    model::Currency usd_ = *model::pack_currency("USD");
    TypeId environment_{};
    TypeId tags_{};
    TypeId item_{};
    std::uint32_t cap_ = 0;
    std::uint32_t list_ = 0;
    std::uint32_t always_ = 0;
    std::uint32_t refunds_ = 0;
    std::uint32_t large_ = 0;
};

}  // namespace

Program full() {
    return Full().make();
}

Program large(std::uint32_t rules) {
    Builder b;
    const auto path = b.slot("customer.id", b.scalar(Kind::string), SlotSource::attribute);
    const auto amount_slot = b.slot("amount", b.scalar(Kind::integer), SlotSource::attribute);
    const auto scaled = b.temporary();
    for (std::uint32_t i = 0; i < rules; ++i) {
        const std::string number = std::to_string(i);
        const auto text = b.text("customer-" + number);
        const auto cap = b.integer(i);
        const auto at = b.here();
        b.code({{.op = Op::text_eq_k, .flags = unknown_jumps, .a = path, .b = text, .c = at + 4},
                {.op = Op::int_add, .flags = b_constant, .a = amount_slot, .b = cap, .c = scaled},
                {.op = Op::int_lt_k, .flags = unknown_jumps, .a = scaled, .b = cap, .c = at + 4},
                {.op = Op::yes},
                {.op = Op::no}});
        const auto rule = b.rule("rule_" + number, Effect::block, at);
        b.program.rules[rule].because = {{"Customer " + number + " is on hold", {}, false}};
        b.program.entries.push_back({at, rule});
    }
    b.program.plans.emplace_back().restrictions = {0, rules};
    b.program.tools.emplace_back().name = "refund";
    b.program.tools[0].plans[4] = 0;
    return std::move(b.program);
}

}  // namespace proviso::bytecode::sample
