"""A site's month for the coordination: ask, note an answer after a call, see who enters, send the list."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.outbox import last_state
from service.actions.actor import Actor
from service.actions.answer_site import Answerer, answer_site
from service.actions.ask_site import ask_site, read_site_month
from service.actions.send_access_list import AccessMonth, mail_key, read_access_month, send_access_list
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.edge.identity import identify
from service.errors import NotFound, ServiceError
from service.pages.asked_days import month_asked
from service.pages.context import AnyRequest, Visit, enter
from service.pages.form_parts import whole_form
from service.pages.forms import NOTHING_TYPED, Answers
from service.pages.rendering import page
from service.pages.site.views import WHO_CALLED, month_words, read_said, said_in, sheet_of
from service.paper.printing import pdf
from service.sites.access_csv import access_csv

HERE = "/t/{territory:str}/lieux/{site:str}/mois/{month:str}"
SAID = {
    "demande": "Les dates partent au lieu, avec le lien de sa page.",
    "note": "La réponse est notée. Une date impossible est fermée pour le prochain planning.",
    "liste": "La liste part au lieu, et reste gardée telle quelle.",
}
WAITS = {
    "demande": "Le message au lieu attend : aucun serveur de courriel n’est réglé. D’ici là, appelez, et notez la réponse ici.",
    "liste": "La liste est gardée telle quelle, mais son message attend : aucun serveur de courriel n’est réglé. D’ici là, imprimez-la.",
}
"""The same where no mail can leave."""
SENDING = {
    "sent": ("envoyée", "is-good"),
    "queued": ("gardée, message pas encore parti", "is-warn"),
    "failed": ("message refusé : appelez", "is-bad"),
}
"""What became of the mail with the list, by its state."""


@get(HERE, roles=COORDINATORS, include_in_schema=False)
async def show_site_month(request: AnyRequest, territory: str, site: str, month: str) -> Response[str]:
    visit = await enter(request, territory, "lieux")
    return await _page(visit, site, _month(month), _said(request))


@post(f"{HERE}/demander", roles=COORDINATORS, include_in_schema=False)
async def ask_for_dates(request: AnyRequest, territory: str, site: str, month: str) -> Response[Any]:
    """Mails the site the link of its page."""
    visit = await enter(request, territory, "lieux")
    try:
        await ask_site(visit.territory, site, _month(month), request.app.state.settings.address)
    except ServiceError as error:
        return await _page(visit, site, _month(month), problem=error)
    return _back(visit, site, month, "demande")


@post(f"{HERE}/reponses", roles=COORDINATORS, include_in_schema=False)
async def note_answers(request: AnyRequest, territory: str, site: str, month: str) -> Response[Any]:
    """What somebody said on the telephone, and who."""
    visit = await enter(request, territory, "lieux")
    found = await read_site_month(visit.territory, site, _month(month))
    answers = read_said(found, WHO_CALLED, await whole_form(request))
    if answers.problems:
        return await _page(visit, site, _month(month), refused=answers)
    who, actor, said = answers.values["qui"], await _actor(request), said_in(answers, found)
    try:
        await answer_site(visit.territory, found, said, Answerer("call", actor, said_by=who))
    except ServiceError as error:
        return await _page(visit, site, _month(month), problem=error)
    return _back(visit, site, month, "note")


@post(f"{HERE}/envoyer", roles=COORDINATORS, include_in_schema=False)
async def send_list(request: AnyRequest, territory: str, site: str, month: str) -> Response[Any]:
    visit, actor = await enter(request, territory, "lieux"), await _actor(request)
    address = request.app.state.settings.address
    try:
        await send_access_list(visit.territory, site, _month(month), address, by=actor.account_id)
    except ServiceError as error:
        return await _page(visit, site, _month(month), problem=error)
    return _back(visit, site, month, "liste")


@get(f"{HERE}/liste.pdf", roles=COORDINATORS, include_in_schema=False)
async def print_list(request: AnyRequest, territory: str, site: str, month: str) -> Response[bytes]:
    visit = await enter(request, territory, "lieux")
    return as_pdf(await read_access_month(visit.territory, site, _month(month)))


@get(f"{HERE}/liste.csv", roles=COORDINATORS, include_in_schema=False)
async def export_list(request: AnyRequest, territory: str, site: str, month: str) -> Response[bytes]:
    visit = await enter(request, territory, "lieux")
    return as_csv(await read_access_month(visit.territory, site, _month(month)))


def as_pdf(access: AccessMonth) -> Response[bytes]:
    return _file(pdf("access", sheet_of(access), datetime.now(UTC)), "application/pdf", _name(access, "pdf"))


def as_csv(access: AccessMonth) -> Response[bytes]:
    return _file(access_csv(access.lines, access.number), "text/csv; charset=utf-8", _name(access, "csv"))


def _name(access: AccessMonth, ending: str) -> str:
    return f"acces-{access.site.code}-{access.month_on:%Y-%m}-v{access.number}.{ending}"


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=media_type, headers=headers)


def _said(request: AnyRequest) -> str:
    done = request.query_params.get("fait", "")
    told = SAID if request.app.state.settings.smtp else SAID | WAITS
    return text(told.get(done, ""))


async def _page(
    visit: Visit,
    site: str,
    month_on: date,
    said: str = "",
    *,
    problem: ServiceError | None = None,
    refused: Answers = NOTHING_TYPED,
) -> Response[str]:
    month = await read_site_month(visit.territory, site, month_on)
    access = await read_access_month(visit.territory, site, month_on)
    words = {
        **month_words(month, refused),
        "who": WHO_CALLED,
        "site": month.site,
        "here": visit.shell.address(f"lieux/{site}/mois/{month_on:%Y-%m}"),
        "previous": _shift(month_on, -1),
        "next": _shift(month_on, 1),
        "root": visit.shell.address(f"lieux/{site}/mois/"),
        "sheet": sheet_of(access),
        "access": access,
        "sending": SENDING.get(await last_state(f"{mail_key(access)} ") or "sent")
        if access.is_sent
        else None,
        "said": said,
        "said_kind": "warn" if said in map(text, WAITS.values()) else "good",
        "problem": f"{problem.title}. {problem.detail}" if problem else "",
    }
    status_code = problem.status if problem else 422 if refused.problems else 200
    return page("site/month.html", visit.shell, words, status_code=status_code)


async def _actor(request: AnyRequest) -> Actor:
    identity = await identify(request)
    try:
        return Actor(account_id=UUID(identity.account_id) if identity else None, label="coordinator")
    except ValueError:
        return Actor(label="coordinator")


def _month(word: str) -> date:
    try:
        return month_asked(word)
    except ValueError:
        raise NotFound(text("Ce mois n’existe pas.")) from None


def _shift(on: date, count: int) -> date:
    whole = on.year * 12 + on.month - 1 + count
    return date(whole // 12, whole % 12 + 1, 1)


def _back(visit: Visit, site: str, month: str, said: str) -> Redirect:
    return Redirect(visit.shell.address(f"lieux/{site}/mois/{month}?fait={said}"), status_code=303)
