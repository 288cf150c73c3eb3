"""In whose name this task writes, and what its transaction touched: the one place the trail is fed from.

The edge of the house says who acts. What stores facts mentions each thing it touched; the outermost
transaction writes these mentions to the trail just before it commits, so that no change is kept
without its entry, and no entry without its change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import msgspec

from db.records.base import Record

MOST_APART = 60
"""A transaction that touches more things (the loading of a file) is told by counts."""


class Acting(msgspec.Struct, kw_only=True):
    """Who acts. `about` names the thing that the request is about when nothing else is mentioned.

    `writes` false: a reading, whose own bookkeeping (last use, last seen) is no entry.
    """

    action: str
    actor_id: UUID | None = None
    label: str = "escale"
    address: str | None = None
    territory_id: UUID | None = None
    about: tuple[str, str] | None = None
    page: str = ""
    """The address that was asked for, what it names left out."""
    confidential: bool = False
    """Whether that address shows accompanied people: what is not found there may be somebody else's."""
    sees_everybody: bool = False
    """Somebody from whom no accompanied person is kept: who is not found is nobody."""
    nowhere: bool = False
    """Whether the address names a territory that there is not."""
    refused: bool = False
    """Whether this person was turned away before anything was looked at."""
    writes: bool = True
    noted: bool = False
    blind: bool = False
    """A program that was not given the right to read participants."""
    printed: set[str] = msgspec.field(default_factory=set)
    """References in a document that was made on the way."""
    oriented: set[str] = msgspec.field(default_factory=set)
    """Codes of orientations that were read: they are shown under their partner's label, which is no reference of ours."""
    reads: tuple[str, ...] | None = None
    """References that the answer shows; empty for a document that names nobody, None when it shows none."""
    document: str | None = None
    """The name of the file that the answer is, which tells what it holds: kind, month or day, territory or site."""


class Mention(Record, frozen=True, kw_only=True):
    """A thing that was touched: kind, reference and the names of fields, never their values."""

    what: str
    kind: str
    ref: str
    territory_id: UUID | None = None
    fields: tuple[str, ...] = ()


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)
_mentions: ContextVar[list[Mention] | None] = ContextVar("mentions", default=None)


def act_as(acting: Acting | None) -> None:
    """From here on, in this task; None: nobody yet."""
    _acting.set(acting)


def acting_now() -> Acting | None:
    return _acting.get()


def sign_as(label: str) -> None:
    """Whoever holds a link that was mailed has no account: what they do is signed by whom the link was for."""
    acting = _acting.get()
    if acting is not None:
        acting.label = label


def say_printed(references: Iterable[str]) -> None:
    """A document made in this task, or in a thread of it, shows these participants."""
    acting = _acting.get()
    if acting is not None:
        acting.printed.update(references)


def say_oriented(codes: Iterable[str]) -> None:
    """Whoever this is done for reads these orientations."""
    acting = _acting.get()
    if acting is not None:
        acting.oriented.update(codes)


def mention(one: Mention) -> None:
    """Say that the running transaction touched a thing."""
    touched = _mentions.get()
    if touched is not None:
        touched.append(one)


@contextmanager
def collecting() -> Iterator[list[Mention]]:
    """What is mentioned inside, in order."""
    touched: list[Mention] = []
    token = _mentions.set(touched)
    try:
        yield touched
    finally:
        _mentions.reset(token)


@contextmanager
def noting_again_if_it_fails() -> Iterator[None]:
    """What a transaction noted is not noted when it is undone."""
    acting = _acting.get()
    noted = acting.noted if acting else False
    try:
        yield
    except BaseException:
        if acting is not None:
            acting.noted = noted
        raise


def told_apart(touched: list[Mention]) -> list[tuple[Mention, dict[str, Any]]]:
    """Each mention with its detail; a crowd is told by one line a kind."""
    if len(touched) <= MOST_APART:
        return [(one, {"fields": list(one.fields)} if one.fields else {}) for one in touched]
    counts = Counter((one.what, one.kind, one.territory_id) for one in touched)
    return [
        (Mention(what=what, kind=kind, ref="", territory_id=territory_id), {"count": count})
        for (what, kind, territory_id), count in counts.items()
    ]
