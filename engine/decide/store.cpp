#include "engine/decide/store.h"

namespace proviso::decide {

std::string_view cause(Fault fault) {
    switch (fault) {
        case Fault::none: return "";
        case Fault::locked: return "store locked";
        case Fault::full: return "store full";
        case Fault::damaged: return "store damaged";
        case Fault::unreadable: return "store unreadable";
        case Fault::closed: return "store closed";
        case Fault::forgotten: return "before what the store holds";
        case Fault::overflow: return "overflow";
        case Fault::out_of_range: return "out of range";
    }
    return "";
}

}  // namespace proviso::decide
