"""The home of coordinators: the month by site or by person, the panel beside it, sheets and workbook."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.response import Redirect

from db.queries.facts import facts_of
from db.queries.territories import all_territories
from db.states import EDITABLE_PLANS
from service.actions.edit_draft import Edit
from service.catalogue import text
from service.edge.guards import COORDINATORS, SIGNED_IN
from service.edge.identity import identify
from service.errors import BadInput, NotFound
from service.french_text import capital, month_title, short_date, short_period
from service.pages.asked_days import near
from service.pages.board.activities import Kind
from service.pages.board.facts_since import with_facts_since
from service.pages.board.first_steps import first_steps
from service.pages.board.freed_pins import freed_pins
from service.pages.board.history import history
from service.pages.board.just_done import Said, edit_said, publication_said, silence_said
from service.pages.board.last_edit import comes_back_to, last_edit
from service.pages.board.links import Links, query
from service.pages.board.paper_day import paper_day
from service.pages.board.people_cards import people_cards
from service.pages.board.remembering import remember, remembered_filters, remembered_view
from service.pages.board.replacing import replacing
from service.pages.board.source import Month, load_month, month_dates, today_in, usual_month
from service.pages.board.warnings import warnings_of
from service.pages.board.with_standing import with_standing
from service.pages.context import VIEW_COOKIE, AnyRequest, Visit, enter, may_open_territories
from service.pages.facts.removed import words_of
from service.pages.month_board_view import Board, Options, activities_of, looked_at, month_board
from service.pages.rendering import page
from service.pages.signatures import signatures

KINDS = get_args(Kind)
TABS = ("placer", "alertes", "historique")
HOME_OF = {
    "coordinator": "planning",
    "staff": "ma-semaine",
    "partner": "places",
    "administrator": "administration/comptes",
}
"""The first page of each role."""


@get("/", roles=SIGNED_IN, include_in_schema=False)
async def go_home(request: AnyRequest) -> Redirect:
    """The first page of whoever is signed in, in the first territory that is theirs."""
    identity = await identify(request)
    mine = [one for one in await all_territories() if identity is not None and identity.may_enter(one.code)]
    if identity is not None and not mine and may_open_territories(identity):
        return Redirect("/territoires/nouveau")
    if identity is None or not mine:
        raise NotFound(text("Aucun territoire n’existe encore : « escale territory new » en crée un."))
    if identity.role not in HOME_OF:
        return Redirect("/reglages")
    return Redirect(f"/t/{mine[0].code}/{HOME_OF[identity.role]}")


@get("/t/{territory:str}/planning", roles=COORDINATORS, include_in_schema=False)
async def go_to_month(request: AnyRequest, territory: str) -> Redirect:
    """The usual month, in the view and with the filters that were used last."""
    visit = await enter(request, territory, "planning")
    month, filters = await usual_month(visit.territory), remembered_filters(request)
    return Redirect(f"/t/{territory}/planning/{month:%Y-%m}{'?' if filters else ''}{filters}")


@get("/t/{territory:str}/planning/{month:str}", roles=COORDINATORS, include_in_schema=False)
async def show_month(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The board, in the view of the address, else the remembered one."""
    visit = await enter(request, territory, "planning")
    options = read_options(request)
    found = await load_asked_month(visit, month, request.query_params.get("version"))
    told = await _told(request, visit, found)
    answer = page("board/month.html", visit.shell, board_context(visit, found, options, request) | told)
    remember(request, answer, territory, month, options)
    return answer


async def _told(request: AnyRequest, visit: Visit, found: Month) -> dict[str, Any]:
    """What the board says beside the month itself: of what was just done, and of what is to be done."""
    undo = last_edit(found)
    return {
        "undo": undo,
        "undone_at": comes_back_to(found, undo) if undo else "",
        "message": await said(request, visit, found, undo),
        "freed": freed_pins(found),
        "replacing": len(await asyncio.to_thread(replacing, found)),
        "history": history(
            found,
            visit.shell.address(f"planning/{found.facts.problem.first_on:%Y-%m}"),
            await _publishers(request, visit, found),
        ),
    }


async def _publishers(request: AnyRequest, visit: Visit, found: Month) -> dict[UUID, str]:
    """Signatures of who published, where they are shown."""
    if _tab(request) != "historique":
        return {}
    return await signatures((plan.published_by for plan in found.plans), visit.territory.code)


def _tab(request: AnyRequest) -> str:
    asked = request.query_params.get("panneau", TABS[0])
    return asked if asked in TABS else TABS[0]


async def load_asked_month(visit: Visit, month: str, version: str | None = None) -> Month:
    """The month judged by the facts of this moment. Raises what `read_asked_month` does."""
    found = await read_asked_month(visit, month, version)
    return await with_standing(visit.territory, await with_facts_since(visit.territory, found))


async def read_asked_month(visit: Visit, month: str, version: str | None = None) -> Month:
    """The month as it is stored. Raises `NotFound` when the month is none, or the version is not there."""
    try:
        first_on, last_on = month_dates(month)
        number = int(version) if version else None
    except ValueError:
        raise NotFound(text("Ce mois n’existe pas.")) from None
    found = await load_month(visit.territory, first_on, last_on, number=number)
    if number is not None and found.shown is None:
        raise NotFound(text("Cette version n’existe pas."))
    return found


def read_options(request: AnyRequest) -> Options:
    """The options of the address; a missing view is the one used last. Raises `BadInput`."""
    asked = request.query_params
    remembered, kinds = remembered_view(request), asked.getall("quoi", [])
    raw: dict[str, Any] = {
        "by": asked.get("par") or remembered.get("par", "lieu"),
        "shape": asked.get("vue") or remembered.get("vue", "mois"),
        "around_on": asked.get("jour") or None,
        "sites": asked.getall("lieu", []),
        "people": asked.getall("qui", []),
        "kinds": [] if set(kinds) >= set(KINDS) else kinds,
        "missing_only": asked.get("manque") == "1",
        "saturdays": asked.get("samedi") == "1",
    }
    try:
        options = msgspec.convert(raw, Options)
        if options.around_on:
            near(options.around_on)
        return options
    except ValueError as error:
        raise BadInput(text("Cette adresse demande une vue qui n’existe pas.")) from error


def board_context(visit: Visit, found: Month, options: Options, request: AnyRequest) -> dict[str, Any]:
    """What the template of the board draws."""
    shell, first_on = visit.shell, found.facts.problem.first_on
    board = month_board(found.facts, options, base=shell.address(""))
    root = shell.address("planning")
    today = today_in(visit.territory)
    links = Links(
        path=f"{root}/{first_on:%Y-%m}",
        root=root,
        options=options,
        first_on=first_on,
        shown_on=looked_at(found.facts.problem, options.around_on, today),
        paper_on=paper_day(activities_of(found.facts), options.around_on, today),
    )
    cards = options.by == "personne" and options.shape == "mois"
    by = text("par personne") if options.by == "personne" else text("par lieu")
    return {
        "board": board,
        "links": links,
        "title": title_of(board),
        "caption": f"{title_of(board)}, {visit.territory.name}, {by}",
        "can_edit": True,
        "verdict": board.verdict,
        "folded": False,
        "every_need": request.query_params.get("tous") == "oui",
        "tab": _tab(request),
        "tab_path": f"?{urlencode(query(options))}",
        "warnings": warnings_of(found, visit.shell),
        "made_good": found.facts.made_good,
        "active": found.active,
        "people_cards": people_cards(found.facts.drawn, found.facts.labels, board.rows, found.facts.plan)
        if cards
        else None,
        "first_steps": first_steps(found.facts.problem, shell, links.path) if board.empty else None,
        "remembered": VIEW_COOKIE in request.cookies or "vue" in request.query_params,
    }


async def said(request: AnyRequest, visit: Visit, found: Month, last: Edit | None) -> Said | None:
    """What was just done, by the word of the address; `last` is what was edited last."""
    match request.query_params.get("fait", ""):
        case "modification" if last:
            return edit_said(last, request.query_params.get("noter", ""))
        case "brouillon" if found.shown and found.shown.state in EDITABLE_PLANS:
            return Said(words=text("Brouillon ouvert : rien ne change pour l’équipe avant de publier."))
        case "annulation":
            return Said(words=text("Remis comme avant."))
        case "publication":
            waits = not request.app.state.settings.smtp
            return await publication_said(visit.territory, found, mail_waits=waits)
        case "fiche":
            words = words_of(request.query_params.get("dit", ""), await facts_of(visit.territory.id))
            return Said(words=words) if words else None
        case "silence":
            return await silence_said(visit.territory, found)
        case _:
            return None


def title_of(board: Board) -> str:
    """Décembre 2026; 14 – 18 déc. 2026 of a week, Lun. 14 déc. 2026 of a day."""
    first_on, last_on = board.days_drawn[0].on, board.days_drawn[-1].on
    match board.shape:
        case "semaine":
            return f"{short_period(first_on, last_on)} {last_on.year}"
        case "jour":
            return f"{capital(short_date(first_on))} {first_on.year}"
        case _:
            return capital(month_title(board.first_on))


def made_at() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def mondays(first_on: date, last_on: date) -> list[date]:
    """The Mondays of the weeks that touch a period."""
    start = first_on - timedelta(days=first_on.weekday())
    return [start + timedelta(weeks=index) for index in range((last_on - start).days // 7 + 1)]
