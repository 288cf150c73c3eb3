"""How often a process of ours looks for reference cycles: pages and plans make many small objects and hardly any cycle."""

import gc

YOUNG, MIDDLE, OLD = 100_000, 20, 50


def collect_seldom() -> None:
    """Python's own thresholds walk everything remembered several times a page: half of the time of a large month."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
