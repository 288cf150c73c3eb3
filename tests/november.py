"""One of our programs in a process of its own, in November 2026: `python -m tests.november service.cli serve`.

For served worlds whose December must be ahead whenever they are run.
"""

import asyncio
import datetime as clock
import importlib
import inspect
import pkgutil
import sys
from datetime import date

import pytest

from tests.cheap_passwords import cheapen
from tests.clock import set_back

LIVED_ON = date(2026, 11, 23)


def main() -> int:
    """The exit code of the `main` of the named module; what follows its name is given to it by `sys.argv`."""
    for room in ("service", "db"):
        for found in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    patch = pytest.MonkeyPatch()
    set_back(patch, LIVED_ON)
    cheapen()
    patch.setattr(clock, "datetime", vars(importlib.import_module("service.jobs.run"))["datetime"])
    sys.argv = sys.argv[1:]
    done = importlib.import_module(sys.argv[0]).main()
    return int((asyncio.run(done) if inspect.iscoroutine(done) else done) or 0)


if __name__ == "__main__":
    sys.exit(main())
