"""Why something is not placed and what would help, in French."""

from collections.abc import Callable, Iterable
from typing import Any

from planner.fact_changes import (
    CadenceAsks,
    CloserDates,
    FactChange,
    LongerWindow,
    MorePlaces,
    OtherStaff,
    SiteCloses,
    SiteOpens,
    StaffAuthorised,
    StaffAway,
    StaffBack,
    StaffLeaves,
)
from planner.kept import things
from planner.placements import Placement
from planner.plan import LEVEL_NAMES
from planner.plan_view import PlanView
from planner.why.fact import Fact
from planner.why.repairs import Repair
from planner.why_not import WhyNot
from service.catalogue import counted, text
from service.french_text import (
    capital,
    clock_text,
    day_date,
    half_day,
    initials,
    listed,
    signed,
    weekday_named,
)
from service.messages.assignment_words import Things
from service.messages.fact_words import FactWords
from service.messages.facts import fact_sentences
from service.messages.levels import level_title


class Explained:
    """Words the explanations of one plan; keep it beside what explains."""

    def __init__(self, view: PlanView, names: dict[str, str]) -> None:
        self.things = things(view)
        self.words = Things(view.problem, names)
        self.facts = FactWords(self.words, self.things)

    def reasons(self, found: WhyNot) -> tuple[str, ...]:
        """The facts that block it, one sentence each, or who and where is full and what would have to leave."""
        if found.status == "impossible" and found.facts:
            return self.told(found.facts)
        if found.status == "impossible":
            return (text("Aucun lieu ni aucun créneau ne convient."),)
        return tuple(f"{capital(one)}." for one in self._crowded(found))

    def told(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """One sentence for each fact, or for several that say the same."""
        return tuple(f"{capital(one)}." for one in fact_sentences(self.facts, facts))

    def _crowded(self, found: WhyNot) -> list[str]:
        if found.free is not None:
            return [text("il reste une place : {place}", place=self.placement(found.free))]
        where = listed((self.words.site(site) for site in found.sites), "ou") or text("au téléphone")
        who = listed((initials(person) for person in found.staff), "ou")
        told = [text("plus de place avec {who} ({where})", who=who, where=where)]
        if found.leave:
            names = listed(
                f"{self.named(one.name)} — {level_title(one.level).lower()}" for one in found.leave
            )
            told.append(text("il faudrait renoncer à {things}", things=names))
        return told

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
        """What would be otherwise, and where the thing would stand then."""
        told = text("renoncer à {thing}", thing=self.named(repair.drop)) if repair.drop else ""
        if repair.change is not None:
            told = change_words(repair.change, self.words)
        return capital(told)

    def placement(self, placed: Placement) -> str:
        """lundi 2 mars à 9 h, Noisy, avec A.R.; a permanence by its half-day."""
        who = listed(initials(person) for person in placed.staff)
        when = f"{day_date(placed.on)} {half_day(placed.half_day)}"
        if not placed.adds.permanences:
            hour = clock_text(self.words.horizon.hour_of(placed.start))
            when = text("{day} à {hour}", day=day_date(placed.on), hour=hour)
        return text("{when}, {site}, avec {who}", when=when, site=self.words.site(placed.site), who=who)


def costs_words(costs: tuple[int, ...]) -> str:
    """Permanences non placées −1 ; confort : … +4."""
    told = [
        f"{level_title(name).partition(':')[0].strip().lower()} {signed(cost)}"
        for name, cost in zip(LEVEL_NAMES, costs, strict=True)
        if cost
    ]
    return text(" ; ").join(told) or text("sans autre effet")


def change_words(change: FactChange, words: Things) -> str:
    """A supposed fact, as one says it after "si"."""
    return CHANGES[type(change)](change, words)


def _opens(change: SiteOpens, words: Things) -> str:
    half = half_day(change.half_day)
    day = day_date(change.on) if change.on else weekday_named(change.weekday or 1)
    return text("{site} ouvre le {day} {half}", site=words.site(change.site), day=day, half=half)


def _closes(change: SiteCloses, words: Things) -> str:
    days = (day_date(change.from_on), day_date(change.until_on))
    return text("{site} ferme du {start} au {end}", site=words.site(change.site), start=days[0], end=days[1])


def _back(change: StaffBack, _: Things) -> str:
    when = f"{day_date(change.on)} {half_day(change.half_day)}"
    return text("{who} renonce à son absence du {when}", who=initials(change.staff), when=when)


def _away(change: StaffAway, _: Things) -> str:
    days = (day_date(change.from_on), day_date(change.until_on))
    return text("{who} s’absente du {start} au {end}", who=initials(change.staff), start=days[0], end=days[1])


def _places(change: MorePlaces, words: Things) -> str:
    if change.cadence is not None:
        told = counted("{n} place gardée de moins", "{n} places gardées de moins", change.places)
        return text("{what} pour les partenaires ({name})", what=told, name=words.name(change.cadence))
    told = counted("{n} place d’entretien de plus", "{n} places d’entretien de plus", change.places)
    return text("{what} à {site}", what=told, site=words.site(change.site))


def _stretched(change: LongerWindow | CloserDates, words: Things) -> str:
    days = counted("{n} jour", "{n} jours", change.days)
    about = words.step(f"{change.promotion}/{change.sequence}") if change.promotion else change.need or ""
    if isinstance(change, LongerWindow):
        return text("{days} de plus pour placer {about}", days=days, about=about)
    about = words.name(change.cadence) if change.cadence else about
    return text("{days} de moins entre deux dates ({about})", days=days, about=about)


CHANGES: dict[type[Any], Callable[[Any, Things], str]] = {
    StaffLeaves: lambda one, _: text("{who} part le {day}", who=initials(one.staff), day=day_date(one.on)),
    StaffAway: _away,
    StaffBack: _back,
    StaffAuthorised: lambda one, words: text(
        "{who} est autorisé ou autorisée à {site}", who=initials(one.staff), site=words.site(one.site)
    ),
    SiteOpens: _opens,
    SiteCloses: _closes,
    MorePlaces: _places,
    OtherStaff: lambda _, __: text("quelqu’un d’autre que le référent ou la référente"),
    LongerWindow: _stretched,
    CloserDates: _stretched,
    CadenceAsks: lambda one, words: text("{name} : {n} par mois", name=words.name(one.cadence), n=one.asked),
}
"""One entry for each kind of change."""
