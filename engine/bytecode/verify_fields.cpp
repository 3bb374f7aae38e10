// The checks that hold for every field, whatever its table: enumerators in range, text in UTF-8;
// and how large tables may be.
#include "engine/bytecode/program_fields.h"
#include "engine/bytecode/verify_context.h"

namespace proviso::bytecode {
namespace {

class FieldCheck {
  public:
    explicit FieldCheck(Context& context) : context_(context) {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (field(fields), ...);
    }

    [[nodiscard]] bool holds() const { return holds_; }

  private:
    template <class T>
    void field(const T& it) {
        if constexpr (std::is_enum_v<T>) {
            if constexpr (enumerators < T >> 0)
                enumerator(static_cast<std::uint32_t>(it), enumerators<T>);
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (holds_ && !is_utf8(it)) fail("a text is not UTF-8");
        } else if constexpr (std::is_class_v<T>) {
            each_field(it, *this);
        }
    }
    template <class T>
    void field(const std::vector<T>& items) {
        for (const T& item : items) field(item);
    }
    template <class T>
    void field(const std::optional<T>& item) {
        if (item) field(*item);
    }
    template <class T, std::size_t N>
    void field(const T (&)[N]) {}
    void field(const std::vector<std::uint8_t>&) {}
    void field(const std::vector<std::uint32_t>&) {}
    void field(const std::vector<std::uint64_t>&) {}

    void enumerator(std::uint32_t value, std::uint32_t count) {
        if (holds_ && value >= count) fail("a word of a fixed list is out of range");
    }
    void fail(std::string_view why) { holds_ = context_.fail({"program", none}, std::string(why)); }

    Context& context_;
    bool holds_ = true;
};

bool small_enough(Context& context, std::string_view table, std::size_t size, std::size_t limit) {
    if (size <= limit) return true;
    return context.fail({table, none},
                        "there are " + text(size) + ", more than the limit of " + text(limit));
}

std::size_t statements(const Program& program) {
    std::size_t count = program.matrices.size() + program.raises.size() + program.limits.size();
    for (const Rule& rule : program.rules) count += rule.kind == RuleKind::rule ? 1 : 0;
    return count;
}

// A temporary is written by an instruction or is the variable of a loop; a few may be kept for
// nothing. So a short file cannot ask for a frame of gigabytes.
bool frame_is_earned(Context& context) {
    constexpr std::size_t to_spare = 64;
    const Program& program = context.program;
    return small_enough(context, "temporaries", program.temporaries,
                        program.code.size() + program.loops.size() + to_spare);
}

bool verify_sizes(Context& context) {
    const Program& program = context.program;
    const Limits& limits = context.limits;
    return small_enough(context, "rules", statements(program), limits.rules) &&
           small_enough(context, "tools", program.tools.size(), limits.tools) &&
           small_enough(context, "roles", program.roles.size(), limits.roles) &&
           small_enough(context, "instructions", program.code.size(), none - 1) &&
           frame_is_earned(context);
}

}  // namespace

bool verify_fields(Context& context) {
    FieldCheck check(context);
    each_field(context.program, check);
    check(context.program.types.types(), context.program.types.enums());
    return check.holds() && verify_sizes(context);
}

}  // namespace proviso::bytecode
