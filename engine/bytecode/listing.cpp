#include "engine/bytecode/listing.h"

#include <algorithm>

#include "engine/bytecode/opcodes.h"
#include "engine/model/calendar.h"
#include "engine/model/text.h"

namespace proviso::bytecode {
namespace {

constexpr std::string_view effect_words[] = {"allow", "notify", "gate", "block"};
constexpr std::string_view local_parts[] = {"hour", "weekday", "date"};
constexpr std::string_view loop_words[] = {"any", "all", "count", "sum"};

std::vector<std::uint32_t> line_starts(std::string_view text) {
    std::vector<std::uint32_t> starts{0};
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
        starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
    return starts;
}

std::string_view first_line(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::string code_address(std::uint32_t at) {
    const std::string digits = std::to_string(at);
    return digits.size() >= 4 ? digits : std::string(4 - digits.size(), '0') + digits;
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t length = model::count_code_points(text);
    if (length < width) text.append(width - length, ' ');
    return text;
}

void append_item(std::string& list, std::string_view item) {
    if (!list.empty()) list += ", ";
    list += item;
}

Names::Names(const Program& program) : program_(program) {
    for (const Source& source : program.sources) line_starts_.push_back(line_starts(source.text));
}

std::string Names::place(std::uint32_t at) const {
    const std::size_t slots = program_.slots.size();
    return at < slots ? program_.slots[at].path : "t" + std::to_string(at - slots);
}

std::string Names::constant(std::uint32_t at) const {
    return model::to_text(program_.types, program_.constant_types[at], program_.constants[at]);
}

std::string Names::operand(std::uint32_t at, bool is_constant) const {
    return is_constant ? constant(at) : place(at);
}

std::string Names::loop(std::uint32_t at) const {
    const Loop& loop = program_.loops[at];
    std::string text(loop_words[static_cast<std::size_t>(loop.kind)]);
    text += ' ' + place(loop.variable) + " in " + operand(loop.list, loop.list_constant);
    if (loop.kind == LoopKind::sum) text += " of " + operand(loop.value, loop.value_constant);
    return loop.body == none ? text : text + ", body " + code_address(loop.body);
}

namespace {

// 540 is "mon 09:00".
std::string minute_text(std::uint32_t minute) {
    const auto two = [](std::uint32_t number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    const std::uint32_t of_day = minute % model::minutes_per_day;
    return std::string(model::weekday_text(minute / model::minutes_per_day % 7)) + ' ' +
           two(of_day / 60) + ':' + two(of_day % 60);
}

template <class Span, class Text>
std::string spans_text(const std::vector<Span>& spans, const Text& text) {
    constexpr std::size_t shown = 8;  // listings are read by people
    std::string result;
    for (std::size_t i = 0; i < spans.size() && i < shown; ++i) append_item(result, text(spans[i]));
    if (spans.size() > shown) {
        append_item(result, "and " + std::to_string(spans.size() - shown) + " more");
    }
    return result;
}

}  // namespace

std::vector<std::string> Names::window(std::uint32_t at) const {
    const auto minutes = [](const model::MinuteSpan& span) {
        return minute_text(span.begin) + " .. " + minute_text(span.end);
    };
    const auto days = [](const model::DaySpan& span) {
        const std::string first = model::date_text(span.first);
        return span.first == span.last ? first : first + " .. " + model::date_text(span.last);
    };
    std::vector<std::string> lines;
    for (const model::WindowTerm& term : program_.windows[at].terms) {
        std::string text = '"' + program_.zones[term.zone].name + '"';
        if (!term.hours.empty()) text += ", hours " + spans_text(term.hours, minutes);
        if (!term.spill.empty()) text += ", spill " + spans_text(term.spill, minutes);
        if (!term.days.empty()) text += ", days " + spans_text(term.days, days);
        for (const model::WindowExcept& one : term.except) {
            text += (one.by_day ? ", except days of " : ", except ") +
                    program_.windows[one.window].name;
        }
        lines.push_back(std::move(text));
    }
    return lines;
}

std::string Names::role(std::uint32_t at) const {
    return program_.roles[at].name;
}

std::vector<std::string> Names::approval(std::uint32_t at) const {
    const Approval& it = program_.approvals[at];
    std::vector<std::string> lines;
    for (const ApprovalNeed& need : it.needs) {
        std::string who = need.principal ? "principal" : need.approvers ? "approvers" : "";
        for (const std::uint32_t one : need.roles) who += (who.empty() ? "" : " or ") + role(one);
        lines.push_back("needs " + std::to_string(need.count) + " of " + who);
    }
    lines.push_back("within " + model::duration_text(it.within_seconds) + ", valid " +
                    model::duration_text(it.valid_seconds));
    for (const Escalation& also : it.escalations) {
        lines.push_back("also " + role(also.role) + " after " +
                        model::duration_text(also.after_seconds));
    }
    for (const Excluded& one : it.never) {
        lines.push_back("never " + operand(one.value.value, one.value.constant));
    }
    return lines;
}

std::string Names::outcome(const Rule& rule) const {
    std::string text(effect_words[static_cast<std::size_t>(rule.effect)]);
    if (rule.approval != none) return text + " by " + program_.approvals[rule.approval].name;
    if (rule.role == none) return text;
    text += rule.effect == Effect::notify ? " " : " by ";
    return text + role(rule.role);
}

std::string Names::bits(model::EnumId words, std::uint32_t mask) const {
    std::string text;
    const auto& all = program_.types.enumeration(words).words;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if ((mask >> i & 1U) != 0) append_item(text, all[i]);
    }
    return text;
}

// ---------------------------------------------------------------- sources

std::string Names::file_line(const Place& place) const {
    if (place.begin == place.end) return {};
    const auto& starts = line_starts_[place.source];
    const auto after = std::upper_bound(starts.begin(), starts.end(), place.begin);
    return program_.sources[place.source].name + ':' + std::to_string(after - starts.begin());
}

std::string_view Names::source_line(const Place& place) const {
    if (place.begin == place.end) return {};
    const auto& starts = line_starts_[place.source];
    const auto after = std::upper_bound(starts.begin(), starts.end(), place.begin);
    const std::string_view text = program_.sources[place.source].text;
    return first_line(text.substr(*std::prev(after)));
}

std::string_view Names::source_text(const Place& place) const {
    if (place.begin == place.end) return {};
    const std::string_view text = program_.sources[place.source].text;
    return first_line(text.substr(place.begin, place.end - place.begin));
}

// ---------------------------------------------------------------- headings

std::string Names::with_place(std::string heading, const Place& place,
                              std::string_view text) const {
    const std::string at = file_line(place);
    if (!at.empty()) heading += "  " + at;
    if (!text.empty()) (heading += "\n    | ") += text;
    return heading;
}

std::string Names::rule_heading(const Rule& rule) const {
    std::string text = "rule " + rule.name + ": " + outcome(rule);
    if (rule.on_trial) text += ", on trial";
    return with_place(std::move(text), rule.place, source_line(rule.place));
}

namespace {

std::string memory_heading(const std::string& statement, const Measure& measure, std::size_t part) {
    if (part == 0) return statement + ", where";
    if (part == 1) return statement + ", unless";
    if (part == 2) return statement + ", value";
    part -= 3;
    const bool key = part < measure.per.size();
    if (!key) part -= measure.per.size();
    return statement + (key ? ", key " : ", cap ") + std::to_string(part + 1);
}

std::string period_text(const Program& program, const Period& period) {
    constexpr std::string_view units[] = {"day", "week", "month", "quarter"};
    if (!period.rolling) {
        return "each " + std::string(units[static_cast<std::size_t>(period.unit)]) + " in \"" +
               program.zones[period.zone].name + '"';
    }
    return (period.about ? "about " : "") + model::duration_text(period.length_seconds);
}

std::string value_text(const Names& names, const ValueRef& value) {
    return names.operand(value.value, value.constant);
}

}  // namespace

std::string Names::measure(const Measure& it) const {
    constexpr std::string_view words[] = {"count", "sum", "distinct"};
    std::string text(words[static_cast<std::size_t>(it.aggregate)]);
    if (it.aggregate != Aggregate::count) text += ' ' + value_text(*this, it.value);
    if (it.where != none) text += " where block " + code_address(it.where);
    std::string keys;
    for (const ValueRef& key : it.per) append_item(keys, value_text(*this, key));
    if (!keys.empty()) text += " per " + keys;
    return text + " over " + period_text(program_, it.period);
}

std::string Names::limit(const Limit& it) const {
    std::string text = it.name + ": " + measure(it.measure);
    if (it.unless != none) text += ", unless block " + code_address(it.unless);
    for (std::size_t i = 0; i < it.steps.size(); ++i) {
        const LimitStep& step = it.steps[i];
        text += std::string(step.inclusive ? ", >= " : ", > ") + value_text(*this, step.cap);
        text += ": " + outcome(program_.rules[it.first_rule + 1 + i]);
    }
    return text;
}

std::string Names::read(const CounterRead& it) const {
    std::string keys;
    for (const ValueRef& key : it.keys) append_item(keys, value_text(*this, key));
    return program_.counters[it.counter].name + '[' + keys + "] into " + place(it.value);
}

std::string Names::heading(const BlockUse& use) const {
    switch (use.user) {
        case BlockUser::rule: return rule_heading(program_.rules[use.index]);
        case BlockUser::entry: {
            const Rule& rule = program_.rules[program_.entries[use.index].rule];
            if (rule.block == use.block) return {};
            return "entry of rule " + rule.name;
        }
        case BlockUser::raise: {
            const Raise& raise = program_.raises[use.index];
            return with_place(
                "raise " + raise.name + " to " + bits(model::tier_enum, 1U << raise.tier),
                raise.place, source_line(raise.place));
        }
        case BlockUser::grant: {
            const Grant& grant = program_.grants[use.index];
            return with_place("grant to " + role(grant.role), grant.place,
                              source_line(grant.place));
        }
        case BlockUser::shared: return "shared " + program_.shared[use.index].name;
        case BlockUser::loop: return "body of loop " + std::to_string(use.index);
        case BlockUser::instruction: return "condition of " + code_address(use.index);
        case BlockUser::explain: {
            const Place& place = program_.explain_nodes[use.index].place;
            return with_place("explanation", place, source_text(place));
        }
        case BlockUser::matrix_axis:
            return "matrix " + program_.matrices[use.index].name + ", axis " +
                   std::to_string(use.part + 1);
        case BlockUser::because: return "text of rule " + program_.rules[use.index].name;
        case BlockUser::obligation: return "obligation of rule " + program_.rules[use.index].name;
        case BlockUser::never: return "never of approval " + program_.approvals[use.index].name;
        case BlockUser::limit:
            return memory_heading("limit " + program_.limits[use.index].name,
                                  program_.limits[use.index].measure, use.part);
        case BlockUser::counter:
            return memory_heading("counter " + program_.counters[use.index].name,
                                  program_.counters[use.index].measure, use.part);
        case BlockUser::counter_key: {
            const CounterRead& read = program_.counter_reads[use.index];
            return "key " + std::to_string(use.part + 1) + " of a read of " +
                   program_.counters[read.counter].name;
        }
    }
    return {};
}

// ---------------------------------------------------------------- instructions

namespace {

class InstructionText {
  public:
    InstructionText(const Names& names, const Program& program, std::uint32_t at)
        : names_(names),
          program_(program),
          at_(at),
          it_(program.code[at]),
          row_(info(it_.op)) {}

    [[nodiscard]] std::string line() const {
        constexpr std::size_t name_width = 16;
        constexpr std::size_t operands_width = 40;
        std::string text = code_address(at_) + "  ";
        const std::string operands = this->operands();
        const std::string tail = this->tail();
        if (operands.empty() && tail.empty()) return text.append(row_.name);
        text += padded(std::string(row_.name), name_width) + ' ';
        return text + (tail.empty() ? operands : padded(operands, operands_width) + ' ' + tail);
    }

  private:
    [[nodiscard]] std::string operands() const {
        if (it_.op == Op::table) return table();
        std::string text = operand(row_.a, it_.a, (it_.flags & a_constant) != 0);
        const std::string b = operand(row_.b, it_.b, (it_.flags & b_constant) != 0);
        if (!b.empty()) append_item(text, b);
        if (it_.op == Op::date_shift || it_.op == Op::time_shift) {
            append_item(text, it_.extra == 0 ? "forward" : "back");
        }
        if (it_.op == Op::local) append_item(text, local_parts[it_.extra]);
        if (it_.op == Op::fact) {
            append_item(text, names_.place(program_.facts[it_.b].key + 1 + it_.extra));
        }
        return text;
    }

    [[nodiscard]] std::string table() const {
        const Table& table = program_.tables[it_.b];
        std::string keys;
        for (std::uint32_t i = 0; i < table.axes.size(); ++i) {
            append_item(keys, names_.place(it_.a + i));
        }
        return table.name + '[' + keys + ']';
    }

    [[nodiscard]] std::string operand(Operand kind, std::uint32_t at, bool is_constant) const {
        switch (kind) {
            case Operand::unused:
            case Operand::target: return {};
            case Operand::place:
            case Operand::operand: return names_.operand(at, is_constant);
            case Operand::constant: return names_.constant(at);
            case Operand::set: return set(program_.sets[at]);
            case Operand::glob: return quoted(program_.globs[at]);
            case Operand::regex: return 'r' + quoted(program_.regexes[at]);
            case Operand::role: return names_.role(at);
            case Operand::shared: return program_.shared[at].name;
            case Operand::loop: return names_.loop(at);
            case Operand::table: return program_.tables[at].name;
            case Operand::facts: return program_.facts[at].name;
            case Operand::window: return program_.windows[at].name;
            case Operand::zone: return quoted(program_.zones[at].name);
            case Operand::native: return native(program_.native_calls[at]);
            case Operand::block: return code_address(at);
            case Operand::word: return word(at);
            case Operand::mask: return names_.bits(model::tier_enum, at);
        }
        return {};
    }

    [[nodiscard]] std::string word(std::uint32_t at) const {
        if (it_.op == Op::role) return at == 0 ? "principal" : "agent";
        return std::to_string(at);
    }

    static std::string quoted(std::string_view text) {
        std::string result;
        model::append_quoted(result, text);
        return result;
    }

    [[nodiscard]] std::string native(const NativeCall& called) const {
        std::string arguments;
        for (const ValueRef& argument : called.arguments) {
            append_item(arguments, names_.operand(argument.value, argument.constant));
        }
        const std::string& signature = program_.functions[called.function];
        return signature.substr(0, signature.find('(')) + '(' + arguments + ')';
    }

    // The first few members: listings are read by people.
    [[nodiscard]] std::string set(const Set& set) const {
        constexpr std::size_t shown = 8;
        std::string text;
        for (std::size_t i = 0; i < std::min(shown, set.members.size()); ++i) {
            append_item(text, names_.constant(set.members[i]));
        }
        const std::size_t more = set.members.size() - std::min(shown, set.members.size());
        if (more > 0) append_item(text, "and " + std::to_string(more) + " more");
        return '[' + text + ']';
    }

    [[nodiscard]] std::string tail() const {
        switch (row_.op_class) {
            case OpClass::test: {
                std::string text = (it_.flags & jump_if) != 0 ? "if true" : "if false";
                if ((it_.flags & unknown_jumps) != 0) text += " or unknown";
                return text + " → " + code_address(it_.c);
            }
            case OpClass::value: return "into " + names_.place(it_.c);
            case OpClass::move: return "→ " + code_address(it_.c);
            case OpClass::end: return {};
        }
        return {};
    }

    const Names& names_;
    const Program& program_;
    std::uint32_t at_;
    const Instruction& it_;
    const OpInfo& row_;
};

}  // namespace

std::string instruction_line(const Names& names, const Program& program, std::uint32_t at) {
    return InstructionText(names, program, at).line();
}

}  // namespace proviso::bytecode
