#!/usr/bin/env python3
"""`proviso simulate`: reports, bad lines, decisions, Ctrl-C."""

import gzip
import json
import signal
import time

from calls import receipt
from program import (BAD_INPUT, BAD_LINES, CHECK_FAILED, INTERRUPTED, INVALID_POLICY, OK, PROVISO,
                     ProgramTest, Running, main)

AMOUNTS = ["20.00", "200.00", "600.00", "20.00", "99999.00"]
LOG_MAP = """\
call:
  tool: {value: issue_refund}
  args: /input
  principal.id: {value: ann}
  principal.roles: {value: [support_agent]}
  time: {value: "2026-11-20T15:00:00Z"}
  environment: {value: production}
attributes:
  customer.tier: {value: gold}
"""


class SimulateTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("calls.jsonl", "".join(receipt(amount) + "\n" for amount in AMOUNTS))

    def simulate(self, *arguments, code=OK, history="calls.jsonl", stdin=""):
        return self.check("simulate", "-p", "support.proviso", "--history", history, *arguments,
                          code=code, stdin=stdin)

    def report(self, *arguments, **options):
        return json.loads(self.simulate("--format", "json", *arguments, **options).stdout)


class Reports(SimulateTest):
    def test_counts(self):
        counts = self.report()["outcomes"]
        self.assertEqual([counts[name] for name in ["allow", "notify", "gate", "block"]],
                         [2, 1, 1, 1])

    def test_text(self):
        done = self.simulate()
        for name in ["issue_refund", "large_refund", "demo.support"]:
            self.assertIn(name, done.stdout)
        self.assertEqual(done.stderr, "", "no progress bar where there is no terminal")

    def test_gzip_stdin_and_threads_make_no_difference(self):
        expected = self.report()
        text = (self.folder / "calls.jsonl").read_text()
        (self.folder / "calls.jsonl.gz").write_bytes(gzip.compress(text.encode()))
        for arguments, options in [(["--threads", "1"], {}), (["--threads", "4"], {}),
                                   ([], {"history": "calls.jsonl.gz"}),
                                   ([], {"history": "-", "stdin": text})]:
            report = self.report(*arguments, **options)
            self.assertEqual(report["outcomes"], expected["outcomes"])
            self.assertEqual(report["rules"], expected["rules"])

    def test_several_histories(self):
        self.write("more.jsonl", receipt("20.00") + "\n")
        self.assertEqual(self.report("--history", "more.jsonl")["outcomes"]["allow"], 3)

    def test_a_param(self):
        self.assertEqual(self.report("--param", "refund_cap=100 USD")["outcomes"]["gate"], 2)

    def test_samples(self):
        self.assertEqual(self.report("--samples", "0")["samples"]["allow"], [])
        self.assertEqual(len(self.report("--samples", "1")["samples"]["allow"]), 1)

    def test_secrets_are_masked_in_samples_and_decisions(self):
        line = json.loads(receipt("600.00"))
        line["args"] = {"password": "hunter3", "reason": "hunter2 it is", **line["args"]}
        self.write("secret.jsonl", json.dumps(line) + "\n")
        for form in ["text", "json"]:
            done = self.simulate("--format", form, history="secret.jsonl")
            self.assertNotIn("hunter", done.stdout)
            done = self.simulate("--format", form, "--show-args", history="secret.jsonl")
            self.assertIn("hunter3", done.stdout)
        mapping = LOG_MAP.replace("  args: /input\n", "  args.amount: /input/amount\n")
        self.write("log.map.yaml", mapping + "labels:\n  word: /input/password\n")
        self.write("log.jsonl", json.dumps({"input": line["args"]}) + "\n")
        options = ["--map", "log.map.yaml", "--decisions", "out.jsonl"]
        self.simulate(*options, history="log.jsonl")
        self.assertNotIn("hunter", (self.folder / "out.jsonl").read_text())
        self.simulate(*options, "--show-args", history="log.jsonl")
        self.assertIn("hunter3", (self.folder / "out.jsonl").read_text())

    def test_decisions(self):
        self.simulate("--decisions", "out.jsonl")
        lines = (self.folder / "out.jsonl").read_text().splitlines()
        self.assertEqual([json.loads(line)["outcome"] for line in lines],
                         ["allow", "notify", "gate", "allow", "block"])

    def test_sorted_by_time(self):
        times = [f"2026-11-20T{hour:02}:00:00Z" for hour in (9, 12, 10, 11, 12)]
        lines = [json.dumps({**json.loads(receipt(amount)), "time": time}) + "\n"
                 for amount, time in zip(AMOUNTS, times)]
        limit = "\nlimit few on issue_refund count over 1d > 100 : block\n"
        self.write("limited.proviso", (self.folder / "support.proviso").read_text() + limit)
        self.write("odd.jsonl", "".join(lines))
        self.write("even.jsonl", "".join(sorted(lines, key=lambda line: json.loads(line)["time"])))

        def replay(history, *arguments, code=OK):
            return self.check("simulate", "-p", "limited.proviso", "--format", "json", "--history",
                              history, *arguments, code=code).stdout
        replay("odd.jsonl", code=BAD_INPUT)
        report = json.loads(replay("odd.jsonl", "--sort"))
        self.assertEqual(report["run"]["digest"],
                         json.loads(replay("even.jsonl"))["run"]["digest"])
        self.assertEqual(report["samples"]["notify"][0]["line"], 2)

    def test_a_mapping(self):
        line = {"input": {"order_id": "A", "amount": {"amount": "600", "currency": "USD"}}}
        self.write("log.jsonl", json.dumps(line) + "\n")
        self.write("log.map.yaml", LOG_MAP)
        report = self.report("--map", "log.map.yaml", history="log.jsonl")
        self.assertEqual(report["outcomes"]["gate"], 1)

    def test_a_compiled_set(self):
        self.check("compile", "support.proviso", "-o", "support.pvc")
        done = self.check("simulate", "-p", "support.pvc", "--history", "calls.jsonl", "--format",
                          "json")
        self.assertEqual(json.loads(done.stdout)["outcomes"], self.report()["outcomes"])


class AgainstABaseline(SimulateTest):
    """The caps of the policy in force are lower than those of the one that is tried."""

    def setUp(self):
        super().setUp()
        self.check("compile", "support.proviso", "-o", "base.pvc", "--param", "refund_cap=100 USD")

    def compared(self, *arguments, **options):
        return self.report("--baseline", "base.pvc", *arguments, **options)

    def test_what_changes(self):
        made = self.compared()["comparison"]
        self.assertEqual([made["same"], made["tighter"], made["looser"]], [4, 0, 1])
        self.assertEqual(made["params"],
                         [{"name": "refund_cap", "baseline": "100 USD", "policy": "500 USD"}])
        self.assertEqual(made["baseline_to_policy"]["gate"]["notify"], 1)
        self.assertEqual(made["rules"], [{"change": "looser", "rule": "large_refund", "calls": 1}])
        self.assertEqual(made["samples"]["looser"][0]["before"]["outcome"], "gate")
        self.assertEqual(made["intents"]["baseline_to_policy"]["gate"]["notify"], 1)

    def test_intents_amounts_and_samples_can_be_stated(self):
        made = self.compared("--intent", "/tool,/args/order_id", "--amount", "args.amount",
                             "--seed", "7", "--sample", "1")["comparison"]
        self.assertEqual(made["intents"]["key"], ["/tool", "/args/order_id"])
        self.assertEqual(made["seed"], 7)
        self.assertTrue(made["money"]["amounts"])
        for option, value in [("--intent", "tool"), ("--amount", "args.nothing")]:
            self.refused("simulate", "-p", "support.proviso", "--baseline", "base.pvc",
                         "--history", "calls.jsonl", option, value, said=value)

    def test_reports_begin_with_calls_and_money_that_newly_go_through(self):
        said = "1 call with 200 USD newly goes through without a person; 0 newly blocked"
        options = ["--baseline", "base.pvc", "--report", "page.html"]
        self.assertIn("\n  " + said + "\n", self.simulate(*options).stdout)
        self.assertIn(f"\n**{said}**\n", self.simulate(*options, "--format", "md").stdout)
        page = (self.folder / "page.html").read_text()
        self.assertIn(f'<p class="freed">{said}</p>', page)
        self.assertIn("200 USD, from gate or block to allow or notify", page)
        (usd,) = self.compared()["comparison"]["money"]["currencies"]
        self.assertEqual((usd["newly_allowed"], usd["newly_allowed_calls"]), ("200", 1))

    def test_recorded_words_that_are_none_are_named(self):
        words = ["approved", "approved", "denied", "gate"]
        self.write("odd.jsonl", "".join(receipt("20.00", recorded={"outcome": word}) + "\n"
                                        for word in words))
        options = ["--baseline", "base.pvc", "--report", "page.html"]
        told = "approved (2), denied (1)"
        self.assertIn(told, self.simulate(*options, history="odd.jsonl").stdout)
        self.assertIn("approved \\(2\\), denied \\(1\\)",
                      self.simulate(*options, "--format", "md", history="odd.jsonl").stdout)
        self.assertIn(told, (self.folder / "page.html").read_text())
        recorded = self.compared(history="odd.jsonl")["recorded"]
        self.assertEqual((recorded["calls"], recorded["unreadable"]), (1, 3))
        self.assertEqual(recorded["unknown_words"], [{"word": "approved", "calls": 2},
                                                     {"word": "denied", "calls": 1}])
        self.write("none.jsonl", receipt("20.00", recorded={"outcome": "denied"}))
        self.assertIn("baseline fidelity: not known",
                      self.simulate(*options, history="none.jsonl").stdout)

    def test_a_comparison_is_one_screen_unless_all_is_asked_for(self):
        done = self.simulate("--baseline", "base.pvc")
        self.assertLess(len(done.stdout.splitlines()), 45, done.stdout)
        self.assertNotIn("\nRules\n", done.stdout)
        self.assertIn("\nRules\n", self.simulate("--baseline", "base.pvc", "--full").stdout)

    def test_text_begins_with_fidelity_and_names_the_change(self):
        done = self.simulate("--baseline", "base.pvc")
        self.assertTrue(done.stdout.startswith("baseline fidelity"), done.stdout)
        self.assertIn("only loosens against demo.support", done.stdout)
        self.assertIn("  refund_cap: 100 USD, now 500 USD\n", done.stdout)
        self.assertIn("large_refund (no longer holds)", done.stdout)

    def test_changed_calls_are_written(self):
        self.simulate("--baseline", "base.pvc", "--changes", "changes.jsonl")
        lines = [json.loads(line) for line in
                 (self.folder / "changes.jsonl").read_text().splitlines()]
        self.assertEqual([(line["line"], line["change"], line["before"]["outcome"],
                           line["after"]["outcome"]) for line in lines],
                         [(2, "looser", "gate", "notify")])
        self.refused("simulate", "-p", "support.proviso", "--history", "calls.jsonl", "--changes",
                     "changes.jsonl", said="baseline")

    def test_gates(self):
        self.write("none.yaml", "")
        done = self.simulate("--baseline", "base.pvc", "--gate", "none.yaml", code=CHECK_FAILED)
        self.assertIn("max_newly_allowed: calls.jsonl:2", done.stdout)
        self.write("one.yaml", "max_newly_allowed: 1\n")
        self.simulate("--baseline", "base.pvc", "--gate", "one.yaml")
        self.write("many.yaml", "max_newly_allowed: 1\nmin_calls: 1000\n")
        self.simulate("--baseline", "base.pvc", "--gate", "many.yaml", code=BAD_LINES)
        self.write("both.yaml", "max_looser: 0\nmin_calls: 1000\n")
        report = self.compared("--gate", "both.yaml", code=CHECK_FAILED)
        self.assertEqual(report["gate"]["state"], "broken")

    def test_a_gate_file_with_mistakes(self):
        self.write("gate.yaml", "max_newly_alowed: 1\n")
        self.refused("simulate", "-p", "support.proviso", "--history", "calls.jsonl", "--gate",
                     "gate.yaml", said="gate.yaml:1:1: `max_newly_alowed`")
        self.refused("simulate", "-p", "support.proviso", "--history", "calls.jsonl", "--gate",
                     "absent.yaml", said="absent.yaml")
        self.refused("simulate", "-p", "support.proviso", "--history", "calls.jsonl", "--gate", ".",
                     said="the gate file cannot be read")

    def test_a_baseline_with_errors(self):
        self.refused("simulate", "-p", "support.proviso", "--history", "calls.jsonl", "--baseline",
                     "broken.proviso", code=INVALID_POLICY, said="broken.proviso:9:")

    def test_a_policy_against_itself(self):
        made = self.report("--baseline", "support.proviso")["comparison"]
        self.assertEqual([made["same"], made["tighter"], made["looser"]], [5, 0, 0])
        self.assertEqual([made["changed_rules"], made["changed_statements"]], [[], []])
        options = ["--baseline", "support.proviso", "--report", "page.html"]
        text = self.simulate(*options).stdout
        self.assertIn("changes nothing against", text)
        self.assertNotIn("the sets differ", text)
        page = (self.folder / "page.html").read_text()
        self.assertIn("<h1>Changes nothing</h1>", page)
        self.assertNotIn('id="differences"', page)

    def test_a_set_that_has_another_version_alone(self):
        text = (self.folder / "support.proviso").read_text()
        self.write("later.proviso", text.replace('version "1.2.0"', 'version "1.2.1"'))
        said = "the sets differ in their version alone: 1.2.0, was 1.2.1"
        options = ["--baseline", "later.proviso", "--report", "page.html"]
        told = self.simulate(*options).stdout
        self.assertIn("changes nothing against demo.support 1.2.1", told)
        self.assertIn(f"\n  {said}\n", told)
        self.assertIn(said[1:], (self.folder / "page.html").read_text())
        self.assertIn("changes nothing; the sets differ in their version alone",
                      self.simulate("--baseline", "later.proviso", "--format", "md").stdout)
        self.write("later.proviso", text.replace("policy demo.support", "policy demo.desk"))
        self.assertIn("the sets differ in their name alone: demo.support, was demo.desk",
                      self.simulate("--baseline", "later.proviso").stdout)


WHO = """\
policy p version "1"
tool pay { args { amount : money in USD } }
data people : { lead : [string], clerk : [string] } from "people.yaml"
role lead { }
role clerk { }
bind lead to data people.lead
bind clerk to data people.clerk
gate large on pay when args.amount > 100 USD by lead
"""


class WhoMayApprove(SimulateTest):
    """Nothing but the people that a role's data name differs."""

    def setUp(self):
        super().setUp()
        for folder, lead in [("old", "[ann]"), ("new", "[ann, eve]")]:
            (self.folder / folder).mkdir()
            self.write(f"{folder}/p.proviso", WHO)
            self.write(f"{folder}/people.yaml", f"lead: {lead}\nclerk: [bob]\n")
        self.write("h.jsonl", '{"tool": "pay", "args": {"amount": 300}}\n')

    def told(self, *arguments):
        return self.check("simulate", "-p", "new", "--baseline", "old", "--history", "h.jsonl",
                          *arguments).stdout

    def test_people_bound_from_data_are_told_by_role_and_file(self):
        text = self.told("--report", "page.html")
        self.assertIn("changes no outcome of this history against p 1", text)
        self.assertNotIn("changes nothing", text)
        for line in ["the sets differ in 2 statements, listed here",
                     "bind lead (p.proviso:6) differs", "data people (people.yaml) differs"]:
            self.assertIn(line, text)
        self.assertNotIn("bind clerk", text)
        page = (self.folder / "page.html").read_text()
        self.assertIn("<h1>Changes no outcome of this history</h1>", page)
        self.assertIn("Bind lead (p.proviso:6) differs", page)
        self.assertIn('id="differences"', page)
        text = self.told("--format", "md")
        self.assertIn("**changes no outcome of this history; the sets differ in 2 statements", text)
        self.assertIn("- ⚠ bind lead", text)
        made = json.loads(self.told("--format", "json"))["comparison"]
        self.assertEqual([one["statement"] for one in made["changed_statements"]],
                         ["bind lead", "data people"])
        self.assertEqual(made["changed_statements"][0]["people_added"], ["eve"])
        self.assertNotIn("people_added", made["changed_statements"][1])

    def test_whom_a_bind_adds_and_removes(self):
        self.assertIn("bind lead (p.proviso:6) differs: adds eve\n", self.told())
        many = ", ".join(f"p{i:02}" for i in range(12))
        self.write("new/people.yaml", f"lead: [{many}]\nclerk: []\n")
        text = " ".join(self.told().split())
        self.assertIn("bind lead (p.proviso:6) differs: adds p00, p01, p02, p03, p04, p05, p06, "
                      "p07 and 4 more; removes ann", text)
        self.assertIn("bind clerk (p.proviso:7) differs: removes bob", text)
        bind = json.loads(self.told("--format", "json"))["comparison"]["changed_statements"][1]
        self.assertEqual((len(bind["people_added"]), bind["people_removed"]), (12, ["ann"]))
        self.write("new/people.yaml", "lead: [ann]\nclerk: [bob]\n")
        self.write("new/p.proviso", WHO.replace("bind clerk to data people.clerk",
                                                'bind clerk to "bob"'))
        self.assertIn("bind clerk (p.proviso:7) differs, with the same people", self.told())

    def test_of_a_compiled_file_too(self):
        self.check("compile", "old", "-o", "old.pvc")
        self.check("compile", "new", "-o", "new.pvc")
        text = self.check("simulate", "-p", "new.pvc", "--baseline", "old.pvc", "--history",
                          "h.jsonl").stdout
        self.assertIn("bind lead (p.proviso:6) differs", text)
        self.assertNotIn("bind clerk", text)


class WhatGoesWrong(SimulateTest):
    def test_bad_lines_are_reported_and_the_run_goes_on(self):
        self.write("mixed.jsonl", receipt("20.00") + "\n{]\n" + receipt("600.00") + "\n")
        report = self.report(history="mixed.jsonl")
        self.assertEqual(report["outcomes"]["allow"] + report["outcomes"]["gate"], 2)
        self.assertEqual([line["line"] for line in report["bad_lines"]], [2])

    def test_too_many_bad_lines(self):
        self.write("mixed.jsonl", receipt("20.00") + "\n{]\n{]\n")
        self.simulate("--max-bad", "2", history="mixed.jsonl")
        done = self.simulate("--max-bad", "1", history="mixed.jsonl", code=BAD_LINES)
        self.assertIn("proviso: ", done.stderr)

    def test_a_history_that_holds_no_call_is_no_evidence(self):
        self.write("empty.jsonl", "\n")
        done = self.simulate(history="empty.jsonl", code=BAD_LINES)
        self.assertIn("holds no call", done.stderr)
        self.write("noise.jsonl", "{]\n{]\n")
        done = self.simulate(history="noise.jsonl", code=BAD_LINES)
        self.assertIn("--map", done.stderr)
        self.write("pretty.jsonl", json.dumps(json.loads(receipt("20.00")), indent=2))
        done = self.simulate(history="pretty.jsonl", code=BAD_LINES)
        self.assertIn("help: a history is JSON Lines, each call on one line: `jq -c . FILE`",
                      done.stderr)

    def test_a_recorded_word_that_is_none(self):
        self.write("odd.jsonl", receipt("20.00", recorded={"outcome": "approved"}))
        text = self.simulate(history="odd.jsonl").stdout
        self.assertIn("recorded: {outcome: {pointer: …, words: {approved: …}}}", text)

    def test_what_was_meant_is_told(self):
        run = ["simulate", "-p", "support.proviso", "--history", "calls.jsonl"]
        for words, meant in [(["--amount", "args.betrag"], "there is `args.amount`"),
                             (["--amount", "amout"], "did you mean `args.amount`?"),
                             (["--intent", "workflow.run"], "write `/workflow/run`"),
                             (["--json"], "write --format json"),
                             (["--markdown"], "write --format md"),
                             (["--html", "page.html"], "write --report FILE.html")]:
            self.refused(*run, *words, said=meant)
        self.assertNotIn("write", self.refused(*run, "--form", said="--form").stderr)

    def test_files_that_cannot_be_read(self):
        run = ["simulate", "-p", "support.proviso", "--history"]
        self.refused(*run, "absent.jsonl", said="absent.jsonl")
        self.refused(*run, "calls.jsonl", "--map", "absent.yaml", said="absent.yaml")
        self.refused("simulate", "-p", "absent", "--history", "calls.jsonl", said="`absent`")

    def test_decisions_that_cannot_be_written(self):
        done = self.simulate("--decisions", "absent/out.jsonl", code=BAD_INPUT)
        self.assertIn("absent/out.jsonl", done.stderr)

    def test_a_broken_mapping(self):
        self.write("log.map.yaml", "call:\n  tol: /fn\n")
        done = self.refused("simulate", "-p", "support.proviso", "--history", "calls.jsonl",
                            "--map", "log.map.yaml", said="log.map.yaml:2")
        self.assertIn("tol", done.stderr)

    def test_a_policy_with_errors(self):
        self.refused("simulate", "-p", "broken.proviso", "--history", "calls.jsonl",
                     code=INVALID_POLICY, said="broken.proviso:9:")


class CtrlC(SimulateTest):
    """A history that never ends is fed through a pipe until the run is under way."""

    def interrupted(self, sign, *arguments):
        command = [PROVISO, "simulate", "-p", "support.proviso", "--history", "-", *arguments]
        with Running(command, self.folder) as process:
            signalled = self.feed(process, sign)
            out, err = process.stdout.read(), process.stderr.read()
            self.assertTrue(signalled)
            return process.wait(60), out.decode(), err.decode()

    def feed(self, process, sign):
        """Writes calls until nobody reads them; after a second, sends the signal."""
        block = ((receipt("20.00") + "\n") * 4000).encode()
        due = time.monotonic() + 1.0
        signalled = False
        while process.poll() is None and process.feed(block):
            if not signalled and time.monotonic() > due:
                process.send_signal(sign)
                signalled = True
        return signalled

    def test_gives_a_report_that_says_it_is_partial(self):
        code, out, err = self.interrupted(signal.SIGINT)
        self.assertEqual(code, INTERRUPTED)
        self.assertIn("partial", out.lower())
        self.assertIn("issue_refund", out)
        self.assertIn("interrupted", err)

    def test_as_json(self):
        code, out, _ = self.interrupted(signal.SIGINT, "--format", "json")
        self.assertEqual(code, INTERRUPTED)
        report = json.loads(out)
        self.assertTrue(report["run"]["partial"])
        self.assertGreater(report["outcomes"]["allow"], 0)

    def test_an_end_that_a_supervisor_asks_for(self):
        self.assertEqual(self.interrupted(signal.SIGTERM)[0], INTERRUPTED)


main()
