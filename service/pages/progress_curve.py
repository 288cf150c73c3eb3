"""The curve of the goal now being settled: its value, its proved minimum, and axes in round numbers."""

from itertools import pairwise
from math import floor, log10

import msgspec

from service.french_text import number
from service.jobs.solver_messages import CurvePoint

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 580, 230, 48, 24, 20
LINE = 18
INTERVALS = 5


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    at: float
    words: str


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of an SVG drawing: value, proved minimum, the area between; the axes' ticks; where the names stand."""

    value: str
    bound: str
    area: str
    last_x: float
    last_y: float
    value_name_y: float
    bound_name_y: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def curve_of(points: list[CurvePoint]) -> Curve:
    """Of the points of one goal, at least one; seconds count from the first. A value holds until the next is found."""
    first = points[0].seconds
    span = points[-1].seconds - first
    top = max(1, *(point.value for point in points))
    across, up = (WIDTH - LEFT) / max(0.001, span), (HEIGHT - BOTTOM - TOP) / top

    def place(seconds: float, amount: float) -> tuple[float, float]:
        return round(LEFT + seconds * across, 1), round(HEIGHT - BOTTOM - amount * up, 1)

    values = _stairs([place(point.seconds - first, point.value) for point in points])
    bounds = _stairs([place(point.seconds - first, point.bound) for point in points])
    x, y = place(span, points[-1].value)
    bound_name_y = place(span, points[-1].bound)[1] + 4
    return Curve(
        value="M" + "L".join(values),
        bound="M" + "L".join(bounds),
        area="M" + "L".join([*values, *reversed(bounds)]) + "Z",
        last_x=x,
        last_y=y,
        value_name_y=round(min(y + 4, bound_name_y - LINE), 1),
        bound_name_y=round(bound_name_y, 1),
        across=tuple(Tick(at=place(at, 0)[0], words=f"{_round_number(at)} s") for at in round_steps(span)),
        up=tuple(Tick(at=place(0, at)[1], words=_round_number(at)) for at in round_steps(top)),
    )


def round_steps(most: float) -> list[float]:
    """0 and the round numbers up to `most`, at most six in all: 1, 2 or 5 times a power of ten apart."""
    if most <= 0:
        return [0.0]
    power = 10.0 ** floor(log10(most / INTERVALS))
    apart = next(many * power for many in (1, 2, 5, 10) if many * power * INTERVALS >= most * 0.999)
    return [round(count * apart, 6) for count in range(int(most / apart + 1e-9) + 1)]


def _round_number(amount: float) -> str:
    return number(amount, 0 if amount == int(amount) else 1)


def _stairs(places: list[tuple[float, float]]) -> list[str]:
    drawn = [f"{places[0][0]} {places[0][1]}"]
    for (_, before), (x, y) in pairwise(places):
        drawn += [f"{x} {before}", f"{x} {y}"]
    return drawn
