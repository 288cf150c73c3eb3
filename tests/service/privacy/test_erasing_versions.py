"""A version that names somebody who is erased: read again, edited and audited under the code that tells nothing."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.queries.plans import any_plan, plan_file
from planner.plan import Plan as MadePlan
from planner.problem_file import problem_sha256, read_plan, read_problem
from service.actions.edit_draft import undo_edit
from service.actions.read_version import read_version
from service.actions.remove_item import remove_item
from service.actions.request_plan import request_plan
from service.actions.run_plan import run_plan
from service.explaining.contents import contents_of
from service.jobs.solver_messages import SolveOptions
from service.privacy.erasing import erase_person
from tests.service.small_territory import (
    ACTOR,
    FIRST_ON,
    LAST_ON,
    OPTIONS,
    QuietQueue,
    QuietWatcher,
    make_plan,
    make_territory,
    solve_here,
)

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_a_version_read_before_the_erasure_does_not_name_the_person_after_it(tmp_path: Path) -> None:
    territory = await make_territory()
    draft = await make_plan(territory)
    before = await read_version(draft)
    assert b"KM4821" in msgspec.json.encode(before)
    await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
    kept = await any_plan(draft.id)
    after = await read_version(kept)
    assert b"KM4821" not in msgspec.json.encode([after, await contents_of(kept, after)])
    assert len(after.items) == len(before.items)
    assert kept.version == draft.version + 1


async def test_what_is_kept_of_it_still_belongs_together_and_can_be_edited(tmp_path: Path) -> None:
    territory = await make_territory()
    draft = await make_plan(territory)
    levels = [(one["name"], one["value"]) for one in draft.levels]
    await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
    kept = await any_plan(draft.id)
    problem = await plan_file(draft.id, "problem")
    assert kept.problem_sha256 == problem_sha256(problem) != draft.problem_sha256
    read_plan(await plan_file(draft.id, "plan"), read_problem(problem), problem_sha256(problem))
    permanence = next(one for one in (await read_version(kept)).items if one.kind == "permanence")
    await remove_item(territory, draft.id, permanence.key, version=kept.version, overrule=True)
    back = await undo_edit(territory, draft.id, version=None)
    assert [(one["name"], one["value"]) for one in back.levels] == levels


async def test_somebody_erased_while_their_month_is_solved_does_not_come_back(tmp_path: Path) -> None:
    territory, solved = await make_territory(), []

    async def erasing(problem: bytes, options: SolveOptions, **told: Any) -> MadePlan | None:
        if not solved:
            await erase_person(territory.id, "KM4821", tmp_path / "erasures.jsonl")
        solved.append(b"KM4821" in problem)
        return await solve_here(problem, options, **told)

    requested = await request_plan(territory, FIRST_ON, LAST_ON, OPTIONS, ACTOR, QuietQueue())
    ready = await run_plan(requested.id, QuietWatcher(), erasing)
    kept = [await plan_file(ready.id, kind) for kind in ("problem", "plan", "report")]
    assert (solved, str(ready.state)) == ([True, False], "ready")
    assert b"KM4821" not in msgspec.json.encode(await read_version(ready)) + b"".join(kept)
