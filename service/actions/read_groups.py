"""Promotions as partners fill them: when they begin, their seats, and who waits for one."""

from collections import Counter
from collections.abc import Sequence

from db.queries.orientations import seated_people
from db.queries.promotions import first_sessions
from db.queries.waiting import waiting_for
from db.records.cadence import Promotion
from db.records.territory import Territory
from service.partners.seats import Group, group_of


async def read_groups(territory: Territory, promotions: Sequence[Promotion]) -> tuple[Group, ...]:
    """In the order given; each has a sequence."""
    if not promotions:
        return ()
    codes = [one.code for one in promotions]
    firsts = await first_sessions(territory.id, codes)
    turns = Counter(turn.promotion for turn in await waiting_for(territory.id))
    with_people = [one.code for one in promotions if one.participants]
    seated = await seated_people(territory.id, with_people) if with_people else {}
    return tuple(
        group_of(
            one,
            firsts.get(one.code),
            territory.zone,
            seated.get(one.code, frozenset()),
            turns[one.code],
        )
        for one in promotions
    )
