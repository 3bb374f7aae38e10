// What the page carries of its own: the bytes of the files beside this one and of the library that
// draws its charts, put into the program by the build (assets.cmake).
#pragma once

#include <string_view>

namespace proviso::report_page {

struct Asset {
    std::string_view text;
    std::string_view sha256;  ///< of the text, in hexadecimal
};

[[nodiscard]] Asset page_style();
[[nodiscard]] Asset chart_library();
[[nodiscard]] Asset page_script();

}  // namespace proviso::report_page
