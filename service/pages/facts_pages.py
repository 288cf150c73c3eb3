"""Pages of facts: lists that can be read; each line leads to a form."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get

from db.queries.facts import facts_of
from db.queries.trail import trail_kind
from db.records.base import Fact
from db.records.facts import Facts
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.french_text import short_day_month
from service.hidden_signs import without_hidden_signs
from service.pages.board.source import today_in, usual_month
from service.pages.context import AnyRequest, Visit, enter
from service.pages.facts import lists, territory_lists
from service.pages.facts.named import what_was_added
from service.pages.person.path_view import waiting
from service.pages.rendering import page
from service.pages.shell import Shell

WEEKS_SHOWN = 16


@get("/t/{territory:str}/lieux", roles=COORDINATORS, include_in_schema=False)
async def show_sites(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "lieux")
    lines = lists.sites(facts, today_in(visit.territory))
    words = {
        "lines": lines,
        "said": said(request, facts),
        "month": f"{await usual_month(visit.territory):%Y-%m}",
        "journeys": territory_lists.journeys(facts),
        "days": territory_lists.days_changed(facts, today_in(visit.territory)),
    }
    return page("facts/sites.html", visit.shell, words)


@get("/t/{territory:str}/equipe", roles=COORDINATORS, include_in_schema=False)
async def show_people(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "equipe")
    today_on = today_in(visit.territory)
    lines, meetings = lists.people(facts, today_on), territory_lists.meetings(facts, today_on)
    words = {"lines": lines, "meetings": meetings, "said": said(request, facts)}
    return page("facts/people.html", visit.shell, words)


@get("/t/{territory:str}/promotions", roles=COORDINATORS, include_in_schema=False)
async def show_promotions(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "promotions")
    today = today_in(visit.territory)
    first_on = today - timedelta(days=today.weekday() + 14)
    weeks = [first_on + timedelta(weeks=index) for index in range(WEEKS_SHOWN)]
    lines = lists.promotions(facts, first_on, first_on + timedelta(weeks=WEEKS_SHOWN, days=-1))
    marks = [short_day_month(week) for week in weeks[::2]]
    words = {"lines": lines, "marks": marks, "speakers": alive(facts.speakers), "said": said(request, facts)}
    return page("facts/promotions.html", visit.shell, words)


@get("/t/{territory:str}/personnes", roles=COORDINATORS, searches=True, include_in_schema=False)
async def show_participants(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "personnes")
    sought = without_hidden_signs(request.query_params.get("cherche", ""))[:60].strip()
    words = {
        "lines": tuple(one for one in lists.paths(facts) if one.answers(sought)),
        "sought": sought,
        "waiting": len(waiting(facts, None)),
        "volumes": alive(facts.volumes),
        "programmes": alive(facts.programmes),
        "needs": territory_lists.typed_needs(facts, today_in(visit.territory)),
    }
    return page("facts/participants.html", visit.shell, {**words, "said": said(request, facts)})


@get("/t/{territory:str}/partenaires", roles=COORDINATORS, include_in_schema=False)
async def show_partners(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "partenaires")
    names = {site.code: site.name for site in facts.sites}
    return page(
        "facts/partners.html",
        visit.shell,
        {"partners": alive(facts.partners), "names": names, "said": said(request, facts)},
    )


def alive(found: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without what was put away."""
    return tuple(one for one in found if one.archived_at is None)


async def _facts(request: AnyRequest, territory: str, place: str) -> tuple[Visit, Facts]:
    visit = await enter(request, territory, place)
    return visit, await facts_of(visit.territory.id)


def history_of(shell: Shell, record: Fact) -> str:
    """The address of a fact's readable history."""
    return shell.address(f"historique?{urlencode({'nature': trail_kind(type(record)), 'code': record.code})}")


def said(request: AnyRequest, facts: Facts) -> str:
    """What was just done, told where it was done."""
    kind, _, code = request.query_params.get("quoi", "").partition(":")
    done = {
        "ajout": what_was_added(kind, code, facts),
        "changement": text("Enregistré."),
        "effacement": text("Effacé, pour de bon."),
        "retrait": text("Retiré."),
    }
    return done.get(request.query_params.get("fait", ""), "")
