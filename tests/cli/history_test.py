#!/usr/bin/env python3
"""`proviso history`: packed histories give the same report, and are refused where they are damaged."""

import gzip
import json
import subprocess

from program import BAD_INPUT, PROVISO, ProgramTest, environment, main

POLICY = """policy p version "1"
tool pay { args { amount : money in EUR, to : string } }
role lead { }
allow all on pay
gate large on pay when args.amount > 500 EUR by lead
"""


def receipt(number, day):
    return json.dumps({"format": "proviso-receipt-1", "id": f"r-{number}", "tool": "pay",
                       "time": f"2026-11-{day:02}T09:00:{number % 60:02}Z",
                       "args": {"amount": number * 7 % 1000, "to": f"c-{number % 30}"}}) + "\n"


class History(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("p.proviso", POLICY)
        (self.folder / "days").mkdir()
        for day in (1, 2, 3):
            text = "".join(receipt(day * 1000 + i, day) for i in range(900)) + "not a call\n"
            (self.folder / "days" / f"{day}.jsonl.gz").write_bytes(gzip.compress(text.encode()))

    def report(self, *options, **kinds):
        done = self.check("simulate", "-p", "p.proviso", "--baseline", "p.proviso", "--format",
                          "json", *options, **kinds)
        report = json.loads(done.stdout)
        return report

    def test_the_same_report_as_from_the_files(self):
        said = self.check("history", "pack", "days", "--output", "days.pvh").stdout
        self.assertRegex(said, r"^days\.pvh: 2,703 lines, \d+\.\d kB of text, .* packed\n$")
        files = self.report("--history", "days")
        packed = self.report("--history", "days.pvh")
        self.assertEqual(files["run"]["digest"], packed["run"]["digest"])
        for part in ("outcomes", "rules", "tools", "facts", "missing"):
            self.assertEqual(files[part], packed[part], part)
        for part in ("baseline_to_policy", "intents", "money", "tighter", "looser"):
            self.assertEqual(files["comparison"][part], packed["comparison"][part], part)
        self.assertEqual(files["figures"]["days"], packed["figures"]["days"])
        (self.folder / "days" / "0.pvh").write_bytes((self.folder / "days.pvh").read_bytes())
        self.assertEqual(self.report("--history", "days")["run"]["lines"], 2 * 2703)

    def test_threads_sorting_and_a_pipe(self):
        self.check("history", "pack", "days", "--output", "days.pvh")
        digest = self.report("--history", "days")["run"]["digest"]
        self.assertEqual(self.report("--history", "days.pvh", "--threads", "2")["run"]["digest"], digest)
        with open(self.folder / "days.pvh", "rb") as file:
            done = subprocess.run(
                [PROVISO, "simulate", "-p", "p.proviso", "--baseline", "p.proviso", "--format",
                 "json", "--history", "-"], stdin=file, cwd=self.folder, capture_output=True, env=environment(),
                check=True)
        self.assertEqual(json.loads(done.stdout)["run"]["digest"], digest)

    def test_unpack_gives_the_text(self):
        self.check("history", "pack", "days/1.jsonl.gz", "--output", "one.pvh")
        text = gzip.decompress((self.folder / "days/1.jsonl.gz").read_bytes()).decode()
        self.assertEqual(self.check("history", "unpack", "one.pvh").stdout, text)
        self.assertEqual(self.check("history", "unpack", "days/1.jsonl.gz").stdout, text)
        self.refused("history", "unpack", "one.pvh", "-o", "x", said="unpack writes to stdout")
        self.refused("history", "unpack", "one.pvh", "one.pvh", said="unpack takes one file")

    def test_show_lists_the_columns(self):
        self.check("history", "pack", "days", "--output", "days.pvh")
        text = self.check("history", "show", "days.pvh").stdout
        self.assertIn("2,703 lines", text)
        self.assertRegex(text, r"(?m)^args\.amount +2,700 +\d+\.\d  ")
        columns = json.loads(self.check("history", "show", "days.pvh", "--format",
                                        "json").stdout)["columns"]
        kinds = {one["name"]: one["kind"] for one in columns}
        self.assertEqual(kinds["tool"], "constant")
        self.assertEqual(kinds["args.to"], "dictionary")
        self.assertEqual(kinds["time"], "dictionary")
        self.assertEqual(kinds["id"], "number")

    def test_what_is_damaged_is_refused(self):
        self.check("history", "pack", "days", "--output", "days.pvh")
        whole = (self.folder / "days.pvh").read_bytes()
        for name, data, said in (
                ("cut.pvh", whole[:-100], "the packed history is cut off"),
                ("bad.pvh", whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
                 "the packed history is damaged: a checksum is wrong"),
                ("more.pvh", whole + whole, "bytes behind the end of the packed history")):
            (self.folder / name).write_bytes(data)
            done = self.check("simulate", "-p", "p.proviso", "--history", name, code=BAD_INPUT)
            self.assertIn(said, done.stderr)
            self.refused("history", "show", name, said=said)
            done = self.check("history", "unpack", name, code=BAD_INPUT)
            self.assertIn(said, done.stderr)

    def test_wrong_use(self):
        self.refused("history", said="ACTION is required")
        self.refused("history", "pak", "days", said="pak")
        self.refused("history", "pack", said="FILE... is required")
        self.refused("history", "pack", "days", said="--output is required")
        self.refused("history", "pack", "nights", "-o", "x", said="nights")
        self.refused("history", "show", "p.proviso", said="it is no packed history")


if __name__ == "__main__":
    main()
