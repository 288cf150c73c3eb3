"""Processes that are told to end, killed or frozen in the middle of a solve: nothing is lost, nothing done twice."""

import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import httpx
import psutil
import pytest

from db.queries.assignments import Wanted, assignments_of
from db.queries.jobs import job_about
from db.queries.plans import any_plan
from db.records.job import Job
from db.records.plan import Plan
from db.states import PlanState
from service.actions.load_facts import load_facts
from service.facts_file.records import read_month
from tests.databases import migrated_postgres_database, sqlite_database
from tests.deployment import Deployment, Process, deployed
from tests.servers import listens, wait_until
from tests.service.example_months import DECEMBER, EXAMPLES
from tests.service.stories.people import Coordinator, client, coordinator_of, newcomer

pytestmark = [pytest.mark.slow]
BOTH = ["embedded", pytest.param("scaled out", marks=pytest.mark.server)]
LONG = {"first_on": "2026-12-01", "last_on": "2026-12-31", "today_on": "2026-11-20", "time_limit_seconds": 60}
MINUTE = 60.0


@pytest.fixture(params=BOTH)
def mine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deployment]:
    """A deployment that the test may break: one process, or one that serves and two that work."""
    if request.param == "embedded":
        template = request.getfixturevalue("sqlite_template")
        with sqlite_database(template, tmp_path) as url, deployed(url, tmp_path) as made:
            yield made
        return
    redis = f"{request.getfixturevalue('redis_url').rpartition('/')[0]}/2"
    with (
        migrated_postgres_database(request.getfixturevalue("postgres_url")) as url,
        deployed(url, tmp_path, redis=redis, webs=1, workers=2) as made,
    ):
        yield made


async def _large_territory() -> Coordinator:
    """A month that takes seconds to solve."""
    month = read_month(EXAMPLES / "ile-de-france.toml", DECEMBER)
    return await coordinator_of((await load_facts(month)).territory)


def _ask(mine: Deployment, me: Coordinator) -> UUID:
    with client(mine.url, me.headers) as one:
        asked = one.post(me.plans, json=LONG)
    assert asked.status_code == 202, asked.text
    return UUID(asked.json()["id"])


def _plan(mine: Deployment, plan_id: UUID) -> Plan:
    return mine.do(lambda: any_plan(plan_id))


def _job(mine: Deployment, plan_id: UUID) -> Job:
    job = mine.do(lambda: job_about(plan_id))
    assert job is not None
    return job


def _solving(mine: Deployment) -> tuple[Process, psutil.Process]:
    """The process that solves, and its child."""
    found: list[tuple[Process, psutil.Process]] = []

    def look() -> bool:
        for process in (*mine.webs, *mine.workers):
            if process.process.poll() is None:
                children = psutil.Process(process.process.pid).children()
                found.extend((process, child) for child in children)
        return bool(found)

    wait_until(look)
    return found[0]


def _gone(child: psutil.Process) -> bool:
    return not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def _another_in_its_place(mine: Deployment) -> None:
    """Where one process does everything, it is started again; elsewhere another worker is there already."""
    if not mine.workers:
        mine.start("serve")
        mine.webs.pop(0)
        mine.url = mine.webs[0].url


def _is_over(mine: Deployment, plan_id: UUID) -> bool:
    return _plan(mine, plan_id).state not in (PlanState.QUEUED, PlanState.SOLVING, PlanState.INTERRUPTED)


def test_a_process_told_to_end_gives_its_solve_back_and_another_begins_it_at_once(mine: Deployment) -> None:
    me = mine.do(_large_territory)
    plan_id = _ask(mine, me)
    process, child = _solving(mine)
    assert process.end(signal.SIGTERM) == 0, process.log.read_text()
    assert _gone(child)
    _another_in_its_place(mine)
    wait_until(lambda: _plan(mine, plan_id).state is PlanState.SOLVING)
    job = _job(mine, plan_id)
    assert (job.attempt, job.max_attempts, job.error) == (2, 4, "worker-ended")


@pytest.mark.soak
def test_a_process_killed_in_a_solve_takes_its_child_along_and_another_begins_within_a_minute(
    mine: Deployment,
) -> None:
    me = mine.do(_large_territory)
    plan_id = _ask(mine, me)
    process, child = _solving(mine)
    killed_at = time.monotonic()
    process.end(signal.SIGKILL)
    wait_until(lambda: _gone(child))
    _another_in_its_place(mine)
    wait_until(lambda: _job(mine, plan_id).attempt == 2, seconds=MINUTE)
    assert time.monotonic() - killed_at < MINUTE
    wait_until(lambda: _is_over(mine, plan_id), seconds=200)
    assert _plan(mine, plan_id).state is PlanState.READY
    _published_once(mine, me, plan_id)


@pytest.mark.soak
@pytest.mark.server
@pytest.mark.parametrize("mine", ["scaled out"], indirect=True)
def test_a_frozen_worker_that_wakes_up_writes_nothing_into_what_another_took_over(mine: Deployment) -> None:
    me = mine.do(_large_territory)
    plan_id = _ask(mine, me)
    process, _ = _solving(mine)
    process.process.send_signal(signal.SIGSTOP)
    wait_until(lambda: _job(mine, plan_id).attempt == 2, seconds=MINUTE)
    process.process.send_signal(signal.SIGCONT)
    wait_until(lambda: _is_over(mine, plan_id), seconds=200)
    job = _job(mine, plan_id)
    assert (_plan(mine, plan_id).state, job.state, job.attempt) == (PlanState.READY, "done", 2)
    assert "lease lost" in process.log.read_text()
    _published_once(mine, me, plan_id)


def _published_once(mine: Deployment, me: Coordinator, plan_id: UUID) -> None:
    with client(mine.url, me.headers) as one:
        first = one.post(f"{me.plans}/{plan_id}/publish")
        again = one.post(f"{me.plans}/{plan_id}/publish")
    assert (first.status_code, again.status_code) == (200, 409)
    plan = _plan(mine, plan_id)
    found = mine.do(lambda: assignments_of(plan.territory_id, Wanted()))
    assert len({one.key for one in found}) == len(found) == len(first.json()["created"])


@pytest.mark.parametrize("mine", ["embedded"], indirect=True)
def test_a_server_told_to_end_first_answers_what_it_was_asked(mine: Deployment) -> None:
    me = mine.do(newcomer)
    lock = sqlite3.connect(mine.database_url.removeprefix("sqlite:///"), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    dates = {"first_on": "2026-12-07", "last_on": "2026-12-18"}

    def copy() -> httpx.Response:
        with client(mine.url, me.headers) as one:
            return one.post(f"{me.plans}/copies", json=dates)

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(copy)
        wait_until(lambda: _is_asked(mine.webs[0]))
        mine.webs[0].process.send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(mine.webs[0].port))
        assert not asked.done()
        lock.rollback()
        lock.close()
        assert asked.result(20).status_code == 201
    assert mine.webs[0].end() == 0


def _is_asked(web: Process) -> bool:
    """Somebody's request has arrived: its connection was taken, and another that came later was answered."""
    taken = psutil.Process(web.process.pid).net_connections()
    here = [one for one in taken if one.status == psutil.CONN_ESTABLISHED and one.laddr.port == web.port]
    return bool(here) and httpx.get(f"{web.url}/health").status_code == 200
