"""Faults of staff: patterns, absences, meetings, wishes, ledger."""

from collections.abc import Iterable, Iterator

from planner.checks.fault import Fault, backwards, empty_hours, repeated, unknown
from planner.problem import Absence, Busy, Meeting, Problem, StaffMember
from planner.territory import LEDGER_KINDS

LARGEST_BALANCE = 10**9


def staff_faults(problem: Problem) -> Iterator[Fault]:
    """Everything a person's record says, checked against the sites."""
    sites = {site.id for site in problem.sites}
    yield from repeated("staff", (person.id for person in problem.staff))
    for index, person in enumerate(problem.staff):
        path = f"staff[{index}]"
        yield from unknown(f"{path}.base", "site", person.base, sites)
        yield from _accreditations(person, path, sites)
        for number, entry in enumerate(person.availability):
            where = f"{path}.availability[{number}]"
            yield from empty_hours(where, entry.from_hour, entry.to_hour)
            yield from backwards(where, entry.from_on, entry.until_on)
        yield from _dated(person, path, sites)
        yield from _wishes(person, path)
        yield from _ledger(person, path)


def _accreditations(person: StaffMember, path: str, sites: set[str]) -> Iterator[Fault]:
    for number, held in enumerate(person.accreditations):
        where = f"{path}.accreditations[{number}]"
        yield from unknown(f"{where}.site", "site", held.site, sites)
        yield from backwards(where, held.from_on, held.until_on)


def _dated(person: StaffMember, path: str, sites: set[str]) -> Iterator[Fault]:
    yield from repeated(f"{path}.absences", (absence.id for absence in person.absences))
    yield from _reversed(f"{path}.absences", person.absences, "ends_at")
    yield from _reversed(f"{path}.busy", person.busy, "to")
    yield from repeated(f"{path}.meetings", (meeting.id for meeting in person.meetings))
    yield from _reversed(f"{path}.meetings", person.meetings, "ends_at")
    for number, meeting in enumerate(person.meetings):
        yield from unknown(f"{path}.meetings[{number}].site", "site", meeting.site, sites)


def _reversed(path: str, spans: Iterable[Absence | Busy | Meeting], field: str) -> Iterator[Fault]:
    """A fault for each interval that ends before it starts, or contains nothing."""
    for number, span in enumerate(spans):
        if span.ends_at <= span.starts_at:
            yield Fault(
                f"{path}[{number}].{field}",
                f"{span.ends_at.isoformat()} is not after the start {span.starts_at.isoformat()}",
            )


def _wishes(person: StaffMember, path: str) -> Iterator[Fault]:
    for number, wish in enumerate(person.wishes):
        if (wish.weekday is None) == (wish.on is None):
            said = "both weekday and on" if wish.on is not None else "neither weekday nor on"
            yield Fault(f"{path}.wishes[{number}]", f"a wish names a weekday or a date; this one has {said}")


def _ledger(person: StaffMember, path: str) -> Iterator[Fault]:
    for kind, balance in person.ledger.items():
        if kind not in LEDGER_KINDS:
            yield Fault(f"{path}.ledger.{kind}", f"the kinds of the ledger are {', '.join(LEDGER_KINDS)}")
        if abs(balance) > LARGEST_BALANCE:
            yield Fault(f"{path}.ledger.{kind}", f"{balance} is beyond {LARGEST_BALANCE}")
