"""Tells the trail who acts, for the length of a request; notes what the request read or wrote.

Writes are noted by their own transactions (`db.acting`). What a page or an answer shows of
participants is noted after it was sent: every reference found in it, whoever wrote the handler.
"""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import Request, Response
from litestar.handlers import BaseRouteHandler
from litestar.response import File, Redirect, Stream

from db.acting import Acting, act_as, acting_now
from db.errors import DatabaseError, NotFoundError
from db.queries.territories import territory_by_code
from db.queries.trail import note
from db.records.trail import TrailEntry
from service.accounts.origin import origin_of
from service.edge.csrf import SAFE
from service.edge.identity import Connection, identify
from service.errors import Forbidden

REFERENCE = re.compile(r"\b[A-Z]{2}\d{4}\b")
DOCUMENTS = ("application/pdf", "application/vnd.openxmlformats")
log = structlog.get_logger(__name__)


async def say_who_acts(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard, the last one: from here on this task acts in somebody's name.

    A route with `bookkeeping` changes nothing that anybody would look for in the trail.
    """
    writes = connection.scope.get("method", "GET") not in SAFE and not handler.opt.get("bookkeeping")
    if "public" in handler.opt.get("roles", ()) and not writes:
        act_as(Acting(action=action_of(handler), label="visite", writes=False))
        return
    identity = await identify(connection)
    act_as(
        Acting(
            action=action_of(handler),
            actor_id=_id_of(identity.account_id) if identity else None,
            label=identity.label or identity.role if identity else "visite",
            address=origin_of(connection).address or None,
            about=_about(connection.path_params),
            territory_id=await _territory(connection),
            writes=writes,
            blind=identity is not None and not identity.sees_participants,
        )
    )


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
        return (await territory_by_code(code)).id
    except NotFoundError:
        return None


async def find_references(response: Response[Any]) -> Response[Any]:
    """An `after_request` hook: remembers which participants an answer shows, when somebody is there to be told of.

    A handler that gives kept bytes has said so itself.

    What a token without the scope `participants` asked to read is then refused instead.
    """
    acting = acting_now()
    if acting is None or acting.actor_id is None or (response.status_code or 200) >= 300:
        return response
    acting.reads = acting.reads if acting.reads is not None else _shown(response, acting)
    if acting.reads is not None and acting.blind and not acting.writes:
        acting.reads = None
        raise Forbidden("Ce jeton ne permet pas de lire les personnes accompagnées.")
    return response


def _shown(response: Response[Any], acting: Acting) -> tuple[str, ...] | None:
    """References in a text or in what becomes JSON; nothing found: None. Of a document, what its maker said."""
    media_type, content = str(response.media_type or ""), response.content
    if media_type.startswith(DOCUMENTS):
        return tuple(sorted(acting.printed))
    if content is None or isinstance(response, Stream | Redirect | File):
        return None
    text = content if isinstance(content, str) else _as_text(content)
    return tuple(sorted(set(REFERENCE.findall(text)))) or None


def _as_text(content: Any) -> str:
    if isinstance(content, bytes):
        return content.decode(errors="replace")
    return msgspec.json.encode(content, enc_hook=str).decode()


async def note_what_was_done(_: Request[Any, Any, Any]) -> None:
    """An `after_response` hook: the reading of participants, and writes that no transaction noted."""
    acting = acting_now()
    if acting is None or acting.actor_id is None:
        return
    try:
        if acting.reads is not None:
            await note(_reading(acting))
        elif acting.writes and not acting.noted:
            kind, ref = acting.about or (None, None)
            await note(TrailEntry(at=datetime.now(UTC), action=acting.action, about_kind=kind, about_ref=ref))
    except DatabaseError as error:
        log.error("not noted", action=acting.action, error=type(error).__name__)


def _reading(acting: Acting) -> TrailEntry:
    references = acting.reads or ()
    alone = references[0] if len(references) == 1 else None
    return TrailEntry(
        at=datetime.now(UTC),
        action="read",
        about_kind="participant" if references else "document",
        about_ref=alone,
        detail={"by": acting.action} | ({"references": list(references)} if not alone and references else {}),
    )
