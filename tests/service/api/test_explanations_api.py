"""Questions about living plans over JSON: why not, why there, where else, what differs, who is to be told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service.door import Client, service
from tests.service.small_territory import make_territory

PLANS = "/api/territories/petite/plans"
DATES = {"first_on": "2026-12-07", "last_on": "2026-12-18"}
TODAY = {**DATES, "today_on": "2026-11-30"}


pytestmark = [pytest.mark.usefixtures("in_november"), pytest.mark.slow]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Client]:
    with service(tmp_path_factory.mktemp("var"), sqlite_template, make_territory) as client:
        yield client


@pytest.fixture(scope="module")
def empty(client: Client) -> str:
    """The address of a draft that places nothing."""
    return f"{PLANS}/{client.post(f'{PLANS}/copies', json=DATES).json()['id']}"


@pytest.fixture(scope="module")
def full(client: Client, empty: str) -> str:
    """The address of a solved plan."""
    assert empty
    address = f"{PLANS}/{client.post(PLANS, json=TODAY).json()['id']}"
    assert '"state":"ready"' in client.get(f"{address}/progress").text
    return address


def read(client: Client, address: str, **asked: Any) -> Any:
    answer = client.get(address, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_is_left_out_is_explained_one_by_one(client: Client, empty: str) -> None:
    left = read(client, f"{empty}/left-out")["items"]
    assert {one.get("cadence") or one.get("need") for one in left} >= {"gagny-permanence", "KM4821/first"}
    found = read(client, f"{empty}/why-not", cadence="gagny-permanence")
    assert (found["status"], found["count"]) == ("crowded", 2)
    assert found["title"].startswith("Permanence")
    assert found["reasons"]


def test_ten_places_come_best_first_with_what_they_cost(client: Client, empty: str) -> None:
    found = read(client, f"{empty}/suggestions", need="KM4821/first")["suggestions"]
    assert len(found) == 10
    assert all(one["costs"]["unmet_rest"] < 0 for one in found)
    assert found[0]["placement"]["site"] == "bureau"
    assert "Bureau" in found[0]["text"]


def test_a_place_says_what_decided_it(client: Client, full: str) -> None:
    items = client.get(f"{full}/content").json()["items"]
    permanence = next(one for one in items if one["kind"] == "permanence")
    asked = {"on": permanence["held_on"], "half_day": permanence["half_day"]}
    found = read(client, f"{full}/why-this", cadence="gagny-permanence", **asked)
    assert found["because"] in ("best", "equal")
    assert found["reasons"]
    assert read(client, f"{full}/why-this", need="KM4821/fixed")["because"] == "pinned"


def test_two_plans_are_compared_item_by_item(client: Client, empty: str, full: str) -> None:
    found = read(client, f"{empty}/compare/{full.rsplit('/', 1)[-1]}")
    for level in found["levels"]:
        assert sum(one["after"] - one["before"] for one in level["items"]) == level["after"] - level["before"]
    assert {one["before"] for one in found["things"]} == {None}
    mine = read(client, f"{empty}/compare/{full.rsplit('/', 1)[-1]}", staff="AR")["things"]
    assert mine == [one for one in found["things"] if "AR" in one["staff"]]


def test_what_makes_no_sense_is_refused_says_why_and_changes_nothing(
    client: Client, empty: str, full: str
) -> None:
    before = [client.get(f"{one}{part}").json() for one in (empty, full) for part in ("", "/content")]
    for address, asked, status, said in (
        (f"{full}/why-not", {"need": "nobody"}, 404, "ne connaît pas"),
        (f"{full}/why-not", {"cadence": "nobody"}, 404, "ne connaît pas"),
        (f"{full}/why-not", {"promotion": "p", "sequence": "s"}, 404, "ne connaît pas"),
        (f"{full}/why-not", {"need": "KM4821/first"}, 409, "Rien n’en manque"),
        (f"{empty}/why-this", {"need": "KM4821/first"}, 409, "pas placé"),
        (f"{full}/suggestions", {"need": "nobody"}, 404, "ne connaît pas"),
        (f"{full}/suggestions", {}, 400, "need"),
        (f"{full}/suggestions", {"need": "a", "cadence": "b"}, 400, "need"),
        (f"{full}/suggestions", {"need": "KM4821/first", "count": "0"}, 400, "count"),
        (f"{full}/suggestions", {"cadence": "x", "on": "monday"}, 400, "on"),
        (f"{full}/compare/{empty.rsplit('/', 1)[-1]}", {"staff": "nobody"}, 404, "staff"),
        (f"{full}/compare/00000000-0000-0000-0000-000000000007", {}, 404, ""),
        (f"{full}/told", {}, 409, "Rien n’est publié"),
        (f"{PLANS}/00000000-0000-0000-0000-000000000007/left-out", {}, 404, ""),
    ):
        answer = client.get(address, params=asked)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), (
            address
        )
        assert said in answer.text.replace("\N{NO-BREAK SPACE}", " "), (address, answer.text)
    after = [client.get(f"{one}{part}").json() for one in (empty, full) for part in ("", "/content")]
    assert after == before


def test_a_body_that_is_no_json_asks_for_no_plan(client: Client) -> None:
    before = client.get(PLANS).json()
    for address in (f"{PLANS}/replans", f"{PLANS}/scenarios"):
        for body in (
            b"",
            b"{",
            b"[]",
            b'{"first_on": 7}',
            b'{"first_on": "2026-12-01", "last_on": "2026-11-01"}',
        ):
            answer = client.post(address, content=body, headers={"content-type": "application/json"})
            assert (answer.status_code, answer.headers["content-type"]) == (
                400,
                "application/problem+json",
            ), body
    assert client.get(PLANS).json() == before


def test_an_edit_is_seen_at_once(client: Client, full: str) -> None:
    plan = client.get(full).json()
    items = client.get(f"{full}/content").json()["items"]
    fixed = next(one for one in items if one.get("need_code") == "ZT1002/first")
    pinned = client.post(f"{full}/pins", json={"key": fixed["key"], "version": plan["version"]})
    assert pinned.status_code == 200
    assert read(client, f"{full}/why-this", need="ZT1002/first")["because"] == "pinned"
    assert read(client, f"{full}/overruled")["items"] == []


def test_once_published_a_draft_says_whom_it_concerns(client: Client, empty: str, full: str) -> None:
    assert client.post(f"{full}/publish").status_code == 200
    told = read(client, f"{empty}/told")
    assert told["changes"]
    assert set(told["staff"]) <= {"AR", "NK"}
    assert {one["need"] for one in told["to_replace"]} >= {"KM4821/first", "ZT1002/first"}
    assert all(len(one["proposals"]) <= 3 for one in told["to_replace"])
    part = read(client, f"{empty}/told", limit=1, offset=1)
    assert part["to_replace"] == told["to_replace"][1:2]
    assert part["to_replace_total"] == told["to_replace_total"] == len(told["to_replace"])
    assert read(client, f"{full}/told")["changes"] == []
    found = read(client, f"{full}/suggestions", need="KM4821/first")["suggestions"]
    assert found


LEAVES = {"type": "staff_leaves", "staff": "NK", "on": "2026-12-08"}
OPENS = {"type": "site_opens", "site": "gagny", "weekday": 6, "half_day": "am"}


def followed(client: Client, answer: Any) -> str:
    assert answer.status_code == 202, answer.text
    address = f"{PLANS}/{answer.json()['id']}"
    assert '"state":"ready"' in client.get(f"{address}/progress").text
    return address


def test_scenarios_stand_side_by_side_and_are_never_published(client: Client, full: str) -> None:
    asked = {**TODAY, "name": "si N. K. part", "changes": [LEAVES]}
    scenario = followed(client, client.post(f"{PLANS}/scenarios", json=asked))
    found = client.get(scenario).json()
    assert (found["origin"], found["name"], found["changes"]) == ("scenario", "si N. K. part", [LEAVES])
    other = {**TODAY, "name": "si Gagny ouvre le samedi", "changes": [OPENS]}
    second = followed(client, client.post(f"{PLANS}/scenarios", json=other))
    compared = read(client, f"{scenario}/compare/{second.rsplit('/', 1)[-1]}")
    assert [level["level"] for level in compared["levels"]][:1] == ["unmet_sessions"]
    items = client.get(f"{scenario}/content").json()["items"]
    assert not [one for one in items if "NK" in one["staff_codes"] and one["held_on"] >= "2026-12-08"]
    refused = client.post(f"{scenario}/publish")
    assert (refused.status_code, "scénario" in refused.json()["detail"]) == (409, True)
    assert client.get(f"{scenario}/diff").status_code == 409
    assert client.get(full).json()["state"] in ("ready", "published")


def test_a_scenario_without_a_name_or_about_nobody_is_refused(client: Client) -> None:
    for asked, status in (
        ({**TODAY, "name": "", "changes": [LEAVES]}, 400),
        ({**TODAY, "name": " ", "changes": [LEAVES]}, 400),
        ({**TODAY, "name": "x", "changes": []}, 400),
        ({**TODAY, "name": "x", "changes": [{**LEAVES, "type": "nobody_leaves"}]}, 400),
        ({**TODAY, "name": "x", "changes": [{**LEAVES, "staff": "ZZ"}]}, 404),
    ):
        assert client.post(f"{PLANS}/scenarios", json=asked).status_code == status, asked


def test_a_replan_of_what_is_published_changes_nothing_while_nothing_happens(client: Client) -> None:
    again = followed(client, client.post(f"{PLANS}/replans", json=TODAY))
    told = read(client, f"{again}/told")
    assert (told["changes"], told["staff"], told["to_replace"]) == ([], [], [])
    elsewhere = {"first_on": "2027-03-01", "last_on": "2027-03-31"}
    assert client.post(f"{PLANS}/replans", json=elsewhere).status_code == 409
