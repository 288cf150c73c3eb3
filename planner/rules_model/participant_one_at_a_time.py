"""Rule `participant_one_at_a_time`, the solver's half."""

from collections import defaultdict

from planner.context import Context
from planner.groups import Group
from planner.lanes import Take
from planner.model import Model
from planner.options import Option, Place
from planner.problem import Interview

ASKED = (Place,)
"""The kinds of option on which the rule has a say."""


def allows(context: Context, option: Option) -> bool:
    """Far enough from the last interview and from those already fixed with the person."""
    if not isinstance(option, Place):
        return True
    facts, need = context.facts, option.need
    if need.last_on is not None and option.day - facts.day(need.last_on) < need.min_days:
        return False
    if need.participant is None:
        return True
    for other in context.settled_of.get(need.participant, ()):
        if abs(other.half // 2 - option.day) < max(need.min_days, other.need.min_days):
            return False
        apart = other.site == option.site and option.site is not None and not other.span.touches(option.span)
        if other.half == option.half and not apart:
            return False
    return True


def post(model: Model) -> None:
    people: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(model.interviews.groups):
        if group.need.participant is not None:
            people[group.need.participant].append(index)
    for person, groups in people.items():
        for position, first in enumerate(groups):
            for then in groups[position:]:
                _post_pair(model, first, then)
        _post_sessions(model, person, groups)
    for person in model.context.settled_of:
        _post_settled(model, person)
    _post_promotions(model)


def _post_pair(model: Model, first: int, then: int) -> None:
    """Two needs of one person (or one need several times): days apart, or at least never at once."""
    groups = model.interviews.groups
    if first == then:  # a group of several is of several people: each one's own needs stand alone
        return
    distance = max(groups[first].need.min_days, groups[then].need.min_days)
    takes = [*model.interviews.by_group[first], *(model.interviews.by_group[then] if first != then else ())]
    if distance > 0:
        days: dict[int, list[int]] = defaultdict(list)
        for take in takes:
            days[model.interviews.lanes[take.lane].half // 2].append(take.variable)
        for day in sorted(days):
            near = [v for other, found in days.items() if day <= other < day + distance for v in found]
            model.program.at_most_one(near)
    else:
        _post_half_days(model, takes)


def _post_half_days(model: Model, takes: list[Take]) -> None:
    """In one half-day at one site only, and there one at a time."""
    halves: dict[int, list[Take]] = defaultdict(list)
    for take in takes:
        halves[model.interviews.lanes[take.lane].half].append(take)
    for found in halves.values():
        sites: dict[str, list[Take]] = defaultdict(list)
        for take in found:
            lane = model.interviews.lanes[take.lane]
            sites[lane.site if lane.on_site else f"phone {lane.staff} {take.lane} {take.first}"].append(take)
        if len(sites) > 1:
            at = [model.program.any_of(take.variable for take in there) for there in sites.values()]
            model.program.at_most_one(at)
        for there in sites.values():
            spans = [(model.span(take), take.variable) for take in there]
            for start in {span.start for span, _ in spans}:
                model.program.at_most_one(v for span, v in spans if span.start <= start < span.end)


def _post_settled(model: Model, person: str) -> None:
    """No session of the person's promotion beside an interview that stays."""
    for promotion in model.facts.problem.promotions:
        if person not in promotion.participants:
            continue
        for index in model.sessions(promotion.id):
            session = model.variables.occurrences[index]
            for kept in model.context.settled_of[person]:
                apart = kept.site == session.site and not session.spans[0].touches(kept.span)
                if kept.half in session.halves and not apart:
                    model.program.limit([(model.variables.held[index], 1)], 0)


def _post_promotions(model: Model) -> None:
    """Two sessions of one person exclude each other in a half-day, unless at one site one after the other."""
    occurrences, held = model.variables.occurrences, model.variables.held
    members = {promotion.id: set(promotion.participants) for promotion in model.facts.problem.promotions}
    halves: dict[int, list[int]] = defaultdict(list)
    for promotion in members:
        for index in model.sessions(promotion) if members[promotion] else ():
            for half in occurrences[index].halves:
                halves[half].append(index)
    for indices in halves.values():
        for position, first in enumerate(indices):
            for then in indices[position + 1 :]:
                one, other = occurrences[first], occurrences[then]
                apart = one.site == other.site and not one.spans[0].touches(other.spans[0])
                if one.of != other.of and not apart and members[one.of[0]] & members[other.of[0]]:
                    model.program.at_most_one([held[first], held[then]])


def _post_sessions(model: Model, person: str, groups: list[int]) -> None:
    """A session of the person's promotion leaves only other times of the same site in its half-days."""
    sessions: dict[int, list[int]] = defaultdict(list)
    for promotion in model.facts.problem.promotions:
        if person in promotion.participants:
            for index in model.sessions(promotion.id):
                for half in model.variables.occurrences[index].halves:
                    sessions[half].append(index)
    for take in (take for group in groups for take in model.interviews.by_group[group]):
        lane = model.interviews.lanes[take.lane]
        for index in sessions.get(lane.half, ()):
            session = model.variables.occurrences[index]
            apart = lane.on_site and lane.site == session.site
            if not (apart and not session.spans[0].touches(model.span(take))):
                model.program.at_most_one([take.variable, model.variables.held[index]])


__all__ = ["Group", "Interview", "allows", "post"]
