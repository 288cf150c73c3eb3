"""Fifty people who edit at once over HTTP, each what was read before: no change of theirs is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from service.schemas.facts.places import SiteBody
from tests.deployment import Deployment
from tests.service.stories.people import Coordinator, client, newcomer

pytestmark = [pytest.mark.slow, pytest.mark.soak]
EDITORS = 50
DATES = {"first_on": "2026-12-07", "last_on": "2026-12-18", "today_on": "2026-11-30"}


@pytest.fixture
def me(deployment: Deployment) -> Coordinator:
    return deployment.do(newcomer)


def all_at_once(work: Callable[[int], int]) -> list[int]:
    """What each of the fifty says: how often somebody else was faster."""
    with ThreadPoolExecutor(EDITORS) as pool:
        return list(pool.map(work, range(EDITORS)))


def patiently(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """The answer, asked for again when fifty together were more than the service takes in a minute."""
    while (answer := ask()).status_code == 429:
        time.sleep(int(answer.headers["retry-after"]))
    return answer


def persist(edit: Callable[[], httpx.Response], refusal: int) -> int:
    """Reads and writes again until nobody was faster; how often somebody was, each refusal saying what changed."""
    for tries in range(10 * EDITORS):
        answer = edit()
        if answer.status_code == 200:
            return tries
        assert answer.status_code == refusal, answer.text
        assert answer.json()["changed"]
    raise AssertionError("never the first")


def test_what_fifty_add_to_one_fact_is_all_there(deployment: Deployment, me: Coordinator) -> None:
    site = f"/api/territories/{me.territory.code}/sites/gagny"

    def add_a_room(number: int) -> int:
        with client(deployment.url, me.headers) as one:
            return persist(lambda: _add(one, site, {"code": f"r{number}", "seats": number}), 412)

    with client(deployment.url, me.headers) as one:
        before = one.get(site)
        refused = all_at_once(add_a_room)
        after = one.get(site)
    codes = {room["code"]: room["seats"] for room in after.json()["rooms"]}
    assert codes == {f"r{number}": number for number in range(EDITORS)}
    assert _version(after) == _version(before) + EDITORS
    assert sum(refused) > 0


def test_what_fifty_pin_in_one_draft_is_all_pinned(deployment: Deployment, me: Coordinator) -> None:
    """As many things as there are, each pinned by several who all read the same version."""
    with client(deployment.url, me.headers) as one:
        address = _draft(one, me)
        before = one.get(f"{address}/content").json()
        keys = [item["key"] for item in before["items"] if item["kind"] != "office"]
        refused = all_at_once(lambda number: _pin_one(deployment, me, address, keys[number % len(keys)]))
        after = one.get(f"{address}/content").json()
    assert {item["key"] for item in after["items"] if item["pinned"]} >= set(keys)
    assert after["version"] == before["version"] + EDITORS
    assert sum(refused) > 0


def _draft(one: httpx.Client, me: Coordinator) -> str:
    """The address of a solved plan."""
    asked = one.post(me.plans, json=DATES)
    assert asked.status_code == 202, asked.text
    address = f"{me.plans}/{asked.json()['id']}"
    assert '"state":"ready"' in one.get(f"{address}/progress", timeout=180).text
    return address


def _pin_one(deployment: Deployment, me: Coordinator, address: str, key: str) -> int:
    with client(deployment.url, me.headers) as one:

        def edit() -> httpx.Response:
            read = patiently(lambda: one.get(address))
            assert read.status_code == 200, read.text
            match = {"if-match": read.headers["etag"]}
            return patiently(lambda: one.post(f"{address}/pins", json={"key": key}, headers=match))

        return persist(edit, 412)


def _add(one: httpx.Client, site: str, room: dict[str, Any]) -> httpx.Response:
    read = patiently(lambda: one.get(site))
    body = {name: value for name, value in read.json().items() if name in SiteBody.__struct_fields__}
    body["rooms"] = [*body["rooms"], room]
    match = {"if-match": read.headers["etag"]}
    return patiently(lambda: one.put(site, json=body, headers=match))


def _version(answer: httpx.Response) -> int:
    return int(answer.headers["etag"].strip('"'))
