// A layout for one program: its targets as a tree of the document's names. See bind.h.
#include "engine/decide/bind_layout.h"

#include "engine/decide/bind_tables.h"

namespace proviso::decide {

namespace {

constexpr std::string_view args_prefix = "args.";
constexpr std::string_view capture_prefix = "capture.";

Words words_of(const LayoutField& field) {
    Words words;
    std::vector<NameIndex::Named> names;
    for (const auto& [from, to] : field.words) {
        names.emplace_back(from, static_cast<std::uint32_t>(words.to.size()));
        words.to.push_back(to);
    }
    words.index = NameIndex(names);
    return words;
}

/// What is special about a field's entry; a group where its target is looked up by name.
Entry entry_like(const Layout::Impl::Field& field, std::uint32_t index, std::uint32_t& captures) {
    const std::string_view target = field.given.target;
    Entry entry;
    const bool plain =
        field.given.words.empty() && !field.constant && field.given.time_form == TimeForm::rfc3339;
    entry.field = plain ? bytecode::none : index;
    entry.has_constant = field.constant.has_value();
    entry.number_as_text = field.given.number_as_text;
    if (target == "args") {
        entry.target = Target::args;
        entry.form = true;
    } else if (target.starts_with(args_prefix)) {
        entry.target = Target::argument;
        entry.field = index;
        entry.form = true;
    } else if (target.starts_with(capture_prefix)) {
        entry.target = Target::capture;
        entry.number = captures++;
    }
    return entry;
}

void add_field(BoundLayout::Impl& bound, TreeBuilder& builder, const Layout::Impl::Field& field,
               std::uint32_t& captures) {
    const auto index = static_cast<std::uint32_t>(bound.fields.size());
    const Entry like = entry_like(field, index, captures);
    HostField host;
    host.time_form = field.given.time_form;
    if (!field.given.words.empty()) {
        bound.words.push_back(words_of(field.given));
        host.words = &bound.words.back();
    }
    if (field.constant) host.constant = &*field.constant;
    if (like.target == Target::argument) {
        host.argument = field.given.target.substr(args_prefix.size());
        bound.args_apart = true;
    }
    bound.fields.push_back(std::move(host));
    builder.add_field(field.pointer, field.given.target, like);
}

std::unique_ptr<const BoundLayout::Impl> resolve(const BindTables& tables, const Layout& layout) {
    auto bound =
        std::make_unique<BoundLayout::Impl>(BoundLayout::Impl{layout, {}, {}, {}, {}, false, 0});
    const Layout::Impl& given = layout.impl();
    TreeBuilder builder(tables.program());
    if (given.native) builder.add_native(true);
    std::uint32_t captures = 0;
    bound->words.reserve(given.fields.size());  // fields refer to them
    for (const Layout::Impl::Field& field : given.fields) {
        add_field(*bound, builder, field, captures);
    }
    bound->captures = captures;
    bound->tree = builder.build();
    for (std::uint32_t entry = 0; entry < bound->tree.entries.size(); ++entry) {
        const std::uint32_t field = bound->tree.entries[entry].field;
        if (field != bytecode::none) bound->fields[field].entry = entry;
    }
    for (std::uint32_t field = 0; field < bound->fields.size(); ++field) {
        const HostField& host = bound->fields[field];
        const bool used = host.constant != nullptr && host.entry != bytecode::none;
        if (used) bound->constants.push_back(field);
    }
    return bound;
}

}  // namespace

BoundLayout::BoundLayout(const BindTables& tables, const Layout& layout)
    : impl_(resolve(tables, layout)) {}
BoundLayout::~BoundLayout() = default;

}  // namespace proviso::decide
