"""The main stories, over HTTP, on the running service: one process, or two web processes and two workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from db.queries.facts import facts_of
from db.queries.feed_tokens import revoke_feed_token
from service.actions.make_feed_address import make_feed_address
from tests.deployment import Deployment
from tests.servers import wait_until
from tests.service.door import FORM_TOKEN, PASSWORD
from tests.service.stories.people import Coordinator, client, clients, newcomer

pytestmark = [pytest.mark.slow]
DATES = {"first_on": "2026-12-07", "last_on": "2026-12-18", "today_on": "2026-11-30"}
SEEN_WITHIN_SECONDS = 5.0


@pytest.fixture
def me(deployment: Deployment) -> Coordinator:
    return deployment.do(newcomer)


def _solved(me: Coordinator, asked_at: httpx.Client, followed_at: httpx.Client) -> str:
    """The address of a plan asked for at one process and followed at another."""
    asked = asked_at.post(me.plans, json=DATES)
    assert asked.status_code == 202, asked.text
    address = f"{me.plans}/{asked.json()['id']}"
    assert '"state":"ready"' in followed_at.get(f"{address}/progress", timeout=180).text
    return address


def test_a_month_is_planned_published_read_in_a_feed_everywhere_and_revoked_everywhere(
    deployment: Deployment, me: Coordinator
) -> None:
    with clients(deployment, me.headers) as both:
        address = _solved(me, *both)
        secret, token_id = deployment.do(lambda: _feed_address(me))
        before = [one.get(secret).text for one in both]
        assert not any("VEVENT" in body for body in before)
        published = both[1].post(f"{address}/publish")
        assert published.status_code == 200, published.text
        for one in both:
            wait_until(lambda one=one: "VEVENT" in one.get(secret).text, seconds=SEEN_WITHIN_SECONDS)
        assert len({one.get(secret).headers["etag"] for one in both}) == 1
        assert deployment.do(lambda: revoke_feed_token(me.territory.id, token_id, at=datetime.now(UTC)))
        for one in both:
            wait_until(lambda one=one: one.get(secret).status_code == 410, seconds=SEEN_WITHIN_SECONDS)


async def _feed_address(me: Coordinator) -> tuple[str, UUID]:
    staff = next(one.id for one in (await facts_of(me.territory.id)).staff if one.code == "AR")
    assert staff is not None
    token, row = await make_feed_address(me.territory.id, "staff", staff, "Téléphone")
    return f"/feeds/{token}.ics", row.id


def test_one_plan_at_a_time_whoever_asks_where(deployment: Deployment, me: Coordinator) -> None:
    def ask(number: int) -> int:
        with client(deployment.url, me.headers) as one:
            return one.post(me.plans, json=DATES).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert sorted(answers) == [202] + [409] * 7


def test_a_draft_is_published_once_by_the_many_who_press_the_button(
    deployment: Deployment, me: Coordinator
) -> None:
    with clients(deployment, me.headers) as both:
        address = _solved(me, *both)

    def publish(number: int) -> tuple[int, Any]:
        with client(deployment.url, me.headers) as one:
            answer = one.post(f"{address}/publish")
            return answer.status_code, answer.json()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(publish, range(6)))
    assert sorted(status for status, _ in answers) == [200] + [409] * 5


def test_of_two_editors_of_one_version_one_is_told_of_the_other(
    deployment: Deployment, me: Coordinator
) -> None:
    with clients(deployment, me.headers) as both:
        address = _solved(me, *both)
        plan = both[0].get(address).json()
        items = both[1].get(f"{address}/content").json()["items"]
        permanence = next(item for item in items if item["kind"] == "permanence")
        pin = {"key": permanence["key"], "version": plan["version"]}

        def edit(one: httpx.Client) -> int:
            return one.post(f"{address}/pins", json=pin).status_code

        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(edit, both))
    assert answers[0] in (200, 201)
    assert answers[1] == 412


def test_who_signs_in_at_one_process_is_signed_in_at_all_and_out_of_all(
    deployment: Deployment, me: Coordinator
) -> None:
    page = f"/t/{me.territory.code}/lieux"
    with client(deployment.url, {"accept": "text/html"}) as browser:
        assert browser.get(page).status_code == 303
        form = FORM_TOKEN.search(browser.get("/connexion").text)
        assert form is not None
        fields = {"_csrf_token": form[1], "email": me.email, "password": PASSWORD}
        assert browser.post("/connexion", data=fields).status_code == 303
        assert [browser.get(page).status_code for _ in range(4)] == [200] * 4
        form = FORM_TOKEN.search(browser.get("/reglages").text)
        assert form is not None
        assert browser.post("/deconnexion", data={"_csrf_token": form[1]}).status_code == 303
        assert [browser.get(page).status_code for _ in range(4)] == [303] * 4


def test_tries_at_the_door_are_counted_together(deployment: Deployment) -> None:
    """From an address of its own on loopback; the minute of the count may end once in between."""
    answers = [_try_from("127.0.0.7", web.url) for _ in range(22) for web in deployment.webs[-2:]]
    if len(deployment.webs) == 1:
        answers += [_try_from("127.0.0.7", deployment.url) for _ in range(22)]
    assert 429 in answers[:41]
    assert 429 not in answers[:20]
    assert _try_from("127.0.0.8", deployment.webs[0].url) != 429


def _try_from(address: str, url: str) -> int:
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(base_url=url, transport=transport, timeout=90) as stranger:
        return stranger.post("/connexion", data={"email": "x@y.fr", "password": "z"}).status_code
