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
SITES, STAFF = ("gagny", "bureau"), ("AR", "NK")
NOWHERE = ("nulle-part", "équipe", "%00")
KNOWN: dict[str, tuple[str, ...]] = {
    "territory": ("vivante",),
    "code": (*SITES, *STAFF, "KM4821", "KM4821-o2r", "o2r", "suivis-AR/1", *NOWHERE),
    **dict.fromkeys(("site", "sites", "from_site", "to_site", "base"), SITES),
    **dict.fromkeys(("staff", "referent", "coming", "leaving", "attendees", "usual_staff"), STAFF),
    **dict.fromkeys(("participant", "participants"), ("KM4821", "ZT1002", "BB3003")),
    "programme": ("o2r",),
    "path": ("KM4821-o2r",),
    "need": ("suivis-AR/1",),
    "status": ("honoured", "missed", "excused", "cancelled_by_us"),
    "name": ("Nom",),
    "kind": ("suivi", "permanence", "leave", "bureau"),
    "from_hour": ("09:00",),
    "to_hour": ("12:00",),
}


class Fuzzed:
    """`plans` and `things` are ids of drafts and of what is published, one of nothing among them."""

    def __init__(self, url: str, plans: tuple[str, ...], things: tuple[str, ...]) -> None:
        self.url = url
        self.plans = plans
        self.things = things

    def known(self, name: str) -> tuple[str, ...]:
        """Values that a parameter or a field of that name may well have; none when any will do."""
        if name.endswith("_id"):
            return self.plans if name in ("plan_id", "other_id") else self.things
        if name.endswith("_on"):
            return tuple(
                str(day(ahead)) for ahead in ((3, 4) if name.startswith(("first", "from")) else (5, 9))
            )
        if name.endswith("_at"):
            return tuple(at(ahead, 9 if name == "starts_at" else 12).isoformat() for ahead in (3, 4))
        return KNOWN.get(name, ())


@contextmanager
def fuzzed_service(template: Path, var: Path) -> Iterator[Fuzzed]:
    """Whoever comes from this machine coordinates."""
    shutil.copy(template, var / "escale.sqlite3")
    plans, things = asyncio.run(_prepare(f"sqlite:///{var / 'escale.sqlite3'}"))
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
            wait_until(lambda: answers(port))
            yield Fuzzed(f"http://127.0.0.1:{port}", plans, things)
        finally:
            process.terminate()
            process.wait(timeout=60)


async def _prepare(url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    async with connected(url):
        territory = await make_living()
        await publish(territory, host(3), host(4, staff="NK"), host(5, site="gagny"), _past())
        await fix_interview(territory, meeting(3, 10), COORDINATOR)
        draft = await add_draft(territory.id, NewPlan(first_on=day(1), last_on=day(9), origin="hand"))
        found = await assignments_of(territory.id, Wanted())
        nothing = str(uuid4())
        return (str(draft.id), nothing), (*(str(one.id) for one in found), nothing)


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
