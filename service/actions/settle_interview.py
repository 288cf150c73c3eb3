"""Write one interview agreed with a person into the published plan: judged, pinned, its place taken.

Everything happens in the caller's transaction, under the territory's lock.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from db.errors import AlreadyThereError, PlaceTakenError, RefusedError
from db.queries.assignment_writing import write_assignments
from db.queries.assignments import Wanted, assignment, assignments_of
from db.queries.pin_storing import put_pin
from db.queries.places import release_interviews, take_places
from db.records.assignment import Assignment
from db.records.participant import InterviewNeed, Pin
from db.records.plan import PlanItem
from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.agreed_need import Appointment, Day, need_for
from service.actions.give_up_anonymous import anonymous_at, give_up_anonymous
from service.actions.publish_places import place_requests
from service.actions.read_snapshot import read_snapshot
from service.actions.told_broken import told_broken
from service.errors import BadInput, Conflict
from service.translate.draft import Lost
from service.translate.horizon import Horizon, month_of
from service.translate.living import LivingPlan, broken_by, is_host, write_of
from service.translate.problem import translate


class NoHalfDay(Conflict):
    """The staff member is not published at that hour: an interview lies in a published half-day."""

    code = "no-half-day"
    title = "Aucune demi-journée publiée à cette heure"


class PlaceTaken(Conflict):
    """Somebody else has that hour or place by now."""

    code = "place-taken"
    title = "Cette heure vient d’être prise"


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """The interview as it stands now, and the rules that it breaks by decision."""

    assignment: Assignment
    broken: tuple[Lost, ...] = ()


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """In whose name and when; `overrule`: even if it breaks rules, knowingly."""

    actor: Actor
    now: datetime
    overrule: bool = False


async def settle(
    territory: Territory, asked: Appointment, judge: Judge, *, moved: Assignment | None = None
) -> Settled:
    """`moved` is the interview that the appointment moves; null: a new one.

    Raises `NoHalfDay`, `PlaceTaken`, `BreaksRules`, `BadInput`, `NotFoundError`.
    """
    if asked.starts_at <= judge.now:
        raise BadInput("starts_at: cette heure est passée")
    judge.actor.must_be_for(asked.staff)
    day, host = await _where(territory, asked)
    need = await need_for(territory.id, asked, day, moved.id if moved else None)
    pin = await put_pin(territory.id, _pin(need, asked, day, judge.actor), at=judge.now)
    living = await read_living(territory, day.on, judge.now)
    item = _item(living, asked, day, pin, moved)
    spare = anonymous_at(living, item, host)
    broken = broken_by(living, pin, item, gone=frozenset(one.key for one in spare))
    if broken and (not judge.overrule or judge.actor.only_staff is not None):
        raise await told_broken(territory, judge.actor, broken)
    try:
        await give_up_anonymous(territory, spare, judge.actor, judge.now)
        return await _write(territory, living, item, judge, broken=broken, moved=moved)
    except (PlaceTakenError, AlreadyThereError, RefusedError) as error:
        raise PlaceTaken from error


async def _where(territory: Territory, asked: Appointment) -> tuple[Day, Assignment | None]:
    """The day, and the published half-day that it lies in; none for a call."""
    on = territory.day_of(asked.starts_at)
    horizon = Horizon(on, on, on, territory.zone)
    hour = horizon.hour_of(asked.starts_at)
    if asked.mode != "on_site":
        return Day(on, hour, None), None
    own = await assignments_of(territory.id, Wanted(from_on=on, until_on=on, staff=asked.staff))
    for one in own:
        there = is_host(one) and asked.staff in one.staff and asked.site in (None, one.site)
        if there and one.starts_at <= asked.starts_at < one.ends_at:
            return Day(on, hour, one.site), one
    raise NoHalfDay


def _pin(need: InterviewNeed, asked: Appointment, day: Day, actor: Actor) -> Pin:
    return Pin(
        key=f"interview:{need.code}:1",
        kind="interview",
        held_on=day.on,
        starts_hour=day.hour,
        site_code=day.site,
        need_code=need.code,
        staff_codes=(asked.staff,),
        origin="fixed_with_person",
        pinned_by=actor.account_id,
    )


async def read_living(territory: Territory, on: date, now: datetime) -> LivingPlan:
    """What is published in the month of a date, and what it is judged by."""
    first_on, last_on = month_of(on)
    snapshot = await read_snapshot(territory.id, first_on, last_on, now)
    translated = translate(snapshot, first_on, last_on, territory.day_of(now))
    return LivingPlan(snapshot=snapshot, translated=translated)


def _item(living: LivingPlan, asked: Appointment, day: Day, pin: Pin, moved: Assignment | None) -> PlanItem:
    return PlanItem(
        kind="interview",
        key=pin.key,
        held_on=day.on,
        starts_at=asked.starts_at,
        ends_at=living.ends_at(day.site, asked.starts_at, asked.slots),
        site_code=day.site,
        need_code=pin.need_code,
        number=1,
        staff_codes=(asked.staff,),
        assignment_id=moved.id if moved else None,
        pinned=True,
    )


async def _write(
    territory: Territory,
    living: LivingPlan,
    item: PlanItem,
    judge: Judge,
    *,
    broken: Sequence[Lost],
    moved: Assignment | None,
) -> Settled:
    written = write_of(living, item)
    overruled = tuple(msgspec.to_builtins(one) for one in broken)
    write = msgspec.structs.replace(written, what="moved" if moved else "fixed", overruled=overruled)
    if moved is not None:
        await release_interviews([moved.id], reason="moved", at=judge.now)
    await write_assignments(territory.id, [write], judge.actor.author(judge.now))
    requests = place_requests(living.translated, [write], living.hosts())
    await take_places(territory.id, list(requests), now=judge.now)
    return Settled(assignment=await assignment(territory.id, write.id), broken=tuple(broken))


def is_interview_to_come(one: Assignment) -> bool:
    return one.kind == "interview" and one.status in ("planned", "to_confirm")
