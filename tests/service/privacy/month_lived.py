"""A month lived over HTTP by people of every role, through pages as their browsers fill them; what came out is kept."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx

from tests.deployment import Deployment
from tests.servers import wait_until
from tests.service.door import FORM_TOKEN, PASSWORD
from tests.service.privacy.canaries import (
    CONTACT,
    LABEL,
    OFFICER,
    OFFICER_PHONE,
    REFERENCE,
    Planted,
    address,
    found_in,
)

ORIENTED = {
    "label": LABEL,
    "need": "emploi",
    "officer": OFFICER,
    "officer_phone": OFFICER_PHONE,
    "leave": "",
    "leave_by": "",
}


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


class Visitor:
    """Somebody with a browser, in a territory."""

    def __init__(self, client: httpx.Client, code: str) -> None:
        self.client, self.here = client, f"/t/{code}"

    def get(self, path: str, *, statuses: tuple[int, ...] = (200,)) -> httpx.Response:
        answer = self.client.get(path if path.startswith("/api") else f"{self.here}{path}")
        assert answer.status_code in statuses, (path, answer.status_code, answer.text[:500])
        return answer

    def send(
        self, path: str, page: str | None = None, *, statuses: tuple[int, ...] = (303,), **fields: str
    ) -> httpx.Response:
        """A form of a page, filled and sent."""
        token = self.token(page or path)
        answer = self.client.post(f"{self.here}{path}", data={"_csrf_token": token, **fields})
        assert answer.status_code in statuses, (path, answer.status_code, answer.text[:1500])
        return answer

    def token(self, page: str) -> str:
        found = FORM_TOKEN.search(self.client.get(f"{self.here}{page}").text)
        return found[1] if found else ""


@contextmanager
def signed_in(deployment: Deployment, planted: Planted, role: str) -> Iterator[Visitor]:
    """After a first try with a name in the place of the password. Each request meets the next process."""
    code = planted.territory.code
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(
        base_url=deployment.url, headers={"accept": "text/html"}, limits=limits, timeout=60
    ) as client:
        for password, status in ((f"{CONTACT.name} se trompe", 401), (PASSWORD, 303)):
            form = FORM_TOKEN.search(client.get("/connexion").text)
            assert form is not None
            fields = {"_csrf_token": form[1], "email": address(role, code), "password": password}
            assert client.post("/connexion", data=fields).status_code == status
        yield Visitor(client, code)


def bearer(planted: Planted, use: str) -> dict[str, str]:
    return {"authorization": f"Bearer {planted.tokens[use]}", "accept": "application/json"}


def keep_contact(me: Visitor) -> None:
    """The coordination keeps what the person's own page asks for."""
    page = f"/personnes/{REFERENCE}"
    me.send(f"{page}/coordonnees", page, name=CONTACT.name, phone=CONTACT.phone, email=CONTACT.email)


def plan_and_publish(deployment: Deployment, planted: Planted) -> None:
    """Asked for by a program of the coordination, followed, published; last week is in it."""
    plans = f"/api/territories/{planted.territory.code}/plans"
    asked = {
        "first_on": f"{planted.first_on}",
        "last_on": f"{planted.last_on}",
        "today_on": f"{planted.first_on}",
        "time_limit_seconds": 20,
    }
    with httpx.Client(base_url=deployment.url, headers=bearer(planted, "sees"), timeout=90) as client:
        answer = client.post(plans, json=asked)
        assert answer.status_code == 202, answer.text
        one = f"{plans}/{answer.json()['id']}"
        assert '"state":"ready"' in client.get(f"{one}/progress").text
        answer = client.post(f"{one}/publish")
        assert answer.status_code == 200, answer.text


def meet(me: Visitor, planted: Planted, client: httpx.Client) -> str:
    """Who holds last week's interview says that the person came and fixes the next date; the id of one to come."""
    root = f"/api/territories/{planted.territory.code}/assignments"
    query = f"?from_on={planted.first_on}&until_on={planted.last_on}&participant={REFERENCE}"
    met, to_come = sorted(client.get(root + query).json()["items"], key=lambda one: one["starts_at"])[:2]
    assert REFERENCE in me.get("/a-renseigner").text
    page = f"/a-renseigner/{met['id']}"
    assert me.send(page, "/a-renseigner", statut="honoured").headers["location"].endswith("/suite")
    offered = me.get(f"{page}/suite").text
    hour = re.search(r'name="lieu" value="([^"]*)"><button[^>]* name="quand" value="([^"]+)"', offered)
    assert hour is not None, offered
    me.send(f"{page}/suite", f"{page}/suite", lieu=hour[1], quand=hour[2])
    noted = client.get(root.replace("assignments", "attendance") + query).json()["items"]
    assert [one["status"] for one in noted] == ["honoured"]
    return str(to_come["id"])


def orient(me: Visitor) -> str:
    """A partner holds a free place, types their own words, is refused wrong ones; the address of the orientation."""
    place = re.search(r'name="place" value="([^"]+)"', me.get("/places").text)
    assert place is not None
    form = me.send("/places", place=place[1]).headers["location"].removeprefix(me.here)
    wrong = {"label": CONTACT.name[:12], "officer_phone": CONTACT.name}
    me.send(form, **(ORIENTED | wrong), statuses=(422,))
    made = me.send(form, **ORIENTED).headers["location"].removeprefix(me.here)
    assert LABEL in me.get(made).text
    return made


def look_at_everything(me: Visitor, planted: Planted, heard: Heard) -> None:
    month, day = f"{planted.first_on:%Y-%m}", planted.first_on
    board = f"/planning/{month}"
    seen = [
        board,
        "/lieux",
        "/equipe",
        "/promotions",
        "/personnes",
        "/partenaires",
        f"/personnes/{REFERENCE}",
    ]
    heard.keep("seen page", b"".join(me.get(path).content for path in seen))
    heard.keep("seen copy", me.get(f"/personnes/{REFERENCE}/copie.json").content)
    files = ["tableau.xlsx", "tableau.pdf", "feuilles.pdf"]
    files += [
        f"{kind}/{day + timedelta(days=n)}.pdf" for kind in ("journee", "permanences") for n in range(5)
    ]
    for name in files:
        heard.keep(f"export {name}", me.get(f"{board}/{name}").content)
    for name in (
        f"/suivi/indicateurs.csv?mois={month}",
        f"/suivi/indicateurs.xlsx?mois={month}",
        f"/suivi/indicateurs.pdf?mois={month}",
    ):
        heard.keep(f"leaves {name[-20:]}", me.get(name).content)
    site = f"/lieux/gagny/mois/{month}"
    for name in ("liste.pdf", "liste.csv"):
        heard.keep(f"leaves {name}", me.get(f"{site}/{name}").content)
    me.send(f"{site}/envoyer", site)


def wait_for_mails(deployment: Deployment, subjects: Iterable[str], wanted: tuple[str, ...]) -> None:
    """Until the job of the running service has sent one that begins with each of these."""
    try:
        wait_until(
            lambda: all(any(subject.startswith(word) for subject in subjects) for word in wanted), seconds=150
        )
    except TimeoutError:
        logs = [one.log.read_text()[-1500:] for one in (*deployment.webs, *deployment.workers)]
        raise AssertionError(f"sent: {list(subjects)}\n" + "\n".join(logs)) from None
