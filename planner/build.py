"""A problem's model: options asked of every rule, variables, then every rule's and goal's rows."""

from collections.abc import Callable

from planner.context import Context, make_context
from planner.fixed import settle
from planner.goals_model import (
    changes,
    comfort,
    continuity,
    fairness,
    unmet_permanences,
    unmet_rest,
    unmet_sessions,
    unmet_urgent,
)
from planner.lanes import Interviews
from planner.model import Model
from planner.options import Occurrence, Option, Place, Presence, Seat
from planner.prepare import Facts
from planner.problem import Problem
from planner.program import Program
from planner.rules_model import (
    access_notice,
    accreditation,
    availability,
    cadence,
    frozen,
    interview_capacity,
    interview_place,
    interview_window,
    one_place_at_a_time,
    participant_one_at_a_time,
    partner_places,
    room,
    sequence_order,
    site_open,
    spacing,
    speaker_present,
    staffing,
    workload,
)
from planner.sizes import SIZES, Sizes
from planner.standing import judge
from planner.variables import Variables

ALLOWING = (
    site_open,
    frozen,
    availability,
    accreditation,
    access_notice,
    one_place_at_a_time,
    spacing,
    sequence_order,
    speaker_present,
    interview_window,
    participant_one_at_a_time,
)
POSTING = (
    one_place_at_a_time,
    staffing,
    cadence,
    spacing,
    sequence_order,
    room,
    interview_capacity,
    interview_place,
    partner_places,
    participant_one_at_a_time,
    workload,
)
GOALS = (
    unmet_sessions,
    unmet_permanences,
    unmet_urgent,
    changes,
    unmet_rest,
    continuity,
    fairness,
    comfort,
)


ASKED = {
    kind: tuple(rule.allows for rule in ALLOWING if kind in rule.ASKED)
    for kind in (Occurrence, Presence, Seat, Place)
}
"""The rules that have a say on each kind of option."""


def _go_on() -> None:
    return None


def allowed(context: Context, option: Option) -> bool:
    return all(allows(context, option) for allows in ASKED[type(option)])


def ground(problem: Problem) -> Context:
    """What a model is built on: look-up tables, what is settled, what was published."""
    facts, published = Facts(problem), judge(problem)
    return make_context(facts, settle(facts, published), published)


def build(problem: Problem, pulse: Callable[[], None] = _go_on, sizes: Sizes = SIZES) -> Model:
    """The whole model of a problem, ready to be filled by the greedy start and by the solver."""
    return build_on(ground(problem), pulse, sizes)


def build_on(context: Context, pulse: Callable[[], None] = _go_on, sizes: Sizes = SIZES) -> Model:
    """The whole model on a ground that is there.

    Where the office half-days that pinned interviews bring break something beside them, they are
    not exchanged for permanences.
    """
    model = _build(context, pulse, sizes, stand_in=True)
    offices = {model.variables.offices[key] for key in model.variables.shared}
    if not offices:
        return model
    values = [1 if variable in offices else low for variable, low in enumerate(model.program.lower)]
    model.program.complete(values)
    return _build(context, pulse, sizes, stand_in=False) if model.program.broken(values) else model


def build_fixed(context: Context) -> Model:
    """The model of what is fixed and of nothing else, without a row: to read its plan where there is no time."""
    variables = Variables(context.facts, context.fixed, Program(), lambda _: False, stand_in=False)
    return Model(context, variables, Interviews(variables, context.published.interviews, empty=True))


def build_rules(
    context: Context, takes: int, allows: Callable[[Option], bool], pulse: Callable[[], None] = _go_on
) -> Model:
    """A model without goals, of options that `allows` as well: for a greedy plan, not for a search.

    `takes`: about how many places for interviews.
    """
    variables = Variables(
        context.facts,
        context.fixed,
        Program(pulse),
        lambda option: allows(option) and allowed(context, option),
        stand_in=False,
    )
    interviews = Interviews(variables, context.published.interviews, takes, empty=not takes)
    model = Model(context, variables, interviews)
    for rule in POSTING:
        rule.post(model)
    return model


def _build(context: Context, pulse: Callable[[], None], sizes: Sizes, *, stand_in: bool) -> Model:
    variables = Variables(
        context.facts,
        context.fixed,
        Program(pulse),
        lambda option: allowed(context, option),
        stand_in=stand_in,
    )
    interviews = Interviews(variables, context.published.interviews, sizes.looked_through)
    model = Model(context, variables, interviews)
    for rule in POSTING:
        rule.post(model)
    for goal in GOALS:
        goal.post(model)
    return model
