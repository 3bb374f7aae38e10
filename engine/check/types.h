// Types as written, resolved.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/check/context.h"

namespace proviso::check {

/// Where a type is written: the name that an inline enum gets, and the fields beside it.
struct TypePlace {
    std::string path;
    const std::vector<ast::FieldDecl>* siblings = nullptr;
    bool in_args = false;  // of a tool, where a value may go untyped
};

/// What to do about a value whose schema gives it no type that tests can read.
inline constexpr std::string_view opaque_help =
    "its schema gives it no type that rules read: say one, `tool NAME { args { ARG : TYPE } }`";

/// `no_type` where it has a mistake, which is reported.
[[nodiscard]] TypeId resolve_type(Context& context, const ast::File& file, ast::TypeId id,
                                  const TypePlace& place);

/// Fields of a record or args, without the bad ones; two of one name are an error.
[[nodiscard]] std::vector<model::Field> resolve_fields(Context& context, const ast::File& file,
                                                       const std::vector<ast::FieldDecl>& fields,
                                                       const std::string& path, bool& bad,
                                                       bool in_args = false);

/// All `type` statements.
void declare_types(Context& context);

/// Reports a pattern that RE2 does not take. `raw`: positions in it are those of the source.
[[nodiscard]] bool check_pattern(Context& context, std::string_view pattern, Span span, bool raw);

/// "a set has at most 1024 roles" and the like, where there are more.
bool within_limit(Context& context, std::size_t count, std::size_t most, Span span,
                  std::string_view owner, std::string_view things);

}  // namespace proviso::check
