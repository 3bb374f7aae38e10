// Everything but code: a break a check.
#include <catch2/catch.hpp>

#include "engine/bytecode/verifier.h"
#include "tests/unit/engine/bytecode/sample_program.h"
#include "tests/unit/engine/bytecode/verifier_faults.h"

using namespace proviso;
using namespace proviso::bytecode;
using namespace proviso::bytecode::sample;
using model::State;

namespace {

TypeId add(Program& program, Kind kind, TypeId element = model::no_type) {
    model::Type type;
    type.kind = kind;
    type.element = element;
    return program.types.add(type);
}

model::Type record_of(TypeId part, std::size_t fields) {
    model::Type type;
    type.kind = Kind::record;
    for (std::size_t i = 0; i < fields; ++i) type.fields.push_back({std::to_string(i), part});
    return type;
}

}  // namespace

TEST_CASE("The samples verify") {
    CHECK(fault(full()).empty());
    CHECK(fault(Builder().program).empty());
    CHECK(fault(large(10)).empty());
}

TEST_CASE("An empty program does not verify") {
    CHECK_FALSE(fault(Program()).empty());
}

TEST_CASE("Fields of every table are looked at") {
    check_breaks({
        {"UTF-8", [](Program& p) { p.rules[1].name = "\xFF"; }},
        {"UTF-8", [](Program& p) { p.tables[0].axes[0].labels[1] = "\xC0\x80"; }},
        {"UTF-8", [](Program& p) { p.sources[0].text = "policy sample    \xED\xA0\x80"; }},
        {"UTF-8",
         [](Program& p) {
             p.types.add(model::EnumType{"e", {"\x80"}});
         }},
        {"fixed list", [](Program& p) { p.rules[1].effect = static_cast<Effect>(4); }},
        {"fixed list", [](Program& p) { p.code[0].op = static_cast<Op>(200); }},
        {"fixed list", [](Program& p) { p.loops[0].kind = static_cast<LoopKind>(9); }},
        {"64 hex", [](Program& p) { p.set_hash = "abc"; }},
        {"64 hex", [](Program& p) { p.set_hash[3] = 'G'; }},
    });
}

TEST_CASE("Sizes are held to the limits, which are inclusive") {
    const Program program = full();
    Limits limits;
    limits.roles = 2;
    limits.tools = 2;
    limits.rules = 4;
    limits.matrix_cells = 6;
    limits.regex_bytes = 6;
    CHECK_FALSE(verify(program, limits));
    for (std::size_t Limits::*const one : {&Limits::roles, &Limits::tools, &Limits::rules,
                                           &Limits::matrix_cells, &Limits::regex_bytes}) {
        Limits less = limits;
        --(less.*one);
        CHECK(verify(program, less));
    }
}

TEST_CASE("The frame is no larger than the code can use") {
    check_breaks({{"temporaries", [](Program& p) { p.temporaries = 1'000'000; }}});
}

TEST_CASE("Types refer backwards and stay small") {
    check_breaks({
        {"type 22 is out of range", [](Program& p) { add(p, Kind::list, TypeId{22}); }},
        {"type 4294967295", [](Program& p) { add(p, Kind::list); }},
        {"has an element type", [](Program& p) { add(p, Kind::string, TypeId{0}); }},
        {"enum 4294967295", [](Program& p) { add(p, Kind::enumeration); }},
        {"no words",
         [](Program& p) {
             p.types.add(model::EnumType{"e", {}});
         }},
        {"more words",
         [](Program& p) {
             p.types.add(model::EnumType{"e", std::vector<std::string>(257, "w")});
         }},
        {"nests too deep",
         [](Program& p) {
             TypeId type{0};
             for (int i = 0; i < 128; ++i) type = add(p, Kind::list, type);
         }},
        {"too many parts",
         [](Program& p) {
             TypeId type{0};
             for (int i = 0; i < 20; ++i) type = p.types.add(record_of(type, 2));
         }},
        {"is no record",
         [](Program& p) {
             model::Type type = record_of(TypeId{0}, 1);
             type.kind = Kind::string;
             p.types.add(type);
         }},
        {"cannot have this range",
         [](Program& p) {
             model::Type type;
             type.kind = Kind::string;
             type.low = model::of_integer(1);
             p.types.add(type);
         }},
        {"pattern is longer",
         [](Program& p) {
             model::Type type;
             type.kind = Kind::string;
             type.pattern = std::string(2000, 'a');
             p.types.add(type);
         }},
    });
}

TEST_CASE("Constants are what their types say") {
    check_breaks({
        {"constants: there are more", [](Program& p) { p.constant_types.pop_back(); }},
        {"type 99", [](Program& p) { p.constant_types[0] = TypeId{99}; }},
        {"no value of its type", [](Program& p) { p.constants[11] = model::of_integer(3); }},
        {"no value of its type",
         [](Program& p) {
             p.constants.push_back(model::of_integer(2));
             p.constant_types.push_back(p.types.scalar(Kind::boolean));
         }},
        {"no value of its type",
         [](Program& p) {
             p.constants.push_back(model::of_integer(-1));
             p.constant_types.push_back(p.types.scalar(Kind::weekday));
         }},
        {"too many decimals", [](Program& p) { p.constants[0].scale = 19; }},
        {"shortest form",
         [](Program& p) {
             p.constants[0].integer = 500;
             p.constants[0].scale = 1;
         }},
        {"does not fit", [](Program& p) { p.constants[0].integer = INT64_MIN; }},
        {"three letters", [](Program& p) { p.constants[0].extra = 0x20202020; }},
        {"address", [](Program& p) { p.constants[2].extra = 5; }},
        {"not UTF-8", [](Program& p) { p.constants[3] = model::of_text("\xC3"); }},
        {"fields of its type", [](Program& p) { p.constants[7].extra = 2; }},
        {"has none", [](Program& p) { p.constants[8] = model::of_integer(0); }},
        {"unknown, yet", [](Program& p) { p.constants[8].extra = 1; }},
        {"state is out of range",
         [](Program& p) {
             p.constants[8].state = static_cast<State>(static_cast<int>(State::negative) + 1);
         }},
        {"not UTF-8", [](Program& p) { p.lists[0][1] = model::of_text("\xC3"); }},
    });
}

TEST_CASE("Slots are there and what their types say") {
    check_breaks({
        {"that every program has are not there", [](Program& p) { p.slots.resize(14); }},
        {"not the slot", [](Program& p) { p.slots[0].type = p.types.scalar(Kind::integer); }},
        {"not the slot", [](Program& p) { p.slots[1].type = model::tier_type; }},
        {"not the slot", [](Program& p) { p.slots[3].source = SlotSource::attribute; }},
        {"not the slot", [](Program& p) { p.slots[15].source = SlotSource::builtin; }},
        {"type 77", [](Program& p) { p.slots[17].type = TypeId{77}; }},
        {"slot 15: its number", [](Program& p) { p.slots[15].initial = model::of_integer(9); }},
    });
}

TEST_CASE("Sets, loops and shared blocks refer to what is there") {
    check_breaks({
        {"set 0: constant 99", [](Program& p) { p.sets[0].members[1] = 99; }},
        {"set 0: one of its constants is unknown", [](Program& p) { p.sets[0].members = {8}; }},
        {"not all of its kind", [](Program& p) { p.sets[0].members[1] = 0; }},
        {"no equality", [](Program& p) { p.sets[0].kind = Kind::list; }},
        {"nest at most twice", [](Program& p) { p.loops[0].depth = 2; }},
        {"loop 0: place 99", [](Program& p) { p.loops[0].list = 99; }},
        {"loop 0: its variable is a slot", [](Program& p) { p.loops[0].variable = 4; }},
        {"loop 0: place 99", [](Program& p) { p.loops[0].variable = 99; }},
        {"loop 0: block 99", [](Program& p) { p.loops[0].body = 99; }},
        {"loop 1: it has no condition", [](Program& p) { p.loops[1].body = none; }},
        {"cannot be summed", [](Program& p) { p.loops[0].sum_kind = Kind::string; }},
        {"loop 0: place 99", [](Program& p) { p.loops[0].value = 99; }},
        {"shared 0: block 99", [](Program& p) { p.shared[0].block = 99; }},
        {"shared 0: it is a condition without", [](Program& p) { p.shared[0].block = none; }},
        {"shared 1: type 99", [](Program& p) { p.shared[1].type = TypeId{99}; }},
        {"shared 1: constant 99",
         [](Program& p) {
             p.shared[1].value = 99;
             p.shared[1].value_constant = true;
         }},
        {"regular expression 0", [](Program& p) { p.regexes[0] = std::string(2000, 'a'); }},
    });
}

TEST_CASE("Axes cover every value, without overlap") {
    check_breaks({
        {"no label a row", [](Program& p) { p.tables[0].axes[0].labels.pop_back(); }},
        {"no label a row",
         [](Program& p) {
             p.tables[0].axes[0].size = 0;
             p.tables[0].axes[0].labels.clear();
         }},
        {"label 3", [](Program& p) { p.tables[0].axes[0].index_of[2] = 3; }},
        {"axis is empty", [](Program& p) { p.tables[0].axes[0].index_of.clear(); }},
        {"label 2 is out", [](Program& p) { p.tables[0].axes[1].rest = 2; }},
        {"one more than their bounds", [](Program& p) { p.tables[0].axes[1].rest = 0; }},
        {"one more than their bounds", [](Program& p) { p.tables[0].axes[1].inclusive = {}; }},
        {"no order", [](Program& p) { p.tables[0].axes[1].value_kind = Kind::string; }},
        {"constant 99", [](Program& p) { p.tables[0].axes[1].bounds[0] = 99; }},
        {"not of the axis's kind", [](Program& p) { p.tables[0].axes[1].bounds[0] = 3; }},
        {"is unknown", [](Program& p) { p.tables[0].axes[1].bounds[0] = 8; }},
        {"values alone",
         [](Program& p) {
             Axis& axis = p.tables[0].axes[0];
             axis.kind = AxisKind::tool;
             axis.index_of = {0, none};
         }},
        {"a tool has no label", [](Program& p) { p.matrices[0].axes[0].kind = AxisKind::tool; }},
        {"a tier has no label", [](Program& p) { p.matrices[0].axes[0].kind = AxisKind::tier; }},
        {"label for every word", [](Program& p) { p.matrices[0].axes[0].index_of.pop_back(); }},
        {"reads another kind",
         [](Program& p) { p.matrices[0].axes[0].read.type = p.types.scalar(Kind::string); }},
        {"matrix 0 `actions`: place 99", [](Program& p) { p.matrices[0].axes[0].read.value = 99; }},
    });
}

namespace {

// Bands of money at the second axis of the table, its cells to fit.
Program with_bands(std::initializer_list<std::pair<std::uint32_t, bool>> bands) {
    Program program = full();
    Axis& axis = program.tables[0].axes[1];
    axis.size = static_cast<std::uint32_t>(bands.size()) + 1;
    axis.rest = axis.size - 1;
    axis.labels.assign(axis.size, "label");
    axis.bounds.clear();
    axis.inclusive.clear();
    for (const auto& [bound, inclusive] : bands) {
        axis.bounds.push_back(bound);
        axis.inclusive.push_back(inclusive ? 1 : 0);
    }
    program.tables[0].cells.assign(std::size_t{3} * axis.size, 0);
    return program;
}

// Constants 0 and 1 of the sample are 500 USD and 50 USD.
constexpr std::uint32_t cap = 0;
constexpr std::uint32_t small = 1;

}  // namespace

TEST_CASE("Bounds of bands ascend, and below and up to the same bound are two bands") {
    CHECK(fault(with_bands({{small, true}, {cap, false}, {cap, true}})).empty());
    CHECK_THAT(fault(with_bands({{cap, true}, {small, true}})), Catch::Contains("do not ascend"));
    CHECK_THAT(fault(with_bands({{cap, true}, {cap, true}})), Catch::Contains("do not ascend"));
    CHECK_THAT(fault(with_bands({{cap, true}, {cap, false}})), Catch::Contains("do not ascend"));
    Program two = with_bands({{small, true}, {cap, true}});
    two.constants[cap].extra = 'E' << 16U | 'U' << 8U | 'R';
    CHECK_THAT(fault(two), Catch::Contains("two currencies"));
}

TEST_CASE("An axis of listed values has a rest, at its end or in its place among them") {
    Program program = full();
    Axis& axis = program.tables[0].axes[1];
    axis.kind = AxisKind::values;
    axis.inclusive = {};
    CHECK(fault(program).empty());
    axis.bounds = {none, cap};
    axis.rest = 0;
    CHECK(fault(program).empty());
    axis.bounds = {cap, none};
    CHECK_THAT(fault(program), Catch::Contains("constant 4294967295"));
    axis.rest = none;
    CHECK_THAT(fault(program), Catch::Contains("has no rest"));
    axis.bounds = {};
    CHECK_THAT(fault(program), Catch::Contains("no value a label"));
}

TEST_CASE("Tables and matrices have as many cells as their axes give") {
    check_breaks({
        {"product of its axes", [](Program& p) { p.tables[0].cells.pop_back(); }},
        {"not of its type", [](Program& p) { p.tables[0].cells[2] = 3; }},
        {"constant 99", [](Program& p) { p.tables[0].cells[2] = 99; }},
        {"one or two axes", [](Program& p) { p.tables[0].axes.clear(); }},
        {"one or two axes",
         [](Program& p) { p.matrices[0].axes.resize(3, p.matrices[0].axes[0]); }},
        {"rule 9 and 3 on", [](Program& p) { p.matrices[0].first_rule = 9; }},
        {"is no cell of it", [](Program& p) { p.matrices[0].first_rule = 2; }},
        {"is no cell of it", [](Program& p) { p.matrices[0].is_default = false; }},
    });
}

TEST_CASE("Rules name what is there") {
    check_breaks({
        {"rule 2 `large`: role 9", [](Program& p) { p.rules[2].role = 9; }},
        {"rule 2 `large`: role 4294967295", [](Program& p) { p.rules[2].role = none; }},
        {"rule 1 `refunds`: role 7", [](Program& p) { p.rules[1].role = 7; }},
        {"beyond the five", [](Program& p) { p.rules[1].stages = 0x20; }},
        {"block 999", [](Program& p) { p.rules[1].block = 999; }},
        {"is negative", [](Program& p) { p.rules[2].within_seconds = -1; }},
        {"ends on no day", [](Program& p) { p.rules[1].trial_until_day = 206'158'451'015; }},
        {"pattern set 5", [](Program& p) { p.rules[1].patterns = 5; }},
        {"obligation 5", [](Program& p) { p.rules[2].obligations[0].obligation = 5; }},
        {"arguments of its obligation",
         [](Program& p) { p.rules[2].obligations[0].arguments = {}; }},
        {"the type of its obligation",
         [](Program& p) { p.obligations[0].params[0].type = p.types.scalar(Kind::ip); }},
        {"type 4294967295", [](Program& p) { p.rules[2].because[1].value.type = model::no_type; }},
        {"place 99", [](Program& p) { p.rules[2].because[1].value.value = 99; }},
        {"explanation 1 and 5 on",
         [](Program& p) {
             p.rules[2].explain = {1, 5};
         }},
        {"default: rule 99", [](Program& p) { p.default_rule = 99; }},
        {"no default outcome", [](Program& p) { p.default_rule = 1; }},
        {"raise 0: tier 4", [](Program& p) { p.raises[0].tier = 4; }},
        {"raise 0: block 999", [](Program& p) { p.raises[0].block = 999; }},
        {"grant 0: role 9", [](Program& p) { p.grants[0].role = 9; }},
        {"explanation 0: it shows a condition without",
         [](Program& p) { p.explain_nodes[0].value.block = none; }},
    });
}

TEST_CASE("Places are inside their sources, at characters") {
    check_breaks({
        {"source 1", [](Program& p) { p.rules[1].place.source = 1; }},
        {"place is out of range", [](Program& p) { p.rules[1].place.end = 9999; }},
        {"place is out of range",
         [](Program& p) {
             p.rules[1].name_place = {0, 9, 8};
         }},
        {"cuts a character",
         [](Program& p) {
             const auto at = static_cast<std::uint32_t>(p.sources[0].text.find("ö"));
             p.explain_nodes[0].place = {0, 0, at + 1};
         }},
        {"source 3", [](Program& p) { p.matrices[0].place.source = 3; }},
    });
}

TEST_CASE("Roles are sorted and inherit what those they inherit do") {
    check_breaks({
        {"after the one before", [](Program& p) { p.roles[1].name = "agent"; }},
        {"role 5",
         [](Program& p) {
             p.roles[0].inherits = {0, 5};
         }},
        {"does not ascend",
         [](Program& p) {
             p.roles[1].inherits = {1, 0};
         }},
        {"does not ascend",
         [](Program& p) {
             p.roles[1].inherits = {0, 0, 1};
         }},
        {"inherit itself", [](Program& p) { p.roles[1].inherits = {0}; }},
        {"has inherited",
         [](Program& p) {
             p.roles.push_back({"zoe", "", {1, 2}, {}});
             p.role_sets = {{0}, {2}};
         }},
        {"bit a role",
         [](Program& p) {
             p.role_sets[0] = {0, 0};
         }},
        {"beyond the roles", [](Program& p) { p.role_sets[1] = {4}; }},
    });
}

TEST_CASE("Tools are sorted and have what their stages need") {
    check_breaks({
        {"after the one before", [](Program& p) { p.tools[1].name = "lookup"; }},
        {"after the one before", [](Program& p) { p.tools[0].name = "z"; }},
        {"beyond the five", [](Program& p) { p.tools[1].stages = 0x32; }},
        {"of no tier", [](Program& p) { p.tools[1].tiers = 0; }},
        {"of no tier", [](Program& p) { p.tools[1].tiers = 0x10; }},
        {"argument 1 and 2 on",
         [](Program& p) {
             p.tools[1].arguments = {1, 2};
         }},
        {"no plan for one", [](Program& p) { p.tools[1].plans[4] = none; }},
        {"plan 7", [](Program& p) { p.tools[1].plans[0] = 7; }},
        {"argument slot 1 and 2 on",
         [](Program& p) {
             p.arguments[1].slots = {1, 2};
         }},
        {"slot 99", [](Program& p) { p.argument_slots[0] = 99; }},
        {"fills what is no argument", [](Program& p) { p.argument_slots[0] = 4; }},
        {"declared as another type",
         [](Program& p) { p.arguments[0].type = p.types.scalar(Kind::string); }},
        {"open arguments: argument",
         [](Program& p) {
             p.open_arguments = {0, 3};
         }},
        {"obligation 0: type",
         [](Program& p) {
             p.rules[2].obligations.clear();
             p.obligations[0].params[0].type = model::no_type;
         }},
        {"param 0: constant 99", [](Program& p) { p.params[0].value = 99; }},
        {"value is not of its type", [](Program& p) { p.params[0].value = 3; }},
    });
}

TEST_CASE("Plans try rules of the right sort") {
    check_breaks({
        {"entry 0: block", [](Program& p) { p.entries[0].block = none; }},
        {"entry 0: rule 99", [](Program& p) { p.entries[0].rule = 99; }},
        {"does not allow",
         [](Program& p) {
             p.plans[1].allows = {0, 2};
         }},
        {"restrictions allows",
         [](Program& p) {
             p.plans[1].restrictions = {0, 1};
         }},
        {"switch among its allows",
         [](Program& p) {
             p.plans[1].allow_switches = {0, 1};
         }},
        {"switch among its restrictions", [](Program& p) { p.entries[2] = p.entries[0]; }},
        {"entry 3 and 1 on",
         [](Program& p) {
             p.plans[1].allows = {3, 1};
         }},
        {"entry 4294967295",
         [](Program& p) {
             p.plans[1].allows = {none, 2};
         }},
        {"switch 1 and 1 on",
         [](Program& p) {
             p.plans[1].allow_switches = {1, 1};
         }},
        {"matrix 0 and 2 on",
         [](Program& p) {
             p.plans[1].default_matrices = {0, 2};
         }},
        {"is a default",
         [](Program& p) {
             p.plans[1].matrices = {0, 1};
         }},
        {"raise 0 and 2 on",
         [](Program& p) {
             p.plans[1].raises = {0, 2};
         }},
        {"grant 0 and 2 on",
         [](Program& p) {
             p.plans[1].grants = {0, 2};
         }},
        {"role set 2", [](Program& p) { p.plans[1].granting_roles = 2; }},
        {"matrix 4", [](Program& p) { p.plan_matrices[0] = 4; }},
        {"raise 4", [](Program& p) { p.plan_raises[0] = 4; }},
        {"grant 4", [](Program& p) { p.plan_grants[0] = 4; }},
    });
}

TEST_CASE("A plain matrix is no default") {
    Program program = full();
    program.matrices[0].is_default = false;
    for (std::uint32_t i = 0; i < 3; ++i) {
        program.rules[program.matrices[0].first_rule + i].kind = RuleKind::matrix_cell;
    }
    CHECK_THAT(fault(program), Catch::Contains("is a plain one"));
    std::swap(program.plans[1].default_matrices, program.plans[1].matrices);
    CHECK(fault(program).empty());
}

TEST_CASE("Switches have keys of their slot's type, each once") {
    check_breaks({
        {"case 0: constant 99", [](Program& p) { p.cases[0].key = 99; }},
        {"key is unknown", [](Program& p) { p.cases[0].key = 8; }},
        {"entry 2 and 2 on",
         [](Program& p) {
             p.cases[0].entries = {2, 2};
         }},
        {"entries of its own",
         [](Program& p) {
             p.cases[0].entries = {0, 1};
         }},
        {"switch 0: slot 99", [](Program& p) { p.switches[0].slot = 99; }},
        {"case 1 and 2 on",
         [](Program& p) {
             p.switches[0].cases = {1, 2};
         }},
        {"entry 1 and 9 on",
         [](Program& p) {
             p.switches[0].entries = {1, 9};
         }},
        {"kind that it switches on", [](Program& p) { p.switches[0].slot = environment; }},
        {"kind that it switches on", [](Program& p) { p.switches[0].is_text = false; }},
        {"the type of its slot", [](Program& p) { p.cases[0].key = 0; }},
        {"keys are equal",
         [](Program& p) {
             p.cases[0].key = 3;
             p.cases[1].key = 9;
         }},
        {"of another switch too", [](Program& p) { p.switches.push_back(p.switches[0]); }},
    });
}
