"""The example territories in a month, as facts and as a problem, without a database."""

from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec

from db.records.facts import Facts
from db.records.territory import Territory
from planner.problem import Problem
from service.facts_file.records import MonthFacts, read_month
from service.relative_dates import months_later
from service.translate.problem import Snapshot, translate

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("ile-de-france", "somme")
MONTHS = [months_later(date(2026, 12, 1), count) for count in range(24)]
DECEMBER = MONTHS[0]


def example(name: str, first_on: date = DECEMBER) -> MonthFacts:
    return read_month(EXAMPLES / f"{name}.toml", first_on)


def problem_of(name: str, first_on: date = DECEMBER) -> Problem:
    return problem_from(facts_of(example(name, first_on)), example(name, first_on))


def problem_from(facts: Facts, month: MonthFacts) -> Problem:
    snapshot = Snapshot(facts=facts)
    return translate(snapshot, month.first_on, month.last_on, month.planned_on).problem


def facts_of(month: MonthFacts) -> Facts:
    """The facts as a database would give them back."""
    kinds = {name: value or () for name, value in msgspec.structs.asdict(month.facts).items()}
    territory = Territory(
        id=UUID(int=1),
        version=1,
        code=month.code,
        name=month.name,
        zone=month.zone,
        departements=month.departements,
        settings=dict(month.settings),
    )
    return Facts(territory=territory, pins=month.pins, **kinds)
