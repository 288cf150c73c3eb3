"""A generation under way, as one struct: which goal is being settled, the curve, what stands so far."""

from itertools import pairwise

import msgspec

from db.records.job import Job
from db.records.plan import Plan
from planner.plan import Level
from planner.tally import Tally
from service.catalogue import text
from service.french_text import number
from service.jobs.solver_messages import CurvePoint
from service.messages.levels import level_title
from service.pages.board.verdict import GROUPS

WIDTH, HEIGHT, LEFT, BOTTOM = 680, 230, 48, 24


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One of the five goals: settled, current or to come."""

    words: str
    state: str


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    at: float
    words: str


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of an SVG drawing: value, proved minimum, the area between; and the axes' ticks."""

    value: str
    bound: str
    area: str
    last_x: float
    last_y: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


class LevelSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """The best value of one goal heard so far; `settled` is the second at which it was left behind."""

    name: str
    value: int
    bound: int
    proved: bool
    current: bool
    settled: str = ""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """`over` says that nothing more will come; `points` are of the level now being settled."""

    title: str
    seconds: str
    steps: tuple[Step, ...]
    points: tuple[CurvePoint, ...]
    levels: tuple[LevelSoFar, ...]
    placed: tuple[tuple[str, str], ...]
    """What is placed so far and what is missing: "Permanences", "16, il en manque 1"."""
    limit: str
    curve: Curve | None
    gap: float
    waiting: bool
    over: bool
    stopping: bool
    failed: bool


class Report(msgspec.Struct, frozen=True):
    """The file `report` of a plan that was computed: its curve, and what was proved of each goal in the end."""

    curve: list[CurvePoint]
    levels: tuple[Level, ...] = ()


def progress(
    plan: Plan, job: Job | None, points: list[CurvePoint], ended: tuple[Level, ...] = ()
) -> Progress:
    """What to draw now. `points` are all those heard so far, in order; `ended` what was proved in the end."""
    state = plan.state.value
    last = points[-1] if points else None
    over = state not in ("queued", "solving", "interrupted")
    failed = state in ("failed", "cancelled")
    here = [point for point in points if last is not None and point.level == last.level]
    return Progress(
        title=_title(last, state),
        seconds=number(last.seconds, 1) if last else "0",
        steps=_steps(last, over=over and not failed),
        points=tuple(here),
        levels=_levels(points, {one.name: one.bound for one in ended}, over=over and not failed),
        placed=_placed(last.placed) if last and last.placed else (),
        limit=number(float(plan.options.get("time_limit_seconds", 60.0))),
        curve=_curve(here) if len(here) > 1 else None,
        gap=(last.value - last.bound) / max(last.value, 100) if last else 1.0,
        waiting=state == "queued" or (state == "solving" and last is None),
        over=over,
        stopping=job is not None and job.stop_asked is not None,
        failed=failed,
    )


def report_of(written: bytes) -> Report:
    return msgspec.json.decode(written, type=Report)


def point_of(job: Job | None) -> CurvePoint | None:
    """The newest point that the job has reported."""
    return msgspec.json.decode(job.progress, type=CurvePoint) if job is not None and job.progress else None


def _title(last: CurvePoint | None, state: str) -> str:
    if state == "failed":
        return text("Le calcul s’est arrêté sur un défaut. Le brouillon est comme avant.")
    if state == "cancelled":
        return text("Calcul abandonné. Le brouillon est comme avant.")
    if last is None:
        return text("Le calcul commence")
    rank = next(rank for rank, (_, members) in enumerate(GROUPS, 1) if last.level in members)
    return text("Objectif {rank} sur 5 : {name}", rank=rank, name=level_title(last.level).lower())


def _levels(points: list[CurvePoint], proved: dict[str, int], *, over: bool) -> tuple[LevelSoFar, ...]:
    """In the order in which they were settled: the last point of each, and what was proved of it later."""
    last = {point.level: point for point in points}
    names = list(last)
    found = []
    for index, name in enumerate(names):
        point, is_last = last[name], index == len(names) - 1
        bound = max(point.bound, proved.get(name, 0))
        after = next((one for one in points if one.level in names[index + 1 :]), None)
        found.append(
            LevelSoFar(
                name=level_title(name),
                value=point.value,
                bound=bound,
                proved=point.value <= bound,
                current=is_last and not over,
                settled=number((after or point).seconds, 1) if after or over else "",
            )
        )
    return tuple(found)


def _placed(found: Tally) -> tuple[tuple[str, str], ...]:
    pairs = (
        (text("Permanences"), found.permanences),
        (text("Séances et ateliers"), found.sessions),
        (text("Entretiens"), found.interviews),
    )
    return tuple(
        (name, text("{placed}, il en manque {missing}", placed=placed, missing=missing))
        if missing
        else (name, text("{placed}, rien ne manque", placed=placed))
        for name, (placed, missing) in pairs
    )


def _steps(last: CurvePoint | None, *, over: bool) -> tuple[Step, ...]:
    current = next((rank for rank, (_, members) in enumerate(GROUPS) if last and last.level in members), -1)
    return tuple(
        Step(
            words=f"{rank + 1} {text(name)}",
            state="settled" if over or rank < current else "current" if rank == current else "",
        )
        for rank, (name, _) in enumerate(GROUPS)
    )


def _curve(points: list[CurvePoint]) -> Curve:
    """Stairs: a value holds until the next is found."""
    first, last = points[0].seconds, points[-1].seconds
    top = max(1, *(point.value for point in points))
    across, up = (WIDTH - LEFT) / max(0.001, last - first), (HEIGHT - BOTTOM) / (1.1 * top)

    def place(seconds: float, amount: float) -> tuple[float, float]:
        return round(LEFT + (seconds - first) * across, 1), round(HEIGHT - BOTTOM - amount * up, 1)

    values = _stairs([place(point.seconds, point.value) for point in points])
    bounds = _stairs([place(point.seconds, point.bound) for point in points])
    x, y = place(last, points[-1].value)
    return Curve(
        value="M" + "L".join(values),
        bound="M" + "L".join(bounds),
        area="M" + "L".join([*values, *reversed(bounds)]) + "Z",
        last_x=x,
        last_y=y,
        across=tuple(
            Tick(
                at=place(first + share * (last - first), 0)[0],
                words=f"{number(first + share * (last - first), 1)} s",
            )
            for share in (0, 0.25, 0.5, 0.75, 1)
        ),
        up=tuple(
            Tick(at=place(first, share * top)[1], words=number(round(share * top))) for share in (0, 0.5, 1)
        ),
    )


def _stairs(places: list[tuple[float, float]]) -> list[str]:
    drawn = [f"{places[0][0]} {places[0][1]}"]
    for (_, before), (x, y) in pairwise(places):
        drawn += [f"{x} {before}", f"{x} {y}"]
    return drawn
