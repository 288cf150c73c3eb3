"""What is published, as a problem sees it: the month itself as a plan, the rest as history."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

import msgspec

from db.records.assignment import Assignment, Status
from planner import plan
from planner.problem import EngagedOutside, HistoryDate
from planner.records import HalfDay
from service.translate.horizon import Horizon
from service.translate.item_keys import Item, item_key

OVER: frozenset[Status] = frozenset({"held", "missed", "excused"})
HALF_DAYS: tuple[HalfDay, HalfDay] = ("am", "pm")


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """Published things within a horizon and around it. `ids` finds the lasting identity of an item by key,
    `numbers` that of an open session by cadence and number; `met_elsewhere` are needs met outside it;
    `became` says what became of things that are over."""

    plan: plan.Plan
    ids: dict[str, UUID]
    numbers: dict[tuple[str, int], UUID]
    became: dict[UUID, Status]
    needs: frozenset[str]
    met_elsewhere: frozenset[str]
    history: dict[str, list[HistoryDate]]
    engaged: dict[str, list[EngagedOutside]]
    steps: dict[tuple[str, str], date]
    animators: dict[str, list[str]]
    last_on: dict[str, date]
    held: dict[str, dict[str, int]]


def published(found: Iterable[Assignment], horizon: Horizon) -> Published:
    """`found` are assignments in and around the horizon; cancelled ones count for nothing."""
    standing = sorted(
        (one for one in found if one.status != "cancelled"), key=lambda one: (one.starts_at, one.key)
    )
    inside = [one for one in standing if one.held_on in horizon]
    outside = [one for one in standing if one.held_on not in horizon]
    before = [one for one in standing if one.held_on < horizon.first_on]
    numbered = _numbered(inside)
    items = [(one, _item(one, numbered)) for one in inside]
    return Published(
        plan=_plan(item for _, item in items),
        ids={item_key(item, horizon.zone): one.id for one, item in items},
        numbers={(one.cadence or "", number): one.id for one in inside if (number := numbered.get(one.id))},
        became={one.id: one.status for one in inside if one.status in OVER},
        needs=frozenset(one.need for one in inside if one.need is not None),
        met_elsewhere=frozenset(one.need for one in outside if one.need is not None),
        history=_history(outside),
        engaged=_engaged(outside),
        steps={
            (one.promotion, one.sequence): one.held_on for one in before if one.promotion and one.sequence
        },
        animators=_animators(before),
        last_on=_last_on(standing, horizon),
        held=_held(before),
    )


def _numbered(inside: Iterable[Assignment]) -> dict[UUID, int]:
    """Open sessions of one cadence count from 1, in the order of their dates."""
    counts: Counter[str] = Counter()
    numbers: dict[UUID, int] = {}
    for one in inside:
        if one.kind == "session" and one.cadence is not None:
            counts[one.cadence] += 1
            numbers[one.id] = counts[one.cadence]
    return numbers


def _item(one: Assignment, numbered: dict[UUID, int]) -> Item:
    half_day: HalfDay = one.half_day or "am"
    if one.kind == "permanence":
        return plan.PlannedPermanence(
            cadence=one.cadence or "", on=one.held_on, half_day=half_day, staff=one.staff
        )
    if one.kind == "session":
        return plan.PlannedSession(
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            site=one.site or "",
            staff=one.staff,
            room=one.room,
            promotion=one.promotion,
            sequence=one.sequence,
            cadence=one.cadence,
            number=numbered.get(one.id),
        )
    if one.kind == "office":
        return plan.OfficeHalfDay(staff=one.staff[0], site=one.site or "", on=one.held_on, half_day=half_day)
    return plan.PlannedInterview(
        need=one.need or "",
        number=one.number or 1,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        site=one.site,
        staff=one.staff[0],
    )


def _plan(items: Iterable[Item]) -> plan.Plan:
    by_kind: dict[type, list[Item]] = defaultdict(list)
    for item in items:
        by_kind[type(item)].append(item)
    return sorted_plan(
        permanences=cast("list[plan.PlannedPermanence]", by_kind[plan.PlannedPermanence]),
        sessions=cast("list[plan.PlannedSession]", by_kind[plan.PlannedSession]),
        office=cast("list[plan.OfficeHalfDay]", by_kind[plan.OfficeHalfDay]),
        interviews=cast("list[plan.PlannedInterview]", by_kind[plan.PlannedInterview]),
    )


def sorted_plan(
    permanences: Iterable[plan.PlannedPermanence],
    sessions: Iterable[plan.PlannedSession],
    office: Iterable[plan.OfficeHalfDay],
    interviews: Iterable[plan.PlannedInterview],
) -> plan.Plan:
    """A plan with each list in the order that the file format asks for."""
    return plan.Plan(
        permanences=tuple(sorted(permanences, key=lambda one: (one.cadence, one.on, one.half_day))),
        sessions=tuple(sorted(sessions, key=_session_order)),
        office=tuple(sorted(office, key=lambda one: (one.staff, one.site, one.on, one.half_day))),
        interviews=tuple(sorted(interviews, key=lambda one: (one.need, one.number))),
    )


def _session_order(one: plan.PlannedSession) -> tuple[str, str, str, int]:
    return (one.promotion or "", one.sequence or "", one.cadence or "", one.number or 0)


def _history(outside: Iterable[Assignment]) -> dict[str, list[HistoryDate]]:
    found: dict[str, list[HistoryDate]] = defaultdict(list)
    for one in outside:
        if one.cadence is not None and one.kind in ("permanence", "session"):
            found[one.cadence].append(HistoryDate(on=one.held_on, half_day=one.half_day or "am"))
    return found


def _engaged(outside: Iterable[Assignment]) -> dict[str, list[EngagedOutside]]:
    """Half-days of each person, each once."""
    found: dict[str, dict[tuple[date, HalfDay], EngagedOutside]] = defaultdict(dict)
    for one in outside:
        for half_day in (one.half_day,) if one.half_day else HALF_DAYS:
            for staff in one.staff:
                found[staff][one.held_on, half_day] = EngagedOutside(on=one.held_on, half_day=half_day)
    return {staff: [half_days[key] for key in sorted(half_days)] for staff, half_days in found.items()}


def _animators(before: Iterable[Assignment]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in before:
        if one.promotion is not None and one.kind == "session":
            found[one.promotion].extend(one.staff)
    return found


def _last_on(standing: Iterable[Assignment], horizon: Horizon) -> dict[str, date]:
    """The last interview of each participant, `standing` being in the order of time.

    Within the horizon those of a rhythm's own needs are left out: the rhythm counts from before, so that its
    needs keep their names from one plan of the month to the next.
    """
    return {
        one.participant: one.held_on
        for one in standing
        if one.kind == "interview"
        and one.participant is not None
        and one.status != "missed"
        and (one.held_on < horizon.first_on or not is_rhythmic(one.need or "", one.participant))
    }


def is_rhythmic(need: str, participant: str) -> bool:
    """Whether a need is one that a rhythm or a promotion's mornings ask for: named after the person."""
    return need.startswith(f"{participant}/")


def _held(before: Iterable[Assignment]) -> dict[str, dict[str, int]]:
    """How many interviews of a promotion's mornings each participant had: their need is `person/promotion/k`."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in before:
        parts = (one.need or "").split("/")
        if one.kind == "interview" and len(parts) == 3:
            found[parts[1]][parts[0]] += 1
    return found
