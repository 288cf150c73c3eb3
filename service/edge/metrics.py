"""Counts and times of requests, jobs, solves and feeds, by route template and kind, never by address or person.

What a process did it counts itself; several processes of one `escale serve` are counted together, in
files that the library keeps in the folder `PROMETHEUS_MULTIPROC_DIR`. What waits is read in the database.
"""

import os
import time
from collections.abc import Iterator

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from db.queries.measures import Measures

REQUESTS = Counter("escale_requests_total", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("escale_request_seconds", "Time to answer", ["method", "route"])
SOLVES = Counter("escale_solves_total", "Plans that ended, by state", ["state"])
SOLVE_SECONDS = Histogram(
    "escale_solve_seconds", "Time of a solve", buckets=(1, 2, 5, 10, 20, 30, 60, 120, 600)
)
JOBS = Counter("escale_jobs_total", "Attempts at jobs that ended here, by outcome", ["kind", "outcome"])
FEED_SECONDS = Histogram("escale_feed_write_seconds", "Time to write a calendar that was not kept")
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class _Waiting(Collector):
    """What the database knows, as measures; None while it is away."""

    def __init__(self, found: Measures | None) -> None:
        self._found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _gauge("escale_database_up", "Whether the database answers", float(self._found is not None))
        if self._found is None:
            return
        jobs = GaugeMetricFamily("escale_jobs", "Jobs by kind and state", labels=["kind", "state"])
        for labels, count in self._found.jobs.items():
            jobs.add_metric(labels, count)
        yield jobs
        mails = GaugeMetricFamily("escale_outbox_mails", "Mails by state", labels=["state"])
        for state, count in self._found.mails.items():
            mails.add_metric([state], count)
        yield mails
        yield _gauge("escale_feed_addresses", "Feed addresses that stand", self._found.feed_addresses)
        wait = self._found.oldest_wait_seconds
        yield _gauge("escale_job_oldest_wait_seconds", "How long the first job in the queue has waited", wait)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)


def exposition(found: Measures | None) -> str:
    """Everything measured, as Prometheus reads it."""
    waiting = CollectorRegistry()
    waiting.register(_Waiting(found))
    if not os.environ.get(SHARED_FOLDER):
        return (generate_latest() + generate_latest(waiting)).decode()
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return (generate_latest(together) + generate_latest(waiting)).decode()


def measure_requests(app: ASGIApp) -> ASGIApp:
    """Middleware: one count and one time a request."""

    async def measured(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
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
