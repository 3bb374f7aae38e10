#!/usr/bin/env python3
"""What the banking pack does to AgentDojo's runs, against banking_agentdojo.txt and its README.

The data are no part of this project. They are looked for in the folder that PROVISO_AGENTDOJO
names, or in shared/data/agentdojo beside the checkout.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACK = ROOT / "policies" / "banking"
PROVISO = os.environ.get("PROVISO", "proviso")
FOLDER = os.environ.get("PROVISO_AGENTDOJO") or ROOT.parent / "shared" / "data" / "agentdojo"
HISTORY = pathlib.Path(FOLDER) / "banking.calls.jsonl.gz"


class AgentDojo(unittest.TestCase):
    maxDiff = None

    def test_measured(self):
        with tempfile.TemporaryDirectory(prefix="proviso-agentdojo-") as folder:
            decisions = os.path.join(folder, "decisions.jsonl")
            subprocess.run(
                [PROVISO, "simulate", "--policy", str(PACK), "--history", str(HISTORY),
                 "--map", str(PACK / "agentdojo.map.yaml"), "--decisions", decisions],
                stdout=subprocess.DEVNULL, check=True)
            measured = subprocess.run(
                [sys.executable, str(PACK / "measure.py"), str(HISTORY), decisions],
                stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout
        self.assertEqual(measured, (HERE / "banking_agentdojo.txt").read_text(encoding="utf-8"))

    def test_the_readme_says_what_was_measured(self):
        measured = (HERE / "banking_agentdojo.txt").read_text(encoding="utf-8")
        readme = (PACK / "README.md").read_text(encoding="utf-8")
        line = r"(?m)^  (?:at least one call of the attack held|held up[^:]*): +(.*)$"
        shares = re.findall(line, measured)
        self.assertEqual(len(shares), 5)
        for share in shares:
            self.assertIn(share, readme)


if __name__ == "__main__":
    if not HISTORY.is_file():
        print("skipped: the AgentDojo data are not here")
        sys.exit(0)
    unittest.main()
