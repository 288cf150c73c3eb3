"""Territories, settings, travel, holidays, site answers, figures over JSON."""

import pytest

from tests.service.api.conftest import bearer
from tests.service.door import Client
from tests.service.living_territory import day

pytestmark = pytest.mark.slow
HERE = "/api/territories/vivante"


def matching(tag: str) -> dict[str, str]:
    return bearer("coordination", **{"if-match": tag})


def test_each_sees_the_territories_that_they_may_enter(living: Client) -> None:
    seen = {
        who: [one["code"] for one in living.get("/api/territories", headers=bearer(who)).json()["items"]]
        for who in ("coordination", "AR", "administration")
    }
    assert seen["coordination"] == seen["AR"] == ["vivante"]
    assert {"ailleurs", "vivante"} <= set(seen["administration"])


def test_an_administrator_opens_a_territory_and_its_coordinator_changes_it(living: Client) -> None:
    body = {"code": "var", "name": "Var", "coordinator": "c@var.fr", "departements": ["83"]}
    assert living.post("/api/territories", json=body, headers=bearer("coordination")).status_code == 403
    opened = living.post("/api/territories", json=body, headers=bearer("administration"))
    assert (opened.status_code, opened.json()["code"]) == (201, "var"), opened.text
    assert living.post("/api/territories", json=body, headers=bearer("administration")).status_code == 409
    bad = living.post(
        "/api/territories", json={**body, "zone": "Europe/Nowhere"}, headers=bearer("administration")
    )
    assert (bad.status_code, bad.json()["invalid"][0]["field"]) == (400, "zone")


def test_settings_are_changed_by_who_read_the_present_ones(living: Client) -> None:
    read = living.get(f"{HERE}/settings", headers=bearer("coordination"))
    wanted = {**read.json(), "notice_days": 4, "misses_before_suspension": 3}
    changed = living.put(f"{HERE}/settings", json=wanted, headers=matching(read.headers["etag"]))
    assert (changed.json()["notice_days"], changed.json()["misses_before_suspension"]) == (4, 3)
    stale = living.put(
        f"{HERE}/settings", json={**wanted, "notice_days": 1}, headers=matching(read.headers["etag"])
    )
    assert stale.status_code == 412
    assert {"field": "notice_days", "theirs": 4, "yours": 1} in stale.json()["changed"]
    odd = living.put(f"{HERE}/settings", json={**wanted, "weights": {"nope": 1}}, headers=matching("*"))
    assert (odd.status_code, odd.json()["invalid"][0]["field"]) == (400, "weights")
    named = living.put(
        HERE, json={"name": "Vive", "departements": ["93"]}, headers=matching(changed.headers["etag"])
    )
    assert (named.json()["name"], named.json()["zone"]) == ("Vive", "Europe/Paris")
    assert living.get(f"{HERE}/settings", headers=bearer("AR")).json()["notice_days"] == 4


@pytest.mark.parametrize(
    ("path", "first", "later"),
    [
        ("travel", {"from_site": "gagny", "to_site": "bureau", "minutes": 50}, {"minutes": 40}),
        ("holidays", {"held_on": "2027-12-26", "name": "Saint-Étienne"}, {"held_on": "2027-04-02"}),
    ],
)
def test_a_list_that_is_edited_as_one_is_replaced_by_who_read_it(
    living: Client, path: str, first: dict[str, object], later: dict[str, object]
) -> None:
    address = f"{HERE}/{path}"
    read = living.get(address, headers=bearer("AR"))
    assert living.put(address, json={"items": [first]}, headers=bearer("coordination")).status_code == 428
    changed = living.put(address, json={"items": [first]}, headers=matching(read.headers["etag"]))
    assert changed.json()["items"][0].items() >= first.items()
    stale = living.put(address, json={"items": [first | later]}, headers=matching(read.headers["etag"]))
    assert stale.status_code == 412
    assert {tuple(one)[1] for one in stale.json()["changed"]} == {"theirs", "yours"}
    twice = living.put(address, json={"items": [first, first]}, headers=matching("*"))
    assert (twice.status_code, twice.json()["invalid"][0]["field"]) == (400, "items")
    known = bearer("AR", **{"if-none-match": changed.headers["etag"]})
    assert living.get(address, headers=known).status_code == 304


def test_a_site_says_once_of_a_date_and_may_think_again(living: Client) -> None:
    said = {
        "site": "gagny",
        "proposed_on": "2027-03-02",
        "half_day": "am",
        "answer": "agreed",
        "said_by": "M. le chef",
    }
    first = living.post(f"{HERE}/site_answers", json=said, headers=bearer("coordination"))
    assert first.status_code == 200, first.text
    again = living.post(
        f"{HERE}/site_answers", json={**said, "answer": "impossible"}, headers=bearer("coordination")
    )
    assert again.json()["id"] == first.json()["id"]
    asked = {"from_on": "2027-03-01", "until_on": "2027-03-31", "site": "gagny"}
    listed = living.get(f"{HERE}/site_answers", params=asked, headers=bearer("AR")).json()["items"]
    assert [one["answer"] for one in listed] == ["impossible"]
    unknown = living.post(
        f"{HERE}/site_answers", json={**said, "site": "nope"}, headers=bearer("coordination")
    )
    assert unknown.status_code == 404


def test_figures_and_who_waits_are_read_by_who_may(living: Client) -> None:
    asked = {"from_on": str(day(-30)), "until_on": str(day(30))}
    figures = living.get(f"{HERE}/indicators", params=asked, headers=bearer("coordination"))
    assert figures.status_code == 200
    assert figures.json()["leaving"] is True
    assert living.get(f"{HERE}/indicators", params=asked, headers=bearer("AR")).status_code == 403
    assert living.get(f"{HERE}/displaced", headers=bearer("AR")).json()["items"] == []
