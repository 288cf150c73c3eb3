"""Parts of lists and validators, the same for every list of the JSON interface."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.params import HeaderParameter, QueryParameter

from db.records.territory import Territory
from service.actions.actor import Actor
from service.edge.etags import etag, is_known

AnyRequest = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000)]
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", max_length=400)]
IfNoneMatch = Annotated[str | None, HeaderParameter(name="If-None-Match", max_length=400)]


def list_tag(within: Territory, actor: Actor, request: AnyRequest) -> str:
    """Weak: the same facts, published things, question, viewer and day."""
    of_what = f"{within.id} {within.facts_revision} {within.published_revision} {datetime.now(UTC).date()}"
    asked = f"{of_what} {actor.only_staff} {request.url.path} {request.url.query}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:20]}"'


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
