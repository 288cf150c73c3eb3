"""One consistent snapshot of a territory becomes the problem of a horizon."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from db.records import participant as rows
from db.records.assignment import Assignment
from db.records.facts import Facts
from planner import problem
from service.translate.horizon import Horizon
from service.translate.needs import morning_needs, participants, rhythm_needs, typed_needs, volume_needs
from service.translate.pin_numbers import numbered_as, numbers_of
from service.translate.places import holidays, sites, travel
from service.translate.published import Published, is_rhythmic, published
from service.translate.standing import cadences, promotions
from service.translate.team import staff


class PlanningSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What of a territory's settings the planner reads."""

    notice_days: int = 0
    default_travel_minutes: int = 45
    weights: dict[str, int] = {}
    tolerances: dict[str, int] = {}


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A territory at one instant: its facts, what is published in and around a horizon, partners' bookings.

    `oriented` are the interviews of those bookings: they follow their permanences, no plan holds them.
    """

    facts: Facts
    assignments: tuple[Assignment, ...] = ()
    booked: tuple[problem.Booked, ...] = ()
    oriented: tuple[Assignment, ...] = ()


class Translated(msgspec.Struct, frozen=True, kw_only=True):
    """The problem, and what finds the identities of published things again in its plan."""

    problem: problem.Problem
    published: Published


def translate(snapshot: Snapshot, first_on: date, last_on: date, today_on: date) -> Translated:
    """The problem of `first_on` to `last_on`, both included, as planned on `today_on`."""
    facts = snapshot.facts
    horizon = Horizon(first_on, last_on, today_on, facts.territory.zone)
    known = published(snapshot.assignments, horizon)
    places = {one.id: one for one in sites(facts.sites, facts.closures)}
    groups = promotions(facts.promotions, horizon, known.steps, known.animators)
    standing = _known(cadences(facts.cadences, horizon, known.history), {one.id for one in groups})
    pinned = (_pin(one) for one in facts.pins if one.held_on in horizon)
    pins = numbered_as(pinned, numbers_of(known.plan.sessions, horizon))
    wanted = known.needs | {one.need for one in pins if one.need}
    mornings = morning_needs(groups, standing, places, known.held)
    needs = _needs(facts, horizon, known, wanted, mornings)
    planning = planning_settings(facts.territory.settings)
    return Translated(
        published=known,
        problem=problem.Problem(
            format="escale-problem/1",
            territory=facts.territory.code,
            zone=facts.territory.zone,
            first_on=first_on,
            last_on=last_on,
            today_on=today_on,
            notice_days=planning.notice_days,
            holidays=holidays(facts.territory, facts.holidays, horizon),
            default_travel_minutes=planning.default_travel_minutes,
            weights=planning.weights,
            tolerances=planning.tolerances,
            sites=tuple(places.values()),
            travel=travel(facts.travel),
            staff=staff(facts, horizon, known.engaged),
            cadences=standing,
            promotions=groups,
            participants=participants(facts, _named(needs, groups)),
            interviews=needs,
            pins=pins,
            booked=tuple(one for one in snapshot.booked if one.on in horizon),
            published=known.plan if known.ids else None,
        ),
    )


def _needs(
    facts: Facts,
    horizon: Horizon,
    known: Published,
    wanted: frozenset[str],
    mornings: Iterable[problem.Interview],
) -> tuple[problem.Interview, ...]:
    """What interviews are asked for. `wanted` stay, whatever was met: something published or fixed is for them."""
    rhythmic = rhythm_needs(facts, horizon, _last_on(facts, known))
    computed = (*rhythmic, *volume_needs(facts, horizon), *mornings)
    asked = _once(typed_needs(facts, horizon, wanted), _not_stored(facts, computed))
    return tuple(one for one in asked if one.id in wanted or not _is_met(one, known))


def planning_settings(values: dict[str, Any]) -> PlanningSettings:
    """Those of a territory's settings that the planner reads."""
    known = {name: values[name] for name in PlanningSettings.__struct_fields__ if name in values}
    return msgspec.convert(known, PlanningSettings)


def _known(found: Iterable[problem.Cadence], promotion_ids: set[str]) -> tuple[problem.Cadence, ...]:
    """A cadence that follows a promotion which is over asks nothing more."""
    return tuple(
        msgspec.structs.replace(one, follows=None, asked=0, up_to=0, weekdays=())
        if one.follows is not None and one.follows not in promotion_ids
        else one
        for one in found
    )


def _not_stored(facts: Facts, computed: Iterable[problem.Interview]) -> Iterator[problem.Interview]:
    """A need that has a row is what its row says, also when that is closed."""
    stored = {one.code for one in facts.needs}
    return (one for one in computed if one.id not in stored)


def _once(*lists: Iterable[problem.Interview]) -> tuple[problem.Interview, ...]:
    """Each need once, the first that names it: what was typed or stored before what is computed."""
    found: dict[str, problem.Interview] = {}
    for needs in lists:
        for need in needs:
            found.setdefault(need.id, need)
    return tuple(found[code] for code in sorted(found))


def _is_met(need: problem.Interview, known: Published) -> bool:
    """Whether the one interview that is asked for is published before or after the horizon."""
    return need.count == 1 and need.id in known.met_elsewhere


def _last_on(facts: Facts, known: Published) -> dict[str, date]:
    """The last interview of each participant, published or fixed with the person by a pin."""
    who: dict[str, str | None] = {one.code: one.participant for one in facts.needs}
    last_on = dict(known.last_on)
    for pin in facts.pins:
        participant = who.get(pin.need_code or "")
        if participant is not None and not is_rhythmic(pin.need_code or "", participant):
            last_on[participant] = max(pin.held_on, last_on.get(participant, pin.held_on))
    return last_on


def _named(needs: Iterable[problem.Interview], groups: Iterable[problem.Promotion]) -> set[str]:
    of_needs = {one.participant for one in needs if one.participant is not None}
    return of_needs | {person for group in groups for person in group.participants}


def _pin(row: rows.Pin) -> problem.Pin:
    """A complete pin; a telephone interview has no site, a permanence is told by its cadence."""
    return problem.Pin(
        on=row.held_on,
        staff=row.staff_codes,
        need=row.need_code,
        cadence=row.cadence_code,
        number=row.number if row.need_code is None else None,
        promotion=row.promotion_code,
        sequence=row.sequence_code,
        half_day=row.half_day if row.kind == "permanence" else None,
        start=row.starts_hour,
        site=row.site_code if row.kind == "interview" else None,
        room=row.room_code,
    )


def identity(key: str, cadence: str | None, number: int | None, known: Published) -> UUID | None:
    """The lasting identity of a planned thing: by its key, or an open session's by cadence and number."""
    found = known.ids.get(key)
    if found is None and cadence is not None and number is not None:
        found = known.numbers.get((cadence, number))
    return found
