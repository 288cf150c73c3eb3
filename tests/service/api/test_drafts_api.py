"""A draft edited over JSON: things put in and taken off, each edit from the version that was read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service.door import Client, service
from tests.service.small_territory import make_territory

pytestmark = [pytest.mark.usefixtures("in_november"), pytest.mark.slow]
PLANS = "/api/territories/petite/plans"
DATES = {"first_on": "2026-12-07", "last_on": "2026-12-18"}
PERMANENCE = {"cadence": "gagny-permanence", "on": "2026-12-08", "half_day": "am", "staff": ["NK"]}
INTERVIEW = {"need": "ZT1002/first", "on": "2026-12-09", "start": "09:00", "site": "bureau", "staff": ["NK"]}
ANY = {"if-match": "*"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Client]:
    with service(tmp_path_factory.mktemp("var"), sqlite_template, make_territory) as client:
        yield client


@pytest.fixture
def draft(client: Client) -> str:
    """The address of an empty draft."""
    made = client.post(f"{PLANS}/copies", json=DATES)
    assert made.status_code == 201, made.text
    return f"{PLANS}/{made.json()['id']}"


def items(client: Client, draft: str) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in client.get(f"{draft}/content").json()["items"]}


def test_a_permanence_is_put_in_and_taken_off_with_the_interview_inside(client: Client, draft: str) -> None:
    read = client.get(draft).headers["etag"]
    added = client.post(f"{draft}/items", json=PERMANENCE, headers={"if-match": read})
    assert added.status_code == 201, added.text
    key = added.json()["item"]["key"]
    assert (key, added.json()["item"]["pinned"]) == ("permanence:gagny-permanence:2026-12-08:am", True)
    tag = {"if-match": added.headers["etag"]}
    inside = {**INTERVIEW, "need": "KM4821/first", "on": "2026-12-08", "site": "gagny"}
    asked = client.post(f"{draft}/items", json={**inside, "overrule": True}, headers=tag)
    assert asked.status_code == 201, asked.text
    assert set(items(client, draft)) == {key, "interview:KM4821/first:1"}
    gone = client.post(f"{draft}/removals", json={"key": key}, headers={"if-match": asked.headers["etag"]})
    assert gone.status_code == 200, gone.text
    assert set(gone.json()["keys"]) == {key, "interview:KM4821/first:1"}
    assert items(client, draft) == {}
    undone = client.post(f"{draft}/undo", json={}, headers={"if-match": gone.headers["etag"]})
    assert undone.headers["etag"] == f'"{undone.json()["version"]}"'
    assert set(items(client, draft)) == {key, "interview:KM4821/first:1"}


def test_an_interview_at_the_office_opens_the_half_day_of_its_person_once(client: Client, draft: str) -> None:
    first = client.post(f"{draft}/items", json=INTERVIEW, headers=ANY)
    assert first.status_code == 201, first.text
    second = {**INTERVIEW, "need": "KM4821/fixed", "start": "09:45"}
    assert client.post(f"{draft}/items", json={**second, "overrule": True}, headers=ANY).status_code == 201
    kinds = [one["kind"] for one in items(client, draft).values()]
    assert sorted(kinds) == ["interview", "interview", "office"]
    again = client.post(f"{draft}/items", json={**INTERVIEW, "start": "11:00"}, headers=ANY)
    assert again.status_code == 409


def test_what_breaks_a_rule_is_listed_and_stands_once_it_is_overruled(client: Client, draft: str) -> None:
    sunday = {**PERMANENCE, "on": "2026-12-13"}
    refused = client.post(f"{draft}/items", json=sunday, headers=ANY)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/breaks-rules")
    assert "site_open" in {one["rule"] for one in refused.json()["broken"]}
    assert items(client, draft) == {}
    added = client.post(f"{draft}/items", json={**sunday, "overrule": True}, headers=ANY)
    assert "site_open" in {one["rule"] for one in added.json()["broken"]}
    assert "site_open" in {one["rule"] for one in client.get(draft).json()["overruled"]}


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"cadence": "nowhere"}, 404, "cadence"),
        ({"cadence": None, "promotion": "none", "sequence": "s"}, 404, "promotion"),
        ({"cadence": None, "need": "none", "start": "09:00"}, 404, "need"),
        ({"cadence": None}, 400, "need"),
        ({"promotion": "p", "sequence": "s"}, 400, "need"),
        ({"sequence": "s"}, 400, "sequence"),
        ({"staff": []}, 400, "staff"),
        ({"more": 1}, 400, "more"),
    ],
)
def test_a_thing_that_nobody_knows_is_refused_by_its_field(
    client: Client, draft: str, wrong: dict[str, Any], status: int, field: str
) -> None:
    body = {name: value for name, value in {**PERMANENCE, **wrong}.items() if value is not None}
    answer = client.post(f"{draft}/items", json={**body, "overrule": True}, headers=ANY)
    assert (answer.status_code, answer.json()["invalid"][0]["field"]) == (status, field), answer.text
    assert items(client, draft) == {}


def test_people_and_hours_that_make_no_sense_are_refused_also_when_overruled(
    client: Client, draft: str
) -> None:
    stranger = client.post(
        f"{draft}/items", json={**PERMANENCE, "staff": ["ZZ"], "overrule": True}, headers=ANY
    )
    assert stranger.status_code == 404
    for wrong in ({"half_day": None}, {"on": "2027-01-04"}):
        body = {name: value for name, value in {**PERMANENCE, **wrong}.items() if value is not None}
        assert client.post(f"{draft}/items", json=body, headers=ANY).status_code == 400
    for name in ("start", "site"):
        body = {one: value for one, value in INTERVIEW.items() if one != name}
        assert client.post(f"{draft}/items", json=body, headers=ANY).status_code == 400
    assert items(client, draft) == {}


def test_every_edit_says_which_version_it_read_and_who_is_late_is_told_what_changed(
    client: Client, draft: str
) -> None:
    read = {"if-match": client.get(f"{draft}/content").headers["etag"]}
    known = {"if-none-match": read["if-match"]}
    assert client.get(f"{draft}/content", headers=known).status_code == 304
    key = client.post(f"{draft}/items", json=PERMANENCE, headers=read).json()["item"]["key"]
    edits = {
        "items": {**PERMANENCE, "on": "2026-12-10"},
        "removals": {"key": key},
        "moves": {"key": key, "on": "2026-12-10"},
        "pins": {"key": key, "pinned": False},
        "undo": {},
    }
    for step, body in edits.items():
        assert client.post(f"{draft}/{step}", json=body).status_code == 428, step
        late = client.post(f"{draft}/{step}", json=body, headers=read)
        assert (late.status_code, late.json()["changed"][0]["field"]) == (412, key), step
        old = client.post(f"{draft}/{step}", json={**body, "version": 1})
        assert old.status_code == 412, step
    for step in ("publish", "discard"):
        assert client.post(f"{draft}/{step}", headers=read).status_code == 412, step
    assert set(items(client, draft)) == {key}
    compared = client.get(f"{draft}/diff")
    same = {"if-none-match": compared.headers["etag"]}
    assert client.get(f"{draft}/diff", headers=same).status_code == 304
    gone = client.post(f"{draft}/discard", headers={"if-match": compared.headers["etag"]})
    assert (gone.status_code, gone.json()["state"]) == (200, "discarded")


def test_a_month_is_begun_from_scratch_and_published_without_a_word(client: Client) -> None:
    asked = client.post(PLANS, json={**DATES, "today_on": "2026-11-30", "from_scratch": True})
    assert asked.status_code == 202, asked.text
    address = f"{PLANS}/{asked.json()['id']}"
    assert '"state":"ready"' in client.get(f"{address}/progress").text
    key = {"idempotency-key": "once"}
    done = client.post(f"{address}/publish", params={"silently": True}, headers=key)
    assert done.status_code == 200, done.text
    told = client.post(f"{address}/publish", headers=key)
    assert told.status_code == 400
    assert client.post(f"{address}/withdraw").status_code == 200
