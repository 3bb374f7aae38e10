// See page.h. What stands here by hand is what no row says.
#include "tests/unit/stdlib/page.h"

#include <string_view>

#include "stdlib/functions.h"
#include "stdlib/modules.h"

namespace proviso::stdlib {
namespace {

constexpr std::string_view opening = R"(# The standard library

Functions that expressions call, and modules that a set imports. This page is printed from
`stdlib/`; to write it anew after a change there, run

    PROVISO_UPDATE=1 build/release/tests/unit/unit_stdlib "The page in docs/ is up to date"

## Functions

```proviso
policy demo.functions version "1"

attributes {
    origin   : ip
    rates    : [{ from : string, to : string, rate : decimal }]
    customer : string
}
tool send  { args { to : string } }
tool fetch { args { url : string } }
tool read  { args { path : string } }
tool pay   { args { amount : money } }
role lead { }

allow mail on send
    when domain_of(args.to) in ["acme.com", "acme.org"]
allow pages on fetch
    when host_of(args.url) == "docs.acme.com" and origin in cidr("10.0.0.0/8", "fd00::/8")
allow files on read
    when path_under(args.path, "/srv/data") and lower(customer) != "guest"
allow payments on pay
    when convert(args.amount, "USD", rates) <= 100 USD
notify some_payments on pay
    when sample(call.id) < 0.05
    tell lead within 24h
example a_host_of_another
    call  fetch { url: "https://docs.acme.com@evil.com/" }
    with  origin = "10.0.0.1"
    gives block
```

A function is pure: it gives the same for the same arguments. Where an argument is unknown, so is
the result. A text that two readers could take for different things is unknown as well, and the
decision names it as `ambiguous`: a rule that allows does not match then, one that restricts does.
Of constants a result is known when the set compiles; one that would be unknown is an error
(P1271). Texts that are made, in lower case, have at most 4096 bytes; a longer one is unknown
(`too long`).

A compiled set names the functions that it calls, with their signatures. A build that has not the
very same ones does not load it. )";

constexpr std::string_view vectors = R"(
| key | `sample` |
|---|---|
| the empty text | 0.42050151 |
| `a` | 0.687939938 |
| `call-1` | 0.859469794 |
| `principal` | 0.113552133 |
)";

constexpr std::string_view modules_opening = R"(
## Modules

`import std.NAME` makes the names of a module known. What the set names of it is then as if it
stood in the set: it is part of the set's hash, params of it are set like others, and its
attributes are what the host brings. A bare word names what it may stand for. What is not named
takes no part: an import alone changes neither the hash nor a decision, and imports may stand
anywhere and in any order. A name that both the set and a module declare is an error (P1005) that
tells both places, and so is a module that there is not (P1013). A module holds types, attributes,
params, lets, tables, windows and approvals, and no rule, role or default: it decides nothing.

```proviso
policy demo.modules version "1"

import std.change
import std.environment
import std.people

authority of principal
tool deploy { }
role engineer { can deploy }
role lead     { can approve: deploy }

allow deploys on deploy
    when before_production or ticketed
gate live on deploy
    when in_production
    unless in_incident
    by two_people
block freeze on deploy
    when frozen and in_production
example live_is_held
    call  deploy { }
    as    engineer
    with  environment = production, change.freeze = false, change.ticket = "C-7",
        incident.severity = none
    gives gate by two_people
```
)";

/// The file as it is, but for its `policy` line.
std::string section(const Module& module) {
    std::string_view text = module.text;
    text.remove_prefix(text.find('\n') + 2);
    return "\n### `" + std::string(module.name) + "`\n\n```text\n" + std::string(text) + "```\n";
}

std::string section(const native::Function& function) {
    const std::string_view name = native::name_of(function.signature);
    std::string text = "\n### `" + std::string(name) + "`\n\n    ";
    text += std::string(function.signature) + "\n\n" + std::string(function.text) + "\n";
    if (name == "sample") text += vectors;
    return text;
}

}  // namespace

std::string page() {
    std::string text(opening);
    for (const native::Function& function : functions()) text += section(function);
    text += modules_opening;
    for (const Module& module : modules()) text += section(module);
    return text;
}

}  // namespace proviso::stdlib
