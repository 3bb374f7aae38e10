// A thin hold on SQLite: a connection, statements that are prepared once, and faults instead of
// codes. Nothing throws. Not thread-safe: the store holds its lock.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "engine/decide/store.h"

namespace proviso::decide {

/// What a code of SQLite means for a decision.
[[nodiscard]] Fault fault_of(int code);

class Database {
  public:
    /// Empty, or why it cannot be opened.
    [[nodiscard]] std::string open(const std::string& path);
    [[nodiscard]] Fault run(const char* sql);
    /// A number that a statement gives; `fault` where it gives none.
    [[nodiscard]] std::int64_t number(const char* sql, Fault& fault);
    [[nodiscard]] bool moved();  ///< the file is gone, or another is in its place
    void wait_for(int milliseconds) { sqlite3_busy_timeout(handle_.get(), milliseconds); }
    [[nodiscard]] sqlite3* handle() { return handle_.get(); }
    [[nodiscard]] bool in_transaction() { return sqlite3_get_autocommit(handle_.get()) == 0; }

  private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Prepared at its first use. Its answer is read while `Query` lives.
class Statement {
  public:
    Statement(Database& database, const char* sql) : database_(database), sql_(sql) {}

  private:
    friend class Query;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Database& database_;
    const char* sql_;
    std::unique_ptr<sqlite3_stmt, Finalize> made_;
};

/// One run of a statement: bind, then step. What is bound is viewed till the end.
class Query {
  public:
    explicit Query(Statement& statement);
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    Query& bind(std::int64_t value);
    Query& bind_null();
    Query& bind(std::string_view bytes);  ///< a blob
    Query& bind(const std::uint8_t* bytes, std::size_t size);

    /// Whether there is a row; false at the end and after a fault.
    [[nodiscard]] bool next();
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const;
    /// To its end, rows passed over.
    [[nodiscard]] Fault run();
    [[nodiscard]] Fault fault() const { return fault_; }

  private:
    void check(int code);

    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
    Fault fault_ = Fault::none;
};

}  // namespace proviso::decide
