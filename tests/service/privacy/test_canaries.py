"""A whole month lived over HTTP, then every log, mail, error page, measure, feed and export is searched."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from db.engine import connected, current
from db.migrate import upgrade
from db.queries.assignments import Wanted, assignments_of
from db.queries.outbox import mails
from service.accounts.master_key import ensure_master_keys
from service.mail.sender import send_due_mails
from service.mail.tell_changes import tell_changes
from service.mail.tell_tomorrow import tell_tomorrow
from service.settings import ROOT, Settings, read_settings
from tests.mailbox import Mailbox
from tests.servers import free_port, wait_until
from tests.service.door import PASSWORD, send
from tests.service.privacy.canaries import (
    CONTACT,
    HOURS,
    NOTE,
    PERSONAL,
    REFERENCE,
    SEALED,
    Planted,
    days,
    found_in,
    orient,
    plant,
)

pytestmark = [pytest.mark.slow, pytest.mark.server, pytest.mark.timeout(180)]
EVERYTHING = (*PERSONAL, REFERENCE, REFERENCE.lower(), PASSWORD)
HERE = "/t/petite"


class Heard:
    """What came out of the house, by where."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}

    def keep(self, where: str, content: bytes | str) -> None:
        self.parts[where] = content.encode() if isinstance(content, str) else content

    def leaks(self, prefix: str, words: tuple[str, ...]) -> list[str]:
        kept = {where: content for where, content in self.parts.items() if where.startswith(prefix)}
        assert kept, f"nothing was heard of {prefix}"
        return [f"{where}: {word}" for where, content in kept.items() for word in found_in(content, words)]


@contextmanager
def service(settings: Settings, environment: dict[str, str], log: Path) -> Iterator[str]:
    """The real command; everything it says goes to `log`."""
    with log.open("wb") as file:
        command = [sys.executable, "-m", "service.cli", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=file, stderr=file)
        try:
            wait_until(lambda: _answers(settings.port), seconds=60)
            yield f"http://127.0.0.1:{settings.port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


@asynccontextmanager
async def signed_in(url: str, role: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"accept": "text/html"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
        await send(client, "/connexion", email=f"{role}@exemple.fr", password=f"{CONTACT.name} se trompe")
        entered = await send(client, "/connexion", email=f"{role}@exemple.fr", password=PASSWORD)
        assert entered.status_code == 303, entered.text
        yield client


async def test_a_month_tells_nobody_outside_who_is_met(tmp_path: Path, mailbox: Mailbox) -> None:
    environment = {
        "ESCALE_VAR": str(tmp_path / "var"),
        "ESCALE_PORT": str(free_port()),
        "ESCALE_LOG_LEVEL": "debug",
        "ESCALE_LOG_FORMAT": "json",
        "ESCALE_SOLVE_SECONDS": "5",
        "ESCALE_SMTP": f"smtp://127.0.0.1:{mailbox.port}",
    }
    settings, heard, log = read_settings(environment), Heard(), tmp_path / "service.log"
    settings.var_path.mkdir()
    async with connected(settings.database_address):
        await upgrade()
        planted = await plant(ensure_master_keys(settings.keys_path))
    with service(settings, environment, log) as url:
        async with signed_in(url, "coordinator") as client:
            await plan_and_publish(client)
            await look_at_everything(client, heard)
            await make_mistakes(client, heard)
        async with signed_in(url, "staff") as client:
            await call_off_the_interview(client, settings, planted)
        await look_as_others(url, heard)
        await read_from_outside(url, planted, heard)
    heard.keep("log", log.read_bytes())
    async with connected(settings.database_address):
        await send_every_mail(settings, mailbox, heard)
        await look_into_the_house(heard)
    heard.keep("file", b"".join(one.read_bytes() for one in settings.var_path.rglob("*") if one.is_file()))
    assert b'"event"' in heard.parts["log"]
    for where in ("log", "mail", "error", "measure", "outbox", "job", "feed site", "feed territory"):
        assert heard.leaks(where, EVERYTHING) == []
    for where in ("feed", "export", "trail"):
        assert heard.leaks(where, PERSONAL) == []
    assert heard.leaks("administrator", PERSONAL) == []
    assert heard.leaks("partner", (*SEALED, NOTE, *HOURS, REFERENCE)) == []
    assert heard.leaks("file", SEALED) == []
    assert REFERENCE.encode() in heard.parts["seen page"]
    assert {CONTACT.name, CONTACT.phone, NOTE} <= set(found_in(heard.parts["seen page"]))


async def plan_and_publish(client: httpx.AsyncClient) -> None:
    """Asked for as a person does, followed, published."""
    month = f"{HERE}/planning/2026-12"
    asked = await send(client, f"{month}/generer", f"{month}/generer", depart="zero")
    assert asked.status_code in (302, 303), asked.text
    until = time.monotonic() + 60
    while "Planning calculé" not in (await client.get(f"{month}/calcul")).text:
        assert time.monotonic() < until, "the plan did not come"
        await asyncio.sleep(0.5)
    draft = re.search(r'name="plan" value="([^"]+)"', (await client.get(f"{month}/publier")).text)
    assert draft is not None
    published = await send(client, f"{month}/publier", f"{month}/publier", plan=draft[1])
    assert published.status_code == 303, published.text[:2000]


async def look_at_everything(client: httpx.AsyncClient, heard: Heard) -> None:
    month = f"{HERE}/planning/2026-12"
    seen = ["", "/lieux", "/equipe", "/promotions", "/personnes", "/partenaires", f"/personnes/{REFERENCE}", f"/personnes/{REFERENCE}/copie"]  # fmt: skip
    pages = [(await client.get(f"{HERE}{path or '/planning/2026-12'}")).content for path in seen]
    heard.keep("seen page", b"".join(pages))
    for name in ("tableau.xlsx", "tableau.pdf", "feuilles.pdf"):
        answer = await client.get(f"{month}/{name}")
        assert answer.status_code == 200, name
        heard.keep(f"export {name}", answer.content)


async def make_mistakes(client: httpx.AsyncClient, heard: Heard) -> None:
    """Every way to put something personal where it does not belong."""
    name = CONTACT.name
    wrong = [
        await client.get(f"{HERE}/personnes/{name}"),
        await client.get(f"/t/{name}/planning"),
        await client.get(f"/lien/{name}"),
        await client.get(f"/feeds/{name}.ics"),
        await client.get(f"{HERE}/planning/{name}"),
        await client.get(f"{HERE}/ma-semaine?semaine={name}"),
        await client.get(f"/nulle-part?nom={name}&heure=09:53"),
        await client.post(f"{HERE}/fiche/personnes/nouveau", data={"note": name}),
        await client.post("/api/territories/petite/plans", json={"first_on": name, REFERENCE: CONTACT.phone}),
        await client.get(
            "/api/territories/petite/plans", headers={"authorization": "Bearer escale_Canarito"}
        ),
        await client.post("/connexion", content=b"\xff" + name.encode()),
        await client.request("PATCH", f"{HERE}/personnes/{REFERENCE}", json={"name": name}),
        await client.post(f"{HERE}/personnes/{REFERENCE}/effacer", data={"reference": name}),
    ]
    for number, answer in enumerate(wrong):
        assert 400 <= answer.status_code < 500, (number, answer.status_code)
        heard.keep(f"error {number}", answer.content)


async def call_off_the_interview(client: httpx.AsyncClient, settings: Settings, planted: Planted) -> None:
    """From a telephone: the canary's own interview is called off."""
    async with connected(settings.database_address):
        (met,) = await assignments_of(planted.territory.id, Wanted(participant=REFERENCE))
        await orient(planted, met.id)
    fields = {"quoi": str(met.id), "raison": "transport"}
    answer = await send(client, f"{HERE}/ma-semaine/annuler", "/reglages", **fields)
    assert answer.status_code in (200, 303)
    for page in ("ma-semaine", "a-rappeler", "a-renseigner", f"personnes/{REFERENCE}"):
        assert (await client.get(f"{HERE}/{page}")).status_code == 200, page


async def look_as_others(url: str, heard: Heard) -> None:
    """Who administers, and who orients people: neither has any business with the person."""
    pages = {
        "administrator": ["comptes", "agendas", "journal", "conservation", "travaux"],
        "partner": ["places", "orientations"],
    }
    for role, names in pages.items():
        folder = f"{HERE}/administration" if role == "administrator" else HERE
        async with signed_in(url, role) as client:
            for name in names:
                answer = await client.get(f"{folder}/{name}")
                assert answer.status_code == 200, (role, name)
                heard.keep(f"{role} {name}", answer.content)


async def read_from_outside(url: str, planted: Planted, heard: Heard) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        for kind, address in planted.feeds.items():
            answer = await client.get(address)
            assert answer.status_code == 200
            assert b"BEGIN:VCALENDAR" in answer.content
            heard.keep(f"feed {kind}", answer.content)
        heard.keep("measure", (await client.get("/metrics")).content)
        for path in (f"{HERE}/personnes/{REFERENCE}", f"/api/territories/petite/{REFERENCE}"):
            answer = await client.get(path)
            assert answer.status_code in (303, 401, 404)
            heard.keep(f"error outside {path[-9:-6]}", answer.content)


async def send_every_mail(settings: Settings, mailbox: Mailbox, heard: Heard) -> None:
    """What changed, and each evening of the period."""
    await tell_changes(settings)
    first, last = days()
    for number in range((last - first).days + 1):
        evening = datetime(first.year, first.month, first.day, 18, 5, tzinfo=ZoneInfo("Europe/Paris"))
        await tell_tomorrow(settings, evening + timedelta(days=number - 1))
    while await send_due_mails(settings):
        pass
    assert len(mailbox.messages) > 3
    for number, message in enumerate(mailbox.messages):
        heard.keep(f"mail {number}", f"{message.items()} {message.get_content()}")
    heard.keep("outbox", str(await mails(limit=1000)))


async def look_into_the_house(heard: Heard) -> None:
    for table, where in (("audit_trail", "trail"), ("job", "job"), ("told", "mail told")):
        heard.keep(where, str(await current().run_sql(f'SELECT * FROM "{table}"', [])))
