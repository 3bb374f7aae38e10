// What a store in a file asks its tables. Each function is part of the transaction under way.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/decide/sqlite_db.h"
#include "engine/decide/store.h"

namespace proviso::decide {

class Statements {
  public:
    explicit Statements(Database& database) : database_(database) {}

    [[nodiscard]] Fault begin_read() { return run(begin_read_); }
    [[nodiscard]] Fault begin_write() { return run(begin_write_); }
    [[nodiscard]] Fault commit() { return run(commit_); }
    [[nodiscard]] Fault roll_back() { return run(roll_back_); }
    [[nodiscard]] Fault set_savepoint() { return run(set_savepoint_); }
    [[nodiscard]] Fault drop_savepoint() { return run(drop_savepoint_); }
    /// What came after it is undone, and it is gone.
    [[nodiscard]] Fault return_to_savepoint() {
        const Fault fault = run(return_to_savepoint_);
        return fault == Fault::none ? drop_savepoint() : fault;
    }

    [[nodiscard]] Fault register_series(std::string_view name, std::int64_t look_back,
                                        std::size_t most, std::int64_t& id);
    /// The one after `id`, and again from the first; 0 where there is none.
    [[nodiscard]] Fault next_series(std::int64_t id, std::int64_t& next);
    [[nodiscard]] Fault total(const SeriesSpec& spec, const Look& look, Total& out);
    [[nodiscard]] Fault find_call(std::string_view id, std::optional<KnownCall>& out);
    /// 0 where there is none.
    [[nodiscard]] Fault find_number(std::string_view id, std::int64_t& number, EventState& state);
    [[nodiscard]] Fault settle(std::int64_t number, EventState to);
    /// `full` where the key would have more than `most` events.
    [[nodiscard]] Fault room_for(const Event& event, std::size_t more, std::size_t most);

    // Delete the oldest `count` before an instant, and raise `since` past them.
    /// `late` is the instant that look-backs are taken from.
    [[nodiscard]] Fault forget_events(SeriesId series, Instant late, int count);
    [[nodiscard]] Fault forget_calls(Instant before, int count, Instant& since);
    [[nodiscard]] Fault forget_rejects(Instant before, int count, Instant& since);
    [[nodiscard]] Fault forget_requests(Instant before, int count);

    [[nodiscard]] Fault put_halt(const HaltScope& scope, std::string_view reason,
                                 std::int64_t epoch);
    [[nodiscard]] Fault drop_halt(const HaltScope& scope, bool& was_there);
    [[nodiscard]] Fault read_halts(std::vector<Halt>& out);

  private:
    static Fault run(Statement& statement) { return Query(statement).run(); }
    [[nodiscard]] Fault sum(const Look& look, Total& out);
    [[nodiscard]] Fault distinct(const Look& look, Total& out);
    [[nodiscard]] Fault count(const Look& look, Total& out);
    [[nodiscard]] Fault forget(Statement& latest, Statement& remove, Instant before, int count,
                               Instant& since);

    Database& database_;
    Statement begin_read_{database_, "BEGIN"};
    Statement begin_write_{database_, "BEGIN IMMEDIATE"};
    Statement commit_{database_, "COMMIT"};
    Statement roll_back_{database_, "ROLLBACK"};
    Statement set_savepoint_{database_, "SAVEPOINT step"};
    Statement drop_savepoint_{database_, "RELEASE step"};
    Statement return_to_savepoint_{database_, "ROLLBACK TO step"};

  public:
    Statement read_state{database_, "SELECT * FROM state"};
    Statement write_state{database_,
                          "UPDATE state SET clock_before = ?, clock_earliest = ?, clock_seen = ?, "
                          "halt_epoch = ?, last_number = ?, last_series = ?, ids_since = ?, "
                          "rejects_since = ?"};
    Statement held_since{database_, "SELECT held_since FROM series WHERE id = ?"};
    Statement find_reject{database_, "SELECT by, until FROM reject WHERE plan = ?"};
    Statement find_request{database_, "SELECT at FROM request WHERE plan = ?"};
    Statement add_call{database_, "INSERT INTO call VALUES (?, ?, ?, ?, ?, ?, 0, ?)"};
    Statement add_event{database_, "INSERT INTO event VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?)"};
    Statement add_reject{database_,
                         "INSERT INTO reject VALUES (?, ?, ?) ON CONFLICT (plan) DO UPDATE SET "
                         "by = excluded.by, until = excluded.until WHERE until < excluded.until"};
    Statement add_request{database_, "INSERT OR IGNORE INTO request VALUES (?, ?, ?)"};

  private:
    Statement find_series_{database_, "SELECT id FROM series WHERE name = ?"};
    Statement count_series_{database_, "SELECT count(*) FROM series"};
    Statement add_series_{database_,
                          "INSERT INTO series VALUES (NULL, ?, ?, -9223372036854775808) "
                          "ON CONFLICT (name) DO UPDATE SET "
                          "look_back = max(look_back, excluded.look_back)"};
    Statement next_series_{database_,
                           "SELECT coalesce((SELECT min(id) FROM series WHERE id > ?), "
                           "(SELECT min(id) FROM series), 0)"};
    Statement look_{database_,
                    "SELECT state, currency, coefficient, scale, member FROM event "
                    "WHERE series = ? AND key = ? AND time >= ? AND state <> 2"};
    Statement key_events_{database_,
                          "SELECT count(*) FROM (SELECT 1 FROM event WHERE series = ? AND key = ? "
                          "LIMIT ?)"};
    Statement find_call_{database_,
                         "SELECT plan, outcome, reason, best_case, state FROM call WHERE id = ?"};
    Statement find_number_{database_, "SELECT number, state FROM call WHERE id = ?"};
    Statement settle_call_{database_, "UPDATE call SET state = ?2 WHERE number = ?1"};
    Statement settle_events_{
        database_, "UPDATE event SET state = ?2 WHERE call = ?1 AND call <> 0 AND state <> 1"};

    Statement old_event_{database_,
                         "SELECT max(time) FROM (SELECT time FROM event WHERE series = ?1 AND "
                         "time < ?2 - (SELECT look_back FROM series WHERE id = ?1) "
                         "ORDER BY time LIMIT ?3)"};
    Statement hold_since_{database_,
                          "UPDATE series SET held_since = max(held_since, ?2) WHERE id = ?1"};
    Statement drop_events_{database_, "DELETE FROM event WHERE series = ? AND time < ?"};
    Statement old_call_{database_,
                        "SELECT max(at) FROM (SELECT at FROM call WHERE at IS NOT NULL AND at < ? "
                        "ORDER BY at LIMIT ?)"};
    Statement drop_calls_{database_, "DELETE FROM call WHERE at IS NOT NULL AND at < ?"};
    Statement old_reject_{database_,
                          "SELECT max(until) FROM (SELECT until FROM reject WHERE until < ? "
                          "ORDER BY until LIMIT ?)"};
    Statement drop_rejects_{database_, "DELETE FROM reject WHERE until < ?"};
    Statement old_request_{database_,
                           "SELECT max(until) FROM (SELECT until FROM request WHERE until < ? "
                           "ORDER BY until LIMIT ?)"};
    Statement drop_requests_{database_, "DELETE FROM request WHERE until < ?"};

    Statement put_halt_{database_, "INSERT OR REPLACE INTO halt VALUES (?, ?, ?, ?)"};
    Statement drop_halt_{database_, "DELETE FROM halt WHERE kind = ? AND name = ?"};
    Statement read_halts_{database_, "SELECT kind, name, reason, epoch FROM halt"};
};

}  // namespace proviso::decide
