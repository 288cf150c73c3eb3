"""The hours of a site in one half-day, as the checker reads them."""

from typing import NamedTuple

from planner.horizon import Interval, touches


class Opened(NamedTuple):
    """Hours of a site in one half-day of one date, in minutes, and the pace of its slots."""

    start: int
    end: int
    slot: int
    buffer: int

    @property
    def interval(self) -> Interval:
        return self.start, self.end

    @property
    def slot_count(self) -> int:
        return max(0, (self.end - self.start + self.buffer) // (self.slot + self.buffer))

    def slot_interval(self, index: int) -> Interval:
        start = self.start + index * (self.slot + self.buffer)
        return start, start + self.slot

    def slots_touched(self, interval: Interval) -> int:
        """How many slots an interval shares a minute with, whether or not it stands on them."""
        return sum(touches(self.slot_interval(index), interval) for index in range(self.slot_count))

    def is_run(self, interval: Interval, slots: int) -> bool:
        """Whether an interval is exactly `slots` slots in a row, all of them inside."""
        start, end = interval
        length = slots * self.slot + (slots - 1) * self.buffer
        on_pace = start >= self.start and (start - self.start) % (self.slot + self.buffer) == 0
        return on_pace and end == start + length and end <= self.end
