"""Walks the service from link to link as each role, so that no page and no form is forgotten by a test.

One page of each route is kept a role; of the forms of facts one a kind.
"""

import re
import sqlite3
from collections import deque
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx

from service.edge.guards import handlers
from tests.pages.html_forms import Form, PageReader, read_page
from tests.pages.sign_people_in import PASSWORD
from tests.service.door import FORM_TOKEN, make_app

PLACES = re.compile(r"\{(\w+):(\w+)\}")
KINDS = {"uuid": r"[0-9a-f-]{36}", "int": r"\d+", "path": r".+"}
T = "/t/ile-de-france"
DECEMBER = f"{T}/planning/2026-12"
LEAVES = ("/deconnexion", "/static/", "/feeds/", "/api")


class Found(NamedTuple):
    """A page that somebody reached: `kind` is its route, with what tells several of one route apart."""

    role: str
    kind: str
    address: str
    page: PageReader


class Walked(NamedTuple):
    pages: list[Found]
    others: set[str]
    """Routes that answered with a file, or lead elsewhere."""
    broken: list[str]
    """Links that led nowhere, with where they stood."""


class Routes:
    """Every address that the service answers, as patterns."""

    def __init__(self, folder: Path) -> None:
        made = [
            (path, set(handler.http_methods))
            for path, handler in handlers(make_app(folder))
            if hasattr(handler, "http_methods")
        ]
        self.read = sorted(path for path, methods in made if "GET" in methods and not path.startswith("/api"))
        self.written = sorted(
            path for path, methods in made if "POST" in methods and not path.startswith("/api")
        )
        self._patterns = {path: re.compile(PLACES.sub(_pattern, path)) for path, _ in made}

    def kind_of(self, address: str, *, among: list[str] | None = None) -> str:
        """The route of an address; of forms of facts also which facts. Empty when there is none."""
        path = address.partition("?")[0]
        found = [one for one in among or self.read if self._patterns[one].fullmatch(path)]
        route = min(found, key=lambda one: one.count("{"), default="")
        return route.replace("{resource:str}", path.split("/")[4]) if "{resource:str}" in route else route


def _pattern(place: re.Match[str]) -> str:
    return KINDS.get(place[2], r"[^/]+")


class World:
    """A served month with one of everything, and a browser without script for each role."""

    def __init__(self, url: str, known: dict[str, str], database: Path) -> None:
        self.url, self.known, self.database = url, known, database
        self.clients = {role: self._signed_in(role) for role in ROLES}
        self.known |= stir(self)
        self._walked: Walked | None = None

    def _signed_in(self, role: str) -> httpx.Client:
        client = httpx.Client(base_url=self.url, headers={"accept": "text/html"}, timeout=120)
        if role != "public":
            fields = {"email": f"{role}@escale.test", "password": PASSWORD}
            press(client, "/connexion", **fields)
        return client

    def walk_all(self, routes: "Routes") -> Walked:
        """Every page that somebody reaches, one of each kind a role; walked once."""
        if self._walked is None:
            found = [walk(self, role, routes) for role in ROLES]
            pages, broken = (
                [one for each in found for one in each.pages],
                [one for each in found for one in each.broken],
            )
            self._walked = Walked(pages, set().union(*(each.others for each in found)), broken)
        return self._walked

    def close(self) -> None:
        for client in self.clients.values():
            client.close()


def walk(world: World, role: str, routes: Routes) -> Walked:
    """Every page that links lead to from where the role begins, one of each kind."""
    walked, seen = Walked([], set(), []), set()
    waiting = deque((seed, "") for seed in seeds_of(world.known, role))
    while waiting:
        address, origin = waiting.popleft()
        kind = routes.kind_of(address)
        if not address or kind in seen or address.startswith(LEAVES):
            continue
        answer = world.clients[role].get(address, follow_redirects=True)
        here = str(answer.url).removeprefix(world.url)
        seen.add(kind)
        if answer.status_code != 200:
            walked.broken.append(f"{role}: {address} ({answer.status_code}) from {origin}")
        elif (
            answer.headers["content-type"].startswith("text/html")
            and here.partition("?")[0] == address.partition("?")[0]
        ):
            found = Found(role, kind, here, read_page(here, answer.text))
            walked.pages.append(found)
            waiting += [(link, here) for link in found.page.links]
        else:
            walked.others.add(kind)
            waiting.append((here, address))
    return walked


def forms_of(walked: list[Found], routes: Routes) -> Iterator[tuple[Found, str, Form]]:
    """One form of each kind that is sent, with the page on which it stands."""
    seen = set()
    for found in walked:
        for form in found.page.forms:
            kind = routes.kind_of(form.action, among=routes.written)
            mark = (kind, frozenset(form.controls))
            if form.method == "post" and mark not in seen:
                seen.add(mark)
                yield found, kind, form


def stir(world: World) -> dict[str, str]:
    """Leaves something behind on each page: a draft begun, places held, a person oriented, an answer given."""
    known, clients = world.known, world.clients
    press(clients["coordinator"], DECEMBER, f"{DECEMBER}/modifier")
    board = clients["coordinator"].get(f"{DECEMBER}?par=lieu&vue=mois").text
    held = [press(clients["partner"], f"{T}/places", place=f"{known['host']}:{slot}") for slot in (0, 1)]
    person = {"label": "94-1211", "need": "emploi", "officer": "M.D.", "officer_phone": "01 45 67 89 10"}
    question = f"{T}/a-renseigner/{known['interview']}"
    late = {"quoi": known["permanence"], "minutes": "15", "raison": "transport"}
    return {
        "hold": held[1],
        "orientation": press(clients["partner"], held[0], **person),
        "following": press(clients["staff"], f"{T}/a-renseigner", question, statut="excused"),
        "told": press(clients["staff"], f"{T}/ma-semaine/retard", **late),
        "key": unescape(_first(r'data-key="(permanence:[^"]+)"', board)),
        "need": unescape(_first(r"besoin=([^\"&]+)", board)),
    }


def _first(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, pattern
    return found[1]


def press(client: httpx.Client, page: str, action: str = "", **fields: str) -> str:
    """Sends a form and gives the address it leads to."""
    token = FORM_TOKEN.search(client.get(page).text)
    answer = client.post(action or page, data={"_csrf_token": token[1] if token else "", **fields})
    assert answer.status_code == 303, (page, answer.status_code, answer.text[:3000])
    return answer.headers["location"]


def seeds_of(known: dict[str, str], role: str) -> list[str]:
    """Where each role begins, and what only a script or a mail leads to."""
    spot = f"cle={quote(known['key'])}&rangee={SITE}&jour=2026-12-18&demi=am"
    board = [f"{DECEMBER}/{one}?{spot}&besoin={known['need']}" for one in BY_SCRIPT]
    beyond = f"{known['host']}/0?partenaire=spip-93"
    waiting = f"{T}/attente/{known['series']}"
    return {
        "public": ["/connexion", *(f"/{one}/{known[one]}" for one in ("reponse", "acces", "lien", "service"))],
        "administrator": ["/", "/territoires/nouveau", f"{T}/administration/comptes/{known['account']}"],
        "coordinator": ["/", DECEMBER, *board, f"{DECEMBER}/aide", f"{T}/planning/2027-02", f"{T}/en-plus/{beyond}",
                        f"{T}/ma-semaine?personne=AR", f"{T}/places?partenaire=spip-93",
                        f"{DECEMBER}/emargement/2026-12-16", f"{DECEMBER}/permanences/2026-12-16"],
        "staff": ["/", f"{T}/personnes/{known['participant']}", known["following"], known["told"],
                  f"{T}/ma-journee/2026-12-16"],
        "partner": ["/", known["hold"], known["orientation"], waiting],
    }[role]  # fmt: skip


ROLES = ("public", "administrator", "coordinator", "staff", "partner")
SITE = "gagny"
BY_SCRIPT = (
    "detail",
    "decommander",
    "deplacer",
    "ailleurs",
    "pourquoi-ici",
    "reaffecter",
    "retirer",
    "places",
    "ajouter",
    "reparations",
    "a-replacer",
)


PASSING = (
    "audit_trail",
    "account_session",
    "idempotency_key",
    "schedule_run",
    "job",
    "feed_body",
    "told",
    "taken_place",
    "setting",
)


class Stored:
    """What a database holds: a mark of each table, but for those that change by themselves or say who read what.

    SQLite counts what others have committed: rows are read again only when that count has moved.
    """

    def __init__(self, database: Path) -> None:
        self._kept = sqlite3.connect(database)
        self._version, self._marks = self._count(), self._read()

    def changed(self) -> set[str]:
        """The tables that differ from the last look."""
        version, before = self._count(), self._marks
        if version == self._version:
            return set()
        self._version, self._marks = version, self._read()
        return {name for name, mark in self._marks.items() if before[name] != mark}

    def close(self) -> None:
        self._kept.close()

    def _count(self) -> int:
        return int(self._kept.execute("PRAGMA data_version").fetchone()[0])

    def _read(self) -> dict[str, int]:
        tables = [row[0] for row in self._kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            one: hash(tuple(self._kept.execute(f'SELECT * FROM "{one}"')))
            for one in tables
            if one not in PASSING
        }
