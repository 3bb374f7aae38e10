// See functions.h. What a call says of constants is looked at here: a function that can tell
// nothing of them never will. Covered by tests/golden/check/functions.
#include "engine/check/functions.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/check/expressions.h"
#include "engine/check/names.h"
#include "engine/check/typing.h"
#include "engine/model/currency.h"
#include "engine/model/native.h"
#include "engine/model/pattern.h"

namespace proviso::check {
namespace {

using model::SignatureType;

std::string wanted_text(const Context& context, const SignatureType& wanted) {
    if (wanted.kind == Kind::list || wanted.kind == Kind::record) {
        return ticked(model::text_of(wanted));
    }
    return described(context, scalar(context, wanted.kind));
}

Typed argument(Context& context, Scope& scope, ast::ExprId id, const SignatureType& wanted) {
    const bool is_scalar = wanted.kind != Kind::list && wanted.kind != Kind::record;
    const TypeId hint = is_scalar ? scalar(context, wanted.kind) : model::no_type;
    Typed value = elaborate(context, scope, id, hint);
    if (value.bad()) return value;
    if (wanted.kind == Kind::decimal && is_kind(context, value, Kind::integer)) {
        value = widened(context, value);
    }
    if (model::accepts(context.set.types, wanted, value.type)) return value;
    const bool parts = !is_scalar && context.kind(value.type) == wanted.kind;
    const std::string found =
        parts ? ticked(context.set.types.text(value.type)) : described(context, value.type);
    context.report(DiagnosticId::type_mismatch, scope.file->expr(id).span,
                   {wanted_text(context, wanted), found});
    return make_bad(context);
}

/// The same of a function whose arguments are the host's word.
Typed host_argument(Context& context, Scope& scope, ast::ExprId id, const SignatureType& wanted,
                    std::string_view name) {
    const AgentWatch watch(scope);
    const Typed value = argument(context, scope, id, wanted);
    if (value.bad() || !watch.found()) return value;
    context.report(DiagnosticId::agent_chooses, scope.file->expr(id).span, {name},
                   "take what the host says: `call.id`, `principal.id`, an attribute");
    return make_bad(context);
}

/// The currency that a constant code names; 0 where it is not known. A wrong one is reported.
std::optional<model::Currency> currency_of(Context& context, const native::Function& function,
                                           const std::vector<Typed>& arguments) {
    if (function.currency < 0) return 0;
    const Typed& code = arguments[static_cast<std::size_t>(function.currency)];
    if (!is_constant(context, code)) return 0;
    const Node& node = context.set.node(code.node);
    const std::string_view text = node.value.view();
    const std::optional<model::Currency> currency = model::pack_currency(text);
    if (currency && model::is_iso_currency(*currency)) return currency;
    context.report(DiagnosticId::unknown_currency, node.span, {text},
                   "write a code of ISO 4217, such as `USD`");
    return std::nullopt;
}

/// Whether the call has a value, as far as constants tell; says so where it has none.
bool may_have_value(Context& context, const native::Function& function,
                    const std::vector<Typed>& arguments, Span span) {
    std::vector<model::NativeArgument> values;
    for (const Typed& one : arguments) {
        if (!is_constant(context, one)) return true;
        values.push_back({context.set.node(one.node).value, one.type});
    }
    std::array<char, native::text_bytes> room{};
    const Value result = model::call_native(function, context.set.types, values, room);
    if (result.known()) return true;
    context.report(DiagnosticId::function_without_value, span,
                   {native::name_of(function.signature), model::name(result.state)});
    return false;
}

Node native_node(Context& context, const native::Function& function,
                 const std::vector<Typed>& arguments, Span span) {
    std::vector<NodeId> items;
    items.reserve(arguments.size());
    for (const Typed& one : arguments) items.push_back(one.node);
    Node node;
    node.kind = NodeKind::native;
    node.text = native::name_of(function.signature);
    node.items = add_items(context, items);
    node.span = span;
    return node;
}

}  // namespace

Typed elaborate_native(Context& context, Scope& scope, const ast::Expr& call,
                       const native::Function& function) {
    if (is_cidr(call)) {
        context.report(DiagnosticId::cidr_alone, call.span, {},
                       "write `ADDRESS in cidr(\"10.0.0.0/8\")`");
        return make_bad(context);
    }
    const model::Signature signature = model::parse_signature(function.signature);
    if (call.items.count != signature.arguments.size()) {
        context.report(DiagnosticId::argument_count, call.span,
                       {signature.name, counted(signature.arguments.size(), "argument"),
                        std::to_string(call.items.count)},
                       "its form is " + ticked(function.signature));
        return make_bad(context);
    }
    std::vector<Typed> arguments;
    bool bad = false;
    for (std::uint32_t i = 0; i < call.items.count; ++i) {
        const ast::ExprId id = scope.file->expr_items[call.items.begin + i];
        const SignatureType& wanted = signature.arguments[i];
        arguments.push_back(function.host_only
                                ? host_argument(context, scope, id, wanted, signature.name)
                                : argument(context, scope, id, wanted));
        bad = bad || arguments.back().bad();
    }
    if (bad) return make_bad(context);
    const auto currency = currency_of(context, function, arguments);
    if (!currency || !may_have_value(context, function, arguments, call.span)) {
        return make_bad(context);
    }
    const Node node = native_node(context, function, arguments, call.span);
    const Kind kind = signature.result.kind;
    return make(context, node,
                kind == Kind::money ? money_in(context, *currency) : scalar(context, kind));
}

// ---------------------------------------------------------------- networks

bool is_cidr(const ast::Expr& expr) {
    return expr.kind == ast::ExprKind::call && expr.text == "cidr";
}

namespace {

constexpr std::string_view network_help =
    "write an address, and how many of its bits count: `10.0.0.0/8`";

struct Network {
    model::Address address;
    std::int64_t bits = 0;  // of 128
};

std::optional<std::int64_t> bits_of(std::string_view text, std::int64_t most) {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
    std::int64_t bits = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        bits = bits * 10 + (c - '0');
    }
    return bits <= most ? std::optional(bits) : std::nullopt;
}

std::optional<Network> parse_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto address = model::parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    const bool version_4 = address->family == 4;
    const auto bits = bits_of(text.substr(slash + 1), version_4 ? 32 : 128);
    if (!bits) return std::nullopt;
    return Network{*address, *bits + (version_4 ? 96 : 0)};
}

/// The address with the bits cleared that do not count.
model::Address first_address(const Network& network) {
    model::Address result = network.address;
    for (std::size_t bit = static_cast<std::size_t>(network.bits); bit < 128; ++bit) {
        result.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
    }
    return result;
}

std::optional<Network> network_of(Context& context, std::string_view text, Span span) {
    const std::optional<Network> network = parse_network(text);
    if (!network) {
        context.report(DiagnosticId::bad_network, span, {text}, std::string(network_help));
        return std::nullopt;
    }
    const model::Address first = first_address(*network);
    if (first == network->address) return network;
    const std::string better = model::address_text(first.bytes.data(), first.family) +
                               std::string(text.substr(text.find('/')));
    context.report(DiagnosticId::bad_network, span, {text}, "did you mean " + ticked(better) + "?");
    return std::nullopt;
}

/// One network, in what a test of it reads; nothing where it has a mistake.
std::optional<Network> network_operand(Context& context, Scope& scope, ast::ExprId id) {
    const Typed text = elaborate(context, scope, id, scalar(context, Kind::string));
    if (text.bad()) return std::nullopt;
    const Span span = scope.file->expr(id).span;
    if (!is_kind(context, text, Kind::string)) {
        context.report(DiagnosticId::type_mismatch, span,
                       {"a string", described(context, text.type)}, std::string(network_help));
        return std::nullopt;
    }
    if (!is_constant(context, text)) {
        context.report(DiagnosticId::literal_wanted, span, {},
                       "a network is known when it compiles");
        return std::nullopt;
    }
    return network_of(context, context.set.node(text.node).value.view(), span);
}

Typed cidr_test(Context& context, const Typed& value, const Network& network, Span span) {
    const Span nowhere{span.source, span.begin, span.begin};
    const auto& bytes = network.address.bytes;
    const std::string& kept = context.set.addresses.emplace_back(bytes.begin(), bytes.end());
    const auto* data = reinterpret_cast<const std::uint8_t*>(kept.data());
    const Typed address = make_constant(context, model::of_address(data, network.address.family),
                                        scalar(context, Kind::ip), nowhere);
    const Typed bits = make_constant(context, model::of_integer(network.bits),
                                     scalar(context, Kind::integer), nowhere);
    const native::Function& function = *stdlib::find_function("cidr");
    return make_bool(context, native_node(context, function, {value, address, bits}, span));
}

}  // namespace

Typed elaborate_in_cidr(Context& context, Scope& scope, const ast::Expr& expr) {
    const ast::Expr& call = scope.file->expr(expr.b);
    const Typed value = elaborate(context, scope, expr.a, scalar(context, Kind::ip));
    bool bad = value.bad();
    if (!bad && !is_kind(context, value, Kind::ip)) {
        context.report(DiagnosticId::type_mismatch, scope.file->expr(expr.a).span,
                       {"an ip", described(context, value.type)});
        bad = true;
    }
    if (call.items.count == 0) {
        context.report(DiagnosticId::argument_count, call.span, {"cidr", "networks", "0"},
                       std::string(network_help));
        return make_bad(context);
    }
    std::vector<NodeId> tests;
    for (std::uint32_t i = 0; i < call.items.count; ++i) {
        const ast::ExprId id = scope.file->expr_items[call.items.begin + i];
        const std::optional<Network> network = network_operand(context, scope, id);
        bad = bad || !network;
        if (bad) continue;
        const Span span = call.items.count == 1 ? expr.span : scope.file->expr(id).span;
        tests.push_back(cidr_test(context, value, *network, span).node);
    }
    if (bad) return make_bad(context);
    return make_any_of(context, tests, expr.binary != ast::BinaryOp::in, expr.span);
}

}  // namespace proviso::check
