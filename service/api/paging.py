"""Parts of lists and validators, the same for every list of the JSON interface."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, QueryParameter, SkipValidation

from db.records.territory import Territory
from service.actions.actor import Actor
from service.edge.etags import etag, is_known
from service.schemas.base import Page

AnyRequest = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", max_length=400)]
IfNoneMatch = Annotated[str | None, HeaderParameter(name="If-None-Match", max_length=400)]


def list_tag(within: Territory, actor: Actor, request: AnyRequest) -> str:
    """Weak: the same facts, published things, question, viewer and day."""
    of_what = (
        f"{within.id} {within.facts_revision} {within.published_revision} {within.day_of(datetime.now(UTC))}"
    )
    asked = f"{of_what} {actor.only_staff} {request.url.path} {request.url.query}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:20]}"'


class Part(NamedTuple):
    """Which part of a list is asked for."""

    limit: int
    offset: int


def provide_part(limit: Limit = 100, offset: Offset = 0) -> Part:
    return Part(limit, offset)


PartOf = NamedDependency[SkipValidation[Part]]
PageKind = TypeVar("PageKind", bound=Page)


def part_of(kind: type[PageKind], found: Sequence[Any], limit: int, offset: int) -> PageKind:
    """The part of a whole list that was asked for."""
    items = tuple(found[offset : offset + limit])
    more = offset + limit if len(found) > offset + limit else None
    return msgspec.convert(
        {"total": len(found), "next_offset": more, "items": items}, kind, from_attributes=True
    )


def told(content: Any, if_none_match: str | None, *, version: int | None = None) -> Response[Any]:
    """An answer under the ETag of what it says, after the version that an edit of it would be made from."""
    digest = hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:20]
    tag = f'W/"{digest}"' if version is None else etag(version, digest)
    if is_known(tag, if_none_match):
        return no_news(tag)
    return Response(content, headers={"etag": tag})


def no_news(tag: str) -> Response[Any]:
    """Who asks has it already."""
    return Response(None, status_code=304, headers={"etag": tag})
