"""Fixtures for every room: real databases on both engines, real Redis, a real SMTP server, the running service."""

import gc
from collections.abc import AsyncIterator, Generator, Iterator
from datetime import date
from pathlib import Path

import pytest

from db import engine, postgres
from service.collector import collect_seldom
from tests import scaled_out as once_more
from tests.cheap_passwords import cheapen
from tests.clock import set_back
from tests.databases import (
    make_sqlite_template,
    migrated_postgres_database,
    postgres_database,
    sqlite_database,
    wipe_postgres,
)
from tests.deployment import Deployment, deployed
from tests.mailbox import Mailbox, smtp_server
from tests.marks import marks_lacking
from tests.servers import postgres_server, redis_server

BOTH_ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.server)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        once_more.OPTION,
        action="store_true",
        help="tests that talk HTTP talk to two web processes with two workers",
    )


def pytest_configure() -> None:
    """A test opens as many connections as it uses: most use one. It pays for no password."""
    postgres.POOL_MIN = 1
    cheapen()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """All that is imported stays: nobody looks for cycles in it meanwhile."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption(once_more.OPTION):
        left_out = [item for item in items if not once_more.stays(item)]
        items[:] = [item for item in items if once_more.stays(item)]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session", autouse=True)
def _where_the_service_runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    if not request.config.getoption(once_more.OPTION):
        yield
        return
    database, redis = (request.getfixturevalue(name) for name in ("migrated_postgres_url", "redis_url"))
    with once_more.for_this_session(database, redis, tmp_path_factory.mktemp("scaled-out")):
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fails a test that lacks a mark which says where it belongs, wherever it runs."""
    lacking = marks_lacking(item)
    if lacking:
        pytest.fail(
            f"{item.nodeid} needs the mark {', '.join(lacking)} for what its fixtures start", pytrace=False
        )


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for this session: add a database's name."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis server for this session."""
    with redis_server() as url:
        yield url


@pytest.fixture
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """December 2026 is ahead, as the small territory and the examples have it."""
    set_back(monkeypatch, date(2026, 11, 23))


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """An SMTP server on loopback and what it was sent."""
    with smtp_server() as box:
        yield box


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_url: str) -> Iterator[str]:
    with migrated_postgres_database(postgres_url) as url:
        yield url


@pytest.fixture(params=BOTH_ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database; each test runs on both engines."""
    if request.param == "sqlite":
        with sqlite_database(request.getfixturevalue("sqlite_template"), tmp_path) as url:
            yield url
    else:
        url = request.getfixturevalue("migrated_postgres_url")
        wipe_postgres(url, alone=once_more.running() is None)
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[engine.Engine]:
    """The engine of a fresh, migrated database, in use by this process, its connections open."""
    async with engine.connected(database_url) as running:
        yield running


@pytest.fixture(params=BOTH_ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        with postgres_database(request.getfixturevalue("postgres_url")) as url:
            yield url


@pytest.fixture
async def empty_database(empty_database_url: str) -> AsyncIterator[engine.Engine]:
    """The engine of a database without any table."""
    async with engine.connected(empty_database_url) as running:
        yield running


@pytest.fixture(scope="session")
def one_process(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Deployment]:
    """One process on SQLite, for the whole session."""
    folder = tmp_path_factory.mktemp("embedded")
    with sqlite_database(sqlite_template, folder) as url, deployed(url, folder) as made:
        yield made


@pytest.fixture(scope="session")
def scaled_out(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, redis_url: str
) -> Iterator[Deployment]:
    """Two web processes and two workers on PostgreSQL and Redis, for the whole session."""
    folder = tmp_path_factory.mktemp("scaled-out")
    redis = f"{redis_url.rpartition('/')[0]}/1"
    with (
        migrated_postgres_database(postgres_url) as url,
        deployed(url, folder, redis=redis, webs=2, workers=2) as made,
    ):
        yield made


@pytest.fixture(params=["one_process", pytest.param("scaled_out", marks=pytest.mark.server)])
def deployment(request: pytest.FixtureRequest) -> Deployment:
    """The running service: each test runs on both ways to run it."""
    found: Deployment = request.getfixturevalue(request.param)
    return found


def pytest_collection_finish() -> None:
    """Tests make many small objects beside all that was imported: what was is not walked again and again."""
    collect_seldom()
