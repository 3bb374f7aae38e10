#!/usr/bin/env python3
"""`proviso import-tools`, and sets that import the list."""

import json

from program import INVALID_POLICY, ProgramTest, main

LIST = {"tools": [
    {"name": "read-file", "description": "Reads.\nA file.", "annotations": {"readOnlyHint": True,
                                                                      "openWorldHint": False},
     "inputSchema": {"type": "object", "required": ["path"], "additionalProperties": False,
                     "properties": {"path": {"type": "string"}, "max": {"type": "integer"}}}},
    {"name": "send \"it\"", "annotations": {"openWorldHint": True, "readOnlyHint": True},
     "inputSchema": {"type": "object", "properties": {"to whom": {"type": ["string", "number"]}}}},
    {"name": "copy", "annotations": {"destructiveHint": False}, "inputSchema": {"type": "object"}},
    {"name": "wipe", "annotations": {}, "inputSchema": {"type": "object"}},
    {"name": "none", "inputSchema": {"type": "object"}}]}

TEXT = '''\
policy fs_tools version "1"

## Reads.
## A file.
tool read-file {
    # by the server's own hints it would be: tier informational
    args {
        path : string
        max  : int?
    }
}

tool "send \\"it\\"" {
    # by the server's own hints it would be: tier operational
    args open { "to whom" : json? }
}

tool copy {
    # by the server's own hints it would be: tier operational
    args open { }
}

tool wipe {
    # by the server's own hints it would be: tier high_impact
    args open { }
}

tool none { args open { } }
'''


class ImportTools(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("fs-tools.json", LIST)

    def write(self, name, value):
        text = value if isinstance(value, str) else json.dumps(value)
        (self.folder / name).write_text(text)

    def test_writes_rule_text(self):
        done = self.check("import-tools", "fs-tools.json")
        self.assertEqual(done.stdout, TEXT)
        self.assertIn("warning[P1624]: `to whom` of `send \"it\"` is taken as it comes: its schema "
                      "has several types", done.stderr)

    def test_the_text_checks_and_is_in_its_form(self):
        done = self.check("import-tools", "fs-tools.json", "-o", "t.proviso", "--policy",
                          "acme.fs", "--version", "2.0")
        self.assertEqual(done.stdout, "t.proviso: 5 tools\n")
        self.assertIn("t.proviso: ok, acme.fs 2.0 with no rules and 5 tools",
                      self.check("check", "t.proviso").stdout)
        self.check("fmt", "--check", "t.proviso")

    def test_a_set_that_imports_the_list_is_the_same(self):
        self.check("import-tools", "fs-tools.json", "-o", "t.proviso")
        self.write("i.proviso", 'policy fs_tools version "1"\nimport tools "fs-tools.json"\n')
        hashes = [self.check("compile", policy, "-o", "x.pvc").stdout.split()[-1]
                  for policy in ("t.proviso", "i.proviso")]
        self.assertEqual(hashes[0], hashes[1])

    def test_stdin_and_no_policy_line(self):
        done = self.check("import-tools", "-", "--bare", stdin=json.dumps(LIST["tools"][4:]))
        self.assertEqual(done.stdout, "tool none { args open { } }\n")

    def test_odd_names_of_policies_are_quoted(self):
        for name, line in [("policy", 'policy "policy" version "1"'),
                           ("a b", 'policy "a b" version "1"')]:
            done = self.check("import-tools", "fs-tools.json", "--policy", name)
            self.assertEqual(done.stdout.splitlines()[0], line)

    def test_a_broken_list_writes_nothing(self):
        self.write("broken.json", '{"tools": [{"name": "a"}, {"name": "a"}]}')
        done = self.check("import-tools", "broken.json", "-o", "t.proviso", code=INVALID_POLICY)
        self.assertIn("error[P1005]: `a` is declared twice", done.stderr)
        self.assertFalse((self.folder / "t.proviso").exists())

    def test_a_compiled_set_needs_no_list(self):
        self.write("i.proviso", 'policy p version "1"\nimport tools "fs-tools.json"\n'
                   'attributes { ok : bool }\nallow r on read-file when ok\n')
        self.check("compile", "i.proviso", "-o", "i.pvc")
        (self.folder / "fs-tools.json").unlink()
        call = json.dumps({"tool": "read-file", "ok": True, "args": {"path": "x"}})
        self.check("decide", "-p", "i.pvc", "--receipt", "-", stdin=call)
        bad = json.dumps({"tool": "read-file", "ok": True, "args": {"path": 5}})
        done = self.check("decide", "-p", "i.pvc", "--receipt", "-", stdin=bad, code=11)
        self.assertIn("invalid_args", done.stdout)
        self.refused("decide", "-p", "i.proviso", "--receipt", "-", stdin=call,
                     code=INVALID_POLICY, said="`i.proviso` has")

    def test_hostile_text_moves_no_cursor(self):
        self.write("evil.json", {"tools": [{"name": "a", "description": "\x1b[2Jx\u202ey",
                                            "inputSchema": {"properties": {"b": {
                                                "\x1b[2J": 1, "type": "string"}}}}]})
        done = self.check("import-tools", "evil.json")
        self.assertNotIn("\x1b", done.stdout + done.stderr)
        self.assertIn("## [2Jxy\n", done.stdout)


main()
