"""How an activity is drawn in the row of a site or of a person, and how it is read aloud."""

from planner.problem import Problem
from service.catalogue import counted, text
from service.french_text import half_day, initials, listed, long_date
from service.messages.interview_words import interview_words
from service.pages.board.activities import Activity
from service.pages.board.calendar import HALVES
from service.pages.board.cells import Chip, ChipKind
from service.pages.board.labels import Labels

KINDS: dict[str, ChipKind] = {
    "permanence": "perm",
    "promotion": "promo",
    "workshop": "atelier",
    "interview": "office",
    "meeting": "team",
}


class Words:
    """The words of one territory for its activities."""

    def __init__(self, problem: Problem, labels: Labels) -> None:
        self.labels = labels
        self.sites = {site.id: site for site in problem.sites}
        self.cadences = {cadence.id: cadence for cadence in problem.cadences}
        self.last_rank = {promotion.id: len(promotion.sequences) for promotion in problem.promotions}
        self.interviews = {need.id: need for need in problem.interviews}
        self.team_size = len(problem.staff)

    def site(self, code: str | None) -> str:
        return self.sites[code].name if code else ""

    def site_title(self, code: str | None) -> str:
        """The whole name, for what hangs at its door."""
        return self.labels.site_titles.get(code or "") or self.site(code)

    def title(self, one: Activity) -> str:
        """Permanence; Promotion 7, séance 3; Atelier emploi; Réunion d'équipe."""
        if one.kind == "permanence":
            return text("Permanence")
        if one.kind == "promotion":
            return f"{self.labels.promotion(one.about)}, {self.step(one)}"
        if one.kind == "workshop":
            return self.labels.cadence(self.cadences[one.about])
        if one.kind == "meeting":
            return self.labels.meetings.get(one.about) or text("Réunion")
        need = self.interviews.get(one.about)
        return interview_words(need) if need else text("Entretien {who}", who=one.about.partition("/")[0])

    def step(self, one: Activity) -> str:
        return text("séance {rank} sur {last}", rank=one.rank, last=self.last_rank.get(one.about, one.rank))

    def fact(self, one: Activity) -> str:
        """The short second line of a chip in a site's row."""
        if one.kind == "permanence":
            return f"{one.booked}/{one.places}" if one.places else ""
        if one.kind == "promotion":
            return f"S{one.rank}"
        if one.kind == "workshop":
            return self.labels.cadence_code(self.cadences[one.about])
        return str(len(one.staff)) if one.kind == "meeting" and len(one.staff) > 2 else ""

    def long_fact(self, one: Activity) -> str:
        """The same in the week's wide chips."""
        if one.kind == "permanence":
            return (
                counted("{n} place", "{n} places", one.places)
                if not one.booked
                else f"{one.booked}/{one.places}"
            )
        return self.title(one) if one.kind != "promotion" else self.step(one)

    def sentence(self, one: Activity) -> str:
        """Permanence, Gagny, jeudi 3 décembre 2026, matin, A.R., 4 créneaux pris sur 4."""
        whole_day = len(one.halves) == 2
        when = text("toute la journée") if whole_day else half_day(one.halves[0])
        parts = [self.title(one), self.site(one.site), long_date(one.on), when, self.people(one)]
        if one.kind == "permanence" and one.places:
            taken = counted("{n} créneau pris", "{n} créneaux pris", one.booked)
            parts.append(text("{taken} sur {places}", taken=taken, places=one.places))
        parts.append(text("épinglée") if one.pinned else "")
        parts.append(text("modifiée depuis la version publiée") if one.changed else "")
        return ", ".join(part for part in parts if part)

    def spoken(self, one: Activity) -> str:
        """The sentence, then why it breaks a rule."""
        return with_why(self.sentence(one), against(one))

    def people(self, one: Activity) -> str:
        if one.kind == "meeting" and len(one.staff) == self.team_size > 2:
            return text("toute l’équipe")
        return listed(initials(code) for code in one.staff)


def against(*several: Activity) -> str:
    """A.R. : absence le lundi 4 janvier matin: why things break a rule by the facts of this moment."""
    return text(" ; ").join(dict.fromkeys(why for one in several for why in one.against))


def with_why(sentence: str, why: str) -> str:
    return text("{sentence}, enfreint une règle ({why})", sentence=sentence, why=why) if why else sentence


def chip_for_site(words: Words, one: Activity) -> Chip:
    """Initials of the people, then one short fact; a meeting of many is an icon with their number."""
    crowd = one.kind == "meeting" and len(one.staff) > 2
    return Chip(
        kind=KINDS[one.kind],
        lines=() if crowd else tuple(initials(code) for code in one.staff),
        fact=words.fact(one),
        long=words.long_fact(one),
        sentence=words.spoken(one),
        key=one.key,
        pinned=one.pinned,
        changed=one.changed,
        against=against(one),
        icon="people" if crowd else "",
    )


def chip_for_person(words: Words, one: Activity, *, others: int = 0) -> Chip:
    """The place's letters; `others` interviews of the same half-day stand below."""
    short = {"meeting": text("Éq"), "workshop": text("At")}.get(one.kind)
    code = short or words.labels.site_code(one.site or "", words.site(one.site))
    return Chip(
        kind=KINDS[one.kind],
        lines=(code,),
        fact=f"+{others}" if others else "",
        long=words.title(one),
        sentence=words.spoken(one),
        key=one.key,
        pinned=one.pinned,
        changed=one.changed,
        against=against(one),
        halves=len(one.halves),
    )


def chip_of_interviews(where: str, several: list[Activity]) -> Chip:
    """How many interviews stand in a half-day, tinted from five up."""
    first = several[0]
    number = counted("{n} entretien", "{n} entretiens", len(several))
    people = listed(initials(code) for code in dict.fromkeys(one.staff[0] for one in several))
    sentence = f"{where}, {long_date(first.on)}, {half_day(first.halves[0])}{text(' : ')}{number}, {people}"
    return Chip(
        kind="office",
        lines=(str(len(several)),),
        long=number.split("\N{NO-BREAK SPACE}")[-1],
        sentence=with_why(sentence, against(*several)),
        against=against(*several),
        key=f"interviews/{first.site or 'distance'}/{first.on}/{first.halves[0]}",
        full=len(several) >= 5,
        changed=any(one.changed for one in several),
    )


def in_order(several: list[Activity]) -> list[Activity]:
    return sorted(several, key=lambda one: (HALVES.index(one.halves[0]), str(one.starts_at), one.key))
