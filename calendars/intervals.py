"""Intervals of time, the end exclusive: merged, clipped."""

from collections.abc import Iterable
from datetime import datetime

Interval = tuple[datetime, datetime]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Ascending and disjoint: what overlaps or touches becomes one; what is empty goes."""
    result: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def clipped(interval: Interval, within: Interval) -> Interval | None:
    """The part of the interval inside `within`, None when there is none."""
    start, end = max(interval[0], within[0]), min(interval[1], within[1])
    return (start, end) if start < end else None
