"""The published plan with one interview more or elsewhere, judged by the rules before it is written."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from db.records.assignment import Assignment, Write
from db.records.participant import Pin
from db.records.plan import PlanItem
from planner.audit import Auditor
from planner.breach import Breach
from planner.kept import known_published
from planner.problem import Opening, Problem
from planner.territory import Territory
from service.translate.contents import Publication
from service.translate.draft import Lost
from service.translate.horizon import Horizon
from service.translate.openings import HalfDayHours
from service.translate.plan_rows import items_of, plan_from, plan_item
from service.translate.problem import Snapshot, Translated

LIVING = frozenset({"empty_office"})
"""What a plan must not propose and life brings: an office half-day whose only interview moved away."""


class LivingPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is published in a horizon and all that it is judged by, read at one instant."""

    snapshot: Snapshot
    translated: Translated

    @property
    def problem(self) -> Problem:
        return self.translated.problem

    @property
    def horizon(self) -> Horizon:
        facts = self.problem
        return Horizon(facts.first_on, facts.last_on, facts.today_on or facts.first_on, facts.zone)

    def items(self) -> list[PlanItem]:
        """The rows of what is published and of things that the facts still know."""
        known = known_published(Territory(self.problem))
        found = items_of(known) if known is not None else ()
        return [plan_item(one, self.translated, self.horizon) for one in found]

    def hosts(self) -> dict[UUID, Assignment]:
        """Standing permanences and office half-days by id."""
        return {one.id: one for one in self.snapshot.assignments if is_host(one)}

    def ends_at(self, site: str | None, starts_at: datetime, slots: int) -> datetime:
        """When an interview of so many slots ends; a call (no site) stands on the slots of an office."""
        opening = self._opening(site, starts_at)
        minutes = opening.slot_minutes * slots + opening.buffer_minutes * (slots - 1)
        return starts_at + timedelta(minutes=minutes)

    def _opening(self, site: str | None, starts_at: datetime) -> Opening:
        """That of the first place on whose slots it starts; the usual one where there is none."""
        hours, on = HalfDayHours(self.problem, self.horizon), self.horizon.date_of(starts_at)
        places = [one.id for one in self.problem.sites if site in (None, one.id)]
        offices = {one.id for one in self.problem.sites if one.kind == "bureau"}
        fitting = [place for place in places if site is not None or place in offices] or places
        openings = [(place, hours.half_day_of(place, starts_at, on)) for place in fitting]
        on_slots = [pair for pair in openings if starts_at in hours.slots(pair[0], on, pair[1])]
        place, half_day = (on_slots or openings)[0]
        return hours.opening(place, on, half_day)


def is_host(one: Assignment) -> bool:
    """A standing half-day that interviews lie in."""
    return one.kind in ("permanence", "office") and one.status != "cancelled"


def broken_by(living: LivingPlan, pin: Pin, item: PlanItem, *, gone: frozenset[str]) -> tuple[Lost, ...]:
    """What the plan breaks with the item, without what goes for it, that it does not break as it is.

    `pin` is what holds the item there.
    """
    before = living.items()
    others = [one for one in before if one.key != item.key and one.key not in gone]
    held = (pin.need_code, pin.held_on)
    free = tuple(one for one in living.problem.pins if (one.need, one.on) != held)
    known = set(_breaches(msgspec.structs.replace(living.problem, pins=free), before))
    return tuple(one for one in _breaches(living.problem, [*others, item]) if one not in known)


def broken_with(
    living: LivingPlan, hands: Mapping[str, tuple[str, ...]], *, but: frozenset[str]
) -> tuple[Lost, ...]:
    """What the plan breaks once some of its items, by key, are in other hands; rules in `but` are not asked."""
    before = living.items()
    after = [
        msgspec.structs.replace(one, staff_codes=hands[one.key]) if one.key in hands else one
        for one in before
    ]
    free = msgspec.structs.replace(living.problem, pins=())
    known = set(_breaches(free, before))
    return tuple(one for one in _breaches(free, after) if one not in known and one.rule not in but)


def _breaches(problem: Problem, items: Iterable[PlanItem]) -> list[Lost]:
    """Every broken rule of a plan, whoever wanted it."""
    report = Auditor(problem).audit(plan_from(items))
    found = [*report.violations, *(one.breach for one in report.overruled)]
    return [_lost(one) for one in found if one.code not in LIVING]


def _lost(breach: Breach) -> Lost:
    return Lost(
        rule=breach.rule, about=breach.about, on=str(breach.on), amount=breach.amount, text=breach.text
    )


def write_of(living: LivingPlan, item: PlanItem) -> Write:
    """What publishing the item would write: its hours, its host, its identity."""
    others = [one for one in living.items() if one.key != item.key]
    writes = Publication(living.snapshot.facts, living.translated).writes([*others, item])
    return next(one for one in writes if one.content.key == item.key)
