"""What could be chosen: records that rules are asked about, once each, before any variable exists."""

from typing import NamedTuple

from planner.local_minutes import Span
from planner.problem import Cadence, Interview, Promotion, Sequence


class Occurrence(NamedTuple):
    """A permanence or a session at one place and time; a whole day starts in its morning.

    `of` is (cadence,) or (promotion, sequence). A permanence of a whole day has two spans, one a
    half-day; a session always one. `brought`: held by nobody but whom pinned interviews bring there.
    """

    kind: str
    of: tuple[str, ...]
    site: str
    half: int
    halves: tuple[int, ...]
    spans: tuple[Span, ...]
    brought: bool = False

    @property
    def day(self) -> int:
        return self.half // 2


class Presence(NamedTuple):
    """One person at one place in one half-day; `kind` is permanence, session or office."""

    kind: str
    staff: str
    site: str
    half: int
    span: Span


class Seat(NamedTuple):
    """One slot of a person in one half-day; no site on the telephone."""

    staff: str
    site: str | None
    half: int
    span: Span


class Place(NamedTuple):
    """One interview of a need with one person, at a start; no site on the telephone or by video."""

    need: Interview
    staff: str
    site: str | None
    half: int
    span: Span
    number: int = 1

    @property
    def day(self) -> int:
        return self.half // 2


Option = Occurrence | Presence | Seat | Place


class Work(NamedTuple):
    """What an occurrence belongs to, as the problem says it."""

    cadence: Cadence | None = None
    promotion: Promotion | None = None
    sequence: Sequence | None = None

    @property
    def staff_count(self) -> int:
        return self.cadence.staff_count if self.cadence else self.sequence.staff_count if self.sequence else 1

    @property
    def skills(self) -> tuple[str, ...]:
        return self.cadence.skills if self.cadence else self.sequence.skills if self.sequence else ()
