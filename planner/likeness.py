"""What is alike in a month when only bounds are asked: a place of a need, whoever holds it."""

from collections.abc import Hashable
from typing import NamedTuple

from planner.lanes import Lane
from planner.merged import Likeness
from planner.model import Model
from planner.program import Row


class Part(NamedTuple):
    """What a variable takes of a lane: which of its slots, and the key that alike variables share."""

    lane: int
    first: int
    last: int
    is_named: bool
    key: Hashable


def likeness(model: Model) -> Likeness:
    """Takes of one group in one place with whoever may be there, and what is asked of each person there."""
    parts = _parts(model)
    keys: list[Hashable | None] = [None] * len(model.program.upper)
    for variable, part in parts.items():
        keys[variable] = part.key
    return Likeness(keys, [_row_key(model, row, parts) for _, row in model.program.each_row()])


def of_interviews(model: Model, *, offices: bool) -> set[int]:
    """What only interviews have a part in: places they take, what derives from those, and the half-days opened for them."""
    interviews = model.interviews
    found = {take.variable for take in interviews.takes}
    found.update(model.named.values())
    if offices:
        found.update(model.variables.offices.values(), interviews.phones.values())
    for variable, sums, _ in model.program.derived:
        if any(read in found for terms, _ in sums for read, _ in terms):
            found.add(variable)
    return found


def _parts(model: Model) -> dict[int, Part]:
    lanes = model.interviews.lanes
    found: dict[int, Part] = {}
    for group, lane, variable, first, last, counted in model.interviews.takes:
        key = ("take", group, _spot(lanes[lane]), first, last, counted)
        found[variable] = Part(lane, first, last, False, key)
    for (lane, slot), variable in model.named.items():
        found[variable] = Part(lane, slot, slot, True, ("slot", _spot(lanes[lane]), slot))
    return found


def _spot(lane: Lane) -> Hashable:
    """A lane without its person."""
    return lane.holder, lane.site, lane.half


def _row_key(model: Model, row: Row, parts: dict[int, Part]) -> Hashable | None:
    """Rows about one lane each are alike where they speak of the same run of its slots."""
    found = [parts[variable] for variable, _ in row.terms if variable in parts]
    lanes = {part.lane for part in found}
    if len(lanes) != 1:
        return None
    spot = _spot(model.interviews.lanes[lanes.pop()])
    others = len(row.terms) - len(found)
    if len(found) == 1:
        return spot, found[0].key, others, row.low, row.high
    run = min(part.first for part in found), max(part.last for part in found)
    named = sum(part.is_named for part in found)
    return spot, run, bool(named), named == len(found), bool(others), row.low, row.high
