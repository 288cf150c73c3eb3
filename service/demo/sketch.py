"""What an association sees after its first half hour: sites, cadences and people, nothing else."""

import asyncio
from datetime import date

import msgspec

from db.records.facts import Facts
from planner.plan import Plan
from planner.problem import Problem
from planner.problem_file import write_problem
from service.jobs.solver_messages import CurvePoint, SolveOptions
from service.jobs.solver_process import solve_in_process
from service.progress_line import ProgressLine
from service.translate.problem import Snapshot, translate

SECONDS = 10.0


def first_layer(facts: Facts) -> Facts:
    """The same territory without promotions, workshops, meetings and participants."""
    cadences = tuple(one for one in facts.cadences if one.kind == "permanence" and one.follows is None)
    return msgspec.structs.replace(
        facts,
        cadences=cadences,
        promotions=(),
        meetings=(),
        participants=(),
        paths=(),
        needs=(),
        volumes=(),
        pins=(),
    )


def sketch_problem(facts: Facts, first_on: date, last_on: date, today_on: date) -> Problem:
    return translate(Snapshot(facts=first_layer(facts)), first_on, last_on, today_on).problem


async def solve_sketch(problem: Problem, line: ProgressLine) -> Plan:
    """The plan of a sketch; nothing is stored."""

    async def tell(point: CurvePoint) -> None:
        line(point)

    plan = await solve_in_process(
        msgspec.json.format(write_problem(problem), indent=-1),
        SolveOptions(time_limit_seconds=SECONDS),
        stop_asked=asyncio.Event(),
        on_point=tell,
    )
    line.end()
    return plan or Plan()
