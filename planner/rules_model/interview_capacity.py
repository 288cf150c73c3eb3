"""Rule `interview_capacity`, the solver's half."""

from collections import defaultdict

from planner.lanes import Lane, Take
from planner.model import Model

Terms = list[tuple[int, int]]


def post(model: Model) -> None:
    """Slots of a lane, one person at a time across lanes, and the interview places of a site."""
    tight = _tight(model)
    used: dict[int, dict[int, Terms]] = {}
    for index in range(len(model.interviews.lanes)):
        takes = model.interviews.by_lane[index]
        if index in tight:
            used[index] = _name_slots(model, index, takes)
        _post_lane(model, index, takes, used.get(index))
    _post_person(model, used)
    _post_sites(model, used)


def _tight(model: Model) -> set[int]:
    """Lanes whose slots must be told apart: two kinds of lane of one person, or few places at a site.

    A permanence that is only chosen leaves no telephone beside it (`one_place_at_a_time`), so it is of no other kind
    than the lanes that are.
    """
    lanes = model.interviews.lanes
    people: dict[tuple[str, int], list[int]] = defaultdict(list)
    sites: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, lane in enumerate(lanes):
        people[lane.staff, lane.half].append(index)
        if lane.on_site:
            sites[lane.site, lane.half].append(index)
    found: set[int] = set()
    for indices in people.values():
        if _settled_holders(model, indices) > 1:
            found.update(indices)
            continue
        beside = [index for index in indices if not _is_chosen(model, lanes[index])]
        phones = {lanes[index].slots for index in beside if not lanes[index].on_site}
        if phones and (len(phones) > 1 or any(lanes[index].on_site for index in beside)):
            found.update(beside)
    for (site, half), indices in sites.items():
        least = min(model.places_left(site, half), default=0) - _most_booked(model, site, half)
        shared = any(_most_people(model, h) > 1 for h in model.holders(site, half) if model.booked(h, half))
        if shared or _most_at_once(model, (site, half), indices) > least:
            found.update(indices)
    return found


def _most_people(model: Model, holder: int) -> int:
    """How many staff a permanence can have, by rule or because they stay."""
    settled = sum(model.program.lower[variable] for variable in model.variables.team[holder].values())
    return max(settled, model.people_at(holder))


def _most_at_once(model: Model, there: tuple[str, int], indices: list[int]) -> int:
    """No less than the interviews that lanes at one site in one half-day can hold at one time."""
    lanes = [model.interviews.lanes[index] for index in indices]
    in_permanences = sum(_most_people(model, holder) for holder in model.holders(*there))
    return min(
        len({lane.staff for lane in lanes}),
        in_permanences + len({lane.staff for lane in lanes if lane.holder < 0}),
    )


def _is_chosen(model: Model, lane: Lane) -> bool:
    """Whether a lane is of a permanence that does not stay whatever is chosen."""
    return lane.holder >= 0 and not model.program.lower[lane.variable]


def _settled_holders(model: Model, indices: list[int]) -> int:
    """How many presences of one person stay in one half-day: two only where people decided so."""
    holders = {model.interviews.lanes[index].variable for index in indices}
    return sum(model.program.lower[variable] for variable in holders)


def _most_booked(model: Model, site: str, half: int) -> int:
    return sum(max(model.booked(holder, half).values(), default=0) for holder in model.holders(site, half))


def _name_slots(model: Model, index: int, takes: list[Take]) -> dict[int, Terms]:
    """For each free slot, what uses it: takes by name, and one more variable for the counted ones."""
    lane = model.interviews.lanes[index]
    used: dict[int, Terms] = {slot: [] for slot in lane.free}
    counted = [take for take in takes if take.counted]
    for take in takes:
        if not take.counted:
            for slot in range(take.first, take.last + 1):
                used[slot].append((take.variable, 1))
    for slot in lane.free:
        if any(take.first <= slot <= take.last for take in counted):
            used[slot].append((model.named_slot(index, slot), 1))
    return used


def _post_lane(model: Model, index: int, takes: list[Take], named: dict[int, Terms] | None) -> None:
    """Hall's condition on every run of slots: no more interviews bound to it than it has slots."""
    program, lane = model.program, model.interviews.lanes[index]
    firsts = sorted({take.first for take in takes})
    lasts = sorted({take.last for take in takes})
    for first in firsts:
        for last in lasts:
            free = [slot for slot in lane.free if first <= slot <= last]
            terms = _inside(takes, first, last)
            if not terms or not free:
                continue
            program.limit([*terms, (lane.variable, -len(free))], 0)
            if named is not None:
                counted = [
                    (t.variable, 1) for t in takes if t.counted and first <= t.first and t.last <= last
                ]
                if counted:
                    slots = [(model.named[index, slot], -1) for slot in free if (index, slot) in model.named]
                    program.limit([*counted, *slots], 0)
    for take in takes:
        program.limit([(take.variable, 1), (lane.variable, -program.upper[take.variable])], 0)
    if named is not None:
        for terms in named.values():
            program.limit([*terms, (lane.variable, -1)], 0)


def _inside(takes: list[Take], first: int, last: int) -> Terms:
    terms: Terms = []
    for take in takes:
        if take.counted:
            if first <= take.first and take.last <= last:
                terms.append((take.variable, 1))
        else:
            shared = min(last, take.last) - max(first, take.first) + 1
            if shared > 0:
                terms.append((take.variable, shared))
    return terms


def _post_person(model: Model, used: dict[int, dict[int, Terms]]) -> None:
    """One person at a time: office slots and telephone slots that touch exclude one another.

    And that one is the engaged person: said so, no relaxation has half of a half-day in the office, half of
    it on the telephone, and the person there for half of it.
    """
    people: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index in used:
        lane = model.interviews.lanes[index]
        people[lane.staff, lane.half].append(index)
    for (staff, half), indices in people.items():
        on_site = all(model.interviews.lanes[index].on_site for index in indices)
        if on_site and _settled_holders(model, indices) < 2:
            continue
        slots = [
            (model.interviews.lanes[index].slots[slot], terms)
            for index in indices
            for slot, terms in used[index].items()
        ]
        engaged = model.engaged(staff, half)
        if engaged is None:
            continue
        for start in sorted({span.start for span, _ in slots}):
            at_once = [term for span, terms in slots if span.start <= start < span.end for term in terms]
            model.program.limit([*at_once, (engaged, -1)], 0)


def _post_sites(model: Model, used: dict[int, dict[int, Terms]]) -> None:
    """At one slot never more interviews at a site than places are left by what is fixed or booked.

    Bookings alone can be too many: also where nobody asks for an interview.
    """
    sites: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index in used:
        lane = model.interviews.lanes[index]
        if lane.on_site:
            sites[lane.site, lane.half].append(index)
    for cadence, half in model.facts.booked:
        sites.setdefault((model.facts.cadences[cadence].site, half), [])
    for (site, half), indices in sites.items():
        holders = model.holders(site, half)
        for slot, left in enumerate(model.places_left(site, half)):
            terms = [term for index in indices for term in used[index].get(slot, ())]
            booked = [(model.variables.held[h], model.booked(h, half)[slot]) for h in holders]
            if terms or booked:
                model.program.limit([*terms, *(term for term in booked if term[1])], max(0, left))
            for holder in holders:
                _post_booked(model, holder, slot, {index: used[index] for index in indices})


def _post_booked(model: Model, holder: int, slot: int, used: dict[int, dict[int, Terms]]) -> None:
    """In a slot of a permanence that partners booked, as many interviews as people they leave."""
    lanes = [index for index in used if model.interviews.lanes[index].holder == holder]
    half = model.interviews.lanes[lanes[0]].half if lanes else 0
    booked = model.booked(holder, half)[slot]
    terms = [term for index in lanes for term in used[index].get(slot, ())]
    if not booked or not terms:
        return
    site = model.variables.occurrences[holder].site
    span = model.facts.windows[site, half].slots[slot]
    team, lower = model.variables.team[holder], model.program.lower
    taken = {
        person: sum(one.span.touches(span) for one in model.interviews.staying(person, holder, half))
        for person in team
    }
    if lower[model.variables.held[holder]]:
        there = [person for person, variable in team.items() if lower[variable]]
        spare = [max(0, len(there) + more - booked - sum(taken[p] for p in there)) for more in (0, 1)]
        others = [(v, spare[0] - spare[1]) for v in team.values() if not lower[v]]
        model.program.limit([*terms, *others], spare[0])
        return
    settled = [(team[person], count) for person, count in taken.items() if count]
    model.program.limit([*terms, *settled], max(0, model.people_at(holder) - booked))
