"""Tells the trail who acts, for the length of a request; notes what the request read or wrote.

Writes are noted by their own transactions (`db.acting`). What a page, an answer or a refusal shows of
participants is noted after it was sent: every reference found in it, whoever wrote the handler. So is
every document that leaves as a file, by its name, which tells of what it is.
"""

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

import structlog
from litestar import Response
from litestar.enums import MediaType, ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.response import File, Redirect, Stream
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from db.acting import Acting, act_as, acting_now
from db.errors import DatabaseError, NotFoundError
from db.queries.trail import note
from db.records.trail import TrailEntry
from service.accounts.origin import origin_of
from service.edge.csrf import SAFE
from service.edge.identity import Connection, Identity, identify
from service.edge.refusals import is_refused, tell_refusal
from service.edge.whose_territory import territory_at
from service.errors import Forbidden
from service.privacy.shown import references_in, without_references

PRINTED = ("application/pdf", "application/vnd.openxmlformats")
_PARTICULAR = re.compile(r"\{[^}]*\}")
_FILE_NAME = re.compile(r'filename="([^"]+)"')
log = structlog.get_logger(__name__)


async def say_who_acts(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard, the last one: from here on this task acts in somebody's name.

    A route with `bookkeeping` changes nothing that anybody would look for in the trail.
    """
    writes = connection.scope.get("method", "GET") not in SAFE and not handler.opt.get("bookkeeping")
    if "public" in handler.opt.get("roles", ()) and not writes:
        act_as(Acting(action=action_of(handler), label="visite", writes=False))
        return
    identity, territory_id = await identify(connection), await _territory(connection)
    act_as(
        Acting(
            action=action_of(handler),
            actor_id=_id_of(identity.account_id) if identity else None,
            label=identity.label or identity.role if identity else "visite",
            address=origin_of(connection).address or None,
            about=_about(connection.path_params),
            territory_id=territory_id,
            nowhere=territory_id is None and "territory" in connection.path_params,
            writes=writes,
            blind=identity is not None and not identity.sees_participants,
            page=_page(connection),
            confidential=bool(handler.opt.get("participants")),
            sees_everybody=identity is not None and identity.role == "coordinator",
        )
    )


async def say_who_is_refused(connection: Connection, identity: Identity) -> None:
    """Somebody signed in asks for what is not for them: the trail of the territory that the address names is told."""
    territory_id = await _territory(connection)
    act_as(
        Acting(
            action="refused",
            actor_id=_id_of(identity.account_id),
            label=identity.label or identity.role,
            address=origin_of(connection).address or None,
            territory_id=territory_id,
            nowhere=territory_id is None and "territory" in connection.path_params,
            writes=False,
            page=_page(connection),
            refused=True,
        )
    )


def _page(connection: Connection) -> str:
    """`/t/…/personnes/…`: what somebody typed in an address may be a name."""
    return _PARTICULAR.sub("…", str(connection.scope.get("path_template", "")))


def action_of(handler: BaseRouteHandler) -> str:
    """The operation's own name where it has one: several kinds of thing share a handler."""
    operation = getattr(handler, "operation_id", None)
    return operation if isinstance(operation, str) else handler.fn.__name__


def _id_of(account_id: str) -> UUID | None:
    try:
        return UUID(account_id)
    except ValueError:
        return None


def _about(parameters: dict[str, Any]) -> tuple[str, str] | None:
    """What the address names, secrets left out."""
    for name, value in parameters.items():
        if name not in ("territory", "token", "secret", "path"):
            return name, str(value)[:100]
    return None


async def _territory(connection: Connection) -> UUID | None:
    code = connection.path_params.get("territory")
    if code is None:
        return None
    try:
        return (await territory_at(connection, code)).id
    except NotFoundError:
        return None


async def find_references(response: Response[Any]) -> Response[Any]:
    """An `after_request` hook: remembers which participants an answer shows, when somebody is there to be told of.

    What a token without the scope `participants` asked to read is refused instead; what it wrote is done, and
    answered without references.
    """
    acting = acting_now()
    if acting is None or acting.actor_id is None or 300 <= (response.status_code or 200) < 400:
        return response
    acting.document = _file_name(response)
    acting.reads = acting.reads if acting.reads is not None else _shown(response, acting)
    if acting.reads is not None and acting.blind:
        return _withheld(response, acting)
    return response


def _withheld(response: Response[Any], acting: Acting) -> Response[Any]:
    """Raises `Forbidden` for what is only read."""
    acting.reads = None
    if not acting.writes:
        raise Forbidden("Ce jeton ne permet pas de lire les personnes accompagnées.")
    response.content = without_references(response.content)
    response.media_type = response.media_type or MediaType.JSON
    return response


def find_references_in_refusal(content: dict[str, Any]) -> dict[str, Any]:
    """What an error answers: noted like any other answer, without references for a token without their scope."""
    acting = acting_now()
    if acting is None:
        return content
    if acting.blind:
        plain: dict[str, Any] = without_references(content)
        return plain
    acting.reads = references_in(content) or None
    return content


def _file_name(response: Response[Any]) -> str | None:
    found = _FILE_NAME.search(str(response.headers.get("content-disposition", "")))
    return found[1] if found else None


def _shown(response: Response[Any], acting: Acting) -> tuple[str, ...] | None:
    """References in a text or in what becomes JSON; nothing found: None. Of a document, what its maker said."""
    if str(response.media_type or "").startswith(PRINTED):
        return tuple(sorted(acting.printed))
    if response.content is None or isinstance(response, Stream | Redirect | File):
        return None
    return references_in(response.content) or (() if acting.document else None)


def note_what_is_done(app: ASGIApp) -> ASGIApp:
    """Middleware: the reading of participants, and writes that no transaction noted."""

    async def noted(scope: Scope, receive: Receive, send: Send) -> None:
        act_as(None)
        status = [500]

        async def remember_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
            await send(message)

        await app(scope, receive, remember_status)
        acting = acting_now()
        if scope["type"] == ScopeType.HTTP and acting is not None and acting.actor_id is not None:
            await _note(acting, status[0])

    return noted


async def _note(acting: Acting, status: int) -> None:
    is_done = status < HTTPStatus.BAD_REQUEST
    try:
        if is_refused(acting, status):
            await tell_refusal(acting)
        if acting.oriented and is_done and not acting.writes:
            await note(_reading_of_orientations(acting))
        if acting.reads is not None:
            await note(_reading(acting))
        elif acting.writes and not acting.noted and is_done:
            kind, ref = acting.about or (None, None)
            await note(TrailEntry(at=datetime.now(UTC), action=acting.action, about_kind=kind, about_ref=ref))
    except DatabaseError as error:
        log.error("not noted", action=acting.action, error=type(error).__name__)


def _reading_of_orientations(acting: Acting) -> TrailEntry:
    codes = sorted(acting.oriented)
    several = {"count": len(codes), "codes": codes} if len(codes) > 1 else {}
    return TrailEntry(
        at=datetime.now(UTC),
        action="read",
        about_kind="orientation",
        about_ref=None if several else codes[0],
        detail={"by": acting.action, **several},
    )


def _reading(acting: Acting) -> TrailEntry:
    references = acting.reads or ()
    alone = references[0] if len(references) == 1 else None
    document = {"document": acting.document} if acting.document else {}
    several = {"references": list(references)} if len(references) > 1 else {}
    return TrailEntry(
        at=datetime.now(UTC),
        action="read",
        about_kind="participant" if references else "document",
        about_ref=alone if references else acting.document,
        detail={"by": acting.action, **document, **several},
    )
