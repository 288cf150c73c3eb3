"""Territories side by side in one file: parts that share nobody and no place."""

from collections.abc import Sequence
from typing import Any

import msgspec

from planner.problem import Accreditation, Problem, StaffMember

NAMED = ("sites", "staff", "cadences", "promotions", "participants", "interviews")
"""Lists of a problem whose ids are known to the whole of it."""
JOINED = (*NAMED, "travel", "pins", "booked")


def side_by_side(problems: Sequence[Problem]) -> Problem:
    """One problem of several with the same horizon, none of them with something published.

    Ids get the number of their part before them. So that nobody can help in another part, every site asks for
    an authorisation, which everybody of its own part has where there was no need of one, and interviews without
    a place stay with their referent. What is no list is as in the first.
    """
    parts = [_renamed(_closed(problem), f"{number:02d}-") for number, problem in enumerate(problems)]
    joined = {name: tuple(one for part in parts for one in getattr(part, name)) for name in JOINED}
    return msgspec.structs.replace(problems[0], **joined)


def _closed(problem: Problem) -> Problem:
    """Open to nobody from elsewhere."""
    free = tuple(site.id for site in problem.sites if not site.demands_accreditation)
    sites = tuple(msgspec.structs.replace(site, demands_accreditation=True) for site in problem.sites)
    staff = tuple(_admitted(person, free) for person in problem.staff)
    interviews = tuple(
        need if need.mode == "on_site" else msgspec.structs.replace(need, other_staff=False)
        for need in problem.interviews
    )
    return msgspec.structs.replace(problem, sites=sites, staff=staff, interviews=interviews)


def _admitted(person: StaffMember, sites: tuple[str, ...]) -> StaffMember:
    more = tuple(Accreditation(site=site) for site in sites)
    return msgspec.structs.replace(person, accreditations=(*person.accreditations, *more))


def _renamed(problem: Problem, prefix: str) -> Problem:
    """Every id, and whatever names it, behind a prefix."""
    ids = {one.id for name in NAMED for one in getattr(problem, name)}

    def walked(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walked(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [walked(part) for part in value]
        return prefix + value if isinstance(value, str) and value in ids else value

    return msgspec.convert(walked(msgspec.to_builtins(problem)), Problem)
