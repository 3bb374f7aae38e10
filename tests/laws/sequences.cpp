// See sequences.h.
#include "tests/laws/sequences.h"

#include <algorithm>

#include <fmt/format.h>

#include "tests/laws/memory_sets.h"

namespace proviso::laws {

namespace {

using Words = std::vector<std::string>;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

/// Local midnights of the zones that periods are in, as microseconds: of days, weeks, months,
/// quarters, and of days on which the clocks change.
const std::vector<std::int64_t>& edges() {
    static const std::vector<std::int64_t> all = [] {
        std::vector<std::int64_t> times;
        // 2026-10-24, 2026-11-26, 2026-11-30, 2026-12-01, 2027-01-01, 2027-03-28, in UTC
        for (const std::int64_t from : {20'750, 20'783, 20'787, 20'788, 20'819, 20'905}) {
            for (const std::int64_t offset : {0, -60, -120, 210, 150, -330, -660, -630}) {
                times.push_back(from * day + offset * minute);
            }
        }
        return times;
    }();
    return all;
}

std::string json_of_word(const std::string& text) {
    return "\"" + text + "\"";
}

std::string json_list(const Words& texts) {
    std::string text;
    for (const std::string& one : texts) text += (text.empty() ? "" : ",") + json_of_word(one);
    return "[" + text + "]";
}

Words a_few_of(Random& random, Words words, std::size_t most) {
    random.shuffle(words);
    words.resize(std::min(words.size(), random.below(most + 1)));
    return words;
}

/// The same number written otherwise.
std::string written_otherwise(Random& random, const std::string& json) {
    const bool number = json.find_first_not_of("-0123456789.") == std::string::npos;
    if (!number || random.chance(50)) return json;
    if (json.find('.') != std::string::npos) return json + "0";
    return json + (random.chance(50) ? ".0" : "e0");
}

void drop_member(GeneratedCall::Members& members, const std::string& name) {
    std::erase_if(members, [&](const auto& one) { return one.first == name; });
}

void set_member(GeneratedCall::Members& members, const std::string& name,
                const std::string& value) {
    drop_member(members, name);
    members.emplace_back(name, value);
}

std::string json_of_all(const Words& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ",") + item;
    return "[" + text + "]";
}

}  // namespace

std::string Step::with(const std::vector<std::string>& others) const {
    const std::string mine = json_of_all(approvals);
    std::string text = call;
    const std::size_t at = approvals.empty() ? std::string::npos : text.find(mine);
    return at == std::string::npos ? text : text.replace(at, mine.size(), json_of_all(others));
}

std::string time_text(std::int64_t microseconds) {
    std::int64_t days = microseconds / day;  // none of ours lies before 1970
    std::int64_t year = 1970;
    const auto leap = [](std::int64_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); };
    for (; days >= (leap(year) ? 366 : 365); ++year) days -= leap(year) ? 366 : 365;
    std::int64_t month = 1;
    for (const int length : {31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}) {
        if (days < length) break;
        days -= length;
        ++month;
    }
    const std::int64_t rest = microseconds % day;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", year, month, days + 1,
                       rest / hour, rest / minute % 60, rest / second % 60, rest % second);
}

SequenceMaker::SequenceMaker(Random& random)
    : random_(random),
      careful_(random.chance(50)),
      clock_(random.pick(edges()) - static_cast<std::int64_t>(random.below(3)) * hour) {}

// -------------------------------------------------------------------------------- times

void SequenceMaker::move_clock() {
    const std::vector<std::int64_t> steps{0, 0, 1, second, minute, 10 * minute, 30 * minute, hour};
    const auto jitter = static_cast<std::int64_t>(random_.below(3)) - 1;
    if (random_.chance(75)) {
        clock_ += random_.pick(steps);
        return;
    }
    std::int64_t to = 0;
    if (!asked_.empty() && random_.chance(70)) {
        // Round the moment at which an earlier call falls out of a period.
        const std::vector<std::int64_t> periods{90 * second, hour, day, 2 * day};
        to = random_.pick(asked_).time + random_.pick(periods) + jitter;
    } else {
        to = random_.pick(edges()) + jitter;
    }
    const bool near = to >= clock_ && to < clock_ + 8 * day;
    if (near) clock_ = to;
}

std::int64_t SequenceMaker::some_time() {
    if (!odd(20)) return clock_;
    const std::vector<std::int64_t> shifts{-1,          -second,  -30 * minute, -2 * hour, 1,
                                           10 * minute, 3 * hour, -day,         3 * day};
    return clock_ + random_.pick(shifts);
}

// -------------------------------------------------------------------------------- calls

void SequenceMaker::add_host_values(GeneratedCall& call) {
    auto& host = call.attributes;
    const auto text = [&](const char* path, std::initializer_list<const char*> values) {
        host.emplace_back(path, json_of_word(random_.pick(values)));
    };
    text("principal.id", {"ann", "ann", "ann", "joe"});
    host.emplace_back("principal.roles", random_.chance(90) ? "[\"clerk\"]" : "[\"lead\",\"x\"]");
    if (!odd(3)) text("agent.id", {"bot", "bot", "bot", "max"});
    if (random_.chance(70)) text("workflow.name", {"w", "v"});
    text("environment", {"dev", "live"});
    host.emplace_back("customer.id", json_of_word(random_.pick(memory_customers)));
    text("customer.tier", {"free", "silver", "gold"});
    if (!odd(25)) host.emplace_back("entered.by", json_of_word(random_.pick(memory_people)));
    if (random_.chance(60)) {
        host.emplace_back("watchers", json_list(a_few_of(random_, memory_people, 2)));
    }
    text("mood", {"good", "bad"});
    host.emplace_back("weight", random_.pick({"5", "20", "60", "200"}));
    call.nested = random_.chance(50);
    call.under_attributes = random_.chance(50);
}

void SequenceMaker::add_args(GeneratedCall& call) {
    auto& args = call.args;
    const std::string amount =
        odd(4) ? random_.pick({"-5", "9223372036854775807", "92233720368547758.07", "0"})
               : random_.pick({"1", "10", "20", "20.5", "49.99", "50", "100", "0.01"});
    const std::string to = json_of_word(random_.pick({"x", "y", "z"}));
    if (call.tool == "\"pay\"") {
        args = {{"amount", amount},
                {"to", to},
                {"parts", json_list(a_few_of(random_, {"a", "b", "c"}, 3))}};
        if (!odd(15)) args.emplace_back("fee", random_.pick({"0.5", "1", "1.25", "2"}));
    } else if (call.tool == "\"refund\"") {
        const std::string code = random_.chance(80) ? "USD" : "EUR";
        args = {{"amount", fmt::format(R"({{"amount":{},"currency":"{}"}})",
                                       random_.chance(50) ? amount : json_of_word(amount), code)},
                {"to", to},
                {"count", odd(4) ? random_.pick({"-1", "9223372036854775807"})
                                 : random_.pick({"0", "1", "2", "3"})}};
    } else {
        if (random_.chance(70)) args.emplace_back("to", to);
        if (random_.chance(30)) args.emplace_back("more", R"({"b":1.50,"a":[true,null,"x"]})");
    }
}

/// Takes something away, or has the host not know it.
void SequenceMaker::spoil(GeneratedCall& call) {
    if (call.attributes.empty()) return;
    const std::string path = random_.pick(call.attributes).first;
    switch (random_.below(4)) {
        case 0: call.unknown.push_back(path); break;
        case 1: set_member(call.attributes, path, "[7]"); break;
        default: drop_member(call.attributes, path); break;
    }
}

GeneratedCall SequenceMaker::new_call() {
    GeneratedCall call;
    call.tool = json_of_word(random_.pick({"pay", "pay", "refund", "refund", "look"}));
    if (call.tool == "\"pay\"" && random_.chance(15)) call.stage = "\"propose\"";
    add_host_values(call);
    add_args(call);
    if (odd(25)) spoil(call);
    return call;
}

/// Writes the call down: with its time and id, its parts in any order.
Step SequenceMaker::ask(Asked asked, Step step) {
    GeneratedCall call = asked.call;
    asked.time = some_time();
    if (!asked.id.empty()) call.members.emplace_back("id", json_of_word(asked.id));
    if (!odd(5)) call.members.emplace_back("time", json_of_word(time_text(asked.time)));
    for (auto& [name, value] : call.args) value = written_otherwise(random_, value);
    random_.shuffle(call.args);
    random_.shuffle(call.attributes);
    random_.shuffle(call.members);
    step.call = call.text();
    last_ = std::move(asked);
    learns_ = step.kind == Step::Kind::decide;
    return step;
}

Step SequenceMaker::new_ask() {
    Asked asked{new_call(), "", 0, {}};
    // Mostly the same call for another id, so that totals grow.
    if (!asked_.empty() && random_.chance(50)) asked.call = random_.pick(asked_).call;
    Step step;
    if (random_.chance(85)) asked.id = fmt::format("call-{}", ids_++);
    if (asked.id.empty()) step.constructs.emplace_back("no id");
    if (odd(1)) {
        asked.call.members.emplace_back("id", "7");
        asked.id.clear();
    }
    return ask(std::move(asked), std::move(step));
}

Step SequenceMaker::again() {
    Step step;
    step.constructs.emplace_back("asked again");
    return ask(random_.pick(asked_), std::move(step));
}

Step SequenceMaker::other_plan() {
    Asked asked = random_.pick(asked_);
    const GeneratedCall other = new_call();
    Step step;
    step.constructs.emplace_back("another plan");
    switch (random_.below(4)) {
        case 0: asked.call.attributes = other.attributes; break;
        case 1:
            set_member(asked.call.attributes, "mood", "\"worse\"");  // volatile: the same plan
            break;
        case 2:
            asked.call.tool = other.tool;
            asked.call.stage = other.stage;
            asked.call.args = other.args;
            break;
        default:
            if (!asked.call.args.empty()) set_member(asked.call.args, "to", "\"elsewhere\"");
            break;
    }
    return ask(std::move(asked), std::move(step));
}

// -------------------------------------------------------------------------------- approvals

std::string SequenceMaker::approval_for(const Asked& asked, const std::string& by, bool off,
                                        Step& step) {
    const auto jitter = [&] { return static_cast<std::int64_t>(random_.below(3)) - 1; };
    const bool edge = random_.chance(15);
    const std::vector<std::int64_t> valid{30 * minute, hour, 2 * hour, day};
    const std::vector<std::int64_t> within{90 * second, hour, 4 * hour, day};
    const std::vector<std::int64_t> soon{0, minute, 10 * minute, 30 * minute};
    const std::int64_t at = clock_ - (edge ? random_.pick(valid) + jitter() : random_.pick(soon));
    const std::int64_t requested =
        at - (edge || random_.chance(20) ? random_.pick(within) + jitter() : random_.pick(soon));
    Words roles = a_few_of(random_, memory_roles, 2);
    if (random_.chance(70)) roles.emplace_back(random_.pick({"lead", "boss"}));
    GeneratedCall::Members fields{{"by", json_of_word(by)},
                                  {"roles", json_list(roles)},
                                  {"plan", json_of_word(asked.answered.plan)},
                                  {"gates", json_list(asked.answered.gates)},
                                  {"requested_at", json_of_word(time_text(requested))},
                                  {"at", json_of_word(time_text(at))},
                                  {"verdict", "\"approve\""}};
    if (edge) step.constructs.emplace_back("approval at an edge");
    if (random_.chance(10)) {
        fields.emplace_back("roles_now", json_list(a_few_of(random_, memory_roles, 3)));
    }
    if (off) {
        step.constructs.emplace_back("approval a field off");
        const std::string which = random_.pick(fields).first;
        std::string value = "\"\"";
        if (which == "by") value = random_.pick({"\"ann\"", "\"bot\"", "7", "\"\""});
        if (which == "roles") value = random_.pick({"[]", "[\"nobody\"]", "null"});
        if (which == "plan" && !asked_.empty())
            value = json_of_word(random_.pick(asked_).answered.plan);
        if (which == "gates") value = random_.pick({"[]", "[\"default\"]", "[\"hold0\",\"x\"]"});
        if (which == "requested_at") value = json_of_word(time_text(at + 1));
        if (which == "at") value = json_of_word(time_text(clock_ + 1));
        if (which == "verdict") value = random_.pick({"\"yes\"", "\"reject\"", "null"});
        if (which == "roles_now") value = "[\"clerk\"]";
        set_member(fields, which, value);
    }
    if (random_.chance(4)) {
        step.constructs.emplace_back("rejection");
        set_member(fields, "verdict", "\"reject\"");
    }
    random_.shuffle(fields);
    std::string text;
    for (const auto& [name, value] : fields) {
        text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", name, value);
    }
    return "{" + text + "}";
}

std::string SequenceMaker::approvals_for(const Asked& asked, Step& step) {
    Words people = memory_people;
    if (random_.chance(30)) people.emplace_back("bot");
    random_.shuffle(people);
    people.resize(1 + random_.below(4));
    if (random_.chance(30)) people.insert(people.begin(), "ann");
    const std::size_t off = random_.chance(25) ? random_.below(people.size()) : people.size();
    for (std::size_t i = 0; i < people.size(); ++i) {
        step.approvals.push_back(approval_for(asked, people[i], i == off, step));
    }
    return json_of_all(step.approvals);
}

/// A call that is held comes again.
Step SequenceMaker::with_approvals() {
    std::vector<Asked> held;
    for (const Asked& one : asked_) {
        const bool can = !one.answered.gates.empty() && !one.answered.plan.empty();
        if (can && !one.answered.let_through) held.push_back(one);
    }
    if (held.empty()) return new_ask();
    Asked asked = random_.pick(held);
    Step step;
    step.constructs.emplace_back("approvals");
    const GeneratedCall plain = asked.call;
    set_member(asked.call.members, "approvals", approvals_for(asked, step));
    if (random_.chance(5)) {
        set_member(asked.call.attributes, "weight", "21");
        step.constructs.emplace_back("approvals for another plan");
    }
    Step written = ask(asked, std::move(step));
    last_.call = plain;
    return written;
}

// -------------------------------------------------------------------------------- the host

Step SequenceMaker::report() {
    Step step;
    const bool confirm = random_.chance(65);
    step.kind = confirm ? Step::Kind::confirm : Step::Kind::cancel;
    step.name = asked_.empty() || random_.chance(5) ? "call-never" : random_.pick(asked_).id;
    if (step.name.empty()) step.name = "call-0";
    step.constructs.emplace_back(confirm ? "confirm" : "cancel");
    return step;
}

Step SequenceMaker::switch_halt() {
    Step step;
    if (!halts_.empty() && random_.chance(80)) {
        step = halts_.back();
        halts_.pop_back();
        step.kind = Step::Kind::resume;
        step.constructs = {"resume"};
        return step;
    }
    step.kind = Step::Kind::halt;
    step.halt = random_.pick({"everything", "tool", "agent", "workflow", "principal"});
    if (step.halt == "tool") step.name = random_.pick({"pay", "*", "re*", "look"});
    if (step.halt == "agent") step.name = random_.pick({"bot", "max"});
    if (step.halt == "workflow") step.name = random_.pick({"w", "v"});
    if (step.halt == "principal") step.name = random_.pick({"ann", "joe"});
    step.constructs = {"halt " + step.halt};
    halts_.push_back(step);
    return step;
}

Step SequenceMaker::next() {
    learns_ = false;
    move_clock();
    // A halt is over soon, so that the rest of the sequence is about something.
    if (!halts_.empty() ? random_.chance(40) : random_.chance(3)) return switch_halt();
    const std::size_t choice = random_.below(100);
    if (asked_.empty() || choice < 35) return new_ask();
    if (choice < 60) return with_approvals();
    if (choice < 74) return again();
    if (choice < 80) return other_plan();
    if (choice < 92) return report();
    Step step = random_.chance(50) ? again() : new_ask();
    step.kind = Step::Kind::preview;
    step.constructs.emplace_back("preview");
    learns_ = false;
    return step;
}

void SequenceMaker::learn(const Answered& answered) {
    if (!learns_) return;
    last_.answered = answered;
    std::erase_if(asked_, [&](const Asked& one) { return !one.id.empty() && one.id == last_.id; });
    asked_.push_back(last_);
}

}  // namespace proviso::laws
