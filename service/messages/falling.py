"""What falls of a published plan after a new fact, in French: each permanence, session and interview once."""

from collections import defaultdict
from collections.abc import Iterable

from planner.breach import Breach
from planner.kept import things
from planner.plan import Plan
from planner.plan_view import Activity, PlanView, Visit
from planner.problem import Problem
from planner.territory import Territory
from service.catalogue import counted, text
from service.french_text import capital, initials, listed
from service.messages.assignment_words import Things
from service.messages.breach_sentence import breach_sentence

OF_PEOPLE = frozenset({"availability", "accreditation", "access_notice"})
OF_SITES = frozenset({"site_open"})
VOWELS = tuple("aàâeéèêiîoôuyAÀÂEÉÈÊIÎOÔUY")


class Falling:
    """Words what breaches take away from one plan; `names` are those of cadences, promotions and needs."""

    def __init__(self, problem: Problem, plan: Plan, names: dict[str, str]) -> None:
        self.problem = problem
        self.names = names
        self.view = PlanView(Territory(problem), plan)
        self.words = Things(problem, names)
        self._things = {thing.key: thing for thing in things(self.view).values()}

    def sentences(self, breaches: Iterable[Breach]) -> list[str]:
        """Permanences and sessions before interviews, each in order of time; the rest in the words of its rule."""
        return list(self.told(breaches))

    def told(self, breaches: Iterable[Breach]) -> dict[str, Activity | Visit | None]:
        """The sentences in their order, each with the thing that it tells; of the rest with none."""
        lost: dict[str, list[Breach]] = defaultdict(list)
        rest: list[Breach] = []
        for breach in breaches:
            if breach.rule in OF_PEOPLE | OF_SITES and breach.items and breach.items[0] in self._things:
                lost[breach.items[0]].append(breach)
            else:
                rest.append(breach)
        fallen = {key: self._things[key] for key in lost}
        told = [
            (isinstance(thing, Visit), thing.on, thing.interval[0], self._told(thing, lost[key]), key)
            for key, thing in fallen.items()
            if not self._is_told_elsewhere(thing, fallen)
        ]
        ordered: dict[str, Activity | Visit | None] = {
            sentence: fallen[key] for *_, sentence, key in sorted(told)
        }
        others = sorted(rest, key=lambda one: (one.on, one.half_day or "", one.about))
        ruled = (breach_sentence(one, self.problem, self.names) for one in others)
        return {**ordered, **dict.fromkeys(ruled)}

    def _is_told_elsewhere(self, thing: Activity | Visit, fallen: dict[str, Activity | Visit]) -> bool:
        """An office half-day falls with its interviews, an interview with its permanence."""
        if isinstance(thing, Activity):
            return thing.kind == "office" and bool(self.view.visits_of.get(thing.key))
        inside = thing.presence
        return inside is not None and inside.kind == "permanence" and inside.key in fallen

    def _told(self, thing: Activity | Visit, breaches: list[Breach]) -> str:
        if isinstance(thing, Visit):
            when = self.words.when(thing)
            return (
                f"{capital(text('{what} du {when} est à replacer', what=self._interview(thing), when=when))}."
            )
        closed = any(one.rule in OF_SITES for one in breaches)
        gone = set(thing.staff) if closed else {one.about for one in breaches}
        left = [person for person in thing.staff if person not in gone]
        told = f"{capital(self._activity(thing))} {_fate(left, closed=closed)}{self._guests(thing, gone)}"
        return f"{told.removesuffix('.')}."

    def _guests(self, thing: Activity, gone: set[str]) -> str:
        inside = [one for one in self.view.visits_of.get(thing.key, ()) if one.staff in gone]
        if not inside:
            return ""
        return counted(" ; {n} entretien est à replacer", " ; {n} entretiens sont à replacer", len(inside))

    def _interview(self, visit: Visit) -> str:
        return self.words.need(visit.need.id)

    def _activity(self, thing: Activity) -> str:
        when = self.words.when(thing)
        if thing.kind == "permanence":
            site = self.words.site(thing.site)
            of = text("d’{site}", site=site) if site.startswith(VOWELS) else text("de {site}", site=site)
            return text("la permanence {of} du {when}", of=of, when=when)
        if thing.kind == "office":
            return text("la demi-journée de bureau du {when}", when=when)
        if thing.sequence is not None:
            return text("la séance {step} du {when}", step=self.words.step(thing.about), when=when)
        name = self.words.name(thing.about.partition("#")[0])
        return text("la séance « {name} » du {when}", name=name, when=when)


def _fate(left: list[str], *, closed: bool) -> str:
    if closed:
        return text("tombe : le lieu est fermé")
    if left:
        return text("n’a plus que {who}", who=listed(initials(person) for person in left))
    return text("n’a plus personne")
