"""Why something is not placed and what would help, in French."""

from collections import defaultdict
from collections.abc import Iterable

from planner.kept import things
from planner.placements import Placement
from planner.plan import LEVEL_NAMES
from planner.plan_view import PlanView
from planner.wanted import Wanted
from planner.why.fact import Fact
from planner.why.leaving import Leaver
from planner.why.repairs import Repair
from planner.why_not import WhyNot
from service.catalogue import text
from service.french_text import clock_text, day_date, half_day, initials, listed, sentence, signed
from service.messages.actions import action_words
from service.messages.assignment_words import Rooms, Things
from service.messages.fact_words import FactWords
from service.messages.facts import told_facts
from service.messages.levels import level_title

MOST_NAMED = 8
"""People named one by one; of more only their number is told."""


class Explained:
    """Words the explanations of one plan; keep it beside what explains."""

    def __init__(self, view: PlanView, names: dict[str, str], rooms: Rooms | None = None) -> None:
        self.things = things(view)
        self.words = Things(view.problem, names, rooms)

    def reasons(self, found: WhyNot) -> tuple[str, ...]:
        """The facts that block it, one sentence each, or who and where is full and what would have to leave."""
        if found.status == "impossible" and found.facts:
            more = (
                () if found.is_complete else (text("Toutes les équipes possibles n’ont pas été examinées."),)
            )
            told = tuple(words for words, _ in self.numbered(found.facts, found.wanted))
            return (*told, *more)
        if found.status == "impossible":
            return (text("Aucun lieu ni aucun créneau ne convient."),)
        return tuple(sentence(one) for one in self._crowded(found))

    def told(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """One sentence for each fact, or for several that say the same."""
        return tuple(words for words, _ in self.numbered(facts))

    def numbered(
        self, facts: Iterable[Fact], wanted: Wanted | None = None
    ) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """The same with the facts that each sentence tells; `wanted` is what they block together."""
        every, words = tuple(facts), FactWords(self.words, self.things, wanted)
        told = told_facts(words, every)
        if [one.kind for one in every] == ["hours"] and words.sites_asked():
            ((hours, facts_told),) = told
            told = ((_beside_every_slot(hours, words.sites_asked()), facts_told),)
        return tuple((sentence(one), found) for one, found in told)

    def _crowded(self, found: WhyNot) -> list[str]:
        if found.free is not None:
            return [text("il reste une place : {place}", place=self.placement(found.free))]
        where = listed((self.words.site(site) for site in found.sites), "ou") or text("au téléphone")
        people = [initials(person) for person in found.staff]
        who = listed(people, "ou") if len(people) <= MOST_NAMED else text("{n} personnes", n=len(people))
        told = [text("plus de place avec {who} ({where})", who=who, where=where)]
        if found.leave:
            names = self._leavers(found.leave)
            least = text("il faudrait renoncer à {things}", things=names)
            enough = text("il suffirait de renoncer à {things}, peut-être à moins", things=names)
            told.append(least if found.is_fewest else enough)
        return told

    def _leavers(self, leavers: tuple[Leaver, ...]) -> str:
        """The one thing, or all of them after their number, each level named once."""
        by_level: dict[str, list[str]] = defaultdict(list)
        for one in leavers:
            by_level[one.level].append(self.named(one.name))
        told = [
            text("{things} — {level}", things=listed(names), level=level_title(level).lower())
            for level, names in by_level.items()
        ]
        if len(leavers) == 1:
            return told[0]
        return text("{n} besoins : {things}", n=len(leavers), things=text(" ; ").join(told))

    def named(self, name: str) -> str:
        thing = self.things.get(name)
        return self.words.thing(thing) if thing is not None else name

    def summary(self, found: WhyNot) -> str:
        """Impossible : … or Plus de place : …, in one line."""
        title = self.words.wanted(found.wanted)
        status = text("impossible") if found.status == "impossible" else text("plus de place")
        status = text("il reste une place") if found.free is not None else status
        return f"{title}{text(' : ')}{status}"

    def repair(self, repair: Repair) -> str:
        """What somebody would have to do, as one says it: Ouvrir Gagny le jeudi matin."""
        if repair.change is None:
            return text("Renoncer à {thing}", thing=self.named(repair.drop or ""))
        return action_words(repair.change, self.words, repair.placement.staff)

    def placement(self, placed: Placement) -> str:
        """lundi 2 mars à 9 h, Noisy, avec A.R.; a permanence by its half-day."""
        who = listed(initials(person) for person in placed.staff)
        when = f"{day_date(placed.on)} {half_day(placed.half_day)}"
        if not placed.adds.permanences:
            hour = clock_text(self.words.horizon.hour_of(placed.start))
            when = text("{day} à {hour}", day=day_date(placed.on), hour=hour)
        return text("{when}, {site}, avec {who}", when=when, site=self.words.site(placed.site), who=who)


def _beside_every_slot(hours: str, sites: tuple[str, ...]) -> str:
    """What a person's hours alone block: no slot of these sites lies in them, open or not."""
    return text("{hours} ; aucun créneau n’y tombe ({sites})", hours=hours, sites=listed(sites, "ou"))


def costs_words(costs: tuple[int, ...]) -> str:
    """Permanences non placées −1 ; confort : … +4."""
    told = [
        f"{level_title(name).partition(':')[0].strip().lower()} {signed(cost)}"
        for name, cost in zip(LEVEL_NAMES, costs, strict=True)
        if cost
    ]
    return text(" ; ").join(told) or text("sans autre effet")
