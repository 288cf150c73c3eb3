"""The month by site: one row a site with something in it, then workshops, then the team's meetings."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from planner.plan import Plan, Unplaced
from planner.problem import Cadence, Problem, Site
from service.catalogue import text
from service.french_text import listed, long_date, weekday_named
from service.pages.board.activities import Activity
from service.pages.board.calendar import Half
from service.pages.board.cells import Badge, Cell, Chip, Place, Row, cell_at, rows_of
from service.pages.board.chips import Words, chip_for_site, chip_of_interviews
from service.pages.board.counts import own_interviews, placed_among
from service.pages.board.labels import Labels
from service.pages.board.presence import closure, opening

One = TypeVar("One")

WORKSHOPS, TEAM = "ateliers", "equipe"
FEW_ROWS = 16
"""More rows than this come in groups that fold."""


class SiteRows:
    """Turns activities into rows. One use: `SiteRows(...).rows()`."""

    def __init__(self, problem: Problem, plan: Plan, found: list[Activity], labels: Labels) -> None:
        self.problem, self.plan, self.found, self.labels = problem, plan, found, labels
        self.words = Words(problem, labels)
        self.cells: dict[str, dict[Half, list[Activity]]] = defaultdict(lambda: defaultdict(list))
        self.with_permanence = {(one.site, *one.first) for one in found if one.kind == "permanence"}
        self.against = Counter(one.about for one in found if one.against)
        self.against_met = Counter(one.about for one in found if one.against and one.kind == "interview")
        self.open_cadences = {cadence.id for cadence in problem.cadences if cadence.kind == "session"}
        for one in found:
            row = self._row_of(one)
            for half in one.halves if row else ():
                self.cells[row][one.on, half].append(one)
        self.holes = holes(problem, plan)
        self.interviews = _grouped_by((one.sites[0], one) for one in own_interviews(problem) if one.sites)
        self.standing = _grouped_by(
            (one.site, one.id) for one in problem.cadences if one.kind == "permanence"
        )
        self.promotions = _grouped_by((one.site, one.id) for one in problem.promotions)
        first_sites = {one.id: one.sites[0] for one in problem.interviews if one.sites}
        self.interviews_left = _grouped_by(
            (first_sites.get(one.need), one) for one in plan.unplaced if one.need
        )
        self.met_at = _grouped_by((one.site, one.need) for one in plan.interviews)
        self.met = Counter(one.need for one in plan.interviews)
        self.placed = Counter(one.cadence for one in plan.permanences)
        self.placed.update(one.cadence for one in plan.sessions if one.cadence)
        self.placed_steps = Counter(one.promotion for one in plan.sessions)

    def rows(
        self,
        places: list[Place],
        address: str,
        *,
        chosen: frozenset[str] = frozenset(),
        missing_only: bool = False,
    ) -> tuple[Row, ...]:
        """All rows, or the chosen sites; `address` is the place of the sites' pages, ending with a slash.

        Many rows come in groups of a kind of site.
        """
        known = sorted(
            self.problem.sites, key=lambda site: self.labels.order.get(site.id, len(self.labels.order))
        )
        sites = [site for site in known if self._worth_a_row(site)]
        codes = [site.id for site in sites] + [code for code in (WORKSHOPS, TEAM) if self._has(code)]
        by_code = {site.id: site for site in sites}
        codes = [code for code in codes if not chosen or code in chosen]
        if missing_only:
            codes = [code for code in codes if self._is_short(code, by_code.get(code))]
        rows: list[Row] = []
        for group, members in self._grouped(codes, by_code):
            makers = [partial(self._cell, code, by_code.get(code)) for code in members]
            for code, cells in zip(members, rows_of(places, makers), strict=True):
                row = self._row(code, by_code.get(code), cells, address)
                rows.append(msgspec.structs.replace(row, group=group))
        return tuple(rows)

    def _grouped(self, codes: list[str], by_code: dict[str, Site]) -> list[tuple[str, list[str]]]:
        """By kind of site, in the order of the first of each; without a name when they are few, or no site."""
        if len(codes) <= FEW_ROWS:
            return [("", codes)]
        found: dict[str, list[str]] = {}
        for code in codes:
            site = by_code.get(code)
            found.setdefault(self.labels.site_kind(site.kind) if site else "", []).append(code)
        return list(found.items())

    def _is_short(self, code: str, site: Site | None) -> bool:
        badge = self._site_badge(site) if site else self._badge(self.open_cadences, set())
        return badge is not None and badge.state == "missing" and (site is not None or code == WORKSHOPS)

    def _row_of(self, one: Activity) -> str:
        if one.kind == "workshop":
            return WORKSHOPS
        if one.kind == "meeting":
            return TEAM
        inside = one.kind == "interview" and (one.site, *one.first) in self.with_permanence
        return "" if inside or one.site is None else one.site

    def _has(self, code: str) -> bool:
        if code == TEAM:
            return bool(self.problem.staff)
        return code in self.cells or bool(self.open_cadences)

    def _worth_a_row(self, site: Site) -> bool:
        asked = (self.standing, self.promotions, self.cells, self.interviews)
        return any(site.id in one for one in asked)

    def _cell(self, code: str, site: Site | None, place: Place) -> Cell | None:
        chips = self._chips(code, place)
        if site is None:
            return None if place.day.holiday and not chips else cell_at(place, chips=chips)
        if place.day.holiday and not chips:
            return None
        shut = closure(site, place.day.on, place.half)
        if shut and not chips:
            return cell_at(place, "shut", band=text("Fermé"))
        opened = opening(site, place.day.on, place.half) is not None
        return cell_at(place, "open" if opened or chips else "closed", chips)

    def _chips(self, code: str, place: Place) -> tuple[Chip, ...]:
        several = self.cells[code].get(place.key, []) if code in self.cells else []
        chips = [chip_for_site(self.words, one) for one in several if one.kind != "interview"]
        interviews = [one for one in several if one.kind == "interview"]
        if interviews:
            chips.append(chip_of_interviews(self.words.site(code), interviews))
        if not chips and place.key in self.holes.get(code, {}):
            chips.append(_hole(self.words.site(code), place, self.holes[code][place.key]))
        return tuple(chips)

    def _row(self, code: str, site: Site | None, cells: tuple[Cell, ...], address: str) -> Row:
        if site is None:
            workshop = code == WORKSHOPS
            name, note = (
                (text("Ateliers"), text("Et sorties, hors les murs"))
                if workshop
                else (text("Équipe"), text("Réunions"))
            )
            badge = self._badge(self.open_cadences, set()) if workshop else None
            return Row(code=code, name=name, note=note, cells=cells, badge=badge)
        return Row(
            code=site.id,
            name=site.name,
            note=self._note(site),
            cells=cells,
            badge=self._site_badge(site),
            address=f"{address}{site.id}",
        )

    def _note(self, site: Site) -> str:
        kind = self.labels.site_kind(site.kind)
        promotions = [one for one in self.problem.promotions if one.site == site.id]
        if promotions:
            days = [text("le {day}", day=weekday_named(one.weekday)) for one in promotions if one.weekday]
            return " · ".join([self.labels.promotion(promotions[0].id), *days[:1]])
        rhythm = [
            _short_rhythm(one)
            for one in self.problem.cadences
            if one.site == site.id and one.kind == "permanence"
        ]
        return " · ".join([kind, *rhythm[:1]]) if rhythm else text("{kind} · entretiens", kind=kind)

    def _site_badge(self, site: Site) -> Badge | None:
        cadences, promotions = self._asking(site.id)
        if cadences or promotions:
            return self._badge(cadences, promotions)
        return self._interview_badge(site)

    def left_out(self, code: str) -> list[Unplaced]:
        """What is not placed of a row's need, as its badge counts it."""
        if code == WORKSHOPS:
            return self._left_of(self.open_cadences, set())
        cadences, promotions = self._asking(code)
        return (
            self._left_of(cadences, promotions)
            if cadences or promotions
            else self.interviews_left.get(code, [])
        )

    def broken(self, code: str) -> list[Activity]:
        """What breaks a rule of what is placed of a row's need, as its badge counts it."""
        cadences, promotions = (self.open_cadences, set()) if code == WORKSHOPS else self._asking(code)
        asked = cadences | promotions
        mine = asked or {need.id for need in self.interviews.get(code, ())}
        return [
            one
            for one in self.found
            if one.against and one.about in mine and (one.kind == "interview") is not bool(asked)
        ]

    def _asking(self, site: str) -> tuple[set[str], set[str]]:
        """Cadences of permanences and promotions of a site."""
        return set(self.standing.get(site, ())), set(self.promotions.get(site, ()))

    def _left_of(self, cadences: set[str], promotions: set[str]) -> list[Unplaced]:
        return [one for one in self.plan.unplaced if one.cadence in cadences or one.promotion in promotions]

    def _badge(self, cadences: set[str], promotions: set[str]) -> Badge | None:
        placed = sum(self.placed[one] for one in cadences) + sum(self.placed_steps[one] for one in promotions)
        left = sum(one.count for one in self._left_of(cadences, promotions))
        mine = [one for one in self.problem.cadences if one.id in cadences]
        on_demand = not promotions and not left and not any(one.asked or one.weekdays for one in mine)
        against = sum(self.against[one] for one in cadences | promotions)
        return Badge(placed=placed, asked=None if on_demand else placed + left, against=against)

    def _interview_badge(self, site: Site) -> Badge | None:
        needs = self.interviews.get(site.id, [])
        placed = placed_among(needs, self.met)
        left = sum(one.count for one in self.interviews_left.get(site.id, ()))
        mine = {need.id for need in needs}
        against = sum(self.against_met[one] for one in mine)
        here = Counter(self.met_at.get(site.id, ()))
        own = sum(min(need.count, here[need.id]) for need in needs)
        if not placed and not left:
            return None
        return Badge(
            placed=placed,
            asked=placed + left,
            against=against,
            beside=here.total() - own,
            away=placed - own,
        )


def _grouped_by(pairs: Iterable[tuple[str | None, One]]) -> dict[str | None, list[One]]:
    """What belongs to each site, in the order given: a hundred rows would search everything anew."""
    found: dict[str | None, list[One]] = {}
    for site, one in pairs:
        found.setdefault(site, []).append(one)
    return found


def _short_rhythm(cadence: Cadence) -> str:
    """The same as `rhythm_words` in the little room of a row's head: 3/mois."""
    words = rhythm_words(cadence)
    return words.replace(text(" par mois"), text("/mois"))


def rhythm_words(cadence: Cadence) -> str:
    """3 par mois; 2 à 3; le mardi; à la demande."""
    if cadence.weekdays and not cadence.asked:
        return text("le {days}", days=listed(weekday_named(one) for one in cadence.weekdays))
    if not cadence.asked:
        return text("à la demande")
    if cadence.up_to:
        return text("{least} à {most} par mois", least=cadence.asked, most=cadence.asked + cadence.up_to)
    return text("{asked} par mois", asked=cadence.asked)


def holes(problem: Problem, plan: Plan) -> dict[str, dict[Half, Unplaced]]:
    """By site, the half-days where an unplaced permanence would stand if a fact changed."""
    homes = {cadence.id: cadence.site for cadence in problem.cadences if cadence.kind == "permanence"}
    open_sites = {site.id: site for site in problem.sites}
    found: dict[str, dict[Half, Unplaced]] = {}
    for one in plan.unplaced:
        if one.cadence is None or homes.get(one.cadence) is None:
            continue
        site = open_sites[homes[one.cadence]]
        for half in _halves_of_reason(one):
            if opening(site, *half) is not None and closure(site, *half) is None:
                found.setdefault(site.id, {})[half] = one
    return found


def _halves_of_reason(one: Unplaced) -> list[Half]:
    from_json = [(fact.get("on"), fact.get("half_day")) for fact in one.reason.facts]
    return [(_as_date(on), half) for on, half in from_json if on and half in ("am", "pm")]


def _as_date(on: object) -> date:
    return on if isinstance(on, date) else date.fromisoformat(str(on))


def _hole(site: str, place: Place, left_out: Unplaced) -> Chip:
    sentence = text(
        "{site}, {day} : besoin non placé, place possible si un fait change",
        site=site,
        day=long_date(place.day.on),
    )
    return Chip(kind="hole", lines=("?",), sentence=sentence, need=f"cadence/{left_out.cadence}")
