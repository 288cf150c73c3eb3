"""In one person's message a permanence or workshop called off and a new one of the same cadence are one that moved."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import msgspec

from service.catalogue import text
from service.mail.changes import WORDS, Change, instant_of


def with_moves(changes: Iterable[Change]) -> list[Change]:
    """Each pair as one change, in the place of what is called off; the others as they are."""
    found = list(changes)
    coming = _new_by_cadence(found)
    moves: dict[int, Change] = {}
    taken: set[int] = set()
    for one in sorted(found, key=_starts):
        cadence = _called_off(one)
        if cadence is not None and coming[cadence]:
            becomes = coming[cadence].pop(0)
            moves[id(one)] = _moved(one, becomes)
            taken.add(id(becomes))
    return [moves.get(id(one), one) for one in found if id(one) not in taken]


def _new_by_cadence(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """In the order of their dates."""
    found: dict[str, list[Change]] = defaultdict(list)
    for one in sorted(changes, key=_starts):
        cadence = (one.event.after or {}).get("cadence")
        if one.what == "new" and one.event.before is None and cadence:
            found[cadence].append(one)
    return found


def _called_off(change: Change) -> str | None:
    """Its cadence, where a publication leaves it out for everybody."""
    gone = change.what == "cancelled" and change.event.what == "dropped"
    cadence: str | None = (change.event.before or {}).get("cadence") if gone else None
    return cadence


def _starts(change: Change) -> datetime:
    return instant_of((change.event.after or change.event.before or {})["starts_at"])


def _moved(gone: Change, coming: Change) -> Change:
    """Told as one thing that changed."""
    line = text(WORDS["changed"], now=coming.now, was=gone.was)
    event = msgspec.structs.replace(coming.event, before=gone.event.before)
    return msgspec.structs.replace(coming, what="changed", line=line, was=gone.was, event=event)
