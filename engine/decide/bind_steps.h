// The steps of a document's shape (bind_shape.h), read off a document that has it.
#pragma once

#include "engine/decide/bind_call.h"
#include "engine/decide/bind_json.h"
#include "engine/decide/bind_shape.h"
#include "engine/decide/bind_tables.h"

namespace proviso::decide {

/// Where the members beside a value count: those of the object around it.
inline void read_beside(const ShapeStep& step, const JsonText& text, JsonSource& from,
                        HostReader<JsonSource>& reader) {
    from.go_to(text, step.parent, static_cast<std::uint16_t>(step.depth - 1));
    Siblings<JsonSource> beside(from);
    from.go_to(text, step.token, step.depth);
    reader.value(step.entry, text.text_at(step.token - 2U), from, beside);
}

/// One step, whatever it is.
inline void read_step(const ShapeStep& step, const JsonText& text, JsonSource& from,
                      HostReader<JsonSource>& reader, Siblings<JsonSource>& nothing) {
    using Kind = ShapeStep::Kind;
    from.go_to(text, step.token, step.depth);
    switch (step.kind) {
        case Kind::tool:
        case Kind::stage:
        case Kind::word:
        case Kind::text:
        case Kind::value:
            return reader.value(step.entry, text.text_at(step.token - 2U), from, nothing);
        case Kind::scalar: return reader.take_scalar(step.slot, from, nothing);
        case Kind::roles: return reader.roles(step.slot, from);
        case Kind::args: return reader.take_args(from);
        case Kind::beside: return read_beside(step, text, from, reader);
        case Kind::unread: from.scalar(); return;
    }
}

/// What the document leaves to the layout's constants.
inline void read_constants(CallState& state, const BoundLayout::Impl& layout,
                           HostReader<JsonSource>& reader, Trouble& trouble, std::size_t nesting) {
    for (const std::uint32_t i : layout.constants) {
        const HostField& field = layout.fields[i];
        if (state.scratch().fields.met(i, state.call_moment())) continue;
        JsonSource from(field.constant->text(), nesting, state.arena(), trouble);
        reader.constant(layout.tree.entries[field.entry], from);
    }
}

}  // namespace proviso::decide
