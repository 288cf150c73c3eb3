"""The choices of a month: one variable for each option that every rule allows, asked for by name."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from planner.demand import candidate_halves, cut_window, may_ask
from planner.fixed import Fixed, FixedOccurrence
from planner.local_minutes import Span
from planner.options import Occurrence, Option, Presence, Work
from planner.prepare import Facts
from planner.problem import Cadence, Promotion, Sequence
from planner.program import Program

Allows = Callable[[Option], bool]


class Variables:
    """Occurrences (permanences and sessions) with their teams and rooms, and office half-days."""

    def __init__(
        self, facts: Facts, fixed: Fixed, program: Program, allows: Allows, *, stand_in: bool
    ) -> None:
        """`stand_in`: a permanence may take the place of the office half-day that an interview brings."""
        self.facts = facts
        self.fixed = fixed
        self.stand_in = stand_in
        self.program = program
        self.allows = allows
        self.occurrences: list[Occurrence] = []
        self.held: list[int] = []
        self.team: list[dict[str, int]] = []
        self.rooms: list[dict[str, int]] = []
        self.by_work: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.works: dict[tuple[str, ...], Work] = {}
        self.offices: dict[tuple[str, str, int], int] = {}
        self.presences: dict[tuple[str, int], list[tuple[int, Presence]]] = defaultdict(list)
        self._office_allowed: dict[tuple[str, str, int], bool] = {}
        self._brought_to: dict[str, set[str]] = defaultdict(set)
        for staff, site, _ in fixed.offices:
            self._brought_to[site].add(staff)
        for cadence in facts.problem.cadences:
            self.works[(cadence.id,)] = Work(cadence=cadence)
            self._add_cadence(cadence)
        for promotion in facts.problem.promotions:
            for sequence in promotion.sequences:
                self.works[promotion.id, sequence.id] = Work(promotion=promotion, sequence=sequence)
                self._add_sequence(promotion, sequence)
        self.shared: dict[tuple[str, str, int], list[int]] = {}
        there: dict[tuple[str, int], list[int]] = defaultdict(list)
        for index, occurrence in enumerate(self.occurrences):
            for half in occurrence.halves if occurrence.kind == "permanence" else ():
                there[occurrence.site, half].append(index)
        for key in sorted(fixed.offices):
            self._bring_office(key, there[key[1:]])

    def work(self, index: int) -> Work:
        return self.works[self.occurrences[index].of]

    def of(self, *of: str) -> list[int]:
        """Occurrences (their indices) of a cadence, or of a promotion's sequence, in order of time."""
        return self.by_work.get(of, [])

    def office(self, staff: str, site: str, half: int) -> int | None:
        """The variable of an office half-day, made at first asking; none when a rule forbids it."""
        key = (staff, site, half)
        if key not in self.offices:
            presence = self.office_presence(key)
            if presence is None or not self.allows_office(key):
                return None
            variable = self.offices[key] = self.program.variable()
            self.presences[staff, half].append((variable, presence))
        return self.offices[key]

    def _bring_office(self, key: tuple[str, str, int], there: list[int]) -> None:
        """The office half-day of an interview that stays, or a permanence of that person `there`."""
        staff, site, half = key
        holders = [self.team[index][staff] for index in there if staff in self.team[index]]
        fixed = not holders or not self.stand_in
        variable = self.offices[key] = self.program.variable(fixed=fixed)
        presence = Presence("office", staff, site, half, self.facts.usual_span(site, half))
        self.presences[staff, half].append((variable, presence))
        if not fixed:
            self.shared[key] = holders
            self.program.demand([(variable, 1), *((holder, 1) for holder in holders)], 1)

    def allows_office(self, key: tuple[str, str, int]) -> bool:
        if key not in self._office_allowed:
            presence = self.office_presence(key)
            self._office_allowed[key] = presence is not None and self.allows(presence)
        return self._office_allowed[key]

    def office_presence(self, key: tuple[str, str, int]) -> Presence | None:
        staff, site, half = key
        window = self.facts.windows.get((site, half))
        return Presence("office", staff, site, half, window.span) if window else None

    # Cadences

    def _add_cadence(self, cadence: Cadence) -> None:
        stays = {half: kept for (of, half), kept in self.fixed.occurrences.items() if of == (cadence.id,)}
        broken_days = {half // 2 for half in stays} if cadence.length == "day" else set()
        halved = cadence.kind == "permanence"
        for half in sorted({*candidate_halves(self.facts, cadence), *stays}):
            if half in stays:
                self._add_fixed(cadence, half, stays[half])
            elif half // 2 not in broken_days:
                self._add(self._cadence_occurrence(cadence, half, whole=cadence.length == "day"))
        for half, kept in stays.items():
            if halved and half // 2 in broken_days and half ^ 1 not in stays:
                self._complete_day(cadence, half, kept)

    def _complete_day(self, cadence: Cadence, half: int, kept: FixedOccurrence) -> None:
        """The other half of a day of which one stays: the same people, hence no more than are asked.

        What is wrong with a date is said of its first half-day: a morning added to an afternoon that
        stays would make it a breach that nobody decided.
        """
        day, is_afternoon = divmod(half, 2)
        if len(kept.staff) > cadence.staff_count or (is_afternoon and not may_ask(self.facts, cadence, day)):
            return
        occurrence = self._cadence_occurrence(cadence, half ^ 1, whole=False)
        self._add(occurrence, only=kept.staff if kept.complete else None)

    def _add_fixed(self, cadence: Cadence, half: int, kept: FixedOccurrence) -> None:
        occurrence = self._cadence_occurrence(cadence, half, whole=False)
        if kept.span is not None:
            halves = self._touched(half, kept.span, cadence.site, cadence.length)
            occurrence = occurrence._replace(halves=halves, spans=(kept.span,))
        self._add(occurrence, kept=kept)

    def _cadence_occurrence(self, cadence: Cadence, half: int, *, whole: bool) -> Occurrence:
        halves = (half, half + 1) if whole else (half,)
        windows = [self.facts.usual_span(cadence.site, each) for each in halves]
        if cadence.kind == "session":
            start = windows[0].start + cadence.offset_minutes
            end = windows[-1].end if whole else start + cadence.duration_minutes
            windows = [Span(windows[0].start if whole else start, end)]
        return Occurrence(cadence.kind, (cadence.id,), cadence.site, half, halves, tuple(windows))

    # Promotions

    def _add_sequence(self, promotion: Promotion, sequence: Sequence) -> None:
        if sequence.done_on is not None:
            return
        of = (promotion.id, sequence.id)
        stays = [(half, kept) for (key, half), kept in self.fixed.occurrences.items() if key == of]
        for half, kept in stays:
            span = kept.span or self.facts.usual_span(promotion.site, half)
            halves = self._touched(half, span, promotion.site, sequence.length)
            self._add(Occurrence("session", of, promotion.site, half, halves, (span,)), kept=kept)
        if stays:
            return
        window = cut_window(self.facts, sequence.from_on, sequence.until_on)
        for half in range(2 * window.first, 2 * window.last + 2):
            occurrence = self._sequence_occurrence(promotion, sequence, half)
            if occurrence is not None:
                self._add(occurrence)

    def _sequence_occurrence(self, promotion: Promotion, sequence: Sequence, half: int) -> Occurrence | None:
        """That sequence beginning in that half-day, if the site has the openings it needs."""
        of = (promotion.id, sequence.id)
        window = self.facts.windows.get((promotion.site, half))
        if window is None:
            return None
        if sequence.length == "day":
            after = self.facts.windows.get((promotion.site, half + 1))
            if half % 2 or after is None:
                return None
            span = Span(window.span.start, after.span.end)
            return Occurrence("session", of, promotion.site, half, (half, half + 1), (span,))
        start = window.span.start + sequence.offset_minutes
        span = Span(start, start + sequence.duration_minutes)
        return Occurrence("session", of, promotion.site, half, (half,), (span,))

    def _touched(self, half: int, span: Span, site: str, length: str) -> tuple[int, ...]:
        """The half-days that a session which stays engages: both of its day, or those that its hours touch."""
        day = {half, half ^ 1}
        touched = {half, *self.facts.halves_of(span, site)}
        return tuple(sorted(day if length == "day" else day & touched))

    # Adding

    def _add(
        self,
        occurrence: Occurrence,
        *,
        kept: FixedOccurrence | None = None,
        only: Iterable[str] | None = None,
    ) -> None:
        """Make the variables of an occurrence, unless a rule forbids it or nobody can hold it."""
        if kept is None and not self.allows(occurrence):
            only = self._brought(occurrence)
            occurrence = occurrence._replace(brought=True)
            if not only or not self.allows(occurrence):
                return
        work = self.works[occurrence.of]
        people = self._people(occurrence, kept, only)
        rooms = self._rooms_of(occurrence, work, kept)
        if kept is None and (len(people) < work.staff_count or rooms is None):
            return
        index = len(self.occurrences)
        self.occurrences.append(occurrence)
        self.held.append(self.program.variable(fixed=kept is not None))
        self.by_work[occurrence.of].append(index)
        self.team.append({})
        for person in people:
            variable = self.program.variable(fixed=kept is not None and person in kept.staff)
            self.team[index][person] = variable
            for presence in self.presences_of(occurrence, person):
                self.presences[person, presence.half].append((variable, presence))
        self.rooms.append(
            {room: self.program.variable(fixed=kept is not None and kept.complete) for room in rooms or ()}
        )

    def presences_of(self, occurrence: Occurrence, person: str) -> list[Presence]:
        """What holding an occurrence means for one person, half-day by half-day.

        A session of both half-days is cut where the morning's opening ends (one that stays in the afternoon
        alone at its start); its second part, of kind "rest", begins no journey of its own.
        """
        kind, site = occurrence.kind, occurrence.site
        if kind == "session" and len(occurrence.halves) > 1:
            first, then = occurrence.halves
            start, end = occurrence.spans[0]
            cut = max(start, min(end, self.facts.usual_span(site, first).end))
            return [
                Presence(kind, person, site, first, Span(start, cut)),
                Presence("rest", person, site, then, Span(cut, end)),
            ]
        return [
            Presence(kind, person, site, half, span)
            for half, span in zip(occurrence.halves, occurrence.spans, strict=True)
        ]

    def _people(
        self, occurrence: Occurrence, kept: FixedOccurrence | None, only: Iterable[str] | None
    ) -> list[str]:
        if kept is not None and kept.complete:
            return [person for person in kept.staff if person in self.facts.staff]
        candidates = self.facts.staff if only is None else only
        settled = kept.staff if kept else ()
        near = self.facts.admitted[occurrence.site] | self._brought_to[occurrence.site]
        return [
            person
            for person in candidates
            if person in settled
            or (
                person in near
                and all(self._is_excused(p) or self.allows(p) for p in self.presences_of(occurrence, person))
            )
        ]

    def _brought(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Whom interviews that stay bring to that place and half-day: a permanence may be their presence."""
        if not self.stand_in or occurrence.kind != "permanence" or len(occurrence.halves) != 1:
            return ()
        there = (occurrence.site, occurrence.half)
        return tuple(staff for staff, site, half in sorted(self.fixed.offices) if (site, half) == there)

    def _is_excused(self, presence: Presence) -> bool:
        """Whether an interview that stays brings the person there whatever the rules say."""
        key = (presence.staff, presence.site, presence.half)
        return self.stand_in and presence.kind == "permanence" and key in self.fixed.offices

    def _rooms_of(
        self, occurrence: Occurrence, work: Work, kept: FixedOccurrence | None
    ) -> tuple[str, ...] | None:
        """Rooms to choose from; empty when none is needed, none when one is and none is large enough."""
        if kept is not None and kept.complete:
            return (kept.room,) if kept.room else ()
        needed, group = room_need(work)
        if not needed:
            return ()
        fitting = tuple(r.id for r in self.facts.sites[occurrence.site].rooms if r.seats >= group)
        return fitting or None


def room_need(work: Work) -> tuple[bool, int]:
    """Whether a room is needed, and for how many."""
    if work.cadence is not None:
        return work.cadence.kind == "session" and work.cadence.needs_room, work.cadence.seats
    if work.sequence is not None and work.promotion is not None:
        group = max(work.promotion.seats, len(work.promotion.participants))
        return work.sequence.needs_room, group
    return False, 0
