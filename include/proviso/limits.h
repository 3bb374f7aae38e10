// Every bound of the product, in one place. docs/limits.md tells what reaching one gives.
#pragma once

#include <cstddef>
#include <cstdint>

namespace proviso {

/// Sizes in bytes, counts in items. All are inclusive: the value itself is still accepted.
struct Limits {
    // rule text
    std::size_t source_bytes = 16u << 20;  ///< one file
    std::size_t set_bytes = 256u << 20;    ///< all files of a set
    std::size_t set_files = 4096;
    std::size_t nesting = 128;      ///< brackets, `not`, types, blocks
    std::size_t errors = 200;       ///< of one file; then the rest is not read
    std::size_t rules = 1'000'000;  ///< rules, matrices and limits of a set
    std::size_t tools = 100'000;
    std::size_t roles = 1024;
    std::size_t role_depth = 32;  ///< length of a chain of `extends`
    std::size_t let_depth = 64;   ///< of lets, quantifiers, conditions as values; at most 255
    std::size_t attributes = 4096;
    std::size_t enum_words = 256;
    std::size_t regex_bytes = 1024;  ///< of a pattern's text
    std::size_t matrix_cells = 65'536;
    std::size_t window_parts = 1024;   ///< of a window, with those of the windows that it names
    std::size_t window_depth = 16;     ///< windows within each other
    std::size_t approval_places = 32;  ///< of one approval; also its escalations, `never` paths
    std::size_t period_days = 3'660;   ///< that a limit or counter looks back

    // one data file
    std::size_t data_bytes = 16u << 20;
    std::size_t data_values = 1'000'000;  ///< scalars, lists and mappings
    std::size_t data_nesting = 32;

    // one tools list, which is a data file as well
    std::size_t schema_types = 100'000;     ///< that the schemas of its tools unfold to
    std::size_t schema_nesting = 32;        ///< lists and records within each other
    std::size_t listed_name_bytes = 256;    ///< of a tool's or an arg's name
    std::size_t description_bytes = 4'096;  ///< of a tool; a longer one is cut

    // one call
    std::size_t call_bytes = 1u << 20;  ///< host document or args
    std::size_t call_nesting = 32;
    std::size_t string_bytes = 65'536;      ///< one string; a longer one is unknown
    std::size_t list_length = 1'000;        ///< members of one list; a longer one is unknown
    std::size_t undeclared_args = 64;       ///< names that an open tool may bring
    std::size_t call_roles = 256;           ///< role names of one party, or of one approver
    std::size_t approvals = 64;             ///< of one call; of more, none counts
    std::size_t approval_gates = 256;       ///< names that one approval may give
    std::size_t elements_visited = 10'000;  ///< by all quantifiers of one condition

    // one engine or session
    std::size_t remembered_tools = 1024;    ///< names outside the catalogue, matched once
    std::size_t compiled_bytes = 1u << 30;  ///< of a compiled set file

    // one store
    std::size_t store_series = 4096;            ///< limits and counters of all its policies
    std::size_t store_keys = 4'000'000;         ///< live keys of all series
    std::size_t store_events = 65'536;          ///< of one key
    std::size_t store_ids = 4'000'000;          ///< call ids that are bound
    std::size_t store_id_bytes = 256;           ///< of one call id
    std::size_t store_id_seconds = 2'592'000;   ///< that an id is kept: 30 days
    std::size_t store_late_seconds = 3600;      ///< that a call may come late
    std::size_t store_plans = 100'000;          ///< requests, and rejections, that are kept
    std::size_t store_halts = 1024;             ///< switches that are on
    std::size_t store_halt_bytes = 1024;        ///< of a halt's name, and of its reason
    std::size_t store_busy_milliseconds = 250;  ///< that a decision waits for another process
};

}  // namespace proviso
