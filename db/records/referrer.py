"""What stands in the way of removing a fact: things of one kind that refer to it or to a part of it."""

from db.records.base import Record


class Referring(Record, frozen=True, kw_only=True):
    """One of them: its code, else its id; its name, else the date on which it is."""

    code: str
    name: str = ""


class Referrers(Record, frozen=True, kw_only=True):
    """`kind` is the name of their table; `things` are the first of `count` in the order of their codes."""

    kind: str
    count: int
    things: tuple[Referring, ...] = ()
