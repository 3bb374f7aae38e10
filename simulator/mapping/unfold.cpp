#include "simulator/mapping/unfold.h"

#include <algorithm>
#include <utility>

#include "simulator/mapping/mapping.h"
#include "simulator/text/json_text.h"

namespace proviso::simulator {
namespace {

constexpr std::size_t nanosecond_digits = 3;  // that microseconds have not

bool is_blank_line(std::string_view text) {
    return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool has_only_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string quoted_json(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

/// A time as the layout's unix forms want it: a number. What is none becomes a text, and unknown.
std::string unix_time_text(std::string_view text, ChoiceForm form) {
    if (form == ChoiceForm::unix_number) {
        return is_json_number(text) ? std::string{text} : quoted_json(text);
    }
    if (!has_only_digits(text) || (text.size() > 1 && text.front() == '0')) {
        // No number, so that nobody takes it for microseconds.
        return quoted_json(std::string{text} + " ns");
    }
    if (text.size() <= nanosecond_digits) return "0";
    return std::string{text.substr(0, text.size() - nanosecond_digits)};
}

std::string put(const Choice& choice, std::string_view raw, std::string& scratch) {
    if (choice.form != ChoiceForm::as_it_is) {
        return unix_time_text(plain_text(raw, scratch), choice.form);
    }
    if (!choice.words.empty()) {
        const std::string_view word = plain_text(raw, scratch);
        for (const auto& [from, to] : choice.words) {
            if (word == from) return quoted_json(to);
        }
    }
    return choice.present.empty() ? std::string{raw} : quoted_json(choice.present);
}

std::size_t bytes_of(const std::vector<std::string>& values) {
    std::size_t bytes = 0;
    for (const std::string& value : values) bytes += value.size();
    return bytes;
}

}  // namespace

Unfolder::Unfolder(const Adapter& adapter, std::size_t call_bytes)
    : adapter_(adapter),
      call_bytes_(call_bytes),
      slots_met_(adapter.slots.size()),
      filters_met_(adapter.only.size()) {}

void Unfolder::add(std::string_view line) {
    line_entries_ = 0;
    line_bytes_ = 0;
    calls_ = 0;
    numbered_ = !adapter_.each.empty();
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_blank_line(line)) {
        push(LineKind::blank, {});
    } else if (line.size() > source_line_bytes) {
        push_bad("the line is longer than " + std::to_string(source_line_bytes) + " bytes");
    } else {
        add_line(line);
    }
    end_line();
}

void Unfolder::add_line(std::string_view line) {
    if (std::string why = line_.read(line); !why.empty()) return push_bad(std::move(why));
    const std::vector<SourceValue> roots = line_.roots();
    numbered_ = numbered_ || roots.size() > 1;
    for (const SourceValue root : roots) {
        if (calls_ > calls_of_a_line) return;
        if (adapter_.masked) {
            if (std::string why = line_.mask(*adapter_.masked, root); !why.empty()) {
                push_bad(std::move(why));
                continue;
            }
        }
        // First the answers to earlier calls: a call is not its own, though it has the key.
        if (adapter_.answer && !adapter_.answer->same_line) add_answers(root);
        add_calls(root);
        if (adapter_.answer && adapter_.answer->same_line) add_answers(root);
    }
}

void Unfolder::add_calls(SourceValue root) {
    std::string why;
    const auto items = line_.items(root, adapter_.each, calls_of_a_line, why);
    if (!why.empty()) push_bad(std::move(why));
    for (const SourceItem& item : items) {
        if (calls_ > calls_of_a_line) return;
        add_call(root, item);
    }
}

void Unfolder::add_call(SourceValue root, const SourceItem& item) {
    std::string why;
    if (!passes(adapter_.only, root, item, why) && why.empty()) return;
    if (++calls_ > calls_of_a_line) {
        return push_bad("the line holds more than " + std::to_string(calls_of_a_line) + " calls");
    }
    Waiting waiting;
    if (why.empty()) fill(waiting.values, false, root, item, why);
    if (why.empty() && adapter_.answer) {
        waiting.key = key_of(adapter_.answer->of, root, item, why);
    }
    if (!why.empty()) return push_bad(std::move(why));
    const std::size_t bytes = bytes_of(waiting.values);
    line_bytes_ += bytes;
    if (line_bytes_ > unfolded_bytes) return push_bad("the calls of the line are too large");
    if (bytes > call_bytes_) {
        return push_bad("the call is larger than " + std::to_string(call_bytes_) + " bytes");
    }
    wait(std::move(waiting));
}

void Unfolder::add_answers(SourceValue root) {
    std::string why;
    // What cannot be read here answers nothing: the call itself is decided all the same.
    const auto items = line_.items(root, adapter_.answer->each, calls_of_a_line, why);
    for (const SourceItem& item : items) add_answer(root, item);
}

void Unfolder::add_answer(SourceValue root, const SourceItem& item) {
    std::string why;
    if (!passes(adapter_.answer->only, root, item, why) || !why.empty()) return;
    const std::string key = key_of(adapter_.answer->key, root, item, why);
    const auto found = keys_.find(key);
    if (!why.empty() || key.empty() || found == keys_.end()) return;
    Waiting& waiting = queue_[found->second - first_];
    std::vector<std::string> values = waiting.values;
    fill(values, true, root, item, why);
    if (why.empty() && bytes_of(values) <= call_bytes_) {
        queue_bytes_ += bytes_of(values) - bytes_of(waiting.values);
        waiting.values.swap(values);
    }
    settle(waiting);
}

bool Unfolder::passes(const std::vector<PlaceFilter>& only, SourceValue root,
                      const SourceItem& item, std::string& why) {
    for (const PlaceFilter& filter : only) {
        const SourceValue value = line_.find(filter.place, root, item, why);
        if (value && &only == &adapter_.only) {
            filters_met_[static_cast<std::size_t>(&filter - only.data())] = 1;
        }
        if (filter.present && why.empty()) {
            if (static_cast<bool>(value) != *filter.present) return false;
            continue;
        }
        if (!value) return false;
        const std::string_view text = plain_text(value.raw(), scratch_);
        const auto& wanted = filter.equals;
        if (std::find(wanted.begin(), wanted.end(), text) == wanted.end()) return false;
    }
    return true;
}

std::string Unfolder::key_of(const std::vector<Place>& places, SourceValue root,
                             const SourceItem& item, std::string& why) {
    std::string key;
    for (const Place& place : places) {
        const SourceValue value = line_.find(place, root, item, why);
        if (!value && key.empty()) return {};
        if (!value) {
            key += '-';
            continue;
        }
        const bool is_text = value.kind() == JsonNode::Kind::string;
        key += is_text ? 's' : 'v';
        append_json_string(key, plain_text(value.raw(), scratch_));
    }
    return key;
}

void Unfolder::fill(std::vector<std::string>& values, bool of_answer, SourceValue root,
                    const SourceItem& item, std::string& why) {
    std::size_t at = 0;
    for (std::size_t number = 0; number < adapter_.slots.size(); ++number) {
        for (const Choice& choice : adapter_.slots[number]) {
            if (values.size() == at) values.emplace_back();
            std::string& value = values[at++];
            if (!choice.place) {
                value = choice.fallback;
            } else if ((choice.place->base == PlaceBase::answer) == of_answer) {
                const SourceValue found = line_.find(*choice.place, root, item, why);
                if (!why.empty()) return void(why = "`" + choice.place->text + "`: " + why);
                if (!found) continue;
                slots_met_[number] = 1;
                value = put(choice, line_.text_of(found), scratch_);
            }
        }
    }
}

void Unfolder::wait(Waiting waiting) {
    waiting.entry.kind = LineKind::call;
    waiting.entry.call = numbered_ ? calls_ : 0;
    waiting.entry.ends_line = false;
    waiting.open = !waiting.key.empty();
    queue_bytes_ += bytes_of(waiting.values);
    ++line_entries_;
    queue_.push_back(std::move(waiting));
    Waiting& last = queue_.back();
    if (!last.open) return settle(last);
    // Of two that nobody has answered yet, an answer means the later one.
    if (const auto earlier = keys_.find(last.key); earlier != keys_.end()) {
        settle(queue_[earlier->second - first_]);
    }
    const std::uint64_t number = first_ + queue_.size() - 1;
    keys_.emplace(last.key, number);
    open_.insert(number);
}

void Unfolder::push(LineKind kind, std::string text) {
    Waiting waiting;
    waiting.entry = {kind, std::move(text), 0, false};
    if (kind == LineKind::bad && numbered_) waiting.entry.call = calls_;
    queue_bytes_ += waiting.entry.text.size();
    ++line_entries_;
    queue_.push_back(std::move(waiting));
}

void Unfolder::push_bad(std::string why) {
    push(LineKind::bad, std::move(why));
}

/// The call is as it will be.
void Unfolder::settle(Waiting& waiting) {
    if (waiting.open) {
        const auto known = keys_.find(waiting.key);
        open_.erase(known->second);
        keys_.erase(known);
    }
    queue_bytes_ -= bytes_of(waiting.values);
    waiting.entry.text = call_text(waiting.values);
    queue_bytes_ += waiting.entry.text.size();
    waiting.values = {};
    waiting.open = false;
}

void Unfolder::settle_all() {
    while (!open_.empty()) settle(queue_[*open_.begin() - first_]);
}

void Unfolder::release() {
    while (!queue_.empty() && !queue_.front().open) {
        Unfolded& entry = queue_.front().entry;
        queue_bytes_ -= entry.text.size();
        ready_.push_back(std::move(entry));
        queue_.pop_front();
        ++first_;
    }
}

void Unfolder::end_line() {
    if (line_entries_ == 0) push(LineKind::skipped, {});
    queue_.back().entry.ends_line = true;
    if (adapter_.answer && adapter_.answer->same_line) settle_all();
    release();
    // The oldest go as they are where too many wait.
    while (queue_.size() > calls_waiting || queue_bytes_ > waiting_bytes) {
        settle(queue_.front());
        release();
    }
}

void Unfolder::close() {
    settle_all();
    release();
}

bool Unfolder::take(Unfolded& entry) {
    if (ready_.empty()) return false;
    entry = std::move(ready_.front());
    ready_.pop_front();
    return true;
}

std::string Unfolder::call_text(const std::vector<std::string>& values) const {
    std::string text = "{";
    std::size_t at = 0;
    for (std::size_t slot = 0; slot < adapter_.slots.size(); ++slot) {
        const std::size_t end = at + adapter_.slots[slot].size();
        while (at < end && (at >= values.size() || values[at].empty())) ++at;
        if (at < end) {
            if (text.size() > 1) text += ',';
            text += '"' + std::to_string(slot) + "\":" + values[at];
        }
        at = end;
    }
    return text + '}';
}

}  // namespace proviso::simulator
