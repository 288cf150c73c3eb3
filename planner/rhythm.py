"""Standing rhythms turned into needs, before the planner sees them.

A rhythm is a list of stages (until when, every n weeks, tolerance t weeks, 0 <= t < n). Counting from
the week of the last interview held or published (none: the week before the path starts), the next due
week comes n weeks later, n being that of the stage in force in the week counted from. The need of due
week w has the window Monday of w to Sunday of w + t, t being that of the stage in force in w. As t < n,
windows never overlap.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Literal

from planner.problem import Cadence, Interview, Promotion
from planner.records import Count, Identifier, Positive, Record

WEEK = timedelta(days=7)


class Stage(Record, frozen=True, kw_only=True):
    """Every `every_weeks` weeks, up to `tolerance_weeks` later, through the week of `until_on`."""

    every_weeks: Positive
    tolerance_weeks: Count = 0
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.tolerance_weeks >= self.every_weeks:
            raise ValueError(f"tolerance_weeks: {self.tolerance_weeks} is not below {self.every_weeks}")


class Rhythm(Record, frozen=True, kw_only=True):
    """The rhythm of one path and what its interviews are like.

    `last_on`: the last interview held or published. `missed_on`: the last unexcused absence or
    cancellation by us. `misses`: how many in a row, carried by the first need. The other fields are
    those of `Interview`.
    """

    participant: Identifier
    stages: tuple[Stage, ...]
    starts_on: date
    state: Literal["en_cours", "suspendu", "termine"] = "en_cours"
    last_on: date | None = None
    missed_on: date | None = None
    misses: Count = 0
    kind: Literal["diagnostic", "suivi", "bilan"] = "suivi"
    mode: Literal["on_site", "phone", "video"] = "on_site"
    priority: Literal["normal", "urgent", "flexible"] = "normal"
    slots: Positive = 1
    sites: tuple[Identifier, ...] = ()
    only_in_permanence: bool = False
    referent: Identifier | None = None
    other_staff: bool = False
    leave_notice_days: Count = 0
    min_days: Count = 0


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def week_name(on: date) -> str:
    """The ISO week of a date, as "2026-W45"."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"


def due_weeks(rhythm: Rhythm) -> Iterator[tuple[date, Stage]]:
    """Mondays of the due weeks in order, with the stage in force; endless if the last stage is."""
    due_on = _first_due_on(rhythm)
    while due_on is not None and (stage := _stage_on(rhythm, due_on)) is not None:
        yield due_on, stage
        due_on += WEEK * stage.every_weeks


def _first_due_on(rhythm: Rhythm) -> date | None:
    """After a miss the following week, else n weeks after the week counted from."""
    last_on, missed_on = rhythm.last_on, rhythm.missed_on
    if missed_on is not None and (last_on is None or missed_on > last_on):
        return monday_of(missed_on) + WEEK
    counted_on = monday_of(last_on or rhythm.starts_on - WEEK)
    stage = _stage_on(rhythm, counted_on)
    return counted_on + WEEK * stage.every_weeks if stage else None


def _stage_on(rhythm: Rhythm, on: date) -> Stage | None:
    return next((one for one in rhythm.stages if one.until_on is None or on <= one.until_on), None)


def rhythm_needs(rhythm: Rhythm, first_on: date, last_on: date) -> tuple[Interview, ...]:
    """The needs whose window has a day between two dates, both included; none unless `en_cours`."""
    found = []
    for index, (due_on, stage) in enumerate(due_weeks(rhythm) if rhythm.state == "en_cours" else ()):
        until_on = due_on + WEEK * stage.tolerance_weeks + timedelta(days=6)
        if due_on > last_on:
            break
        if until_on >= first_on:
            found.append(_need(rhythm, due_on, until_on, misses=rhythm.misses if index == 0 else 0))
    return tuple(found)


def _need(rhythm: Rhythm, due_on: date, until_on: date, *, misses: int) -> Interview:
    return Interview(
        id=f"{rhythm.participant}/{rhythm.kind}/{week_name(due_on)}",
        participant=rhythm.participant,
        kind=rhythm.kind,
        mode=rhythm.mode,
        priority=rhythm.priority,
        slots=rhythm.slots,
        from_on=due_on,
        until_on=until_on,
        sites=rhythm.sites,
        only_in_permanence=rhythm.only_in_permanence,
        referent=rhythm.referent,
        other_staff=rhythm.other_staff,
        leave_notice_days=rhythm.leave_notice_days,
        min_days=rhythm.min_days,
        last_on=rhythm.last_on,
        misses=misses,
    )


def morning_needs(
    promotion: Promotion, cadence: Cadence, places: int, held: dict[str, int] | None = None
) -> tuple[Interview, ...]:
    """One interview of a promotion's mornings for each participant in turn, until the places are full.

    `cadence` follows the promotion, each of its half-days has `places` places, `held` counts earlier
    interviews by participant: who had fewest comes first. The k-th morning is that of the k-th
    sequence not done; a first turn is worth more than a second.
    """
    counts = {person: (held or {}).get(person, 0) for person in promotion.participants}
    mornings = [one for one in promotion.sequences if one.done_on is None and not one.intervention]
    seats = max(0, places - cadence.partner_places) * len(mornings)
    order = sorted(promotion.participants, key=lambda person: counts[person])
    found = []
    for index, person in enumerate(islice(cycle(order), seats)):
        morning = mornings[index * len(mornings) // seats]
        counts[person] += 1
        found.append(
            Interview(
                id=f"{person}/{promotion.id}/{counts[person]}",
                participant=person,
                kind="suivi",
                priority="normal" if counts[person] == 1 else "flexible",
                from_on=morning.from_on,
                until_on=morning.until_on,
                sites=(cadence.site,),
                only_in_permanence=True,
                other_staff=True,
                min_days=1,
            )
        )
    return tuple(found)
