"""Where interviews fit: needs grouped when they are interchangeable, lanes of slots, and who takes which.

A lane is one person's slots in one half-day inside one holder (a permanence, an office half-day,
or the telephone). A group of interchangeable needs takes a counted number of places in a lane; a
need that is bound to an instant takes a slot by name.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from planner.fixed import FixedInterview
from planner.groups import Group, groups_to_place
from planner.local_minutes import Span
from planner.options import Place, Seat
from planner.prepare import Facts
from planner.problem import Interview
from planner.sizes import SIZES
from planner.thin import people_of, thinned
from planner.variables import Variables

OFFICE = -1
PHONE = -2


class Lane(NamedTuple):
    """`holder` is the index of a permanence, or OFFICE or PHONE; `free` the slots left by facts."""

    staff: str
    site: str
    half: int
    holder: int
    variable: int
    slots: tuple[Span, ...]
    free: tuple[int, ...]

    @property
    def on_site(self) -> bool:
        return self.holder != PHONE


class Take(NamedTuple):
    """A group's places in a lane: any of the slots `first..last`, or exactly these in a row."""

    group: int
    lane: int
    variable: int
    first: int
    last: int
    counted: bool


class Interviews:
    """Groups, lanes and takes of a month."""

    def __init__(
        self,
        variables: Variables,
        published: dict[tuple[str, int], FixedInterview],
        most: int = SIZES.looked_through,
        *,
        empty: bool = False,
    ) -> None:
        """`published`: interviews of the published plan, by need and number; `empty`: place none.

        Above `most` takes, not every place is looked at.
        """
        self.variables = variables
        self.published = published
        self.facts: Facts = variables.facts
        self.busy: dict[tuple[str, int], list[FixedInterview]] = defaultdict(list)
        for interview in variables.fixed.interviews:
            self.busy[interview.staff, interview.half].append(interview)
        groups = groups_to_place(self.facts, variables.fixed.interviews, frozenset(published))
        self.groups = () if empty else tuple(groups)
        self.lanes: list[Lane] = []
        self.takes: list[Take] = []
        self.by_group: dict[int, list[Take]] = defaultdict(list)
        self.by_lane: dict[int, list[Take]] = defaultdict(list)
        self.phones: dict[tuple[str, int], int] = {}
        for staff, half in dict.fromkeys(
            (i.staff, i.half) for i in variables.fixed.interviews if i.site is None
        ):
            self.phones[staff, half] = variables.program.variable(fixed=True)
        self._grids: dict[int, list[str]] = {}
        self._present_at: dict[tuple[str, int], frozenset[str]] = {}
        self._lane_of: dict[tuple[str, str, int, int], int | None] = {}
        self._holders: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        for index, occurrence in enumerate(variables.occurrences):
            if occurrence.kind == "permanence":
                for half in occurrence.halves:
                    self._holders[occurrence.site, half].append((index, occurrence.site))
        self._thin = thinned(variables, self.groups, most)
        self.is_thinned = self._thin is not None
        for index, group in enumerate(self.groups):
            self._add_takes(index, group)

    def takes_of(self, key: tuple[str, int]) -> list[Take]:
        """The takes of one need and number that has a group of its own."""
        index = self._group_of.get(key)
        return [] if index is None else self.by_group[index]

    @cached_property
    def _group_of(self) -> dict[tuple[str, int], int]:
        alone = (index for index, group in enumerate(self.groups) if group.size == 1)
        return {(self.groups[index].need.id, self.groups[index].members[0][1]): index for index in alone}

    def _add_takes(self, index: int, group: Group) -> None:
        self.variables.program.pulse()
        for key in self._keys_of(index, group):
            lane = self._lane(key)
            if lane is not None:
                self._take(index, group, lane)

    def _keys_of(self, index: int, group: Group) -> Iterator[tuple[str, str, int, int]]:
        """Lanes to consider, in order of time; of a thinned month some of them."""
        need, people = group.need, people_of(self.facts, group.need)
        thin = None if (need.id, group.members[0][1]) in self.published else self._thin
        if thin and need.mode == "on_site" and thin.strides[index] > 1:
            yield from thin.keys(index, group)
            return
        for half in range(2 * group.window.first, 2 * group.window.last + 2):
            for number, person in enumerate(self._there(need, people, half)):
                if thin is None or need.mode == "on_site" or thin.calls(index, number, half):
                    yield from self._keys(need, person, half)

    def _there(self, need: Interview, people: list[str], half: int) -> list[str]:
        """Those of the people who could be at a site of the need, in the same order."""
        if len(people) == 1 or need.mode != "on_site":
            return people
        found: set[str] = set()
        for site in need.sites:
            found.update(self._present(site, half))
        return [person for person in people if person in found]

    def _present(self, site: str, half: int) -> frozenset[str]:
        """Who could hold an interview at a site in a half-day."""
        key = (site, half)
        if key not in self._present_at:
            variables = self.variables
            found = {person for holder, _ in self._holders.get(key, ()) for person in variables.team[holder]}
            if self.facts.sites[site].kind == "bureau":
                found |= {one for one in self.facts.admitted[site] if (one, half) in self.facts.hours}
            self._present_at[key] = frozenset(found)
        return self._present_at[key]

    def _keys(self, need: Interview, person: str, half: int) -> Iterator[tuple[str, str, int, int]]:
        """Lanes to consider: (person, site, half-day, holder)."""
        if need.mode != "on_site":
            for site in self._phone_grids(half):
                yield person, site, half, PHONE
            return
        for site in need.sites:
            for holder, _ in self._holders.get((site, half), ()):
                if person in self.variables.team[holder] and not self._is_seated(person, site, half, holder):
                    yield person, site, half, holder
            if not need.only_in_permanence and self.facts.sites[site].kind == "bureau":
                yield person, site, half, OFFICE

    def staying(self, person: str, holder: int, half: int) -> list[FixedInterview]:
        """The interviews that stay of a person who holds a permanence, and are part of it."""
        site = self.variables.occurrences[holder].site
        kept = [one for one in self.busy.get((person, half), ()) if one.site == site]
        return [] if kept and self._is_seated(person, site, half, holder) else kept

    def _is_seated(self, person: str, site: str, half: int, holder: int) -> bool:
        """Whether a permanence that stays there comes before: an interview is part of the first one of its person."""
        variables = self.variables
        of = variables.occurrences[holder].of
        return any(
            variables.occurrences[other].of < of
            and person in variables.team[other]
            and variables.program.lower[variables.team[other][person]]
            for other, _ in self._holders[site, half]
        )

    def _starts(self, lane: Lane, probe: Place) -> list[int]:
        """The slots of a lane at which an interview may begin; asked once where no hour matters."""
        need, slots = probe.need, lane.slots
        runs = lane.free
        if need.slots > 1:
            runs = tuple(s for s in runs if all(s + more in lane.free for more in range(need.slots)))
        if not runs:
            return []
        if need.participant is None and (need.id, probe.number) not in self.published:
            return list(runs) if self.variables.allows(probe) else []
        return [
            first
            for first in runs
            if self.variables.allows(
                probe._replace(span=Span(slots[first].start, slots[first + need.slots - 1].end))
            )
        ]

    def _phone_grids(self, half: int) -> list[str]:
        """One office for each different set of slots of that half-day."""
        if half not in self._grids:
            grids: dict[tuple[Span, ...], str] = {}
            for site in self.facts.offices:
                window = self.facts.windows.get((site, half))
                if window:
                    grids.setdefault(window.slots, site)
            self._grids[half] = list(grids.values())
        return self._grids[half]

    def _lane(self, key: tuple[str, str, int, int]) -> int | None:
        """The index of a lane, made at first asking; none when nothing can take place in it."""
        if key not in self._lane_of:
            self._lane_of[key] = self._make_lane(*key)
        return self._lane_of[key]

    def _make_lane(self, staff: str, site: str, half: int, holder: int) -> int | None:
        window = self.facts.windows.get((site, half))
        if window is None or (holder == OFFICE and not self.variables.allows_office((staff, site, half))):
            return None
        if holder == PHONE and self._is_away(staff, half):
            return None
        # What is fixed may run over from the other half of the day.
        taken = [one.span for each in (half, half ^ 1) for one in self.busy.get((staff, each), ())]
        # In a permanence it is the permanence that is judged, not each interview.
        seat = Seat(staff, site if holder != PHONE else None, half, window.span)
        full = self._booked_slots(holder, half)
        free = tuple(
            index
            for index, slot in enumerate(window.slots)
            if index not in full
            and not any(slot.touches(span) for span in taken)
            and (holder >= 0 or self.variables.allows(seat._replace(span=slot)))
        )
        if not free:
            return None
        variable = self._holder_variable(staff, site, half, holder)
        if variable is None:
            return None
        self.lanes.append(Lane(staff, site, half, holder, variable, window.slots, free))
        return len(self.lanes) - 1

    def _is_away(self, staff: str, half: int) -> bool:
        """Whether a permanence or session that stays keeps a person from calling anybody else."""
        lower = self.variables.program.lower
        there = self.variables.presences.get((staff, half), ())
        return any(lower[variable] and presence.kind != "office" for variable, presence in there)

    def _booked_slots(self, holder: int, half: int) -> frozenset[int]:
        """Slots of a permanence in which partners booked everybody there."""
        if holder < 0:
            return frozenset()
        work, team = self.variables.work(holder), self.variables.team[holder]
        occurrence = self.variables.occurrences[holder]
        kept = self.variables.fixed.occurrences.get((occurrence.of, occurrence.half))
        people = len(team) if kept and kept.complete else work.staff_count
        booked: Mapping[int, int] = self.facts.booked.get((occurrence.of[0], half), {})
        return frozenset(slot for slot, count in booked.items() if count >= people)

    def _holder_variable(self, staff: str, site: str, half: int, holder: int) -> int | None:
        if holder == OFFICE:
            return self.variables.office(staff, site, half)
        if holder != PHONE:
            return self.variables.team[holder][staff]
        if (staff, half) not in self.phones:
            self.phones[staff, half] = self.variables.program.variable()
        return self.phones[staff, half]

    def _take(self, index: int, group: Group, lane_index: int) -> None:
        lane, need = self.lanes[lane_index], group.need
        site = lane.site if lane.on_site else None
        number = group.members[0][1]
        probe = Place(need, lane.staff, site, lane.half, lane.slots[0], number)
        starts = self._starts(lane, probe)
        if not starts:
            return
        program = self.variables.program
        if group.counted and all(slot in starts for slot in lane.free if starts[0] <= slot <= starts[-1]):
            variable = program.variable(min(group.size, len(starts)))
            found = [Take(index, lane_index, variable, starts[0], starts[-1], True)]
            stays = self.published.get((need.id, number))
            if stays is not None:
                found += [
                    Take(index, lane_index, program.variable(), slot, slot, False)
                    for slot in starts
                    if lane.slots[slot].start == stays.span.start
                ]
        else:
            found = [
                Take(index, lane_index, program.variable(), first, first + need.slots - 1, False)
                for first in starts
            ]
        for take in found:
            self.takes.append(take)
            self.by_group[index].append(take)
            self.by_lane[lane_index].append(take)
