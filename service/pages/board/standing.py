"""A version by the facts of this moment: what of it breaks a rule by now, and what of that nobody decided."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from planner.breach import Breach
from planner.plan import Plan, PlannedInterview
from planner.problem import Problem, StaffMember

Check = Literal["now", "then", "impossible"]
"""By which facts a version was judged; by none of a draft that names what those of now do not know."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """From today on. `falls`: breaches that nobody decided, `decided`: the others.

    `falling` says what falls, each thing once. `against`: by the key of a thing of the board, why it breaks a rule.
    Where it is not checked it names what these facts do not know, and cannot be published as it is.
    """

    problem: Problem
    is_checked: bool = True
    falls: tuple[Breach, ...] = ()
    decided: tuple[Breach, ...] = ()
    falling: tuple[str, ...] = ()
    wants_anew: bool = True
    """Unless all that falls stays whatever is computed."""
    against: Mapping[str, tuple[str, ...]] = {}
    made_good: bool = False
    """Something that was decided against a rule breaks it no more, and nothing falls: the fact that it supposed was entered."""
    dropped: tuple[PlannedInterview, ...] = ()
    """What publications took away and is still asked for."""


def check_of(standing: Standing | None) -> Check:
    if standing is None:
        return "then"
    return "now" if standing.is_checked else "impossible"


def expecting(problem: Problem, dropped: tuple[PlannedInterview, ...]) -> Problem:
    """The problem as if these were still published: whoever was told of them waits for another place."""
    counts = {one.id: one.count for one in problem.interviews}
    published = problem.published or Plan()
    known = {(one.need, one.number) for one in published.interviews}
    added = tuple(
        one
        for one in dropped
        if one.number <= counts.get(one.need, 0) and (one.need, one.number) not in known
    )
    interviews = (*published.interviews, *added)
    return msgspec.structs.replace(
        problem, published=msgspec.structs.replace(published, interviews=interviews)
    )


def with_presences_of(now: Problem, problem: Problem) -> Problem:
    """The problem with who is there and what is open by now: what its plan speaks of stays known."""
    people = {one.id: one for one in now.staff}
    sites = {one.id: one for one in now.sites}
    known = {one.id for one in problem.staff}
    return msgspec.structs.replace(
        problem,
        holidays=now.holidays,
        staff=(
            *(_present(one, people.get(one.id, one)) for one in problem.staff),
            *(one for one in now.staff if one.id not in known),
        ),
        sites=tuple(
            msgspec.structs.replace(one, openings=found.openings, closures=found.closures)
            for one in problem.sites
            for found in [sites.get(one.id, one)]
        ),
    )


def _present(person: StaffMember, now: StaffMember) -> StaffMember:
    return msgspec.structs.replace(
        person,
        availability=now.availability,
        absences=now.absences,
        wishes=now.wishes,
        accreditations=now.accreditations,
    )
