"""Feeds at their secret addresses: whoever knows one reads that feed and nothing else."""

from datetime import UTC, datetime
from typing import Any

from litestar import HttpMethod, Request, Response, route

from service.edge.feed_response import feed_response
from service.edge.guards import PUBLIC


@route(
    "/feeds/{token:str}",
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    operation_id=lambda _handler, method, _path: f"{'head' if method == HttpMethod.HEAD else 'read'}_feed",
    roles=PUBLIC,
    errors=(410, 503),
    tags=["feeds"],
    summary="A calendar at its secret address, ending in .ics",
    status_code=200,
)
async def read_feed(request: Request[Any, Any, Any], token: str) -> Response[bytes]:
    """404 when there never was such an address, 410 when it was revoked."""
    state = request.app.state
    feed = await state.feeds.serve(token, datetime.now(UTC))
    return feed_response(request, feed, gzip=state.settings.feeds_gzip)
