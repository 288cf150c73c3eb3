"""A generation under way, as one struct: which goal is being settled, the curve, what stands so far."""

from typing import Literal

import msgspec

from db.records.job import Job
from db.records.plan import Plan
from planner.plan import LEVEL_NAMES, Level
from planner.tally import Tally
from service.catalogue import gettext, text
from service.french_text import number
from service.jobs.solver_messages import CurvePoint
from service.messages.levels import gap_words, level_title
from service.pages.board.verdict import GROUPS
from service.pages.progress_curve import Curve, curve_of


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One of the five goals. `open`: left behind, a better value is not excluded yet; empty: to come."""

    words: str
    state: Literal["settled", "open", "current", ""]


class LevelSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """The best value of one goal heard so far; `settled` is the second at which it was left behind."""

    level: str
    name: str
    value: int
    bound: int
    current: bool
    settled: str = ""

    @property
    def proved(self) -> bool:
        return self.value <= self.bound

    @property
    def gap(self) -> float:
        return (self.value - self.bound) / max(self.value, 100)

    @property
    def words(self) -> str:
        """prouvé; écart 5,0 %; en cours, écart 5,0 %"""
        if self.proved:
            return text("prouvé")
        return text("en cours, {gap}", gap=self.gap_words) if self.current else self.gap_words

    @property
    def gap_words(self) -> str:
        """écart 5,0 %"""
        return gap_words(self.value, self.bound, 1 if self.gap < 0.1 else 0)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """`over` says that nothing more will come; `points` are of the level now being settled."""

    title: str
    seconds: str
    steps: tuple[Step, ...]
    points: tuple[CurvePoint, ...]
    levels: tuple[LevelSoFar, ...]
    placed: tuple[tuple[str, str], ...]
    """What is placed so far of what is asked: "Permanences", "16 sur 17"."""
    limit: str
    curve: Curve | None
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
    levels = _levels(points, {one.name: one.bound for one in ended}, over=over and not failed)
    return Progress(
        title=_title(last, state),
        seconds=number(last.seconds, 1) if last else "0",
        steps=_steps(levels, last, over=over and not failed),
        points=tuple(here),
        levels=levels,
        placed=_placed(last.placed) if last and last.placed else (),
        limit=number(float(plan.options.get("time_limit_seconds", 60.0))),
        curve=curve_of(here) if here else None,
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
    rank, name, members = next(
        (rank, *group) for rank, group in enumerate(GROUPS, 1) if last.level in group[1]
    )
    words = level_title(last.level) if len(members) > 1 else gettext(name)
    return text("Objectif {rank} sur 5 : {name}", rank=rank, name=words.lower())


def _levels(points: list[CurvePoint], proved: dict[str, int], *, over: bool) -> tuple[LevelSoFar, ...]:
    """In their order, those still to come left out: the last point of each, and what was proved of it later."""
    if not points:
        return ()
    earlier, current = points[0].left, points[-1].level
    last = {point.level: point for point in (*earlier, *points)}
    found = [last[name] for name in LEVEL_NAMES if name in last]
    reached = [point for point in found if over or _rank(point) <= LEVEL_NAMES.index(current)]
    return tuple(
        LevelSoFar(
            level=point.level,
            name=level_title(point.level),
            value=point.value,
            bound=max(point.bound, proved.get(point.level, 0)),
            current=point.level == current and not over,
            settled="" if point in earlier else _settled(point, points, over=over),
        )
        for point in reached
    )


def _rank(point: CurvePoint) -> int:
    return LEVEL_NAMES.index(point.level)


def _settled(last: CurvePoint, points: list[CurvePoint], *, over: bool) -> str:
    """The second at which a later goal was taken up; empty while it is the current one."""
    after = (one for one in points if one.seconds > last.seconds and _rank(one) > _rank(last))
    left_at = next(after, points[-1] if over else None)
    return number(left_at.seconds, 1) if left_at else ""


def _placed(found: Tally) -> tuple[tuple[str, str], ...]:
    pairs = (
        (text("Permanences"), found.permanences),
        (text("Séances et ateliers"), found.sessions),
        (text("Entretiens"), found.interviews),
    )
    return tuple(
        (name, text("{placed} sur {asked}", placed=number(placed), asked=number(placed + missing)))
        for name, (placed, missing) in pairs
    )


def _steps(levels: tuple[LevelSoFar, ...], last: CurvePoint | None, *, over: bool) -> tuple[Step, ...]:
    ranks = [rank for rank, (_, members) in enumerate(GROUPS) if last and last.level in members]
    current = len(GROUPS) if over else ranks[0] if ranks else -1
    return tuple(
        _step(rank, f"{rank + 1} {gettext(name)}", [one for one in levels if one.level in members], current)
        for rank, (name, members) in enumerate(GROUPS)
    )


def _step(rank: int, name: str, heard: list[LevelSoFar], current: int) -> Step:
    if rank > current:
        return Step(words=name, state="")
    widest = max(heard, key=lambda one: one.gap, default=None)
    is_open = widest is not None and widest.gap > 0
    words = text("{goal}, {gap}", goal=name, gap=widest.gap_words) if widest and is_open else name
    if rank == current:
        return Step(words=words, state="current")
    return Step(words=words, state="open" if is_open else "settled")
