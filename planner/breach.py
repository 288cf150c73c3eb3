"""A broken rule, as the checker lists it: records and codes, never a sentence."""

from datetime import date
from typing import NamedTuple

from planner.records import HalfDay


class Breach(NamedTuple):
    """One rule broken once, by `amount` (minutes, half-days, days, persons, places, else 1).

    `about` is the person, need, cadence, sequence or promotion concerned; `fact` what else the
    breach names: an absence, another assignment, a skill, an hour. `items` are the keys of the
    assignments that make it. `missing` tells a part that is not there from one that is wrong.
    """

    rule: str
    code: str
    about: str
    on: date
    amount: int = 1
    half_day: HalfDay | None = None
    site: str | None = None
    fact: str = ""
    items: tuple[str, ...] = ()
    missing: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What two breaches are compared by."""
        return (
            self.rule,
            self.about,
            self.on.isoformat(),
            self.half_day or "",
            self.site or "",
            self.code,
            self.fact,
        )

    @property
    def text(self) -> str:
        """The reason's code and what it names, for a report; pages word it from the catalogue."""
        named = {"half_day": self.half_day, "site": self.site, "fact": self.fact}
        return " ".join([self.code, *(f"{name}={value}" for name, value in named.items() if value)])
