"""A running service with a living territory, for who sends it anything: the real command, in a process of its own."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from db.engine import connected
from db.queries.assignments import Wanted, assignments_of
from db.queries.plans import add_draft
from db.records.assignment import Content
from db.records.plan import NewPlan
from service.actions.fix_interview import fix_interview
from tests.pages.conftest import answers
from tests.servers import free_port, wait_until
from tests.service.living_territory import COORDINATOR, at, day, host, make_living, meeting, publish

ROOT = Path(__file__).resolve().parents[3]
CODES = ("gagny", "bureau", "AR", "KM4821", "KM4821-o2r", "o2r", "suivis-AR/1", "nulle-part", "équipe", "%00")


class Fuzzed:
    """`ids` are those of published things and drafts, one of nothing among them."""

    def __init__(self, url: str, ids: tuple[str, ...]) -> None:
        self.url = url
        self.ids = ids


@contextmanager
def fuzzed_service(template: Path, var: Path) -> Iterator[Fuzzed]:
    """Whoever comes from this machine coordinates."""
    shutil.copy(template, var / "escale.sqlite3")
    ids = asyncio.run(_prepare(f"sqlite:///{var / 'escale.sqlite3'}"))
    port = free_port()
    environment = {
        **os.environ,
        "ESCALE_VAR": str(var),
        "ESCALE_PORT": str(port),
        "ESCALE_SOLVE_SECONDS": "1",
        "ESCALE_SOLVE_WORKERS": "1",
        "ESCALE_REQUESTS_PER_MINUTE": "1000000",
    }
    with (var / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "serve"], cwd=ROOT, env=environment, stderr=log
        )
        try:
            wait_until(lambda: answers(port), seconds=40)
            yield Fuzzed(f"http://127.0.0.1:{port}", ids)
        finally:
            process.terminate()
            process.wait(timeout=15)


async def _prepare(url: str) -> tuple[str, ...]:
    async with connected(url):
        territory = await make_living()
        await publish(territory, host(3), host(4, staff="NK"), host(5, site="gagny"), _past())
        await fix_interview(territory, meeting(3, 10), COORDINATOR)
        draft = await add_draft(territory.id, NewPlan(first_on=day(1), last_on=day(9), origin="hand"))
        found = await assignments_of(territory.id, Wanted())
        return (*(str(one.id) for one in found), str(draft.id), str(uuid4()))


def _past() -> Content:
    return Content(
        kind="interview",
        key="interview:past:1",
        held_on=day(-1),
        half_day="am",
        starts_at=at(-1, 10),
        ends_at=at(-1, 11),
        staff=("AR",),
        site="bureau",
        participant="ZT1002",
        programme="o2r",
        interview_kind="suivi",
        mode="on_site",
    )
