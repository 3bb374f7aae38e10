// The three ways in: setters, two JSON documents, one document with a layout. See bind.h.
#include "engine/decide/bind.h"

#include <algorithm>
#include <functional>

#include "engine/decide/bind_call.h"
#include "engine/decide/bind_json.h"
#include "engine/decide/bind_setters.h"
#include "engine/decide/bind_shape.h"
#include "engine/decide/bind_state.h"
#include "engine/decide/bind_steps.h"
#include "engine/decide/bind_tables.h"

namespace proviso::decide {

struct Binder::Impl {
    JsonParser parser;
    Scratch scratch;
    Items<JsonSource> json_args;
    Items<ValueSource> value_args;
    DocumentShapes shapes;
};

namespace {

std::size_t nesting(const BindTables::Impl& tables) {
    return std::min(tables.limits.call_nesting, deepest_json);
}

void begin(Scratch& scratch, std::size_t entries, std::size_t fields) {
    scratch.entries.resize(entries);
    scratch.fields.resize(fields);
}

/// Nothing of a call that cannot be read is kept.
void unreadable(Bound& out, std::string_view why) {
    out.reset();
    out.form = FormError::unreadable;
    out.form_cause = why;
}

/// Tokens of a document, which is copied into the call's memory unless it is padded.
std::string_view tokens(JsonParser& parser, const Limits& limits, std::string_view document,
                        bool padded, Arena& arena, JsonText& out) {
    if (document.size() > limits.call_bytes) return "larger than the limit";
    if (!padded) {
        char* copy = arena.bytes(document.size() + json_padding);
        std::copy(document.begin(), document.end(), copy);
        std::fill_n(copy + document.size(), json_padding, ' ');
        document = {copy, document.size()};
    }
    return parser.parse(document, out);
}

/// What is left to say of a cursor that has gone through its document.
void check_end(JsonSource& from) {
    if (from.ok() && !from.at_end()) from.fail("something after the document");
}

template <class Source>
void read_args(CallState& state, const Items<Source>& items) {
    if (state.resolve_tool()) ArgReader<Source>::read(state, items);
}

/// Puts back what a document that turned out unreadable has brought since `kept`.
void take_back(Bound& out, std::size_t kept) {
    for (std::size_t i = kept; i < out.touched.size(); ++i) {
        const std::uint32_t slot = out.touched[i];
        out.frame[slot] = out.program->slots[slot].initial;
    }
}

/// The arguments' own document.
void read_args_document(CallState& state, JsonParser& parser, std::string_view document) {
    const BindTables::Impl& tables = state.tables();
    if (document.empty()) return read_args(state, Items<JsonSource>());
    Trouble trouble;
    JsonText text;
    const std::size_t kept = state.out().touched.size();
    trouble.why = tokens(parser, tables.limits, document, false, state.arena(), text);
    JsonSource from(text, nesting(tables), state.arena(), trouble);
    if (from.ok() && from.shape() != Shape::object) from.fail("not a JSON object");
    if (from.ok() && state.resolve_tool())
        ArgReader<JsonSource>::read(state, from);
    else if (from.ok())
        from.skip();
    check_end(from);
    if (from.ok()) return;
    take_back(state.out(), kept);
    state.fail(FormError::unreadable, "args", trouble.why);
}

void read_roles(CallState& state, std::uint32_t party, const Call::Roles& roles) {
    if (!roles.given || !state.begin_roles(party)) return;
    for (const std::string& name : roles.names) state.role(party, text_scalar(name));
}

void read_host(CallState& state, Items<ValueSource>& items, const Call& call, Trouble& trouble) {
    const HostTree& paths = state.tables().paths;
    HostReader<ValueSource> reader(state, paths, items);
    Siblings<ValueSource> beside(items.data(), items.size());
    for (const Call::Named& named : call.host_values()) {
        if (named.unknown) {
            state.host_unknown(named.name);
            continue;
        }
        const std::uint32_t entry = paths.nodes[paths.root].names.find(named.name);
        if (entry == bytecode::none) continue;
        ValueSource from(named.value, nesting(state.tables()), trouble);
        reader.value(entry, named.name, from, beside);
    }
}

/// Values side by side, as the members of an object are.
void list_items(Items<ValueSource>& items, const std::vector<Call::Named>& values,
                std::size_t nesting, Trouble& trouble) {
    items.clear();
    for (const Call::Named& named : values) {
        items.push_back({false, named.name, ValueSource(named.value, nesting, trouble)});
    }
}

}  // namespace

Binder::Binder() : impl_(std::make_unique<Impl>()) {}
Binder::~Binder() = default;
Binder::Binder(Binder&&) noexcept = default;
Binder& Binder::operator=(Binder&&) noexcept = default;

void Binder::bind(const BindTables& tables, const Call& call, Bound& out) {
    const BindTables::Impl& impl = tables.impl();
    begin(impl_->scratch, impl.paths.entries.size(), 0);
    CallState state(impl, impl_->scratch, out);
    Trouble trouble;
    Items<ValueSource>& items = impl_->value_args;
    if (!call.tool_name().empty()) state.tool(text_scalar(call.tool_name()));
    read_roles(state, 0, call.roles_of_principal());
    read_roles(state, 1, call.roles_of_agent());
    list_items(items, call.host_values(), nesting(impl), trouble);
    read_host(state, items, call, trouble);
    read_approvals(state, call.approvals());
    list_items(items, call.args(), nesting(impl), trouble);
    read_args(state, items);
    state.finish();
    if (!trouble.why.empty()) unreadable(out, trouble.why);
}

void Binder::bind(const BindTables& tables, CallJson call, Bound& out) {
    const BindTables::Impl& impl = tables.impl();
    begin(impl_->scratch, impl.host.entries.size(), 0);
    CallState state(impl, impl_->scratch, out);
    Trouble trouble;
    JsonText text;
    trouble.why = tokens(impl_->parser, impl.limits, call.host, false, out.arena, text);
    JsonSource from(text, nesting(impl), out.arena, trouble);
    if (from.ok() && from.shape() != Shape::object) from.fail("not a JSON object");
    HostReader<JsonSource> reader(state, impl.host, impl_->json_args);
    if (from.ok()) reader.object(impl.host.root, from);
    check_end(from);
    if (!from.ok()) return unreadable(out, trouble.why);
    read_args_document(state, impl_->parser, call.args);
    state.finish();
}

namespace {

/// Views of a copy become views of the document itself.
void move_views(std::vector<std::string_view>& views, const char* copy, std::string_view document) {
    const std::less<> before;
    for (std::string_view& view : views) {
        const bool inside =
            !before(view.data(), copy) && before(view.data(), copy + document.size());
        if (inside) view = {document.data() + (view.data() - copy), view.size()};
    }
}

}  // namespace

namespace {

using StepKind = ShapeStep::Kind;

/// Where the members beside a value count: those of the object around it.
/// A text that is nothing but a view.
void read_view(const ShapeStep& step, std::string_view view, CallState& state,
               HostReader<JsonSource>& reader) {
    switch (step.kind) {
        case StepKind::tool: return state.tool(view);
        case StepKind::stage: return state.stage(view);
        case StepKind::word: {
            const TypeInfo& info = *state.tables().slots[step.slot];
            return state.give(step.slot, text_value(info, view, state.arena()));
        }
        case StepKind::text:
        case StepKind::value:
        case StepKind::scalar:
        case StepKind::roles:
        case StepKind::args:
        case StepKind::beside:
        case StepKind::unread: return reader.take_quick(step.entry, view);
    }
}

/// Texts that are nothing but views: no backslash stands in the document.
void read_views(const DocumentShape& shape, const JsonText text, CallState& state) {
    std::vector<std::uint32_t>& touched = state.out().touched;
    touched.insert(touched.end(), shape.slots().begin(), shape.slots().end());
    const TypeInfo* const* const types = state.tables().slots.data();
    for (const ShapeStep& step : shape.strings()) {
        const std::string_view view = text.text_at(step.token);
        if (view.size() <= state.tables().string_bytes) [[likely]]
            state.give_touched(step.slot, model::of_text(view));
        else
            state.give_touched(step.slot, text_value(*types[step.slot], view, state.arena()));
    }
    for (const ShapeStep& step : shape.words()) {
        const std::string_view view = text.text_at(step.token);
        state.give_touched(step.slot, word_value(types[step.slot]->words->find_padded(view)));
    }
}

/// A document of a known shape; what it holds may still not be right.
void read_steps(const DocumentShape& shape, const JsonText text, CallState& state, JsonSource& from,
                HostReader<JsonSource>& reader) {
    Siblings<JsonSource> nothing(nullptr, 0);
    if (text.escapes) {
        from.check_texts(text);
        for (const ShapeStep& step : shape.strings()) read_step(step, text, from, reader, nothing);
        for (const ShapeStep& step : shape.words()) read_step(step, text, from, reader, nothing);
    } else {
        read_views(shape, text, state);
    }
    for (const ShapeStep& step : shape.steps()) {
        if (step.kind <= StepKind::text && !text.escapes) {
            read_view(step, text.text_at(step.token), state, reader);
            continue;
        }
        if (!from.ok()) return;
        read_step(step, text, from, reader, nothing);
    }
}

}  // namespace

bool Binder::read(const BindTables& tables, const BoundLayout& layout, const Document& document,
                  bool shaped, Bound& out, std::vector<std::string_view>& captures) {
    const BindTables::Impl& impl = tables.impl();
    const BoundLayout::Impl& place = layout.impl();
    begin(impl_->scratch, place.tree.entries.size(), place.fields.size());
    CallState state(impl, impl_->scratch, out);
    captures.assign(place.captures, {});
    impl_->json_args.clear();
    Trouble trouble;
    JsonText text;
    trouble.why =
        tokens(impl_->parser, impl.limits, document.bytes, document.padded, out.arena, text);
    JsonSource from(text, nesting(impl), out.arena, trouble);
    HostReader<JsonSource> reader(state, place.tree, impl_->json_args);
    reader.use(place.fields, captures, !place.args_apart);

    const DocumentShape* shape = nullptr;
    if (shaped && from.ok()) shape = impl_->shapes.find(layout.shared(), nesting(impl), text);
    if (shape != nullptr) {
        read_steps(*shape, text, state, from, reader);
        if (!from.ok()) return false;
    } else {
        if (from.ok() && from.shape() != Shape::object) from.fail("not a JSON object");
        if (from.ok()) reader.object(place.tree.root, from);
        check_end(from);
        if (shaped && from.ok()) impl_->shapes.learn(text, place.tree);
    }
    if (from.ok()) read_constants(state, place, reader, trouble, nesting(impl));
    if (from.ok() && !reader.args_read()) read_args(state, impl_->json_args);
    if (!from.ok()) {
        captures.assign(place.captures, {});
        unreadable(out, trouble.why);
        return true;
    }
    if (!document.padded) move_views(captures, text.bytes, document.bytes);
    state.finish();
    return true;
}

void Binder::bind(const BindTables& tables, const BoundLayout& layout, std::string_view document,
                  bool padded, Bound& out, std::vector<std::string_view>& captures) {
    // What a known shape does not explain is read once more from the beginning.
    const Document whole{document, padded};
    if (!read(tables, layout, whole, true, out, captures)) {
        read(tables, layout, whole, false, out, captures);
    }
}

}  // namespace proviso::decide
