"""What an absence costs the month: what is planned over it, else the needs that its half-days keep from being placed."""

from planner.plan import Plan
from planner.problem import Absence, Problem
from service.catalogue import counted, text
from service.french_text import listed
from service.pages.board.activities import activities
from service.pages.board.labels import Labels
from service.pages.board.todo import needs

MOST_NAMED = 2


class Effects:
    """Of one version; a need is laid to an absence when the reason that keeps it out names it."""

    def __init__(self, problem: Problem, plan: Plan, labels: Labels) -> None:
        self.planned = [one for one in activities(problem, plan) if one.kind != "meeting"]
        titles = [one.title for one in needs(problem, plan, labels)]
        self.kept_out: dict[str, list[str]] = {}
        for title, left in zip(titles, plan.unplaced, strict=True):
            for code in {code for fact in left.reason.facts for code in _named(fact.get("fact", ()))}:
                self.kept_out.setdefault(code, []).append(title)

    def words(self, person: str, absence: Absence) -> tuple[str, bool]:
        """The effect, and whether it hurts: Non placé : KM4821 — entretien de suivi."""
        over = sum(self._falls_on(person, absence))
        if over:
            return counted("{n} rendez-vous tombe dessus", "{n} rendez-vous tombent dessus", over), True
        titles = list(dict.fromkeys(self.kept_out.get(absence.id, [])))
        if not titles:
            return text("Aucun"), False
        named, more = titles[:MOST_NAMED], len(titles) - MOST_NAMED
        if more > 0:
            named = [*named, counted("{n} autre", "{n} autres", more)]
        return text("Non placé : {what}", what=listed(named)), True

    def _falls_on(self, person: str, absence: Absence) -> list[bool]:
        return [
            one.starts_at < absence.ends_at and absence.starts_at < one.ends_at
            for one in self.planned
            if person in one.staff and one.starts_at and one.ends_at
        ]


def _named(codes: object) -> tuple[str, ...]:
    """A reason names records one by one or several at a time."""
    return (
        (codes,)
        if isinstance(codes, str)
        else tuple(map(str, codes if isinstance(codes, list | tuple) else ()))
    )
