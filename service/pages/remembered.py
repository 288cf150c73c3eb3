"""Facts and problems kept in memory while nothing changed: the database's revisions decide."""

from collections import OrderedDict
from typing import TypeVar
from uuid import UUID

from db.queries.facts import facts_of
from db.queries.plans import plan_file
from db.records.facts import Facts
from db.records.plan import Plan
from db.records.territory import Territory
from planner.problem import Problem
from planner.problem_file import read_problem

Key = TypeVar("Key")
Value = TypeVar("Value")
MOST = 64
_facts: OrderedDict[UUID, tuple[tuple[int, int], Facts]] = OrderedDict()
_problems: OrderedDict[tuple[UUID, str], Problem] = OrderedDict()


async def territory_facts(territory: Territory) -> Facts:
    """The facts of a territory that was just read: from memory when its revisions are the same."""
    revisions = (territory.facts_revision, territory.version)
    known = _facts.get(territory.id)
    if known is None or known[0] != revisions:
        known = (revisions, await facts_of(territory.id))
        _keep(_facts, territory.id, known)
    return known[1]


async def problem_of(plan: Plan) -> Problem:
    """The problem that a plan was made from; its file never changes under one checksum."""
    key = (plan.id, plan.problem_sha256 or "")
    if key not in _problems:
        _keep(_problems, key, read_problem(await plan_file(plan.id, "problem")))
    return _problems[key]


def _keep(memory: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > MOST:
        memory.popitem(last=False)
