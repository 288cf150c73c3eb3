"""Feeds at their secret addresses: whoever knows one reads that feed and nothing else."""

from datetime import UTC, datetime
from typing import Any

from litestar import HttpMethod, Request, Response, route
from litestar.params import FromPath

from service.actions.serve_feed import serve_feed
from service.edge.conditional import conditional
from service.edge.guards import PUBLIC

HEADERS = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, max-age=300",
    "cross-origin-resource-policy": "cross-origin",
}


@route(
    "/feeds/{token:str}",
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    operation_id=lambda _handler, method, _path: f"{'head' if method == HttpMethod.HEAD else 'read'}_feed",
    roles=PUBLIC,
    errors=(410,),
    tags=["feeds"],
    summary="A calendar at its secret address, ending in .ics",
    status_code=200,
)
async def read_feed(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """404 when there never was such an address, 410 when it was revoked."""
    settings = request.app.state.settings
    feed = await serve_feed(token, datetime.now(UTC), settings.address)
    return conditional(request, feed.body, feed.etag, feed.modified_at, HEADERS)
