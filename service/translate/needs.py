"""What interviews a month asks for: typed needs, rhythms of paths, volumes, mornings of promotions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from db.records import participant as rows
from db.records.facts import Facts
from db.records.territory import Stage as StageRow
from planner import problem, rhythm
from service.translate.horizon import DAY, Horizon, monday_of, week_name

WEEK = 7 * DAY
ANCHOR = date(2024, 1, 1)
"""A Monday: from it the weeks of a volume are counted."""

LastDates = Mapping[str, date]
"""The last interview held, published or fixed, by participant."""


def typed_needs(facts: Facts, horizon: Horizon, wanted: frozenset[str]) -> list[problem.Interview]:
    """Open needs whose window has a day in the horizon, and those that something published is for."""
    return [
        _need(row, facts)
        for row in facts.needs
        if row.code in wanted
        or (row.state == "open" and row.from_on <= horizon.last_on and row.until_on >= horizon.first_on)
    ]


def _need(row: rows.InterviewNeed, facts: Facts) -> problem.Interview:
    return problem.Interview(
        id=row.code,
        participant=row.participant,
        count=row.needed_count,
        kind=row.kind,
        mode=row.mode,
        priority=row.priority,
        slots=row.slots,
        from_on=row.from_on,
        until_on=row.until_on,
        sites=_sites(row.sites, row.mode, facts),
        only_in_permanence=row.only_in_permanence,
        referent=row.referent,
        other_staff=row.other_staff,
        leave_notice_days=row.leave_notice_days,
        min_days=row.min_days,
        last_on=row.last_on,
        misses=row.misses,
    )


def _sites(given: tuple[str, ...], mode: str, facts: Facts) -> tuple[str, ...]:
    """Where a need that names no site may be met: at any office of the territory."""
    if given or mode != "on_site":
        return given
    return tuple(one.code for one in facts.sites if one.kind == "bureau" and one.archived_at is None)


def rhythm_needs(facts: Facts, horizon: Horizon, last_on: LastDates) -> list[problem.Interview]:
    """The needs that fall due in the horizon by the rhythm of each path."""
    found: list[problem.Interview] = []
    for path in facts.paths:
        if path.rhythm is not None and path.state == "running" and _starts_on(path) is not None:
            found += rhythm.rhythm_needs(_rhythm(path, facts, last_on), horizon.first_on, horizon.last_on)
    return found


def _starts_on(path: rows.Path) -> date | None:
    return path.starts_on or path.entry_on


def _rhythm(path: rows.Path, facts: Facts, last_on: LastDates) -> rhythm.Rhythm:
    starts_on = _starts_on(path)
    assert starts_on is not None and path.rhythm is not None  # noqa: PT018 - the caller asked for both
    known = [one for one in (path.last_interview_on, last_on.get(path.participant)) if one is not None]
    return rhythm.Rhythm(
        participant=path.participant,
        stages=tuple(stages(path.rhythm, path.entry_on or starts_on)),
        starts_on=starts_on,
        last_on=max(known, default=None),
        missed_on=path.missed_on,
        misses=path.misses_in_a_row,
        kind=path.kind,
        mode=path.mode,
        priority=path.priority,
        slots=path.slots,
        sites=_sites(path.sites, path.mode, facts),
        only_in_permanence=path.only_in_permanence,
        referent=path.referent,
        other_staff=path.other_staff,
        leave_notice_days=path.leave_notice_days,
        min_days=path.min_days,
    )


def stages(found: Iterable[StageRow], entry_on: date) -> Iterator[rhythm.Stage]:
    """Stages with dates: those that last so many weeks follow one another from the entry."""
    begins_on = monday_of(entry_on)
    for row in found:
        until_on = row.until_on
        if row.for_weeks is not None:
            until_on = begins_on + WEEK * row.for_weeks - DAY
        yield rhythm.Stage(
            every_weeks=row.every_weeks, tolerance_weeks=row.tolerance_weeks, until_on=until_on
        )
        begins_on = until_on + DAY if until_on else begins_on


def volume_needs(facts: Facts, horizon: Horizon) -> list[problem.Interview]:
    """One need of `amount` interviews for each period of a volume that begins in or before the horizon."""
    return [
        _volume(row, facts, from_on, until_on)
        for row in facts.volumes
        if row.archived_at is None and row.amount > 0
        for from_on, until_on in _periods(row, horizon)
    ]


def _periods(row: rows.Volume, horizon: Horizon) -> Iterator[tuple[date, date]]:
    """Windows of `every_weeks` weeks, cut to the volume's own dates."""
    length = WEEK * row.every_weeks
    passed = (monday_of(horizon.first_on) - monday_of(row.from_on or ANCHOR)) // length
    starts_on = monday_of(row.from_on or ANCHOR) + length * max(0, passed)
    while starts_on <= horizon.last_on:
        from_on = max(starts_on, row.from_on or starts_on)
        until_on = min(starts_on + length - DAY, row.until_on or date.max)
        if from_on <= until_on and until_on >= horizon.first_on:
            yield from_on, until_on
        starts_on += length


def _volume(row: rows.Volume, facts: Facts, from_on: date, until_on: date) -> problem.Interview:
    return problem.Interview(
        id=f"{row.code}/{week_name(from_on)}",
        count=row.amount,
        kind=row.kind,
        mode=row.mode,
        priority=row.priority,
        slots=row.slots,
        from_on=from_on,
        until_on=until_on,
        sites=_sites(row.sites, row.mode, facts),
        referent=row.referent,
        other_staff=row.referent is None,
    )


def morning_needs(
    promotions: Iterable[problem.Promotion],
    cadences: Iterable[problem.Cadence],
    sites: Mapping[str, problem.Site],
    held: Mapping[str, Mapping[str, int]],
) -> list[problem.Interview]:
    """The interviews of promotions' mornings, in turn. `held[promotion][participant]`: those there were."""
    by_code = {one.id: one for one in promotions}
    found: list[problem.Interview] = []
    for cadence in cadences:
        promotion = by_code.get(cadence.follows or "")
        if promotion is not None and cadence.kind == "permanence":
            places = _places(sites[cadence.site], cadence)
            found += rhythm.morning_needs(promotion, cadence, places, dict(held.get(promotion.id, {})))
    return found


def _places(site: problem.Site, cadence: problem.Cadence) -> int:
    """Interview places of one of the cadence's half-days: slots of the longest opening x staff."""
    wanted = {"am", "pm"} if cadence.length in ("half", "day") else {cadence.length}
    slots = [_slots(one) for one in site.openings if one.half_day in wanted]
    return min(max(slots, default=0) * cadence.staff_count, max(slots, default=0) * site.interview_places)


def _slots(opening: problem.Opening) -> int:
    minutes = _minutes(opening.to_hour) - _minutes(opening.from_hour)
    return (minutes + opening.buffer_minutes) // (opening.slot_minutes + opening.buffer_minutes)


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def participants(facts: Facts, wanted: Iterable[str]) -> tuple[problem.Participant, ...]:
    """Those that needs and promotions speak of, with the hours in which they may come."""
    named = set(wanted)
    return tuple(
        problem.Participant(
            id=row.code,
            hours=None
            if row.any_hour
            else tuple(
                problem.ParticipantHours(weekday=one.weekday, from_hour=one.from_hour, to_hour=one.to_hour)
                for one in row.hours
            ),
        )
        for row in facts.participants
        if row.code in named
    )
