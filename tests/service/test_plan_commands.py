"""`escale plan` and `escale publish` as they are typed, on each engine: options, what is printed, exit codes."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from db.queries.fact_storing import add_fact
from db.queries.plans import any_plan
from db.queries.trail import Sought, trail
from db.records.site import Closure
from db.states import PlanState
from tests.service.small_territory import FIRST_ON, LAST_ON, make_plan, make_territory

ROOT = Path(__file__).resolve().parents[2]
HERE = ("--territory", "petite")
DECEMBER = (*HERE, "--month", "2026-12")
AS_ON = ("--today", "2026-11-20", "--time-limit", "20")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("database")]


async def _escale(url: str, folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output, errors."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ESCALE_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service.cli", *arguments),
        cwd=ROOT,
        env=kept | {"ESCALE_DATABASE_URL": url, "ESCALE_VAR": str(folder / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), errors.decode()


@pytest.mark.soak
async def test_a_month_is_planned_and_published_and_begun_again_from_scratch_without_a_word(
    database_url: str, tmp_path: Path
) -> None:
    await make_territory()
    code, out, _ = await _escale(database_url, tmp_path, "plan", *DECEMBER, *AS_ON)
    assert code == 0
    first = await any_plan(UUID(out.strip()))
    assert (first.state, first.options.get("from_scratch", False)) == (PlanState.READY, False)
    code, out, errors = await _escale(database_url, tmp_path, "publish", *DECEMBER)
    assert (code, out.startswith("version 1: "), errors) == (0, True, "")

    code, out, _ = await _escale(database_url, tmp_path, "plan", *DECEMBER, *AS_ON, "--from-scratch")
    assert code == 0
    again = await any_plan(UUID(out.strip()))
    assert again.options["from_scratch"] is True
    assert {level["name"]: level["value"] for level in again.levels}["changes"] == 0
    code, out, _ = await _escale(
        database_url, tmp_path, "publish", *HERE, "--plan", str(again.id), "--silently"
    )
    assert (code, out.startswith("version 2: ")) == (0, True)
    noted = await trail(Sought(about=("plan", str(again.id))))
    assert [one.action for one in noted] == ["publish_silently"]
    assert (await any_plan(again.id)).options["published_silently"] is True


async def test_what_cannot_be_published_is_listed_and_what_does_not_exist_is_named(
    database_url: str, tmp_path: Path
) -> None:
    territory = await make_territory()
    refused = await _escale(database_url, tmp_path, "publish", *DECEMBER)
    assert (refused[0], refused[2].count("\n")) == (2, 1)
    assert "no draft of 2026-12 in petite" in refused[2]
    nowhere = await _escale(database_url, tmp_path, "plan", "--territory", "nulle-part", "--month", "2026-12")
    assert nowhere[0] == 2
    assert "nulle-part" in nowhere[2]
    ready = await make_plan(territory)
    await add_fact(
        territory.id,
        Closure(code="works", site="gagny", from_on=FIRST_ON, until_on=LAST_ON),
    )
    code, out, errors = await _escale(database_url, tmp_path, "publish", *HERE, "--plan", str(ready.id))
    assert (code, out) == (1, "")
    assert "  site_open: gagny-permanence 2026-12-" in errors
