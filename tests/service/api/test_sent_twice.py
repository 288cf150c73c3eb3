"""A write sent twice with one key is done once; what was refused is tried anew."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.service.api.conftest import bearer
from tests.service.door import Client

pytestmark = pytest.mark.slow
HERE = "/api/territories/vivante"
PLANS = f"{HERE}/plans"


def keyed(key: str, who: str = "coordination") -> dict[str, str]:
    return bearer(who, **{"idempotency-key": key})


def test_the_second_time_is_answered_as_the_first_and_does_nothing(living: Client) -> None:
    body = {"name": "Une fois", "kind": "bureau"}
    first = living.post(f"{HERE}/sites", json=body, headers=keyed("k1"))
    again = living.post(f"{HERE}/sites", json=body, headers=keyed("k1"))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (again.headers["etag"], again.headers["idempotency-replayed"]) == ('"1"', "true")
    listed = living.get(f"{HERE}/sites", headers=bearer("coordination")).json()["items"]
    assert [one["name"] for one in listed].count("Une fois") == 1


def test_a_key_belongs_to_one_demand_of_one_person(living: Client) -> None:
    body = {"staff": "AR", "half_day": "am", "weekday": 3}
    living.post(f"{HERE}/busy_marks", json=body, headers=keyed("k2", "AR"))
    other = living.post(f"{HERE}/busy_marks", json={**body, "weekday": 4}, headers=keyed("k2", "AR"))
    assert other.status_code == 400
    theirs = living.post(f"{HERE}/busy_marks", json={**body, "staff": "NK"}, headers=keyed("k2", "NK"))
    assert theirs.status_code == 201


def test_a_refusal_is_not_kept(living: Client) -> None:
    body = {"code": "promesse", "name": "Promesse", "site": "plus-tard", "seats": 8}
    assert living.post(f"{HERE}/promotions", json=body, headers=keyed("k3")).status_code == 404
    site = {"code": "plus-tard", "name": "Plus tard", "kind": "bureau"}
    assert living.post(f"{HERE}/sites", json=site, headers=bearer("coordination")).status_code == 201
    assert living.post(f"{HERE}/promotions", json=body, headers=keyed("k3")).status_code == 201


def test_many_at_once_make_one(living: Client) -> None:
    body = {"name": "Ensemble", "kind": "bureau"}
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(living.post, f"{HERE}/sites", json=body, headers=keyed("k4")) for _ in range(8)]
        codes = {each.result().json()["code"] for each in sent}
    assert len(codes) == 1


def test_a_plan_asked_for_twice_is_one_plan_and_is_solved(living: Client) -> None:
    body = {"first_on": "2027-09-06", "last_on": "2027-09-10"}
    first = living.post(PLANS, json=body, headers=keyed("k5"))
    again = living.post(PLANS, json=body, headers=keyed("k5"))
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json()["id"] == first.json()["id"]
    events = living.get(f"{PLANS}/{first.json()['id']}/progress", headers=bearer("coordination")).text
    assert '"state":"ready"' in events


def test_a_key_that_is_none_is_refused(living: Client) -> None:
    for key in ("", "x" * 201, "a\tb"):
        answer = living.post(f"{HERE}/sites", json={"name": "x", "kind": "y"}, headers=keyed(key))
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), key
