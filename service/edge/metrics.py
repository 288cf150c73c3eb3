"""Counts and times of requests and solves, by route template, never by address or person."""

import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter, Histogram

REQUESTS = Counter("escale_requests_total", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("escale_request_seconds", "Time to answer", ["method", "route"])
SOLVES = Counter("escale_solves_total", "Plans that ended, by state", ["state"])
SOLVE_SECONDS = Histogram(
    "escale_solve_seconds", "Time of a solve", buckets=(1, 2, 5, 10, 20, 30, 60, 120, 600)
)


def measure_requests(app: ASGIApp) -> ASGIApp:
    """Middleware: one count and one time a request."""

    async def measured(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] is not ScopeType.HTTP:
            await app(scope, receive, send)
            return
        started, status = time.perf_counter(), ["500"]

        async def remember_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = str(message["status"])
            await send(message)

        try:
            await app(scope, receive, remember_status)
        finally:
            method, route = scope["method"], scope.get("path_template", "")
            REQUESTS.labels(method, route, status[0]).inc()
            REQUEST_SECONDS.labels(method, route).observe(time.perf_counter() - started)

    return measured
