"""`python -m bench [--seeds N] [--quick] [--large] [--out FOLDER]`: measure planning on this machine; the report goes to docs."""

import argparse
import sys
from pathlib import Path

import msgspec

from bench import large
from bench.planner import FULL, QUICK, ROOT, run


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measure planning on this machine.")
    parser.add_argument("--seeds", type=int, help="real months to measure (20; about 20 seconds each)")
    parser.add_argument("--quick", action="store_true", help="three seeds and short limits: a few minutes")
    parser.add_argument(
        "--large", action="store_true", help="months far larger than usual instead: about 16 minutes"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="folder of the report")
    given = parser.parse_args()
    if given.large:
        sys.stdout.write(large.run(large.SHORT if given.quick else large.FULL, given.out))
        return
    scale = QUICK if given.quick else FULL
    if given.seeds is not None:
        scale = msgspec.structs.replace(scale, seeds=given.seeds, compared=min(scale.compared, given.seeds))
    sys.stdout.write(run(scale, given.out))


if __name__ == "__main__":
    main()
