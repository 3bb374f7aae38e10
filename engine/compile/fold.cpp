// Operands stand before what is made of them, and a `let` before its uses: one pass over the nodes
// folds chains of any length.
//
// Only what the VM would compute to the same known value is folded: engine/vm/operations.h says the
// same of calls. Kleene's logic decides connectives, so that `false and x` is false though x may be
// unknown. Covered by tests/golden/compile/fold and tests/unit/engine/compile/fold_test.cpp, which
// holds every operation against the VM's.
#include "engine/compile/fold.h"

#include <array>
#include <cstring>
#include <optional>

#include "engine/model/native.h"
#include "engine/model/pattern.h"
#include "stdlib/functions.h"

namespace proviso::compile {
namespace {

using check::CompareOp;
using check::Node;
using check::NodeId;
using check::NodeKind;
using model::Kind;
using model::Value;

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t microseconds_per_second = 1'000'000;

using Result = std::optional<Value>;

Result truth(bool value) {
    return model::of_integer(value ? 1 : 0);
}

// ---------------------------------------------------------------- arithmetic

Result add(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
    return model::of_integer(result);
}

Result subtract(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(a, b, &result)) return std::nullopt;
    return model::of_integer(result);
}

Result multiply(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
    return model::of_integer(result);
}

// The lowest integer is no decimal: coefficients are symmetric.
Result of_integer_as_decimal(std::int64_t value) {
    return value == INT64_MIN ? std::nullopt : Result(model::of_decimal({value, 0}));
}

Result of_decimal(const std::optional<model::Decimal>& value) {
    return value ? Result(model::of_decimal(*value)) : std::nullopt;
}

Result of_money(const std::optional<model::Decimal>& value, model::Currency currency) {
    return value ? Result(model::of_money(*value, currency)) : std::nullopt;
}

/// A duration in the unit of a time or date; whole days for a date.
Result shift_of(Kind kind, const Value& duration) {
    if (kind == Kind::time) return multiply(duration.integer, microseconds_per_second);
    if (duration.integer % seconds_per_day != 0) return std::nullopt;
    return model::of_integer(duration.integer / seconds_per_day);
}

Result between(Kind kind, const Value& a, const Value& b) {
    const Result delta = subtract(a.integer, b.integer);
    if (!delta) return delta;
    if (kind == Kind::date) return multiply(delta->integer, seconds_per_day);
    if (delta->integer % microseconds_per_second != 0) return std::nullopt;
    return model::of_integer(delta->integer / microseconds_per_second);
}

bool is_moment(Kind kind) {
    return kind == Kind::time || kind == Kind::date;
}

Result sum(Kind left, const Value& a, Kind right, const Value& b) {
    if (is_moment(right)) return sum(right, b, left, a);
    if (is_moment(left)) {
        const Result shift = shift_of(left, b);
        return shift ? add(a.integer, shift->integer) : shift;
    }
    if (left == Kind::decimal) return of_decimal(model::add(a.decimal(), b.decimal()));
    if (left != Kind::money) return add(a.integer, b.integer);
    if (a.currency() != b.currency()) return std::nullopt;
    return of_money(model::add(a.decimal(), b.decimal()), a.currency());
}

Result difference(Kind left, const Value& a, Kind right, const Value& b) {
    if (is_moment(left) && left == right) return between(left, a, b);
    if (is_moment(left)) {
        const Result shift = shift_of(left, b);
        return shift ? subtract(a.integer, shift->integer) : shift;
    }
    if (left == Kind::decimal) return of_decimal(model::subtract(a.decimal(), b.decimal()));
    if (left != Kind::money) return subtract(a.integer, b.integer);
    if (a.currency() != b.currency()) return std::nullopt;
    return of_money(model::subtract(a.decimal(), b.decimal()), a.currency());
}

Result product(Kind left, const Value& a, Kind right, const Value& b) {
    if (right == Kind::money) return product(right, b, left, a);
    if (left == Kind::decimal) return of_decimal(model::multiply(a.decimal(), b.decimal()));
    if (left != Kind::money) return multiply(a.integer, b.integer);
    return of_money(model::multiply(a.decimal(), b.decimal()), a.currency());
}

// ---------------------------------------------------------------- comparisons

/// Below, at or above zero; nothing where the two do not compare.
std::optional<int> order(Kind kind, const Value& a, const Value& b) {
    const auto sign = [](auto ordering) { return ordering < 0 ? -1 : (ordering > 0 ? 1 : 0); };
    switch (kind) {
        case Kind::string: return sign(a.view().compare(b.view()));
        case Kind::ip: return sign(std::memcmp(a.address, b.address, 16));
        case Kind::money:
            if (a.currency() != b.currency()) return std::nullopt;
            return sign(model::compare(a.decimal(), b.decimal()));
        case Kind::decimal: return sign(model::compare(a.decimal(), b.decimal()));
        case Kind::boolean:
        case Kind::integer:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration: return sign(a.integer <=> b.integer);
        case Kind::list:
        case Kind::record:
        case Kind::opaque: return std::nullopt;
    }
    return std::nullopt;
}

bool holds(CompareOp op, int order) {
    switch (op) {
        case CompareOp::equal: return order == 0;
        case CompareOp::not_equal: return order != 0;
        case CompareOp::less: return order < 0;
        case CompareOp::less_equal: return order <= 0;
        case CompareOp::greater: return order > 0;
        case CompareOp::greater_equal: return order >= 0;
    }
    return false;
}

/// Whether a value is in a list; nothing where no member is equal and one does not compare.
std::optional<bool> member(Kind kind, const Value& value, const Value& list) {
    bool comparable = true;
    for (std::uint32_t i = 0; i < list.extra; ++i) {
        const std::optional<int> found = order(kind, value, list.elements[i]);
        if (found == 0) return true;
        comparable = comparable && found;
    }
    return comparable ? std::optional(false) : std::nullopt;
}

std::int64_t code_points(std::string_view text) {
    std::int64_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

// ---------------------------------------------------------------- the pass

class Folder {
  public:
    Folder(const check::PolicySet& set, std::deque<std::string>& texts)
        : set_(set),
          texts_(texts) {}

    Folded run() {
        for (std::uint32_t i = 0; i < set_.nodes.size(); ++i) {
            const Result result = folded(set_.nodes[i]);
            if (result) folded_.emplace(NodeId{i}, *result);
        }
        return std::move(folded_);
    }

  private:
    [[nodiscard]] const Value* known(NodeId id) const {
        if (id == check::no_node) return nullptr;
        const Node& node = set_.node(id);
        if (node.kind == NodeKind::constant) return node.value.known() ? &node.value : nullptr;
        if (folded_.empty()) return nullptr;
        const auto found = folded_.find(id);
        return found == folded_.end() ? nullptr : &found->second;
    }

    [[nodiscard]] Kind kind(NodeId id) const { return set_.types.type(set_.node(id).type).kind; }

    [[nodiscard]] Result folded(const Node& node) {
        switch (node.kind) {
            case NodeKind::add: return binary(node, sum);
            case NodeKind::subtract: return binary(node, difference);
            case NodeKind::multiply: return binary(node, product);
            case NodeKind::compare: return compared(node);
            case NodeKind::in_list: return contained(node);
            case NodeKind::to_decimal:
            case NodeKind::money_amount:
            case NodeKind::length:
            case NodeKind::like:
            case NodeKind::logical_not: return unary(node);
            case NodeKind::logical_and:
            case NodeKind::logical_or: return connected(node);
            case NodeKind::shared: return opened(node);
            case NodeKind::native: return called(node);
            case NodeKind::constant:
            case NodeKind::slot:
            case NodeKind::fact:
            case NodeKind::variable:
            case NodeKind::field:
            case NodeKind::money_currency:  // a text that the program would have to keep
            case NodeKind::in_window:       // take tables that only the VM has made ready
            case NodeKind::local:
            case NodeKind::matches:  // takes RE2, which only the VM has
            case NodeKind::has:
            case NodeKind::role_test:
            case NodeKind::tier_test:
            case NodeKind::coalesce:
            case NodeKind::any:
            case NodeKind::all:
            case NodeKind::count_if:
            case NodeKind::sum_of:
            case NodeKind::table_read:
            case NodeKind::counter_read:
            case NodeKind::limit_total:
            case NodeKind::limit_cap: return std::nullopt;
        }
        return std::nullopt;
    }

    template <class Operation>
    [[nodiscard]] Result binary(const Node& node, Operation operation) const {
        const Value* a = known(node.a);
        const Value* b = known(node.b);
        return a && b ? operation(kind(node.a), *a, kind(node.b), *b) : std::nullopt;
    }

    [[nodiscard]] Result compared(const Node& node) const {
        const Value* a = known(node.a);
        const Value* b = known(node.b);
        if (!a || !b) return std::nullopt;
        const std::optional<int> found = order(kind(node.a), *a, *b);
        return found ? truth(holds(node.op, *found)) : std::nullopt;
    }

    [[nodiscard]] Result contained(const Node& node) const {
        const Value* a = known(node.a);
        const Value* list = known(node.b);
        if (!a || !list) return std::nullopt;
        const std::optional<bool> found = member(kind(node.a), *a, *list);
        return found ? truth(*found != node.negated) : std::nullopt;
    }

    [[nodiscard]] Result unary(const Node& node) const {
        const Value* a = known(node.a);
        if (!a) return std::nullopt;
        if (node.kind == NodeKind::to_decimal) return of_integer_as_decimal(a->integer);
        if (node.kind == NodeKind::money_amount) return model::of_decimal(a->decimal());
        if (node.kind == NodeKind::logical_not) return truth(a->integer == 0);
        if (node.kind == NodeKind::like) {
            return truth(model::glob_matches(node.text, a->view()) != node.negated);
        }
        return model::of_integer(kind(node.a) == Kind::list ? std::int64_t{a->extra}
                                                            : code_points(a->view()));
    }

    [[nodiscard]] Result called(const Node& node) {
        std::array<model::NativeArgument, native::most_arguments> arguments;
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            const NodeId item = set_.node_items[node.items.begin + i];
            const Value* value = known(item);
            if (!value) return std::nullopt;
            arguments[i] = {*value, set_.node(item).type};
        }
        std::array<char, native::text_bytes> room{};
        const Value result = model::call_native(*stdlib::find_function(node.text), set_.types,
                                                std::span(arguments).first(node.items.count), room);
        if (!result.known()) return std::nullopt;
        if (set_.types.type(node.type).kind != Kind::string) return result;
        return model::of_text(texts_.emplace_back(result.view()));
    }

    /// One member that decides is enough; else all have to be known.
    [[nodiscard]] Result connected(const Node& node) const {
        const bool deciding = node.kind == NodeKind::logical_or;
        bool all_known = true;
        for (std::uint32_t i = 0; i < node.items.count; ++i) {
            const Value* item = known(set_.node_items[node.items.begin + i]);
            if (item && (item->integer != 0) == deciding) return truth(deciding);
            all_known = all_known && item;
        }
        return all_known ? truth(!deciding) : std::nullopt;
    }

    [[nodiscard]] Result opened(const Node& node) const {
        const Value* value = known(set_.shared[static_cast<std::size_t>(node.shared)].node);
        return value ? Result(*value) : std::nullopt;
    }

    const check::PolicySet& set_;
    std::deque<std::string>& texts_;
    Folded folded_;
};

}  // namespace

Folded fold(const check::PolicySet& set, std::deque<std::string>& texts) {
    return Folder(set, texts).run();
}

}  // namespace proviso::compile
