"""One form a kind of fact: asked, kept, taken away; what it breaks of the published plan is told at once."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.facts import facts_of
from db.queries.territories import territory_by_code
from db.records.base import Fact
from db.records.facts import Facts
from service.actions.keep_facts import add_facts, change_one_fact
from service.actions.remove_fact import remove_fact
from service.actions.replace_whole import mark_of, replace_whole
from service.actions.restore_fact import restore_fact
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import (
    Conflict,
    NameTaken,
    NotFound,
    ServiceError,
    StaleVersion,
    StillAway,
    StillUsed,
)
from service.messages.kept_away import kept_away
from service.messages.still_used import in_the_way
from service.pages.asked_days import month_asked
from service.pages.board.broken import Months, broken_months, published_breaches, summary
from service.pages.context import AnyRequest, Visit, enter
from service.pages.fact_form_page import Asked, form_page, preview_of
from service.pages.fact_origins import origin_of
from service.pages.facts.checked import checked
from service.pages.facts.kinds import PLACE_WORDS, RESOURCES
from service.pages.facts.named import title_of
from service.pages.facts.removed import filled_again, words_of
from service.pages.facts.resource import Question, Resource
from service.pages.facts.seen import SEEN, is_overtaken
from service.pages.form_parts import sent, version_sent, whole_form
from service.pages.forms import Answers, untouched
from service.pages.rendering import page

FORM = "/t/{territory:str}/fiche/{resource:str}"


@get(f"{FORM}/nouveau", roles=COORDINATORS, include_in_schema=False)
async def ask_new(request: AnyRequest, territory: str, resource: str) -> Response[str]:
    """An empty form; the address may fill some answers: `?site=gagny`."""
    _, kind, facts, *_ = asked = await _asked(request, territory, resource)
    given = {name: tuple(request.query_params.getall(name)) for name in request.query_params}
    typed = untouched(kind.fields(facts), given)
    return form_page(asked, Answers(typed=typed, values={}, problems=()), None)


@get(f"{FORM}/nouveau/apercu", roles=COORDINATORS, searches=True, include_in_schema=False)
async def show_preview(request: AnyRequest, territory: str, resource: str) -> Response[str]:
    """What the answers so far mean, in a sentence; nothing while one of them cannot be read."""
    visit, kind, facts, *_ = await _asked(request, territory, resource)
    given = {name: request.query_params.getall(name) for name in request.query_params}
    return page("facts/preview.html", visit.shell, {"words": preview_of(kind, facts, given)})


@post(f"{FORM}/nouveau", roles=COORDINATORS, include_in_schema=False)
async def keep_new(request: AnyRequest, territory: str, resource: str) -> Response[Any]:
    """Stores the new facts, or shows the form again with what is to be corrected."""
    visit, kind, facts, *_ = asked = await _asked(request, territory, resource)
    answers = await _answers(request, asked)
    if answers.problems:
        return form_page(asked, answers, None)
    if is_overtaken("".join(await sent(request, SEEN)), kind, answers.typed, facts):
        return form_page(asked, answers, None, status_code=StaleVersion.status)
    before = await published_breaches(visit.territory, with_pinned=True)
    try:
        made, told = await _add(asked, answers)
    except (Conflict, StaleVersion) as error:
        return form_page(asked, answers, None, status_code=409, warning=_why_not(error))
    return await _kept(asked, before, f"{made}fait=ajout", told)


@get(f"{FORM}/{{code:str}}", roles=COORDINATORS, include_in_schema=False)
async def ask_change(request: AnyRequest, territory: str, resource: str, code: str) -> Response[str]:
    """The form of a fact that exists."""
    asked = await _asked(request, territory, resource)
    record = _record(asked.kind, asked.facts, code)
    asked = asked._replace(origin=await origin_of(asked.visit.territory, record))
    return form_page(asked, _as_kept(asked, record), record)


@post(f"{FORM}/{{code:str}}", roles=COORDINATORS, include_in_schema=False)
async def keep_change(request: AnyRequest, territory: str, resource: str, code: str) -> Response[Any]:
    """Stores the change; a fact changed by somebody else in between is shown again, nothing is lost."""
    asked = await _asked(request, territory, resource)
    record = _record(asked.kind, asked.facts, code)
    answers = await _answers(request, asked, record)
    question = None if answers.problems else await _unanswered(request, asked, record, answers)
    if answers.problems or question:
        return form_page(asked, answers, record, question=question)
    before = await published_breaches(asked.visit.territory, with_pinned=True)
    try:
        await _change(asked, record, answers, await version_sent(request))
    except (StaleVersion, Conflict) as error:
        return form_page(asked, answers, record, status_code=error.status, warning=_why_not(error))
    return await _kept(asked, before, f"{_about(asked.kind, record)}fait=changement")


@post(f"{FORM}/{{code:str}}/retirer", roles=COORDINATORS, include_in_schema=False)
async def take_away(request: AnyRequest, territory: str, resource: str, code: str) -> Response[Any]:
    """An absence or a closure goes; a site, a cadence, a person is put away and asks nothing more."""
    visit, kind, facts, *_ = asked = await _asked(request, territory, resource)
    record = _record(kind, facts, code)
    version = await version_sent(request)
    before = await published_breaches(visit.territory, with_pinned=True)
    try:
        await _take_away(visit, record, version)
    except (StaleVersion, StillUsed) as error:
        return form_page(asked, _as_kept(asked, record), record, status_code=409, warning=_why_not(error))
    done = f"{_about(kind, record)}{_again(asked, record)}fait=retrait"
    return await _kept(asked, before, done, away=record if hasattr(record, "archived_at") else None)


@post(f"{FORM}/{{code:str}}/remettre", roles=COORDINATORS, include_in_schema=False)
async def put_back(request: AnyRequest, territory: str, resource: str, code: str) -> Response[Any]:
    """What was put away asks again for what it asked for."""
    visit, kind, facts, *_ = asked = await _asked(request, territory, resource)
    record = _record(kind, facts, code)
    version = await version_sent(request)
    before = await published_breaches(visit.territory, with_pinned=True)
    try:
        await restore_fact(visit.territory.id, record, version=version)
    except (StaleVersion, Conflict) as error:
        return form_page(asked, _as_kept(asked, record), record, status_code=409, warning=_why_not(error))
    return await _kept(asked, before, f"{_about(kind, record)}fait=retour")


def _as_kept(asked: Asked, record: Fact) -> Answers:
    """The form of a fact as it stands."""
    _, kind, facts, *_ = asked
    return Answers(typed=untouched(kind.fields(facts), kind.typed(record, facts)), values={}, problems=())


def _why_not(error: ServiceError) -> str:
    if isinstance(error, StillUsed):
        return in_the_way(error)
    return kept_away(error) if isinstance(error, NameTaken | StillAway) else error.detail or error.title


def _about(kind: Resource, record: Fact) -> str:
    """What the address says of what it was done to."""
    return urlencode({"quoi": f"{kind.path}:{record.code}"}) + "&"


def _again(asked: Asked, record: Fact) -> str:
    """Of what is gone for good, with what its form was filled."""
    _, kind, facts, *_ = asked
    if hasattr(record, "archived_at"):
        return ""
    return urlencode({"encore": filled_again(kind, record, facts)}) + "&"


async def _add(asked: Asked, answers: Answers) -> tuple[str, tuple[str, ...]]:
    """What the address says of what was added, and who, where and when each thing of its kind concerns."""
    visit, kind, facts, *_ = asked
    if kind.whole is None:
        made = kind.make(answers.values, facts)
        await add_facts(visit.territory.id, made)
        last = made[-1]
        same = sum(type(one) is type(last) for one in made)
        told = tuple(title_of(kind, one, facts) for one in made if type(one) is type(last))
        about = _about(kind, last) if same == 1 and not last.version else _how_many(kind, same)
        return about, told
    mark = f'"{mark_of(getattr(facts, kind.kind))}"'
    await replace_whole(visit.territory, kind.whole(answers.values, facts), kind.kind, mark)
    return "", ()


def _how_many(kind: Resource, count: int) -> str:
    return urlencode({"quoi": f"{kind.path}:", "nombre": count}) + "&"


async def _change(asked: Asked, record: Fact, answers: Answers, version: int) -> None:
    """Raises `StaleVersion`, `Conflict`."""
    visit, kind, facts, *_ = asked
    changed = kind.change(record, answers.values, facts)
    beside = kind.beside(record, answers.values, facts)
    await change_one_fact(visit.territory.id, changed, version=version, beside=beside)


async def _take_away(visit: Visit, record: Fact, version: int) -> None:
    if hasattr(record, "archived_at"):
        away = msgspec.structs.replace(record, archived_at=datetime.now(UTC))
        await change_one_fact(visit.territory.id, away, version=version)
    else:
        await remove_fact(visit.territory, type(record), record.code, lambda _: version, lambda _: None)


async def _kept(
    asked: Asked, before: Months, done: str, told: tuple[str, ...] = (), away: Fact | None = None
) -> Response[Any]:
    """Back to the list or the board, whose address says what was done; first what this breaks of the published plan, when it breaks something new.

    `told` names what was added, each in a line; `away` is what was just put away: it may come back from there.
    """
    visit, kind, *_ = asked
    leave = f"{asked.back}?{urlencode({'fait': 'fiche', 'dit': done}) if asked.month_on else done}"
    fresh = await territory_by_code(visit.territory.code)
    root = visit.shell.address("planning")
    months = await broken_months(fresh, await published_breaches(fresh, with_pinned=True), before, root)
    if not months:
        return Redirect(leave, status_code=303)
    words = {
        "done": told or (words_of(done, await facts_of(fresh.id)),),
        "months": months,
        "summary": summary(months),
        "leave": leave,
        "back": visit.shell.address(kind.place),
        "back_words": text(PLACE_WORDS[kind.place]),
        "undo": visit.shell.address(f"fiche/{kind.path}/{away.code}/remettre") if away else "",
        "version": away.version + 1 if away else 0,
    }
    return page("facts/broken.html", visit.shell, words)


async def _asked(request: AnyRequest, territory: str, resource: str) -> Asked:
    if resource not in RESOURCES:
        raise NotFound(text("Cette page n’existe pas."))
    kind = RESOURCES[resource]
    visit = await enter(request, territory, kind.place)
    return Asked(visit, kind, await facts_of(visit.territory.id), month_on=_month_asked(request))


def _month_asked(request: AnyRequest) -> date | None:
    try:
        return month_asked(request.query_params.get("mois", ""))
    except ValueError:
        return None


def _record(kind: Resource, facts: Facts, code: str) -> Fact:
    found = kind.find(facts, code)
    if found is None:
        raise NotFound(text("Cette fiche n’existe pas, ou plus."))
    return found


async def _answers(request: AnyRequest, asked: Asked, record: Fact | None = None) -> Answers:
    return checked(asked.kind, await whole_form(request), asked.facts, record)


async def _unanswered(request: AnyRequest, asked: Asked, record: Fact, answers: Answers) -> Question | None:
    """What a change still asks; its answer, once there is one, is put beside the values."""
    question = asked.kind.asks(record, answers.values, asked.facts)
    if question is None:
        return None
    (answer,) = await sent(request, question.name)
    answers.values[question.name] = answer
    return None if answer in dict(question.options) else question
