// See memory_sets.h.
#include "tests/laws/memory_sets.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tests/laws/expressions.h"

namespace proviso::laws {

namespace {

using Words = std::vector<std::string>;

const Words approvals{"one_lead", "two_people", "both", "confirmed"};
const Words amounts_usd{"10 USD", "20 USD", "50 USD", "100 USD", "150 USD"};

Type typed(Kind kind) {
    return {.kind = kind};
}

Type words_of(const std::string& name, Words words, bool ordered) {
    Type type{.kind = Kind::word};
    type.name = name;
    type.words = std::move(words);
    type.ordered = ordered;
    return type;
}

Type list_of_texts() {
    Type list{.kind = Kind::list};
    list.element = {typed(Kind::text)};
    return list;
}

Type money_in(const std::string& currency) {
    Type type = typed(Kind::money);
    type.currency = currency;
    return type;
}

Type optional(Type type) {
    type.optional = true;
    return type;
}

void fill(Vocabulary& vocabulary) {
    vocabulary.attributes = {{"environment", words_of("place", {"dev", "live"}, false)},
                             {"customer.id", typed(Kind::text)},
                             {"customer.tier", words_of("rank", {"free", "silver", "gold"}, true)},
                             {"entered.by", typed(Kind::text)},
                             {"watchers", optional(list_of_texts())},
                             {"mood", typed(Kind::text)},
                             {"weight", typed(Kind::integer)}};
    Tool pay{.name = "pay"};
    pay.stages = {"propose", "execute"};
    pay.tags = {"money"};
    pay.args = {{"amount", money_in("USD")},
                {"to", typed(Kind::text)},
                {"parts", list_of_texts()},
                {"fee", optional(typed(Kind::decimal))}};
    Tool refund{.name = "refund"};
    refund.tags = {"money"};
    refund.args = {
        {"amount", typed(Kind::money)}, {"to", typed(Kind::text)}, {"count", typed(Kind::integer)}};
    Tool look{.name = "look"};
    look.open_args = true;
    look.args = {{"to", optional(typed(Kind::text))}};
    vocabulary.tools = {pay, refund, look};
    vocabulary.roles = memory_roles;
    vocabulary.ids = {"ann", "max"};
}

constexpr const char* declarations =
    "type place = dev | live\n"
    "type rank = free < silver < gold\n"
    "attributes {\n"
    "    environment   : place\n"
    "    customer.id   : string\n"
    "    customer.tier : rank\n"
    "    entered.by    : string\n"
    "    watchers      : [string]?\n"
    "    mood          : string volatile\n"
    "    weight        : int\n"
    "}\n"
    "tool pay {\n"
    "    tier   operational\n"
    "    stages propose, execute\n"
    "    tags   money\n"
    "    args {\n"
    "        amount : money in USD\n"
    "        to     : string\n"
    "        parts  : [string]\n"
    "        fee    : decimal?\n"
    "    }\n"
    "}\n"
    "tool refund {\n"
    "    tags money\n"
    "    args {\n"
    "        amount : money\n"
    "        to     : string\n"
    "        count  : int\n"
    "    }\n"
    "}\n"
    "tool look {\n"
    "    tier informational\n"
    "    args open { to : string? }\n"
    "}\n";

class Maker {
  public:
    explicit Maker(Random& random) : random_(random) { fill(set_.vocabulary); }

    GeneratedSet make() {
        add(declarations, {"attributes"});
        add("let idle = weight < 100\n", {"let condition"});
        add_roles();
        add_approvals();
        add("obligation note(text : string)\n", {"obligation"});
        if (random_.chance(70)) set_.duties = {"note"};
        const std::size_t counters = random_.below(3);
        for (std::size_t i = 0; i < counters; ++i) add_counter(i);
        add_allows();
        std::size_t number = 0;
        for (std::size_t i = random_.below(4); i > 0; --i) {
            set_.statements.push_back(random_limit(random_, vocabulary(), number++));
        }
        for (std::size_t i = 1 + random_.below(3); i > 0; --i) {
            set_.statements.push_back(random_restriction(random_, vocabulary(), number++));
        }
        if (random_.chance(25)) add_matrix();
        for (std::size_t i = 0; i < counters; ++i) add_reader(number++, i);
        if (random_.chance(30)) add_default();
        return std::move(set_);
    }

  private:
    Vocabulary& vocabulary() { return set_.vocabulary; }

    void add(const std::string& text, Words constructs,
             StatementKind kind = StatementKind::declaration) {
        set_.statements.push_back({kind, text, std::move(constructs), {}, {}});
    }

    void add_roles() {
        if (random_.chance(40)) add("authority of principal\n", {"authority of principal"});
        const bool asked = set_.statements.back().constructs[0] == "authority of principal";
        add(asked ? "role clerk { can pay, refund, look }\n" : "role clerk { }\n", {"role"});
        std::string grants = random_.pick(
            {"can approve: *", "can approve: pay", "can approve: @money when weight < 50"});
        add("role lead extends clerk { " + grants + " }\n", {"role", "can approve"});
        add("role boss extends lead { }\n", {"role"});
        add("role cfo { }\n", {"role"});
        if (random_.chance(40)) add("bind lead to \"max\"\n", {"bind"});
    }

    void add_approval(const std::string& name, Words items, const Words& constructs) {
        random_.shuffle(items);
        std::string text = "approval " + name + " {\n";
        for (const std::string& item : items) text += "    " + item + "\n";
        add(text + "}\n", constructs);
    }

    void add_approvals() {
        add_approval("one_lead", some_times({"needs 1 of lead"}), {"approval", "needs ROLE"});
        add_approval("two_people", with_more({"needs 2 of approvers"}),
                     {"approval", "needs approvers"});
        add_approval(
            "both",
            with_more({"needs boss", "needs " + random_.pick({"1", "2"}) + " of lead or cfo"}),
            {"approval", "needs two lines"});
        add_approval("confirmed", some_times({"needs principal", "needs lead"}),
                     {"approval", "needs principal"});
    }

    Words some_times(Words items) {
        if (random_.chance(40)) items.push_back("within " + random_.pick({"1h", "4h", "90s"}));
        if (random_.chance(40)) items.push_back("valid " + random_.pick({"30m", "2h", "1d"}));
        return items;
    }

    Words with_more(Words items) {
        if (random_.chance(50)) {
            items.push_back("escalate also cfo after " + random_.pick({"30m", "60s"}));
        }
        if (random_.chance(70)) {
            items.push_back("never " +
                            random_.pick({"entered.by", "watchers", "watchers, entered.by"}));
        }
        return some_times(std::move(items));
    }

    void add_allows() {
        if (random_.chance(80)) {
            add("allow everything on *\n", {"allow"}, StatementKind::allow);
            return;
        }
        add("allow some on *\n    when " +
                random_.pick({"idle", "weight <= 50", "mood != \"bad\""}) + "\n",
            {"allow"}, StatementKind::allow);
    }

    void add_counter(std::size_t index) {
        const std::vector<std::pair<std::string, Type>> all{
            {"count on *", typed(Kind::integer)},
            {"count on pay", typed(Kind::integer)},
            {"sum args.amount on pay", money_in("USD")},
            {"sum args.count on refund", typed(Kind::integer)},
            {"sum args.fee on pay", typed(Kind::decimal)},
            {"distinct args.to on pay, refund", typed(Kind::integer)},
            {"distinct args.parts on pay", typed(Kind::integer)}};
        const auto& [aggregate, type] = random_.pick(all);
        const std::string name = fmt::format("seen{}", index);
        std::string text = "counter " + name + " = " + aggregate;
        Words constructs{"counter"};
        if (random_.chance(30)) {
            text += "\n    where " + random_.pick({"weight < 50", "customer.tier >= silver"});
            constructs.emplace_back("counter where");
        }
        if (random_.chance(70)) {
            text += "\n    per " + random_.pick({"customer.id", "principal.id"});
            constructs.emplace_back("counter per");
        }
        text += "\n    over " + period(random_, constructs);
        add(text + "\n", constructs);
        counters_.push_back({name, type});
    }

    static std::string period(Random& random, Words& constructs);

    void add_reader(std::size_t number, std::size_t counter) {
        const auto& [name, type] = counters_[counter];
        const bool keyed = set_.statements.size() > 0 && random_.chance(25) && is_keyed(name);
        const std::string read = keyed ? name + "[\"c-1\"]" : name;
        const std::string bound = type.kind == Kind::money     ? random_.pick(amounts_usd)
                                  : type.kind == Kind::decimal ? random_.pick({"0.5", "2.5", "10"})
                                                               : random_.pick({"0", "1", "2", "5"});
        const std::string test =
            read + " " + random_.pick({"==", "!=", "<", "<=", ">", ">="}) + " " + bound;
        Words constructs{"counter read"};
        if (keyed) constructs.emplace_back("counter by another key");
        if (random_.chance(30)) {
            add(fmt::format("allow use{} on *\n    when {}\n", number, test), constructs,
                StatementKind::allow);
            return;
        }
        const std::string end = random_.pick({"block", "gate", "notify"});
        const std::string more = end == "gate"     ? "\n    by " + random_.pick(approvals)
                                 : end == "notify" ? std::string("\n    tell lead within 24h")
                                                   : std::string();
        add(fmt::format("{} use{} on *\n    {} {}{}\n", end, number,
                        random_.pick({"when", "when", "unless"}), test, more),
            constructs, StatementKind::restriction);
    }

    bool is_keyed(const std::string& name) const {
        return std::any_of(set_.statements.begin(), set_.statements.end(), [&](const auto& one) {
            return one.text.starts_with("counter " + name + " ") &&
                   one.text.find("per ") != std::string::npos;
        });
    }

    std::string gate() {
        return "gate by " + random_.pick(random_.chance(80) ? approvals : memory_roles);
    }

    void add_matrix() {
        const bool is_default = random_.chance(50);
        std::string text = std::string(is_default ? "default " : "") +
                           "matrix grid by environment, " +
                           "customer.tier {\n         | free | silver | gold |\n";
        for (const char* row : {"dev ", "live"}) {
            text += fmt::format("    {} |", row);
            for (int i = 0; i < 3; ++i) {
                text += " " +
                        (random_.chance(40)   ? std::string("allow")
                         : random_.chance(70) ? gate()
                                              : std::string("notify lead")) +
                        " |";
            }
            text += "\n";
        }
        add(text + "}\n", {is_default ? "default matrix" : "matrix"},
            is_default ? StatementKind::default_base : StatementKind::restriction);
    }

    void add_default() {
        add("default " + (random_.chance(50) ? gate() : std::string("notify lead")) + "\n",
            {"default"}, StatementKind::default_base);
    }

    Random& random_;
    GeneratedSet set_;
    std::vector<Named> counters_;
};

std::string random_period(Random& random, Words& constructs) {
    if (random.chance(60)) {
        constructs.emplace_back("over DURATION");
        return random.pick({"1h", "24h", "90s", "2d"});
    }
    const std::string unit = random.pick({"day", "week", "month", "quarter"});
    constructs.push_back("each " + unit);
    return "each " + unit + " in \"" + random.pick(window_zones) + "\"";
}

std::string Maker::period(Random& random, Words& constructs) {
    return random_period(random, constructs);
}

struct Measured {
    std::string text;
    std::string on;
    Words caps;  // ascending
    std::string construct;
};

Measured random_measure(Random& random) {
    const Words counts{"1", "2", "3", "5"};
    const std::vector<Measured> all{
        {"count", random.pick({"*", "pay", "@money"}), counts, "limit count"},
        {"sum args.amount", "pay", amounts_usd, "limit sum money"},
        {"sum args.amount", "refund", amounts_usd, "limit sum of any currency"},
        {"sum args.count", "refund", {"0", "2", "5", "9"}, "limit sum int"},
        {"sum args.fee", "pay", {"0.5", "1", "2.25", "10"}, "limit sum decimal"},
        {"distinct args.to", "pay, refund", counts, "limit distinct"},
        {"distinct args.parts", "pay", counts, "limit distinct of lists"}};
    return random.pick(all);
}

/// Steps with rising caps and outcomes.
std::string random_steps(Random& random, Words caps, Words& constructs) {
    std::size_t effect = 1 + random.below(3);
    const std::size_t count = 1 + random.below(3);
    while (caps.size() > count) {
        caps.erase(caps.begin() + static_cast<std::ptrdiff_t>(random.below(caps.size())));
    }
    if (caps.size() > 1) constructs.emplace_back("ladder");
    std::string text;
    for (const std::string& cap : caps) {
        const std::string outcome =
            effect == 1   ? "notify lead"
            : effect == 2 ? "gate by " + random.pick(random.chance(80) ? approvals : memory_roles)
                          : std::string("block");
        constructs.push_back("step " + outcome.substr(0, outcome.find(' ')));
        text += "\n        " + random.pick({">", ">="}) + " " + cap + " : " + outcome;
        effect = std::min<std::size_t>(3, effect + random.below(2));
    }
    return text;
}

std::string random_keys(Random& random, Words& constructs) {
    if (random.chance(25)) return "";
    Words keys{"customer.id", "principal.id", "environment", "args.to", "customer.tier", "weight"};
    random.shuffle(keys);
    constructs.emplace_back("limit per");
    std::string text = "\n    per " + keys[0];
    if (!random.chance(30)) return text;
    constructs.emplace_back("limit per two");
    return text + ", " + keys[1];
}

}  // namespace

GeneratedSet random_memory_set(Random& random) {
    for (;;) {
        GeneratedSet set = Maker(random).make();
        if (compile_what_compiles(set)) return set;
    }
}

Statement random_limit(Random& random, const Vocabulary&, std::size_t number) {
    const Measured measure = random_measure(random);
    Statement limit{StatementKind::restriction, "", {"limit", measure.construct}, {}, {}};
    std::string text;
    if (random.chance(15)) {
        text = "trial until " + random.pick({"2026-12-20", "2026-11-26"}) + " ";
        limit.constructs.emplace_back("trial limit");
    }
    text += fmt::format("limit cap{} on {}\n    {}", number, measure.on, measure.text);
    if (random.chance(25)) {
        text += "\n    where " +
                random.pick({"weight < 50", "customer.tier >= silver", "args.to != \"x\""});
        limit.constructs.emplace_back("limit where");
    }
    text += random_keys(random, limit.constructs);
    text += "\n    over " + random_period(random, limit.constructs);
    text += random_steps(random, measure.caps, limit.constructs);
    if (random.chance(20)) {
        text += "\n    unless " + random.pick({"customer.tier == gold", "weight > 50"});
        limit.constructs.emplace_back("limit unless");
    }
    if (random.chance(10)) text += "\n    at propose, execute";
    if (random.chance(20)) text += "\n    because \"{total} over {cap}, {environment}\"";
    if (random.chance(10)) {
        text += "\n    oblige note(customer.id)";
        limit.constructs.emplace_back("limit oblige");
    }
    limit.text = text + "\n";
    return limit;
}

Statement random_restriction(Random& random, const Vocabulary& vocabulary, std::size_t number) {
    const Targets targets = random_targets(random, vocabulary);
    Expressions when(random, vocabulary, readables_for(vocabulary, targets), TierUse::never);
    const std::string test =
        random.chance(60)
            ? random.pick({"weight > 10", "customer.tier < gold", "environment == live",
                           "customer.id == \"c-1\"", "not idle"})
            : when.condition(1);
    const std::size_t effect = random.below(10);
    const std::string word = effect < 6 ? "gate" : effect < 9 ? "notify" : "block";
    std::string text = fmt::format("{} hold{} {}\n    when {}", word, number, targets.text, test);
    if (word == "gate") {
        text += "\n    by " + random.pick(random.chance(80) ? approvals : memory_roles);
    }
    if (word == "notify") text += "\n    tell lead within 24h";
    return {StatementKind::restriction, text + "\n", {word}, {}, {}};
}

}  // namespace proviso::laws
