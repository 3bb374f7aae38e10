// Catch2's main, shared by every unit and law test.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
