#!/usr/bin/env python3
"""Tests times.py on a build that is made up: what it reads, and what it leaves out."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TIMES = pathlib.Path(__file__).with_name("times.py")

BUILD = """\
build core/CMakeFiles/a.dir/one.cpp.o: CXX one.cpp
build fuzz/CMakeFiles/b.dir/__/core/one.cpp.o: CXX one.cpp
build bin/a bin/a.map: LINK core/CMakeFiles/a.dir/one.cpp.o
"""
# Begin and end in ms. The first line was superseded, that of gone.cpp is of a file that was deleted.
LOG = """\
# ninja log v5
0\t9000\t1\tcore/CMakeFiles/a.dir/one.cpp.o\taa
100\t2100\t1\tcore/CMakeFiles/a.dir/one.cpp.o\taa
100\t1600\t1\tfuzz/CMakeFiles/b.dir/__/core/one.cpp.o\tbb
0\t9000\t1\tcore/CMakeFiles/a.dir/gone.cpp.o\tcc
2100\t2600\t1\tbin/a\tdd
2100\t2600\t1\tbin/a.map\tdd
"""
# Name, runs, mean; then those that failed.
COSTS = """\
x_test.first 2 1.5
x_test.second 1 0.5
y_test.never_run 0 0
w_test.two words 1 0.25
---
x_test.second
"""


class Times(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.build = pathlib.Path(scratch.name)
        self.write("build.ninja", BUILD)
        self.write(".ninja_log", LOG)

    def write(self, name, text):
        file = self.build / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run_times(self, *words):
        return subprocess.run([TIMES, self.build, *words], capture_output=True, text=True)

    def rows(self, *words):
        """The rows of all tables, as (seconds, number, name)."""
        ended = self.run_times(*words)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return {tuple(line.split(maxsplit=2)) for line in ended.stdout.splitlines() if line}

    def test_jobs_count_once_and_as_they_last_ran(self):
        self.assertLess({("3.5", "2", "compile"), ("0.5", "1", "archive, link"), ("3.5", "2", "core"),
                         ("3.5", "2", "core/one.cpp")}, self.rows())

    def test_tests_are_summed_by_prefix(self):
        self.write("Testing/Temporary/CTestCostData.txt", COSTS)
        self.assertLess({("2.0", "2", "x_test"), ("1.5", "1", "x_test.first"),
                         ("0.5", "1", "x_test.second")}, self.rows())
        self.assertNotIn("y_test", str(self.rows()))
        self.assertIn("w_test.two words", self.run_times().stdout)

    def test_top_limits_the_sources_and_tests(self):
        self.write("Testing/Temporary/CTestCostData.txt", COSTS)
        self.assertNotIn(("0.5", "1", "x_test.second"), self.rows("--top", "1"))

    def test_what_cannot_be_read_is_one_line(self):
        (self.build / ".ninja_log").unlink()
        for ended in (self.run_times(), self.run_times("--top", "few")):
            self.assertEqual(ended.returncode, 2)
            self.assertRegex(ended.stderr, r"\Alab times: .*\n\Z")


if __name__ == "__main__":
    sys.exit(unittest.main())
