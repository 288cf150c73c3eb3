"""Running it: what is wrong at start, what is measured, what is logged, and what a lost database does."""

import json
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.databases import migrated_postgres_database
from tests.deployment import Deployment, deployed, run_escale
from tests.servers import PostgresServer, postgres_of_ones_own, wait_until
from tests.service.stories.people import Coordinator, client, clients, newcomer

pytestmark = [pytest.mark.slow]
SMALL = {"first_on": "2026-12-07", "last_on": "2026-12-18", "today_on": "2026-11-30"}


def _measure(text: str, name: str) -> float:
    """The sum of a measure over its labels."""
    return sum(float(value) for value in re.findall(rf"^{name}(?:\{{.*\}})? (\S+)$", text, re.M))


@pytest.fixture
def me(deployment: Deployment) -> Coordinator:
    return deployment.do(newcomer)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ESCALE_PORT": "http"}, "ESCALE_PORT: "),
        ({"ESCALE_DATABASE_URL": "mysql://a:geheim@b/c"}, "ESCALE_DATABASE_URL: "),
        ({"ESCALE_DATABASE_URL": "postgresql://escale:geheim@127.0.0.1:1/none"}, "database: "),
        ({"ESCALE_QUEUE": "arq", "ESCALE_REDIS": "redis://:geheim@127.0.0.1:1/0"}, "ESCALE_REDIS: "),
        ({"ESCALE_WEB_PROCESSES": "4"}, "ESCALE_WEB_PROCESSES: "),
        ({"ESCALE_SMTP": "mail.exemple.fr"}, "ESCALE_SMTP: "),
        ({"ESCALE_COLOUR": "red"}, "ESCALE_COLOUR: no such setting"),
    ],
)
@pytest.mark.parametrize("subcommand", ["serve", "worker"])
def test_what_is_wrong_at_start_is_one_line_that_names_it_and_no_secret(
    tmp_path: Path, subcommand: str, settings: dict[str, str], words: str
) -> None:
    ended = run_escale(subcommand, **{"ESCALE_VAR": str(tmp_path)} | settings)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith(f"escale: {words}")
    assert "geheim" not in ended.stderr


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = run_escale("serve", ESCALE_VAR=str(tmp_path), ESCALE_PORT=str(port))
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith(f"escale: ESCALE_PORT: {port} is taken")


def test_solves_requests_and_what_waits_are_measured_where_they_happen(
    deployment: Deployment, me: Coordinator
) -> None:
    with clients(deployment, me.headers) as both:
        asked = both[0].post(me.plans, json=SMALL)
        both[0].get(f"{me.plans}/{asked.json()['id']}/progress", timeout=180)
        web = both[0].get("/metrics").text
    solvers = [httpx.get(f"{one.url}/metrics").text for one in deployment.workers] or [web]
    assert _measure(web, "escale_requests_total") > 2
    assert 'route="/api/territories/{territory' in web
    assert me.territory.code not in web
    assert sum(_measure(text, "escale_solves_total") for text in solvers) >= 1
    assert sum(_measure(text, "escale_solve_seconds_count") for text in solvers) >= 1
    assert sum(_measure(text, "escale_jobs_total") for text in solvers) >= 1
    assert (_measure(web, "escale_database_up"), _measure(web, "escale_jobs") > 0) == (1, True)
    assert "escale_feed_addresses" in web


def test_logs_are_one_json_object_a_line_and_name_nobody(deployment: Deployment, me: Coordinator) -> None:
    with client(deployment.url, me.headers) as one:
        asked = one.post(me.plans, json=SMALL)
        one.get(f"{me.plans}/{asked.json()['id']}/progress", timeout=180)
        one.post(f"{me.plans}/{asked.json()['id']}/publish")
    said = [
        line for one in (*deployment.webs, *deployment.workers) for line in one.log.read_text().splitlines()
    ]
    structured = [json.loads(line) for line in said if not line.startswith(("escale", "comptes"))]
    assert {"job started", "job done"} <= {one["event"] for one in structured}
    everything = "\n".join(said)
    secrets = (me.headers["authorization"].removeprefix("Bearer "), "KM4821", "ZT1002", me.email)
    assert [secret for secret in secrets if secret in everything] == []


@pytest.fixture
def on_a_server_of_its_own(tmp_path: Path, redis_url: str) -> Iterator[tuple[Deployment, PostgresServer]]:
    """Two web processes of one command and a worker, on a PostgreSQL that the test may stop."""
    redis = f"{redis_url.rpartition('/')[0]}/3"
    with (
        postgres_of_ones_own() as server,
        migrated_postgres_database(server.url) as url,
        deployed(url, tmp_path, redis=redis, workers=1, ESCALE_WEB_PROCESSES="2") as made,
    ):
        yield made, server


@pytest.mark.server
def test_a_database_away_for_some_seconds_is_answered_503_and_forgotten_when_it_is_back(
    on_a_server_of_its_own: tuple[Deployment, PostgresServer],
) -> None:
    deployment, server = on_a_server_of_its_own
    me = deployment.do(newcomer)
    page = f"/t/{me.territory.code}/lieux"
    with client(deployment.url, me.headers) as one:
        assert one.get(me.plans).status_code == 200
        server.stop()
        for path in (me.plans, page, "/ready"):
            for _ in range(3):
                answer = one.get(path)
                assert (answer.status_code, answer.headers.get("retry-after")) == (503, "5"), path
        assert one.get("/health").status_code == 200
        assert _measure(one.get("/metrics").text, "escale_database_up") == 0
        assert httpx.get(f"{deployment.workers[0].url}/ready").status_code == 503
        server.start()
        wait_until(lambda: one.get("/ready").status_code == 200)
        asked = one.post(me.plans, json=SMALL)
        assert asked.status_code == 202
        events = one.get(f"{me.plans}/{asked.json()['id']}/progress", timeout=180).text
        assert '"state":"ready"' in events


@pytest.mark.server
def test_processes_of_one_command_are_measured_together_and_end_together(
    on_a_server_of_its_own: tuple[Deployment, PostgresServer],
) -> None:
    deployment, _ = on_a_server_of_its_own
    with client(deployment.url) as one:
        for _ in range(40):
            assert one.get("/health").status_code == 200
        name = 'escale_requests_total{method="GET",route="/health",status="200"}'
        counts = {
            float(line.rpartition(" ")[2])
            for _ in range(10)
            for line in one.get("/metrics").text.splitlines()
            if line.startswith(name)
        }
    assert counts == {40.0}
    assert deployment.webs[0].end(signal.SIGTERM) == 0
    assert deployment.workers[0].end(signal.SIGTERM) == 0
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{deployment.url}/health")


@pytest.mark.server
def test_processes_of_one_command_end_with_the_one_that_started_them(
    on_a_server_of_its_own: tuple[Deployment, PostgresServer],
) -> None:
    deployment, _ = on_a_server_of_its_own
    children = psutil.Process(deployment.webs[0].process.pid).children(recursive=True)
    assert len(children) >= 2
    deployment.webs[0].end(signal.SIGKILL)
    wait_until(lambda: not any(child.is_running() for child in children))
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{deployment.url}/health")
