"""The records that an explanation names, in French: one sentence for each kind, grouped by what they share."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from planner.why.fact import Fact
from service.catalogue import counted, text
from service.french_text import clock_text, day_date, initials, listed, weekday_named
from service.messages.fact_words import FactWords

Sentence = Callable[[FactWords, list[Fact]], str]


def _days(count: int) -> str:
    return counted("{n} jour", "{n} jours", count)


def _absence(words: FactWords, facts: list[Fact]) -> str:
    (fact,) = facts
    spans = [
        words.span(one.starts_at, one.ends_at)
        for one in words.staff[fact.staff].absences
        if one.id == fact.about
    ]
    return text("{who} : absence {when}", who=initials(fact.staff), when=listed(spans))


def _busy(words: FactWords, facts: list[Fact]) -> str:
    who = words.staff[facts[0].staff]
    starts = {fact.about for fact in facts}
    spans = [
        words.span(one.starts_at, one.ends_at)
        for one in who.busy
        if f"busy {one.starts_at.isoformat()}" in starts
    ]
    return text("{who} : agenda déjà pris {when}", who=initials(who.id), when=listed(spans))


def _meeting(words: FactWords, facts: list[Fact]) -> str:
    (fact,) = facts
    spans = [
        words.span(one.starts_at, one.ends_at)
        for one in words.staff[fact.staff].meetings
        if one.id == fact.about
    ]
    return text("{who} : réunion {when}", who=initials(fact.staff), when=listed(spans))


def _closure(words: FactWords, facts: list[Fact]) -> str:
    (fact,) = facts
    found = [one for one in words.sites[fact.site].closures if one.id == fact.about]
    when = listed(
        text("le {day}", day=day_date(one.from_on))
        if one.from_on == one.until_on
        else words.window(one.from_on, one.until_on)
        for one in found
    )
    return text("{site} est fermé {when}", site=words.words.site(fact.site), when=when)


def _window(words: FactWords, facts: list[Fact]) -> str:
    (fact,) = facts
    window = words.needs.get(fact.about) or words.steps[fact.about][1]
    return text("dates demandées : {when}", when=words.window(window.from_on, window.until_on))


def _hours(words: FactWords, facts: list[Fact]) -> str:
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person in words.problem.participants:
        for one in (person.hours or ()) if person.id == facts[0].about else ():
            days[one.from_hour, one.to_hour].append(one.weekday)
    told = listed(
        text("{days} de {start} à {end}", days=_weekdays(on), start=clock_text(start), end=clock_text(end))
        for (start, end), on in days.items()
    )
    if not told:
        return text("la personne ne peut pas venir")
    return text("la personne ne peut venir que {hours}", hours=told)


def _weekdays(days: list[int]) -> str:
    """le lundi et le mardi; du lundi au vendredi"""
    first, last = min(days), max(days)
    if len(set(days)) == last - first + 1 > 2:
        return text("du {first} au {last}", first=weekday_named(first), last=weekday_named(last))
    return listed(text("le {day}", day=weekday_named(day)) for day in sorted(set(days)))


def _spacing(words: FactWords, facts: list[Fact]) -> str:
    (fact,) = facts
    if fact.about in words.steps:
        step = words.steps[fact.about][1]
        return text(
            "{about} se tient {n} à {most} après la séquence précédente",
            about=words.about(fact.about),
            n=step.min_days,
            most=_days(step.max_days),
        )
    if fact.about in words.needs:
        need = words.needs[fact.about]
        if need.participant is not None:
            who, days = need.participant, _days(need.min_days)
            return text("{days} au moins entre deux entretiens ({who})", days=days, who=who)
        return text("{days} au moins entre deux entretiens", days=_days(need.min_days))
    least = _days(words.cadences[fact.about].min_days)
    told = text("{days} au moins entre deux dates ({about})", days=least, about=words.about(fact.about))
    placed = words.placed_of(fact.about)
    return text("{told} ; placé {placed}", told=told, placed=listed(placed)) if placed else told


def _speaker(words: FactWords, facts: list[Fact]) -> str:
    days = words.steps[facts[0].about][1].speaker_dates or ()
    told = listed(text("le {day}", day=day_date(on)) for on in days)
    return (
        text("l’intervenant extérieur ne vient que {days}", days=told)
        if told
        else text("l’intervenant extérieur ne vient pas")
    )


def _room(words: FactWords, facts: list[Fact]) -> str:
    site = words.sites[facts[0].site]
    seats = {room.id: room.seats for room in site.rooms}
    told = listed(
        text(
            "{room}, {n}",
            room=words.words.room(fact.site, fact.about),
            n=counted("{n} place", "{n} places", seats[fact.about]),
        )
        for fact in facts
        if fact.about
    )
    if not told:
        return text("{site} n’a pas de salle", site=site.name)
    if words.seats():
        return text(
            "{site} n’a pas de salle assez grande : il y faut {seats} ({rooms})",
            site=site.name, seats=counted("{n} place", "{n} places", words.seats()), rooms=told,
        )  # fmt: skip
    return text("{site} n’a pas de salle assez grande ({rooms})", site=site.name, rooms=told)


def _contract(words: FactWords, facts: list[Fact]) -> str:
    (fact,) = facts
    most = getattr(words.staff[fact.staff].max_half_days, fact.about)
    period = {"day": text("par jour"), "week": text("par semaine"), "month": text("par mois")}[fact.about]
    told = counted("{n} demi-journée", "{n} demi-journées", most)
    return text("{who} : {n} {period} au plus", who=initials(fact.staff), n=told, period=period)


def _assignments(kind: str) -> Sentence:
    def sentence(words: FactWords, facts: list[Fact]) -> str:
        told = listed(_assignment(words, fact) for fact in facts)
        return text(kind, things=told)

    return sentence


def _assignment(words: FactWords, fact: Fact) -> str:
    thing = words.things.get(fact.about)
    return words.words.thing(thing) if thing is not None else fact.about


def _every(told: str) -> Sentence:
    """A sentence that lists people, sites, half-days or dates of facts alike."""

    def sentence(words: FactWords, facts: list[Fact]) -> str:
        fact = facts[0]
        return text(
            told,
            who=words.people(facts),
            site=words.words.site(fact.site) if fact.site else "",
            about=words.about(fact.about),
            halves=words.halves(facts),
            days=listed(day_date(one.on) for one in facts if one.on),
        )

    return sentence


def _counts(told: str, count: Callable[[FactWords, Fact], object]) -> Sentence:
    """A sentence with the number that the record gives."""

    def sentence(words: FactWords, facts: list[Fact]) -> str:
        site = words.words.site(facts[0].site) if facts[0].site else ""
        who = initials(facts[0].staff)
        return text(told, who=who, site=site, about=words.about(facts[0].about), n=count(words, facts[0]))

    return sentence


FACTS: dict[str, Sentence] = {
    "absence": _absence,
    "busy": _busy,
    "meeting": _meeting,
    "pattern": _every("{who} : pas de travail sur place {halves}"),
    "authorisation": _every("{who} : pas d’autorisation d’accès à {site}"),
    "skill": _every("{who} : sans la compétence « {about} »"),
    "opening": _every("{site} n’ouvre pas {halves}"),
    "opening_hours": _every("{site} n’ouvre pas assez longtemps {halves}"),
    "closure": _closure,
    "holiday": _every("jour férié : {days}"),
    "access_notice": _counts(
        "{site} : la liste d’accès part {n} avant", lambda w, f: _days(w.sites[f.site].access_notice_days)
    ),
    "notice": _counts("le planning est annoncé {n} à l’avance", lambda w, _: _days(w.problem.notice_days)),
    "window": _window,
    "hours": _hours,
    "leave_notice": _counts(
        "l’autorisation de sortie se demande {n} avant",
        lambda w, f: _days(w.needs[f.about].leave_notice_days),
    ),
    "weekday": _counts(
        "{about} se tient le {n}", lambda w, f: weekday_named(w.promotions[f.about].weekday or 1)
    ),
    "half_day": _counts(
        "{about} se tient toujours {n}",
        lambda w, f: text("l’après-midi") if w.promotions[f.about].half_day == "pm" else text("le matin"),
    ),
    "previous": _every("la séquence précédente {about} n’est pas placée"),
    "spacing": _spacing,
    "speaker_dates": _speaker,
    "room": _room,
    "places": _counts(
        "{site} : {n}",
        lambda w, f: counted(
            "{n} place d’entretien", "{n} places d’entretien", w.sites[f.site].interview_places
        ),
    ),
    "partner_places": _counts(
        "{about} : {n} pour les partenaires",
        lambda w, f: counted("{n} place gardée", "{n} places gardées", w.cadences[f.about].partner_places),
    ),
    "booking": _every("{about} : place réservée par un partenaire le {days}"),
    "contract": _contract,
    "protected": _counts(
        "{who} : {n} par semaine",
        lambda w, f: counted(
            "{n} demi-journée à laisser libre",
            "{n} demi-journées à laisser libres",
            w.staff[f.staff].protected_half_days,
        ),
    ),
    "exception": _every("{about} : date retirée le {days}"),
    "pin": _assignments("déjà fixé : {things}"),
    "published": _assignments("déjà publié et annoncé : {things}"),
    "placed": _assignments("déjà placé : {things}"),
}
"""One entry for each kind of fact."""

GROUPED: dict[str, Callable[[Fact], str]] = {
    "busy": lambda fact: fact.staff,
    "pattern": lambda fact: fact.staff,
    "authorisation": lambda fact: fact.site,
    "skill": lambda fact: fact.about,
    "opening": lambda fact: fact.site,
    "opening_hours": lambda fact: fact.site,
    "holiday": lambda _: "",
    "room": lambda fact: fact.site,
    "booking": lambda fact: fact.about,
    "exception": lambda fact: fact.about,
    "pin": lambda _: "",
    "published": lambda _: "",
    "placed": lambda _: "",
}
"""By what facts of a kind are told together; others stand alone."""


def told_facts(words: FactWords, facts: Iterable[Fact]) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Sentences in the order of kinds, each with the facts that it tells.

    Facts that say the same of several people or half-days are one sentence.
    """
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda one: one.order):
        shared = GROUPED.get(fact.kind)
        groups[fact.kind, shared(fact) if shared else str(fact.order)].append(fact)
    told: dict[str, list[Fact]] = defaultdict(list)
    for (kind, _), group in groups.items():
        told[FACTS[kind](words, group)] += group
    return tuple((sentence, tuple(group)) for sentence, group in told.items())
