"""What a plan has to keep: pins, the published past, and published things too near to move."""

from collections import defaultdict
from typing import NamedTuple

from planner.local_minutes import Span
from planner.plan import PlannedInterview, PlannedPermanence, PlannedSession
from planner.prepare import Facts
from planner.problem import Interview, Pin
from planner.standing import Published

Of = tuple[str, ...]
"""(cadence,) or (promotion, sequence)."""


class FixedInterview(NamedTuple):
    need: Interview
    number: int
    staff: str
    site: str | None
    half: int
    span: Span


class FixedOccurrence(NamedTuple):
    """A permanence or session that stays; `complete` when its staff is settled too."""

    staff: tuple[str, ...]
    complete: bool
    span: Span | None = None
    room: str | None = None
    number: int | None = None


class Fixed(NamedTuple):
    """Occurrences by what they belong to and half-day, interviews, and offices that these need."""

    occurrences: dict[tuple[Of, int], FixedOccurrence]
    interviews: tuple[FixedInterview, ...]
    offices: frozenset[tuple[str, str, int]]


def settle(facts: Facts, published: Published) -> Fixed:
    """Everything pinned, then everything published that stays, with the presences of interviews."""
    occurrences: dict[tuple[Of, int], FixedOccurrence] = {}
    for pin in facts.problem.pins:
        if pin.need is None:
            of, half = _key(facts, pin)
            occurrences[of, half] = _pinned(facts, pin, half)
    pinned = {(of, one.number) for (of, _), one in occurrences.items()}
    interviews = _interviews(facts, published)
    brought = set(interviews)
    numbers = {(one.need.id, one.number) for one in interviews}
    for record in published.kept:
        if isinstance(record, PlannedInterview):
            if (record.need, record.number) not in numbers:
                interviews.append(published_interview(facts, record))
            continue
        of, half, kept = published_occurrence(facts, record)
        if isinstance(record, PlannedPermanence) or (of, kept.number) not in pinned:
            occurrences.setdefault((of, half), kept)
    offices: set[tuple[str, str, int]] = set()
    for interview in interviews:
        if interview.site is not None:
            _bring_presence(facts, interview, occurrences, offices, pinned=interview in brought)
    return Fixed(occurrences, tuple(interviews), frozenset(offices))


# Pins


def _key(facts: Facts, pin: Pin) -> tuple[Of, int]:
    if pin.cadence is not None and pin.half_day is not None:
        return (pin.cadence,), facts.half(pin.on, pin.half_day)
    site = facts.cadences[pin.cadence].site if pin.cadence else facts.promotions[pin.promotion or ""].site
    half = facts.half_of(_start(facts, pin), site)
    return ((pin.cadence,) if pin.cadence else (pin.promotion or "", pin.sequence or "")), half


def _start(facts: Facts, pin: Pin) -> int:
    return facts.minute_at(facts.day(pin.on), pin.start or "00:00")


def _pinned(facts: Facts, pin: Pin, half: int) -> FixedOccurrence:
    if pin.half_day is not None:
        return FixedOccurrence(pin.staff, complete=True)
    start = _start(facts, pin)
    if pin.cadence:
        cadence = facts.cadences[pin.cadence]
        site, length, minutes = cadence.site, cadence.length, cadence.duration_minutes
    else:
        promotion = facts.promotions[pin.promotion or ""]
        sequence = next(step for step in promotion.sequences if step.id == pin.sequence)
        site, length, minutes = promotion.site, sequence.length, sequence.duration_minutes
    window = facts.windows.get((site, half | 1))
    end = window.span.end if length == "day" and window else start + minutes
    return FixedOccurrence(pin.staff, True, Span(start, end), pin.room, pin.number)


def _interviews(facts: Facts, published: Published) -> list[FixedInterview]:
    """Pinned interviews; of a need with several, the number that is published there, else a free one."""
    places: dict[str, dict[tuple[int, str | None, str], int]] = defaultdict(dict)
    for record in published.every:
        if isinstance(record, PlannedInterview):
            place = (facts.minute(record.starts_at), record.site, record.staff)
            places[record.need][place] = record.number
    found = []
    used: dict[str, set[int]] = defaultdict(set)
    for pin in sorted(facts.problem.pins, key=lambda p: _place(facts, p) not in places[p.need or ""]):
        if pin.need is not None:
            need = facts.needs[pin.need]
            start, site, staff = _place(facts, pin)
            number = places[need.id].get((start, site, staff)) or _free(need, used, places)
            used[need.id].add(number)
            half = facts.half_of(start, pin.site)
            span = Span(start, start + interview_minutes(facts, need, pin.site, half, start))
            found.append(FixedInterview(need, number, staff, site, half, span))
    return found


def _place(facts: Facts, pin: Pin) -> tuple[int, str | None, str]:
    return _start(facts, pin), pin.site, pin.staff[0]


def _free(
    need: Interview, used: dict[str, set[int]], places: dict[str, dict[tuple[int, str | None, str], int]]
) -> int:
    """The first number of a need that is neither pinned nor published, else not pinned."""
    published = set(places[need.id].values())
    numbers = range(1, need.count + 1)
    free = [number for number in numbers if number not in used[need.id]]
    return next((number for number in free if number not in published), free[0] if free else need.count)


def interview_minutes(facts: Facts, need: Interview, site: str | None, half: int, start: int) -> int:
    """How long an interview lasts that starts there: its slots in a row, else an hour each."""
    for place in (site,) if site is not None else facts.offices:
        window = facts.windows.get((place, half))
        first = (
            next((i for i, slot in enumerate(window.slots) if slot.start == start), None) if window else None
        )
        if window and first is not None and first + need.slots <= len(window.slots):
            return window.slots[first + need.slots - 1].end - start
    return 60 * need.slots


# Published


def published_occurrence(
    facts: Facts, record: PlannedPermanence | PlannedSession
) -> tuple[Of, int, FixedOccurrence]:
    """A published permanence or session as something that could stay."""
    if isinstance(record, PlannedPermanence):
        half = facts.half(record.on, record.half_day)
        return (record.cadence,), half, FixedOccurrence(record.staff, complete=True)
    span = facts.span(record.starts_at, record.ends_at)
    of = (record.cadence,) if record.cadence is not None else (record.promotion or "", record.sequence or "")
    kept = FixedOccurrence(record.staff, True, span, record.room, record.number)
    return of, facts.half_of(span.start, record.site), kept


def published_interview(facts: Facts, record: PlannedInterview) -> FixedInterview:
    span = facts.span(record.starts_at, record.ends_at)
    half = facts.half_of(span.start, record.site)
    return FixedInterview(facts.needs[record.need], record.number, record.staff, record.site, half, span)


# Presences


def _bring_presence(
    facts: Facts,
    interview: FixedInterview,
    occurrences: dict[tuple[Of, int], FixedOccurrence],
    offices: set[tuple[str, str, int]],
    *,
    pinned: bool,
) -> None:
    """The permanence that stays there, else an office half-day, else one of the site's first cadence.

    Only a pin brings a permanence: what is published has its own, or none.
    """
    site, staff, half = interview.site or "", interview.staff, interview.half
    cadences = [c for c in facts.problem.cadences if c.site == site and c.kind == "permanence"]
    for cadence in cadences:
        held = occurrences.get(((cadence.id,), half))
        if held and staff in held.staff:
            return
    if facts.sites[site].kind == "bureau":
        offices.add((staff, site, half))
    elif cadences and pinned:
        of = (cadences[0].id,)
        held = occurrences.get((of, half))
        if held is None or not held.complete:
            others = held.staff if held else ()
            occurrences[of, half] = FixedOccurrence((*others, staff), complete=False)
