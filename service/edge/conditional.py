"""304 for who already has the bytes: the framework sends ETags and never honours them."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from litestar import Request, Response

AnyRequest = Request[Any, Any, Any]


def conditional(
    request: AnyRequest, body: bytes, etag: str, modified_at: datetime, headers: dict[str, str]
) -> Response[bytes]:
    """The body, or 304 without it. If-None-Match decides alone when it is sent; an unreadable date means 200."""
    quoted = f'"{etag}"'
    common = headers | {
        "etag": quoted,
        "last-modified": format_datetime(modified_at.astimezone(UTC), usegmt=True),
    }
    media_type = common.pop("content-type", "application/octet-stream")
    if _is_fresh(request, quoted, modified_at):
        return Response(b"", status_code=304, headers=common, media_type=media_type)
    return Response(body, headers=common, media_type=media_type)


def _is_fresh(request: AnyRequest, quoted: str, modified_at: datetime) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        known = {one.strip().removeprefix("W/") for one in asked.split(",")}
        return "*" in known or quoted in known
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return modified_at.astimezone(UTC).replace(microsecond=0) <= parsedate_to_datetime(since).astimezone(
            UTC
        )
    except ValueError:
        return False
