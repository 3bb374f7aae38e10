// Calls made for any policy, from the names and types that it declares, and what must hold of how
// they are decided.
#pragma once

#include <proviso/proviso.h>

namespace proviso::fuzz {

/// Previews calls by both, which are one policy got by two ways: they say the same, twice the same,
/// and a call of which nothing but the arguments is known is decided no lighter than one with all.
void hold_same(const PolicyPtr& one, const PolicyPtr& other);

/// Previews calls by both: `tightened` is `policy` and a restriction more.
void hold_tightened(const PolicyPtr& policy, const PolicyPtr& tightened);

}  // namespace proviso::fuzz
