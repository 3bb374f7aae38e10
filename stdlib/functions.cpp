// The table. Its order is that of names, so that a name is found by halving; a static_assert holds
// it. Tested by tests/unit/stdlib/functions_test.cpp.
#include "stdlib/functions.h"

#include <algorithm>
#include <array>

namespace proviso::stdlib {
namespace {

using native::Function;

constexpr std::array table{
    Function{.signature = "cidr(ip, ip, int) -> bool",
             .call = cidr,
             .text = R"(Written `ADDRESS in cidr("10.0.0.0/8")` or `not in`, with one
network or several: whether the address lies in one of them. A network is a literal or a param;
bits behind its length are an error (P1274). A network of IPv4 holds addresses of IPv4 alone,
`::ffff:10.0.0.1` among them, which is one. A network of IPv6 holds none of IPv4, however wide
it is.)"},
    Function{.signature = "convert(money, string, [{ from : string, to : string, rate : decimal }])"
                          " -> money",
             .call = convert,
             .text = R"(The amount in the currency of the code, by the rate from its own
currency: one unit of `from` is `rate` units of `to`. Money that is in it already stays as it
is. Rates are `data`, or a list that the host sends; no rate is turned round or put together of
others. Unknown where the list has no such rate (`missing`), more than one, one that is not
above zero or an entry that is not known (`ambiguous`), and where the product does not fit
exactly (`overflow`).)",
             .currency = 1},
    Function{.signature = "domain_of(string) -> string",
             .call = domain_of,
             .text = R"(The domain of an e-mail address, in lower case: `acme.com` of
`Ann@ACME.com`. Before the one `@` stand 1 to 64 letters, digits and `. _ + - = '`, dots inside
and not in a row; behind it a host name of two labels or more. Anything else is unknown
(`ambiguous`): a second `@`, quotes, comments, display names, lists, `%` and `!`, blanks,
addresses in brackets, empty labels, a dot at the end, letters beyond ASCII.)"},
    Function{.signature = "host_of(string) -> string",
             .call = host_of,
             .text = R"(The host of a URL, in lower case: `acme.com` of
`HTTPS://Acme.com:8443/x`. The scheme is `http`, `https`, `ws`, `wss`, `ftp`, `ftps`, `sftp`,
`ssh` or `git`; the host a host name, of one label as well, or a plain IPv4 address; the port,
where there is one, 1 to 65535 without zeros in front. Anything else is unknown (`ambiguous`):
no scheme or another, an `@` before the host, or behind it with no slash between, a backslash,
blank or control character anywhere, a host with `%`, with letters beyond ASCII (its ASCII form
`xn--…` is one), with empty labels or a dot at the end, addresses in brackets, and numbers that
some take for an address: `2130706433`, `0x7f.1`, `010.0.0.1`, `10.1`.)"},
    Function{.signature = "lower(string) -> string",
             .call = lower,
             .text =
                 R"(The text with `A` to `Z` as `a` to `z`. Unknown (`ambiguous`)
where it has anything beyond ASCII, since what its lower case is depends on the language; and
(`too long`) where it has capitals and more than 4096 bytes.)"},
    Function{.signature = "money(decimal, string) -> money",
             .call = money,
             .text = R"(The amount in the currency of the code. Unknown (`not in enum`)
where the code is none of ISO 4217, in capitals.)",
             .currency = 1},
    Function{.signature = "path_under(string, string) -> bool",
             .call = path_under,
             .text = R"(Whether the path is the second one, or lies below it. Both are
normalised first: `.`, `..` and `//` are resolved. Both are absolute, or both relative to the
same folder. Unknown (`ambiguous`) where one is relative and the other not, where one is empty,
begins with `~` or `//`, leads above where it begins, or has a percent sign, a backslash or a
control character; and where the path would lie below if capitals did not matter. Links are not
followed: whoever opens the path must see that they do not lead out.)"},
    Function{.signature = "sample(string) -> decimal",
             .call = sample,
             .text = R"(A fraction from 0 up to, and without, 1: the same for the same
key, spread evenly over keys, so that `sample(call.id) < 0.05` holds for one call in twenty.
Rules that sample by one key pick the same ones. The key is the host's word; what the agent
writes is refused (P1272), since it could choose. The first eight bytes of SHA-256 over
`proviso-sample-1:` and the key, as a number with the highest byte first, divided by 2 to the
64th, cut to nine digits.)",
             .host_only = true},
};

constexpr bool by_name(const Function& a, const Function& b) {
    return native::name_of(a.signature) < native::name_of(b.signature);
}
static_assert(std::is_sorted(table.begin(), table.end(), by_name));

}  // namespace

std::span<const Function> functions() {
    return table;
}

const Function* find_function(std::string_view name) {
    const auto* at = std::lower_bound(table.begin(), table.end(), name,
                                      [](const Function& function, std::string_view wanted) {
                                          return native::name_of(function.signature) < wanted;
                                      });
    return at != table.end() && native::name_of(at->signature) == name ? at : nullptr;
}

}  // namespace proviso::stdlib
