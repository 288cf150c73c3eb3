"""The living plan: interviews fixed, moved and cancelled, who came, absences, this morning."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath, JSONBody

from db.records.participant import Path
from service.actions.cancel_interview import cancel_interview
from service.actions.cancel_today import Displaced, cancel_today
from service.actions.create_absence import NewAbsence, create_absence
from service.actions.decide_path import decide_path
from service.actions.fix_interview import fix_interview
from service.actions.move_interview import move_interview
from service.actions.record_attendance import record_attendance
from service.actions.replace_today import replace_today
from service.actions.say_late import say_late
from service.api.dependencies import ActorOf, TerritoryOf
from service.api.paging import IfMatch
from service.edge.etags import etag, version_given, version_read
from service.edge.guards import TEAM
from service.schemas.facts.team import NewAbsenceBody
from service.schemas.living import (
    AssignmentView,
    AttendanceRequest,
    CancelInterviewRequest,
    DecisionRequest,
    DeclaredView,
    FixRequest,
    LateRequest,
    MoveInterviewRequest,
    RecordedView,
    ReplacedView,
    ReplaceRequest,
    SettledView,
    assignment_view,
    recorded_view,
    settled_view,
)
from service.schemas.plans import CancelRequest

TAGS = ["living plan"]
ONE = "/assignments/{assignment_id:uuid}"


@post(
    "/interviews",
    operation_id="fix_interview",
    roles=TEAM,
    errors=(404, 409),
    participants=True,
    tags=TAGS,
    summary="Fix the next date with the person",
)
async def post_interview(within: TerritoryOf, actor: ActorOf, data: JSONBody[FixRequest]) -> SettledView:
    """Inside a published half-day; 409 with `broken`, the rules it would break: a coordinator may overrule."""
    asked = data.appointment(data.participant, data.need)
    return settled_view(await fix_interview(within, asked, actor, overrule=data.overrule))


@post(
    "/interviews/{assignment_id:uuid}/move",
    operation_id="move_interview",
    roles=TEAM,
    errors=(409, 412),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Move an interview, or confirm its hour",
)
async def post_move(
    within: TerritoryOf,
    actor: ActorOf,
    assignment_id: FromPath[UUID],
    data: JSONBody[MoveInterviewRequest],
    if_match: IfMatch = None,
) -> SettledView:
    """`If-Match`, or `revision`: only what was read."""
    read = data.revision if if_match is None else version_given(if_match)
    moved = await move_interview(
        within, assignment_id, data.hour(), actor, revision=read, overrule=data.overrule
    )
    return settled_view(moved)


@post(
    "/interviews/{assignment_id:uuid}/cancel",
    operation_id="cancel_interview",
    roles=TEAM,
    errors=(409, 412),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Cancel an interview to come",
)
async def post_cancelled(
    within: TerritoryOf,
    actor: ActorOf,
    assignment_id: FromPath[UUID],
    data: JSONBody[CancelInterviewRequest],
    if_match: IfMatch = None,
) -> AssignmentView:
    """It waits for another place: `list_displaced` tells of it. `If-Match`: only what was read."""
    read = version_given(if_match)
    cancelled = await cancel_interview(
        within, assignment_id, actor, reason=data.reason, by=data.by, revision=read
    )
    return assignment_view(cancelled)


@post(
    f"{ONE}/attendance",
    operation_id="record_attendance",
    roles=TEAM,
    errors=(409,),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Say who came, and fix the next date",
)
async def post_attendance(
    within: TerritoryOf, actor: ActorOf, assignment_id: FromPath[UUID], data: JSONBody[AttendanceRequest]
) -> RecordedView:
    """`asked` are paths suspended after too many absences in a row, which wait for `decide_path`."""
    following = None if data.next is None else data.next.appointment("")
    recorded = await record_attendance(
        within, assignment_id, data.statuses(), actor, next_date=following, overrule=data.overrule
    )
    return recorded_view(recorded)


@post(
    "/paths/{code:str}/decision",
    operation_id="decide_path",
    roles=TEAM,
    errors=(412, 428),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Answer for a path that waits: resume, suspend, end",
)
async def post_decision(
    within: TerritoryOf,
    actor: ActorOf,
    code: FromPath[str],
    data: JSONBody[DecisionRequest],
    if_match: IfMatch = None,
) -> Response[Path]:
    """`If-Match`: the ETag of `read_path`."""
    decided = await decide_path(within, code, data.decision, actor, version=version_read(if_match))
    return Response(decided, headers={"etag": etag(decided.version)})


@post(
    "/absences",
    operation_id="create_absence",
    roles=TEAM,
    errors=(404, 409),
    tags=TAGS,
    summary="Declare an absence, of several people in one call",
)
async def post_absence(within: TerritoryOf, actor: ActorOf, data: JSONBody[NewAbsenceBody]) -> DeclaredView:
    """`landed` says on which published things, and which `request_plan` would mend them. 409 when all of it is noted."""
    wanted = NewAbsence(staff=data.staff, starts_at=data.starts_at, ends_at=data.ends_at, kind=data.kind)
    declared = await create_absence(within, wanted, actor)
    return DeclaredView(absences=declared.absences, landed=declared.landed, already=declared.already)


@post(
    f"{ONE}/cancel-today",
    operation_id="cancel_today",
    roles=TEAM,
    errors=(409, 412),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Call a published thing off, at once",
)
async def post_cancellation(
    within: TerritoryOf,
    actor: ActorOf,
    assignment_id: FromPath[UUID],
    data: JSONBody[CancelRequest],
    if_match: IfMatch = None,
) -> list[Displaced]:
    """What is called off with it, the nearest in time first: who is to be told. `If-Match`: only what was read."""
    read = version_given(if_match)
    gone = await cancel_today(within, assignment_id, actor, reason=data.reason, by=data.by, revision=read)
    return list(gone)


@post(
    f"{ONE}/late",
    operation_id="say_late",
    roles=TEAM,
    errors=(409,),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Say that one is late",
)
async def post_late(
    within: TerritoryOf, actor: ActorOf, assignment_id: FromPath[UUID], data: JSONBody[LateRequest]
) -> list[Displaced]:
    """Who waits, the nearest in time first."""
    return list(await say_late(within, assignment_id, actor, minutes=data.minutes))


@post(
    f"{ONE}/replace",
    operation_id="replace_today",
    roles=TEAM,
    errors=(409,),
    status_code=200,
    participants=True,
    tags=TAGS,
    summary="Somebody else takes a half-day with its interviews",
)
async def post_replacement(
    within: TerritoryOf, actor: ActorOf, assignment_id: FromPath[UUID], data: JSONBody[ReplaceRequest]
) -> ReplacedView:
    """409 with `broken` when a rule speaks against it: a coordinator may overrule."""
    done = await replace_today(
        within, assignment_id, data.coming, actor, leaving=data.leaving, overrule=data.overrule
    )
    return ReplacedView(
        assignments=tuple(assignment_view(one) for one in done.assignments), broken=done.broken
    )


LIVING = (
    post_interview,
    post_move,
    post_cancelled,
    post_attendance,
    post_decision,
    post_absence,
    post_cancellation,
    post_late,
    post_replacement,
)
