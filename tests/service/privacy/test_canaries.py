"""A whole month lived over HTTP on the running service, then every log, mail, error page, measure, feed and export is searched."""

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from db.engine import current
from db.queries.territories import change_territory, territory_by_code
from db.tables import TABLES
from service.settings import read_settings
from tests.databases import migrated_postgres_database, sqlite_database
from tests.deployment import Deployment, deployed, run_escale
from tests.mailbox import Mailbox
from tests.service.door import PASSWORD
from tests.service.privacy.canaries import (
    CONTACT,
    HOURS,
    LABEL,
    NOTE,
    OF_PERSON,
    PERSONAL,
    REFERENCE,
    SEALED,
    Planted,
    found_in,
    plant,
    zone_where_it_is,
)
from tests.service.privacy.month_lived import (
    Heard,
    Visitor,
    bearer,
    keep_contact,
    look_at_everything,
    meet,
    orient,
    plan_and_publish,
    signed_in,
    wait_for_mails,
)

pytestmark = [pytest.mark.slow, pytest.mark.server]
EVERYTHING = (*PERSONAL, REFERENCE, REFERENCE.lower(), PASSWORD)
MAILED = ("Planning publié", "Changement", "Aujourd’hui", "Demain")


@pytest.fixture(params=["embedded", pytest.param("scaled out", marks=pytest.mark.soak)])
def mine(request: pytest.FixtureRequest, tmp_path: Path, mailbox: Mailbox) -> Iterator[Deployment]:
    """One process on SQLite; or two that serve and one that works on PostgreSQL and Redis. Both say all they can."""
    settings = {"ESCALE_SMTP": f"smtp://127.0.0.1:{mailbox.port}", "ESCALE_LOG_LEVEL": "debug"}
    if request.param == "embedded":
        template = request.getfixturevalue("sqlite_template")
        with sqlite_database(template, tmp_path) as url, deployed(url, tmp_path, **settings) as made:
            yield made
        return
    redis = f"{request.getfixturevalue('redis_url').rpartition('/')[0]}/4"
    with (
        migrated_postgres_database(request.getfixturevalue("postgres_url")) as url,
        deployed(url, tmp_path, redis=redis, webs=2, workers=1, **settings) as made,
    ):
        yield made


def test_a_month_tells_nobody_outside_who_is_met(mine: Deployment, mailbox: Mailbox, tmp_path: Path) -> None:
    planted, heard = mine.do(lambda: plant("petite")), Heard()
    with signed_in(mine, planted, "coordinator") as me:
        keep_contact(me)
        plan_and_publish(mine, planted)
    with (
        signed_in(mine, planted, "staff") as me,
        httpx.Client(base_url=mine.url, headers=bearer(planted, "sees"), timeout=60) as client,
    ):
        to_come = meet(me, planted, client)
        for page in ("ma-semaine", "a-rappeler", "a-renseigner", f"personnes/{REFERENCE}"):
            me.get(f"/{page}")
        call_off(to_come, client, planted)
    with signed_in(mine, planted, "partner") as me:
        oriented = orient(me)
        for number, page in enumerate(("/places", "/orientations", oriented, f"{oriented}/fiche.pdf")):
            heard.keep(f"partner {number}", me.get(page).content)
    let_evening_come(mine)
    with signed_in(mine, planted, "coordinator") as me:
        look_at_everything(me, planted, heard)
        make_mistakes(me, planted, heard)
    with signed_in(mine, planted, "administrator") as me:
        for name in ("comptes", "agendas", "journal", "conservation", "travaux"):
            heard.keep(f"administrator {name}", me.get(f"/administration/{name}").content)
    read_from_outside(mine, planted, heard)
    wait_for_mails(mine, _Subjects(mailbox), MAILED)
    for number, message in enumerate(mailbox.messages):
        heard.keep(f"mail {number}", f"{message.items()} {message.get_content()}")
    break_a_plan(mine, planted, heard)
    for number, process in enumerate((*mine.webs, *mine.workers)):
        heard.keep(f"log {number}", process.log.read_bytes())
        heard.keep(f"measure {number}", httpx.get(f"{process.url}/metrics", timeout=30).content)
    look_into_the_house(mine, heard, tmp_path)
    judge(heard)


def judge(heard: Heard) -> None:
    for where in (
        "log",
        "mail",
        "error",
        "measure",
        "outbox",
        "job",
        "feed site",
        "feed territory",
        "feed free",
    ):
        assert heard.leaks(where, EVERYTHING) == [], where
    assert heard.leaks("leaves", EVERYTHING) == []
    assert heard.leaks("blind", (REFERENCE, REFERENCE.lower())) == []
    for where in ("export", "trail", "administrator"):
        assert heard.leaks(where, PERSONAL) == [], where
    assert heard.leaks("feed staff", PERSONAL) == []
    assert heard.leaks("feed partner", (*OF_PERSON, REFERENCE)) == []
    assert heard.leaks("partner", (*OF_PERSON, REFERENCE)) == []
    for where in ("file", "table", "backup plain"):
        assert heard.leaks(where, SEALED) == [], where
    assert heard.leaks("backup sealed", EVERYTHING) == []
    # What they would have been found in, were they there: the search itself works.
    assert {CONTACT.name, CONTACT.phone, NOTE} <= set(found_in(heard.parts["seen page"]))
    assert found_in(heard.parts["seen copy"], (CONTACT.name, NOTE, *HOURS))
    assert found_in(heard.parts["feed staff"], (REFERENCE,))
    assert found_in(heard.parts["partner 2"], (LABEL,))
    assert found_in(heard.parts["backup plain"], (REFERENCE, NOTE))
    assert b'"event"' in heard.parts["log 0"]
    assert any(b"unexpected" in content for where, content in heard.parts.items() if where.startswith("log"))


class _Subjects:
    """Those of the mails that have arrived by now."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def __iter__(self) -> Iterator[str]:
        return (str(message["subject"]) for message in list(self._mailbox.messages))


def call_off(to_come: str, client: httpx.Client, planted: Planted) -> None:
    """The canary's interview to come, and this morning’s permanence: told at once."""
    root = f"/api/territories/{planted.territory.code}"
    answer = client.post(f"{root}/interviews/{to_come}/cancel", json={"reason": "transport", "by": "us"})
    assert answer.status_code == 200, answer.text
    today = planted.today_on
    query = f"?from_on={today}&until_on={today}&kind=permanence"
    (soon,) = client.get(f"{root}/assignments{query}").json()["items"]
    answer = client.post(f"{root}/assignments/{soon['id']}/cancel-today", json={"reason": "transport"})
    assert answer.status_code == 200, answer.text


def let_evening_come(mine: Deployment) -> None:
    """The territory moves to where it is evening: what comes at 18 h comes."""

    async def move() -> None:
        territory = await territory_by_code("petite")
        await change_territory(msgspec.structs.replace(territory, zone=zone_where_it_is(19)))

    mine.do(move)


def make_mistakes(me: Visitor, planted: Planted, heard: Heard) -> None:
    """Every way to put something personal where it does not belong."""
    name, client, here = CONTACT.name, me.client, me.here
    root = f"/api{here.replace('/t/', '/territories/')}"
    # A form that was filled wrongly comes back to who may see the person, with what they typed: the logs alone are heard.
    erasing = f"/personnes/{REFERENCE}/effacer"
    me.send(erasing, reference=name, statuses=(400, 422))
    json, blind = bearer(planted, "sees"), bearer(planted, "blind")
    wrong = [
        client.get(f"{here}/personnes/{name}"),
        client.get(f"/t/{name}/planning"),
        client.get(f"/lien/{name}"),
        client.get(f"/reponse/{name}"),
        client.get(f"/service/{REFERENCE}"),
        client.get(f"/feeds/{name}.ics"),
        client.get(f"{here}/planning/{name}"),
        client.get(f"/nulle-part?nom={name}&heure={HOURS[0]}"),
        client.post(f"{here}/fiche/personnes/nouveau", data={"note": name}),
        client.request("PATCH", f"{here}/personnes/{REFERENCE}", json={"name": name}),
        client.post("/connexion", content=b"\xff" + name.encode()),
        client.post(f"{root}/plans", headers=json, json={"first_on": name, REFERENCE: CONTACT.phone}),
        client.post(f"{root}/participants", headers=json, json={"code": name}),
        client.post(f"{root}/participants", headers=json, json={"code": "AB1234", "practical_note": name}),
        client.post(f"{root}/participants", headers=json, content=b'{"code": "' + name.encode() + b"\xff"),
        client.post(
            f"{root}/interviews", headers=json | {"idempotency-key": "x" * 201}, json={"participant": name}
        ),
        client.get(f"{root}/assignments?from_on={name}", headers=json),
        client.get(f"{root}/plans", headers={"authorization": "Bearer escale_Canarito"}),
        client.post(f"{root}/plans", headers=json, content=name.encode() * 60_000),
    ]
    for number, answer in enumerate(wrong):
        assert 400 <= answer.status_code < 500, (number, answer.status_code)
        heard.keep(f"error {number}", answer.content)
    for number, path in enumerate(("participants", "plans", "needs", "promotions", "paths")):
        answer = client.get(f"{root}/{path}", headers=blind)
        assert answer.status_code in (200, 403), (path, answer.status_code)
        heard.keep(f"blind {number}", answer.content)


def read_from_outside(mine: Deployment, planted: Planted, heard: Heard) -> None:
    with httpx.Client(base_url=mine.url, timeout=30) as client:
        for kind, path in planted.feeds.items():
            answer = client.get(path)
            assert answer.status_code == 200
            assert b"BEGIN:VCALENDAR" in answer.content
            heard.keep(f"feed {kind.replace('_', ' ')}", answer.content)
        for path in (f"/t/petite/personnes/{REFERENCE}", f"/api/territories/petite/{REFERENCE}"):
            answer = client.get(path)
            assert answer.status_code in (303, 401, 404)
            heard.keep(f"error outside {path[1:4]}", answer.content)


def break_a_plan(mine: Deployment, planted: Planted, heard: Heard) -> None:
    """A stored problem that cannot be read any more quotes names to whoever reads it: 500, without a word of them."""

    async def spoil() -> None:
        broken = gzip.compress(f'{{"{CONTACT.name}": "{REFERENCE} {HOURS[0]}"}}'.encode())
        if current().engine_type == "sqlite":
            await current().run_sql(f"UPDATE plan_file SET body = X'{broken.hex()}'", [])
        else:
            await current().run_sql(f"UPDATE plan_file SET body = '\\x{broken.hex()}'::bytea", [])

    plans = f"/api/territories/{planted.territory.code}/plans"
    with httpx.Client(base_url=mine.url, headers=bearer(planted, "sees"), timeout=30) as client:
        draft = client.post(
            f"{plans}/copies", json={"first_on": f"{planted.first_on}", "last_on": f"{planted.last_on}"}
        )
        assert draft.status_code == 201, draft.text
        mine.do(spoil)
        answer = client.get(f"{plans}/{draft.json()['id']}/content")
    assert answer.status_code == 500, answer.text
    heard.keep("error own", answer.content)


def look_into_the_house(mine: Deployment, heard: Heard, tmp_path: Path) -> None:
    """Tables, files and backups, as somebody would who takes them away."""

    async def read() -> None:
        names = {"audit_trail": "trail", "job": "job", "told": "mail told", "outbox_mail": "outbox"}
        for table in TABLES:
            name = table._meta.tablename
            rows = str(await current().run_sql(f'SELECT * FROM "{name}"', []))
            heard.keep(f"table {name}", rows)
            if name in names:
                heard.keep(names[name], rows)

    mine.do(read)
    var = read_settings(mine.settings | {"ESCALE_PORT": "8000"}).var_path
    files = [*var.rglob("*"), *tmp_path.glob("*.sqlite3*")]
    heard.keep("file", b"".join(one.read_bytes() for one in files if one.is_file()))
    for name, more in (("plain", ["--plain"]), ("sealed", [])):
        heard.keep(f"backup {name}", _backup(mine, tmp_path / name, *more))


def _backup(mine: Deployment, target: Path, *more: str) -> bytes:
    made = _escale(mine, "db", "backup-key", f"{target}.key")
    key = made.stdout.strip().partition("=")[2] if not more else ""
    _escale(mine, "db", "backup", f"{target}", *more, ESCALE_BACKUP_PUBLIC_KEY=key)
    return target.read_bytes()


def _escale(mine: Deployment, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in settings.items() if value}
    ended = run_escale(*words, **mine.settings | given)
    assert ended.returncode == 0, ended.stderr
    return ended
