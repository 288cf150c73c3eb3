"""One record of several otherwise, known by its id."""

from collections.abc import Callable
from typing import TypeVar

from planner.errors import PlannerError
from planner.records import Record

One = TypeVar("One", bound=Record)


class UnknownFactError(PlannerError):
    """A change of something that the problem does not know; `about` names it."""

    def __init__(self, about: str) -> None:
        super().__init__(f"{about}: the problem does not know it")
        self.about = about


def replaced(records: tuple[One, ...], name: str | None, change: Callable[[One], One]) -> tuple[One, ...]:
    """The records with the one of this id changed. Raises `UnknownFactError`."""
    if name not in {getattr(one, "id", None) for one in records}:
        raise UnknownFactError(name or "nothing")
    return tuple(change(one) if getattr(one, "id", None) == name else one for one in records)
