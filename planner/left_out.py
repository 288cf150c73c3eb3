"""What a plan leaves out: each thing that is not met, with all that it could be tried as."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from planner.asked import asked_and_placed, missing_interviews, missing_sequences
from planner.plan import Unplaced
from planner.plan_keys import sequence_key
from planner.plan_view import PlanView
from planner.problem import Cadence, Interview, Participant
from planner.territory import Territory
from planner.trials import Trial, cadence_trials, interview_trials, sequence_trials


class LeftOut(NamedTuple):
    """One thing that is not met.

    `told`: what the plan says of it, once its reason is given. `likeness`: things that share it can stand at the same places by
    themselves. `need`: the interview, if it is one.
    """

    told: Callable[..., Unplaced]
    likeness: object
    trials: Iterator[Trial]
    need: Interview | None = None


def left_out_of(territory: Territory, view: PlanView) -> Iterator[LeftOut]:
    """Every need, cadence and sequence of the horizon that is not met, always in the same order."""
    yield from _cadences(territory, view)
    yield from _sequences(territory, view)
    participants = {one.id: one for one in view.problem.participants}
    for need, missing in sorted(missing_interviews(view), key=lambda found: found[0].id):
        told = partial(Unplaced, need=need.id, count=missing)
        trials = interview_trials(territory, need)
        yield LeftOut(told, _likeness(participants, need), trials, need)


def _cadences(territory: Territory, view: PlanView) -> Iterator[LeftOut]:
    for cadence in sorted(view.problem.cadences, key=lambda one: one.id):
        missing = sum(max(0, wanted - placed) for _, wanted, placed in asked_and_placed(view, cadence))
        if missing:
            told = partial(Unplaced, cadence=cadence.id, count=missing)
            on_dates = () if territory.is_monthly(cadence) else view.by_cadence.get(cadence.id, ())
            held = tuple(activity.on for activity in on_dates)
            yield LeftOut(told, ("cadence", cadence.id, held), _cadence_trials(territory, cadence, held))


def _cadence_trials(territory: Territory, cadence: Cadence, held: tuple[date, ...]) -> Iterator[Trial]:
    return iter(()) if cadence.follows is not None else cadence_trials(territory, cadence, without=held)


def _sequences(territory: Territory, view: PlanView) -> Iterator[LeftOut]:
    missing = {about for about, _ in missing_sequences(view)}
    for (promotion_id, sequence_id), (promotion, sequence) in sorted(territory.sequences.items()):
        if sequence_key(promotion_id, sequence_id) in missing:
            told = partial(Unplaced, promotion=promotion_id, sequence=sequence_id)
            trials = sequence_trials(territory, promotion, sequence)
            yield LeftOut(told, (promotion_id, sequence_id), trials)


def _likeness(participants: dict[str, Participant], need: Interview) -> object:
    hours = participants[need.participant].hours if need.participant is not None else None
    return (
        (need.kind, need.mode, need.slots, need.from_on, need.until_on, need.sites),
        (need.only_in_permanence, need.referent, need.other_staff, need.leave_notice_days),
        (need.last_on, need.min_days, hours),
    )
