"""À relancer: paths that too many absences suspended, and the page on which their referent decides."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from litestar import Response, get, post
from litestar.response import Redirect

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import fact, facts_of
from db.records.facts import Facts
from db.records.participant import Path
from service.actions.actor import Actor
from service.actions.decide_path import Decision, decide_path
from service.catalogue import text
from service.edge.actors import actor_of
from service.edge.guards import TEAM
from service.edge.identity import identify
from service.errors import NotFound, StaleVersion
from service.pages.asking_again import answered, asks_again
from service.pages.context import AnyRequest, Visit, enter
from service.pages.form_parts import typed
from service.pages.person.path_view import DECISION, choices, done_words, path_card, waiting
from service.pages.person.view import appointments
from service.pages.rendering import page
from service.privacy.who_may_see import refuse_others

LIST = "/t/{territory:str}/a-relancer"
ONE = "/t/{territory:str}/personnes/{reference:str}/parcours/{code:str}"
SHARED: dict[str, Any] = {"participants": True, "include_in_schema": False}


class Followed(NamedTuple):
    """A path as somebody who may decide of it sees it."""

    visit: Visit
    facts: Facts
    path: Path
    actor: Actor


@get(LIST, roles=TEAM, **SHARED)
async def show_waiting_paths(request: AnyRequest, territory: str) -> Response[str]:
    """A referent's own; the coordination sees everybody's."""
    visit = await enter(request, territory, "personnes")
    facts, actor = await facts_of(visit.territory.id), actor_of(await identify(request))
    words = {
        "cards": waiting(facts, actor.only_staff),
        "said": done_words(request.query_params.get("fait", "")),
        "coordinates": actor.only_staff is None,
    }
    return page("person/waiting.html", visit.shell, words)


@get(ONE, roles=TEAM, **SHARED)
async def ask_decision(request: AnyRequest, territory: str, reference: str, code: str) -> Response[str]:
    """Why the path waits, and what each decision does, before it is taken."""
    return await _decision(await _followed(request, territory, reference, code))


@post(ONE, roles=TEAM, **SHARED)
@asks_again(ask_decision.fn)
async def keep_decision(request: AnyRequest, territory: str, reference: str, code: str) -> Response[Any]:
    """Relancer, suspendre ou terminer; back to those that still wait."""
    followed = await _followed(request, territory, reference, code)
    (version,) = await typed(request, "version")
    decision = (await answered(request, DECISION))[DECISION.name]
    try:
        await _decide(followed, decision, version)
    except StaleVersion:
        # The facts of this request are those from before: the path alone is read again.
        changed = followed._replace(path=await fact(followed.visit.territory.id, Path, code))
        return await _decision(changed, text("Ce parcours a changé entre-temps : voici où il en est."), 412)
    return Redirect(f"{followed.visit.shell.address('a-relancer')}?fait={decision}", status_code=303)


async def _decide(followed: Followed, decision: Decision, version: str) -> None:
    """What was shown is what is decided of. Raises `StaleVersion`."""
    visit, _, path, actor = followed
    if version != str(path.version):
        raise StaleVersion(version=path.version)
    await decide_path(visit.territory, path.code, decision, actor, version=path.version)


async def _followed(request: AnyRequest, territory: str, reference: str, code: str) -> Followed:
    """Raises `NotFound` for who may not see this person, and for a path that is not theirs."""
    visit = await enter(request, territory, "personnes")
    facts, identity = await facts_of(visit.territory.id), await identify(request)
    await refuse_others(identity, facts, reference, datetime.now(UTC))
    path = next((one for one in facts.paths if (one.code, one.participant) == (code, reference)), None)
    if path is None:
        raise NotFound(text("Ce parcours n’existe pas, ou plus."))
    return Followed(visit, facts, path, actor_of(identity))


async def _decision(followed: Followed, problem: str = "", status_code: int = 200) -> Response[str]:
    visit, facts, path, actor = followed
    now = datetime.now(UTC)
    coming = Wanted(from_on=visit.territory.day_of(now), participant=path.participant)
    words = {
        "path": path_card(facts, path),
        "choices": choices(path),
        "appointments": appointments(facts, await assignments_of(visit.territory.id, coming), now),
        "problem": problem,
        "coordinates": actor.only_staff is None,
    }
    return page("person/decide.html", visit.shell, words, status_code=status_code)


PATH_PAGES = (show_waiting_paths, ask_decision, keep_decision)
