// Sets, patterns, quantifiers, shared conditions, tables, axes and matrices: sizes that agree,
// every value covered, constants of the right kind.
#include <algorithm>

#include "engine/bytecode/verify_context.h"
#include "engine/model/native.h"
#include "stdlib/functions.h"

namespace proviso::bytecode {
namespace {

using model::Kind;

class TableCheck {
  public:
    explicit TableCheck(Context& context) : context_(context), program_(context.program) {}

    bool run() {
        return each("set", program_.sets, &TableCheck::set) &&
               each("regular expression", program_.regexes, &TableCheck::regex) &&
               each("loop", program_.loops, &TableCheck::loop) &&
               each("shared", program_.shared, &TableCheck::shared) &&
               each("table", program_.tables, &TableCheck::table) &&
               each("function", program_.functions, &TableCheck::function) &&
               each("native call", program_.native_calls, &TableCheck::native_call) &&
               each("matrix", program_.matrices, &TableCheck::matrix);
    }

  private:
    template <class Item>
    bool each(std::string_view name, const std::vector<Item>& items,
              bool (TableCheck::*check)(const Item&)) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            where_ = {name, i};
            if (!(this->*check)(items[i])) return false;
        }
        return true;
    }

    bool require(bool holds, std::string_view why) { return context_.require(holds, where_, why); }

    bool known_constant(std::uint32_t at) {
        return context_.index(where_, "constant", at, program_.constants.size()) &&
               require(program_.constants[at].known(), "one of its constants is unknown");
    }

    bool place_or_constant(std::uint32_t at, bool is_constant) {
        return is_constant ? context_.index(where_, "constant", at, program_.constants.size())
                           : context_.index(where_, "place", at, context_.places());
    }

    bool set(const Set& it) {
        if (!require(is_scalar(it.kind), "its members are of a kind that has no equality")) {
            return false;
        }
        for (const std::uint32_t member : it.members) {
            if (!known_constant(member)) return false;
            const Base base = context_.constant_base(member);
            const bool same = context_.kind(base) == it.kind &&
                              base == context_.constant_base(it.members.front());
            if (!require(same, "its members are not all of its kind")) return false;
        }
        return true;
    }

    bool regex(const std::string& it) {
        return require(it.size() <= context_.limits.regex_bytes, "it is longer than the limit");
    }

    bool loop(const Loop& it) {
        const bool sums = it.kind == LoopKind::sum;
        const bool sum_kind = it.sum_kind == Kind::integer || it.sum_kind == Kind::decimal ||
                              it.sum_kind == Kind::money;
        return require(it.depth <= 1, "quantifiers nest at most twice") &&
               place_or_constant(it.list, it.list_constant) &&
               require(!context_.is_slot(it.variable), "its variable is a slot") &&
               context_.index(where_, "place", it.variable, context_.places()) &&
               context_.block(where_, it.body) &&
               require(sums || it.body != none, "it has no condition") &&
               require(!sums || sum_kind, "it sums what cannot be summed") &&
               (!sums || place_or_constant(it.value, it.value_constant));
    }

    bool shared(const Shared& it) {
        if (!context_.block(where_, it.block)) return false;
        if (it.is_condition) return require(it.block != none, "it is a condition without a block");
        return context_.type(where_, it.type) && place_or_constant(it.value, it.value_constant);
    }

    // The text is looked at as a signature only once it is known to be one of this build.
    bool function(const std::string& it) {
        const native::Function* found = stdlib::find_function(native::name_of(it));
        return require(found != nullptr && found->signature == it,
                       "this build has no such function: " + it);
    }

    bool native_call(const NativeCall& it) {
        if (!context_.index(where_, "function", it.function, program_.functions.size())) {
            return false;
        }
        const auto signature = model::parse_signature(program_.functions[it.function]);
        if (!require(it.arguments.size() == signature.arguments.size(),
                     "it has not the arguments that its function takes")) {
            return false;
        }
        return std::all_of(it.arguments.begin(), it.arguments.end(), [&](const ValueRef& argument) {
            return require(argument.block == none, "an argument of it has a block") &&
                   context_.value(where_, argument);
        });
    }

    // ------------------------------------------------------------ axes

    bool axis(const Axis& it) {
        if (!require(it.size > 0 && it.labels.size() == it.size, "an axis has no label a row")) {
            return false;
        }
        if (it.rest != none && !context_.index(where_, "label", it.rest, it.size)) return false;
        switch (it.kind) {
            case AxisKind::enumeration:
                return require(!it.index_of.empty(), "an axis is empty") && labels(it, false);
            case AxisKind::tool: return tool_axis(it);
            case AxisKind::tier:
                return require(it.index_of.size() == 4, "a tier has no label") && labels(it, false);
            case AxisKind::bands: return bands(it);
            case AxisKind::values: return values(it);
        }
        return false;
    }

    // `none` stands for a tool that the matrix is not about.
    bool labels(const Axis& it, bool with_none) {
        for (const std::uint32_t label : it.index_of) {
            if (with_none && label == none) continue;
            if (!context_.index(where_, "label", label, it.size)) return false;
        }
        return true;
    }

    bool tool_axis(const Axis& it) {
        return require(it.index_of.size() == program_.tools.size(), "a tool has no label") &&
               labels(it, true);
    }

    bool bands(const Axis& it) {
        const bool sized = it.bounds.size() + 1 == it.size && it.rest == it.size - 1 &&
                           it.inclusive.size() == it.bounds.size();
        const bool ordered = it.value_kind == Kind::integer || it.value_kind == Kind::decimal ||
                             it.value_kind == Kind::money || it.value_kind == Kind::duration ||
                             it.value_kind == Kind::time || it.value_kind == Kind::date;
        if (!require(sized, "bands are not one more than their bounds") ||
            !require(ordered, "bands of a kind that has no order")) {
            return false;
        }
        for (std::size_t i = 0; i < it.bounds.size(); ++i) {
            if (!bound(it, it.bounds[i]) || (i > 0 && !ascends(it, i))) return false;
        }
        return true;
    }

    bool bound(const Axis& it, std::uint32_t constant) {
        return known_constant(constant) &&
               require(context_.kind(context_.constant_base(constant)) == it.value_kind,
                       "a bound is not of the axis's kind");
    }

    bool ascends(const Axis& it, std::size_t i) {
        const Value& before = program_.constants[it.bounds[i - 1]];
        const Value& bound = program_.constants[it.bounds[i]];
        if (it.value_kind == Kind::money && before.extra != bound.extra) {
            return require(false, "bands of two currencies");
        }
        const auto order = is_integer_like(it.value_kind)
                               ? before.integer <=> bound.integer
                               : model::compare(before.decimal(), bound.decimal());
        const bool opens = it.inclusive[i - 1] == 0 && it.inclusive[i] != 0;
        return require(order < 0 || (order == 0 && opens), "bounds do not ascend");
    }

    // The rest may stand among the listed values; its bound is `none`.
    bool values(const Axis& it) {
        const bool at_end = it.bounds.size() + 1 == it.size && it.rest == it.size - 1;
        if (!require(at_end || it.bounds.size() == it.size, "an axis has no value a label") ||
            !require(it.rest != none, "an axis of listed values has no rest") ||
            !require(is_scalar(it.value_kind), "an axis of a kind that has no equality")) {
            return false;
        }
        for (std::size_t i = 0; i < it.bounds.size(); ++i) {
            if (i == it.rest && it.bounds[i] == none) continue;
            if (!bound(it, it.bounds[i])) return false;
        }
        return true;
    }

    bool axes(const std::vector<Axis>& all, std::size_t& cells) {
        if (!require(all.size() == 1 || all.size() == 2, "it has not one or two axes")) {
            return false;
        }
        cells = 1;
        for (const Axis& it : all) {
            if (!axis(it)) return false;
            cells *= it.size;
        }
        return require(cells <= context_.limits.matrix_cells, "it has more cells than the limit");
    }

    bool table(const Table& it) {
        std::size_t cells = 0;
        if (!axes(it.axes, cells) || !context_.type(where_, it.type)) return false;
        for (const Axis& axis : it.axes) {
            const bool keyed = axis.kind != AxisKind::tool && axis.kind != AxisKind::tier;
            if (!require(keyed, "a table is read by values alone")) return false;
        }
        if (!require(it.cells.size() == cells, "its cells are not the product of its axes") ||
            !context_.indices(where_, "constant", it.cells, program_.constants.size())) {
            return false;
        }
        for (const std::uint32_t cell : it.cells) {
            const bool same = context_.constant_base(cell) == context_.base(it.type);
            if (!require(same, "a cell is not of its type")) return false;
        }
        return true;
    }

    bool read(const Axis& it) {
        if (it.kind == AxisKind::tool || it.kind == AxisKind::tier) {
            return require(it.read.block == none, "an axis reads a block and needs none");
        }
        if (!context_.value(where_, it.read)) return false;
        const Base base = context_.base(it.read.type);
        if (!require(context_.kind(base) == it.value_kind, "an axis reads another kind")) {
            return false;
        }
        if (it.kind != AxisKind::enumeration) return true;
        return require(context_.ordinals(base) == it.index_of.size(),
                       "an axis has not a label for every word");
    }

    bool matrix(const Matrix& it) {
        std::size_t cells = 0;
        if (!axes(it.axes, cells)) return false;
        for (const Axis& axis : it.axes) {
            if (!read(axis)) return false;
        }
        const Range rules{it.first_rule, static_cast<std::uint32_t>(cells)};
        if (!context_.range(where_, "rule", rules, program_.rules.size())) return false;
        const auto kind = it.is_default ? RuleKind::default_cell : RuleKind::matrix_cell;
        for (std::size_t i = 0; i < cells; ++i) {
            const Rule& rule = program_.rules[it.first_rule + i];
            if (!require(rule.kind == kind, "one of its rules is no cell of it")) return false;
        }
        return true;
    }

    Context& context_;
    const Program& program_;
    Where where_{};
};

}  // namespace

bool verify_tables(Context& context) {
    return TableCheck(context).run();
}

}  // namespace proviso::bytecode
