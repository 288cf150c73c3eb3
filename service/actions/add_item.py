"""Put something into a draft by hand: a permanence, a session, an interview; pinned where it was put."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import msgspec

from db.records.plan import PlanItem
from db.records.territory import Territory
from db.transaction import in_transaction
from planner.plan import OfficeHalfDay, PlannedInterview, PlannedPermanence, PlannedSession
from planner.problem import Interview
from planner.records import HalfDay
from service.actions.edit_draft import Edit, edit_draft
from service.actions.open_draft import Edited, OpenDraft, open_draft
from service.catalogue import text
from service.errors import BadInput, Conflict, NotFound
from service.translate.inside import half_of, site_of
from service.translate.item_keys import Item
from service.translate.living import LivingPlan
from service.translate.openings import HalfDayHours
from service.translate.plan_rows import plan_item


class NewItem(msgspec.Struct, frozen=True, kw_only=True):
    """What and where: one of `need`, `cadence`, `promotion` with `sequence`. `start` is a local hour.

    A permanence has a half-day, all else an hour; `site` null is the cadence's or promotion's own, or a call.
    """

    on: date
    staff: tuple[str, ...]
    need: str | None = None
    cadence: str | None = None
    promotion: str | None = None
    sequence: str | None = None
    half_day: HalfDay | None = None
    start: str | None = None
    site: str | None = None
    room: str | None = None


async def add_item(
    territory: Territory, plan_id: UUID, new: NewItem, *, version: int | None, overrule: bool = False
) -> Edited:
    """Raises `BreaksRules`, `NotFound` on what nobody knows, `BadInput`, `Conflict`, `StaleVersion`."""

    async def work() -> Edited:
        draft = await open_draft(territory, plan_id, version)
        rows = _rows(draft, new)
        if any(one.key == rows[0].key for one in draft.items):
            raise Conflict(text("Il y a déjà la même chose à cet endroit."))
        # Judged as if nobody wanted it there.
        judged = [msgspec.structs.replace(one, pinned=False) for one in rows]
        broken = draft.broken_by((*draft.items, *judged), overrule=overrule)
        pinned = msgspec.structs.replace(rows[0], pinned=True)
        edit = Edit(words=pinned.key, put=(pinned, *rows[1:]))
        return Edited(
            plan=await edit_draft(territory, plan_id, edit, version=version), item=pinned, broken=broken
        )

    return await in_transaction(work, territory_id=territory.id)


def _rows(draft: OpenDraft, new: NewItem) -> tuple[PlanItem, ...]:
    """The thing itself, then the office half-day that it opens."""
    if new.on not in draft.horizon:
        raise BadInput("on: hors des dates de ce planning")
    made = _interview(draft, new) if new.need else (_of_a_kind(draft, new),)
    return tuple(plan_item(one, draft.draft.translated, draft.horizon) for one in made)


def _of_a_kind(draft: OpenDraft, new: NewItem) -> Item:
    if new.promotion is not None:
        return _sequence(draft, new)
    cadence = next((one for one in draft.problem.cadences if one.id == new.cadence), None)
    if cadence is None:
        raise _unknown("cadence")
    if cadence.kind == "permanence":
        if new.half_day is None:
            raise BadInput("half_day: une permanence est une demi-journée")
        return PlannedPermanence(cadence=cadence.id, on=new.on, half_day=new.half_day, staff=new.staff)
    taken = {one.number for one in draft.items if one.cadence_code == cadence.id}
    session = _session(draft, new, cadence.site, cadence.duration_minutes)
    number = _first_free(taken)
    return msgspec.structs.replace(session, cadence=cadence.id, number=number)


def _sequence(draft: OpenDraft, new: NewItem) -> PlannedSession:
    group = next((one for one in draft.problem.promotions if one.id == new.promotion), None)
    if group is None:
        raise _unknown("promotion")
    step = next((one for one in group.sequences if one.id == new.sequence), None)
    if step is None:
        raise _unknown("sequence")
    session = _session(draft, new, group.site, step.duration_minutes)
    return msgspec.structs.replace(session, promotion=group.id, sequence=step.id)


def _session(draft: OpenDraft, new: NewItem, site: str, minutes: int) -> PlannedSession:
    if new.start is None:
        raise BadInput("start: une séance a une heure")
    starts_at = draft.horizon.instant(new.on, new.start)
    ends_at = starts_at + timedelta(minutes=minutes)
    return PlannedSession(
        starts_at=starts_at, ends_at=ends_at, site=new.site or site, staff=new.staff, room=new.room
    )


def _interview(draft: OpenDraft, new: NewItem) -> tuple[Item, ...]:
    need = next((one for one in draft.problem.interviews if one.id == new.need), None)
    if need is None:
        raise _unknown("need")
    if new.start is None or len(new.staff) != 1:
        raise BadInput("start, staff: un entretien a une heure et une personne")
    if new.site is None and need.mode == "on_site":
        raise BadInput("site: cet entretien a un lieu")
    if new.site is not None and new.site not in {one.id for one in draft.problem.sites}:
        raise _unknown("site")
    starts_at = draft.horizon.instant(new.on, new.start)
    living = LivingPlan(snapshot=draft.draft.snapshot, translated=draft.draft.translated)
    interview = PlannedInterview(
        need=need.id,
        number=_number(draft, need),
        starts_at=starts_at,
        ends_at=living.ends_at(new.site, starts_at, need.slots),
        staff=new.staff[0],
        site=new.site,
    )
    return (interview, *_office(draft, interview, new.on))


def _number(draft: OpenDraft, need: Interview) -> int:
    taken = {one.number for one in draft.items if one.need_code == need.id}
    if len(taken) >= need.count:
        raise Conflict(text("Rien n’en manque dans ce planning."))
    return _first_free(taken)


def _office(draft: OpenDraft, made: PlannedInterview, on: date) -> Iterable[OfficeHalfDay]:
    """The office half-day to open for it; none for a call, or where its person is already."""
    if made.site is None:
        return
    half = HalfDayHours(draft.problem, draft.horizon).half_day_of(made.site, made.starts_at, on)
    there = (
        one
        for one in draft.items
        if one.kind in ("permanence", "office") and one.held_on == on and made.staff in one.staff_codes
    )
    if not any(
        site_of(draft.problem, one) == made.site and (one.half_day or half_of(draft.problem, one)) == half
        for one in there
    ):
        yield OfficeHalfDay(staff=made.staff, site=made.site, on=on, half_day=half)


def _first_free(taken: Iterable[int | None]) -> int:
    known = set(taken)
    return next(number for number in range(1, len(known) + 2) if number not in known)


def _unknown(field: str) -> NotFound:
    return NotFound(
        "Ce qui est nommé n’existe pas ici.",
        invalid=[{"field": field, "message": "inconnu dans ce planning"}],
    )
