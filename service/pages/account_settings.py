"""One's own account: password, second factor, sessions, tokens, which messages, how pages look."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from db.queries.accounts import account_by_id, grants_of
from db.queries.api_tokens import revoke_token, tokens_of
from db.queries.outbox import preferences_of, set_preferences
from db.queries.sessions import sessions_of
from service.accounts.devices import device_named
from service.accounts.errors import LockedOut, TotpState, WeakPassword, WrongCode, WrongCredentials
from service.accounts.kept_keys import kept_keys
from service.accounts.sessions import no_session_cookie
from service.accounts.totp import picture_of
from service.actions.change_password import change_password
from service.actions.make_api_token import make_api_token
from service.actions.sign_out import sign_out_everywhere
from service.actions.use_totp import begin_totp, check_code, remove_totp
from service.catalogue import text
from service.edge.guards import SIGNED_IN
from service.edge.identity import identify
from service.errors import NotFound
from service.mail.preferences import KINDS, wanted_by
from service.pages.account_fields import CODE, NEW, OLD, TOKEN, refused, refused_password, sentence
from service.pages.appearance import APPEARANCE, APPEARANCE_ELSEWHERE, appearance_cookie, shown_choices
from service.pages.asking_again import answered, asks_again
from service.pages.context import AnyRequest, own_frame
from service.pages.form_parts import sent_raw, whole_form
from service.pages.forms import NOTHING_TYPED, Answers, Field, read, untouched
from service.pages.rendering import page

WANTED = Field(name="kinds", label=text("Je veux recevoir"), kind="checks",
               options=tuple((code, text(label)) for code, label in KINDS.items()))  # fmt: skip
MINE: dict[str, Any] = {"roles": SIGNED_IN, "include_in_schema": False}
SAID = {
    "mot-de-passe": "Mot de passe changé ; vos autres sessions sont fermées. Reconnectez-vous.",
    "code": "La double authentification est en place.",
    "sans-code": "La double authentification est retirée.",
    "jeton": "Jeton révoqué.",
    "messages": "Vos choix sont enregistrés.",
    "affichage": "L’affichage est réglé pour cet appareil.",
}


@get("/reglages", **MINE)
async def show_settings(request: AnyRequest) -> Response[Any]:
    return await _page(request)


@post("/reglages/mot-de-passe", rate="sign_in", **MINE)
async def do_change_password(request: AnyRequest) -> Response[Any]:
    """All sessions end, this one too: the next sign-in proves the new password."""
    old, new = await sent_raw(request, "old"), await sent_raw(request, "password")
    try:
        await change_password(await _me(request), old, new)
    except (WrongCredentials, WeakPassword, LockedOut) as error:
        return await _page(request, refused_password(error), status_code=error.status)
    return Redirect("/connexion?fait=mot-de-passe", status_code=303)


@post("/reglages/sessions", **MINE)
async def leave_everywhere(request: AnyRequest) -> Response[Any]:
    await sign_out_everywhere(await _me(request))
    gone = no_session_cookie(request.app.state.settings)
    return Redirect("/connexion?fait=partout", status_code=303, cookies=[gone])


@get("/reglages/code", **MINE)
async def show_totp(request: AnyRequest) -> Response[Any]:
    return await _totp_page(request)


@post("/reglages/code", rate="sign_in", **MINE)
async def confirm_totp(request: AnyRequest) -> Response[Any]:
    """The first right code puts the second factor in place; with one in place it takes it away."""
    me, answers = await _me(request), read((CODE,), await whole_form(request))
    if answers.problems:
        return await _totp_page(request, answers, status_code=422)
    had = (await account_by_id(me)).totp_confirmed_at is not None
    try:
        await check_code(me, await kept_keys(request.app.state.settings.keys_path), answers.values["code"])
    except (WrongCode, LockedOut, TotpState) as error:
        return await _totp_page(request, refused(CODE, sentence(error)), status_code=error.status)
    if had:
        await remove_totp(me)
    return Redirect(f"/reglages?fait={'sans-code' if had else 'code'}", status_code=303)


@post("/reglages/jetons", **MINE)
async def do_make_token(request: AnyRequest) -> Response[Any]:
    """Shows the token, this once."""
    answers = read(TOKEN, await whole_form(request))
    if answers.problems:
        return await _page(request, answers, status_code=422)
    name, days, scopes = (answers.values[field.name] for field in TOKEN)
    return await _page(request, token=await make_api_token(await _me(request), name, scopes, days))


@post("/reglages/jetons/{token_id:uuid}", **MINE)
async def do_revoke_token(request: AnyRequest, token_id: FromPath[UUID]) -> Response[Any]:
    await revoke_token(await _me(request), token_id, at=datetime.now(UTC))
    return Redirect("/reglages?fait=jeton", status_code=303)


@post("/reglages/messages", **MINE)
@asks_again(show_settings.fn)
async def choose_messages(request: AnyRequest) -> Response[Any]:
    chosen = (await answered(request, WANTED))[WANTED.name]
    await set_preferences(await _me(request), {kind: kind in chosen for kind in KINDS})
    return Redirect("/reglages?fait=messages", status_code=303)


@post("/reglages/affichage", bookkeeping=True, **MINE)
@asks_again(show_settings.fn)
async def choose_appearance(request: AnyRequest) -> Response[Any]:
    """Of this device alone: the same person reads elsewhere on another screen."""
    answer = Redirect("/reglages?fait=affichage", status_code=303)
    chosen = await answered(request, *APPEARANCE)
    answer.set_cookie(appearance_cookie(request.app.state.settings, chosen))
    return answer


async def _me(request: AnyRequest) -> UUID:
    """The account that is signed in. Raises `NotFound` in a demonstration without accounts."""
    identity = await identify(request)
    try:
        return UUID(identity.account_id if identity else "")
    except ValueError:
        raise NotFound(text("La démonstration sans compte n’a pas de réglages.")) from None


async def _page(
    request: AnyRequest, answers: Answers = NOTHING_TYPED, *, token: str = "", status_code: int = 200
) -> Response[Any]:
    me, now = await _me(request), datetime.now(UTC)
    roles = {one.role for one in await grants_of(me)}
    words = {
        "account": await account_by_id(me),
        "sessions": await sessions_of(me, now=now),
        "device_named": device_named,
        "tokens": await tokens_of(me),
        "new_token": token,
        "kinds": WANTED if "staff" in roles else None,
        "wanted": wanted_by(await preferences_of(me)),
        "appearance_fields": APPEARANCE if "coordinator" in roles else APPEARANCE_ELSEWHERE,
        "appearance": shown_choices(request),
        "password_fields": (OLD, NEW),
        "token_fields": TOKEN,
        "typed": untouched((OLD, NEW, *TOKEN), answers.typed),
        "problems": answers.problems,
        "said": text(SAID.get(request.query_params.get("fait", ""), "")),
    }
    return page("account/settings.html", await own_frame(request), words, status_code=status_code)


async def _totp_page(
    request: AnyRequest, answers: Answers = NOTHING_TYPED, *, status_code: int = 200
) -> Response[Any]:
    me = await _me(request)
    account = await account_by_id(me)
    words: dict[str, Any] = {
        "code": CODE,
        "typed": untouched((CODE,), answers.typed),
        "problems": answers.problems,
    }
    words |= {"secret": "", "picture": ""}
    if account.totp_confirmed_at is None:
        secret = await begin_totp(me, await kept_keys(request.app.state.settings.keys_path))
        words |= {"secret": secret, "picture": picture_of(secret, account.email)}
    return page("account/totp.html", await own_frame(request), words, status_code=status_code)


ACCOUNT_PAGES = (
    show_settings,
    do_change_password,
    leave_everywhere,
    show_totp,
    confirm_totp,
    do_make_token,
    do_revoke_token,
    choose_messages,
    choose_appearance,
)
