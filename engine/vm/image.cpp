// Making a program ready: all that can fail fails here, before the first decision.
#include "engine/vm/image.h"

#include <iterator>
#include <map>
#include <utility>

#include <re2/re2.h>

#include "engine/bytecode/verifier.h"
#include "engine/model/native.h"
#include "stdlib/functions.h"

namespace proviso::vm {

namespace {

constexpr std::size_t most_indexed_rules = 256;  // of a plan; more are tried one by one

RE2::Options regex_options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{8} << 20U);
    return options;
}

}  // namespace

Image::Image(Program program, const Limits& limits)
    : program_(std::move(program)),
      windows_(program_),
      elements_visited_(limits.elements_visited) {}

Image::~Image() = default;

std::shared_ptr<const Image> Image::make(Program program, const Limits& limits,
                                         std::string& error) {
    if (const auto fault = bytecode::verify(program, limits)) {
        error = fault->where + ": " + fault->why;
        return nullptr;
    }
    const std::shared_ptr<Image> image(new Image(std::move(program), limits));
    for (const std::string& pattern : image->program_.regexes) {
        auto regex = std::make_unique<re2::RE2>(pattern, regex_options());
        if (!regex->ok()) {
            error = "regular expression `" + pattern + "`: " + regex->error();
            return nullptr;
        }
        image->regexes_.push_back(std::move(regex));
    }
    for (const bytecode::Set& set : image->program_.sets) {
        image->sets_.emplace_back(image->program_, set.members, set.kind);
    }
    for (const bytecode::Switch& which : image->program_.switches) {
        image->switches_.emplace_back(image->program_, which);
    }
    image->index_rules();
    image->number_conditions();
    image->find_functions();
    return image;
}

void Image::number_conditions() {
    for (const bytecode::Instruction& it : program_.code) {
        if (it.op != bytecode::Op::condition) continue;
        if (conditions_ == 0) condition_of_block_.resize(program_.code.size(), bytecode::none);
        std::uint32_t& number = condition_of_block_[it.b];
        if (number == bytecode::none) number = conditions_++;
    }
}

// Texts that functions make lie beside the temporary that they are written to: a later text in the
// same place takes the room of the earlier one, which nothing reads any more.
void Image::find_functions() {
    std::vector<bool> gives_text;
    for (const std::string& signature : program_.functions) {
        functions_.push_back(stdlib::find_function(native::name_of(signature)));
        gives_text.push_back(model::parse_signature(signature).result.kind == model::Kind::string);
    }
    for (const bytecode::Instruction& it : program_.code) {
        if (it.op != bytecode::Op::call_native) continue;
        if (!gives_text[program_.native_calls[it.b].function]) continue;
        if (rooms_ == 0) room_of_temporary_.resize(program_.temporaries, bytecode::none);
        std::uint32_t& room = room_of_temporary_[it.c - program_.slots.size()];
        if (room == bytecode::none) room = rooms_++;
    }
}

// Plans that try the same rules share an index: most tools of a set differ in their switches alone.
void Image::index_rules() {
    std::map<std::vector<std::uint32_t>, Range> known;
    indices_of_plan_.reserve(program_.plans.size());
    std::vector<std::uint32_t> rules;
    for (const bytecode::Plan& plan : program_.plans) {
        rules.clear();
        for (const Range range : {plan.allows, plan.restrictions}) {
            for (std::uint32_t i = 0; i < range.count; ++i) {
                rules.push_back(program_.entries[range.begin + i].rule);
            }
        }
        const auto [place, added] = known.try_emplace(rules);
        if (added && rules.size() <= most_indexed_rules) {
            std::vector<RuleIndex> made = RuleIndex::make(program_, windows_, rules);
            place->second = {static_cast<std::uint32_t>(rule_indices_.size()),
                             static_cast<std::uint32_t>(made.size())};
            std::move(made.begin(), made.end(), std::back_inserter(rule_indices_));
        }
        indices_of_plan_.push_back(place->second);
    }
}

}  // namespace proviso::vm
