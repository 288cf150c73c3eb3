"""The plan that a model's values mean."""

from collections import defaultdict

from planner.fixed import Of
from planner.lanes import Lane, Take
from planner.local_minutes import Span
from planner.model import Model
from planner.options import Occurrence
from planner.plan import (
    OfficeHalfDay,
    Plan,
    PlannedInterview,
    PlannedPermanence,
    PlannedSession,
)


def read_plan(model: Model, values: list[int]) -> Plan:
    """Everything placed, each list sorted by its identifying key; nothing unplaced, no levels yet."""
    return Plan(
        permanences=_permanences(model, values),
        sessions=_sessions(model, values),
        office=_offices(model, values),
        interviews=_interviews(model, values),
    )


def read_fixed(model: Model) -> Plan:
    """Nothing but what is fixed."""
    values = list(model.program.lower)
    model.program.complete(values)
    return read_plan(model, values)


def _team(model: Model, index: int, values: list[int]) -> tuple[str, ...]:
    return tuple(sorted(p for p, variable in model.variables.team[index].items() if values[variable]))


def _permanences(model: Model, values: list[int]) -> tuple[PlannedPermanence, ...]:
    found = [
        PlannedPermanence(
            cadence=occurrence.of[0],
            on=model.facts.on(half // 2),
            half_day="pm" if half % 2 else "am",
            staff=_team(model, index, values),
        )
        for index, occurrence in enumerate(model.variables.occurrences)
        if occurrence.kind == "permanence" and values[model.variables.held[index]]
        for half in occurrence.halves
    ]
    return tuple(sorted(found, key=lambda p: (p.cadence, p.on, p.half_day)))


def _sessions(model: Model, values: list[int]) -> tuple[PlannedSession, ...]:
    held = [
        (index, occurrence)
        for index, occurrence in enumerate(model.variables.occurrences)
        if occurrence.kind == "session" and values[model.variables.held[index]]
    ]
    numbers = _numbers(model, held, values)
    found = [_session(model, index, occurrence, values, numbers.get(index)) for index, occurrence in held]
    return tuple(
        sorted(found, key=lambda s: (s.promotion or "", s.sequence or "", s.cadence or "", s.number or 0))
    )


def _session(
    model: Model, index: int, occurrence: Occurrence, values: list[int], number: int | None
) -> PlannedSession:
    by_sequence = len(occurrence.of) == 2
    return PlannedSession(
        starts_at=model.facts.instant(occurrence.spans[0].start),
        ends_at=model.facts.instant(occurrence.spans[0].end),
        site=occurrence.site,
        staff=_team(model, index, values),
        room=next((room for room, v in model.variables.rooms[index].items() if values[v]), None),
        promotion=occurrence.of[0] if by_sequence else None,
        sequence=occurrence.of[1] if by_sequence else None,
        cadence=None if by_sequence else occurrence.of[0],
        number=None if by_sequence else number,
    )


def _numbers(model: Model, held: list[tuple[int, Occurrence]], values: list[int]) -> dict[int, int]:
    """Numbers of open sessions: those that stay keep theirs, the others follow in order of time."""
    numbers: dict[int, int] = {}
    for index, occurrence in held:
        kept = model.fixed.occurrences.get((occurrence.of, occurrence.half))
        if kept is not None and kept.number is not None:
            numbers[index] = kept.number
    for (index, number), variable in model.numbers.items():
        if values[variable]:
            numbers.setdefault(index, number)
    used = {(model.variables.occurrences[index].of, number) for index, number in numbers.items()}
    published = {(of, number) for of, number in model.context.published.sessions if number is not None}
    for index, occurrence in sorted(held, key=lambda pair: pair[1].half):
        if len(occurrence.of) == 1 and index not in numbers:
            numbers[index] = _next_number(occurrence, used, published)
            used.add((occurrence.of, numbers[index]))
    return numbers


def _next_number(occurrence: Occurrence, used: set[tuple[Of, int]], published: set[tuple[Of, int]]) -> int:
    """The first number neither used nor published."""
    number = 1
    while (occurrence.of, number) in used or (occurrence.of, number) in published:
        number += 1
    return number


def _offices(model: Model, values: list[int]) -> tuple[OfficeHalfDay, ...]:
    found = [
        OfficeHalfDay(
            staff=staff, site=site, on=model.facts.on(half // 2), half_day="pm" if half % 2 else "am"
        )
        for (staff, site, half), variable in model.variables.offices.items()
        if values[variable]
    ]
    return tuple(sorted(found, key=lambda o: (o.staff, o.site, o.on, o.half_day)))


def _interviews(model: Model, values: list[int]) -> tuple[PlannedInterview, ...]:
    found = [
        PlannedInterview(
            need=kept.need.id,
            number=kept.number,
            starts_at=model.facts.instant(kept.span.start),
            ends_at=model.facts.instant(kept.span.end),
            site=kept.site,
            staff=kept.staff,
        )
        for kept in model.fixed.interviews
    ]
    placed: dict[int, list[tuple[Span, Lane]]] = defaultdict(list)
    for lane, takes in model.interviews.by_lane.items():
        for take, span in _slots_of(model, lane, takes, values):
            placed[take.group].append((span, model.interviews.lanes[lane]))
    for group, places in placed.items():
        members = model.interviews.groups[group].members
        for (need, number), (span, where) in zip(members, sorted(places), strict=False):
            found.append(
                PlannedInterview(
                    need=need.id,
                    number=number,
                    starts_at=model.facts.instant(span.start),
                    ends_at=model.facts.instant(span.end),
                    site=where.site if where.on_site else None,
                    staff=where.staff,
                )
            )
    return tuple(sorted(found, key=lambda i: (i.need, i.number)))


def _slots_of(model: Model, lane: int, takes: list[Take], values: list[int]) -> list[tuple[Take, Span]]:
    """Takes of a lane with their times: counted ones get the free slot that leaves most to the others."""
    slots = model.interviews.lanes[lane].slots
    found = [(take, model.span(take)) for take in takes if not take.counted and values[take.variable]]
    taken = {slot for take, _ in found for slot in range(take.first, take.last + 1)}
    waiting = [take for take in takes if take.counted for _ in range(values[take.variable])]
    for slot in model.interviews.lanes[lane].free:
        named = model.named.get((lane, slot))
        if slot in taken or (named is not None and not values[named]):
            continue
        fitting = [take for take in waiting if take.first <= slot <= take.last]
        if fitting:
            take = min(fitting, key=lambda take: take.last)
            waiting.remove(take)
            found.append((take, slots[slot]))
    return found
