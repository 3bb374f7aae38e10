// Texts that a function never gives (P1739): `domain_of(x) == "Rival.com"` fits nothing, since what
// is given is in lower case, nor does `"@rival.com"`, since the `@` is cut off.
// Covered by tests/golden/lint/texts/given.txt.
//
// Goes by what is written: a param and a data file may say something else tomorrow.
#include <algorithm>
#include <map>

#include "lint/passes.h"

namespace proviso::lint {
namespace {

/// A function that gives less than its argument has, or all of it in lower case.
enum class Given : std::uint8_t { lower_text, domain, host };

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (is_capital(c)) c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// What of an address or a URL is its domain or host; empty where that cannot be told.
std::string name_in(std::string_view text) {
    if (const std::size_t at = text.find("//"); at != std::string_view::npos) {
        text.remove_prefix(at + 2);
    }
    text = text.substr(0, text.find('/'));
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        text.remove_prefix(at + 1);
    }
    text = text.substr(0, text.find(':'));
    constexpr std::string_view of_names =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._*";
    const bool plain = text.find_first_not_of(of_names) == std::string_view::npos;
    const bool says_one = text.find_first_not_of("*.") != std::string_view::npos;
    return plain && says_one ? in_lower_case(text) : std::string{};
}

class GivenTexts {
  public:
    explicit GivenTexts(Subject& subject) : subject_(subject) {}

    void run() {
        for (const ast::File& file : subject_.files) {
            if (!is_written(subject_, file)) continue;
            for (const ast::Let& let : file.lets) lets_[let.name.text] = {&file, let.value};
        }
        for (const ast::File& file : subject_.files) {
            if (!is_written(subject_, file)) continue;
            for (const ast::Expr& expr : file.exprs) {
                if (expr.kind == ast::ExprKind::binary) look_at(file, expr);
            }
        }
    }

  private:
    struct Written {
        const ast::File* file = nullptr;
        ast::ExprId expr = ast::no_expr;
    };

    void look_at(const ast::File& file, const ast::Expr& test) {
        switch (test.binary) {
            case ast::BinaryOp::equal:
            case ast::BinaryOp::not_equal:
                compare({&file, test.a}, {&file, test.b});
                return compare({&file, test.b}, {&file, test.a});
            case ast::BinaryOp::in:
            case ast::BinaryOp::not_in:
            case ast::BinaryOp::like: return compare({&file, test.a}, {&file, test.b});
            case ast::BinaryOp::logical_or:
            case ast::BinaryOp::logical_and:
            case ast::BinaryOp::less:
            case ast::BinaryOp::less_equal:
            case ast::BinaryOp::greater:
            case ast::BinaryOp::greater_equal:
            case ast::BinaryOp::matches:
            case ast::BinaryOp::add:
            case ast::BinaryOp::subtract:
            case ast::BinaryOp::multiply:
            case ast::BinaryOp::coalesce: break;
        }
    }

    /// A literal, or a list with literals.
    void compare(Written made, Written with) {
        const ast::Expr& literal = with.file->expr(with.expr);
        if (literal.kind != ast::ExprKind::string && literal.kind != ast::ExprKind::list) return;
        const std::optional<Given> given = given_by(made);
        if (!given) return;
        if (literal.kind == ast::ExprKind::string) return hold(*given, literal);
        for (std::uint32_t i = 0; i < literal.items.count; ++i) {
            const ast::ExprId id = with.file->expr_items[literal.items.begin + i];
            const ast::Expr& member = with.file->expr(id);
            if (member.kind == ast::ExprKind::string) hold(*given, member);
        }
    }

    /// What stands there, a let as what it stands for.
    std::optional<Given> given_by(Written made) {
        while (subject_.comparisons.take()) {
            const ast::Expr& expr = made.file->expr(made.expr);
            if (expr.kind == ast::ExprKind::call) return given_by_call(*made.file, expr);
            const auto let = expr.kind == ast::ExprKind::path ? lets_.find(expr.text) : lets_.end();
            if (let == lets_.end()) return std::nullopt;
            made = let->second;
        }
        return std::nullopt;
    }

    static std::optional<Given> given_by_call(const ast::File& file, const ast::Expr& call) {
        if (call.text == "domain_of") return Given::domain;
        if (call.text == "host_of") return Given::host;
        if (call.text != "lower" || call.items.count != 1) return std::nullopt;
        const ast::Expr& inner = file.expr(file.expr_items[call.items.begin]);
        const bool twice = inner.kind == ast::ExprKind::call;
        if (twice && inner.text == "domain_of") return Given::domain;
        return twice && inner.text == "host_of" ? Given::host : Given::lower_text;
    }

    void hold(Given given, const ast::Expr& literal) {
        const std::string_view text = literal.text;
        const bool capitals = std::any_of(text.begin(), text.end(), is_capital);
        const bool cut =
            given != Given::lower_text && text.find_first_of("@/:") != std::string_view::npos;
        if (!capitals && !cut) return;
        subject_.sink.report(DiagnosticId::never_given, literal.span,
                             {name_of(given), literal.text}, way_out(given, text, cut));
    }

    static std::string_view name_of(Given given) {
        switch (given) {
            case Given::lower_text: return "lower";
            case Given::domain: return "domain_of";
            case Given::host: return "host_of";
        }
        return {};
    }

    static std::string way_out(Given given, std::string_view text, bool cut) {
        if (!cut) return "it gives lower case: write `" + in_lower_case(text) + "`";
        std::string why = given == Given::domain ? "it gives what stands behind the `@` alone"
                                                 : "it gives the host alone, in lower case";
        const std::string name = name_in(text);
        return name.empty() ? why : why + ": write `" + name + "`";
    }

    Subject& subject_;
    std::map<std::string_view, Written> lets_;
};

}  // namespace

void find_given_texts(Subject& subject) {
    GivenTexts(subject).run();
}

}  // namespace proviso::lint
