// Declarations, and sets of all statements that compile. See policies.h.
#include "tests/laws/policies.h"

#include <algorithm>
#include <iostream>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace proviso::laws {

namespace {

class Maker {
  public:
    explicit Maker(Random& random) : random_(random) {}

    GeneratedSet make() {
        set_.files = 1 + random_.below(3);
        vocabulary().ids = {"ann", "joe@example.org", "bot-7"};
        vocabulary().open_catalogue = random_.chance(25);
        if (vocabulary().open_catalogue) add("catalogue open\n", {"catalogue open"});
        make_types();
        make_attributes();
        make_data();
        make_tools();
        make_facts();
        make_roles();
        make_params();
        make_tables();
        make_obligations();
        make_windows();
        make_lets();
        make_rules();
        return std::move(set_);
    }

  private:
    Vocabulary& vocabulary() { return set_.vocabulary; }

    void add(const std::string& text, std::vector<std::string> constructs,
             StatementKind kind = StatementKind::declaration) {
        set_.statements.push_back({kind, text, std::move(constructs)});
    }

    void add_random(StatementKind kind, std::size_t number) {
        set_.statements.push_back(random_statement(random_, vocabulary(), kind, number));
    }

    void make_types() {
        for (std::size_t i = 0; i < 2 + random_.below(3); ++i) {
            const Kind kind =
                random_.chance(50) ? Kind::word : static_cast<Kind>(random_.below(13));
            Type type = random_type(random_, kind, 2);
            const std::string name = fmt::format("kind{}", i);
            add(fmt::format("type {} = {}\n", name, text_of(type)), {"type"});
            type.name = name;
            vocabulary().types.push_back(type);
        }
    }

    Type some_type(int depth) {
        if (random_.chance(30)) return random_.pick(vocabulary().types);
        const std::size_t choice = random_.below(100);
        const Kind kind = choice < 15   ? Kind::list
                          : choice < 27 ? Kind::record
                                        : random_scalar_kind(random_);
        return random_type(random_, kind, depth);
    }

    void make_attributes() {
        if (random_.chance(5)) {
            const Type list{.kind = Kind::list, .element = {Type{.kind = Kind::integer}}};
            add("attributes { numbers : [int] }\n", {"attributes"});
            vocabulary().attributes.push_back({long_list, list});
        }
        const std::vector<std::string> names{
            "environment", "customer.level", "customer.since", "incident.weight", "queue",
            "region.home", "principal.unit", "agent.grade",    "workflow.cost",   "flag"};
        std::vector<std::string> blocks(2);
        for (const std::string& name : names) {
            if (random_.chance(25)) continue;
            Named attribute{name, some_type(2)};
            std::string extra;
            std::vector<std::string> constructs;
            if (random_.chance(25)) attribute.type.optional = true;
            const bool plain =
                attribute.type.kind < Kind::list && attribute.type.constraint.empty();
            if (plain && !attribute.type.optional && random_.chance(25)) {
                extra = " = " + literal(random_, attribute.type);
                counted_.insert("attribute default");
            }
            if (random_.chance(10)) extra += " volatile";
            vocabulary().attributes.push_back(attribute);
            blocks[random_.below(2)] +=
                fmt::format("    {} : {}{}\n", name, text_of(attribute.type), extra);
        }
        for (const std::string& block : blocks) {
            if (block.empty()) continue;
            std::vector<std::string> constructs{"attributes"};
            if (block.find(" = ") != std::string::npos)
                constructs.emplace_back("attribute default");
            if (block.find("volatile") != std::string::npos) constructs.emplace_back("volatile");
            add("attributes {\n" + block + "}\n", constructs);
        }
    }

    void make_tools() {
        std::vector<Named> pool;
        for (const char* name : {"amount", "count", "to", "when", "items", "detail"}) {
            pool.push_back({name, some_type(3)});
        }
        pool.push_back(
            {"fee", {.kind = Kind::money, .with = "fee_code", .constraint = "with fee_code"}});
        for (const char* name :
             {"pay", "pay.refund", "data.read-rows", "data.write", "look", "send e-mail"}) {
            if (random_.chance(35) && vocabulary().tools.size() > 0) continue;
            make_tool(name, pool);
        }
    }

    void make_data() {
        for (const DataShape& shape : data_shapes()) {
            if (random_.chance(60)) continue;
            add(fmt::format("data {} : {} from \"{}\"\n", shape.data.name, text_of(shape.data.type),
                            shape.file),
                {"data"});
            vocabulary().data.push_back(shape.data);
        }
    }

    /// An argument that can name a thing: of one type in all tools that have it.
    std::vector<Named> possible_keys() {
        std::vector<Named> keys;
        bool open = vocabulary().open_catalogue;
        for (const Tool& tool : vocabulary().tools) {
            open = open || tool.open_args;
            for (const Named& arg : tool.args) {
                const bool word = arg.type.kind == Kind::word && !arg.type.name.empty();
                if (word || arg.type.kind == Kind::text || arg.type.kind == Kind::integer) {
                    keys.push_back(arg);
                }
            }
        }
        if (open) keys.push_back({"extra_text", {.kind = Kind::text}});
        return keys;
    }

    void make_facts() {
        const std::vector<Named> keys = possible_keys();
        for (const char* name : {"asset", "case.file"}) {
            if (keys.empty() || random_.chance(60)) continue;
            FactsShape facts{name, random_.pick(keys), {}};
            std::string fields;
            for (const char* field : {"weight", "label", "state"}) {
                Named one{field, some_type(1)};
                if (random_.chance(35)) one.type.optional = true;
                fields += fmt::format("    {} : {}\n", one.name, text_of(one.type));
                facts.fields.push_back(std::move(one));
            }
            add(fmt::format("facts {} for args.{} {{\n{}}}\n", name, facts.key.name, fields),
                {"facts"});
            vocabulary().facts.push_back(std::move(facts));
        }
    }

    void make_tool(const std::string& name, const std::vector<Named>& pool) {
        Tool tool{.name = name};
        std::vector<std::string> constructs{"tool"};
        std::string items;
        const auto item = [&](const std::string& word, const std::string& text) {
            items += "    " + word + " " + text + "\n";
            constructs.push_back(word);
        };
        if (random_.chance(75)) item("tier", random_.pick(all_tiers));
        if (random_.chance(40)) {
            for (const std::string& stage : all_stages) {
                if (random_.chance(60) || stage == "execute") tool.stages.push_back(stage);
            }
            item("stages", joined(tool.stages));
        }
        if (random_.chance(30) && !vocabulary().tools.empty()) {
            const std::string undo = vocabulary().tools[0].name;
            item("undo", undo);
        }
        for (const char* tag : {"money", "data-out"}) {
            if (random_.chance(40)) tool.tags.emplace_back(tag);
        }
        if (!tool.tags.empty()) item("tags", joined(tool.tags));
        tool.open_args = random_.chance(20);
        std::string args;
        for (const Named& from : pool) {
            if (random_.chance(50)) add_argument(tool, from, args);
        }
        if (!args.empty() || tool.open_args) {
            item(tool.open_args ? "args open" : "args", "{\n" + args + "    }");
        }
        const bool plain = name.find(' ') == std::string::npos;
        add(fmt::format("tool {} {{\n{}}}\n", plain ? name : "\"" + name + "\"", items),
            constructs);
        vocabulary().tools.push_back(std::move(tool));
    }

    void add_argument(Tool& tool, Named arg, std::string& args) {
        if (random_.chance(30)) arg.type.optional = true;
        args += fmt::format("        {} : {}\n", arg.name, text_of(arg.type));
        tool.args.push_back(arg);
        if (arg.name != "fee") return;
        args += "        fee_code : string\n";
        tool.args.push_back({"fee_code", {.kind = Kind::text}});
    }

    static std::string joined(const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
        return text;
    }

    void make_roles() {
        const std::size_t count = 2 + random_.below(3);
        const bool authority = random_.chance(35);
        if (authority) {
            const std::string parties = random_.pick({"principal", "agent", "principal, agent"});
            add("authority of " + parties + "\n", {"authority of " + parties});
        }
        for (std::size_t i = 0; i < count; ++i)
            vocabulary().roles.push_back(fmt::format("role{}", i));
        for (std::size_t i = 0; i < count; ++i) {
            add_random(StatementKind::role, i);
            if (authority) continue;
            // Grants are errors where nobody asks for them.
            std::string& text = set_.statements.back().text;
            text = text.substr(0, text.find('{')) + "{ }\n";
            set_.statements.back().constructs = {"role"};
        }
        for (std::size_t i = random_.below(3); i > 0; --i) add_random(StatementKind::bind, i);
    }

    void make_params() {
        for (std::size_t i = 0; i < 3; ++i) {
            const Kind kind = random_.chance(60) ? static_cast<Kind>(1 + random_.below(3))
                                                 : random_scalar_kind(random_);
            if (kind == Kind::word) continue;
            Named param{fmt::format("knob{}", i), {.kind = kind}};
            if (kind == Kind::money) param.type.currency = random_.pick({"USD", "EUR"});
            std::string text = fmt::format("param {} : {} = {}", param.name, text_of(param.type),
                                           literal(random_, param.type, param.type.currency));
            if (kind == Kind::integer && random_.chance(50)) {
                text = fmt::format("param {} : int = {} in 0 .. 10", param.name, random_.below(11));
                add(text + "\n", {"param", "param bounds"});
            } else {
                add(text + "\n", {"param"});
            }
            vocabulary().params.push_back(param);
        }
    }

    void make_tables() {
        for (std::size_t i = random_.below(3); i > 0; --i) {
            TableShape shape{.name = fmt::format("chart{}", i), .keys = {}, .value = {}};
            set_.statements.push_back(random_table(random_, vocabulary(), shape));
            vocabulary().tables.push_back(shape);
        }
    }

    void make_obligations() {
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string name = fmt::format("duty{}", i);
            std::vector<Named> params;
            for (std::size_t j = random_.below(3); j > 0; --j) {
                const Kind kind =
                    random_.pick(std::vector{Kind::text, Kind::integer, Kind::boolean});
                params.push_back({fmt::format("p{}", j), {.kind = kind}});
            }
            std::string text;
            for (const Named& param : params) {
                text += (text.empty() ? "" : ", ") + param.name + " : " + text_of(param.type);
            }
            add(fmt::format("obligation {}({})\n", name, text), {"obligation"});
            vocabulary().obligations.emplace_back(name, params);
            if (random_.chance(60)) set_.duties.push_back(name);
        }
    }

    std::string window_part(bool named) {
        if (named && !vocabulary().windows.empty() && random_.chance(40)) {
            return random_.pick(vocabulary().windows);
        }
        switch (random_.below(5)) {
            case 0: return random_.pick({"2026-11-20", "2026-12-19 .. 2026-12-21", "2026-10-25"});
            case 1: return random_.pick({"sat, sun", "fri", "mon..thu", "sat..mon"});
            case 2:
                return random_.pick({"last 9 workdays of month", "first 2 workdays of month",
                                     "last 1 workdays of month"});
            case 3:
                return random_.pick(
                    {"mon..fri 09:00..17:00", "mon..sun 01:15..02:45", "sat, sun 00:00..15:00"});
            default:
                return random_.pick({"mon..fri 15:00..02:30", "fri..sun 22:30..06:00",
                                     "thu 16:00..15:30", "sat 23:00..00:00"});
        }
    }

    bool has_data(const std::string& name) {
        const std::vector<Named>& all = vocabulary().data;
        return std::any_of(all.begin(), all.end(),
                           [&](const Named& one) { return one.name == name; });
    }

    void make_windows() {
        for (std::size_t i = random_.below(4); i > 0; --i) {
            const std::string name = fmt::format("hours{}", i);
            std::string text = fmt::format("window {} = {}", name, window_part(false));
            for (std::size_t more = random_.below(3); more > 0; --more) {
                text += ", " + window_part(true);
            }
            const bool days = has_data("given_days") && random_.chance(40);
            const bool except = days || random_.chance(50);
            for (std::size_t more = except ? 1 + random_.below(2) : 0, first = more; more > 0;
                 --more) {
                text += (more == first ? " except " : ", ") +
                        (more == first && days ? "given_days" : window_part(true));
            }
            text += " in \"" + random_.pick(window_zones) + "\"\n";
            except ? add(text, {"window", "window except"}) : add(text, {"window"});
            vocabulary().windows.push_back(name);
        }
    }

    void make_lets() {
        Targets nothing;
        std::vector<Readable> readables = readables_for(vocabulary(), nothing);
        for (std::size_t i = 0; i < 3; ++i) {
            const bool condition = random_.chance(50);
            const Kind kind = condition ? Kind::boolean : random_scalar_kind(random_);
            if (!condition && (kind == Kind::word || kind == Kind::boolean)) continue;
            Named let{fmt::format("let{}", i), {.kind = kind}};
            if (kind == Kind::money) let.type.currency = "USD";
            Expressions expressions(random_, vocabulary(), readables, TierUse::never);
            const std::string text =
                condition ? expressions.condition(2) : expressions.value(kind, 2, "USD");
            add(fmt::format("let {} = {}\n", let.name, text),
                {condition ? "let condition" : "let value"});
            vocabulary().lets.push_back(let);
        }
    }

    void make_rules() {
        std::size_t number = 0;
        const auto some = [&](StatementKind kind, std::size_t least, std::size_t more) {
            for (std::size_t i = least + random_.below(more + 1); i > 0; --i) {
                add_random(kind, number++);
            }
        };
        if (!vocabulary().attributes.empty() && vocabulary().attributes[0].name == long_list) {
            make_long();
        }
        if (random_.chance(15)) return make_many(number);
        some(StatementKind::allow, 1, 4);
        some(StatementKind::restriction, 1, 5);
        some(StatementKind::raise, 0, 2);
        bool has_default = false;
        for (std::size_t i = random_.below(3); i > 0; --i) {
            Statement statement =
                random_statement(random_, vocabulary(), StatementKind::default_base, number++);
            const bool plain = statement.constructs[0] == "default";
            if (plain && has_default) continue;
            has_default = has_default || plain;
            set_.statements.push_back(std::move(statement));
        }
    }

    /// Quantifiers that go past their budget where the list is long, each kind of them.
    void make_long() {
        add("gate long0 on * when any(one in numbers: all(two in numbers: one > two)) by role0\n",
            {"gate"}, StatementKind::restriction);
        add("block long1 on * when sum(one in numbers: count(two in numbers: two > one)) > 4\n",
            {"block"}, StatementKind::restriction);
        add("allow long2 on * when length(numbers) <= 3 and 1 in numbers\n", {"allow"},
            StatementKind::allow);
    }

    /// Many rules that compare one thing with constants: what the compiler makes a switch of.
    void make_many(std::size_t number) {
        add_random(StatementKind::allow, number++);
        add("allow base on * when time >= 2020-01-01T00:00Z\n", {"allow"}, StatementKind::allow);
        Targets all;
        for (const Tool& tool : vocabulary().tools) all.tools.push_back(&tool);
        Expressions expressions(random_, vocabulary(), readables_for(vocabulary(), all),
                                TierUse::never);
        const std::vector<Kind> kinds{Kind::text,  Kind::word,    Kind::integer,
                                      Kind::money, Kind::decimal, Kind::date};
        const Readable* found = expressions.readable(random_.pick(kinds));
        const Readable one = found != nullptr ? *found : *expressions.readable(Kind::text);
        for (int i = 0; i < 10; ++i) {
            const std::string more = random_.chance(30) ? " and " + expressions.condition(0) : "";
            const std::string op = random_.chance(85) ? " == " : " in [";
            add(fmt::format("block hold{} on * when {}{}{}{}{}\n", number++, one.text, op,
                            literal(random_, one.type, one.type.currency), op == " == " ? "" : "]",
                            more),
                {"block", "many rules on one value"}, StatementKind::restriction);
        }
    }

    Random& random_;
    GeneratedSet set_;
    std::set<std::string> counted_;
};

std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// The statements in which errors lie.
std::set<std::size_t> with_errors(const std::vector<Statement>& statements, std::size_t files,
                                  const std::vector<Diagnostic>& diagnostics) {
    std::set<std::size_t> found;
    for (const Diagnostic& one : diagnostics) {
        if (one.severity != Severity::error) continue;
        for (std::size_t file = 0; file < files; ++file) {
            if (one.file != fmt::format("set{}.proviso", file)) continue;
            std::size_t line = 1 + 2 + (file == 0 ? files - 1 : 0);
            for (std::size_t i = file; i < statements.size(); i += files) {
                const std::size_t end = line + lines_of(statements[i].text);
                if (one.line >= line && one.line < end) found.insert(i);
                line = end;
            }
        }
    }
    return found;
}

/// What the engine has compiled it takes: a program that does not verify is no statement to leave
/// out.
void refuse_none_of_its_own(const GeneratedSet& set) {
    for (const Diagnostic& one : set.compiled->product.diagnostics) {
        if (one.code != "P9000") continue;
        std::cout << to_paste(set.compiled->sources, set.duties, "");
        FAIL(one.message);
    }
}

}  // namespace

std::vector<SourceText> files_of(const std::vector<Statement>& statements, std::size_t files) {
    std::vector<SourceText> sources;
    for (std::size_t file = 0; file < files; ++file) {
        std::string text = "policy laws version \"1\"\n\n";
        for (std::size_t other = 1; other < files && file == 0; ++other) {
            text += fmt::format("import \"set{}.proviso\"\n", other);
        }
        for (std::size_t i = file; i < statements.size(); i += files) text += statements[i].text;
        sources.push_back({fmt::format("set{}.proviso", file), text});
    }
    return sources;
}

bool compile_what_compiles(GeneratedSet& set) {
    for (int round = 0; round < 8; ++round) {
        set.compiled = compile_both(files_of(set.statements, set.files));
        refuse_none_of_its_own(set);
        if (set.compiled->good()) return true;
        const auto bad = with_errors(set.statements, set.files, set.compiled->product.diagnostics);
        if (bad.empty()) return false;
        set.refused += bad.size();
        for (auto i = bad.rbegin(); i != bad.rend(); ++i) {
            set.statements.erase(set.statements.begin() + static_cast<std::ptrdiff_t>(*i));
        }
    }
    return false;
}

GeneratedSet random_set(Random& random) {
    for (;;) {
        GeneratedSet set = Maker(random).make();
        if (compile_what_compiles(set)) return set;
    }
}

}  // namespace proviso::laws
