// What a call says that its policy cannot read: a form that is wrong, a value of another type, a
// word that its enum does not have, roles that are not declared.
//
// A decision names of these only what it needed, and only tightens. Whoever writes calls by hand,
// to see a rule work, is to be told of all of them: suites/readable.h. Covered by
// tests/cli/test_mistakes_test.py.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proviso/engine.h"

namespace proviso::engine {

struct CallFault {
    enum class Kind : std::uint8_t {
        tool,             ///< not in the catalogue, or none is named
        stage,            ///< no such stage, or none of the tool's
        args,             ///< a form of arguments; the first that binding met
        value,            ///< of the host: not what its type takes; or twice, or said to be unknown
        roles,            ///< likewise a party's
        undeclared_role,  ///< one of a call's roles
        no_key,           ///< facts without the key of their thing
    };
    Kind kind = Kind::value;
    std::string path;                ///< "tool", "args.amount", "customer.tier", "principal.roles"
    std::string name;                ///< the tool, stage or role as it was sent
    std::string cause;               ///< "not in enum", "not declared", "missing", "host unknown"
    std::string type;                ///< what is taken, as an author writes it; may be empty
    std::string form;                ///< an example in YAML: "12.50"; empty where the type tells
    std::vector<std::string> known;  ///< words of an enum, tools, arguments: to choose from
};

/// Of the last call of the session.
[[nodiscard]] std::vector<CallFault> faults_of_last_call(const Session& session,
                                                         const Policy& policy);

}  // namespace proviso::engine
