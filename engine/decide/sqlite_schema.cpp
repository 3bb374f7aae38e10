#include "engine/decide/sqlite_schema.h"

namespace proviso::decide {

namespace {

constexpr std::int64_t application = 0x50525653;  // "PRVS"
constexpr std::int64_t version = 1;
// Larger files are looked through as they are read.
constexpr std::int64_t checked_bytes = std::int64_t{64} << 20;

// The state of events and calls is that of EventState. `state` has one row: the careful clock, the
// epoch of halts, the last number given, and before what ids and rejections are forgotten.
constexpr const char* schema = R"(
CREATE TABLE state (
    clock_before INTEGER NOT NULL, clock_earliest INTEGER NOT NULL, clock_seen INTEGER NOT NULL,
    halt_epoch INTEGER NOT NULL, last_number INTEGER NOT NULL, last_series INTEGER NOT NULL,
    ids_since INTEGER NOT NULL, rejects_since INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES (9223372036854775807, 9223372036854775807, 0, 0, 0, 0,
    -9223372036854775808, -9223372036854775808);
CREATE TABLE series (
    id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, look_back INTEGER NOT NULL,
    held_since INTEGER NOT NULL) STRICT;
CREATE TABLE event (
    series INTEGER NOT NULL, key BLOB NOT NULL, time INTEGER NOT NULL, number INTEGER NOT NULL,
    call INTEGER NOT NULL, state INTEGER NOT NULL, currency INTEGER NOT NULL,
    coefficient INTEGER NOT NULL, scale INTEGER NOT NULL, member BLOB NOT NULL,
    PRIMARY KEY (series, key, time, number)) STRICT, WITHOUT ROWID;
CREATE INDEX event_time ON event (series, time);
CREATE INDEX event_call ON event (call) WHERE call <> 0;
CREATE TABLE call (
    number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, plan BLOB NOT NULL,
    outcome INTEGER NOT NULL, reason INTEGER NOT NULL, best_case INTEGER NOT NULL,
    state INTEGER NOT NULL, at INTEGER) STRICT;
CREATE INDEX call_at ON call (at) WHERE at IS NOT NULL;
CREATE TABLE request (
    plan BLOB PRIMARY KEY, at INTEGER NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX request_until ON request (until);
CREATE TABLE reject (
    plan BLOB PRIMARY KEY, by BLOB NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX reject_until ON reject (until);
CREATE TABLE halt (
    kind INTEGER NOT NULL, name BLOB NOT NULL, reason BLOB NOT NULL, epoch INTEGER NOT NULL,
    PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;
PRAGMA application_id = 0x50525653;
PRAGMA user_version = 1;
)";

std::string failed(Fault fault) {
    return fault == Fault::damaged ? "it is damaged, or not a store of Proviso"
                                   : std::string(cause(fault));
}

/// Of a file that has been written before.
std::string check(Database& database) {
    Fault fault = Fault::none;
    const std::int64_t found_application = database.number("PRAGMA application_id", fault);
    if (fault == Fault::none && found_application != application) {
        return "it is not a store of Proviso";
    }
    const std::int64_t found_version =
        fault == Fault::none ? database.number("PRAGMA user_version", fault) : version;
    if (found_version != version) {
        return "it is a store of version " + std::to_string(found_version) +
               ", and this is version " + std::to_string(version);
    }
    const std::int64_t pages =
        fault == Fault::none ? database.number("PRAGMA page_count", fault) : 0;
    const std::int64_t page = fault == Fault::none ? database.number("PRAGMA page_size", fault) : 0;
    if (fault != Fault::none) return failed(fault);
    if (pages * page > checked_bytes) return {};
    Statement statement(database, "PRAGMA quick_check(1)");
    Query query(statement);
    if (!query.next()) return failed(query.fault());
    return query.bytes(0) == "ok" ? std::string() : failed(Fault::damaged);
}

}  // namespace

std::string prepare_schema(Database& database) {
    // Two processes may find the file empty at once: the first one makes it.
    Fault fault = database.run("BEGIN IMMEDIATE");
    if (fault != Fault::none) return failed(fault);
    const std::int64_t tables = database.number("SELECT count(*) FROM sqlite_schema", fault);
    if (fault == Fault::none && tables == 0) fault = database.run(schema);
    if (fault == Fault::none) fault = database.run("COMMIT");
    if (fault == Fault::none) return check(database);
    if (database.in_transaction()) [[maybe_unused]]
        const Fault undone = database.run("ROLLBACK");
    return failed(fault);
}

}  // namespace proviso::decide
