"""A served month and a browser for the pages' tests: the real command, Debian's Chromium."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from db.records.territory import Territory
from tests.pages.at_the_phone import telephone
from tests.pages.december_draft import coordinator
from tests.pages.sign_people_in import PASSWORD
from tests.pages.walk import World
from tests.servers import free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 90_000
IN_THE_SERVICE = {"prepared"}
IN_NOVEMBER = (sys.executable, "-m", "tests.november")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = """async () => {
  const found = await axe.run({ resultTypes: ["violations"] });
  return JSON.stringify(found.violations.map((one) => ({ id: one.id, where: one.nodes.map((node) => node.html.slice(0, 200)) })));
}"""


class Served:
    """A running service: `url`, and the month that is published in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.territory = f"{url}/t/ile-de-france"
        self.month = f"{self.territory}/planning/2026-12"


@pytest.fixture(autouse=True)
def as_the_service_has_it(request: pytest.FixtureRequest) -> None:
    """What is served lives in November, and so does a test of it."""
    if IN_THE_SERVICE.intersection(request.fixturenames):
        request.getfixturevalue("in_november")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which December is published."""
    var = tmp_path_factory.mktemp("pages")
    fill(var, "tests.pages.prepare")
    return var


def fill(var: Path, program: str) -> None:
    """Runs a program of ours that puts something into the folder's database."""
    environment = {**os.environ, "ESCALE_VAR": str(var)}
    done = subprocess.run(
        [*IN_NOVEMBER, program], cwd=ROOT, env=environment, capture_output=True, timeout=400
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def serve(var: Path, **settings: str) -> Iterator[Served]:
    port = free_port()
    environment = {
        **os.environ,
        "ESCALE_VAR": str(var),
        "ESCALE_PORT": str(port),
        "ESCALE_SOLVE_SECONDS": "3",
        **settings,
    }
    process = subprocess.Popen(
        [*IN_NOVEMBER, "service.cli", "serve"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: answers(port))
        yield Served(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=120)


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def served(prepared: Path) -> Iterator[Served]:
    """For tests that only read."""
    yield from serve(prepared)


@pytest.fixture
def own(prepared: Path, tmp_path: Path) -> Iterator[Served]:
    """A copy of one's own, for a test that writes."""
    shutil.copytree(prepared, tmp_path / "var")
    yield from serve(tmp_path / "var")


@pytest.fixture
async def visitor(in_november: None, database: object, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Her browser in the small territory, whose December is computed and not published."""
    async with coordinator(tmp_path) as client:
        yield client


@pytest.fixture(scope="module")
def signed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy for the stories of one file, with accounts of a team that has a day under way."""
    var = tmp_path_factory.mktemp("signed") / "var"
    shutil.copytree(prepared, var)
    fill(var, "tests.pages.sign_people_in")
    yield from serve(var)


def sign_in(page: Page | Locator, name: str) -> None:
    """Through the form of a page, or of the dialogue over it."""
    page.get_by_label("Adresse de courriel").fill(f"{name}@escale.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


@pytest.fixture(scope="session")
def world(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One of everything, and somebody signed in for each role: for walks over all pages and forms."""
    yield from furnished(prepared, tmp_path_factory.mktemp("world") / "var")


@pytest.fixture
def own_world(prepared: Path, tmp_path: Path) -> Iterator[World]:
    """One of everything for a walk that may change it."""
    yield from furnished(prepared, tmp_path / "var")


def furnished(prepared: Path, var: Path) -> Iterator[World]:
    shutil.copytree(prepared, var)
    fill(var, "tests.pages.furnish")
    for served in serve(var, ESCALE_SIGN_INS_PER_MINUTE="1000", ESCALE_REQUESTS_PER_MINUTE="1000000"):
        made = World(served.url, json.loads((var / "walk.json").read_text()), var / "escale.sqlite3")
        yield made
        made.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def patience_ms() -> int:
    """How long a page may take before its test fails."""
    return PATIENCE_MS


@pytest.fixture
def open_page(browser: Browser, patience_ms: int) -> Iterator[Callable[..., Page]]:
    """Opens a page at a size; anything the console or the network complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_one(address: str, width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR", **options)
        contexts.append(context)
        context.set_default_timeout(patience_ms)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        home = "/".join(address.split("/")[:3])
        page.on(
            "request",
            lambda request: (
                complaints.append(f"elsewhere: {request.url}")
                if not request.url.startswith((home, "data:"))
                else None
            ),
        )
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    expected = ("status of 4", "ERR_INTERNET_DISCONNECTED")
    assert [one for one in complaints if not any(words in one for words in expected)] == []


def faults_of(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong; it is read into a page once, where no window brings it to each of its pages."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = json.loads(page.evaluate(AXE_RUN))
    return found


@pytest.fixture
async def phone(database: object, tmp_path: Path) -> AsyncIterator[tuple[Territory, httpx.AsyncClient]]:
    """AR, signed in, with a telephone that runs no script."""
    async with telephone(tmp_path) as found:
        yield found
