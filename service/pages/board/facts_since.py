"""What people entered since a version was computed: it keeps the facts of its computation, also once published."""

from collections import OrderedDict
from datetime import date
from uuid import UUID

import msgspec

from db.records.plan import Plan
from db.records.territory import Territory
from service.actions.read_computed import Computed, computed_record, read_at, read_computed
from service.actions.read_version import stored_problem
from service.actions.request_plan import SCENARIO
from service.catalogue import text
from service.messages.levels import Outdated
from service.pages.board.asked_since import other_needs
from service.pages.board.fact_parts import changed_parts
from service.pages.board.history import moment
from service.pages.board.living import living_month
from service.pages.board.source import Month, today_in
from service.translate.covering import covers

NEEDS = "personnes accompagnées et entretiens demandés"


MOST = 64
Key = tuple[UUID, str, int, int, int, date]
_known: OrderedDict[Key, tuple[str, ...]] = OrderedDict()


async def with_facts_since(territory: Territory, month: Month) -> Month:
    """The month, whose version says what changed since it was computed."""
    version = month.facts.version
    if version is None:
        return month
    told = msgspec.structs.replace(
        version,
        outdated=await facts_since(territory, month),
        is_over=month.facts.problem.last_on < today_in(territory),
    )
    return month._replace(facts=msgspec.structs.replace(month.facts, version=told))


async def facts_since(territory: Territory, month: Month) -> Outdated | None:
    """What of the facts of its computation is not the same by now; none of what is supposed, or never computed.

    From memory until something is entered or published: an old month costs no second reading each minute.
    """
    shown = month.shown
    if shown is None or shown.origin == SCENARIO:
        return None
    computed = await read_computed(shown, month.plans)
    if computed is None:
        return await _since_forgotten(territory, month, shown)
    if computed.record.facts_revision == territory.facts_revision:
        return None
    parts = await _compared_once(territory, month, computed)
    return Outdated(moment(computed.read_at, territory.zone), parts) if parts else None


async def _since_forgotten(territory: Territory, month: Month, shown: Plan) -> Outdated | None:
    """Of a computation whose problem is no longer kept: what was proved then is not said of the facts of now.

    What changed since its copy was made is told where the copy's own problem is kept.
    """
    record = await computed_record(shown, month.plans)
    if record.solved_at is None or record.facts_revision == territory.facts_revision:
        return None
    parts: tuple[str, ...] = ()
    if shown.problem_sha256 is not None and shown.facts_revision != territory.facts_revision:
        parts = await _compared_once(territory, month, Computed(shown, await stored_problem(shown), None))
    return Outdated(moment(read_at(record), territory.zone), parts)


async def _compared_once(territory: Territory, month: Month, computed: Computed) -> tuple[str, ...]:
    key = (
        computed.record.id,
        computed.record.problem_sha256 or "",
        territory.version,
        territory.facts_revision,
        territory.published_revision,
        today_in(territory),
    )
    if key not in _known:
        _known[key] = await _compared(territory, month, computed)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return _known[key]


async def _compared(territory: Territory, month: Month, computed: Computed) -> tuple[str, ...]:
    before, promised = computed.problem, computed.record.covers
    now = (await living_month(territory, before.first_on, before.last_on)).problem
    parts = changed_parts(before, now, month.facts.labels, promised)
    asked = covers(promised, "interview") and await other_needs(territory.id, before, now, computed.read_at)
    return (*parts, text(NEEDS)) if asked else parts
