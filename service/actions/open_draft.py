"""A draft opened to be edited by hand: at the version that was read, judged on the facts of this moment."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from db.queries.plans import plan_by_id
from db.records.plan import Plan, PlanItem
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from planner.problem import Problem
from service.actions.edit_draft import must_be_at
from service.actions.read_version import Draft, read_draft
from service.errors import Conflict, NotFound, StepNotAllowed
from service.translate.draft import Lost, check_draft
from service.translate.horizon import Horizon


class BreaksRules(Conflict):
    """The edit breaks rules that held before; `broken` lists them. A coordinator may overrule."""

    code = "breaks-rules"
    title = "Ce déplacement ne respecte pas toutes les règles"


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """The draft after the edit, its item, and what the coordinator overruled by it."""

    plan: Plan
    item: PlanItem
    broken: tuple[Lost, ...] = ()


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with its rows and the problem of this moment."""

    draft: Draft

    @property
    def items(self) -> tuple[PlanItem, ...]:
        return self.draft.items

    @property
    def problem(self) -> Problem:
        return self.draft.translated.problem

    @property
    def horizon(self) -> Horizon:
        facts = self.problem
        return Horizon(facts.first_on, facts.last_on, facts.today_on or facts.first_on, facts.zone)

    def item(self, key: str) -> PlanItem:
        """Raises `NotFound`."""
        for one in self.items:
            if one.key == key:
                return one
        raise NotFound

    def broken_by(self, after: Iterable[PlanItem], *, overrule: bool) -> tuple[Lost, ...]:
        """What these rows break that the draft does not break as it is.

        Raises `BreaksRules` unless it is overruled, `NotFound` on a code that nobody knows.
        """
        before = set(check_draft(self.problem, self.items).lost)
        broken = tuple(one for one in check_draft(self.problem, tuple(after)).lost if one not in before)
        unknown: list[object] = [one.text for one in broken if one.rule == "unknown"]
        if unknown:
            raise NotFound("Ce qui est nommé n’existe pas ici.", unknown=msgspec.to_builtins(unknown))
        if broken and not overrule:
            raise BreaksRules(broken=[msgspec.to_builtins(one) for one in broken])
        return broken


async def open_draft(territory: Territory, plan_id: UUID, version: int | None) -> OpenDraft:
    """Raises `NotFoundError`, `StepNotAllowed`, `StaleVersion` when it is not at that version; null is any."""
    plan = await plan_by_id(territory.id, plan_id)
    if plan.state not in EDITABLE_PLANS:
        raise StepNotAllowed(f"état : {plan.state.value}")
    await must_be_at(plan, version)
    return OpenDraft(draft=await read_draft(plan, datetime.now(UTC)))
