"""What is published, read: the month, one thing, its history, who may come instead."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import MediaType, Response, get
from litestar.params import FromPath, QueryParameter

from db.queries.assignments import Wanted, assignment, assignments_of, events_of
from db.queries.attendance import attendance_of
from db.records.assignment import Kind, Status
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.own_people import visible_participants
from service.actions.replace_today import replacements_for
from service.api.dependencies import ActorOf, TerritoryOf
from service.api.kept_bodies import KeptBodies, say_shown
from service.api.paging import (
    AnyRequest,
    IfNoneMatch,
    Limit,
    Offset,
    PartOf,
    list_tag,
    no_news,
    part_of,
    told,
)
from service.api.signed import answers, filters_of, given, signed
from service.edge.etags import etag, is_known
from service.edge.guards import TEAM
from service.errors import BadInput
from service.schemas.base import FIRST_YEAR, LAST_YEAR
from service.schemas.living import (
    AssignmentPage,
    AssignmentView,
    EventPage,
    NotedPage,
    ReplacementPage,
    assignment_view,
    event_view,
)

TAGS = ["published"]
LONGEST = timedelta(days=400)
Word = Annotated[str | None, QueryParameter(max_length=100)]


async def list_published(
    within: TerritoryOf,
    actor: ActorOf,
    request: AnyRequest,
    if_none_match: IfNoneMatch = None,
    limit: Limit = 500,
    offset: Offset = 0,
    **filters: Any,
) -> Response[Any]:
    """`from_on` and `until_on` are needed, both included, at most 400 days; of participants those one may see."""
    tag = list_tag(within, actor, request)
    if is_known(tag, if_none_match):
        return no_news(tag)
    bodies: KeptBodies = request.app.state.bodies
    body = bodies.get(tag) or bodies.keep(
        tag, await _part(within, actor, wanted_of(given(filters)), (limit, offset))
    )
    say_shown(body)
    return Response(body.content, media_type=MediaType.JSON, headers={"etag": tag})


async def _part(within: Territory, actor: Actor, wanted: Wanted, part: tuple[int, int]) -> AssignmentPage:
    """`part` is a limit and an offset."""
    limit, offset = part
    people = await visible_participants(within, actor)
    found = await assignments_of(within.id, wanted)
    if people is not None and wanted.participant not in (None, *people):
        found = ()
    more = offset + limit if len(found) > offset + limit else None
    items = tuple(assignment_view(one, people) for one in found[offset : offset + limit])
    return AssignmentPage(items=items, total=len(found), next_offset=more)


FILTERS = {
    "from_on": date,
    "until_on": date,
    "kind": Kind,
    "status": Status,
    "site": str,
    "staff": str,
    "participant": str,
}

list_assignments = get(
    "/assignments",
    operation_id="list_assignments",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    participants=True,
    summary="What is published between two dates",
)(signed(list_published, answers(AssignmentPage), **filters_of(FILTERS)))


def wanted_of(asked: dict[str, Any]) -> Wanted:
    """Raises `BadInput` on dates that are missing or too far apart."""
    if "from_on" not in asked or "until_on" not in asked:
        raise BadInput("from_on, until_on: nécessaires")
    refuse_far(asked["from_on"], asked["until_on"])
    several = {"kind": "kinds", "status": "statuses", "site": "sites"}
    fields: dict[str, Any] = {
        several.get(name, name): (value,) if name in several else value for name, value in asked.items()
    }
    return Wanted(**fields)


def refuse_far(from_on: date, until_on: date) -> None:
    """Raises `BadInput` on dates that stand the wrong way round or more than 400 days apart."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    if (
        from_on.year not in years
        or until_on.year not in years
        or not from_on <= until_on <= from_on + LONGEST
    ):
        raise BadInput("until_on: de from_on à 400 jours plus tard")


@get(
    "/assignments/{assignment_id:uuid}",
    operation_id="read_assignment",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    participants=True,
    summary="One published thing",
)
async def read_assignment(
    within: TerritoryOf, actor: ActorOf, assignment_id: FromPath[UUID], if_none_match: IfNoneMatch = None
) -> Response[AssignmentView]:
    """Its ETag is its revision."""
    found = await assignment(within.id, assignment_id)
    tag = etag(found.revision)
    if is_known(tag, if_none_match):
        return no_news(tag)
    return Response(assignment_view(found, await visible_participants(within, actor)), headers={"etag": tag})


@get(
    "/assignments/{assignment_id:uuid}/events",
    operation_id="list_assignment_events",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    summary="Its history",
)
async def list_events(
    within: TerritoryOf,
    actor: ActorOf,
    assignment_id: FromPath[UUID],
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[EventPage]:
    """The oldest first; what was overruled names people, and is told to who may see them."""
    found = await assignment(within.id, assignment_id)
    people = await visible_participants(within, actor)
    hidden = people is not None and found.participant not in (None, *people)
    views = [event_view(one, hidden=hidden) for one in await events_of(assignment_id)]
    return told(part_of(EventPage, views, limit, offset), if_none_match)


@get(
    "/assignments/{assignment_id:uuid}/attendance",
    operation_id="read_attendance",
    roles=TEAM,
    errors=(304,),
    tags=TAGS,
    participants=True,
    summary="Who came",
)
async def read_attendance(
    within: TerritoryOf,
    actor: ActorOf,
    assignment_id: FromPath[UUID],
    limit: Limit = 100,
    offset: Offset = 0,
    if_none_match: IfNoneMatch = None,
) -> Response[NotedPage]:
    found = await attendance_of(within.id, [(await assignment(within.id, assignment_id)).id])
    people = await visible_participants(within, actor)
    seen = [one for one in found if people is None or one.participant in people]
    return told(part_of(NotedPage, seen, limit, offset), if_none_match)


@get(
    "/assignments/{assignment_id:uuid}/replacements",
    operation_id="list_replacements",
    roles=TEAM,
    errors=(304, 409),
    tags=TAGS,
    summary="Who may come instead: free, authorised, announced there",
)
async def list_replacements(
    within: TerritoryOf,
    actor: ActorOf,
    assignment_id: FromPath[UUID],
    part: PartOf,
    leaving: Word = None,
    if_none_match: IfNoneMatch = None,
) -> Response[ReplacementPage]:
    found = await replacements_for(within, assignment_id, actor, leaving=leaving)
    return told(part_of(ReplacementPage, found, *part), if_none_match)


PUBLISHED = (list_assignments, read_assignment, list_events, read_attendance, list_replacements)
