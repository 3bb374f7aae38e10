// `data NAME : TYPE from "file"`: the values of a file, typed while the set is checked.
#pragma once

#include "engine/check/context.h"

namespace proviso::check {

/// Types the documents of all data statements. After the types.
void declare_data(Context& context);

/// The data of a name as a constant at `span`.
[[nodiscard]] Typed read_data(Context& context, std::uint32_t data, Span span);

/// What `NAME` or `NAME.field` stands for where only data may be named; its mistake is reported.
[[nodiscard]] Typed named_data(Context& context, const ast::Name& name);

}  // namespace proviso::check
