"""The door: sign in, the code, sign out, the mailed links. Plain pages that work without any script."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from db.records.account import Account, AccountSession
from service.accounts.errors import LockedOut, TotpState, WeakPassword, WrongCode, WrongCredentials
from service.accounts.kept_keys import kept_keys
from service.accounts.origin import origin_of
from service.accounts.sessions import lacks_code, no_session_cookie, open_at_once, opened_by, session_cookie
from service.accounts.totp import picture_of
from service.actions.accept_link import accept_link, read_password_link
from service.actions.invite_account import ask_reset
from service.actions.sign_in import open_door, sign_in
from service.actions.sign_out import sign_out
from service.actions.use_totp import begin_totp, check_code
from service.catalogue import text
from service.edge.guards import PUBLIC
from service.edge.identity import identify
from service.errors import ServiceError
from service.hidden_signs import hidden_sign
from service.pages.account_fields import AGAIN, CODE, EMAIL, NEW, address_typed, refused, sentence, weakness
from service.pages.context import AnyRequest, frame
from service.pages.form_parts import sent_raw, typed, whole_form
from service.pages.forms import NOTHING_TYPED, Answers, read, untouched
from service.pages.rendering import page
from service.pages.unsent import carried, unpacked, unsent_page
from service.settings import Settings

SAID = {
    "session": "Votre session a pris fin. Ce que vous avez fait est resté sur la page : connectez-vous pour continuer.",
    "deconnexion": "Vous êtes déconnectée ou déconnecté.",
    "partout": "Toutes vos sessions sont fermées, sur tous vos appareils.",
    "mot-de-passe": "Votre mot de passe est enregistré. Connectez-vous.",
    "service": "Si cette adresse est celle d’un service partenaire, un lien vient de lui être envoyé. Il vaut sept jours.",
    "lien": "Si cette adresse a un compte, un lien vient de lui être envoyé. Il vaut deux heures.",
}
WAITS = {
    "service": "Aucun serveur de courriel n’est réglé : aucun lien ne part pour l’instant. Demandez à l’association.",
    "lien": "Aucun serveur de courriel n’est réglé : aucun lien ne part pour l’instant. Demandez à qui administre.",
}
"""The same where no mail can leave."""
DOOR: dict[str, Any] = {"roles": PUBLIC, "include_in_schema": False}


@get("/connexion", **DOOR)
async def show_sign_in(request: AnyRequest) -> Response[Any]:
    """The form; who is signed in already goes home."""
    if await identify(request) is not None:
        return Redirect("/", status_code=303)
    opened = await opened_by(request)
    if opened is not None and opened.account is not None:
        return Redirect("/connexion/code", status_code=303)
    return await _form(request)


@post("/connexion", rate="sign_in", needs_form=True, **DOOR)
async def do_sign_in(request: AnyRequest) -> Response[Any]:
    """A new session, or the form again with one sentence that tells nothing of the address."""
    (email,), password = await typed(request, "email"), await sent_raw(request, "password")
    known = "" if hidden_sign(email) else email
    settings, before = _settings(request), await opened_by(request)
    try:
        secret = await sign_in(
            settings, known, password, origin_of(request), before=before.session if before else None
        )
    except (WrongCredentials, LockedOut) as error:
        return await _form(request, error, email=email)
    return await _inside(request, secret)


@get("/connexion/code", **DOOR)
async def ask_code(request: AnyRequest) -> Response[Any]:
    """The code of six digits, or the setting up of it where a role asks for one."""
    return await _code_page(request)


@post("/connexion/code", rate="sign_in", needs_form=True, **DOOR)
async def take_code(request: AnyRequest) -> Response[Any]:
    """A right code gives a new session; the half-open one ends."""
    opened = await opened_by(request)
    if opened is None or opened.account is None:
        return Redirect("/connexion", status_code=303)
    answers = read((CODE,), await whole_form(request))
    if answers.problems:
        return await _code_page(request, answers, status_code=422)
    try:
        secret = await _past_the_code(request, opened.session, opened.account, answers.values["code"])
    except (WrongCode, LockedOut, TotpState) as error:
        answer = await _code_page(request, refused(CODE, sentence(error)), status_code=error.status)
        return _with_delay(answer, error)
    return await _inside(request, secret)


@post("/deconnexion", **DOOR)
async def do_sign_out(request: AnyRequest) -> Response[Any]:
    """Ends this session; without one there is nothing to end."""
    opened = await opened_by(request)
    if opened is not None:
        await sign_out(opened.session.id)
    gone = no_session_cookie(_settings(request))
    return Redirect("/connexion?fait=deconnexion", status_code=303, cookies=[gone])


@get("/mot-de-passe-oublie", **DOOR)
async def show_forgotten(request: AnyRequest) -> Response[Any]:
    return await _forgotten(request, NOTHING_TYPED)


@post("/mot-de-passe-oublie", rate="sign_in", needs_form=True, **DOOR)
async def do_forgotten(request: AnyRequest) -> Response[Any]:
    """The same answer whether the address has an account or not."""
    answers = address_typed(await whole_form(request))
    if answers.problems:
        return await _forgotten(request, answers, status_code=422)
    await ask_reset(answers.values["email"], _settings(request).address)
    return Redirect("/connexion?fait=lien", status_code=303)


@get("/lien/{secret:str}", **DOOR)
async def show_link(request: AnyRequest, secret: str) -> Response[Any]:
    """A page with a button: mail filters that follow links use nothing up."""
    link, account = await read_password_link(secret)
    return await _link_page(request, link.purpose, account.email)


@post("/lien/{secret:str}", rate="sign_in", needs_form=True, **DOOR)
async def use_mailed_link(request: AnyRequest, secret: str) -> Response[Any]:
    """The password is set and the link is used up, both or neither."""
    link, account = await read_password_link(secret)
    password, again = await sent_raw(request, "password"), await sent_raw(request, "again")
    if password != again:
        different = refused(AGAIN, text("les deux mots de passe ne sont pas les mêmes"))
        return await _link_page(request, link.purpose, account.email, different)
    try:
        await accept_link(secret, password)
    except WeakPassword as error:
        return await _link_page(request, link.purpose, account.email, refused(NEW, weakness(error)))
    return Redirect("/connexion?fait=mot-de-passe", status_code=303)


def _settings(request: AnyRequest) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _forgotten(request: AnyRequest, answers: Answers, *, status_code: int = 200) -> Response[Any]:
    words = {"email": EMAIL, "typed": untouched((EMAIL,), answers.typed), "problems": answers.problems}
    return page("account/forgotten.html", await frame(request), words, status_code=status_code)


async def _past_the_code(request: AnyRequest, half_open: AccountSession, account: Account, code: str) -> str:
    """The secret of the new session. Raises `WrongCode`, `LockedOut`, `TotpState`."""
    settings = _settings(request)
    checked = await check_code(account.id, await kept_keys(settings.keys_path), code)
    return await open_door(settings, checked, origin_of(request), before=half_open, second_factor=True)


async def _inside(request: AnyRequest, secret: str) -> Response[Any]:
    """Home, or on to the form that waited for the sign-in; where a code is asked for, after the code."""
    cookie = session_cookie(_settings(request), secret)
    form = unpacked(await carried(request))
    if form is None:
        return Redirect("/", status_code=303, cookies=[cookie])
    opened = await open_at_once(request, secret)
    half_way = opened is not None and lacks_code(request, opened)
    answer = (
        await _code_page(request) if half_way else unsent_page(await frame(request), form, signed_in=True)
    )
    answer.set_cookie(cookie)
    return answer


async def _form(request: AnyRequest, error: ServiceError | None = None, *, email: str = "") -> Response[Any]:
    settings = _settings(request)
    words = {
        "problem": f"{sentence(error)}." if error else "",
        "said": text((SAID if settings.smtp else SAID | WAITS).get(request.query_params.get("fait", ""), "")),
        "email": email,
        "provider": settings.oidc_name if settings.oidc_issuer else "",
        "carried": await carried(request),
    }
    answer = page("account/sign_in.html", await frame(request), words, status_code=_status(error))
    return _with_delay(answer, error)


def _status(error: ServiceError | None) -> int:
    return error.status if error else 200


def _with_delay(answer: Response[Any], error: ServiceError | None) -> Response[Any]:
    if error is not None and "retry_after" in error.fields:
        answer.headers["retry-after"] = str(error.fields["retry_after"])
    return answer


async def _code_page(
    request: AnyRequest, answers: Answers = NOTHING_TYPED, *, status_code: int = 200
) -> Response[Any]:
    opened = await opened_by(request)
    if opened is None or opened.account is None:
        return Redirect("/connexion", status_code=303)
    account = opened.account
    words: dict[str, Any] = {"code": CODE, "typed": untouched((CODE,), answers.typed)}
    words |= {"problems": answers.problems, "carried": await carried(request), "picture": "", "secret": ""}
    if account.totp_confirmed_at is None:
        secret = await begin_totp(account.id, await kept_keys(_settings(request).keys_path))
        words |= {"secret": secret, "picture": picture_of(secret, account.email)}
    return page("account/code.html", await frame(request), words, status_code=status_code)


async def _link_page(
    request: AnyRequest, purpose: str, email: str, answers: Answers = NOTHING_TYPED
) -> Response[Any]:
    fields = (NEW, AGAIN)
    words = {"purpose": purpose, "email": email, "fields": fields, "typed": untouched(fields)}
    status_code = 422 if answers.problems else 200
    found = {**words, "problems": answers.problems}
    return page("account/link.html", await frame(request), found, status_code=status_code)


SIGN_IN_PAGES = (
    show_sign_in,
    do_sign_in,
    ask_code,
    take_code,
    do_sign_out,
    show_forgotten,
    do_forgotten,
    show_link,
    use_mailed_link,
)
