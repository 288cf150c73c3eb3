"""Structured logs: what happened, to which plan or job, never to whom.

Fields that could tell of a person are refused by name, so that a careless call cannot leak one.
"""

import logging
import sys
from collections.abc import MutableMapping
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
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_personal_fields,
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def drop_personal_fields(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: "(…)" if key in PERSONAL else value for key, value in event.items()}
