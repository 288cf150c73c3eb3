"""One part of a level's value: what it is about and what it costs."""

from typing import NamedTuple


class Item(NamedTuple):
    """A cost of one level; the costs of a level's items sum to its value."""

    about: str
    cost: int
