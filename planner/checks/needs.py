"""Faults of what is asked for: cadences, promotions, participants, interviews, partners' bookings."""

from collections.abc import Iterator

from planner.checks.fault import Fault, backwards, empty_hours, repeated, unknown, unknowns
from planner.checks.frame import MOST_ASKED
from planner.problem import Cadence, Interview, Problem, Promotion


def need_faults(problem: Problem) -> Iterator[Fault]:
    """Ids that exist, windows that do not end before they start, nothing twice under one key."""
    yield from repeated("cadences", (cadence.id for cadence in problem.cadences))
    yield from repeated("promotions", (promotion.id for promotion in problem.promotions))
    yield from repeated("participants", (participant.id for participant in problem.participants))
    yield from repeated("interviews", (need.id for need in problem.interviews))
    sites = {site.id for site in problem.sites}
    staff = {person.id for person in problem.staff}
    promotions = {promotion.id for promotion in problem.promotions}
    participants = {participant.id for participant in problem.participants}
    for index, cadence in enumerate(problem.cadences):
        yield from _cadence(f"cadences[{index}]", cadence, (sites, staff, promotions))
    for index, promotion in enumerate(problem.promotions):
        yield from _promotion(f"promotions[{index}]", promotion, (sites, staff, participants))
    for index, participant in enumerate(problem.participants):
        for number, hours in enumerate(participant.hours or ()):
            yield from empty_hours(f"participants[{index}].hours[{number}]", hours.from_hour, hours.to_hour)
    for index, need in enumerate(problem.interviews):
        yield from _interview(f"interviews[{index}]", need, (sites, staff, participants))
    yield from _booked(problem)


def _cadence(path: str, cadence: Cadence, known: tuple[set[str], set[str], set[str]]) -> Iterator[Fault]:
    sites, staff, promotions = known
    yield from unknown(f"{path}.site", "site", cadence.site, sites)
    yield from unknowns(f"{path}.usual_staff", "staff member", cadence.usual_staff, staff)
    yield from unknown(f"{path}.follows", "promotion", cadence.follows, promotions)
    yield from repeated(f"{path}.exceptions", (exception.on for exception in cadence.exceptions), "on")
    for field, asked in (("asked", cadence.asked), ("up_to", cadence.up_to)):
        if asked > MOST_ASKED:
            yield Fault(f"{path}.{field}", f"{asked} a month is more than {MOST_ASKED}")


def _promotion(
    path: str, promotion: Promotion, known: tuple[set[str], set[str], set[str]]
) -> Iterator[Fault]:
    sites, staff, participants = known
    yield from unknown(f"{path}.site", "site", promotion.site, sites)
    yield from unknowns(f"{path}.participants", "participant", promotion.participants, participants)
    yield from repeated(f"{path}.participants", promotion.participants, "")
    yield from unknowns(f"{path}.animators_before", "staff member", promotion.animators_before, staff)
    yield from repeated(f"{path}.sequences", (sequence.id for sequence in promotion.sequences))
    for number, sequence in enumerate(promotion.sequences):
        yield from backwards(f"{path}.sequences[{number}]", sequence.from_on, sequence.until_on)


def _interview(path: str, need: Interview, known: tuple[set[str], set[str], set[str]]) -> Iterator[Fault]:
    sites, staff, participants = known
    yield from unknown(f"{path}.participant", "participant", need.participant, participants)
    yield from backwards(path, need.from_on, need.until_on)
    yield from unknowns(f"{path}.sites", "site", need.sites, sites)
    yield from unknown(f"{path}.referent", "staff member", need.referent, staff)


def _booked(problem: Problem) -> Iterator[Fault]:
    permanences = {cadence.id for cadence in problem.cadences if cadence.kind == "permanence"}
    for index, booking in enumerate(problem.booked):
        yield from unknown(f"booked[{index}].cadence", "cadence of permanences", booking.cadence, permanences)
    keys = ((b.cadence, b.on, b.half_day, b.slot, b.place) for b in problem.booked)
    yield from repeated("booked", keys, "")
