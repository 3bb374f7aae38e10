// The parts of a call, from any source: what the host tells, then the arguments.
#pragma once

#include <string_view>
#include <vector>

#include "engine/decide/bind_approvals.h"
#include "engine/decide/bind_convert.h"
#include "engine/decide/bind_state.h"
#include "engine/decide/bind_tree.h"

namespace proviso::decide {

/// Arguments as they are met; read once the tool is known.
template <class Source>
using Items = std::vector<Item<Source>>;

/// The agent's word, once the tool is known.
template <class Source>
class ArgReader {
  public:
    /// `beside`: what its siblings are made of, in place.
    template <class... Beside>
    explicit ArgReader(CallState& state, const Beside&... beside)
        : state_(&state),
          arguments_(&state.tables().arguments_of(state.out().tool)),
          beside_(beside...),
          strict_(state, true),
          loose_(state, false) {}

    /// All arguments in one object, which the cursor moves past.
    static void read(CallState& state, Source& from) {
        ArgReader reader(state, from);
        const std::size_t base = state.scratch().keys.size();
        reader.whole(from);
        reader.finish(base);
    }
    /// Arguments from anywhere, or none.
    static void read(CallState& state, const Items<Source>& items) {
        ArgReader reader(state, items.data(), items.size());
        const std::size_t base = state.scratch().keys.size();
        for (const Item<Source>& item : items) {
            Source from = item.at;
            if (item.whole)
                reader.whole(from);
            else
                reader.argument(item.name, item.name, reader.find(item.name), from);
        }
        reader.finish(base);
    }

  private:
    void whole(Source& from) {
        if (from.shape() == Shape::object) {
            return from.members([&](std::string_view key) {
                argument(key, {}, from.find(arguments_->names, key), from);
            });
        }
        if (from.shape() != Shape::null) state_->fail_argument(root_, "not an object");
        from.skip();
    }
    [[nodiscard]] std::uint32_t find(std::string_view name) const {
        return arguments_->names.find(name);
    }
    void finish(std::size_t base) {
        if (state_->scratch().keys.size() > base) strict_.check_keys(base, root_);
        check_required();
    }
    /// `plain` is empty where it is not known yet.
    void argument(std::string_view key, std::string_view plain, std::uint32_t number,
                  Source& from) {
        const ArgumentPlace step{&root_, key};
        if (number == bytecode::none) return other(key, plain, step, from);
        if (!state_->scratch().arguments.first(number, state_->call_moment())) {
            state_->fail_argument(step, "given twice");
            return strict_.unique(from, step);
        }
        const std::vector<ArgumentInfo>& infos = state_->tables().argument_infos;
        if (number >= infos.size()) return code(step, from);
        const ArgumentInfo& info = infos[number];
        const bytecode::Argument& argument = state_->tables().program->arguments[number];
        if (info.type == nullptr) return undeclared(argument, step, from);
        const auto place = from.place();
        const model::Value value = strict_.convert(*info.type, from, beside_, step);
        if (info.raw) [[unlikely]]
            keep(argument.name, from, place);
        if (info.slot != bytecode::none)
            state_->put(info.slot, value);
        else
            put(argument.slots, value);
    }
    void put(bytecode::Range slots, const model::Value& value) {
        const bytecode::Program& program = *state_->tables().program;
        for (std::uint32_t i = slots.begin; i < slots.begin + slots.count; ++i) {
            state_->put(program.argument_slots[i], value);
        }
    }
    /// A currency code that a money argument names.
    void code(const ArgumentPlace& step, Source& from) {
        const auto place = from.place();
        const Scalar given = scalar_or_shape(from);
        keep(from.plain(step.name).text, from, place);
        if (given.shape != Shape::null && !currency_value(given)) {
            state_->fail_argument(step, "not a currency code");
        }
    }
    /// A name that no rule reads.
    void other(std::string_view key, std::string_view plain, const ArgumentPlace& step,
               Source& from) {
        if (!arguments_->open) state_->fail_argument(step, "not declared");
        count_undeclared();
        const Scalar name = plain.empty() ? from.plain(key) : text_of(plain);
        if (name.broken) state_->fail_argument(step, "a name that is no text");
        state_->scratch().keys.push_back(name.text);
        const auto place = from.place();
        strict_.unique(from, step);
        keep(name.text, from, place);
    }
    /// An argument that rules read, each slot as its own type.
    void undeclared(const bytecode::Argument& argument, const ArgumentPlace& step, Source& from) {
        if (!arguments_->open) state_->fail_argument(step, "not declared");
        count_undeclared();
        const bytecode::Program& program = *state_->tables().program;
        const bytecode::Range slots = argument.slots;
        for (std::uint32_t i = slots.begin; i < slots.begin + slots.count; ++i) {
            Source copy = from;
            const std::uint32_t slot = program.argument_slots[i];
            const TypeInfo& info = *state_->tables().slots[slot];
            state_->out().set(slot, loose_.convert(info, copy, beside_, step));
        }
        const auto place = from.place();
        strict_.unique(from, step);
        keep(argument.name, from, place);
    }
    /// For the hash of the plan, which has to cover what no type does.
    void keep(std::string_view name, const Source& from, const typename Source::Place& since) {
        state_->out().raw_args.push_back(from.passed(name, since));
    }
    void count_undeclared() {
        if (++undeclared_ > state_->tables().limits.undeclared_args) {
            state_->fail_argument(root_, "too many that are not declared");
        }
    }
    void check_required() {
        const bytecode::Program& program = *state_->tables().program;
        for (const std::uint32_t number : arguments_->required) {
            if (state_->scratch().arguments.met(number, state_->call_moment())) continue;
            state_->fail_argument({&root_, program.arguments[number].name}, "missing");
        }
    }

    CallState* state_;
    const ToolArguments* arguments_;
    Siblings<Source> beside_;
    Converter<Source> strict_;
    Converter<Source> loose_;
    const ArgumentPlace root_{nullptr, "args"};
    std::size_t undeclared_ = 0;
};

/// The host's word. Walks a tree of names (bind_tree.h).
template <class Source>
class HostReader {
  public:
    HostReader(CallState& state, const HostTree& tree, Items<Source>& args)
        : state_(&state),
          tree_(&tree),
          args_(&args),
          convert_(state, false) {}

    /// Of a layout: its fields, where captures go, and whether all arguments are in one object.
    void use(const std::vector<HostField>& fields, std::vector<std::string_view>& captures,
             bool args_together) {
        fields_ = &fields;
        captures_ = &captures;
        args_together_ = args_together;
    }
    [[nodiscard]] bool args_read() const { return args_read_; }

    /// The members of the object at the cursor.
    void object(std::uint32_t node, Source& from) {
        if (node == bytecode::none) return from.skip();
        const std::uint64_t moment = state_->new_moment();
        Siblings<Source> beside(from);
        const NameIndex& names = tree_->nodes[node].names;
        from.members([&](std::string_view key) {
            const std::uint32_t entry = from.find(names, key);
            if (entry == bytecode::none) return from.skip();
            if (tree_->entries[entry].quick != Quick::no && quick(entry, from, moment)) return;
            if (!state_->scratch().entries.first(entry, moment)) return twice(entry, key, from);
            value(entry, key, from, beside);
        });
    }

    /// A number, boolean or null for a slot.
    void take_scalar(std::uint32_t slot, Source& from, Siblings<Source>& beside) {
        const TypeInfo& info = *state_->tables().slots[slot];
        state_->give(slot, convert_.convert(info, from, beside, no_step_));
    }
    /// A text for entries that need nothing else.
    void take_quick(std::uint32_t entry, std::string_view text) {
        const Entry* at = &tree_->entries[entry];
        take_quick(*at, text);
        while (at->next != bytecode::none) {
            at = &tree_->entries[at->next];
            take_quick(*at, text);
        }
    }

    /// The value that an entry's name has, for all entries of that name.
    void value(std::uint32_t entry, std::string_view key, Source& from, Siblings<Source>& beside) {
        const Entry& first = tree_->entries[entry];
        std::string_view text;
        if (first.quick != Quick::no && from.quick_text(text)) return take_quick(entry, text);
        const bool only_group = first.target == Target::group && first.next == bytecode::none;
        if (only_group && first.field == bytecode::none) return group(first, from);
        beside.of(key);
        for (; tree_->entries[entry].next != bytecode::none; entry = tree_->entries[entry].next) {
            Source copy = from;
            one(tree_->entries[entry], copy, beside);
        }
        one(tree_->entries[entry], from, beside);
    }

    /// The constant of an entry's field.
    void constant(const Entry& entry, Source& from) {
        Siblings<Source> beside(from);
        put(entry, &(*fields_)[entry.field], from, beside);
    }

  private:
    /// A value for one entry.
    void one(const Entry& entry, Source& from, Siblings<Source>& beside) {
        if (entry.field == bytecode::none) return put(entry, nullptr, from, beside);
        const HostField& field = (*fields_)[entry.field];
        if (from.shape() == Shape::null && field.constant != nullptr) return from.skip();
        state_->scratch().fields.first(entry.field, state_->call_moment());
        if constexpr (requires { from.translate(field.words); }) from.translate(field.words);
        put(entry, &field, from, beside);
        if constexpr (requires { from.translate(nullptr); }) from.translate(nullptr);
    }
    void twice(std::uint32_t entry, std::string_view key, Source& from) {
        from.skip();
        if (!tree_->entries[entry].form) {
            return state_->mark(*tree_, entry, model::State::host_unknown);
        }
        state_->fail(FormError::invalid_args, from.plain(key).text, "given twice");
    }

    void put(const Entry& entry, const HostField* field, Source& from, Siblings<Source>& beside) {
        switch (entry.target) {
            case Target::group: return group(entry, from);
            case Target::slot: return slot(entry, field, from, beside);
            case Target::tool: return state_->tool(scalar_or_shape(from));
            case Target::stage: return state_->stage(scalar_or_shape(from));
            case Target::roles: return roles(entry.number, from);
            case Target::unknown: return unknown_paths(from);
            case Target::approvals: return read_approvals(*state_, from);
            case Target::args: return take_args(from);
            case Target::argument:
                args_->push_back({false, field->argument, from});
                return from.skip();
            case Target::no_args:
                from.skip();
                return state_->fail(FormError::invalid_args, "args",
                                    "not part of the host's document");
            case Target::capture:
                if constexpr (requires { from.raw(); }) (*captures_)[entry.number] = from.raw();
                return;
        }
    }
    /// The common case; false where it is not.
    bool quick(std::uint32_t entry, Source& from, std::uint64_t moment) {
        // An attribute's slot tells by itself that it was given before.
        const bool marked = tree_->entries[entry].marked;
        Marks& marks = state_->scratch().entries;
        std::string_view text;
        if ((marked && marks.met(entry, moment)) || !from.quick_text(text)) return false;
        if (marked) marks.first(entry, moment);
        take_quick(entry, text);
        return true;
    }
    void take_quick(const Entry& entry, std::string_view text) {
        const std::uint32_t number = entry.number;
        switch (entry.quick) {
            case Quick::no: return;
            case Quick::string:
                if (text.size() <= state_->tables().string_bytes) [[likely]] {
                    return state_->give(number, model::of_text(text));
                }
                [[fallthrough]];
            case Quick::text:
                return state_->give(
                    number, text_value(*state_->tables().slots[number], text, state_->arena()));
            case Quick::word:
                return state_->give(number, word_value(*state_->tables().slots[number], text));
            case Quick::tool: return state_->tool(text);
            case Quick::stage: return state_->stage(text);
            case Quick::capture:
                // Only documents have captures: there the quotes stand around the text.
                (*captures_)[number] = {text.data() - 1, text.size() + 2};
                return;
        }
    }
    void group(const Entry& entry, Source& from) {
        switch (from.shape()) {
            case Shape::object: return object(entry.node, from);
            case Shape::null:
                from.scalar();
                if (entry.number == 0) state_->mark_null(*tree_, entry.node);
                return;
            case Shape::boolean:
            case Shape::number:
            case Shape::text:
            case Shape::money:
            case Shape::list: break;
        }
        from.skip();
        state_->mark_members(*tree_, entry.node, model::State::wrong_type);
    }

    void slot(const Entry& entry, const HostField* field, Source& from, Siblings<Source>& beside) {
        if (entry.node != bytecode::none && from.shape() == Shape::object) {
            Source copy = from;
            object(entry.node, copy);
        }
        const TypeInfo& info = *state_->tables().slots[entry.number];
        if (field != nullptr && field->time_form != TimeForm::rfc3339 &&
            info.type->kind == model::Kind::time && from.shape() != Shape::null) {
            const Scalar number = scalar_or_shape(from);
            return state_->give(entry.number, unix_time(info, number, field->time_form));
        }
        if (entry.number_as_text && from.shape() == Shape::number) {
            const Scalar number = scalar_or_shape(from);
            return state_->give(entry.number, text_value(info, number.text, state_->arena()));
        }
        state_->give(entry.number, convert_.convert(info, from, beside, no_step_));
    }

  public:
    /// Where arguments or roles stand, and nothing else is to be looked at.
    void take_args(Source& from) {
        const auto begin = from.place();
        if (args_together_ && state_->tool_given() && state_->resolve_tool()) {
            args_read_ = true;
            ArgReader<Source>::read(*state_, from);
        } else {
            args_->push_back({true, {}, from});
            from.skip();
        }
        if constexpr (requires { from.raw(); }) {
            state_->out().args_json = from.passed({}, begin).json;
        }
    }
    void roles(std::uint32_t party, Source& from) {
        if (!state_->begin_roles(party)) return from.skip();
        if (from.shape() == Shape::list) {
            return from.elements([&] {
                std::string_view name;
                if (from.quick_text(name))
                    state_->role(party, name);
                else
                    state_->role(party, scalar_or_shape(from));
            });
        }
        from.skip();
        state_->no_roles(party, model::State::wrong_type);
    }

  private:
    void unknown_paths(Source& from) {
        if (from.shape() == Shape::null) return from.skip();
        if (from.shape() != Shape::list) {
            from.skip();
            return state_->fail(FormError::invalid_args, "unknown", "not a list of paths");
        }
        std::size_t count = 0;
        from.elements([&] {
            const Scalar path = scalar_or_shape(from);
            if (path.shape != Shape::text || path.broken) {
                return state_->fail(FormError::invalid_args, "unknown", "not a list of paths");
            }
            if (++count > state_->tables().limits.list_length) {
                return state_->fail(FormError::invalid_args, "unknown", "longer than the limit");
            }
            state_->host_unknown(path.text);
        });
    }

    CallState* state_;
    const HostTree* tree_;
    Items<Source>* args_;
    Converter<Source> convert_;
    const ArgumentPlace no_step_;
    const std::vector<HostField>* fields_ = nullptr;
    std::vector<std::string_view>* captures_ = nullptr;
    bool args_together_ = false;
    bool args_read_ = false;
};

}  // namespace proviso::decide
