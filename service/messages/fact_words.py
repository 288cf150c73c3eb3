"""The words of one problem that sentences about its facts are made of."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.plan_keys import sequence_key
from planner.plan_view import Activity, Visit
from planner.wanted import Wanted
from planner.why.fact import Fact
from service.catalogue import text
from service.french_text import clock, day_date, half_day, initials, listed, plain_period, weekday_named
from service.messages.assignment_words import Things

MOST_HALVES = 8
MOST_PEOPLE, FIRST_PEOPLE = 12, 6


class FactWords:
    """Words the facts of one problem; `things` are the assignments of the plan by name.

    `wanted` is what the facts block, where they are those of one thing.
    """

    def __init__(
        self, words: Things, things: dict[str, Activity | Visit], wanted: Wanted | None = None
    ) -> None:
        self.words = words
        self.wanted = wanted
        self.things = things
        self.problem = words.problem
        self.staff = {person.id: person for person in self.problem.staff}
        self.sites = {site.id: site for site in self.problem.sites}
        self.cadences = {cadence.id: cadence for cadence in self.problem.cadences}
        self.needs = {need.id: need for need in self.problem.interviews}
        self.steps = {sequence_key(p.id, s.id): (p, s) for p in self.problem.promotions for s in p.sequences}
        self.promotions = {promotion.id: promotion for promotion in self.problem.promotions}

    def seats(self) -> int:
        """How many a room must hold for what is wanted; 0 where that is not known."""
        if self.wanted is None:
            return 0
        if self.wanted.promotion is not None:
            return self.promotions[self.wanted.promotion].seats
        cadence = self.cadences.get(self.wanted.cadence or "")
        return cadence.seats if cadence else 0

    def placed_of(self, cadence: str) -> list[str]:
        """The dates at which the cadence that is wanted stands already: le mardi 22 décembre."""
        if self.wanted is None or self.wanted.cadence != cadence:
            return []
        own = (one for one in self.things.values() if not isinstance(one, Visit))
        dates = {one.on for one in own if one.cadence is not None and one.cadence.id == cadence}
        return [text("le {day}", day=day_date(on)) for on in sorted(dates)][:MOST_HALVES]

    def sites_asked(self) -> tuple[str, ...]:
        """Where the interview that is wanted may be held, in words."""
        need = self.needs.get(self.wanted.need or "") if self.wanted else None
        return tuple(self.words.site(site) for site in need.sites) if need else ()

    def halves(self, facts: Iterable[Fact]) -> str:
        """le lundi matin, le mardi ; both halves of a day are the day."""
        days: dict[int, list[str]] = defaultdict(list)
        for fact in facts:
            days[fact.weekday or 1].append(fact.half_day or "")
        told = [
            text("le {day}", day=weekday_named(day))
            if len(set(halves)) == 2
            else text("le {day} {half}", day=weekday_named(day), half=half_day(halves[0]))
            for day, halves in sorted(days.items())
        ]
        return (
            listed(told, "ni") if len(told) <= MOST_HALVES else text("{n} jours de la semaine", n=len(told))
        )

    def span(self, starts_at: datetime, ends_at: datetime) -> str:
        zone = ZoneInfo(self.problem.zone)
        start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
        if end.time() == time() and start.time() == time():
            return self.days(start.date(), (end - timedelta(minutes=1)).date())
        if start.date() == end.date():
            hours = text("de {start} à {end}", start=clock(start.time()), end=clock(end.time()))
            return text("le {day} {hours}", day=day_date(start.date()), hours=hours)
        return self.days(start.date(), end.date())

    def days(self, first_on: date, last_on: date) -> str:
        if first_on == last_on:
            return text("le {day}", day=day_date(first_on))
        return text("du {start} au {end}", start=day_date(first_on), end=day_date(last_on))

    def window(self, from_on: date, until_on: date) -> str:
        return plain_period(from_on, until_on)

    def people(self, facts: Iterable[Fact]) -> str:
        """One by one; of many the first, and how many others, or that it is the whole team."""
        codes = list(dict.fromkeys(fact.staff for fact in facts))
        if len(codes) <= MOST_PEOPLE:
            return listed(map(initials, codes))
        if len(codes) == len(self.staff):
            return text("toute l’équipe ({n} personnes)", n=len(codes))
        first = ", ".join(map(initials, codes[:FIRST_PEOPLE]))
        return text("{who} et {n} autres", who=first, n=len(codes) - FIRST_PEOPLE)

    def about(self, code: str) -> str:
        """A need, a cadence or a sequence by its words."""
        if code in self.steps:
            return self.words.step(code)
        if code in self.needs:
            return self.words.need(code)
        return self.words.name(code)
