"""The plan as a list of activities: each knows its half-days, place, people, and how it is marked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from planner.plan import Plan
from planner.problem import Problem
from planner.records import HalfDay
from service.pages.board.calendar import HALVES, Half
from service.pages.board.presence import half_of, hour, opening, slot_count
from service.translate.item_keys import item_key

Kind = Literal["permanence", "promotion", "workshop", "interview", "meeting"]


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of the month. `about` is the code of its cadence, promotion, need or meeting.

    `booked` and `places` count interviews taken and possible inside a permanence; `rank` is the number
    of a session in its series.
    """

    key: str
    kind: Kind
    on: date
    halves: tuple[HalfDay, ...]
    staff: tuple[str, ...]
    about: str
    site: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    booked: int = 0
    places: int = 0
    rank: int = 0
    step: str = ""
    room: str | None = None
    pinned: bool = False
    changed: bool = False
    against: tuple[str, ...] = ()
    """Why it breaks a rule by the facts of this moment."""

    @property
    def first(self) -> Half:
        return self.on, self.halves[0]


class _Ground(msgspec.Struct, kw_only=True):
    """Look-up tables shared by the functions below."""

    problem: Problem
    plan: Plan
    zone: ZoneInfo
    pins: frozenset[str]
    published: dict[str, tuple[object, ...]] | None
    taken: Counter[tuple[str, date, HalfDay]]


def activities(problem: Problem, plan: Plan) -> list[Activity]:
    """Everything of the plan and the fixed meetings, in order of date and half-day."""
    zone = ZoneInfo(problem.zone)
    published = None if problem.published is None else _fingerprints(problem.published, problem.zone)
    ground = _Ground(
        problem=problem,
        plan=plan,
        zone=zone,
        pins=_pinned_keys(problem),
        published=published,
        taken=_taken(problem, plan, zone),
    )
    found = [*_permanences(ground), *_sessions(ground), *_interviews(ground), *_meetings(problem, zone)]
    return sorted(
        found, key=lambda one: (one.on, HALVES.index(one.halves[0]), one.starts_at is None, one.key)
    )


def marked(found: Iterable[Activity], against: Mapping[str, tuple[str, ...]]) -> list[Activity]:
    """The same, each with why it breaks a rule, by key."""
    return [
        msgspec.structs.replace(one, against=against[one.key]) if one.key in against else one for one in found
    ]


def _fingerprints(plan: Plan, zone: str) -> dict[str, tuple[object, ...]]:
    """What must be equal for a thing to be unchanged."""
    return {
        **{item_key(one, zone): (one.staff,) for one in plan.permanences},
        **{item_key(one, zone): (one.starts_at, one.site, one.room, one.staff) for one in plan.sessions},
        **{item_key(one, zone): (one.starts_at, one.site, one.staff) for one in plan.interviews},
    }


def _changed(ground: _Ground, key: str, *now: object) -> bool:
    return ground.published is not None and ground.published.get(key) != now


def _pinned_keys(problem: Problem) -> frozenset[str]:
    keys = set()
    for pin in problem.pins:
        if pin.need is not None:
            keys.add(f"interview:{pin.need}:{pin.number or 1}")
        elif pin.promotion is not None:
            keys.add(f"session:{pin.promotion}:{pin.sequence}")
        elif pin.number is not None:
            keys.add(f"session:{pin.cadence}:{pin.on}:{pin.start}")
        else:
            keys.add(f"permanence:{pin.cadence}:{pin.on}:{pin.half_day}")
    return frozenset(keys)


def _taken(problem: Problem, plan: Plan, zone: ZoneInfo) -> Counter[tuple[str, date, HalfDay]]:
    """Interviews and partners' bookings by site and half-day."""
    sites = {cadence.id: cadence.site for cadence in problem.cadences}
    taken = Counter((sites[one.cadence], one.on, one.half_day) for one in problem.booked)
    for one in plan.interviews:
        if one.site is not None:
            taken[one.site, *half_of(one.starts_at, zone)] += 1
    return taken


def _permanences(ground: _Ground) -> list[Activity]:
    sites = {site.id: site for site in ground.problem.sites}
    homes = {cadence.id: cadence.site for cadence in ground.problem.cadences}
    found = []
    for one in ground.plan.permanences:
        key, site = item_key(one, ground.problem.zone), homes[one.cadence]
        opened = opening(sites[site], one.on, one.half_day)
        edges = (opened.from_hour, opened.to_hour) if opened else ("09:00", "12:00")
        starts_at, ends_at = (datetime.combine(one.on, hour(edge), ground.zone) for edge in edges)
        found.append(
            Activity(
                key=key,
                kind="permanence",
                on=one.on,
                halves=(one.half_day,),
                staff=one.staff,
                about=one.cadence,
                site=site,
                starts_at=starts_at,
                ends_at=ends_at,
                booked=ground.taken[site, one.on, one.half_day],
                places=slot_count(opened) * max(1, len(one.staff)) if opened else 0,
                pinned=key in ground.pins,
                changed=_changed(ground, key, one.staff),
            )
        )
    return found


def _sessions(ground: _Ground) -> list[Activity]:
    steps = {
        (promotion.id, step.id): (rank, step.title)
        for promotion in ground.problem.promotions
        for rank, step in enumerate(promotion.sequences, 1)
    }
    found = []
    for one in ground.plan.sessions:
        key = item_key(one, ground.problem.zone)
        on, first = half_of(one.starts_at, ground.zone)
        _, last = half_of(one.ends_at, ground.zone)
        long = first == "am" and last == "pm" and one.ends_at.astimezone(ground.zone).hour > 13
        rank, step = steps.get((one.promotion or "", one.sequence or ""), (one.number or 0, ""))
        found.append(
            Activity(
                key=key,
                kind="promotion" if one.promotion else "workshop",
                on=on,
                halves=HALVES if long else (first,),
                staff=one.staff,
                about=one.promotion or one.cadence or "",
                site=one.site,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                rank=rank,
                step=step,
                room=one.room,
                pinned=key in ground.pins,
                changed=_changed(ground, key, one.starts_at, one.site, one.room, one.staff),
            )
        )
    return found


def _interviews(ground: _Ground) -> list[Activity]:
    found = []
    for one in ground.plan.interviews:
        key = item_key(one, ground.problem.zone)
        on, half = half_of(one.starts_at, ground.zone)
        found.append(
            Activity(
                key=key,
                kind="interview",
                on=on,
                halves=(half,),
                staff=(one.staff,),
                about=one.need,
                site=one.site,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                rank=one.number,
                pinned=key in ground.pins,
                changed=_changed(ground, key, one.starts_at, one.site, one.staff),
            )
        )
    return found


def _meetings(problem: Problem, zone: ZoneInfo) -> list[Activity]:
    """One activity a meeting, whoever takes part; a person's list names each of theirs."""
    people: dict[tuple[str, datetime], list[str]] = {}
    facts = {(one.id, one.starts_at): one for person in problem.staff for one in person.meetings}
    for person in problem.staff:
        for one in person.meetings:
            people.setdefault((one.id, one.starts_at), []).append(person.id)
    found = []
    for key, one in facts.items():
        on, first = half_of(one.starts_at, zone)
        _, last = half_of(one.ends_at, zone)
        long = first != last and one.ends_at.astimezone(zone).hour > 13
        found.append(
            Activity(
                key=f"meeting:{one.id}",
                kind="meeting",
                on=on,
                halves=HALVES if long else (first,),
                staff=tuple(people[key]),
                about=one.id,
                site=one.site,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
            )
        )
    return found
