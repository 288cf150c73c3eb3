"""What a draft's items become when they are published: hours, places, people, hosts of interviews."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from db.records.assignment import Content, Write
from db.records.facts import Facts
from db.records.plan import PlanItem
from planner import problem
from planner.records import HalfDay
from service.translate.horizon import Horizon
from service.translate.openings import HalfDayHours
from service.translate.problem import Translated, identity

Host = tuple[str, str | None, str, str]
"""Staff, site, date and half-day: where an interview lies."""


class Publication:
    """Turns the items of one draft into writes, interviews last so that their hosts are known."""

    def __init__(self, facts: Facts, translated: Translated) -> None:
        self._problem = translated.problem
        self._published = translated.published
        today_on = self._problem.today_on or self._problem.first_on
        self._horizon = Horizon(self._problem.first_on, self._problem.last_on, today_on, self._problem.zone)
        self._hours = HalfDayHours(self._problem, self._horizon)
        self._needs = {one.id: one for one in self._problem.interviews}
        self._cadence_programmes = {one.code: one.programme for one in facts.cadences}
        self._promotion_programmes = {one.code: one.programme for one in facts.promotions}
        self._need_programmes = {one.code: one.programme for one in facts.needs}
        self._participant_programmes = {
            one.participant: one.programme for one in facts.paths if one.state != "ended"
        }
        self._cadences = {one.id: one for one in self._problem.cadences}
        self._fixed = {one.key for one in facts.pins if one.origin != "coordinator"}
        self._hosts: dict[Host, UUID] = {}

    def writes(self, items: Iterable[PlanItem]) -> list[Write]:
        """One write an item, under its lasting identity or a new one."""
        hosts_first = sorted(items, key=lambda item: (item.kind == "interview", item.held_on, item.key))
        return [self._write(item) for item in hosts_first]

    def _write(self, item: PlanItem) -> Write:
        known = identity(item.key, item.cadence_code, item.number, self._published)
        id_ = item.assignment_id or known or uuid4()
        content = {
            "permanence": self._permanence,
            "session": self._session,
            "office": self._office,
            "interview": self._interview,
        }[item.kind](item)
        if item.kind in ("permanence", "office"):
            for staff in content.staff:
                self._hosts[staff, content.site, str(content.held_on), content.half_day or ""] = id_
        became = self._published.became.get(id_)
        if became is not None:
            content = msgspec.structs.replace(content, status=became)
        return Write(id=id_, content=content)

    def _permanence(self, item: PlanItem) -> Content:
        cadence = self._cadences[item.cadence_code or ""]
        starts_at, ends_at = self._hours.between(cadence.site, item.held_on, _half_day(item))
        return Content(
            kind="permanence",
            key=item.key,
            held_on=item.held_on,
            half_day=item.half_day,
            starts_at=starts_at,
            ends_at=ends_at,
            staff=item.staff_codes,
            site=cadence.site,
            cadence=item.cadence_code,
            programme=self._cadence_programmes.get(cadence.id),
            places=self._places(cadence, item),
        )

    def _places(self, cadence: problem.Cadence, item: PlanItem) -> int:
        slots = len(self._hours.slots(cadence.site, item.held_on, _half_day(item)))
        together = next(one.interview_places for one in self._problem.sites if one.id == cadence.site)
        return slots * min(len(item.staff_codes), together)

    def _office(self, item: PlanItem) -> Content:
        site = item.site_code or ""
        starts_at, ends_at = self._hours.between(site, item.held_on, _half_day(item))
        return Content(
            kind="office",
            key=item.key,
            held_on=item.held_on,
            half_day=item.half_day,
            starts_at=starts_at,
            ends_at=ends_at,
            staff=item.staff_codes,
            site=site,
            places=len(self._hours.slots(site, item.held_on, _half_day(item))),
        )

    def _session(self, item: PlanItem) -> Content:
        starts_at, ends_at = _times(item)
        programmes = self._promotion_programmes if item.promotion_code else self._cadence_programmes
        return Content(
            kind="session",
            key=item.key,
            held_on=item.held_on,
            half_day=None
            if self._is_whole_day(item)
            else self._hours.half_day_of(item.site_code, starts_at, item.held_on),
            starts_at=starts_at,
            ends_at=ends_at,
            staff=item.staff_codes,
            site=item.site_code,
            room=item.room_code,
            cadence=item.cadence_code,
            number=item.number,
            promotion=item.promotion_code,
            sequence=item.sequence_code,
            programme=programmes.get(item.promotion_code or item.cadence_code or ""),
        )

    def _is_whole_day(self, item: PlanItem) -> bool:
        if item.promotion_code is None:
            return self._cadences[item.cadence_code or ""].length == "day"
        return any(
            step.length == "day"
            for group in self._problem.promotions
            if group.id == item.promotion_code
            for step in group.sequences
            if step.id == item.sequence_code
        )

    def _interview(self, item: PlanItem) -> Content:
        starts_at, ends_at = _times(item)
        need = self._needs[item.need_code or ""]
        half_day = self._hours.half_day_of(item.site_code, starts_at, item.held_on)
        fixed = item.key in self._fixed
        host = self._hosts.get((item.staff_codes[0], item.site_code, str(item.held_on), half_day))
        return Content(
            kind="interview",
            key=item.key,
            held_on=item.held_on,
            half_day=half_day,
            starts_at=starts_at,
            ends_at=ends_at,
            staff=item.staff_codes,
            status="planned" if fixed else "to_confirm",
            site=item.site_code,
            number=item.number,
            need=item.need_code,
            participant=need.participant,
            programme=self._programme_of(need),
            host_id=host,
            interview_kind=need.kind,
            mode=need.mode,
            slots=need.slots,
            fixed_with_person=fixed,
        )

    def _programme_of(self, need: problem.Interview) -> str | None:
        return self._need_programmes.get(need.id) or self._participant_programmes.get(need.participant or "")


def _half_day(item: PlanItem) -> HalfDay:
    return item.half_day or "am"


def _times(item: PlanItem) -> tuple[datetime, datetime]:
    assert item.starts_at is not None
    assert item.ends_at is not None
    return item.starts_at, item.ends_at
