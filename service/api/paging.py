"""Parts of lists and validators, the same for every list of the JSON interface."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import HeaderParameter, QueryParameter

from db.records.territory import Territory
from service.actions.actor import Actor

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


def no_news(tag: str) -> Response[Any]:
    """Who asks has it already."""
    return Response(None, status_code=304, headers={"etag": tag})
