// Constants are interned by kind and content; texts and lists are copied into the program.
#include "engine/compile/emitter.h"

#include <algorithm>

#include "engine/compile/windows.h"
#include "engine/model/type.h"
#include "stdlib/functions.h"

namespace proviso::compile {

namespace {

void append(std::string& key, const void* data, std::size_t size) {
    key.append(static_cast<const char*>(data), size);
}

// What makes two constants the same: constraints of their types do not.
void append_value(std::string& key, const model::TypeTable& types, model::TypeId type,
                  const model::Value& value) {
    const model::Type& what = types.type(type);
    key.push_back(static_cast<char>(what.kind));
    if (what.kind == Kind::enumeration) append(key, &what.enumeration, sizeof what.enumeration);
    key.push_back(static_cast<char>(value.state));
    append(key, &value.extra, sizeof value.extra);
    if (!value.known()) return;
    switch (what.kind) {
        case Kind::string: key.append(value.view()); return;
        case Kind::ip: append(key, value.address, 16); return;
        case Kind::list:
            key.push_back(static_cast<char>(types.type(what.element).kind));
            append(key, &what.element, sizeof what.element);
            for (std::uint32_t i = 0; i < value.extra; ++i) {
                append_value(key, types, what.element, value.elements[i]);
            }
            return;
        case Kind::record:
            for (std::uint32_t i = 0; i < value.extra; ++i) {
                append_value(key, types, what.fields[i].type, value.elements[i]);
            }
            return;
        case Kind::boolean:
        case Kind::integer:
        case Kind::decimal:
        case Kind::money:
        case Kind::duration:
        case Kind::time:
        case Kind::date:
        case Kind::weekday:
        case Kind::enumeration:
        case Kind::opaque:
            append(key, &value.integer, sizeof value.integer);
            key.push_back(static_cast<char>(value.scale));
            return;
    }
}

// A copy whose text, address and members live in the program.
model::Value adopt(Program& program, const model::TypeTable& types, model::TypeId type,
                   const model::Value& value) {
    if (!value.known()) return value;
    const model::Type& what = types.type(type);
    if (what.kind == Kind::string) {
        return model::of_text(program.texts.emplace_back(value.view()));
    }
    if (what.kind == Kind::ip) {
        const auto* bytes = reinterpret_cast<const char*>(value.address);
        const std::string& kept = program.texts.emplace_back(bytes, 16);
        return model::of_address(reinterpret_cast<const std::uint8_t*>(kept.data()), value.extra);
    }
    if (what.kind == Kind::list || what.kind == Kind::record) {
        std::vector<model::Value> members;
        for (std::uint32_t i = 0; i < value.extra; ++i) {
            const auto part = what.kind == Kind::list ? what.element : what.fields[i].type;
            members.push_back(adopt(program, types, part, value.elements[i]));
        }
        const auto& kept = program.lists.emplace_back(std::move(members));
        return model::of_elements(kept.data(), value.extra);
    }
    return value;
}

std::uint32_t intern(std::unordered_map<std::string, std::uint32_t>& known,
                     std::vector<std::string>& table, std::string_view text) {
    const auto [at, fresh] =
        known.try_emplace(std::string(text), static_cast<std::uint32_t>(table.size()));
    if (fresh) table.emplace_back(text);
    return at->second;
}

// Of each node whether a quantifier stands in it. Operands stand before what is made of them; a
// `let` is evaluated once, whoever reads it.
std::vector<bool> quantified(const PolicySet& set) {
    std::vector<bool> holds(set.nodes.size());
    const auto in = [&](NodeId id) {
        return id != check::no_node && holds[static_cast<std::size_t>(id)];
    };
    for (std::size_t i = 0; i < set.nodes.size(); ++i) {
        const Node& node = set.nodes[i];
        const auto* items = set.node_items.data() + node.items.begin;
        holds[i] = check::is_quantifier(node.kind) || in(node.a) || in(node.b) ||
                   std::any_of(items, items + node.items.count, in);
    }
    return holds;
}

}  // namespace

Emitter::Emitter(const PolicySet& set, Program& program)
    : set_(set),
      program_(program),
      folded_(fold(set, folded_texts_)),
      windows_(add_windows(set, program)),
      holds_quantifier_(quantified(set)),
      constant_of_node_(set.nodes.size(), none) {
    always_ = emit({.op = Op::yes});
}

std::uint32_t Emitter::constant(model::TypeId type, const model::Value& value) {
    std::string key;
    append_value(key, set_.types, type, value);
    const auto next = static_cast<std::uint32_t>(program_.constants.size());
    const auto [at, fresh] = constants_.try_emplace(std::move(key), next);
    if (fresh) {
        program_.constants.push_back(adopt(program_, set_.types, type, value));
        program_.constant_types.push_back(type);
    }
    return at->second;
}

std::uint32_t Emitter::constant(NodeId id) {
    std::uint32_t& index = constant_of_node_[static_cast<std::size_t>(id)];
    if (index == none) index = constant(set_.node(id).type, *known(id));
    return index;
}

std::uint32_t Emitter::constant_set(Kind kind, const model::Value& list, model::TypeId element) {
    bytecode::Set result{kind, {}};
    for (std::uint32_t i = 0; i < list.extra; ++i) {
        result.members.push_back(constant(element, list.elements[i]));
    }
    std::sort(result.members.begin(), result.members.end());
    result.members.erase(std::unique(result.members.begin(), result.members.end()),
                         result.members.end());
    program_.sets.push_back(std::move(result));
    return static_cast<std::uint32_t>(program_.sets.size() - 1);
}

std::uint32_t Emitter::glob(std::string_view text) {
    return intern(globs_, program_.globs, text);
}

std::uint32_t Emitter::regex(std::string_view text) {
    return intern(regexes_, program_.regexes, text);
}

std::uint32_t Emitter::function(std::string_view name) {
    return intern(functions_, program_.functions, stdlib::find_function(name)->signature);
}

std::uint32_t Emitter::emit(const Instruction& instruction) {
    program_.code.push_back(instruction);
    return here() - 1;
}

void Emitter::bind(Label& label) {
    for (const std::uint32_t use : label.uses) program_.code[use].c = here();
    label.uses.clear();
}

std::uint32_t Emitter::temporary() {
    const std::uint32_t index = next_temporary_++;
    most_temporaries_ = std::max(most_temporaries_, next_temporary_);
    return static_cast<std::uint32_t>(program_.slots.size()) + index;
}

std::uint32_t Emitter::condition_block(NodeId when, NodeId unless) {
    if (when == check::no_node && unless == check::no_node) return always_;
    if (unless == check::no_node && when == last_when_) return last_block_;
    if (when != check::no_node) prepare(when, false);
    if (unless != check::no_node) prepare(unless, true);
    const std::uint32_t begin = here();
    if (when != check::no_node) branch(when, false, false, fail_);
    if (unless != check::no_node) branch(unless, true, false, fail_);
    emit({.op = Op::yes});
    if (unless == check::no_node) {
        last_when_ = when;
        last_block_ = begin;
    }
    return begin;
}

bytecode::ValueRef Emitter::value_ref(NodeId node) {
    prepare_value(node);
    const std::uint32_t begin = here();
    const Operand result = value(node);
    bytecode::ValueRef reference{none, result.index, result.constant, set_.node(node).type};
    if (here() != begin) {
        emit({.op = Op::done});
        reference.block = begin;
    }
    return reference;
}

// Shared blocks are called in the middle of others: their temporaries are theirs alone.
void Emitter::compile_shared() {
    for (const check::Shared& shared : set_.shared) {
        bytecode::Shared result{.name = shared.name, .type = set_.node(shared.node).type};
        result.is_condition = kind_of(shared.node) == Kind::boolean;
        if (result.is_condition) {
            result.block = condition_block(shared.node, check::no_node);
        } else {
            prepare_value(shared.node);
            result.block = here();
            const Operand operand = value(shared.node);
            emit({.op = Op::done});
            result.value = operand.index;
            result.value_constant = operand.constant;
        }
        program_.shared.push_back(std::move(result));
    }
    shared_temporaries_ = next_temporary_;
    shared_ = std::move(own_);
    own_ = {};
}

void Emitter::begin_rule() {
    next_temporary_ = shared_temporaries_;
    own_ = {};
    last_when_ = check::no_node;
}

void Emitter::finish() {
    bind(fail_);
    emit({.op = Op::no});
    program_.temporaries = most_temporaries_;
}

}  // namespace proviso::compile
