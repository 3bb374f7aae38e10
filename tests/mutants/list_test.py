#!/usr/bin/env python3
"""The list of faults belongs to this tree: each applies, and README.md has a row for each."""

import unittest

import faultlist
import table

SMALL = "# Why.\nengine/vm/x.cpp\n--- old\n    a();\n--- new\n    b();\n"


class Parsing(unittest.TestCase):
    def test_a_fault(self):
        fault = faultlist.parse("vm_b_for_a", SMALL)
        self.assertEqual(fault, faultlist.Fault("vm_b_for_a", "Why.", "engine/vm/x.cpp",
                                                "    a();\n", "    b();\n"))
        self.assertEqual(fault.layer, "engine_vm")
        self.assertEqual(faultlist.applied(fault, "x\n    a();\n"), "x\n    b();\n")

    def test_nothing_in_its_place(self):
        fault = faultlist.parse("vm_no_a", SMALL.removesuffix("    b();\n"))
        self.assertEqual(faultlist.applied(fault, "x\n    a();\ny\n"), "x\ny\n")

    def test_what_is_no_fault(self):
        for text in ["", SMALL.replace("# ", ""), SMALL.replace("--- new\n", ""),
                     SMALL.replace("    a();\n", "")]:
            with self.assertRaises(faultlist.Stale):
                faultlist.parse("vm_x", text)
        with self.assertRaises(faultlist.Stale):
            faultlist.parse("check_x", SMALL)

    def test_old_text_stands_once_and_in_whole_lines(self):
        fault = faultlist.parse("vm_b_for_a", SMALL)
        for text in ["", "    a();\n    a();\n", "x    a();\n", "    a();  // more\n"]:
            with self.assertRaises(faultlist.Stale):
                faultlist.applied(fault, text)


class TheTable(unittest.TestCase):
    def test_rows_are_read_as_they_are_printed(self):
        rows = {"vm_a": ["Why `a | b`.".replace("|", "/"), "decide/x/y", "no"], "vm_b": ["W", "x", "?"]}
        text = "before\n" + table.BEGIN + table.print_rows(rows) + table.END + "after\n"
        self.assertEqual(table.rows(text), rows)


class TheList(unittest.TestCase):
    def test_each_fault_applies(self):
        faults = faultlist.all_faults()
        self.assertGreaterEqual(len(faults), 45)
        for fault in faults:
            with self.subTest(fault.name):
                faultlist.applied(fault, (faultlist.ROOT / fault.path).read_text())

    def test_the_counts_are_those_of_the_list(self):
        text = table.README.read_text()
        count = text.partition(table.COUNT_BEGIN)[2].partition(table.COUNT_END)[0]
        self.assertEqual(count, table.counted(faultlist.all_faults()))

    def test_the_table_has_a_row_for_each_and_no_survivor(self):
        rows = table.rows(table.README.read_text())
        faults = faultlist.all_faults()
        self.assertEqual(sorted(rows), [fault.name for fault in faults])
        for fault in faults:
            self.assertEqual(rows[fault.name][0], table.shown(fault.why), fault.name)
            self.assertNotEqual(rows[fault.name][1], table.SURVIVES, fault.name)


if __name__ == "__main__":
    unittest.main()
