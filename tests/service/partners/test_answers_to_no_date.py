"""An answer of a site to a half-day that nobody proposed is refused whole, from its page and after a call: nothing of it is kept."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from db.queries.facts import all_facts
from db.queries.site_answers import answers_of
from db.records.account import Grant
from db.records.site import Closure
from service.actions.ask_site import ask_site, month_of
from tests.service.door import ROOT, account, browser, make_app, send, sign_in
from tests.service.partners.sample import make_territory, monday, permanence, publish
from tests.service.partners.test_sites import mailed

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
ON = monday(6)
ASKED = f"le-{ON}-am"
NOT_ASKED = [
    f"le-{ON}-pm",
    f"le-{ON}-jour",
    f"le-{ON + timedelta(days=7)}-am",
    "le-0000-00-00-am",
    "le-",
    "le-Dupont",
]


@pytest.mark.parametrize("name", NOT_ASKED)
async def test_an_answer_to_no_proposed_date_is_refused_with_what_else_was_answered(
    tmp_path: Path, name: str
) -> None:
    territory = await make_territory()
    await publish(territory, permanence(ON))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    await ask_site(territory, "gagny", ON, ROOT)
    by_link, by_call = f"/reponse/{await mailed()}", f"/t/essai/lieux/gagny/mois/{ON:%Y-%m}"
    said = {ASKED: "impossible", name: "agreed", "qui": "greffe"}
    async with browser(make_app(tmp_path)) as site:
        _refused(await send(site, by_link, **said))
        await sign_in(site, "c@example.fr")
        _refused(await send(site, f"{by_call}/reponses", by_call, **said))
    assert [one.answer for one in await answers_of(territory.id, *month_of(ON))] == ["waiting"]
    assert await all_facts(territory.id, Closure) == ()


def _refused(answer: httpx.Response) -> None:
    assert answer.status_code == 422
    assert 'id="dates-faute"' in answer.text
    assert f'name="{ASKED}" value="impossible" checked' in answer.text


async def test_nothing_ticked_is_not_thanked_for_and_what_still_waits_is_said(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish(territory, permanence(ON), permanence(ON, "pm"))
    await ask_site(territory, "gagny", ON, ROOT)
    page = f"/reponse/{await mailed()}"
    async with browser(make_app(tmp_path)) as site:
        refused = await send(site, page, qui="greffe")
        assert refused.status_code == 422
        assert 'id="dates-faute"' in refused.text
        assert 'value="greffe"' in refused.text
        done = await send(site, page, **{ASKED: "agreed"})
        thanks = (await site.get(done.headers["location"])).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 date attend encore la vôtre" in thanks


async def test_an_answer_that_is_none_is_refused_after_a_call_too(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish(territory, permanence(ON))
    await account("c@example.fr", Grant(role="coordinator", territory="essai"))
    here = f"/t/essai/lieux/gagny/mois/{ON:%Y-%m}"
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@example.fr")
        for lie in ("peut-être", "waiting", "AGREED"):
            answer = await send(client, f"{here}/reponses", here, qui="greffe", **{ASKED: lie})
            assert answer.status_code == 422
            assert f'id="{ASKED}-faute"' in answer.text
    assert await answers_of(territory.id, *month_of(ON)) == ()
