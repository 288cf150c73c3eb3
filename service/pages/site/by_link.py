"""What a site sees without an account, behind a mailed link: its proposed dates to answer, its access list to keep."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.actor import Actor
from service.actions.answer_site import Answerer, answer_site, read_answer_link
from service.actions.ask_site import SiteMonth
from service.actions.send_access_list import read_access_link
from service.catalogue import counted, text
from service.edge.guards import PUBLIC
from service.pages.context import AnyRequest, frame
from service.pages.form_parts import whole_form
from service.pages.forms import NOTHING_TYPED, Answers
from service.pages.rendering import page
from service.pages.site.month import as_csv, as_pdf
from service.pages.site.views import WHO, date_rows, month_words, read_said, said_in, sheet_of
from service.pages.site.who_asks import who_asks, whom_to_ask

DOOR: dict[str, Any] = {"roles": PUBLIC, "include_in_schema": False}


@get("/reponse/{secret:str}", **DOOR)
async def show_proposals(request: AnyRequest, secret: str) -> Response[str]:
    """The proposed dates; only the button keeps an answer, and it can be changed."""
    return await _proposals(request, secret, NOTHING_TYPED)


@post("/reponse/{secret:str}", rate="sign_in", needs_form=True, **DOOR)
async def keep_site_answers(request: AnyRequest, secret: str) -> Response[Any]:
    territory, month = await read_answer_link(secret)
    answers = read_said(month, WHO, await whole_form(request))
    if answers.problems:
        return await _proposals(request, secret, answers)
    who, actor = answers.values["qui"], Actor(label=month.site.code)
    by = Answerer("page", actor, said_by=who, root=request.app.state.settings.address)
    await answer_site(territory, month, said_in(answers, month), by)
    return Redirect(f"/reponse/{secret}?fait=oui", status_code=303)


async def _proposals(request: AnyRequest, secret: str, answers: Answers) -> Response[str]:
    """The proposed dates; refused, with what was ticked and typed."""
    territory, month = await read_answer_link(secret)
    said = _thanks(month) if request.query_params.get("fait") == "oui" else ""
    words = {
        **month_words(month, answers),
        "who_asks": who_asks(territory),
        "contact": whom_to_ask(territory),
        "said": said,
    }
    status_code = 422 if answers.problems else 200
    return page("site/answer.html", await frame(request), words, status_code=status_code)


def _thanks(month: SiteMonth) -> str:
    """With the dates that still wait for an answer, and what follows from one that is impossible."""
    kept = text("Merci. Votre réponse est enregistrée ; vous pouvez la changer ici.")
    waiting = sum(row.answer == "waiting" for row in date_rows(month))
    if waiting:
        kept = f"{kept} {counted('{n} date attend encore la vôtre.', '{n} dates attendent encore la vôtre.', waiting)}"
    if all(one.answer != "impossible" for one in month.answers):
        return kept
    follows = text(
        "La coordination est prévenue de ce qui est impossible : elle vous proposera d’autres dates."
    )
    return f"{kept} {follows}"


@get("/acces/{secret:str}", **DOOR)
async def show_access_list(request: AnyRequest, secret: str) -> Response[str]:
    """Who enters, as it was last sent."""
    access = await read_access_link(secret)
    words = {"sheet": sheet_of(access), "here": f"/acces/{secret}"}
    return page("site/access.html", await frame(request), words)


@get("/acces/{secret:str}/liste.pdf", **DOOR)
async def print_sent_list(secret: str) -> Response[bytes]:
    return as_pdf(await read_access_link(secret))


@get("/acces/{secret:str}/liste.csv", **DOOR)
async def export_sent_list(secret: str) -> Response[bytes]:
    return as_csv(await read_access_link(secret))
