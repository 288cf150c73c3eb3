"""Rule `cadence`, the solver's half."""

from collections import defaultdict

from planner.demand import asked_months, is_monthly, is_weekly, meeting_days, opens
from planner.model import Model
from planner.problem import Cadence


def post(model: Model) -> None:
    """Never more than asked (and `up_to`) a month, or one on each asked date."""
    for cadence in model.facts.problem.cadences:
        if is_monthly(cadence):
            for month in asked_months(model.facts, cadence):
                model.program.limit(
                    model.halves_between(cadence, month.first, month.last), month.most * model.size(cadence)
                )
        elif is_weekly(cadence):
            _post_daily(model, cadence)
        else:
            _post_following(model, cadence)
    _post_whole_days(model)


def _post_daily(model: Model, cadence: Cadence) -> None:
    days: dict[int, list[int]] = defaultdict(list)
    for index in model.variables.of(cadence.id):
        days[model.variables.occurrences[index].day].append(index)
    for indices in days.values():
        if cadence.length != "day":
            model.program.at_most_one(model.variables.held[index] for index in indices)


def _post_following(model: Model, cadence: Cadence) -> None:
    """On the day of a placed session, with one of its animators; one a day."""
    _post_daily(model, cadence)
    program, variables = model.program, model.variables
    for index in variables.of(cadence.id):
        occurrence = variables.occurrences[index]
        days = meeting_days(model.facts, cadence, occurrence.day)
        meetings = [apart for day in days for apart in model.apart_on(cadence.follows or "", day)]
        sessions = [session for apart in meetings for session in apart]
        held = variables.held[index]
        settled = bool(program.lower[held])
        if settled:
            _forbid_unasked(model, cadence, occurrence.day)
        else:
            program.implies_one(held, [variables.held[session] for session in sessions])
        common = []
        for person, variable in variables.team[index].items():
            teams = [[variables.team[s] for s in apart if person in variables.team[s]] for apart in meetings]
            if any(teams):
                animates = [[team[person] for team in apart] for apart in teams if apart]
                common.append(program.both([variable], [program.any_of_groups(animates)]))
        for first in [variables.held[session] for session in sessions] if settled else [held]:
            if not program.lower[first] or not settled:
                program.implies_one(first, common)


def _forbid_unasked(model: Model, cadence: Cadence, day: int) -> None:
    """What stays on a day for which no session asks it: no session comes to that very day."""
    if day not in meeting_days(model.facts, cadence, day) or not opens(model.facts, cadence, day):
        for session in model.sessions_on(cadence.follows or "", day):
            model.program.limit([(model.variables.held[session], 1)], 0)


def _post_whole_days(model: Model) -> None:
    """The missing half of a day of which one half stays: the same staff."""
    program, variables = model.program, model.variables
    for cadence in model.facts.problem.cadences:
        if cadence.length != "day":
            continue
        by_half = {variables.occurrences[i].half: i for i in variables.of(cadence.id)}
        for half, index in by_half.items():
            other = by_half.get(half ^ 1)
            if (
                other is None
                or program.lower[variables.held[index]]
                or len(variables.occurrences[index].halves) > 1
            ):
                continue
            for person, variable in variables.team[index].items():
                twin = variables.team[other].get(person)
                program.implies_one(variable, [] if twin is None else [twin])
