"""Facts kept in memory while nothing changed: the database's revisions decide."""

from collections import OrderedDict
from uuid import UUID

from db.queries.facts import facts_of
from db.records.facts import Facts
from db.records.territory import Territory

MOST = 64
_facts: OrderedDict[UUID, tuple[tuple[int, int], Facts]] = OrderedDict()


async def territory_facts(territory: Territory) -> Facts:
    """The facts of a territory that was just read: from memory when its revisions are the same."""
    revisions = (territory.facts_revision, territory.version)
    known = _facts.get(territory.id)
    if known is None or known[0] != revisions:
        known = (revisions, await facts_of(territory.id))
        _facts[territory.id] = known
        _facts.move_to_end(territory.id)
        while len(_facts) > MOST:
            _facts.popitem(last=False)
    return known[1]
