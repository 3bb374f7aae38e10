#include "engine/decide/sqlite_db.h"

namespace proviso::decide {

Fault fault_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_OK:
        case SQLITE_ROW:
        case SQLITE_DONE: return Fault::none;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL: return Fault::locked;
        case SQLITE_FULL: return Fault::full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_ERROR:  // a table that is not there or has another form
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH: return Fault::damaged;
        case SQLITE_CANTOPEN:
        case SQLITE_MISUSE: return Fault::closed;
        default: break;
    }
    return code == SQLITE_READONLY_DBMOVED ? Fault::closed : Fault::unreadable;
}

std::string Database::open(const std::string& path) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) {
        return opened == nullptr ? "no memory" : std::string(sqlite3_errmsg(opened));
    }
    sqlite3_extended_result_codes(opened, 1);
    return {};
}

Fault Database::run(const char* sql) {
    return fault_of(sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Database::number(const char* sql, Fault& fault) {
    Statement statement(*this, sql);
    Query query(statement);
    const bool found = query.next();
    fault = query.fault();
    if (found) return query.number(0);
    if (fault == Fault::none) fault = Fault::damaged;
    return 0;
}

bool Database::moved() {
    int moved = 0;
    const int code = sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return code != SQLITE_OK || moved != 0;
}

Query::Query(Statement& statement) {
    if (statement.made_ == nullptr) {
        sqlite3_stmt* made = nullptr;
        check(sqlite3_prepare_v3(statement.database_.handle(), statement.sql_, -1,
                                 SQLITE_PREPARE_PERSISTENT, &made, nullptr));
        statement.made_.reset(made);
    }
    statement_ = statement.made_.get();
}

// A statement that a file's tables do not fit was never made.
Query::~Query() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void Query::check(int code) {
    if (fault_ == Fault::none) fault_ = fault_of(code);
}

Query& Query::bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
    return *this;
}

Query& Query::bind_null() {
    check(sqlite3_bind_null(statement_, ++bound_));
    return *this;
}

// An empty view may have no address, which would be a null.
Query& Query::bind(std::string_view bytes) {
    const char* at = bytes.empty() ? "" : bytes.data();
    check(sqlite3_bind_blob64(statement_, ++bound_, at, bytes.size(), SQLITE_STATIC));
    return *this;
}

Query& Query::bind(const std::uint8_t* bytes, std::size_t size) {
    check(sqlite3_bind_blob64(statement_, ++bound_, bytes, size, SQLITE_STATIC));
    return *this;
}

bool Query::next() {
    if (fault_ != Fault::none) return false;
    const int code = sqlite3_step(statement_);
    check(code);
    return code == SQLITE_ROW;
}

std::int64_t Query::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view Query::bytes(int column) const {
    const auto* at = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return at == nullptr ? std::string_view{} : std::string_view{at, size};
}

Fault Query::run() {
    while (next()) {
    }
    return fault_;
}

}  // namespace proviso::decide
