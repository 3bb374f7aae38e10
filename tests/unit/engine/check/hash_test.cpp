// The hash of a set: law 1, and what it has to tell apart.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>

#include "engine/check/set_dump.h"
#include "tests/unit/engine/check/checked.h"

namespace proviso::check {
namespace {

const std::string head = "policy p version \"1\"\n";

std::vector<std::string> statements() {
    return {
        "param cap : money = 50 USD in 0 USD .. 100 USD\n",
        "param mode : strict | loose = loose\n",
        "type level = low < high\n",
        "attributes { level : level\n    n : int = 5 }\n",
        "attributes { environment : dev | prod }\n",
        "tool pay { args { amount : money in USD, note : string? } }\n",
        "tool mail.send { }\n",
        "role lead { can pay, mail.* when n > 1 }\n",
        "role boss extends lead { }\n",
        "bind lead to \"a\", \"b\"\n",
        "authority of principal, agent\n",
        "let big = args.amount > cap\n",
        "table share by level : decimal {\n    low | 0.1 |\n    high | 0.2 |\n}\n",
        "raise up on pay when n > 3 to high_impact\n",
        "allow pays on pay when n > 1 and principal is lead\n",
        "gate bigs on pay, mail.* at propose, execute when big unless n > 9 by lead "
        "because \"{n} is big\" fix \"less\"\n",
        "block all on mail.send when environment == prod\n",
        "default matrix base by environment {\n    dev | allow |\n    prod | gate by boss |\n}\n",
        "default gate by boss\n",
        "window off = 2026-12-25, 2027-01-01 in \"UTC\"\n",
        "window open = mon..fri 09:00..17:00, sat except off in \"Europe/Berlin\"\n",
        "block closed on pay when time not in open\n",
        "attributes { who : string\n    more : [string] }\n",
        "approval two { needs 2 of lead or boss needs principal within 4h valid 30m "
        "escalate also boss after 1h never who, more }\n",
        "gate held on pay when n > 2 by two\n",
        "counter sent = count on mail.send per n over 7d\n",
        "counter spent = sum args.amount on pay where n > 1 over each day in \"UTC\"\n",
        "block mailed on pay when sent > 3 or spent > cap\n",
        "limit total on pay sum args.amount per n over 24h > cap : gate by lead >= 90 USD : block "
        "unless n > 8 because \"{total} over {cap}\"\n",
    };
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text = head;
    for (const std::string& part : parts) text += part;
    return text;
}

std::string hash_of_text(const std::string& text) {
    const Checked checked = check_text(text);
    REQUIRE(checked.set);
    return checked.set->hash;
}

}  // namespace

TEST_CASE("the order of statements and files changes neither hash nor set") {
    std::vector<std::string> parts = statements();
    const Checked first = check_text(joined(parts));
    REQUIRE(first.set);
    CHECK(first.set->hash.size() == 64);
    std::mt19937 random(1);
    for (int round = 0; round < 20; ++round) {
        std::shuffle(parts.begin(), parts.end(), random);
        const auto middle = parts.begin() + static_cast<std::ptrdiff_t>(random() % parts.size());
        const Checked again =
            check_texts({joined({parts.begin(), middle}), joined({middle, parts.end()})});
        REQUIRE(again.set);
        CHECK(again.set->hash == first.set->hash);
        CHECK(dump(*again.set) == dump(*first.set));
    }
}

TEST_CASE("the order of clauses, layout, comments and docs leave the hash") {
    const std::string given =
        "tool a { stages propose, execute\n    tags x, y }\ntool b { }\nrole r { }\n";
    const std::string one = hash_of_text(
        head + given + "gate g on a, b at propose, execute when stage == execute by r fix \"f\"\n");
    const std::string other = hash_of_text(
        head + "## said of it\ntool a {\n    tags y, x\n    stages execute, propose\n}\n" +
        "tool b { }\nrole r { }\n# a comment\n" +
        "gate g\n    fix \"f\"\n    by r\n    when (stage == execute)\n    at execute, propose\n"
        "    on b, a\n");
    CHECK(one == other);
}

TEST_CASE("what a statement says changes the hash") {
    std::vector<std::string> parts = statements();
    const std::string whole = hash_of_text(joined(parts));
    CHECK(hash_of_text(joined(parts) + "tool more { }\n") != whole);
    parts[14] = "allow pays on pay when n > 2 and principal is lead\n";
    CHECK(hash_of_text(joined(parts)) != whole);
}

TEST_CASE("every part of a limit and a counter counts") {
    const std::string before =
        head +
        "attributes { n : int\n    m : int }\ntool x { args { a : int } }\ntool y { }\n"
        "role lead { }\n";
    const std::string limit =
        "limit l on x at execute sum args.a where n > 1 per n over 1h "
        "> 5 : gate by lead > 7 : block unless n > 3 because \"{cap}\"\n";
    const std::string counter = "counter c = count on x where n > 1 per n over 1h\n";
    const auto without = [](std::string text, std::string_view part, std::string_view other) {
        return text.replace(text.find(part), part.size(), other);
    };
    std::vector<std::string> hashes{hash_of_text(before + limit + counter)};
    const std::pair<std::string_view, std::string_view> limits[] = {
        {"> 5", "> 6"},
        {"> 5", ">= 5"},
        {"> 7 : block", "> 7 : gate by lead"},
        {"1h", "2h"},
        {"1h", "about 1h"},
        {"1h", "each day in \"UTC\""},
        {"per n", "per m"},
        {"where n", "where m"},
        {"unless n > 3", ""},
        {"sum args.a", "count"},
        {"execute", "propose, execute"},
        {"{cap}", "{total}"},
        {"limit l", "trial until 2099-01-01 limit l"}};
    for (const auto& [part, other] : limits) {
        hashes.push_back(hash_of_text(before + without(limit, part, other) + counter));
    }
    const std::pair<std::string_view, std::string_view> counters[] = {
        {"1h", "2h"}, {"per n", "per m"}, {"where n > 1", ""}, {"on x", "on y"}};
    for (const auto& [part, other] : counters) {
        hashes.push_back(hash_of_text(before + limit + without(counter, part, other)));
    }
    std::sort(hashes.begin(), hashes.end());
    CHECK(std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end());
}

TEST_CASE("each clause changes the hash, each in its own way") {
    const std::string text = joined(statements()) +
                             "obligation keep(what : int)\n"
                             "notify told on pay when n > 2 tell boss within 2h\n"
                             "trial until 2027-01-01 gate tried on pay unless n > 7 by boss\n"
                             "    oblige keep(n)\n"
                             "raise spared on pay unless n > 6 to operational\n";
    const std::vector<std::pair<std::string, std::string>> edits{
        {"50 USD in", "40 USD in"},
        {"in 0 USD ..", "in 1 USD .."},
        {".. 100 USD", ".. 99 USD"},
        {"= loose", "= strict"},
        {"n : int = 5", "n : int = 6"},
        {"string?", "string"},
        {"can pay, mail.*", "can pay"},
        {"mail.* when n > 1", "mail.* when n > 2"},
        {"extends lead ", ""},
        {"\"a\", \"b\"", "\"a\""},
        {"principal, agent", "principal"},
        {"amount > cap", "amount >= cap"},
        {"high | 0.2", "high | 0.3"},
        {"pay when n > 3", "pay when n > 4"},
        {"to high_impact", "to operational"},
        {"on pay, mail.* at", "on pay at"},
        {"at propose, execute", "at execute"},
        {"when big unless", "unless"},
        {"unless n > 9", "unless n > 8"},
        {"unless n > 9 by", "by"},
        {"by lead because", "by boss because"},
        {"{n} is big", "{n} is more"},
        {"is big\"", "is large\""},
        {"fix \"less\"", "fix \"more\""},
        {"prod | gate by boss", "prod | block"},
        {"default gate by boss", "default block"},
        {"2026-12-25", "2026-12-24"},
        {"09:00", "08:00"},
        {" except off", ""},
        {"Europe/Berlin", "Europe/Paris"},
        {"time not in open", "time in open"},
        {"what : int", "what : int?"},
        {"tell boss", "tell lead"},
        {"within 2h", "within 3h"},
        {"trial until 2027-01-01 ", ""},
        {"until 2027-01-01", "until 2027-01-02"},
        {"unless n > 7", "unless n > 6"},
        {"keep(n)", "keep(1)"},
        {"unless n > 6 to", "when n > 6 to"},
    };
    std::vector<std::string> hashes{hash_of_text(text)};
    for (const auto& [from, to] : edits) {
        INFO(from << " to " << to);
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        hashes.push_back(hash_of_text(std::string(text).replace(at, from.size(), to)));
    }
    std::sort(hashes.begin(), hashes.end());
    CHECK(std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end());
}

TEST_CASE("statements whose words run together alike hash apart") {
    const std::vector<std::string> texts{
        "tool a { tags bc, d }\n",
        "tool a { tags b, cd }\n",
        "tool a { tags bcd }\n",
        "tool ab { tags c, d }\n",
        "tool a { }\ntool b { tags c, d }\n",
        "tool a { }\nblock x on a because \"1\"\n",
        "tool a { }\nblock x on a fix \"1\"\n",
        "tool a { }\nlet x = 1 - 2 - 3 > 0\nblock y on a when x\n",
        "tool a { }\nlet x = 1 - (2 - 3) > 0\nblock y on a when x\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of r }\n",
        "tool a { }\nrole r { }\napproval x { needs r needs r }\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of approvers }\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of r within 2h }\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of r valid 2h }\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of r escalate also r after 2h }\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of r needs principal }\n",
        "tool a { }\nrole r { }\napproval x { needs 2 of r never principal.id }\n",
    };
    std::vector<std::string> hashes;
    for (const std::string& text : texts) hashes.push_back(hash_of_text(head + text));
    std::sort(hashes.begin(), hashes.end());
    CHECK(std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end());
}

TEST_CASE("params count with the values in force") {
    const std::string text = joined(statements());
    const auto with = [&](const std::string& value) {
        const Checked checked = check_texts({text}, CheckOptions{{{"cap", value}}});
        REQUIRE(checked.set);
        return checked.set->hash;
    };
    CHECK(with("50 USD") == hash_of_text(text));
    CHECK(with("50.00 USD") == hash_of_text(text));
    CHECK(with("51 USD") != hash_of_text(text));
}

TEST_CASE("the version of the zone data counts where zones are used") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / "proviso_hash_test";
    fs::create_directories(folder);
    fs::copy_file("/usr/share/zoneinfo/UTC", folder / "UTC", fs::copy_options::overwrite_existing);
    const auto hash_with = [&](const std::string& text, const std::string& version) {
        std::ofstream(folder / "+VERSION") << version << '\n';
        CheckOptions options;
        options.zoneinfo = folder.string();
        const Checked checked = check_texts({head + text}, options);
        REQUIRE(checked.set);
        return checked.set->hash;
    };
    const std::string without = "tool x { }\nblock b on x\n";
    CHECK(hash_with(without, "2026a") == hash_with(without, "2026b"));
    const std::string window = without + "window w = mon in \"UTC\"\n";
    CHECK(hash_with(window, "2026a") == hash_with(window, "2026a"));
    CHECK(hash_with(window, "2026a") != hash_with(window, "2026b"));
    const std::string stamp = "tool x { args { due : time in \"UTC\" } }\nblock b on x\n";
    CHECK(hash_with(stamp, "2026a") != hash_with(stamp, "2026b"));
    const std::string local = "tool x { }\nblock b on x when local(time, \"UTC\").hour == 1\n";
    CHECK(hash_with(local, "2026a") != hash_with(local, "2026b"));
    fs::remove_all(folder);
}

}  // namespace proviso::check
