"""Pages of facts: lists that can be read; each line leads to a form."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.plan_items import items_of
from db.queries.plans import plans_of
from db.queries.trail import trail_kind
from db.records.base import Fact
from db.records.facts import Facts
from db.records.plan import Plan
from db.states import EDITABLE_PLANS
from service.edge.guards import COORDINATORS
from service.french_text import short_day_month
from service.hidden_signs import without_hidden_signs
from service.pages.board.source import in_work, today_in, usual_month
from service.pages.context import AnyRequest, Visit, enter
from service.pages.facts import territory_lists
from service.pages.facts.path_lines import paths
from service.pages.facts.people_lines import people
from service.pages.facts.promotion_lines import Dating, Span, promotions
from service.pages.facts.removed import Said, away_from, said_of
from service.pages.facts.site_lines import sites
from service.pages.form_parts import count_of
from service.pages.person.path_view import waiting
from service.pages.rendering import page
from service.pages.shell import Shell
from service.versions import MOST

WEEKS_SHOWN = 16


@get("/t/{territory:str}/lieux", roles=COORDINATORS, include_in_schema=False)
async def show_sites(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "lieux")
    lines = sites(facts, today_in(visit.territory))
    words = {
        "lines": lines,
        "said": said(request, facts),
        "away": away_from("lieux", facts),
        "month": f"{await usual_month(visit.territory):%Y-%m}",
        "journeys": territory_lists.journeys(facts),
        "days": territory_lists.days_changed(facts, today_in(visit.territory)),
    }
    return page("facts/sites.html", visit.shell, words)


@get("/t/{territory:str}/equipe", roles=COORDINATORS, include_in_schema=False)
async def show_people(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "equipe")
    today_on = today_in(visit.territory)
    lines, meetings = people(facts, today_on), territory_lists.meetings(facts, today_on)
    away = away_from("equipe", facts)
    words = {"lines": lines, "meetings": meetings, "away": away, "said": said(request, facts)}
    return page("facts/people.html", visit.shell, words)


@get("/t/{territory:str}/promotions", roles=COORDINATORS, include_in_schema=False)
async def show_promotions(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "promotions")
    span = _weeks_around(today_in(visit.territory))
    marks = [short_day_month(span.first_on + timedelta(weeks=index)) for index in range(0, WEEKS_SHOWN, 2)]
    words = {
        "lines": promotions(facts, span, await session_dates(facts, span)),
        "marks": marks,
        "today": round(span.at(today_in(visit.territory)), 1),
        "speakers": alive(facts.speakers),
        "away": away_from("promotions", facts),
        "said": said(request, facts),
    }
    return page("facts/promotions.html", visit.shell, words)


def _weeks_around(today: date) -> Span:
    """From two weeks ago, whole weeks."""
    first_on = today - timedelta(days=today.weekday() + 14)
    return Span(first_on, first_on + timedelta(weeks=WEEKS_SHOWN, days=-1), today)


async def session_dates(facts: Facts, span: Span) -> dict[tuple[str, str], Dating]:
    """Of the promotions that are shown, published sessions, and those that only a draft has; what was called off has no date."""
    shown = tuple(one.code for one in alive(facts.promotions))
    if not shown:
        return {}
    found = await assignments_of(facts.territory.id, Wanted(kinds=("session",), promotions=shown))
    published = {
        (one.promotion, one.sequence): Dating(one.held_on, published=True)
        for one in found
        if one.promotion and one.sequence and one.status != "cancelled"
    }
    return await _drafted(facts.territory.id, span) | published


async def _drafted(territory_id: UUID, span: Span) -> dict[tuple[str, str], Dating]:
    """Sessions of the drafts that work goes on with, not of those that a later publication left behind."""
    alike: dict[tuple[date, date], list[Plan]] = defaultdict(list)
    for plan in await plans_of(territory_id, touching=(span.first_on, span.last_on), limit=MOST):
        alike[plan.first_on, plan.last_on].append(plan)
    drafts = [one for one in map(in_work, alike.values()) if one and one.state in EDITABLE_PLANS]
    items = [item for plan in drafts for item in await items_of(plan.id)]
    return {
        (one.promotion_code, one.sequence_code): Dating(one.held_on, published=False)
        for one in items
        if one.promotion_code and one.sequence_code
    }


@get("/t/{territory:str}/personnes", roles=COORDINATORS, searches=True, include_in_schema=False)
async def show_participants(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "personnes")
    sought = without_hidden_signs(request.query_params.get("cherche", ""))[:60].strip()
    words = {
        "lines": tuple(one for one in paths(facts) if one.answers(sought)),
        "sought": sought,
        "waiting": len(waiting(facts, None)),
        "volumes": alive(facts.volumes),
        "programmes": alive(facts.programmes),
        "needs": territory_lists.typed_needs(facts, today_in(visit.territory)),
        "away": away_from("personnes", facts),
    }
    return page("facts/participants.html", visit.shell, {**words, "said": said(request, facts)})


@get("/t/{territory:str}/partenaires", roles=COORDINATORS, include_in_schema=False)
async def show_partners(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "partenaires")
    names = {site.code: site.name for site in facts.sites}
    words = {
        "partners": alive(facts.partners),
        "names": names,
        "away": away_from("partenaires", facts),
        "said": said(request, facts),
    }
    return page("facts/partners.html", visit.shell, words)


def alive(found: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without what was put away."""
    return tuple(one for one in found if one.archived_at is None)


async def _facts(request: AnyRequest, territory: str, place: str) -> tuple[Visit, Facts]:
    visit = await enter(request, territory, place)
    return visit, await facts_of(visit.territory.id)


def history_of(shell: Shell, record: Fact) -> str:
    """The address of a fact's readable history."""
    return shell.address(f"historique?{urlencode({'nature': trail_kind(type(record)), 'code': record.code})}")


def said(request: AnyRequest, facts: Facts) -> Said:
    """What was just done, told where it was done."""
    done, about, again, count = (
        request.query_params.get(name, "") for name in ("fait", "quoi", "encore", "nombre")
    )
    return said_of(done, about, again, count_of(count) or 0, facts)
