"""Structured logs: what happened, to which plan or job, never to whom.

Fields that could tell of a person are refused by name, so that a careless call cannot leak one.
"""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from traceback import extract_tb
from typing import Any

import structlog

from service.settings import Settings

PERSONAL = frozenset(
    {
        "name",
        "email",
        "phone",
        "reference",
        "participant",
        "label",
        "hours",
        "body",
        "query",
        "token",
        "password",
    }
)


def configure_logs(settings: Settings) -> None:
    """To standard error, as text or as one JSON object a line."""
    level = getattr(logging, settings.log_level.upper())
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    every_line: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal_fields,
        tell_faults_without_values,
    ]
    structlog.configure(
        processors=[*every_line, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _write_lines_of_libraries_alike(every_line, renderer)


def _write_lines_of_libraries_alike(every_line: list[Any], renderer: Any) -> None:
    """Warnings of the server and of libraries in the same form; what they tell below that is not for us."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=every_line,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def drop_personal_fields(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: "(…)" if key in PERSONAL else value for key, value in event.items()}


def tell_faults_without_values(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its types and places: its message may quote a name, a reference or an hour."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["fault"] = " from ".join(_kinds(error))
        event["trace"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)
        ]
    return event


def _kinds(error: BaseException) -> Iterator[str]:
    found: BaseException | None = error
    while found is not None:
        yield type(found).__name__
        found = found.__cause__ or found.__context__
