"""Look-up tables of a problem, made once: what opens, who is there, and when, in integers.

Only the solver reads these tables.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from functools import cached_property
from typing import NamedTuple

from planner.local_minutes import DAY_MINUTES, HALVES, LocalMinutes, Span
from planner.problem import Opening, Problem, Site, StaffMember

DAYS_AROUND = 31
"""A week or a month that the horizon cuts begins or ends no further outside it."""


class Window(NamedTuple):
    """A site's opening in one half-day; `is_open` is false on a closure or a holiday."""

    span: Span
    slots: tuple[Span, ...]
    is_open: bool


class Hours(NamedTuple):
    """When and where a person's weekly pattern puts them in one half-day."""

    span: Span
    where: str


class Block(NamedTuple):
    """An absence, a meeting or an imported busy time of one person."""

    kind: str
    id: str
    span: Span
    site: str | None


class Facts(LocalMinutes):
    """The tables of one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.first_on, (problem.last_on - problem.first_on).days + 1, problem.zone)
        self.problem = problem
        self.halves = 2 * self.days
        self.today = self.day(problem.today_on or problem.first_on)
        self.open_day = self.today + problem.notice_days
        """The first day on which something new may be placed."""
        self.sites = {site.id: site for site in problem.sites}
        self.staff = {person.id: person for person in problem.staff}
        self.cadences = {cadence.id: cadence for cadence in problem.cadences}
        self.promotions = {promotion.id: promotion for promotion in problem.promotions}
        self.participants = {participant.id: participant for participant in problem.participants}
        self.needs = {need.id: need for need in problem.interviews}
        self.holidays = frozenset(self.day(on) for on in problem.holidays)
        self.windows = {key: window for site in problem.sites for key, window in self._windows(site)}
        self.hours: dict[tuple[str, int], list[Hours]] = defaultdict(list)
        for person in problem.staff:
            for key, hours in self._hours(person):
                self.hours[key].append(hours)
        self.blocks = {person.id: tuple(self._blocks(person)) for person in problem.staff}
        self._minutes = self._travel()
        self.booked: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        for place in problem.booked:
            self.booked[place.cadence, self.half(place.on, place.half_day)][place.slot] += 1

    # Time

    @cached_property
    def months(self) -> frozenset[tuple[int, int]]:
        """The calendar months of the horizon."""
        return frozenset(month_of(self.on(day)) for day in range(self.days))

    def half_of(self, minute: int, site: str | None) -> int:
        """The half-day in which an instant lies, by the site's openings, else before or from 13:00."""
        day, rest = divmod(minute, DAY_MINUTES)
        for half in (2 * day, 2 * day + 1):
            window = self.windows.get((site or "", half))
            if window and window.span.start <= minute < window.span.end:
                return half
        return 2 * day + (rest >= 13 * 60)

    # Places

    def is_open(self, site: str, half: int) -> bool:
        window = self.windows.get((site, half))
        return window is not None and window.is_open

    def opens_on(self, site: str, half: int) -> bool:
        """Neither a closure nor a holiday, whatever the openings say."""
        day = half // 2
        found = self.sites[site]
        if day in self.holidays and not found.open_on_holidays:
            return False
        return not any(
            self.day(closure.from_on) <= day <= self.day(closure.until_on)
            and closure.half_day in (None, HALVES[half % 2])
            for closure in found.closures
        )

    @cached_property
    def admitted(self) -> dict[str, frozenset[str]]:
        """By site, who may ever enter: everybody, or those with an authorisation for any date."""
        holders: dict[str, set[str]] = defaultdict(set)
        for person in self.problem.staff:
            for given in person.accreditations:
                holders[given.site].add(person.id)
        everybody = frozenset(self.staff)
        return {
            site.id: frozenset(holders[site.id]) if site.demands_accreditation else everybody
            for site in self.problem.sites
        }

    def narrowed(self, admitted: Mapping[str, frozenset[str]]) -> "Facts":
        """The same tables, where fewer people are looked at for each site."""
        other = copy(self)
        other.admitted = dict(admitted)
        return other

    @cached_property
    def offices(self) -> tuple[str, ...]:
        return tuple(site.id for site in self.problem.sites if site.kind == "bureau")

    def minutes(self, first: str | None, then: str | None) -> int:
        if first == then or first is None or then is None:
            return 0
        return self._minutes.get((first, then), self.problem.default_travel_minutes)

    def weight(self, name: str, default: int) -> int:
        return self.problem.weights.get(name, default)

    # People

    @cached_property
    def available(self) -> dict[str, frozenset[int]]:
        """Half-days of the horizon that count as available, by person."""
        found: dict[str, set[int]] = defaultdict(set)
        for staff, half in self.hours:
            if 0 <= half < self.halves and self.is_available(staff, half):
                found[staff].add(half)
        return {staff: frozenset(found[staff]) for staff in self.staff}

    def is_available(self, staff: str, half: int) -> bool:
        """In the pattern, on no holiday, and no absence touches it; also a week beside the horizon."""
        return (staff, half) in self.hours and half // 2 not in self.holidays and not self.absent(staff, half)

    def absent(self, staff: str, half: int) -> bool:
        """Whether an absence touches the half-day as the pattern gives it."""
        spans = [hours.span for hours in self.hours[staff, half]]
        return any(
            block.kind == "absence" and block.span.touches(span)
            for block in self.blocks[staff]
            for span in spans
        )

    @cached_property
    def meeting_halves(self) -> dict[str, frozenset[int]]:
        """Half-days that a meeting engages, by person; also those of its weeks and months outside the horizon."""
        return {
            staff: frozenset(
                half
                for block in blocks
                if block.kind == "meeting"
                for half in self.halves_of(block.span, block.site)
            )
            for staff, blocks in self.blocks.items()
        }

    @cached_property
    def stops(self) -> dict[tuple[str, int], list[Block]]:
        """Meetings with a site, by person and each day of the horizon that they touch, in order of time."""
        found: dict[tuple[str, int], list[Block]] = defaultdict(list)
        for staff, blocks in self.blocks.items():
            for block in sorted(blocks, key=lambda one: (one.span, one.id)):
                first, last = block.span.start // DAY_MINUTES, (block.span.end - 1) // DAY_MINUTES
                for day in range(max(0, first), min(self.days - 1, last) + 1) if block.site else ():
                    found[staff, day].append(block)
        return found

    def halves_of(self, span: Span, site: str | None) -> Iterator[int]:
        """Half-days that a span touches: by the openings of its site, elsewhere before or from 13:00."""
        first, last = span.start // DAY_MINUTES, (span.end - 1) // DAY_MINUTES
        for day in range(max(-DAYS_AROUND, first), min(self.days - 1 + DAYS_AROUND, last) + 1):
            pieces = [Span(max(span.start, day * DAY_MINUTES), min(span.end, (day + 1) * DAY_MINUTES))]
            for half in (2 * day, 2 * day + 1):
                opened = self._opened(site, half)
                if opened and any(piece.touches(opened) for piece in pieces):
                    yield half
                if opened:
                    pieces = [rest for piece in pieces for rest in _without(piece, opened)]
            for half in (2 * day, 2 * day + 1):
                if any(piece.touches(half_span(half)) for piece in pieces):
                    yield half

    def _opened(self, site: str | None, half: int) -> Span | None:
        """The hours of a site's opening in a half-day of the horizon or near it."""
        if site is None or 0 <= half < self.halves:
            window = self.windows.get((site or "", half))
            return window.span if window else None
        day = half // 2
        for opening in self.sites[site].openings:
            if HALVES[half % 2] == opening.half_day and day in self._days_of(opening, DAYS_AROUND):
                return self.hours_of(day, opening.from_hour, opening.to_hour)
        return None

    def usual_span(self, site: str, half: int) -> Span:
        """The opening's hours, else those of the site's other openings, else 9 to 12 or 14 to 17."""
        window = self.windows.get((site, half))
        if window:
            return window.span
        for opening in self.sites[site].openings:
            if opening.half_day == HALVES[half % 2]:
                return self.hours_of(half // 2, opening.from_hour, opening.to_hour)
        base = half // 2 * DAY_MINUTES
        return Span(base + 14 * 60, base + 17 * 60) if half % 2 else Span(base + 9 * 60, base + 12 * 60)

    # Making the tables

    def _windows(self, site: Site) -> Iterator[tuple[tuple[str, int], Window]]:
        for opening in site.openings:
            for day in self._days_of(opening):
                half = 2 * day + HALVES.index(opening.half_day)
                yield (site.id, half), self._window(site.id, half, opening)

    def _days_of(self, opening: Opening, around: int = 0) -> range:
        """The days on which an opening holds, in the horizon and so many days around it."""
        first, last = -around, self.days - 1 + around
        if opening.from_on is not None:
            first = max(first, self.day(opening.from_on))
        if opening.until_on is not None:
            last = min(last, self.day(opening.until_on))
        return range(first + (opening.weekday - self.weekday(first)) % 7, last + 1, 7)

    def _window(self, site: str, half: int, opening: Opening) -> Window:
        span = self.hours_of(half // 2, opening.from_hour, opening.to_hour)
        step = opening.slot_minutes + opening.buffer_minutes
        starts = range(span.start, span.end - opening.slot_minutes + 1, step)
        slots = tuple(Span(start, start + opening.slot_minutes) for start in starts)
        return Window(span, slots, self.opens_on(site, half))

    def _hours(self, person: StaffMember) -> Iterator[tuple[tuple[str, int], Hours]]:
        """Also for the days of the horizon's first and last week that lie outside it."""
        for pattern in person.availability:
            first, last = -6, self.days + 5
            if pattern.from_on is not None:
                first = max(first, self.day(pattern.from_on))
            if pattern.until_on is not None:
                last = min(last, self.day(pattern.until_on))
            for day in range(first, last + 1):
                if self.weekday(day) == pattern.weekday:
                    span = self.hours_of(day, pattern.from_hour, pattern.to_hour)
                    half = 2 * day + HALVES.index(pattern.half_day)
                    yield (person.id, half), Hours(span, pattern.where)

    def _blocks(self, person: StaffMember) -> Iterator[Block]:
        for absence in person.absences:
            yield Block("absence", absence.id, self.span(absence.starts_at, absence.ends_at), None)
        for meeting in person.meetings:
            yield Block("meeting", meeting.id, self.span(meeting.starts_at, meeting.ends_at), meeting.site)
        for busy in person.busy:
            yield Block("busy", "", self.span(busy.starts_at, busy.ends_at), None)

    def _travel(self) -> dict[tuple[str, str], int]:
        given = {(leg.from_site, leg.to_site): leg.minutes for leg in self.problem.travel}
        reverse = {(b, a): minutes for (a, b), minutes in given.items()}
        return reverse | given


def _without(piece: Span, hole: Span) -> list[Span]:
    if not piece.touches(hole):
        return [piece]
    return [
        part for part in (Span(piece.start, hole.start), Span(hole.end, piece.end)) if part.start < part.end
    ]


def covered(span: Span, spans: list[Span]) -> bool:
    """Whether spans, taken together, contain one."""
    reached = span.start
    started = False
    for start, end in sorted(spans):
        if start <= reached < end:
            reached, started = end, True
    return started and reached >= span.end


def half_span(half: int) -> Span:
    """The half-day itself: midnight to 13:00, 13:00 to midnight."""
    noon = half // 2 * DAY_MINUTES + 13 * 60
    return Span(noon, half // 2 * DAY_MINUTES + DAY_MINUTES) if half % 2 else Span(noon - 13 * 60, noon)


def month_of(on: date) -> tuple[int, int]:
    return on.year, on.month
