#include "tests/fuzz/remembering.h"

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/policy.h"

namespace proviso::fuzz {

const PolicyPtr& remembering_policy() {
    static const PolicyPtr policy = policy_of("approvals.proviso");
    return policy;
}

std::string payment(std::string_view id, int amount, std::string_view to, std::string_view more) {
    std::string text = R"({"tool": "pay", "time": "2026-11-25T10:00:00Z", "environment": )"
                       R"("production", "principal": {"id": "ann", "roles": ["clerk"]}, )"
                       R"("agent": {"id": "bot"})";
    if (!id.empty()) text += R"(, "id": ")" + std::string(id) + '"';
    text += more;
    text += R"(, "args": {"amount": )" + std::to_string(amount) + R"(, "to": ")";
    return text + std::string(to) + R"("}})";
}

const std::string& payment_plan() {
    static const std::string plan = [] {
        const Engine engine(remembering_policy(), {.duties = {}, .limits = small_limits()});
        Session session(engine);
        session.preview(Layout::native(), payment("c-1", 812));
        return session.decision().plan_hash;
    }();
    return plan;
}

}  // namespace proviso::fuzz
