"""Paper and workbook of a month: PDF made by typst, XLSX in the shape of the spreadsheet."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get

from db.queries.facts import facts_of
from planner.plan import Plan
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.edge.identity import identify
from service.errors import BadInput, NotFound
from service.french_text import clock, plain_date
from service.pages.asked_days import day_asked
from service.pages.board.labels import Labels
from service.pages.board.living import living_month, published_days
from service.pages.board.source import labels_of, month_dates
from service.pages.context import AnyRequest, Visit, enter
from service.pages.month_board import load_asked_month, made_at, mondays, read_options
from service.pages.month_board_view import Facts, month_board
from service.paper.day import day_sheets
from service.paper.month_sheet import month_sheet
from service.paper.presences import Around, Heading, presences
from service.paper.printing import pdf
from service.paper.registers import permanence_sheets, sign_in_sheets
from service.partners.settings import partner_settings
from service.spreadsheet import workbook

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/tableau.pdf", roles=COORDINATORS, include_in_schema=False)
async def print_board(request: AnyRequest, territory: str, month: str) -> Response[bytes]:
    """The board on one landscape page, by site or by person as it is looked at."""
    visit, facts = await _month(request, territory, month)
    options = msgspec.structs.replace(read_options(request), shape="mois", around_on=None)
    board = month_board(facts, options)
    codes = {facts.labels.site_code(one.id, one.name): one.name for one in facts.problem.sites}
    words = month_sheet(board, visit.territory.name, codes)
    body = await asyncio.to_thread(pdf, "month", words, made_at())
    return _file(body, PDF, f"escale-{territory}-{month}.pdf")


@get(f"{MONTH}/feuilles.pdf", roles=COORDINATORS, include_in_schema=False)
async def print_presences(request: AnyRequest, territory: str, month: str) -> Response[bytes]:
    """Who comes where, one page a site and week."""
    visit, facts = await _month(request, territory, month)
    weeks = mondays(facts.problem.first_on, facts.problem.last_on)
    around, labels = await _around(visit, weeks)
    head = heading(visit, facts)
    words = presences(facts.problem, facts.plan, labels, head, weeks, around)
    body = await asyncio.to_thread(pdf, "presences", words, made_at())
    return _file(body, PDF, f"presences-{territory}-{month}.pdf")


@get(f"{MONTH}/permanences/{{on:str}}", roles=COORDINATORS, include_in_schema=False)
async def print_permanences(request: AnyRequest, territory: str, month: str, on: str) -> Response[bytes]:
    """The sheets of a day's permanences, to tick and sign."""
    visit, facts = await _month(request, territory, month)
    day, plan = _day(on.removesuffix(".pdf")), facts.plan or Plan()
    words = permanence_sheets(facts.problem, plan, facts.labels, heading(visit, facts), day)
    body = await asyncio.to_thread(pdf, "register", words, made_at())
    return _file(body, PDF, f"permanences-{day}.pdf")


@get(f"{MONTH}/emargement/{{on:str}}", roles=COORDINATORS, include_in_schema=False)
async def print_sign_in(request: AnyRequest, territory: str, month: str, on: str) -> Response[bytes]:
    """The sign-in sheets of a day's sessions."""
    visit, facts = await _month(request, territory, month)
    day, plan = _day(on.removesuffix(".pdf")), facts.plan or Plan()
    words = sign_in_sheets(facts.problem, plan, facts.labels, heading(visit, facts), day)
    body = await asyncio.to_thread(pdf, "register", words, made_at())
    return _file(body, PDF, f"emargement-{day}.pdf")


@get(f"{MONTH}/journee/{{on:str}}", roles=COORDINATORS, include_in_schema=False)
async def print_day(request: AnyRequest, territory: str, month: str, on: str) -> Response[bytes]:
    """Everything of a day as it is published now: printed on the eve, where no telephone passes the gate."""
    visit = await enter(request, territory, "planning")
    del month
    return await _day_file(visit, _day(on.removesuffix(".pdf")), None)


@get("/t/{territory:str}/ma-journee/{on:str}", roles=("staff",), include_in_schema=False)
async def print_my_day(request: AnyRequest, territory: str, on: str) -> Response[bytes]:
    """The same for one's own day."""
    visit, identity = await enter(request, territory, "ma-semaine"), await identify(request)
    staff = identity.staff_code if identity else None
    if staff is None:
        raise NotFound(text("Ce compte n’est celui de personne de l’équipe."))
    return await _day_file(visit, _day(on.removesuffix(".pdf")), staff)


@get(f"{MONTH}/tableau.xlsx", roles=COORDINATORS, include_in_schema=False)
async def export_month(request: AnyRequest, territory: str, month: str) -> Response[bytes]:
    """The month as a workbook."""
    _, facts = await _month(request, territory, month)
    return _file(await asyncio.to_thread(workbook, facts), XLSX, f"escale-{territory}-{month}.xlsx")


async def _month(request: AnyRequest, territory: str, month: str) -> tuple[Visit, Facts]:
    visit = await enter(request, territory, "planning")
    found = await load_asked_month(visit, month, request.query_params.get("version"))
    return visit, found.facts


async def _around(visit: Visit, weeks: list[date]) -> tuple[Around, Labels]:
    """What is published of these weeks and the one after, whichever month each day is of."""
    first_on, last_on = weeks[0], weeks[-1] + timedelta(days=13)
    living = await living_month(visit.territory, first_on, last_on)
    labels = labels_of(await facts_of(visit.territory.id), first_on, last_on)
    published = await published_days(visit.territory.id, first_on, last_on)
    return Around(living.problem, living.plan, published), labels


async def _day_file(visit: Visit, on: date, staff: str | None) -> Response[bytes]:
    territory, (first_on, last_on) = visit.territory, month_dates(f"{on:%Y-%m}")
    living = await living_month(territory, first_on, last_on)
    labels = labels_of(await facts_of(territory.id), first_on, last_on)
    words = day_sheets(living.problem, living.plan, labels, _as_published(visit), on, staff=staff)
    return _file(await asyncio.to_thread(pdf, "register", words, made_at()), PDF, f"journee-{on}.pdf")


def _as_published(visit: Visit) -> Heading:
    """What is published now, told with the minute: a later sheet replaces this one."""
    now = datetime.now(ZoneInfo(visit.territory.zone))
    hour = clock(now.time(), padded=True)
    words = text("Tel que publié le {day} à {hour}.", day=plain_date(now.date()), hour=hour)
    return msgspec.structs.replace(_unversioned(visit), version=words)


def heading(visit: Visit, facts: Facts) -> Heading:
    """Organisation and telephone are settings of the territory; without, whom partners call."""
    version = facts.version
    words = ""
    if version and version.made_at:
        state = (
            text("Brouillon {version}, calculé", version=version.numbered)
            if version.is_draft
            else text("Version {n}, changement du jour noté", n=version.number)
            if version.made_how == "moved"
            else text("Version {n}, calculée", n=version.number)
        )
        words = text(
            "{state} le {day} à {hour}.",
            state=state,
            day=plain_date(version.made_at.date()),
            hour=clock(version.made_at.time(), padded=True),
        )
        if version.state == "superseded":
            words = text("{words} Elle n’est plus en vigueur.", words=words)
    return msgspec.structs.replace(_unversioned(visit), version=words)


def _unversioned(visit: Visit) -> Heading:
    settings: dict[str, Any] = visit.territory.settings
    partners = partner_settings(visit.territory)
    reached = f"{partners.contact_name}, {partners.contact_phone}" if partners.contact_phone else ""
    return Heading(
        organisation=str(settings.get("organisation") or visit.territory.name),
        contact=str(settings.get("contact") or reached),
    )


def _day(on: str) -> date:
    try:
        return day_asked(on)
    except ValueError:
        raise BadInput(text("Ce jour n’existe pas.")) from None


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    return Response(
        body,
        media_type=media_type,
        headers={"content-disposition": f'inline; filename="{name}"', "cache-control": "no-store"},
    )
