// Calls as JSON: pieces are a host's document and the args' document in turn, so that one session
// decides several, as it remembers the shapes of documents.
//
// Each is previewed in the session that has decided those before it and in a fresh one, twice,
// bound, as one document, and decided: all of these agree, so nothing of a call is left in the
// next.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/fuzz/bounds.h"
#include "tests/fuzz/expect.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/policy.h"
#include "tests/fuzz/said.h"

namespace proviso::fuzz {
namespace {

constexpr std::size_t most_pieces = 8;

/// Of what JSON it is, by nlohmann's reader (for which a zero byte ends the text).
struct Document {
    bool is_object = false;
    bool has_args = false;
    bool has_unknown = false;
    bool is_empty = false;
};

Document look_at(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || text.find('\0') != std::string_view::npos) return {};
    return {true, json.contains("args"), json.contains("unknown"), json.empty()};
}

/// `object` with a member more in front.
std::string with_member(std::string_view object, std::string_view name, std::string_view value,
                        bool is_empty) {
    const std::size_t open = object.find('{');
    std::string text{object.substr(0, open + 1)};
    text += '"';
    text += name;
    text += "\": ";
    text += value;
    if (!is_empty) text += ", ";
    text += object.substr(open + 1);
    return text;
}

class Harness {
  public:
    void decide(CallJson call) {
        const Verdict verdict = session_.preview(call);
        const std::string text = said(session_, verdict);
        hold_explained(session_);
        Session fresh(engine_);
        expect(said(fresh, fresh.preview(call)) == text, "what was decided before does not matter");
        expect(said(session_, session_.preview(call)) == text, "same inputs, same decision");
        // An engine of its own, as a decision may be remembered: then it is another one the next
        // time.
        const Engine engine(call_policy(), call_options());
        Session deciding(engine);
        expect(said(deciding, deciding.decide(call)) == text, "a preview is what is decided");
        BoundCall bound = session_.bind(call);
        expect(said(session_, session_.preview(bound)) == text,
               "a call that was bound before is decided the same");
        const Document host = look_at(call.host);
        const Document args = look_at(call.args);
        const bool readable = host.is_object && (args.is_object || call.args.empty());
        if (!readable) expect(verdict.outcome == Outcome::block, "what is no object is a block");
        if (host.is_object && args.is_object && !host.has_args) {
            one_document(call, host, text);
        }
        if (host.is_object && !host.has_unknown) less_known(call, host, verdict);
    }

  private:
    void one_document(CallJson call, const Document& host, const std::string& text) {
        const std::string document = with_member(call.host, "args", call.args, host.is_empty);
        const Limits limits = small_limits();
        if (document.size() > limits.call_bytes) return;
        const Verdict verdict = one_document_.preview(Layout::native(), document);
        expect(said(one_document_, verdict) == text, "one document or two: the same decision");
        Session fresh(engine_);
        const Verdict again = fresh.preview(Layout::native(), document);
        expect(said(fresh, again) == text, "one document: what came before does not matter");
    }

    void less_known(CallJson call, const Document& host, const Verdict& verdict) {
        for (const char* path : {"risk", "vip", "environment", "time", "agent.confidence"}) {
            const std::string list = "[\"" + std::string(path) + "\"]";
            const std::string less = with_member(call.host, "unknown", list, host.is_empty);
            if (less.size() > small_limits().call_bytes) return;
            expect(session_.preview(CallJson{less, call.args}).outcome >= verdict.outcome,
                   "not knowing only tightens");
        }
    }

    static const Engine& engine() {
        static const Engine made(call_policy(), call_options());
        return made;
    }

    const Engine& engine_ = engine();
    Session session_{engine_};
    Session one_document_{engine_};
};

void hold_calls(std::string_view input) {
    Harness harness;
    const auto texts = pieces(input, most_pieces);
    for (std::size_t i = 0; i < texts.size(); i += 2) {
        harness.decide({texts[i], i + 1 < texts.size() ? texts[i + 1] : std::string_view{}});
    }
}

}  // namespace
}  // namespace proviso::fuzz

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    proviso::fuzz::hold_calls(proviso::fuzz::text_of(data, size));
    return 0;
}
