"""A problem that begins anew: what is published and may still move is forgotten, so that changing it costs nothing."""

from datetime import date

import msgspec

from planner.kept import freeze_on
from planner.problem import Problem
from planner.territory import Territory


def from_scratch(problem: Problem) -> Problem:
    """Pins stay, and what is published before the days promised to the team, or outside the horizon."""
    published = problem.published
    if published is None:
        return problem
    territory = Territory(problem)
    horizon, until = territory.horizon, freeze_on(territory)

    def stays(on: date) -> bool:
        return on < until or on not in horizon

    kept = msgspec.structs.replace(
        published,
        permanences=tuple(one for one in published.permanences if stays(one.on)),
        sessions=tuple(one for one in published.sessions if stays(horizon.date_at(one.starts_at))),
        office=tuple(one for one in published.office if stays(one.on)),
        interviews=tuple(one for one in published.interviews if stays(horizon.date_at(one.starts_at))),
    )
    return msgspec.structs.replace(problem, published=kept)
