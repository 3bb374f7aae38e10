"""`proviso keygen`, `proviso approve`, and `decide` with approvals and keys."""

import json
import os
import stat

from calls import receipt
from program import BAD_INPUT, GATE, BLOCK, ProgramTest, main

WHEN = ["--requested-at", "2026-11-20T14:00:00Z", "--at", "2026-11-20T14:30:00Z"]


class Approvals(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("gated.json", receipt("600.00", id="c-1", agent={"id": "bot"}))

    def decide(self, *arguments, code=GATE):
        return self.check("decide", "-p", "support.proviso", "--call", "gated.json", *arguments,
                          code=code).stdout

    def plan(self):
        return json.loads(self.decide("--format", "json"))["plan_hash"]

    def approve(self, *arguments, by="maria", role="support_lead", gate="large_refund"):
        return self.check("approve", "--plan", self.plan(), "--gate", gate, "--by", by, "--role",
                          role, *WHEN, *arguments).stdout

    def keys(self, **files):
        self.write("keys.json", json.dumps(
            {person: (self.folder / name).read_text() for person, name in files.items()}))

    def test_an_approval_opens_the_gate(self):
        self.write("a.jsonl", self.approve())
        text = self.decide("--approvals", "a.jsonl", code=0)
        self.assertIn("approved   until 2026-11-20T15:30:00Z", text)
        self.write("a.json", json.dumps([json.loads(self.approve())]))
        self.decide("--approvals", "a.json", code=0)
        self.write("empty.jsonl", "\n")
        self.decide("--approvals", "empty.jsonl")

    def test_a_gate_says_who_opens_it(self):
        text = self.decide()
        self.assertIn("Hold it until support_lead approves.", text)
        self.assertIn("to open    large_refund: 0 of 1 given, to be answered by", text)
        self.assertIn("plan       " + self.plan(), text)
        self.assertIn("with       amount = 600 USD", text)
        self.write("a.jsonl", self.approve(role="other"))
        text = self.decide("--approvals", "a.jsonl")
        self.assertIn("counts not approve by maria: the person holds no role that is asked", text)

    def test_what_nobody_can_approve_without_is_told_at_once(self):
        self.write("never.proviso", 'policy p version "1"\nattributes { entered_by : string }\n'
                   "tool pay { args { amount : int } }\nrole lead { }\n"
                   "approval other { needs lead never entered_by }\ndefault allow\n"
                   "gate g on pay\n    by other\n")
        call = {"id": "c-1", "time": "2026-11-20T15:00:00Z", "tool": "pay", "args": {"amount": 1},
                "principal": {"id": "ann", "roles": []}, "agent": {"id": "bot"}}
        command = ["decide", "-p", "never.proviso", "--call", "call.json"]
        self.write("call.json", json.dumps(call))
        told = self.check(*command, code=GATE).stdout
        self.assertIn("Nobody can approve it until entered_by is known.", told)
        del call["agent"]
        self.write("call.json", json.dumps(call))
        gate = json.loads(self.check(*command, "--format", "json", code=GATE).stdout)["gates"][0]
        self.assertEqual(gate["not_known"], ["entered_by", "agent.id"])
        self.write("call.json", json.dumps(call | {"agent": {"id": "bot"},
                                                   "attributes": {"entered_by": "zoe"}}))
        self.assertIn("Hold it until lead approves.", self.check(*command, code=GATE).stdout)

    def test_a_rejection_blocks(self):
        self.write("a.jsonl", self.approve() + self.approve("--verdict", "reject", by="bob"))
        self.assertIn("rejected   by bob", self.decide("--approvals", "a.jsonl", code=BLOCK))

    def test_with_keys_approvals_count_signed(self):
        self.check("keygen", "--out", "maria")
        self.check("keygen", "--out", "eve")
        self.keys(maria="maria.pub.pem")
        options = ["--approvals", "a.jsonl", "--keys", "keys.json"]
        self.write("a.jsonl", self.approve("--key", "maria.pem"))
        self.decide(*options, code=0)
        self.write("a.jsonl", self.approve())
        self.assertIn("it is not signed", self.decide(*options))
        self.write("a.jsonl", self.approve("--key", "eve.pem"))
        self.assertIn("the signature is not of", self.decide(*options))
        self.write("a.jsonl", self.approve("--key", "maria.pem", by="eve"))
        self.assertIn("there is no key of the person", self.decide(*options))

    def test_a_private_key_is_for_its_owner_alone(self):
        os.umask(0o022)
        done = self.check("keygen", "--out", "maria")
        private = (self.folder / "maria.pem").read_text()
        self.assertTrue(private.startswith("-----BEGIN PRIVATE KEY-----\n"))
        self.assertNotIn(private.splitlines()[1], done.stdout + done.stderr)
        mode = stat.S_IMODE((self.folder / "maria.pem").stat().st_mode)
        self.assertEqual(mode, 0o600)

    def test_keys_are_never_overwritten(self):
        self.check("keygen", "--out", "maria")
        before = (self.folder / "maria.pem").read_bytes()
        self.refused("keygen", "--out", "maria", said="cannot write `maria.pub.pem`: File exists")
        (self.folder / "maria.pub.pem").unlink()
        self.refused("keygen", "--out", "maria", said="cannot write `maria.pem`: File exists")
        self.assertEqual((self.folder / "maria.pem").read_bytes(), before)
        self.assertFalse((self.folder / "maria.pub.pem").exists())
        self.refused("keygen", "--out", "no/such", said="cannot write")

    def test_what_would_never_count_is_not_printed(self):
        base = ["approve", "--plan", "a" * 64, "--gate", "g", "--by", "x"]
        asked = ["--requested-at", "2026-11-20T14:00:00Z"]
        done = self.refused(*base, *asked, "--at", "2026-11-18 09:30",
                            said="would never count: `2026-11-18 09:30` is no time")
        self.assertIn("2026-11-18T09:30Z for UTC", done.stderr)
        self.refused(*base, *asked, "--at", "2026-11-20T15:00", said="`2026-11-20T15:00` is no time")
        self.refused(*base, "--requested-at", "20.11.2026", "--at", "2026-11-20T15:00Z",
                     said="`20.11.2026` is no time")
        self.refused(*base, *asked, "--at", "2026-11-20T13:59:59Z",
                     said="it was answered before it was asked")
        self.refused("approve", "--plan", "a" * 64, "--gate", "g", "--by", "", *WHEN,
                     said="nobody has given it")
        self.refused(*base, *WHEN, "--role", "", said="--role is empty")

    def test_names_are_listed_with_commas(self):
        def said(*arguments):
            done = self.check("approve", "--plan", "a" * 64, "--by", "x", *WHEN, *arguments)
            return json.loads(done.stdout)
        one = said("--gate", "large,foreign", "--role", "lead, legal")
        self.assertEqual(one["gates"], ["large", "foreign"])
        self.assertEqual(one["roles"], ["lead", "legal"])
        self.assertEqual(said("--gate", "a", "--gate", "b,c")["gates"], ["a", "b", "c"])
        self.assertEqual(said("--gate", "a", "b")["gates"], ["a", "b"])
        self.assertEqual(said("--gate", '"large, eu"')["gates"], ["large, eu"])
        base = ["approve", "--plan", "a" * 64, "--by", "x", *WHEN, "--gate"]
        self.refused(*base, "a,", said="--gate a,: a name is missing")
        self.refused(*base, "", said="--gate is empty")
        self.refused(*base, "a", "--role", "lead,,legal", said="--role lead,,legal: a name is")

    def test_wrong_use(self):
        common = ["--gate", "g", "--by", "x", *WHEN]
        self.refused("approve", "--plan", "abc", *common, said="its plan is no hash of 64 hex")
        plan = ["--plan", "a" * 64]
        self.refused("approve", *plan, *common, "--verdict", "yes", said="`approve` or `reject`")
        self.refused("approve", *plan, *common, "--key", "absent.pem", said="cannot read")
        self.write("text.pem", "no key")
        self.refused("approve", *plan, *common, "--key", "text.pem",
                     said="the private key cannot be read")
        self.refused("approve", *common, said="--plan is required")
        decide = ["decide", "-p", "support.proviso", "--call", "gated.json"]
        self.write("bad.json", '"lea"')
        self.refused(*decide, "--approvals", "bad.json", said="holds no approvals")
        for other in ['[{"id": "a"}, {"id": "b"}]', '{"id": "a"}\n{"id": "b"}\n', "[5]"]:
            self.write("other.json", other)
            self.refused(*decide, "--approvals", "other.json", said="holds no approvals")
        self.refused(*decide, "--keys", "bad.json", said="holds no keys")
        self.write("number.json", '{"maria": 5}')
        self.refused(*decide, "--keys", "number.json", said="the key of `maria` is no text")
        self.refused(*decide, "--approvals", "bad.json", "--map", "map.yaml",
                     said="--map says where the approvals are")


main()
