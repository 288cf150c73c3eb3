"""The month by person: the same columns, then load and the four fairness counts."""

from collections import defaultdict
from functools import partial

import msgspec

from planner.problem import Absence, Problem, StaffMember
from planner.records import HalfDay
from service.catalogue import text
from service.french_text import initials, percent
from service.pages.board.activities import Activity
from service.pages.board.calendar import Half
from service.pages.board.cells import Cell, Chip, Count, Ground, Load, Place, Row, Wish, cell_at, rows_of
from service.pages.board.chips import Words, chip_for_person, chip_of_interviews
from service.pages.board.fairness import counts
from service.pages.board.labels import Labels
from service.pages.board.presence import absences_by_half, available_halves

CUT = {"Formation": 4, "Indisponible": 6}
"""Words too long for the band of a day, and after how many letters French shortens them."""


class PersonRows:
    """Turns activities into rows. One use: `PersonRows(...).rows()`."""

    def __init__(self, problem: Problem, found: list[Activity], labels: Labels) -> None:
        self.problem, self.found, self.labels = problem, found, labels
        self.words = Words(problem, labels)
        self.engaged: dict[str, dict[Half, list[Activity]]] = defaultdict(lambda: defaultdict(list))
        for one in found:
            for person in one.staff:
                for half in one.halves:
                    self.engaged[person][one.on, half].append(one)

    def rows(
        self, places: list[Place], address: str, chosen: frozenset[str] = frozenset()
    ) -> tuple[Row, ...]:
        """One row a person, or of the chosen, by name; `address` is the place of the persons' pages."""
        everybody = sorted(self.problem.staff, key=lambda person: person.name)
        people = [person for person in everybody if not chosen or person.id in chosen]
        dates = sorted({place.day.on for place in places})
        available = {person.id: available_halves(self.problem, person, dates) for person in everybody}
        away = {person.id: absences_by_half(self.problem, person, dates) for person in people}
        wishes = {person.id: _wishes(person, places) for person in people}
        makers = [
            partial(self._cell, person, available[person.id], away[person.id], wishes[person.id])
            for person in people
        ]
        shares = counts(self.problem, self.found, available)
        drawn = zip(people, rows_of(places, makers), strict=True)
        return tuple(
            self._row(person, cells, available[person.id], shares[person.id], address)
            for person, cells in drawn
        )

    def free(self, places: list[Place]) -> dict[Half, int]:
        """How many people are available and not engaged, by half-day."""
        dates = sorted({place.day.on for place in places})
        left: dict[Half, int] = dict.fromkeys((place.key for place in places), 0)
        for person in self.problem.staff:
            busy = self.engaged.get(person.id, {})
            for half in available_halves(self.problem, person, dates):
                if half in left and half not in busy:
                    left[half] += 1
        return left

    def _row(
        self,
        person: StaffMember,
        cells: tuple[Cell, ...],
        available: set[Half],
        shares: tuple[Count, ...],
        address: str,
    ) -> Row:
        engaged = sum(1 for half in self.engaged.get(person.id, {}) if half in available)
        return Row(
            code=person.id,
            name=initials(person.id) if len(person.id) <= 3 else person.name,
            note=self.labels.roles.get(person.id, ""),
            cells=cells,
            address=f"{address}{person.id}",
            share=percent(person.etp_percent / 100),
            load=Load(engaged=engaged, available=len(available)),
            counts=shares,
        )

    def _cell(
        self,
        person: StaffMember,
        available: set[Half],
        away: dict[Half, Absence],
        wishes: dict[Half, Wish],
        place: Place,
    ) -> Cell | None:
        chips = self._chips(person, place)
        if place.day.holiday and not chips:
            return None
        if place.key in away and not chips:
            label = self.labels.absences.get(away[place.key].id) or text("Absence")
            return msgspec.structs.replace(cell_at(place, "away", band=label), cut=CUT.get(label, 0))
        ground: Ground = "open" if place.key in available or chips else "closed"
        return cell_at(place, ground, chips, wish=wishes.get(place.key, ""))

    def _chips(self, person: StaffMember, place: Place) -> tuple[Chip, ...]:
        several = self.engaged.get(person.id, {}).get(place.key, [])
        presences = [one for one in several if one.kind != "interview"]
        held = {one.site for one in presences if one.kind == "permanence"}
        interviews = [one for one in several if one.kind == "interview" and one.site not in held]
        if not presences:
            return (chip_of_interviews(initials(person.id), interviews),) if interviews else ()
        chips = [chip_for_person(self.words, presences[0], others=len(interviews))]
        return tuple(chips + [chip_for_person(self.words, one) for one in presences[1:]])


def _wishes(person: StaffMember, places: list[Place]) -> dict[Half, Wish]:
    """A date's wish wins over a weekday's."""
    weekly: dict[tuple[int, HalfDay], Wish] = {
        (one.weekday, one.half_day): one.wish for one in person.wishes if one.weekday is not None
    }
    dated: dict[Half, Wish] = {
        (one.on, one.half_day): one.wish for one in person.wishes if one.on is not None
    }
    found: dict[Half, Wish] = {}
    for place in places:
        wish = dated.get(place.key) or weekly.get((place.day.on.isoweekday(), place.half))
        if wish:
            found[place.key] = wish
    return found
