"""The stories in a browser once more, before two web processes and two workers on PostgreSQL and Redis."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.deployment import deployed
from tests.pages.conftest import Served
from tests.pages.test_stories_in_a_browser import *  # noqa: F403 - the same tests with another `own`
from tests.servers import run_sql_now

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.soak]


@pytest.fixture(scope="session")
def prepared_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database in which December is published."""
    name = "escale_stories"
    run_sql_now(f"{postgres_url}postgres", f'CREATE DATABASE "{name}"')
    settings = {
        "ESCALE_DATABASE_URL": postgres_url + name,
        "ESCALE_VAR": str(tmp_path_factory.mktemp("stories")),
    }
    subprocess.run(
        [sys.executable, "-m", "tests.pages.prepare"],
        cwd=ROOT,
        env=os.environ | settings,
        check=True,
        timeout=400,
    )
    return name


@pytest.fixture
def own(prepared_template: str, postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[Served]:
    """A deployment of one's own behind one address, on a copy of the prepared database."""
    name = f"escale_story_{uuid4().hex[:8]}"
    run_sql_now(f"{postgres_url}postgres", f'CREATE DATABASE "{name}" TEMPLATE "{prepared_template}"')
    redis = f"{redis_url.rpartition('/')[0]}/4"
    try:
        with deployed(
            postgres_url + name, tmp_path, redis=redis, webs=2, workers=2, ESCALE_SOLVE_SECONDS="3"
        ) as made:
            yield Served(made.url)
    finally:
        run_sql_now(f"{postgres_url}postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
