"""The one place that wires everything: settings, database, queue, guards, interface, pages."""

import os
import signal
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from multiprocessing import parent_process

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from db.errors import DatabaseError
from service.accounts.api_tokens import from_token
from service.accounts.sessions import from_session
from service.api import API
from service.api.kept_bodies import KeptBodies
from service.collector import collect_seldom
from service.database import answers, open_database
from service.edge.acting import find_references, note_what_is_done, say_who_acts
from service.edge.csrf import refuse_forged_forms, set_form_cookie
from service.edge.guards import refuse_unclassified_routes, require_role
from service.edge.headers import add_security_headers
from service.edge.identity import from_this_machine
from service.edge.known_queries import learn_queries, refuse_unknown_queries
from service.edge.logs import configure_logs
from service.edge.metrics import measure_requests
from service.edge.once import answer_once, give_kept_answer
from service.edge.openapi import describe_roles_and_errors, openapi_config
from service.edge.plain_address import refuse_hidden_signs
from service.edge.problem_json import (
    database_error,
    http_error,
    not_unicode,
    own_fault,
    service_error,
    too_deep,
)
from service.edge.rate_limits import limit_rate, make_counter
from service.edge.strict_body import StrictRequest
from service.edge.unsent import remember_form
from service.errors import ServiceError
from service.feed_store import FeedStore
from service.jobs.all_kinds import all_kinds
from service.jobs.arq_queue import ArqQueue
from service.jobs.local_queue import LocalQueue
from service.jobs.queue import JobQueue
from service.jobs.worker import working
from service.pages.errors import error_page
from service.pages.routes import PAGES
from service.settings import Settings, read_settings
from service.warming import reading_ahead, warm_up


def create_app(settings: Settings) -> Litestar:
    """The application for these settings. Raises `UnclassifiedRoute` when a route says not who may use it."""
    configure_logs(settings)
    app = Litestar(
        route_handlers=[*API, *PAGES],
        guards=[
            limit_rate,
            remember_form,
            require_role,
            refuse_hidden_signs,
            refuse_unknown_queries,
            refuse_forged_forms,
            say_who_acts,
        ],
        before_request=give_kept_answer,
        after_request=find_references,
        middleware=[measure_requests, note_what_is_done, answer_once],
        exception_handlers={
            ServiceError: service_error,
            DatabaseError: database_error,
            HTTPException: http_error,
            RecursionError: too_deep,
            UnicodeDecodeError: not_unicode,
            Exception: own_fault,
        },
        before_send=[add_security_headers, set_form_cookie],
        lifespan=[_open_and_close],
        openapi_config=openapi_config(),
        request_class=StrictRequest,
        request_max_body_size=settings.max_body_bytes,
        state=fresh_state(settings),
        logging_config=None,
    )
    refuse_unclassified_routes(app)
    describe_roles_and_errors(app)
    learn_queries(app)
    return app


def fresh_state(settings: Settings) -> State:
    """All that an application keeps between requests, before its first one: its routes keep nothing."""
    return State(
        {
            "settings": settings,
            "identifiers": _identifiers(settings),
            "readiness": {"database": answers},
            "error_page": error_page,
            "bodies": KeptBodies(),
            "feeds": FeedStore(settings.address),
            "rates": make_counter(settings),
        }
    )


def _identifiers(settings: Settings) -> tuple[object, ...]:
    """Sign-in methods in the order in which they are asked."""
    known = (from_token, from_session)
    return (*known, from_this_machine) if settings.demo else known


@asynccontextmanager
async def _open_and_close(app: Litestar) -> AsyncGenerator[None, None]:
    """Database first, jobs last: what runs when the service ends goes back to the queue."""
    settings: Settings = app.state.settings
    async with open_database(settings), working(make_queue(settings)) as queue, reading_ahead():
        app.state.queue = queue
        app.state.readiness["queue"] = queue.answers
        threading.Thread(target=warm_up, daemon=True).start()
        yield
        await app.state.feeds.close()
    await app.state.rates.close()


def app_of_environment() -> Litestar:
    """For servers that start several processes, each with an application of its own, which ends with the first one."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.join,), daemon=True).start()
    app = create_app(read_settings())
    collect_seldom()
    return app


def _end_after(ended: Callable[[], None]) -> None:
    """A process that started us and was killed could not tell us to end."""
    ended()
    os.kill(os.getpid(), signal.SIGTERM)


def make_queue(settings: Settings) -> JobQueue:
    """Jobs run in this process, or are announced to workers."""
    return ArqQueue(settings.redis) if settings.queue == "arq" else LocalQueue(all_kinds(settings))
