"""Facts kept in memory while the revisions of their territory stay: asked for all day, changed a few times.

Each database has its own. Nothing is kept of a transaction that writes: it may yet be taken back.
"""

from collections import OrderedDict
from uuid import UUID
from weakref import WeakKeyDictionary

import msgspec

from db.engine import Engine, current
from db.records.facts import Facts
from db.records.territory import Territory
from db.unit import active

MOST = 64
_known: WeakKeyDictionary[Engine, OrderedDict[UUID, Facts]] = WeakKeyDictionary()


def remembered(territory: Territory) -> Facts | None:
    """The facts of a territory as it was just read in a snapshot; None when they are not at hand."""
    known = _known.get(current())
    found = known.get(territory.id) if known is not None else None
    if found is None or not _only_reads() or _revisions(found.territory) != _revisions(territory):
        return None
    return msgspec.structs.replace(found, territory=territory)


def remember(facts: Facts) -> None:
    """The last ones are kept."""
    if not _only_reads():
        return
    known = _known.setdefault(current(), OrderedDict())
    known[facts.territory.id] = facts
    known.move_to_end(facts.territory.id)
    while len(known) > MOST:
        known.popitem(last=False)


def _only_reads() -> bool:
    unit = active(current())
    return unit is not None and unit.mode == "read"


def _revisions(territory: Territory) -> tuple[int, int]:
    return territory.version, territory.facts_revision
