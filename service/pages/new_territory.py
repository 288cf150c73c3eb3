"""The page that opens a territory: ten questions, for whoever administers all of them."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.open_territory import open_territory
from service.catalogue import text
from service.errors import Conflict
from service.pages.context import AnyRequest, frame
from service.pages.forms import Answers
from service.pages.new_territory_form import answered, blank, questions, territory_wanted
from service.pages.rendering import page

EVERYWHERE: dict[str, Any] = {"roles": ("administrator",), "everywhere": True, "include_in_schema": False}


@get("/territoires/nouveau", **EVERYWHERE)
async def ask_territory(request: AnyRequest) -> Response[str]:
    return await _form(request, Answers(typed=blank(), values={}, problems=()))


@post("/territoires/nouveau", **EVERYWHERE)
async def keep_territory(request: AnyRequest) -> Response[Any]:
    """Opens it and invites its coordinator, or shows the ten answers again with what is to be corrected."""
    sent = await request.form()
    answers = answered({name: [str(word) for word in sent.getall(name)] for name in sent})
    if answers.problems:
        return await _form(request, answers, status_code=422)
    try:
        opened = await open_territory(territory_wanted(answers), request.app.state.settings.address)
    except Conflict as error:
        taken = answers.with_problem("code", text("Code"), error.detail)
        return await _form(request, taken, status_code=409)
    return Redirect(f"/t/{opened.territory.code}/administration/comptes?fait=territoire", status_code=303)


async def _form(request: AnyRequest, answers: Answers, *, status_code: int = 200) -> Response[str]:
    words: dict[str, Any] = {
        "title": text("Ouvrir un territoire"),
        "lead": text("Dix réponses ; trois suffisent, les autres ont une valeur habituelle, déjà écrite."),
        "fields": questions(),
        "typed": answers.typed,
        "problems": answers.problems,
        "warnings": [],
        "action": "/territoires/nouveau",
        "version": None,
        "submit": text("Ouvrir ce territoire"),
        "back": "/",
        "back_words": text("Accueil"),
    }
    return page("facts/form.html", await frame(request), words, status_code=status_code)
