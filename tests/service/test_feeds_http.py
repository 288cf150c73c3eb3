"""Feeds as clients fetch them, from a real database on both engines."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import httpx
import icalendar
import msgspec
import pytest

from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.feed_tokens import feed_tokens, revoke_feed_token
from db.queries.places import take_place
from db.records.assignment import Assignment, Content, Write
from db.records.place import PlaceRequest
from db.records.territory import Territory
from service import feed_store, feed_uses
from service.actions.make_feed_address import make_feed_address
from service.feed_store import FeedStore
from service.settings import read_settings
from tests.db.assignments import interview, new, permanence, session, territory_with_facts
from tests.service.door import app_for

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.timeout(60), pytest.mark.slow]
Client = httpx.AsyncClient


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is asked at each request, and uses are written without delay."""
    monkeypatch.setattr(feed_store, "STATE_SECONDS", 0.0)
    monkeypatch.setattr(feed_uses, "WRITE_SECONDS", 0.0)


@pytest.fixture
async def territory() -> Territory:
    territory = await territory_with_facts()
    await write_assignments(territory.id, [new(permanence(1)), new(session(3))], Author(at=NOW))
    return territory


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    app = app_for(read_settings({"ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false"}))
    async with Client(transport=httpx.ASGITransport(app=app), base_url="http://escale.test") as client:
        yield client


NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def address(
    territory: Territory, kind: str = "staff", code: str = "AR", device: str = "Téléphone"
) -> str:
    facts = await facts_of(territory.id)
    named = {"staff": facts.staff, "site": facts.sites, "promotion": facts.promotions}
    named |= {"partner": facts.partners, "free_busy": facts.partners}
    subject = territory.id
    if kind != "territory":
        subject = next(one.id for one in named[kind] if one.code == code)
    token, _ = await make_feed_address(territory.id, kind, subject, device)
    return f"/feeds/{token}.ics"


async def events(client: Client, path: str) -> list[icalendar.Event]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


async def permanences(client: Client, path: str) -> list[icalendar.Event]:
    return [one for one in await events(client, path) if "Permanence" in one["SUMMARY"]]


async def test_a_feed_is_a_private_calendar_without_cookie_or_session(client: Client, territory: Territory):
    answer = await client.get(await address(territory))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert "set-cookie" not in answer.headers
    assert answer.content.endswith(b"END:VCALENDAR\r\n")
    assert "KM4821" not in answer.text


async def test_head_has_the_headers_of_get_and_no_body(client: Client, territory: Territory):
    path = await address(territory)
    got, head = await client.get(path), await client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "last-modified", "content-type", "content-length", "cache-control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda etag: etag, 304),
        (lambda etag: f"W/{etag}", 304),
        (lambda etag: f'"other", {etag}', 304),
        (lambda etag: f'W/"other",W/{etag}', 304),
        (lambda etag: "*", 304),
        (lambda etag: '"other"', 200),
        (lambda etag: "", 200),
    ],
)
async def test_a_known_validator_is_answered_304(
    make: Callable[[str], str], status: int, client: Client, territory: Territory
):
    path = await address(territory)
    etag = (await client.get(path, headers={"accept-encoding": "identity"})).headers["etag"]
    answer = await client.get(path, headers={"if-none-match": make(etag), "accept-encoding": "identity"})
    assert answer.status_code == status
    assert answer.headers["etag"] == etag
    assert bool(answer.content) == (status == 200)


async def test_if_modified_since_counts_only_without_a_validator(client: Client, territory: Territory):
    path = await address(territory)
    first = await client.get(path)
    since = first.headers["last-modified"]
    assert (await client.get(path, headers={"if-modified-since": since})).status_code == 304
    both = {"if-modified-since": since, "if-none-match": '"other"'}
    assert (await client.get(path, headers=both)).status_code == 200
    earlier = format_datetime(parsedate_to_datetime(since) - timedelta(seconds=1), usegmt=True)
    assert (await client.get(path, headers={"if-modified-since": earlier})).status_code == 200
    for unreadable in ("yesterday", "", "Mon, 99 Nov 2026 08:00:00 GMT"):
        assert (await client.get(path, headers={"if-modified-since": unreadable})).status_code == 200


async def test_gzip_is_given_to_who_asks_under_a_weak_validator(client: Client, territory: Territory):
    path = await address(territory)
    plain = await client.get(path, headers={"accept-encoding": "identity"})
    packed = await client.get(path, headers={"accept-encoding": "br, gzip;q=0.5"})
    refused = await client.get(path, headers={"accept-encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content == refused.content
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in refused.headers
    again = await client.get(path, headers={"if-none-match": packed.headers["etag"]})
    assert again.status_code == 304


async def test_gzip_can_be_switched_off(territory: Territory, tmp_path: Path):
    app = app_for(
        read_settings({"ESCALE_VAR": str(tmp_path), "ESCALE_DEMO": "false", "ESCALE_FEEDS_GZIP": "false"})
    )
    async with Client(transport=httpx.ASGITransport(app=app), base_url="http://escale.test") as client:
        answer = await client.get(await address(territory), headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers
    assert answer.headers["etag"].startswith('"')


async def test_any_accept_and_an_empty_bearer_still_get_the_calendar(client: Client, territory: Territory):
    path = await address(territory)
    for headers in (
        {"accept": "text/html"},
        {"accept": "application/json;q=0.1"},
        {"accept": "nonsense"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": "Basic xxx", "cookie": "session=1"},
    ):
        assert (await client.get(path, headers=headers)).status_code == 200


async def test_an_unknown_address_is_404_and_a_revoked_one_410(client: Client, territory: Territory):
    path = await address(territory)
    other = await address(territory, device="Ordinateur")
    assert (await client.get(path)).status_code == 200
    phone = next(one for one in await feed_tokens(territory.id) if one.device == "Téléphone")
    await revoke_feed_token(territory.id, phone.id, at=NOW)
    assert (await client.get(path)).status_code == 410
    assert (await client.head(path)).status_code == 410
    assert (await client.get(other)).status_code == 200
    for unknown in ("/feeds/nothing.ics", path.replace("feeds/", "feeds/x"), path.removesuffix(".ics")):
        answer = await client.get(unknown)
        assert (answer.status_code, answer.headers.get("location")) == (404, None)


async def test_other_methods_are_refused_alike_for_known_and_unknown_addresses(
    client: Client, territory: Territory
):
    path = await address(territory)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        known, unknown = (
            await client.request(method, path),
            await client.request(method, "/feeds/nothing.ics"),
        )
        assert known.status_code == unknown.status_code == 405


async def test_the_last_use_is_written_in_the_background(client: Client, territory: Territory):
    path = await address(territory)
    await client.get(path)
    for _ in range(100):
        (token,) = await feed_tokens(territory.id)
        if token.last_used_at:
            break
    assert token.last_used_at is not None
    assert token.last_used_at.minute == token.last_used_at.second == 0


async def test_two_processes_see_a_publication_and_keep_the_same_bytes(territory: Territory):
    one, two = FeedStore("http://escale.test"), FeedStore("http://escale.test")
    name = (await address(territory)).removeprefix("/feeds/")
    first, second = await one.serve(name, NOW), await two.serve(name, NOW)
    assert first.body == second.body
    await write_assignments(territory.id, [new(permanence(8))], Author(at=NOW))
    first, second = await one.serve(name, NOW), await two.serve(name, NOW)
    assert first.body == second.body
    assert first.body.count(b"SUMMARY:Permanence") == 2


async def test_an_event_lives_through_publications(territory: Territory, client: Client):
    """Created, moved, given to somebody else, cancelled, restored."""
    mine, successors = await address(territory), await address(territory, code="LD")
    (before,) = await permanences(client, mine)
    await change(territory, before, starts_at=at(2, 8), ends_at=at(2, 11), held_on=at(2, 8).date())
    (moved,) = await permanences(client, mine)
    assert moved["UID"] == before["UID"]
    assert (before["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert moved["CREATED"].dt == before["CREATED"].dt
    await change(territory, before, staff=("LD",))
    (left,) = await permanences(client, mine)
    assert left["STATUS"] == "CANCELLED"
    assert left["SUMMARY"].startswith("Annulé : ")
    assert left["SEQUENCE"] > moved["SEQUENCE"]
    taken_over = [one for one in await permanences(client, successors) if one["UID"] == before["UID"]]
    assert [one["STATUS"] for one in taken_over] == ["CONFIRMED"]
    await change(territory, before, staff=("AR",), status="cancelled", cancelled_by="site")
    (cancelled,) = await permanences(client, mine)
    assert (cancelled["STATUS"], "Annulé par le site" in cancelled["DESCRIPTION"]) == ("CANCELLED", True)
    await change(territory, before, status="planned", cancelled_by=None)
    (restored,) = await permanences(client, mine)
    assert restored["STATUS"] == "CONFIRMED"
    assert restored["SEQUENCE"] > cancelled["SEQUENCE"] >= left["SEQUENCE"]


async def test_last_modified_moves_when_an_event_only_leaves(territory: Territory):
    store = FeedStore("http://escale.test")
    (kept,) = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    path = (await address(territory)).removeprefix("/feeds/")
    gone = msgspec.structs.replace(content_of(kept), status="cancelled", cancelled_by="us")
    await write_assignments(territory.id, [Write(id=kept.id, content=gone)], Author(at=NOW))
    there = await store.serve(path, kept.ends_at - timedelta(seconds=1))
    away = await store.serve(path, kept.ends_at)
    assert (there.body.count(b"Permanence"), away.body.count(b"Permanence")) == (1, 0)
    assert away.modified_at >= there.modified_at + timedelta(seconds=1)


async def test_a_site_and_a_promotion_feed_say_nothing_of_participants(territory: Territory, client: Client):
    (host,) = await assignments_of(territory.id, Wanted(kinds=("permanence",)))
    await write_assignments(territory.id, [new(interview(1, host_id=host.id))], Author(at=NOW))
    for kind, code in (("site", "gagny"), ("promotion", "sas-7"), ("territory", ""), ("staff", "AR")):
        text = (await client.get(await address(territory, kind, code))).text
        assert "KM4821" not in text
    (event,) = [one for one in await events(client, await address(territory)) if "1/4" in one["SUMMARY"]]
    assert "10" in event["DESCRIPTION"]


async def test_a_partner_sees_free_places_and_its_own_orientations_only(territory: Territory, client: Client):
    facts = await facts_of(territory.id)
    partner = facts.partners[0]
    site = partner.sites[0].site
    day = next(o for s in facts.sites if s.code == site for o in s.openings).weekday
    held_on = next(d for d in range(2, 29) if at(d, 8).date().isoweekday() == day)
    host = new(permanence(held_on, site=site))
    await write_assignments(territory.id, [host], Author(at=NOW))
    path, machine = (
        await address(territory, "partner", partner.code),
        await address(territory, "free_busy", partner.code),
    )
    free = await events(client, path)
    assert len(free) >= 2
    assert {one["TRANSP"] for one in free} == {"TRANSPARENT"}
    assert all(one["SUMMARY"].startswith("Place libre · ") for one in free)
    request = PlaceRequest(host_kind="permanence", host_id=host.id, slot=0, capacity=1, state="booked")
    await take_place(territory.id, msgspec.structs.replace(request, partner_id=partner.id))
    after = await events(client, path)
    assert sorted(one["SUMMARY"].split(" · ")[0] for one in after) == ["Orientation"] + ["Place libre"] * (
        len(free) - 1
    )
    text = (await client.get(machine)).text
    assert "BEGIN:VFREEBUSY" in text
    assert "SUMMARY" not in text
    assert "staff" not in text
    periods = [line.partition(":")[2] for line in text.splitlines() if line.startswith("FREEBUSY")]
    assert periods
    assert periods == sorted(periods)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


STEP = iter(range(1, 1000))


async def change(territory: Territory, event: icalendar.Event, **changes: object) -> None:
    """A living change of the assignment behind an event, each later than the one before."""
    id_ = str(event["UID"]).removesuffix("@escale")
    found: list[Assignment] = list(await assignments_of(territory.id, Wanted()))
    content: Content = content_of(next(one for one in found if str(one.id) == id_))
    write = Write(
        id=next(one.id for one in found if str(one.id) == id_),
        content=msgspec.structs.replace(content, **changes),
    )
    await write_assignments(territory.id, [write], Author(at=NOW + timedelta(minutes=next(STEP))))
