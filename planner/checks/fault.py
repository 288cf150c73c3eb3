"""One thing wrong in a file, and the few questions that every check asks."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import date
from typing import NamedTuple


class Fault(NamedTuple):
    """Where in the file ("sites[2].closures[0].until_on"), and what is wrong, in one line."""

    path: str
    reason: str


def repeated(path: str, keys: Iterable[Hashable], field: str = "id") -> Iterator[Fault]:
    """A fault for each key that an earlier entry of the same list already has."""
    first: dict[Hashable, int] = {}
    for index, key in enumerate(keys):
        if key in first:
            where = f"{path}[{index}].{field}" if field else f"{path}[{index}]"
            yield Fault(where, f"{shown(key)} is already the key of {path}[{first[key]}]")
        else:
            first[key] = index


def unknown(path: str, what: str, identifier: str | None, known: Collection[str]) -> Iterator[Fault]:
    """A fault if an identifier is given that no record has."""
    if identifier is not None and identifier not in known:
        yield Fault(path, f"no {what} has the id {identifier!r}")


def unknowns(path: str, what: str, identifiers: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    """The same for each identifier of a list."""
    for index, identifier in enumerate(identifiers):
        if identifier not in known:
            yield Fault(f"{path}[{index}]", f"no {what} has the id {identifier!r}")


def backwards(path: str, from_on: date | None, until_on: date | None) -> Iterator[Fault]:
    """A fault if a pair of dates ends before it starts."""
    if from_on is not None and until_on is not None and until_on < from_on:
        yield Fault(f"{path}.until_on", f"{until_on} is before from_on {from_on}")


def empty_hours(path: str, from_hour: str, to_hour: str) -> Iterator[Fault]:
    """A fault if two hours of a day leave nothing between them."""
    if to_hour <= from_hour:
        yield Fault(f"{path}.to", f"{to_hour} is not after from {from_hour}")


def shown(key: Hashable) -> str:
    """A key as a reader knows it from the file."""
    if isinstance(key, tuple):
        return " ".join(str(part) for part in key if part is not None)
    return repr(key) if isinstance(key, str) else str(key)
