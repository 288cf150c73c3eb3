"""Pages of facts: lists that can be read, and one form a kind of fact."""

from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.trail import trail_kind
from db.records.base import Fact
from db.records.facts import Facts
from service.actions.keep_facts import add_facts, change_one_fact
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import Conflict, NotFound, StaleVersion
from service.french_text import short_day_month
from service.pages.board.source import today_in
from service.pages.context import AnyRequest, Visit, enter
from service.pages.facts import lists
from service.pages.facts.cadence_form import CADENCE
from service.pages.facts.other_forms import PARTICIPANT, PARTNER, PROGRAMME, PROMOTION, VOLUME
from service.pages.facts.resource import Resource
from service.pages.facts.site_form import CLOSURE, SITE
from service.pages.facts.team_form import ABSENCE, ACCREDITATION, PERSON
from service.pages.forms import Answers, read, untouched
from service.pages.remembered import territory_facts
from service.pages.rendering import page
from service.pages.shell import Shell

RESOURCES = {
    one.path: one
    for one in (
        SITE,
        CADENCE,
        CLOSURE,
        PERSON,
        ABSENCE,
        ACCREDITATION,
        PROMOTION,
        PARTICIPANT,
        VOLUME,
        PARTNER,
        PROGRAMME,
    )
}
PLACE_WORDS = {
    "lieux": "Lieux et cadences",
    "equipe": "Équipe",
    "promotions": "Promotions",
    "personnes": "Personnes accompagnées",
    "partenaires": "Partenaires",
}
WEEKS_SHOWN = 16


@get("/t/{territory:str}/lieux", roles=COORDINATORS, include_in_schema=False)
async def show_sites(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "lieux")
    lines = lists.sites(facts, today_in(visit.territory))
    return page("facts/sites.html", visit.shell, {"lines": lines, "said": said(request)})


@get("/t/{territory:str}/equipe", roles=COORDINATORS, include_in_schema=False)
async def show_people(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "equipe")
    lines = lists.people(facts, today_in(visit.territory))
    return page("facts/people.html", visit.shell, {"lines": lines, "said": said(request)})


@get("/t/{territory:str}/promotions", roles=COORDINATORS, include_in_schema=False)
async def show_promotions(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "promotions")
    today = today_in(visit.territory)
    first_on = today - timedelta(days=today.weekday() + 14)
    weeks = [first_on + timedelta(weeks=index) for index in range(WEEKS_SHOWN)]
    lines = lists.promotions(facts, first_on, first_on + timedelta(weeks=WEEKS_SHOWN, days=-1))
    marks = [short_day_month(week) for week in weeks[::2]]
    return page("facts/promotions.html", visit.shell, {"lines": lines, "marks": marks, "said": said(request)})


@get("/t/{territory:str}/personnes", roles=COORDINATORS, include_in_schema=False)
async def show_participants(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "personnes")
    words = {"lines": lists.paths(facts), "volumes": facts.volumes, "programmes": facts.programmes}
    return page("facts/participants.html", visit.shell, {**words, "said": said(request)})


@get("/t/{territory:str}/partenaires", roles=COORDINATORS, include_in_schema=False)
async def show_partners(request: AnyRequest, territory: str) -> Response[str]:
    visit, facts = await _facts(request, territory, "partenaires")
    names = {site.code: site.name for site in facts.sites}
    return page(
        "facts/partners.html",
        visit.shell,
        {"partners": facts.partners, "names": names, "said": said(request)},
    )


@get("/t/{territory:str}/fiche/{resource:str}/nouveau", roles=COORDINATORS, include_in_schema=False)
async def ask_new(request: AnyRequest, territory: str, resource: str) -> Response[str]:
    """An empty form; the address may fill some answers: `?site=gagny`."""
    _, kind, facts = asked = await _asked(request, territory, resource)
    given = {name: tuple(request.query_params.getall(name)) for name in request.query_params}
    typed = untouched(kind.fields(facts), given)
    return _form(asked, Answers(typed=typed, values={}, problems=()), None)


@post("/t/{territory:str}/fiche/{resource:str}/nouveau", roles=COORDINATORS, include_in_schema=False)
async def keep_new(request: AnyRequest, territory: str, resource: str) -> Response[Any]:
    """Stores the new facts, or shows the form again with what is to be corrected."""
    visit, kind, facts = asked = await _asked(request, territory, resource)
    answers = await _answers(request, kind, facts)
    if answers.problems:
        return _form(asked, answers, None, status_code=422)
    try:
        await add_facts(visit.territory.id, kind.make(answers.values, facts))
    except Conflict as error:
        return _form(asked, answers, None, status_code=409, warning=error.detail)
    return Redirect(f"{visit.shell.address(kind.place)}?fait=ajout", status_code=303)


@get("/t/{territory:str}/fiche/{resource:str}/{code:str}", roles=COORDINATORS, include_in_schema=False)
async def ask_change(request: AnyRequest, territory: str, resource: str, code: str) -> Response[str]:
    """The form of a fact that exists."""
    _, kind, facts = asked = await _asked(request, territory, resource)
    record = _record(kind, facts, code)
    typed = untouched(kind.fields(facts), kind.typed(record))
    return _form(asked, Answers(typed=typed, values={}, problems=()), record)


@post("/t/{territory:str}/fiche/{resource:str}/{code:str}", roles=COORDINATORS, include_in_schema=False)
async def keep_change(request: AnyRequest, territory: str, resource: str, code: str) -> Response[Any]:
    """Stores the change; a fact changed by somebody else in between is shown again, nothing is lost."""
    visit, kind, facts = asked = await _asked(request, territory, resource)
    record, answers = _record(kind, facts, code), await _answers(request, kind, facts)
    if answers.problems:
        return _form(asked, answers, record, status_code=422)
    version = int((await request.form()).get("version") or 0)
    try:
        await change_one_fact(visit.territory.id, kind.change(record, answers.values, facts), version=version)
    except StaleVersion as error:
        return _form(asked, answers, record, status_code=412, warning=error.detail)
    return Redirect(f"{visit.shell.address(kind.place)}?fait=changement", status_code=303)


class Asked(NamedTuple):
    """A form asked for: by whom, of which kind, with the facts around it."""

    visit: Visit
    kind: Resource
    facts: Facts


async def _asked(request: AnyRequest, territory: str, resource: str) -> Asked:
    if resource not in RESOURCES:
        raise NotFound(text("Cette page n’existe pas."))
    kind = RESOURCES[resource]
    visit, facts = await _facts(request, territory, kind.place)
    return Asked(visit, kind, facts)


async def _facts(request: AnyRequest, territory: str, place: str) -> tuple[Visit, Facts]:
    visit = await enter(request, territory, place)
    return visit, await territory_facts(visit.territory)


def _record(kind: Resource, facts: Facts, code: str) -> Fact:
    found = kind.find(facts, code)
    if found is None:
        raise NotFound(text("Cette fiche n’existe pas, ou plus."))
    return found


async def _answers(request: AnyRequest, kind: Resource, facts: Facts) -> Answers:
    sent = await request.form()
    answers = read(kind.fields(facts), {name: [str(word) for word in sent.getall(name)] for name in sent})
    return kind.check(answers, facts)


def _form(
    asked: Asked, answers: Answers, record: Fact | None, *, status_code: int = 200, warning: str = ""
) -> Response[str]:
    visit, kind, facts = asked
    shell = visit.shell
    words = {
        "title": text(kind.new_title) if record is None else str(getattr(record, "name", record.code)),
        "lead": text(kind.lead),
        "fields": kind.fields(facts),
        "typed": answers.typed,
        "problems": answers.problems,
        "warnings": [warning] if warning else [],
        "action": shell.address(f"fiche/{kind.path}/{'nouveau' if record is None else record.code}"),
        "version": None if record is None else record.version,
        "submit": text("Enregistrer"),
        "history": history_of(shell, record) if record else "",
        "back": shell.address(kind.place),
        "back_words": text(PLACE_WORDS[kind.place]),
    }
    return page("facts/form.html", shell, words, status_code=status_code)


def history_of(shell: Shell, record: Fact) -> str:
    """The address of a fact's readable history."""
    return shell.address(f"historique?{urlencode({'nature': trail_kind(type(record)), 'code': record.code})}")


def said(request: AnyRequest) -> str:
    """What was just done, told where it was done."""
    done = {
        "ajout": text("Ajouté."),
        "changement": text("Enregistré."),
        "effacement": text("Effacé, pour de bon."),
    }
    return done.get(request.query_params.get("fait", ""), "")
