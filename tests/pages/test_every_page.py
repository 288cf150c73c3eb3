"""Every page and every form that somebody can reach, found by walking: no dead link, no fault for axe, nothing lost."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.attack import Attack, attacks, shapeless, told
from tests.pages.conftest import AXE, faults_of
from tests.pages.cut_rings import cut_rings
from tests.pages.cut_words import cut_words
from tests.pages.fingers import too_small_for_a_finger
from tests.pages.walk import Found, Routes, Stored, World, forms_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOT_PAGES = {
    "/connexion/code": "after a password, before a code",
    "/connexion/etat": "what a script asks before it sends",
    "/connexion/organisation": "leads to a provider",
    "/connexion/retour": "comes from a provider",
    "/feeds/{token:str}": "a calendar",
    "/health": "for machines",
    "/metrics": "for machines",
    "/ready": "for machines",
    "/static/{version:str}/{path:path}": "files",
    "/t/{territory:str}/planning/{month:str}/calcul": "while a month is planned",
    "/t/{territory:str}/planning/{month:str}/calcul/flux": "a stream",
    "/t/{territory:str}/planning/{month:str}/calcul/tableau": "there while a month is computed",
    "/t/{territory:str}/planning/{month:str}/essayer": "a repair tried on the board",
}
"""Addresses that no link and no mail leads to in a month at rest; the stories pass through those that are pages."""
NO_WORDS = {
    ("/reglages/code", "code"): "a code is read anew each time",
    (
        "/t/{territory:str}/planning/{month:str}/et-si",
        "puis",
    ): "a button says what comes next: other words compute",
}
"""Questions of which nothing typed comes back, or that are refused at no field."""


TO_QUOTE = "À citer si vous demandez de l’aide"
"""Stands on the bare page of an error alone."""
FOREIGN = re.compile(
    r"\b(?:the|and|with|this|that|your|please|error|failed|invalid|required|field|value|unknown|missing|cannot|must"
    r"|site_|planned|cancelled|published|draft|ready|held|missed|interview|absence_|leave|training"
    r"|unavailable|monday|tuesday|am|pm|none|null|true|false|undefined)\b|\b[a-z]+_[a-z_]+\b|\{\w*\}|%\(|\b[a-z]+\([a-z]+=",
    re.IGNORECASE,
)
GIVEN = re.compile(r"\S+@\S+|https?://\S+|/t/\S+|ESCALE_\w+")


class Look(NamedTuple):
    """How a page is looked at."""

    width: int
    media: dict[str, str]
    scale: int = 1


LOOKS = (
    Look(1440, {"color_scheme": "light"}),
    Look(390, {"color_scheme": "dark"}),
    Look(720, {"color_scheme": "light"}, scale=2),
    Look(1440, {"color_scheme": "dark"}),
    Look(390, {"forced_colors": "active"}),
    Look(720, {"color_scheme": "dark"}, scale=2),
    Look(390, {"color_scheme": "light"}),
    Look(1440, {"color_scheme": "light", "contrast": "more"}),
    Look(720, {"color_scheme": "dark", "contrast": "more"}),
    Look(1440, {"forced_colors": "active"}),
)
"""720 pixels twice as dense is a screen of 1440 at 200 %."""
PHONE = Look(390, {"color_scheme": "light"})


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Routes:
    return Routes(tmp_path_factory.mktemp("routes"))


@pytest.fixture
def look(browser: Browser, world: World, patience_ms: int) -> Iterator[Callable[[Found, Look], Page]]:
    """Opens a page as its role at a look; one browser window a role and density.

    What the console complains of (a breach of the content-security policy, a script that fails) and any request beyond
    the service fails the test.
    """
    windows: dict[tuple[str, int], Page] = {}
    complaints: list[str] = []

    def open_one(found: Found, how: Look) -> Page:
        key = (found.role, how.scale)
        if key not in windows:
            context = browser.new_context(locale="fr-FR", device_scale_factor=how.scale)
            cookies = [
                {"name": one.name, "value": one.value, "url": world.url}
                for one in world.clients[found.role].cookies.jar
            ]
            context.set_default_timeout(patience_ms)
            context.add_cookies(cookies)  # type: ignore[arg-type]
            context.add_init_script(path=AXE)  # compiled once a window, not once a page
            windows[key] = context.new_page()
            windows[key].on(
                "console", lambda one: complaints.append(one.text) if one.type == "error" else None
            )
            windows[key].on("pageerror", lambda error: complaints.append(str(error)))
            windows[key].on(
                "request", lambda one: complaints.append(one.url) if _leads_away(one.url) else None
            )
        page = windows[key]
        page.set_viewport_size({"width": how.width, "height": 900})
        page.emulate_media(**RESET | how.media)
        page.goto(world.url + found.address)
        return page

    def _leads_away(address: str) -> bool:
        return not address.startswith((world.url, "data:"))

    yield open_one
    for page in windows.values():
        page.context.close()
    assert complaints == []


RESET: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}


def test_every_route_is_reached_or_named_with_its_reason(world: World, routes: Routes) -> None:
    walked = world.walk_all(routes)
    reached = {found.kind for found in walked.pages} | walked.others
    kinds = {one for one in routes.read if "{resource:str}" not in one}
    assert kinds - reached == NOT_PAGES.keys()


def test_no_link_leads_nowhere(world: World, routes: Routes) -> None:
    assert world.walk_all(routes).broken == []


def test_every_page_has_one_heading_and_says_what_it_is_for(world: World, routes: Routes) -> None:
    pages = world.walk_all(routes).pages
    silent = [f"{one.role} {one.kind}" for one in pages if not one.page.says_what_for]
    assert "\n".join(silent) == ""


def test_every_page_speaks_french_and_shows_no_code(world: World, routes: Routes) -> None:
    """`GIVEN`: addresses, and the settings that an administration is told to make."""
    foreign = Counter(
        (one.kind, word)
        for one in world.walk_all(routes).pages
        for words in one.page.words
        for word in FOREIGN.findall(GIVEN.sub("", words))
    )
    assert "\n".join(f"{kind}: {word}" for kind, word in sorted(foreign)) == ""


def test_a_wrong_answer_is_said_at_its_field_and_above_and_loses_nothing(
    world: World, routes: Routes
) -> None:
    wrong, sent = [], Counter[str]()
    with closing(Stored(world.database)) as stored:
        for found, kind, form in forms_of(world.walk_all(routes).pages, routes):
            for attack in attacks(found.address, form):
                sent["typed" if attack.field in {one.name for one in form.typed} else "chosen"] += 1
                faults, changed = _sent(world, stored, found, attack)
                if changed:
                    changed &= _sent(world, stored, found, attack)[1]
                faults += [f"changed {changed}"] if changed else []
                wrong += [(found.role, kind, attack.field, one) for one in faults]
    assert "\n".join(str(one) for one in wrong if one[1:3] not in NO_WORDS) == ""
    assert sent["typed"] >= 450, sent
    assert sent["chosen"] >= 120, sent


def test_what_no_page_of_ours_sends_is_answered_by_a_page_that_says_so(
    own_world: World, routes: Routes
) -> None:
    """Never a fault of ours; never a bare page either, which would lose what else was typed.

    What is taken is tried no more, nor a form whose page is gone since: another was taken before it.
    """
    wrong, count = [], 0
    for found, kind, form in forms_of(own_world.walk_all(routes).pages, routes):
        for sent in shapeless(found.address, form):
            answer = own_world.clients[found.role].post(form.action, **sent)
            count += 1
            if answer.status_code in (404, 409) and own_world.clients[found.role].get(found.address).is_error:
                break
            if answer.status_code >= 500 or TO_QUOTE in answer.text:
                wrong.append((found.role, kind, answer.status_code, sorted(sent)))
            if answer.status_code < 400:
                break
    assert "\n".join(map(str, wrong)) == ""
    assert count >= 200


def _sent(world: World, stored: Stored, found: Found, attack: Attack) -> tuple[list[str], set[str]]:
    """What the answer leaves out, and the tables that differ afterwards: jobs write too, but not each time."""
    answer = world.clients[found.role].post(attack.form.action, data=attack.fields())
    return told(attack, answer), stored.changed()


def test_what_another_connection_writes_is_seen_once(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = wal")
        other.execute("CREATE TABLE note (words)")
        other.execute("CREATE TABLE job (words)")
        with closing(Stored(tmp_path / "a.db")) as stored:
            assert stored.changed() == set()
            other.execute("INSERT INTO note VALUES ('kept')")
            other.execute("INSERT INTO job VALUES ('passing')")
            assert stored.changed() == {"note"}
            assert stored.changed() == set()
            other.execute("UPDATE note SET words = 'other'")
            assert stored.changed() == {"note"}


def test_no_page_has_a_fault_for_axe(
    world: World, routes: Routes, look: Callable[[Found, Look], Page]
) -> None:
    """Each page at one look, in turn: the long test sees each at all of them."""
    found = world.walk_all(routes).pages
    assert _faults(look, ((one, [LOOKS[rank % len(LOOKS)]]) for rank, one in enumerate(found))) == []


def test_on_a_phone_and_a_narrow_screen_whatever_is_pressed_is_large_enough_and_nothing_is_cut(
    world: World, routes: Routes, look: Callable[[Found, Look], Page]
) -> None:
    walked = world.walk_all(routes).pages
    assert len(walked) > 80
    wrong: dict[str, list[str]] = {}
    for one in walked:
        page = look(one, PHONE)
        wrong[one.address] = [*too_small_for_a_finger(page), *cut_words(page), *cut_rings(page)]
        page.set_viewport_size({"width": 900, "height": 700})
        wrong[one.address] += cut_words(page)
    assert {address: found for address, found in wrong.items() if found} == {}


@pytest.mark.soak
@pytest.mark.parametrize("width", sorted({one.width for one in LOOKS}))
def test_no_page_has_a_fault_at_any_look(
    world: World, routes: Routes, look: Callable[[Found, Look], Page], width: int
) -> None:
    """Opened once at a width, which scripts may ask for; its colours are left to its styles alone."""
    alike = [one for one in LOOKS if one.width == width]
    assert _faults(look, ((one, alike) for one in world.walk_all(routes).pages)) == []


def _faults(look: Callable[[Found, Look], Page], seen: Iterator[tuple[Found, list[Look]]]) -> list[Any]:
    """Each page opened at the first of its looks, then seen at all of them: they differ in media alone."""
    wrong: list[Any] = []
    for found, looks in seen:
        page = look(found, looks[0])
        for how in looks:
            page.emulate_media(**RESET | how.media)
            wrong += [(found.role, found.address, how, one) for one in faults_of(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append((found.role, found.address, how, "wider than the screen"))
    return wrong
