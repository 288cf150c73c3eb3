"""`python -m bench`: measure planning on this machine; the report goes to docs."""

import argparse
import sys
from pathlib import Path

import msgspec

from bench import large
from bench.planner import FULL, QUICK, ROOT, run

OTHERS = (
    "Other measures, each a program of its own: python -m bench.network, bench.explain, bench.feeds, bench.month,"
    " bench.places, bench.pages, bench.asking."
)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure planning on this machine: real months, or with --large months far larger than usual.",
        epilog=OTHERS,
    )
    parser.add_argument(
        "--seeds",
        type=int,
        metavar="N",
        help=f"how many real months, instead of {FULL.seeds} (not with --large)",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"{QUICK.seeds} months and short limits; the large ones: one seed",
    )
    parser.add_argument(
        "--large", action="store_true", help="the large months instead: 16 minutes, under 5 with --quick"
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs", metavar="FOLDER", help="where the report goes (docs)"
    )
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
