"""The door of a service's shared mailbox: ask for the link, open its page, press its button."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from service.accounts.origin import origin_of
from service.accounts.sessions import session_cookie
from service.actions.open_mailbox import ask_mailbox_link, open_mailbox, read_mailbox_link
from service.edge.guards import PUBLIC
from service.pages.account_fields import EMAIL, address_typed
from service.pages.context import AnyRequest, frame
from service.pages.form_parts import whole_form
from service.pages.forms import NOTHING_TYPED, Answers, untouched
from service.pages.rendering import page

DOOR: dict[str, Any] = {"roles": PUBLIC, "include_in_schema": False}


@get("/connexion/service", **DOOR)
async def ask_for_mailbox(request: AnyRequest) -> Response[Any]:
    return await _ask(request, NOTHING_TYPED)


@post("/connexion/service", rate="sign_in", needs_form=True, **DOOR)
async def send_mailbox_link(request: AnyRequest) -> Response[Any]:
    """The same answer whether the address is a partner's or not."""
    answers = address_typed(await whole_form(request))
    if answers.problems:
        return await _ask(request, answers, status_code=422)
    await ask_mailbox_link(answers.values["email"], request.app.state.settings.address)
    return Redirect("/connexion?fait=service", status_code=303)


@get("/service/{secret:str}", **DOOR)
async def show_mailbox_link(request: AnyRequest, secret: str) -> Response[Any]:
    """A page with a button: mail filters that follow links open nothing."""
    _, account = await read_mailbox_link(secret)
    return page("account/mailbox.html", await frame(request), {"name": account.name or account.email})


@post("/service/{secret:str}", rate="sign_in", needs_form=True, **DOOR)
async def enter_by_mailbox(request: AnyRequest, secret: str) -> Response[Any]:
    """A session of one's own; the link stays good for colleagues."""
    settings = request.app.state.settings
    opened = await open_mailbox(settings, secret, origin_of(request))
    return Redirect("/", status_code=303, cookies=[session_cookie(settings, opened)])


async def _ask(request: AnyRequest, answers: Answers, *, status_code: int = 200) -> Response[Any]:
    words = {
        "name": "",
        "email": EMAIL,
        "typed": untouched((EMAIL,), answers.typed),
        "problems": answers.problems,
    }
    return page("account/mailbox.html", await frame(request), words, status_code=status_code)


MAILBOX_PAGES = (ask_for_mailbox, send_mailbox_link, show_mailbox_link, enter_by_mailbox)
