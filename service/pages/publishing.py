"""Compare a draft with what is published, read who will be told, publish."""

import asyncio
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from db.records.plan import Plan as PlanRecord
from db.states import EDITABLE_PLANS, PlanState
from planner.plan import Level, Plan
from planner.problem import Problem
from service.actions.edit_draft import read_steps
from service.actions.publish_plan import publish_plan
from service.actions.read_snapshot import read_snapshot
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import DraftNoLongerHolds, NotFound, StaleVersion, StepNotAllowed
from service.explaining.contents import plan_contents
from service.pages.board.history import READABLE, dated_at, moment, name_of
from service.pages.board.links import Choice
from service.pages.board.refused import refused_sentences
from service.pages.board.source import Month, load_month, today_in
from service.pages.board.verdict import unplaced_count
from service.pages.board.version import draft_number
from service.pages.change_reasons import hands_in, how_made, is_computed, with_reasons
from service.pages.comparison import Change, Comparison, compare
from service.pages.context import AnyRequest, Visit, enter
from service.pages.desk import Desk
from service.pages.edits import sent_fields
from service.pages.generation import actor_of
from service.pages.late_bookings import late_bookings
from service.pages.measured import as_measured, why_unlike
from service.pages.month_board import load_asked_month, made_at
from service.pages.outrun import outrun
from service.pages.rendering import page
from service.pages.seen import seen_of
from service.pages.version_origin import version_origin
from service.pages.who_is_told import Telling, who_is_told
from service.translate.problem import translate

MONTH = "/t/{territory:str}/planning/{month:str}"


@get(f"{MONTH}/comparer", roles=COORDINATORS, include_in_schema=False)
async def show_comparison(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """What the version shown changes of another, and for whom: nothing is published from here."""
    return await _page(request, territory, month, compares=True)


@get(f"{MONTH}/publier", roles=COORDINATORS, include_in_schema=False)
async def ask_to_publish(request: AnyRequest, territory: str, month: str) -> Response[str]:
    """The same with who will be told, and the button: publishing is never one blind click away."""
    return await _page(request, territory, month)


@post(f"{MONTH}/publier", roles=COORDINATORS, include_in_schema=False)
async def publish(request: AnyRequest, territory: str, month: str) -> Response[Any]:
    """Publishes the draft that was read, or says what no longer holds."""
    visit = await enter(request, territory, "planning")
    found, sent = await load_asked_month(visit, month), await sent_fields(request)
    silently = sent.get("sans_prevenir") == "oui"
    refusal = await _publish(visit, found, sent.get("revision", ""), silently=silently)
    if refusal is not None:
        return await _page(request, territory, month, status_code=409, refusal=refusal)
    done = "silence" if silently else "publication"
    return Redirect(f"{visit.shell.address(f'planning/{month}')}?fait={done}", status_code=303)


class Refusal(NamedTuple):
    """Why nothing was published, what it is about; `replans`: to compute again would help."""

    problem: str
    told: tuple[str, ...] = ()
    replans: bool = False


async def _publish(visit: Visit, found: Month, read: str, *, silently: bool) -> Refusal | None:
    """Publishes what the page showed, `read` as `seen_of` writes it; nothing else, nothing that changed meanwhile."""
    draft = found.shown
    if draft is None or draft.state not in EDITABLE_PLANS or read != seen_of(draft):
        return await _changed(visit, found, read)
    try:
        await publish_plan(
            visit.territory, draft.id, actor_of(visit), silently=silently, version=draft.version
        )
    except DraftNoLongerHolds as error:
        lost = refused_sentences(error, found.facts)
        return Refusal(error.title, lost, replans=True)
    except StaleVersion:
        return await _changed(visit, found, read)
    except StepNotAllowed as error:
        return Refusal(error.title)
    return None


async def _changed(visit: Visit, found: Month, read: str) -> Refusal:
    """What became of the draft that was read, in words."""
    desk = Desk(
        visit, await load_month(visit.territory, found.facts.problem.first_on, found.facts.problem.last_on)
    )
    steps = await read_steps(desk.month.shown.id) if desk.month.shown else []
    now = outrun(desk, read, steps)
    if now.what:
        return Refusal(text("Rien n’est publié par cette page. {what}", what=now.what))
    told = tuple(
        text("{who} à {when} : {what}", who=one.who, when=one.when, what=one.words) for one in now.theirs
    )
    return Refusal(
        text(
            "Ce brouillon a changé pendant que vous le lisiez. Rien n’est publié : voici ce qu’il donne maintenant."
        ),
        told,
    )


async def _page(
    request: AnyRequest,
    territory: str,
    month: str,
    *,
    status_code: int = 200,
    refusal: Refusal | None = None,
    compares: bool = False,
) -> Response[str]:
    visit = await enter(request, territory, "planning")
    found = await load_asked_month(visit, month)
    facts = found.facts
    against = _against(found, request.query_params.get("avec")) if compares else None
    record = next((plan for plan in found.plans if plan.state is PlanState.PUBLISHED), None)
    published, now = await _published(visit, found, record)
    earlier, after = against or record, facts.plan or Plan()
    before = _measured(found, await plan_contents(against) if against else published, earlier)
    compared = compare(facts.problem, facts.labels, before, after, unlike=_unlike(found, earlier))
    is_draft = bool(facts.version and facts.version.is_draft)
    words = {
        "month": found,
        "version": facts.version,
        "first_on": facts.problem.first_on,
        "origin": await version_origin(found, visit.territory),
        "comparison": await _with_reasons(compared, before, found),
        "against": against,
        "against_name": _version_name(against, found, visit) if against else "",
        "compares": compares,
        "unplaced": unplaced_count(after),
        "decisions": facts.decisions,
        "falling": facts.standing.falling if facts.standing else (),
        "wants_anew": facts.standing is None or facts.standing.wants_anew,
        "made_good": facts.made_good,
        "late_bookings": late_bookings(after, now),
        "choices": _choices(found, visit, against),
        "path": visit.shell.address(f"planning/{month}"),
        "refusal": refusal,
        "revision": seen_of(found.shown),
        "is_draft": is_draft,
        "first": published is None and not against,
        "telling": await _telling(visit, found, compared.changes) if is_draft and not compares else None,
        "mail_waits": not request.app.state.settings.smtp,
    }
    return page("publish/compare.html", visit.shell, words, status_code=status_code)


async def _with_reasons(compared: Comparison, before: Plan | None, found: Month) -> Comparison:
    hands, made, computed = await hands_in(found), how_made(found), is_computed(found)
    return await asyncio.to_thread(
        with_reasons, compared, found.facts, before, hands, made, computed=computed
    )


async def _telling(visit: Visit, found: Month, changes: Iterable[Change]) -> Telling | None:
    """None for what is never published: a scenario."""
    if found.shown is None or found.shown.origin == SCENARIO:
        return None
    return await who_is_told(visit.territory, found.shown.id, actor_of(visit).account_id, changes)


def _against(found: Month, number: str | None) -> PlanRecord | None:
    """Another version to compare with; what everybody sees when none is named. Raises `NotFound`."""
    if not number:
        return None
    record = next((plan for plan in found.plans if str(plan.number) == number), None)
    if record is None or record.state not in READABLE:
        raise NotFound(text("Cette version n’existe pas."))
    return record


def _choices(found: Month, visit: Visit, against: PlanRecord | None) -> list[Choice]:
    """What this version can be compared with: what is published, other versions, scenarios by their names."""
    path = visit.shell.address(f"planning/{found.facts.problem.first_on:%Y-%m}/comparer")
    others = [
        plan
        for plan in found.plans
        if plan.state in READABLE and plan.state is not PlanState.PUBLISHED and plan.id != _id(found)
    ]
    first = Choice(label=text("Ce qui est publié"), address=path, current=against is None)
    return [
        first,
        *(
            Choice(
                label=_version_name(plan, found, visit),
                address=f"{path}?avec={plan.number}",
                current=against is not None and plan.id == against.id,
            )
            for plan in others[:5]
        ),
    ]


def _version_name(plan: PlanRecord, found: Month, visit: Visit) -> str:
    """A draft is told by its number as the board tells it, and by its time; an old one by its time alone."""
    if plan.published_at is not None or plan.options.get("name"):
        return name_of(plan, found.numbers, found.draft_ranks)
    when, rank = moment(dated_at(plan), visit.territory.zone), found.draft_ranks.get(plan.id)
    if rank is None:
        return text("Brouillon du {moment}", moment=when)
    version = draft_number(found.numbers[plan.id], rank)
    return text("Brouillon {version} du {moment}", version=version, moment=when)


def _id(found: Month) -> UUID | None:
    return found.shown.id if found.shown else None


def _measured(found: Month, before: Plan | None, earlier: PlanRecord | None) -> Plan | None:
    """What is compared with, its changes weighed as those of the version shown."""
    if before is None or earlier is None or found.shown is None:
        return before
    return as_measured(before, earlier, found.shown, found.plans)


def _unlike(found: Month, earlier: PlanRecord | None) -> str:
    return why_unlike(earlier, found.shown, found.plans) if earlier and found.shown else ""


async def _published(visit: Visit, found: Month, record: PlanRecord | None) -> tuple[Plan | None, Problem]:
    """What everybody else sees now, bookings and cancellations included; None when nothing is published.

    Also the facts of this moment, with the places that partners have.

    Its levels are those of the version as it was published.
    """
    problem = found.facts.problem
    snapshot = await read_snapshot(visit.territory.id, problem.first_on, problem.last_on, made_at())
    today_on = today_in(visit.territory)
    now = translate(snapshot, problem.first_on, problem.last_on, today_on).problem
    living = now.published
    if living is None or record is None:
        return living, now
    levels = tuple(msgspec.convert(level, Level) for level in record.levels)
    return msgspec.structs.replace(living, levels=levels), now
