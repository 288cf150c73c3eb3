"""How a calendar leaves over HTTP: strong validator, 304 for who has it, gzip on request under a weak one."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from litestar import Request, Response

from service.feed_store import ServedFeed

AnyRequest = Request[Any, Any, Any]
MEDIA_TYPE = "text/calendar"
"""The framework adds the charset."""
HEADERS = {
    "cache-control": "private, max-age=300",
    "cross-origin-resource-policy": "cross-origin",
}


def feed_response(request: AnyRequest, feed: ServedFeed, *, gzip: bool) -> Response[bytes]:
    """The calendar, or 304 without it. If-None-Match decides alone when sent; an unreadable date means 200."""
    headers = request.headers
    packed = gzip and accepts_gzip(headers.get("accept-encoding", ""))
    answer = HEADERS | {
        "etag": f'W/"{feed.etag}"' if packed else f'"{feed.etag}"',
        "last-modified": format_datetime(feed.modified_at.astimezone(UTC), usegmt=True),
    }
    if gzip:
        answer["vary"] = "Accept-Encoding"
    if is_fresh(headers.get("if-none-match"), headers.get("if-modified-since"), feed):
        return Response(b"", status_code=304, headers=answer, media_type=MEDIA_TYPE)
    if packed:
        answer["content-encoding"] = "gzip"
    return Response(feed.packed if packed else feed.body, headers=answer, media_type=MEDIA_TYPE)


def is_fresh(known: str | None, since: str | None, feed: ServedFeed) -> bool:
    """Whether the client has these bytes; validators are compared weakly, as a GET may."""
    if known is not None:
        tags = {tag.strip().removeprefix("W/").strip() for tag in known.split(",")}
        return "*" in tags or f'"{feed.etag}"' in tags
    if since is None:
        return False
    seen_at = _date(since)
    return seen_at is not None and feed.modified_at.astimezone(UTC).replace(microsecond=0) <= seen_at


def accepts_gzip(header: str) -> bool:
    """Whether gzip, by name or by `*`, is asked for with a weight above zero."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        weights[name.strip()] = _weight(parameters)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
