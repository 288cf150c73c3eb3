"""What a plan has to keep: pins, the published past, and published things too near to move."""

from collections.abc import Iterator
from typing import NamedTuple

from planner.prepare import Facts, Span, minutes_of
from planner.problem import Interview, Pin


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

    occurrences: dict[tuple[tuple[str, ...], int], FixedOccurrence]
    interviews: tuple[FixedInterview, ...]
    offices: frozenset[tuple[str, str, int]]


def settle(facts: Facts) -> Fixed:
    """Everything pinned, with the presences that pinned interviews bring."""
    occurrences: dict[tuple[tuple[str, ...], int], FixedOccurrence] = {}
    for pin in facts.problem.pins:
        if pin.need is None:
            of, half = _key(facts, pin)
            occurrences[of, half] = _occurrence(facts, pin, half)
    interviews = tuple(_interviews(facts))
    offices = set()
    for interview in interviews:
        if interview.site is not None:
            _bring_presence(facts, interview, occurrences, offices)
    return Fixed(occurrences, interviews, frozenset(offices))


def _key(facts: Facts, pin: Pin) -> tuple[tuple[str, ...], int]:
    if pin.cadence is not None and pin.half_day is not None:
        return (pin.cadence,), facts.half(pin.on, pin.half_day)
    site = facts.cadences[pin.cadence].site if pin.cadence else facts.promotions[pin.promotion or ""].site
    half = facts.half_of(_start(facts, pin), site)
    return ((pin.cadence,) if pin.cadence else (pin.promotion or "", pin.sequence or "")), half


def _start(facts: Facts, pin: Pin) -> int:
    return facts.day(pin.on) * 1440 + minutes_of(pin.start or "00:00")


def _occurrence(facts: Facts, pin: Pin, half: int) -> FixedOccurrence:
    if pin.half_day is not None:
        return FixedOccurrence(pin.staff, complete=True)
    start = _start(facts, pin)
    if pin.cadence:
        length = facts.cadences[pin.cadence].duration_minutes
        return FixedOccurrence(pin.staff, True, Span(start, start + length), pin.room, pin.number)
    promotion = facts.promotions[pin.promotion or ""]
    sequence = next(step for step in promotion.sequences if step.id == pin.sequence)
    window = facts.windows.get((promotion.site, half + 1))
    whole_day = sequence.length == "day" and half % 2 == 0 and window is not None
    end = window.span.end if window and whole_day else start + sequence.duration_minutes
    return FixedOccurrence(pin.staff, True, Span(start, end), pin.room)


def _interviews(facts: Facts) -> Iterator[FixedInterview]:
    numbers: dict[str, int] = {}
    for pin in facts.problem.pins:
        if pin.need is not None:
            need = facts.needs[pin.need]
            numbers[need.id] = pin.number or numbers.get(need.id, 0) + 1
            start = _start(facts, pin)
            half = facts.half_of(start, pin.site)
            span = Span(start, start + interview_minutes(facts, need, pin.site, half, start))
            yield FixedInterview(need, numbers[need.id], pin.staff[0], pin.site, half, span)


def interview_minutes(facts: Facts, need: Interview, site: str | None, half: int, start: int) -> int:
    """How long an interview lasts that starts there: its slots in a row, else an hour each."""
    for place in (site,) if site is not None else facts.offices:
        window = facts.windows.get((place, half))
        if window and len(window.slots) and any(slot.start == start for slot in window.slots):
            first = next(i for i, slot in enumerate(window.slots) if slot.start == start)
            last = first + need.slots - 1
            if last < len(window.slots):
                return window.slots[last].end - start
    return 60 * need.slots


def _bring_presence(
    facts: Facts,
    interview: FixedInterview,
    occurrences: dict[tuple[tuple[str, ...], int], FixedOccurrence],
    offices: set[tuple[str, str, int]],
) -> None:
    """The permanence pinned there, else an office half-day, else one of the site's first cadence."""
    site, staff, half = interview.site or "", interview.staff, interview.half
    cadences = [c for c in facts.problem.cadences if c.site == site and c.kind == "permanence"]
    for cadence in cadences:
        held = occurrences.get(((cadence.id,), half))
        if held and staff in held.staff:
            return
    if facts.sites[site].kind == "bureau":
        offices.add((staff, site, half))
    elif cadences:
        of = (cadences[0].id,)
        held = occurrences.get((of, half))
        if held is None or not held.complete:
            others = held.staff if held else ()
            occurrences[of, half] = FixedOccurrence((*others, staff), complete=False)
