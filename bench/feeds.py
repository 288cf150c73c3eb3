"""Feeds side by side: our writing against icalendar's, our kept answers against a bare handler, many subscribers.

`python -m bench.feeds` prints a table and writes it to docs/feeds-bench.md; every figure is a median of
several runs on this machine, and only ratios say much about another.
"""

import asyncio
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import icalendar
import msgspec
from litestar import Litestar, Response, get

from bench.machine import described
from bench.subscribers import polled
from calendars.booking import Booking, PermanenceBooking, Place, TakenPlace
from calendars.feeds.staff import STAFF
from calendars.writer import FeedHead
from db.queries.assignment_writing import Author, write_assignments
from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.territories import add_territory
from db.records.assignment import Content, Write
from db.records.cadence import Cadence
from db.records.facts import FactSet
from db.records.site import Site
from db.records.staff import StaffMember
from service import feed_store
from service.actions.make_feed_address import make_feed_address
from service.app import create_app
from service.database import open_database
from service.feed_store import FeedStore
from service.settings import read_settings

EVENTS, CHANGED, SUBSCRIBERS = 500, 10, 2000
REPORT = Path(__file__).resolve().parent.parent / "docs" / "feeds-bench.md"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FIRST = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def bookings() -> list[Booking]:
    """Permanences of the usual length of text, three a day."""
    made: list[Booking] = []
    for number in range(EVENTS):
        starts_at = FIRST + timedelta(days=number // 3, hours=4 * (number % 3))
        made.append(
            PermanenceBooking(
                uid=uuid4(),
                sequence=0,
                created_at=NOW,
                last_modified_at=NOW,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=3),
                place=Place(name="CSL Gagny", address="1 rue des Exemples, 93220 Gagny", phones_outside=True),
                staff=("AR", "LM"),
                places_count=4,
                taken=tuple(TakenPlace(starts_at=starts_at + timedelta(minutes=45 * n)) for n in range(3)),
                url=f"https://escale.example/permanences/{number}",
            )
        )
    return made


def milliseconds(work: Callable[[], object], times: int = 9) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        started = perf_counter()
        work()
        taken.append(perf_counter() - started)
    return 1000 * median(taken)


def writing() -> list[tuple[str, str, str]]:
    """First build and rebuild against icalendar serialising the same events."""
    made, head = bookings(), FeedHead(title="Équipe", zone="Europe/Paris")
    first = STAFF.write(head, made, NOW)
    parsed = icalendar.Calendar.from_ical(first.body)
    theirs = milliseconds(parsed.to_ical, 5)
    ours = milliseconds(lambda: STAFF.write(head, made, NOW))
    later = [
        msgspec.structs.replace(one, sequence=1, last_modified_at=NOW + timedelta(hours=1))
        if number < CHANGED
        else one
        for number, one in enumerate(made)
    ]
    again = milliseconds(lambda: STAFF.write(head, later, NOW, first.kept))
    return [
        ("icalendar serialises 500 events", f"{theirs:.1f} ms", ""),
        ("first build of the same", f"{ours:.1f} ms", f"{ours / theirs:.2f} x (aim 1.3)"),
        ("build after 10 changes, events kept", f"{again:.1f} ms", "aim 60 ms with its reading, below"),
    ]


async def filled() -> tuple[Any, str, list[Write]]:
    """A territory with one person's 500 permanences, and the token of their feed."""
    territory = await add_territory(
        code="mesure", name="Mesure", zone="Europe/Paris", departements=("93",), settings={}
    )
    cadence = Cadence(code="c", name="Permanence", site="gagny", kind="permanence")
    facts = FactSet(
        sites=(Site(code="gagny", name="CSL Gagny", kind="semi_liberte"),),
        staff=(StaffMember(code="AR", name="AR"),),
        cadences=(cadence,),
    )
    await store_facts(territory.id, facts)
    writes = [_write(number) for number in range(EVENTS)]
    await write_assignments(territory.id, writes, Author(at=NOW))
    person = (await facts_of(territory.id)).staff[0]
    token, _ = await make_feed_address(territory.id, "staff", person.id, "mesure")
    return territory, token, writes


def _write(number: int, shift_minutes: int = 0) -> Write:
    held_on = date(2026, 12, 1) + timedelta(days=number // 2)
    half_day = "am" if number % 2 == 0 else "pm"
    hour = 8 if half_day == "am" else 13
    starts_at = datetime(held_on.year, held_on.month, held_on.day, hour, shift_minutes, tzinfo=UTC)
    content = Content(
        kind="permanence",
        key=f"permanence/c/{held_on}/{half_day}",
        held_on=held_on,
        half_day=half_day,  # type: ignore[arg-type]
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        staff=("AR",),
        site="gagny",
        cadence="c",
        places=4,
    )
    return Write(id=uuid4(), content=content)


async def serving() -> list[tuple[str, str, str]]:
    """Over a real database: after a publication, cached answers, many subscribers."""
    with tempfile.TemporaryDirectory() as folder:
        many = {"ESCALE_REQUESTS_PER_MINUTE": "1000000", "ESCALE_FEEDS_GZIP": "true"}
        settings = read_settings({"ESCALE_VAR": folder, **many})
        async with open_database(settings):
            territory, token, writes = await filled()
            rows = await _after_publications(territory, token, writes)
            app = create_app(settings)
            rows += await _answers(app, f"/feeds/{token}.ics")
            return rows + await _subscribers(app, territory)


async def _after_publications(territory: Any, token: str, writes: list[Write]) -> list[tuple[str, str, str]]:
    feed_store.STATE_SECONDS = 0.0
    store, taken = FeedStore("http://escale.example"), []
    await store.serve(f"{token}.ics", NOW)
    for turn in range(1, 8):
        changed = [
            msgspec.structs.replace(write, content=_write(number, shift_minutes=turn).content)
            for number, write in enumerate(writes[:CHANGED])
        ]
        await write_assignments(territory.id, changed, Author(at=NOW + timedelta(minutes=turn)))
        started = perf_counter()
        await store.serve(f"{token}.ics", NOW + timedelta(minutes=turn))
        taken.append(perf_counter() - started)
    feed_store.STATE_SECONDS = 2.0
    label = "feed of 500 served after 10 changes, read from SQLite"
    return [(label, f"{1000 * median(taken):.1f} ms", "aim 60 ms")]


async def _answers(app: Litestar, path: str) -> list[tuple[str, str, str]]:
    body = (await _ask(app, path, {}))[1]

    @get("/bare", roles=("public",))
    async def bare() -> Response[bytes]:
        return Response(body, media_type="text/calendar")

    app.register(bare)
    etag = dict((await _ask(app, path, {}))[0])[b"etag"].decode()
    plain = await _each(lambda: _ask(app, "/bare", {}))
    full = await _each(lambda: _ask(app, path, {}))
    fresh = await _each(lambda: _ask(app, path, {"if-none-match": etag}))
    return [
        ("bare handler, the same bytes", f"{plain:.3f} ms", ""),
        ("cached 200", f"{full:.3f} ms", f"{full / plain:.2f} x (aim 1.5)"),
        ("304", f"{fresh:.3f} ms", f"{fresh / plain:.2f} x (aim 1.5)"),
    ]


async def _subscribers(app: Litestar, territory: Any) -> list[tuple[str, str, str]]:
    """Each asks twice over a socket of its own: the calendar, then whether it changed."""
    person = (await facts_of(territory.id)).staff[0]
    assert person.id is not None
    tokens = [
        (await make_feed_address(territory.id, "staff", person.id, f"{n}"))[0] for n in range(SUBSCRIBERS)
    ]
    found = await polled(app, _free_port(), [f"/feeds/{token}.ics" for token in tokens])
    return [
        (
            f"{SUBSCRIBERS} subscribers, each 200 then 304, one process",
            f"{found.seconds:.1f} s",
            f"{found.others(200, 304)} errors (aim 60 s, none)",
        )
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _each(ask: Callable[[], Awaitable[object]], times: int = 300) -> float:
    taken = []
    for _ in range(times):
        started = perf_counter()
        await ask()
        taken.append(perf_counter() - started)
    return 1000 * median(taken)


async def _ask(app: Litestar, path: str, headers: dict[str, str]) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """One request at the application's own door: neither a client's nor a socket's time is measured."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 5000),
        "server": ("127.0.0.1", 8000),
    }
    head: list[tuple[bytes, bytes]] = []
    body = b""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal body
        if message["type"] == "http.response.start":
            head.extend(message["headers"] if message["status"] in (200, 304) else [])
        else:
            body += message.get("body", b"")

    await app(scope, receive, send)  # type: ignore[arg-type]
    return head, body


def main() -> None:
    rows = [*writing(), *asyncio.run(serving())]
    lines = [described(), "", "| measure | median | against |", "| --- | --- | --- |"]
    table = "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"
    REPORT.write_text(
        f"# Feeds, measured\n\n`python -m bench.feeds` makes this page.\n\n{table}", encoding="utf-8"
    )
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
