// Constants, slots and types in a saved program: the parts whose shape depends on a type. Private
// to this folder.
#pragma once

#include <cstddef>

#include "engine/bytecode/bytes.h"
#include "engine/bytecode/program.h"

namespace proviso::bytecode {

void put_value(Writer& writer, const model::TypeTable& types, TypeId type, const Value& value);
void put_type(Writer& writer, const model::Type& type);

/// Reads values; what they view goes to the program's `texts` and `lists`.
class ValueReader {
  public:
    ValueReader(Reader& reader, Program& program) : reader_(reader), program_(program) {}

    /// `type` is of the program's table, whose types refer backwards and nest no deeper than the
    /// limit (see read_types).
    Value value(TypeId type);

  private:
    Value text();
    Value address();
    Value elements(const model::Type& type);

    Reader& reader_;
    Program& program_;
};

/// The type table: what every table begins with must be there, unchanged; types refer to types
/// before them and nest at most `nesting` deep.
void read_types(Reader& reader, model::TypeTable& types, std::size_t nesting);

}  // namespace proviso::bytecode
