#include "simulator/text/csv_text.h"

namespace proviso::simulator {

std::string csv_text(std::string_view text) {
    const bool is_formula =
        !text.empty() && std::string_view{"=+-@\t\r"}.find(text[0]) != std::string_view::npos;
    std::string out = is_formula ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace proviso::simulator
