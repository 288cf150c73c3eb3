"""What a plan leaves out, each with a first reason."""

from planner.model import Model
from planner.plan import Plan, Reason, Unplaced


def unplaced(model: Model, plan: Plan) -> tuple[Unplaced, ...]:
    """Every need, sequence and cadence that counts in this horizon and is not met."""
    return (*_interviews(model, plan), *_sequences(model, plan))


def _interviews(model: Model, plan: Plan) -> list[Unplaced]:
    placed = {(interview.need, interview.number) for interview in plan.interviews}
    missing: dict[str, int] = {}
    for group in model.interviews.groups:
        for need, number in group.members:
            if (need.id, number) not in placed:
                missing[need.id] = missing.get(need.id, 0) + 1
    return [
        Unplaced(need=need, count=count, reason=Reason(code="crowded"))
        for need, count in sorted(missing.items())
    ]


def _sequences(model: Model, plan: Plan) -> list[Unplaced]:
    placed = {(session.promotion, session.sequence) for session in plan.sessions}
    return [
        Unplaced(promotion=promotion.id, sequence=sequence.id, reason=Reason(code="crowded"))
        for promotion, sequence, counts in model.sequences()
        if counts and (promotion.id, sequence.id) not in placed
    ]
