"""What begins before it ends."""

from datetime import date

Moment = date | str | None


def in_order(*, apart: bool = False, **pair: Moment) -> None:
    """Raises `ValueError` naming the later field when two moments stand the wrong way round."""
    (_, first), (name, last) = pair.items()
    if first is None or last is None:
        return
    if str(last) < str(first) or (apart and first == last):
        raise ValueError(f"{name}: before {next(iter(pair))}")


def instants_in_order(first: date, last: date) -> None:
    """The same of two aware instants, which may be told in different zones; equal ones are refused."""
    if not first < last:
        raise ValueError("ends_at: not after starts_at")


def once(name: str, values: tuple[object, ...]) -> None:
    """Raises `ValueError` when a list names something twice."""
    if len(set(values)) < len(values):
        raise ValueError(f"{name}: one of them stands there twice")
