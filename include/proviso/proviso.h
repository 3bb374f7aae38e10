// The whole public interface.
#pragma once

#include "proviso/call.h"       // IWYU pragma: export
#include "proviso/decision.h"   // IWYU pragma: export
#include "proviso/engine.h"     // IWYU pragma: export
#include "proviso/format.h"     // IWYU pragma: export
#include "proviso/layout.h"     // IWYU pragma: export
#include "proviso/limits.h"     // IWYU pragma: export
#include "proviso/outcome.h"    // IWYU pragma: export
#include "proviso/policy.h"     // IWYU pragma: export
#include "proviso/signature.h"  // IWYU pragma: export
#include "proviso/store.h"      // IWYU pragma: export
#include "proviso/tools.h"      // IWYU pragma: export
