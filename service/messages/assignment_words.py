"""How an assignment of a plan, or a missing thing, is called in a sentence, told by its name alone."""

from collections.abc import Mapping

from planner.fact_changes import CloserDates, LongerWindow
from planner.horizon import Horizon
from planner.plan_keys import sequence_key, words_of
from planner.plan_view import Activity, Visit
from planner.problem import Problem
from planner.wanted import Wanted
from service.catalogue import text
from service.french_text import capital, clock_text, day_date, half_day, initials, listed
from service.messages.interview_words import whose

OF_A_CADENCE = {"permanence": "Permanence {name}", "session": "Séance de {name}"}


Rooms = Mapping[tuple[str, str], str]
"""What people call rooms, by the codes of the site and the room."""


class Things:
    """The words of one problem; `names` gives those of cadences and promotions by code."""

    def __init__(self, problem: Problem, names: Mapping[str, str], rooms: Rooms | None = None) -> None:
        self.problem = problem
        self.horizon = Horizon.of(problem)
        self.names = names
        self.rooms = rooms or {}
        self._needs = {need.id: need for need in problem.interviews}
        self.sites = {site.id: site.name for site in problem.sites}
        self.steps = {
            (promotion.id, step.id): step.title
            for promotion in problem.promotions
            for step in promotion.sequences
        }
        self._steps = {sequence_key(*step): step for step in self.steps}

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def site(self, code: str | None) -> str:
        return self.sites.get(code or "", code or "") if code else text("téléphone ou visio")

    def room(self, site: str, code: str) -> str:
        return self.rooms.get((site, code), code)

    def step(self, about: str) -> str:
        """« Simulation » de promo-1, from the key of a sequence."""
        promotion, sequence = self._steps.get(about) or about.rpartition("/")[::2]
        title = self.steps.get((promotion, sequence), sequence)
        return text("« {title} » ({promotion})", title=title, promotion=self.name(promotion))

    def is_step(self, key: str) -> bool:
        return key in self._steps

    def need(self, code: str | None) -> str:
        """l’entretien KM4821; without a participant, who follows it."""
        found = self._needs.get(code or "")
        return text("l’entretien {who}", who=whose(found) if found else code or "")

    def about(self, change: LongerWindow | CloserDates) -> str:
        """The need, the cadence or the sequence whose dates change."""
        if change.need is not None:
            return self.need(change.need)
        if isinstance(change, CloserDates) and change.cadence is not None:
            return text("« {name} »", name=self.name(change.cadence))
        return self.step(sequence_key(change.promotion or "", change.sequence or ""))

    def when(self, thing: Activity | Visit) -> str:
        if isinstance(thing, Activity) and thing.kind in ("permanence", "office"):
            return f"{day_date(thing.on)} {half_day(thing.half_days[0])}"
        return text(
            "{day} à {hour}", day=day_date(thing.on), hour=clock_text(self.horizon.hour_of(thing.interval[0]))
        )

    def thing(self, thing: Activity | Visit) -> str:
        """la permanence de Noisy du lundi 2 mars matin (A.R.)."""
        staff = (thing.staff,) if isinstance(thing, Visit) else thing.staff
        return text(
            "{what} du {when} ({who})",
            what=self._what(thing),
            when=self.when(thing),
            who=listed(map(initials, staff)),
        )

    def _what(self, thing: Activity | Visit) -> str:
        if isinstance(thing, Visit):
            return text("l’entretien {who}", who=whose(thing.need))
        code = thing.about.partition("#")[0]
        if thing.sequence is None and code in self.names:
            return text("« {name} »", name=self.names[code])
        if thing.kind == "permanence":
            return text("la permanence {name}", name=code)
        if thing.kind == "office":
            return text("la demi-journée de bureau")
        if thing.sequence is not None:
            return text("la séance {step}", step=self.step(thing.about))
        return text("la séance de {name}", name=code)

    def named(self, key: str) -> str:
        """What the checker names by a key of its own: something planned, else what occupies a person already."""
        need = key if key in self._needs else key.rpartition("#")[0]
        if need in self._needs:
            return self.need(need)
        if self.is_step(key):
            return self.step(key)
        code, *rest = words_of(key)
        if len(rest) == 3 and rest[0] in self.sites:
            return text("le bureau ({site})", site=self.site(rest[0]))
        cadence = code if len(rest) == 2 else key.rpartition("#")[0] or key
        if cadence in self.names or any(one.id == cadence for one in self.problem.cadences):
            return text("« {name} »", name=self.name(cadence))
        return text("un autre engagement")

    def wanted(self, wanted: Wanted) -> str:
        """What somebody asks about."""
        if wanted.promotion is not None:
            return text(
                "Séance {step}", step=self.step(sequence_key(wanted.promotion, wanted.sequence or ""))
            )
        if wanted.cadence is not None:
            kinds = {cadence.id: cadence.kind for cadence in self.problem.cadences}
            named = self.names.get(wanted.cadence)
            return named or text(OF_A_CADENCE[kinds[wanted.cadence]], name=wanted.cadence)
        return capital(self.need(wanted.need).removeprefix(text("l’")))
