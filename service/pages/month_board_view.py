"""The month board as one struct that the templates only draw: rows, columns, needs, goals, verdict.

Pure functions of a problem, a plan and words: the same view serves drafts, published versions,
scenarios and files.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

import msgspec

from planner.plan import Plan
from planner.problem import Problem
from service.french_text import day_date, half_day, initials
from service.messages.kept_breaches import kept_breach
from service.messages.levels import edited_sentence, outdated_sentence, result_sentence
from service.messages.said_once import said_once
from service.pages.board.activities import Activity, marked
from service.pages.board.agenda import AgendaDay, agenda
from service.pages.board.by_person import PersonRows
from service.pages.board.by_site import SiteRows
from service.pages.board.calendar import Day, Week, weeks, working_days
from service.pages.board.cells import Free, Ground, Place, Row, columns
from service.pages.board.counts import against_words, counted_words
from service.pages.board.kept_contents import Contents, contents_of
from service.pages.board.labels import Labels
from service.pages.board.marks import marks_of
from service.pages.board.standing import Check, Standing, check_of, expecting, with_presences_of
from service.pages.board.todo import Need, closed
from service.pages.board.verdict import Goal, details, goals
from service.pages.board.version import Version

Grouping = Literal["lieu", "personne"]
Shape = Literal["mois", "semaine", "jour", "liste"]

TABLES: frozenset[Shape] = frozenset({"mois", "semaine"})

MOST_COLUMNS = 46
"""The half-days of 23 working days: what the heads have room for in one line."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a board is made from. Without a plan it shows holidays, closures and absences only."""

    problem: Problem
    plan: Plan | None = None
    labels: Labels = Labels()
    version: Version | None = None
    standing: Standing | None = None
    """What of the plan holds by the facts of this moment, where somebody works on it."""

    @property
    def drawn(self) -> Problem:
        """Who is there and what is open by now, and all that the plan speaks of."""
        return with_presences_of(self.standing.problem, self.problem) if self.standing else self.problem

    @property
    def expecting(self) -> Problem:
        """With what publications took away and somebody still waits for."""
        dropped = self.standing.dropped if self.standing else ()
        return expecting(self.problem, dropped) if dropped else self.problem

    @property
    def against(self) -> Mapping[str, tuple[str, ...]]:
        return self.standing.against if self.standing else {}

    @property
    def made_good(self) -> bool:
        return self.standing is not None and self.standing.made_good

    @property
    def decisions(self) -> int:
        """Rules that are broken because somebody decided so."""
        if self.standing is not None:
            return len(self.standing.decided)
        kept = self.plan.overruled if self.plan else ()
        return len(said_once(map(kept_breach, kept)))


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody wants to look at the month. `around_on` chooses the week or the day."""

    by: Grouping = "lieu"
    shape: Shape = "mois"
    around_on: date | None = None
    sites: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    missing_only: bool = False
    saturdays: bool = False

    @property
    def filtered(self) -> bool:
        return bool(self.sites or self.people or self.kinds or self.missing_only)


class Board(msgspec.Struct, frozen=True, kw_only=True):
    by: Grouping
    shape: Shape
    first_on: date
    last_on: date
    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    free: tuple[Free, ...]
    days: tuple[AgendaDay, ...]
    needs: tuple[Need, ...]
    closed: tuple[str, ...]
    """What a closure or a holiday takes from a cadence, one line each."""
    goals: tuple[Goal, ...]
    levels: tuple[Goal, ...]
    sites: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    """Codes and names to choose from, whatever is shown."""
    decisions: int
    check: Check
    falling: tuple[str, ...]
    wants_anew: bool
    """What falls by these facts, in sentences."""
    against: tuple[str, ...]
    """How much of what is placed breaks a rule, kind by kind, in words."""
    counts: tuple[str, ...]
    """What is placed of what is asked, kind by kind, in words."""
    verdict: str
    version: Version | None
    empty: bool
    """There is no plan yet."""
    filtered: bool
    dense: bool

    @property
    def is_table(self) -> bool:
        """Rows of sites or people; a day and a list are in order of hours, whatever is grouped."""
        return self.shape in TABLES

    @property
    def days_drawn(self) -> tuple[Day, ...]:
        return tuple(day for week in self.weeks for day in week.days)

    @property
    def grounds(self) -> frozenset[Ground]:
        """The grounds that the cells have, for the legend."""
        return frozenset(cell.ground for row in self.rows for cell in row.cells)

    @property
    def columns(self) -> int:
        """Half-days that are drawn."""
        return 2 * len(self.days_drawn)

    @property
    def crowded(self) -> bool:
        """More days than the working days of a month: six weeks with their Saturdays."""
        return self.columns > MOST_COLUMNS

    @property
    def groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Rows that stand together under a name; without one when they are few."""
        return tuple((name, tuple(rows)) for name, rows in groupby(self.rows, key=lambda row: row.group))

    @property
    def unplaced_count(self) -> int:
        return sum(need.count for need in self.needs)


def month_board(facts: Facts, options: Options, *, base: str = "/") -> Board:
    """The board of a month, or of the one week or day asked for. `base` starts the rows' addresses."""
    problem, plan, labels, known = facts.problem, facts.plan or Plan(), facts.labels, _contents(facts)
    everything, standing, drawn_on = marked(known.activities, facts.against), facts.standing, facts.drawn
    found = [one for one in everything if _wanted(one, options)]
    dates = _dates(problem, options, found)
    places = columns(drawn := weeks(dates, marks_of(drawn_on, labels)))
    grid, people = options.shape in TABLES, PersonRows(drawn_on, everything, labels)
    shown = people if len(found) == len(everything) else PersonRows(drawn_on, found, labels)
    rows = _rows(facts, options, shown, found, places, base) if grid else ()
    return Board(
        by=options.by,
        shape=options.shape,
        first_on=problem.first_on,
        last_on=problem.last_on,
        weeks=drawn,
        rows=rows,
        free=_free(people, places) if grid else (),
        days=() if grid else agenda(problem, found, labels, dates),
        needs=known.needs,
        closed=closed(problem, plan, labels),
        goals=goals(plan) if plan.levels else (),
        levels=details(plan),
        sites=tuple((site.id, site.name) for site in problem.sites),
        people=tuple((person.id, initials(person.id)) for person in problem.staff),
        decisions=facts.decisions,
        check=check_of(standing),
        falling=standing.falling if standing else (),
        wants_anew=standing is None or standing.wants_anew,
        against=against_words(everything),
        counts=counted_words(problem, plan),
        verdict=_verdict(facts),
        version=facts.version,
        empty=facts.plan is None,
        filtered=options.filtered,
        dense=options.by == "personne" and len(rows) >= 15,
    )


def activities_of(facts: Facts) -> tuple[Activity, ...]:
    """All that the version holds, whatever is shown of it."""
    return _contents(facts).activities


def _contents(facts: Facts) -> Contents:
    plan_id = facts.version.plan_id if facts.version else None
    return contents_of(plan_id, facts.problem, facts.plan or Plan(), facts.labels)


def _verdict(facts: Facts) -> str:
    if facts.plan is None:
        return ""
    version = facts.version
    if version is not None and version.outdated is not None:
        return outdated_sentence(facts.plan, version.outdated, edited=version.edited)
    if version is not None and version.edited:
        return edited_sentence(facts.plan)
    return result_sentence(facts.plan)


def _rows(
    facts: Facts, options: Options, people: PersonRows, found: list[Activity], places: list[Place], base: str
) -> tuple[Row, ...]:
    if options.by == "personne":
        return people.rows(places, f"{base}fiche/equipe/", options.people)
    sites = SiteRows(facts.drawn, facts.plan or Plan(), found, facts.labels)
    return sites.rows(places, f"{base}fiche/lieux/", chosen=options.sites, missing_only=options.missing_only)


def _wanted(one: Activity, options: Options) -> bool:
    if options.kinds and one.kind not in options.kinds:
        return False
    if options.by == "personne" and options.sites and one.site not in options.sites:
        return False
    return options.by == "personne" or not options.people or bool(options.people.intersection(one.staff))


def _dates(problem: Problem, options: Options, found: list[Activity]) -> list[date]:
    dates = working_days(
        problem.first_on, problem.last_on, saturdays=options.saturdays, needed=(one.on for one in found)
    )
    around = looked_at(problem, options.around_on, problem.today_on)
    if options.shape == "jour":
        return [around]
    if options.shape == "semaine":
        monday = around - timedelta(days=around.weekday())
        return [on for on in dates if monday <= on < monday + timedelta(days=7)] or [around]
    return dates


def looked_at(problem: Problem, asked_on: date | None, today_on: date | None) -> date:
    """The day, or a day of the week, that is shown: of a month to come the first on which anybody works."""
    wanted = asked_on or today_on or problem.first_on
    if asked_on is None and wanted <= problem.first_on:
        days = working_days(problem.first_on, problem.last_on)
        return next((on for on in days if on not in problem.holidays), problem.first_on)
    return min(max(wanted, problem.first_on), problem.last_on)


def _free(people: PersonRows, places: list[Place]) -> tuple[Free, ...]:
    counts = people.free(places)
    return tuple(
        Free(
            count=None if place.day.holiday else counts[place.key],
            first_of_week=place.first_of_week,
            ends_day=place.ends_day,
            words=f"{day_date(place.day.on)} {half_day(place.half)}",
        )
        for place in places
    )
