"""Another day for the program, in tests whose month is written down: it must still be ahead when they are run."""

import importlib
import sys
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Self

import pytest

ROOMS = ("service", "db", "tests")


class _Kind(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


def set_back(monkeypatch: pytest.MonkeyPatch, today_on: date) -> None:
    """It is that day, at the hour that it is, for whatever asks `datetime.now` in this process."""
    importlib.import_module("service.app")
    gone = timedelta(days=(datetime.now(UTC).date() - today_on).days)

    class SetBack(datetime, metaclass=_Kind):
        """Makes usual instants; only now is another one."""

        def __new__(cls, *parts: Any, **named: Any) -> Self:
            return datetime(*parts, **named)  # type: ignore[return-value]  # noqa: DTZ001 - as it is called

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return (datetime.now(UTC) - gone).astimezone(tz)  # type: ignore[return-value]

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS and vars(module).get("datetime") is datetime and name != __name__:
            monkeypatch.setattr(module, "datetime", SetBack)
