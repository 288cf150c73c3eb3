"""What is called off waits for another place: by the rhythm of its path, or by its own need until the next week's end."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from db.queries.fact_storing import store_facts
from db.queries.facts import all_facts
from db.records.assignment import Assignment
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Path
from db.records.territory import Territory
from service.actions.agreed_need import path_for
from service.translate.horizon import monday_of

TWO_WEEKS = timedelta(days=13)


async def wait_again(territory: Territory, gone: Iterable[Assignment], now: datetime) -> None:
    """In the caller's transaction. Nameless interviews need nothing: their volume still counts them."""
    people = {one.need: one for one in gone if one.kind == "interview" and one.participant and one.need}
    if not people:
        return
    today_on = territory.day_of(now)
    paths = await all_facts(territory.id, Path)
    needs: list[InterviewNeed] = []
    followed: dict[str, Path] = {}
    for need in await all_facts(territory.id, InterviewNeed):
        one = people.get(need.code)
        if one is None or need.needed_count > 1:
            continue
        path = path_for(paths, need.participant or "")
        if path is not None and path.rhythm is not None and path.state == "running":
            needs.append(msgspec.structs.replace(need, state="closed", closed_at=now))
            followed[path.code] = _due_next_week(followed.get(path.code, path), one.held_on)
        else:
            needs.append(_open_until(need, max(one.held_on, today_on)))
    await store_facts(territory.id, FactSet(needs=tuple(needs), paths=tuple(followed.values())))


def _due_next_week(path: Path, held_on: date) -> Path:
    """A rhythm asks again in the week after what we called off."""
    return msgspec.structs.replace(path, missed_on=max(held_on, path.missed_on or held_on))


def _open_until(need: InterviewNeed, from_on: date) -> InterviewNeed:
    """To the Sunday of the following week at least."""
    until_on = max(need.until_on, monday_of(from_on) + TWO_WEEKS)
    return msgspec.structs.replace(need, until_on=until_on, state="open", closed_at=None)
