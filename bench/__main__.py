"""`python -m bench [--quick] [--out FOLDER]`: measure planning on this machine; the report goes to docs."""

import argparse
import sys
from pathlib import Path

from bench.planner import FULL, QUICK, ROOT, run


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measure planning on this machine.")
    parser.add_argument("--quick", action="store_true", help="three seeds and short limits: a few minutes")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder of the report")
    given = parser.parse_args()
    sys.stdout.write(run(QUICK if given.quick else FULL, given.out))


if __name__ == "__main__":
    main()
