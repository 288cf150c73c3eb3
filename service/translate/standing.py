"""Cadences and promotions of the database as those of a problem."""

from collections.abc import Iterable, Mapping
from datetime import date

from db.records import cadence as rows
from planner import problem
from service.translate.horizon import Horizon

Held = Mapping[str, Iterable[problem.HistoryDate]]
Steps = Mapping[tuple[str, str], date]


def cadences(found: Iterable[rows.Cadence], horizon: Horizon, held: Held) -> tuple[problem.Cadence, ...]:
    """`held` are the published dates of each cadence outside the horizon. An archived one asks nothing."""
    return tuple(_cadence(one, horizon, tuple(held.get(one.code, ()))) for one in found)


def _cadence(row: rows.Cadence, horizon: Horizon, held: tuple[problem.HistoryDate, ...]) -> problem.Cadence:
    asks = row.archived_at is None and _overlaps(row, horizon)
    own = [problem.HistoryDate(on=one.held_on, half_day=one.half_day) for one in row.history]
    history = {(one.on, one.half_day): one for one in (*own, *held) if one.on not in horizon}
    return problem.Cadence(
        id=row.code,
        site=row.site,
        kind=row.kind,
        asked=row.asked if asks else 0,
        up_to=row.up_to if asks else 0,
        weekdays=row.weekdays if asks else (),
        length=row.length,
        min_days=row.min_days,
        staff_count=row.staff_count,
        skills=row.skills,
        usual_staff=row.usual_staff,
        partner_places=row.partner_places,
        history=tuple(history[key] for key in sorted(history)),
        follows=row.follows if asks else None,
        exceptions=_exceptions(row, horizon) if asks else (),
        seats=row.seats,
        needs_room=row.needs_room,
        compulsory=row.compulsory,
        duration_minutes=row.duration_minutes,
        offset_minutes=row.offset_minutes,
    )


def _overlaps(row: rows.Cadence, horizon: Horizon) -> bool:
    begun = row.from_on is None or row.from_on <= horizon.last_on
    return begun and (row.until_on is None or row.until_on >= horizon.first_on)


def _exceptions(row: rows.Cadence, horizon: Horizon) -> tuple[problem.CadenceException, ...]:
    """Those entered, and a dropped one for each day of the horizon on which the cadence is not valid."""
    entered = {one.from_on: one.to_on for one in row.exceptions}
    for on in horizon.days():
        if (row.from_on and on < row.from_on) or (row.until_on and on > row.until_on):
            entered.setdefault(on, None)
    return tuple(problem.CadenceException(on=on, to_on=to_on) for on, to_on in sorted(entered.items()))


def promotions(
    found: Iterable[rows.Promotion], horizon: Horizon, steps: Steps, animators: Mapping[str, Iterable[str]]
) -> tuple[problem.Promotion, ...]:
    """`steps` are the dates of sequences published before the horizon, `animators` who led them."""
    return tuple(
        _promotion(one, horizon, steps, tuple(animators.get(one.code, ())))
        for one in found
        if one.archived_at is None
    )


def _promotion(
    row: rows.Promotion, horizon: Horizon, steps: Steps, animators: tuple[str, ...]
) -> problem.Promotion:
    sequences = tuple(_sequence(one, steps.get((row.code, one.code))) for one in row.sequences)
    return problem.Promotion(
        id=row.code,
        site=row.site,
        weekday=row.weekday,
        half_day=row.half_day,
        participants=row.participants,
        seats=row.seats,
        animators_before=tuple(dict.fromkeys((*row.animators_before, *animators))),
        sequences=tuple(one for one in sequences if one.done_on or _in_reach(one, horizon)),
    )


def _in_reach(sequence: problem.Sequence, horizon: Horizon) -> bool:
    """Later steps are left to later months; a window long past is no longer asked."""
    return sequence.from_on <= horizon.last_on and sequence.until_on >= horizon.first_on


def _sequence(row: rows.Sequence, published_on: date | None) -> problem.Sequence:
    return problem.Sequence(
        id=row.code,
        title=row.title,
        from_on=row.from_on,
        until_on=row.until_on,
        length=row.length,
        duration_minutes=row.duration_minutes,
        offset_minutes=row.offset_minutes,
        staff_count=row.staff_count,
        skills=row.skills,
        needs_room=row.needs_room,
        speaker_dates=row.speaker_dates,
        min_days=row.min_days,
        max_days=row.max_days,
        compulsory=row.compulsory,
        intervention=row.intervention,
        done_on=row.done_on or published_on,
    )
