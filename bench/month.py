"""`python -m bench.month`: a published month of 400 interviews, saved in one transaction and read over HTTP.

Embedded (SQLite, one process) and scaled out (PostgreSQL, Redis, two web processes). Needs the system
packages of the tests. Prints a table and writes it to docs/month-bench.md.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from uuid import uuid4

import httpx

from bench.machine import described
from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import store_facts
from db.records.account import Grant
from db.records.assignment import Content, Write
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Participant
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from tests.databases import make_sqlite_template, migrated_postgres_database, sqlite_database
from tests.deployment import Deployment, deployed
from tests.servers import postgres_server, redis_server
from tests.service.door import account
from tests.service.living_territory import make_living

INTERVIEWS, READS, CHANGES = 400, 300, 60
REPORT = Path(__file__).resolve().parent.parent / "docs" / "month-bench.md"
FIRST = datetime(2026, 12, 1, 8, tzinfo=UTC)
ASKED = {"from_on": "2026-12-01", "until_on": "2026-12-31"}


class Measured(NamedTuple):
    """Seconds to save, seconds of each reading, of each right after a change, of each one that had it already,
    and how much it weighs."""

    name: str
    saving: float
    reading: list[float]
    changed: list[float]
    again: list[float]
    bytes_read: int


def main() -> None:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        measured = [_measured(*one) for one in _deployments(folder, stack)]
    lines = [_line(one) for one in measured]
    head = [
        "# A published month, saved and read",
        "",
        f"{INTERVIEWS} interviews and what holds them; {READS} readings in a row, {CHANGES} right after a change of the facts.",
        "Aims: a reading in 50 ms (19 of 20),",
        f"a saving in 1 s. `python -m bench.month`, {described()}.",
        "",
        "| where | saved in one transaction | read: 1 of 2, 19 of 20 | after a change: 1 of 2, 19 of 20 "
        "| known already (304): 19 of 20 | size |",
        "|---|---|---|---|---|---|",
    ]
    REPORT.write_text("\n".join([*head, *lines, ""]))
    sys.stdout.write("\n".join([*lines, ""]))


def _deployments(folder: Path, stack: ExitStack) -> Iterator[tuple[str, Deployment]]:
    template = make_sqlite_template(folder)
    url = stack.enter_context(sqlite_database(template, folder))
    with deployed(url, folder / "embedded") as embedded:
        yield "embedded: SQLite, one process", embedded
    server, redis = stack.enter_context(postgres_server()), stack.enter_context(redis_server())
    url = stack.enter_context(migrated_postgres_database(server))
    with deployed(url, folder / "scaled", redis=redis, webs=2) as scaled:
        yield "scaled out: PostgreSQL, two web processes", scaled


def _measured(name: str, where: Deployment) -> Measured:
    token, saving = where.do(_prepare)
    root = f"{where.url}/api/territories/vivante"
    address = f"{root}/assignments"
    with httpx.Client(headers={"authorization": f"Bearer {token}"}, timeout=30) as client:
        first = client.get(address, params=ASKED)
        first.raise_for_status()
        assert first.json()["total"] >= INTERVIEWS
        changed = [_after_a_change(client, root, number) for number in range(CHANGES)]
        known = {"if-none-match": client.get(address, params=ASKED).headers["etag"]}
        reading = [_timed(lambda: client.get(address, params=ASKED), 200) for _ in range(READS)]
        again = [_timed(lambda: client.get(address, params=ASKED, headers=known), 304) for _ in range(READS)]
    return Measured(name, saving, sorted(reading), sorted(changed), sorted(again), len(first.content))


def _after_a_change(client: httpx.Client, root: str, number: int) -> float:
    """The month read when no process has it at hand any more."""
    client.post(f"{root}/programmes", json={"name": f"Programme {number}"}).raise_for_status()
    return _timed(lambda: client.get(f"{root}/assignments", params=ASKED), 200)


def _timed(ask: Callable[[], httpx.Response], status: int) -> float:
    started = perf_counter()
    answer = ask()
    seconds = perf_counter() - started
    assert answer.status_code == status
    return seconds


async def _prepare() -> tuple[str, float]:
    """The month, saved; a coordinator's token and the seconds that the saving took."""
    territory = await make_living()
    people = [f"ZZ{number:04d}" for number in range(INTERVIEWS)]
    needs = tuple(
        InterviewNeed(
            code=f"{one}/1", participant=one, from_on=FIRST.date(), until_on=FIRST.date(), sites=("bureau",)
        )
        for one in people
    )
    everybody = tuple(Participant(code=one) for one in people)
    await store_facts(territory.id, FactSet(participants=everybody, needs=needs))
    writes = [Write(id=uuid4(), content=content) for content in _contents(people)]
    started = perf_counter()
    await write_assignments(territory.id, writes, Author(at=datetime.now(UTC), actor_label="bench"))
    saving = perf_counter() - started
    made = await account("bench@vivante.fr", Grant(role="coordinator", territory="vivante"))
    return await make_api_token(made.id, "bench", tuple(SCOPES), 1), saving


def _contents(people: list[str]) -> Iterator[Content]:
    """Interviews of a quarter of an hour, one after the other, of two people."""
    for number, person in enumerate(people):
        starts_at = FIRST + timedelta(days=number // 20, minutes=25 * (number % 20))
        yield Content(
            kind="interview",
            key=f"interview:{person}/1:1",
            held_on=starts_at.date(),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=15),
            staff=(("AR", "NK")[number % 2],),
            site="bureau",
            need=f"{person}/1",
            participant=person,
            interview_kind="suivi",
            mode="on_site",
        )


def _line(one: Measured) -> str:
    def ms(seconds: list[float], share: float) -> str:
        return f"{seconds[int(len(seconds) * share)] * 1000:.0f} ms"

    return (
        f"| {one.name} | {one.saving:.2f} s | {ms(one.reading, 0.5)}, {ms(one.reading, 0.95)} "
        f"| {ms(one.changed, 0.5)}, {ms(one.changed, 0.95)} | {ms(one.again, 0.95)} | {one.bytes_read // 1000} kB |"
    )


if __name__ == "__main__":
    main()
