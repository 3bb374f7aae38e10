// Policy handles: what a compiled set tells of itself, saving and loading.
#include "proviso/policy.h"

#include <algorithm>
#include <utility>

#include "engine/bytecode/disassembler.h"
#include "engine/bytecode/serialize.h"
#include "engine/decide/record.h"
#include "engine/model/calendar.h"
#include "engine/policy_impl.h"

namespace proviso {

namespace {

RuleInfo rule_info(const bytecode::Rule& rule, const decide::LineIndex& lines) {
    RuleInfo info;
    info.name = rule.name;
    info.kind = std::string(decide::kind_name(rule.kind));
    info.effect = static_cast<Outcome>(rule.effect);
    info.doc = rule.doc;
    info.file = std::string(lines.file(rule.name_place));
    info.line = lines.position(rule.name_place).line;
    info.on_trial = rule.on_trial;
    if (rule.on_trial) info.trial_until = model::date_text(rule.trial_until_day);
    return info;
}

ToolInfo tool_info(const bytecode::Tool& tool, const model::TypeTable& types) {
    ToolInfo info;
    info.name = tool.name;
    info.doc = tool.doc;
    info.has_undo = tool.has_undo;
    const auto& tiers = types.enumeration(model::tier_enum).words;
    const auto& stages = types.enumeration(model::stage_enum).words;
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        if (tool.tiers == (1U << i)) info.tier = tiers[i];
    }
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if ((tool.stages >> i & 1U) != 0) info.stages.push_back(stages[i]);
    }
    return info;
}

}  // namespace

Policy::Impl::Impl(std::shared_ptr<const vm::Image> made, const Limits& limits)
    : image(std::move(made)),
      tables(image->program(), limits),
      lines(image->program()) {
    const bytecode::Program& program = image->program();
    rules.reserve(program.rules.size());
    for (const bytecode::Rule& rule : program.rules) rules.push_back(rule_info(rule, lines));
    for (const bytecode::Tool& tool : program.tools) {
        tools.push_back(tool_info(tool, program.types));
    }
}

Policy::Policy(std::unique_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
Policy::~Policy() = default;

const std::string& Policy::name() const noexcept {
    return impl_->image->program().policy_name;
}
const std::string& Policy::version() const noexcept {
    return impl_->image->program().policy_version;
}
const std::string& Policy::hash() const noexcept {
    return impl_->image->program().set_hash;
}
const std::string& Policy::zone_data() const noexcept {
    return impl_->image->program().zone_data;
}
const std::vector<RuleInfo>& Policy::rules() const noexcept {
    return impl_->rules;
}
const std::vector<ToolInfo>& Policy::tools() const noexcept {
    return impl_->tools;
}

std::vector<std::string> Policy::obligations() const {
    std::vector<std::string> names;
    for (const bytecode::Obligation& one : impl_->image->program().obligations) {
        names.push_back(one.name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string Policy::disassemble(std::string_view tool) const {
    bytecode::DisassembleOptions options;
    if (!tool.empty()) {
        if (impl_->tables.find_tool(tool) == bytecode::none) return {};
        options.tool = std::string(tool);
    }
    return bytecode::disassemble(impl_->image->program(), options);
}

std::string Policy::save() const {
    return bytecode::save(impl_->image->program());
}

LoadResult load_policy(std::string_view bytes, const Limits& limits) {
    bytecode::LoadResult loaded = bytecode::load(bytes, limits);
    if (!loaded.program) return {nullptr, loaded.error};
    LoadResult result;
    auto image = vm::Image::make(std::move(*loaded.program), limits, result.error);
    if (image == nullptr) return result;
    result.policy = std::make_shared<const Policy>(
        std::make_unique<const Policy::Impl>(std::move(image), limits));
    return result;
}

}  // namespace proviso
