"""A coordinator's month over JSON: the service with its own queue, on a real database, solving for real."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from db.engine import connected
from db.queries.territories import territory_by_code
from service.actions.edit_draft import Edit, edit_draft
from tests.service.door import Client, service
from tests.service.small_territory import make_territory

pytestmark = pytest.mark.slow

PLANS = "/api/territories/petite/plans"
DATES = {"first_on": "2026-12-07", "last_on": "2026-12-18", "today_on": "2026-11-30"}
COPIED = {"first_on": "2026-12-07", "last_on": "2026-12-18"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Client]:
    """One service for all these stories; each begins its own drafts."""
    with service(tmp_path_factory.mktemp("var"), sqlite_template, make_territory) as client:
        yield client


def solved(client: Client) -> dict[str, Any]:
    """A plan asked for and followed to its end."""
    asked = client.post(PLANS, json=DATES)
    assert asked.status_code == 202, asked.text
    address = f"{PLANS}/{asked.json()['id']}"
    events = client.get(f"{address}/progress").text
    assert '"state":"ready"' in events
    found: dict[str, Any] = client.get(address).json()
    return found


def test_a_plan_is_asked_for_followed_compared_published_and_withdrawn(client: Client) -> None:
    plan = solved(client)
    address = f"{PLANS}/{plan['id']}"
    assert (plan["state"], {level["status"] for level in plan["levels"]}) == ("ready", {"optimal"})
    content = client.get(f"{address}/content").json()
    assert {item["kind"] for item in content["items"]} >= {"permanence", "interview"}
    assert len(client.get(f"{address}/diff").json()["changes"]) == len(content["items"])
    published = client.post(f"{address}/publish").json()
    assert len(published["created"]) == len(content["items"])
    again = client.post(f"{address}/publish")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/step-not-allowed")
    assert client.post(f"{address}/withdraw").json()["state"] == "withdrawn"


def test_a_move_over_json_is_refused_with_the_broken_rules_then_overruled(client: Client) -> None:
    plan = solved(client)
    address = f"{PLANS}/{plan['id']}"
    items = client.get(f"{address}/content").json()["items"]
    permanence = next(item for item in items if item["kind"] == "permanence")
    move = {"key": permanence["key"], "version": plan["version"], "on": "2026-12-13"}
    refused = client.post(f"{address}/moves", json=move)
    assert refused.status_code == 409
    assert "site_open" in {one["rule"] for one in refused.json()["broken"]}
    moved = client.post(f"{address}/moves", json={**move, "overrule": True})
    assert moved.status_code == 200
    stale = client.post(f"{address}/moves", json={**move, "overrule": True})
    assert (stale.status_code, stale.json()["changed"][0]["field"]) == (412, moved.json()["item"]["key"])


def moved(client: Client, plan: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A permanence of a draft moved by a day over its rules: the draft as it was read before, the edit."""
    address = f"{PLANS}/{plan['id']}"
    before = client.get(f"{address}/content").json()
    key = next(item["key"] for item in before["items"] if item["kind"] == "permanence")
    move = {"key": key, "version": before["version"], "on": "2026-12-13", "overrule": True}
    answer = client.post(f"{address}/moves", json=move)
    assert answer.status_code == 200, answer.text
    return before, answer.json()


def test_the_last_edit_of_a_draft_is_taken_back(client: Client) -> None:
    plan = solved(client)
    address = f"{PLANS}/{plan['id']}"
    before, edit = moved(client, plan)
    changed = client.get(address).json()
    assert changed["levels"] != plan["levels"] or changed["overruled"] != plan["overruled"]
    undone = client.post(f"{address}/undo", json={"version": edit["version"]})
    assert undone.status_code == 200, undone.text
    after = client.get(f"{address}/content").json()
    assert (after["items"], after["unplaced"]) == (before["items"], before["unplaced"])
    assert (undone.json()["levels"], undone.json()["overruled"]) == (plan["levels"], plan["overruled"])
    again = client.post(f"{address}/undo", json={"version": after["version"]})
    assert (again.status_code, again.json()["version"]) == (200, after["version"])


def test_an_edit_is_not_taken_back_from_a_version_that_was_not_read_nor_from_what_is_published(
    client: Client,
) -> None:
    plan = solved(client)
    address = f"{PLANS}/{plan['id']}"
    _, edit = moved(client, plan)
    as_it_is = client.get(f"{address}/content").json()
    stale = client.post(f"{address}/undo", json={"version": plan["version"]})
    assert (stale.status_code, stale.json()["version"]) == (412, edit["version"])
    assert [one["field"] for one in stale.json()["changed"]]
    assert client.post(f"{address}/undo", json={}).status_code == 428
    for body in ({"version": "x"}, {"version": edit["version"], "more": 1}):
        assert client.post(f"{address}/undo", json=body).status_code == 400
    assert client.get(f"{address}/content").json() == as_it_is
    assert client.post(f"{address}/publish").status_code == 200
    refused = client.post(f"{address}/undo", json={"version": edit["version"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/step-not-allowed")
    assert client.post(f"{address}/withdraw").status_code == 200


async def take_off(client: Client, plan: dict[str, Any], key: str) -> None:
    """What the board's « retirer » does."""
    async with connected(client.app.state.settings.database_address):
        within = await territory_by_code("petite")
        await edit_draft(within, UUID(plan["id"]), Edit(words=key, drop=(key,)), version=plan["version"])


def test_what_was_taken_off_by_hand_is_left_out_also_once_published(client: Client) -> None:
    plan = solved(client)
    address = f"{PLANS}/{plan['id']}"
    before = client.get(f"{address}/content").json()
    assert before["unplaced"] == []
    key = next(item["key"] for item in before["items"] if item["kind"] == "permanence")
    asyncio.run(take_off(client, plan, key))
    left_out = {"reason_code": "taken_off", "cadence_code": "gagny-permanence", "left_count": 1}
    for step in (None, "publish", "withdraw"):
        if step is not None:
            assert client.post(f"{address}/{step}").status_code == 200
        (found,) = client.get(f"{address}/content").json()["unplaced"]
        assert {name: found[name] for name in left_out} == left_out


def test_a_plan_is_not_sent_again_until_it_changes(client: Client) -> None:
    plan = client.post(f"{PLANS}/copies", json=COPIED).json()
    address = f"{PLANS}/{plan['id']}"
    known = {"if-none-match": client.get(address).headers["etag"]}
    assert client.get(address, headers=known).status_code == 304
    assert client.post(f"{address}/discard").status_code == 200
    again = client.get(address, headers=known)
    assert (again.status_code, again.json()["state"]) == (200, "discarded")


def test_plans_are_listed_page_by_page(client: Client) -> None:
    newest = client.post(f"{PLANS}/copies", json=COPIED).json()["number"]
    first = client.get(PLANS, params={"limit": 1}).json()
    second = client.get(PLANS, params={"limit": 1, "offset": first["next_offset"]}).json()
    assert [one["number"] for one in first["items"] + second["items"]] == [newest, newest - 1]
    assert first["total"] == second["total"] >= 2
    past = client.get(PLANS, params={"limit": 1, "offset": 1000}).json()
    assert (past["items"], past["next_offset"], past["total"]) == ([], None, first["total"])
    assert client.get(PLANS, params={"from_on": "2027-01-01"}).json()["total"] == 0
    states = client.get(PLANS, params={"state": "draft", "until_on": "2026-12-07"}).json()
    assert {one["state"] for one in states["items"]} == {"draft"}


@pytest.mark.parametrize(
    "body",
    [
        {**DATES, "firstt_on": "2026-12-01"},
        {"first_on": "2026-12-07"},
        {"first_on": "2026-12-32", "last_on": "2026-12-18"},
        {"first_on": "2026-12-18", "last_on": "2026-12-07"},
        {"first_on": "2026-01-01", "last_on": "2027-12-31"},
        {**DATES, "time_limit_seconds": -1},
        {**DATES, "seed": 1e30},
        [],
        "x",
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_nothing_is_asked_for(
    client: Client, body: object
) -> None:
    before = client.get(PLANS).json()
    answer = client.post(PLANS, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert client.get(PLANS).json() == before


def test_bytes_that_are_no_json_are_refused(client: Client) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"first_on": "\x00"}'):
        answer = client.post(PLANS, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400, body[:20]


def test_a_body_that_is_too_long_is_refused(client: Client) -> None:
    answer = client.post(PLANS, content=b"[" + b"1," * 600_000, headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_another_territory_and_an_unknown_plan_are_not_there(client: Client) -> None:
    nowhere = "00000000-0000-0000-0000-000000000000"
    assert client.get("/api/territories/ailleurs/plans").status_code == 404
    assert client.get(f"{PLANS}/{nowhere}").status_code == 404
    assert client.get(f"{PLANS}/{nowhere}/progress").status_code == 404
    assert client.get(f"{PLANS}/pas-un-identifiant").status_code == 404
    assert client.post(f"{PLANS}/{nowhere}/publish").status_code == 404
