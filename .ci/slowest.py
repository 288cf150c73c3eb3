"""Prints the twenty slowest tests of some junit reports."""

import sys
from xml.etree import ElementTree

cases = [case for report in sys.argv[1:] for case in ElementTree.parse(report).iter("testcase")]
cases.sort(key=lambda case: -float(case.get("time", 0)))
sys.stdout.write("The twenty slowest:\n")
for case in cases[:20]:
    sys.stdout.write(f"{float(case.get('time', 0)):8.2f} s  {case.get('classname')}::{case.get('name')}\n")
