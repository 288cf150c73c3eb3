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
                dates = _dates(model, cadence, month.first, month.last)
                model.program.limit([(held, 1) for held in dates], month.most)
        elif is_weekly(cadence):
            _post_daily(model, cadence)
        else:
            _post_following(model, cadence)
    _post_whole_days(model)


def _dates(model: Model, cadence: Cadence, first: int, last: int) -> list[int]:
    """What takes place from day `first` to day `last`; of a whole day, one variable a date.

    Of a date of which a half stays, that half: its other one is no further date.
    """
    dates: dict[tuple[int, int], int] = {}
    for index in model.variables.of(cadence.id):
        day, held = model.variables.occurrences[index].day, model.variables.held[index]
        date = (day, 0 if model.size(cadence) == 2 else index)
        if first <= day <= last and (date not in dates or model.program.lower[held]):
            dates[date] = held
    return list(dates.values())


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
        sessions = [variables.held[session] for apart in meetings for session in apart]
        common = []
        for person, variable in variables.team[index].items():
            teams = [[variables.team[s] for s in apart if person in variables.team[s]] for apart in meetings]
            if any(teams):
                animates = [[team[person] for team in apart] for apart in teams if apart]
                common.append(program.both([variable], [program.any_of_groups(animates)]))
        for first in _bound(model, cadence, index, sessions):
            program.implies_one(first, common)


def _bound(model: Model, cadence: Cadence, index: int, sessions: list[int]) -> list[int]:
    """What asks for an animator in an occurrence: itself, which no day has without a session.

    What stays may be without one, and so may the afternoon of a morning that stays, with the same people.
    No session asks for anything on a day on which the site does not open.
    """
    program, variables = model.program, model.variables
    occurrence, held = variables.occurrences[index], variables.held[index]
    asking = sessions if opens(model.facts, cadence, occurrence.day) else []
    if program.lower[held]:
        _forbid_unasked(model, cadence, occurrence.day)
        return [session for session in asking if not program.lower[session]]
    if occurrence.half % 2 and cadence.length == "day":
        return [held] if any(program.lower[session] for session in asking) else []
    program.implies_one(held, sessions)
    return [held]


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
