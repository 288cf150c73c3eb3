"""The need that an interview fixed with a person meets: one that waits, else one of its own."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from db.errors import NotFoundError
from db.queries.assignments import Wanted, assignments_of
from db.queries.fact_storing import store_facts
from db.queries.facts import all_facts, fact
from db.records.facts import FactSet
from db.records.participant import InterviewNeed, Kind, Mode, Participant, Path
from service.errors import BadInput

FIXED = "fixed"
"""Origin of a need that exists because a date was fixed with the person."""


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """An hour agreed with a person. `site` null: a call, or wherever the staff member is published then."""

    participant: str
    staff: str
    starts_at: datetime
    site: str | None = None
    kind: Kind = "suivi"
    mode: Mode = "on_site"
    slots: int = 1
    programme: str | None = None
    need: str | None = None


class Day(NamedTuple):
    """The local date and hour of an appointment, and the site where it will be."""

    on: date
    hour: str
    site: str | None


async def need_for(
    territory_id: UUID, asked: Appointment, day: Day, moved: UUID | None = None
) -> InterviewNeed:
    """Stores and gives it; `moved` is the interview that moves. Raises `NotFoundError` on an unknown code."""
    await fact(territory_id, Participant, asked.participant)
    needs = [
        one for one in await all_facts(territory_id, InterviewNeed) if one.participant == asked.participant
    ]
    path = path_for(await all_facts(territory_id, Path), asked.participant, asked.programme)
    wanted = Wanted(participant=asked.participant, kinds=("interview",))
    met = {
        one.need
        for one in await assignments_of(territory_id, wanted)
        if one.status != "cancelled" and one.id != moved
    }
    waiting = _waiting(asked, day, [one for one in needs if one.code not in met])
    need = waiting or _own_need(asked, day, path)
    stored = agreed(need, asked, day)
    await store_facts(territory_id, FactSet(needs=(stored,)))
    return await fact(territory_id, InterviewNeed, stored.code)


def path_for(paths: Iterable[Path], participant: str, programme: str | None = None) -> Path | None:
    """The path of a person that is under way, in one programme if it is named."""
    own = [one for one in paths if one.participant == participant and one.state != "ended"]
    fitting = [one for one in own if programme in (None, one.programme)]
    return min(fitting, key=lambda one: (one.state != "running", one.code), default=None)


def _waiting(asked: Appointment, day: Day, needs: Iterable[InterviewNeed]) -> InterviewNeed | None:
    if asked.need is not None:
        for one in needs:
            if one.code == asked.need:
                return one
        raise NotFoundError("interview_need", asked.need)
    fitting = [
        one
        for one in needs
        if one.state == "open"
        and (one.kind, one.mode) == (asked.kind, asked.mode)
        and one.from_on <= day.on <= one.until_on
    ]
    return min(fitting, key=lambda one: (one.until_on, one.code), default=None)


def _own_need(asked: Appointment, day: Day, path: Path | None) -> InterviewNeed:
    if asked.programme is not None and path is None:
        raise BadInput("programme: cette personne n’a pas de parcours dans ce programme")
    referent = path.referent if path and path.referent else asked.staff
    return InterviewNeed(
        code=f"{asked.participant}-{day.on:%Y%m%d}-{day.hour.replace(':', '')}",
        participant=asked.participant,
        path=path.code if path else None,
        programme=path.programme if path else None,
        referent=referent,
        from_on=day.on,
        until_on=day.on,
        kind=asked.kind,
        mode=asked.mode,
        slots=asked.slots,
        leave_notice_days=path.leave_notice_days if path else 0,
        min_days=path.min_days if path else 0,
        origin=FIXED,
    )


def agreed(need: InterviewNeed, asked: Appointment, day: Day) -> InterviewNeed:
    """The need with what the person agreed to: its date, its place, who holds it."""
    sites = need.sites if day.site is None or day.site in need.sites else (*need.sites, day.site)
    return msgspec.structs.replace(
        need,
        from_on=min(need.from_on, day.on),
        until_on=max(need.until_on, day.on),
        sites=sites if asked.mode == "on_site" else (),
        mode=asked.mode,
        slots=asked.slots,
        other_staff=need.other_staff or need.referent != asked.staff,
        state="open",
        closed_at=None,
    )
