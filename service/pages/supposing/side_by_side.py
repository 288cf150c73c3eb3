"""The month as it is and its scenarios beside it: level by level in words, and for whom what differs."""

from collections.abc import Iterable

import msgspec

from db.records.plan import Plan as PlanRecord
from db.states import ACTIVE_PLANS, EDITABLE_PLANS, PlanState
from planner.fact_changes import FactChange
from planner.plan import LEVEL_NAMES, Plan
from planner.problem import Problem
from service.actions.request_plan import SCENARIO, RunOptions
from service.catalogue import text
from service.explaining.contents import plan_contents
from service.french_text import capital, listed, number, plural
from service.messages.assignment_words import Things
from service.messages.levels import level_title
from service.messages.suppositions import supposed_words
from service.pages.board.labels import Labels
from service.pages.board.source import Month
from service.pages.comparison import PersonChanges, compare
from service.pages.measured import as_measured

MOST_SHOWN = 4
NAME_LENGTH = 120
UNITS = frozenset({"unmet_sessions", "unmet_permanences"})
"""Levels that count things: the others weigh them."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One level of one plan; `words` say how far it is from the month as it is, `kind` whether for the better."""

    value: str
    words: str = ""
    kind: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    base: Cell
    cells: tuple[Cell, ...]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario that was computed: what it supposes, in short what comes of it, for whom what differs."""

    number: int
    name: str
    supposed: tuple[str, ...]
    verdict: str
    by_person: tuple[PersonChanges, ...]
    changes: int


class SideBySide(msgspec.Struct, frozen=True, kw_only=True):
    scenarios: tuple[Scenario, ...]
    rows: tuple[Row, ...]


def words_of(problem: Problem, labels: Labels) -> Things:
    return Things(problem, labels.names, labels.rooms)


def supposed_of(record: PlanRecord) -> tuple[FactChange, ...]:
    return msgspec.convert(record.options, RunOptions).changes


def name_of_changes(changes: Iterable[FactChange], words: Things) -> str:
    """si B.K. part le lundi 11 janvier et si Gagny ouvre le jeudi matin"""
    name = listed(_if(change, words) for change in changes)
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _if(change: FactChange, words: Things) -> str:
    told = supposed_words(change, words)
    return text("s’{told}", told=told) if told.startswith("il ") else text("si {told}", told=told)


def scenarios_of(month: Month) -> tuple[PlanRecord, ...]:
    """Those that were computed and kept, the newest first."""
    return tuple(plan for plan in month.plans if plan.origin == SCENARIO and plan.state in EDITABLE_PLANS)


def waiting_in(month: Month) -> PlanRecord | None:
    """The scenario that is being computed."""
    own = (plan for plan in month.plans if plan.origin == SCENARIO and plan.state in ACTIVE_PLANS)
    return next(own, None)


def stopped_in(month: Month) -> PlanRecord | None:
    """The newest scenario, where it came to nothing."""
    newest = next((plan for plan in month.plans if plan.origin == SCENARIO), None)
    return newest if newest is not None and newest.state is PlanState.FAILED else None


async def side_by_side(month: Month) -> SideBySide:
    """Each scenario against the version shown: what is published, or the newest draft."""
    facts, records = month.facts, scenarios_of(month)[:MOST_SHOWN]
    words = words_of(facts.problem, facts.labels)
    plans = [await plan_contents(record) for record in records]
    rows = _rows([_base(month, record) for record in records], plans, facts.plan)
    scenarios = []
    for record, plan in zip(records, plans, strict=True):
        compared = compare(facts.problem, facts.labels, facts.plan, plan)
        scenarios.append(
            Scenario(
                number=record.number,
                name=capital(str(record.options.get("name") or text("Scénario"))),
                supposed=tuple(capital(supposed_words(one, words)) for one in supposed_of(record)),
                verdict=verdict(facts.plan, plan),
                by_person=compared.by_person,
                changes=len(compared.changes),
            )
        )
    return SideBySide(scenarios=tuple(scenarios), rows=rows)


def verdict(base: Plan | None, plan: Plan) -> str:
    """The first level that differs, in words; how much moves is told beside it."""
    before, after = _values(base), _values(plan)
    for name in LEVEL_NAMES:
        difference = after.get(name, 0) - before.get(name, 0)
        if difference and before and name != "changes":
            title = level_title(name).partition(":")[0].strip()
            return f"{title}{text(' : ')}{_difference(name, difference)}."
    return (
        text("Aucun objectif n’y gagne ni n’y perd.") if before else text("Rien à quoi le comparer encore.")
    )


def _base(month: Month, scenario: PlanRecord) -> Plan | None:
    """The month as it is, its changes weighed as those of a scenario."""
    base, shown = month.facts.plan, month.shown
    return as_measured(base, shown, scenario, month.plans) if base and shown else base


def _rows(bases: list[Plan | None], plans: list[Plan], shown: Plan | None) -> tuple[Row, ...]:
    """`bases` are the month as it is, as each of the plans is compared with it."""
    pairs = [(_values(base), _values(plan)) for base, plan in zip(bases, plans, strict=True)]
    return tuple(
        Row(
            name=level_title(name),
            base=_base_cell(name, shown, [before for before, _ in pairs]),
            cells=tuple(_cell(name, before.get(name), after.get(name)) for before, after in pairs),
        )
        for name in LEVEL_NAMES
    )


def _base_cell(name: str, shown: Plan | None, bases: list[dict[str, int]]) -> Cell:
    """What everything beside it is compared with; nothing where that is not one value."""
    values = {before.get(name) for before in bases} if bases else {_values(shown).get(name)}
    (value,) = values if len(values) == 1 else (None,)
    return Cell(value="—" if value is None else number(value))


def _cell(name: str, before: int | None, after: int | None) -> Cell:
    if after is None:
        return Cell(value="—")
    if before is None:
        return Cell(value=number(after))
    difference = after - before
    kind = "good" if difference < 0 else "warn" if difference else ""
    return Cell(value=number(after), words=_difference(name, difference), kind=kind)


def _difference(name: str, difference: int) -> str:
    """1 de plus; comme maintenant; 12 points de moins"""
    if not difference:
        return text("comme maintenant")
    amount = abs(difference)
    told = number(amount) if name in UNITS else plural(amount, text("point"))
    return text("{n} de plus", n=told) if difference > 0 else text("{n} de moins", n=told)


def _values(plan: Plan | None) -> dict[str, int]:
    return {level.name: level.value for level in plan.levels} if plan is not None else {}
