"""Prints the twenty slowest tests of some junit reports, and what of `make check` had better be marked `slow`."""

import sys
from pathlib import Path
from xml.etree import ElementTree

LONG_SECONDS = 1.0
"""Longer than that belongs to `make test`: docs/how-to-add-a-test.md."""


def cases(report: str) -> list[tuple[float, str]]:
    """Seconds and name of each test, the slowest first."""
    found = ElementTree.parse(report).iter("testcase")
    timed = [(float(one.get("time", 0)), f"{one.get('classname')}::{one.get('name')}") for one in found]
    return sorted(timed, reverse=True)


def show(title: str, slow: list[tuple[float, str]]) -> None:
    sys.stdout.write(f"{title}:\n" + "".join(f"{seconds:8.2f} s  {name}\n" for seconds, name in slow))


reports = sys.argv[1:]
show("The twenty slowest", sorted((one for path in reports for one in cases(path)), reverse=True)[:20])
quick = [one for path in reports if Path(path).stem == "check" for one in cases(path)]
show("In make check, and long for it", [one for one in quick if one[0] > LONG_SECONDS][:20])
