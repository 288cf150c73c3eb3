"""Sites agree to dates without an account, and know who enters: a link opens a page, a button keeps an answer."""

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pypdf
import pytest

from db.queries.access_lists import access_lists_of
from db.queries.assignment_writing import Author, content_of, write_assignments
from db.queries.assignments import assignment
from db.queries.fact_storing import change_fact
from db.queries.facts import all_facts, fact
from db.queries.outbox import mails, mark_sent
from db.queries.site_answers import answers_of
from db.queries.trail import Sought, trail
from db.records.account import Grant
from db.records.assignment import Write
from db.records.participant import Participant
from db.records.site import Closure, Site
from service.accounts.errors import LinkNotValid
from service.actions.actor import HOUSE
from service.actions.answer_site import Answerer, answer_site, read_answer_link
from service.actions.ask_site import ask_site, month_of, read_site_month
from service.actions.hold_place import hold_place
from service.actions.orient import orient
from service.actions.read_snapshot import read_snapshot
from service.actions.send_access_list import read_access_link, read_access_month, send_access_list
from service.errors import BadInput
from service.pages.site.views import sheet_of
from service.paper.printing import pdf
from service.sites.access_csv import COLUMNS, access_csv
from service.sites.errors import NoAddress, NothingToAsk
from service.translate.problem import translate
from tests.service.door import ROOT, account, browser, make_app, plain, send, sign_in
from tests.service.partners.sample import (
    FORM,
    NOW,
    again,
    make_territory,
    monday,
    office,
    officer,
    permanence,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


def _days() -> tuple[date, date]:
    """Two working days of one month."""
    first = monday(6) if month_of(monday(6))[1] > monday(6) else monday(7)
    return first, first + timedelta(days=1) if (first + timedelta(days=1)).month == first.month else first


async def mailed(kind: str = "reponse") -> str:
    bodies = "\n".join(one.body_text for one in await mails())
    found = re.findall(rf"{ROOT}/{kind}/(\S+)", bodies)
    return found[0] if found else ""


async def test_a_site_answers_on_its_page_and_an_impossible_date_is_closed_for_the_next_plan() -> None:
    territory, (one, two) = await make_territory(), _days()
    await publish(territory, permanence(one), permanence(two, "pm"), office(one))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    asked = await ask_site(territory, "gagny", one, ROOT)
    assert [proposal.on for proposal in asked.proposals] == [one, two]
    secret = await mailed()
    _, month = await read_answer_link(secret)
    _, month = await read_answer_link(secret)
    assert [answer.answer for answer in month.answers] == ["waiting", "waiting"]
    said = {(one, "am"): "agreed", (two, "pm"): "impossible"}
    for expected in (2, 0):
        assert await answer_site(territory, month, said, Answerer("page", HOUSE, root=ROOT)) == expected
    (closure,) = await all_facts(territory.id, Closure)
    assert (closure.site, closure.from_on, closure.half_day) == ("gagny", two, "pm")
    (told,) = [mail for mail in await mails() if "impossible" in mail.subject]
    assert told.to_address == "c@example.fr"
    for page in (f"planning/{two:%Y-%m}", f"lieux/gagny/mois/{one:%Y-%m}"):
        assert f"{ROOT}/t/essai/{page}\n" in told.body_text
    assert [sign for mail in await mails() for sign in re.findall(" [:;?!]", mail.body_text)] == []
    await answer_site(territory, month, {(two, "pm"): "agreed"}, Answerer("page", HOUSE))
    assert await all_facts(territory.id, Closure) == ()
    for wrong in ("", "nothing", secret[:-1]):
        with pytest.raises(LinkNotValid):
            await read_answer_link(wrong)


async def test_an_answer_is_noted_after_a_call_with_who_said_so() -> None:
    territory, (one, _) = await make_territory(), _days()
    await publish(territory, permanence(one))
    month = await read_site_month(territory, "gagny", one)
    with pytest.raises(BadInput):
        await answer_site(territory, month, {(one, "am"): "agreed"}, Answerer("call", HOUSE, " "))
    await answer_site(territory, month, {(one, "am"): "agreed"}, Answerer("call", HOUSE, "adjointe"))
    (answer,) = await answers_of(territory.id, one, one)
    assert (answer.answer, answer.via, answer.said_by) == ("agreed", "call", "adjointe")


async def test_a_site_without_address_or_dates_is_told_as_such() -> None:
    territory, (one, _) = await make_territory(), _days()
    for action in (ask_site(territory, "gagny", one, ROOT), _send(territory, "gagny", one)):
        with pytest.raises(NothingToAsk):
            await action
    await publish(territory, permanence(one, site="fresnes"))
    for action in (ask_site(territory, "fresnes", one, ROOT), _send(territory, "fresnes", one)):
        with pytest.raises(NoAddress):
            await action


def _send(territory, site, on):
    return send_access_list(territory, site, on, ROOT, by=None)


async def test_the_access_list_names_who_enters_marks_changes_and_never_a_participant() -> None:
    territory, (one, two) = await make_territory(), _days()
    (first, second) = await publish(territory, permanence(one), permanence(two, "pm", staff=("NK",)))
    who = officer(coordinator=True)
    await orient(territory, who, (await hold_place(territory, who, first, 0)).id, FORM)
    sent = await _send(territory, "gagny", one)
    assert (sent.number, sent.is_sent) == (1, True)
    assert [(line.line.name, line.line.start, line.mark) for line in sent.lines] == [
        ("A. R.", "09:00", "same"),
        ("N. K.", "14:00", "same"),
    ]
    assert (await _send(territory, "gagny", one)).number == 1
    other = msgspec.structs.replace(content_of(await assignment(territory.id, second)), staff=("AR",))
    await write_assignments(territory.id, [Write(id=second, content=other)], Author(at=NOW))
    now = await read_access_month(territory, "gagny", one)
    assert (now.number, now.is_sent) == (2, False)
    assert {(line.line.name, line.line.start): line.mark for line in now.lines} == {
        ("A. R.", "09:00"): "same",
        ("A. R.", "14:00"): "new",
        ("N. K.", "14:00"): "gone",
    }
    again_sent = await _send(territory, "gagny", one)
    assert [line.mark for line in again_sent.lines].count("gone") == 1
    kept = await access_lists_of(territory.id, one.replace(day=1), site="gagny")
    assert [(version.number, len(version.lines)) for version in kept] == [(1, 2), (2, 2)]
    table = access_csv(now.lines, now.number).decode("utf-8-sig").splitlines()
    assert tuple(table[0].split(";")) == COLUMNS
    assert table[0].endswith("version;changement")
    assert sum(line.endswith(";2;nouveau") for line in table) == 1
    shown = await read_access_link(await mailed("acces"))
    assert shown.number == 2
    everything = "".join([*(mail.body_text for mail in await mails()), *table])
    assert not [one.code for one in await all_facts(territory.id, Participant) if one.code in everything]
    assert "94-1211" not in everything


async def test_a_crowded_month_stays_on_one_page() -> None:
    territory, (one, _) = await make_territory(), _days()
    first_on, last_on = month_of(one)
    days = [first_on + timedelta(days=rank) for rank in range((last_on - first_on).days + 1)]
    visits = [
        permanence(day, half, staff=("AR",) if half == "am" else ("NK",))
        for day in days
        if day.weekday() < 5
        for half in ("am", "pm")
    ]
    await publish(territory, *visits)
    access = await read_access_month(territory, "gagny", one)
    assert len(access.lines) >= 40
    pages = pypdf.PdfReader(BytesIO(pdf("access", sheet_of(access), NOW))).pages
    assert len(pages) == 1
    assert "Version" in pages[0].extract_text()


async def test_the_planner_knows_the_sites_notice_and_who_was_announced() -> None:
    territory, (one, two) = await make_territory(), _days()
    await publish(territory, permanence(one))
    site = await fact(territory.id, Site, "gagny")
    await change_fact(territory.id, msgspec.structs.replace(site, access_notice_days=8), version=site.version)
    snapshot = await read_snapshot((await again(territory)).id, one, two, NOW)
    problem = translate(snapshot, one, two, one - timedelta(days=2)).problem
    assert next(found.access_notice_days for found in problem.sites if found.id == "gagny") == 8
    assert problem.published is not None
    assert [found.staff for found in problem.published.permanences] == [("AR",)]


@pytest.mark.slow
async def test_a_site_uses_its_pages_without_an_account_and_a_link_used_up_nothing(tmp_path: Path) -> None:
    territory, (one, two) = await make_territory(), _days()
    await publish(territory, permanence(one), permanence(two, "pm"))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    app = make_app(tmp_path, sign_ins_per_minute="1000")
    here = f"/t/essai/lieux/gagny/mois/{one:%Y-%m}"
    async with browser(app) as client:
        await sign_in(client, "c@example.fr")
        assert (await client.get(here)).status_code == 200
        assert (await send(client, f"{here}/demander", page=here)).status_code == 303
        assert (await send(client, f"{here}/envoyer", page=here)).status_code == 303
        noted = {f"le-{one}-am": "impossible"}
        nobody = await send(client, f"{here}/reponses", page=here, qui="", **noted)
        assert nobody.status_code == 422
        assert f'name="le-{one}-am" value="impossible" checked' in nobody.text
        assert (await send(client, f"{here}/reponses", page=here, qui="greffe", **noted)).status_code == 303
        assert (await client.get(f"{here}/liste.pdf")).content.startswith(b"%PDF")
    answer, access = f"/reponse/{await mailed()}", f"/acces/{await mailed('acces')}"
    async with browser(app) as site:
        for _ in range(3):
            page = await site.get(answer)
        assert "CSL Gagny" in page.text
        assert "La coordination, 01 48 00 00 00." in plain(page)
        assert await all_facts(territory.id, Closure)
        lie = await send(site, answer, **{f"le-{one}-am": "peut-être", f"le-{two}-pm": "agreed"})
        assert lie.status_code == 422
        assert f'id="le-{one}-am-faute"' in lie.text
        assert f'name="le-{two}-pm" value="agreed" checked' in lie.text
        assert await all_facts(territory.id, Closure)
        done = await send(site, answer, **{f"le-{one}-am": "agreed", f"le-{two}-pm": "agreed"})
        assert done.status_code == 303
        assert "Merci" in (await site.get(done.headers["location"])).text
        assert "A. R." in (await site.get(access)).text
        assert (await site.get(f"{access}/liste.csv")).headers["content-type"].startswith("text/csv")
        assert (await site.get("/reponse/nothing")).status_code == 410
    assert await all_facts(territory.id, Closure) == ()


@pytest.mark.slow
async def test_a_site_reads_what_follows_from_an_impossible_date(tmp_path: Path) -> None:
    territory, (one, two) = await make_territory(), _days()
    await publish(territory, permanence(one), permanence(two, "pm"))
    await ask_site(territory, "gagny", one.replace(day=1), ROOT)
    answer = f"/reponse/{await mailed()}"
    told = []
    async with browser(make_app(tmp_path, sign_ins_per_minute="1000")) as site:
        for said in ("agreed", "impossible"):
            done = await send(site, answer, **{f"le-{one}-am": "agreed", f"le-{two}-pm": said})
            told.append(
                "elle vous proposera d’autres dates" in plain(await site.get(done.headers["location"]))
            )
    assert told == [False, True]
    entries = await trail(Sought(territory_id=territory.id, kinds=("site",), actions=("changed",)))
    assert [(one.actor_label, one.action, one.about_ref) for one in entries] == [
        ("CSL Gagny", "changed", "gagny")
    ] * 2
    (closed,) = await trail(Sought(territory_id=territory.id, kinds=("closure",)))
    assert closed.actor_label == "CSL Gagny"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("smtp", "words"), [("", ("attend : aucun serveur",) * 2), ("smtp://mail:25", ("partent", "part"))]
)
async def test_what_goes_to_a_site_is_said_to_wait_where_no_mail_can_leave(
    tmp_path: Path, smtp: str, words: tuple[str, str]
) -> None:
    territory, (one, _) = await make_territory(), _days()
    await publish(territory, permanence(one))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    here = f"/t/essai/lieux/gagny/mois/{one:%Y-%m}"
    async with browser(make_app(tmp_path, smtp=smtp)) as client:
        await sign_in(client, "c@example.fr")
        for act, said in zip(("demander", "envoyer"), words, strict=True):
            done = await send(client, f"{here}/{act}", page=here)
            assert said in plain(await client.get(done.headers["location"]))
        assert "gardée, message pas encore parti" in plain(await client.get(here))
        (sheet,) = (one for one in await mails() if one.subject.startswith("Liste d’accès"))
        await mark_sent(sheet.id, at=NOW, forget_body=False)
        assert '<span class="tag is-good">envoyée</span>' in (await client.get(here)).text
