"""A site's month as the JSON interface speaks of it."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from db.records.site_answer import Answer
from planner.records import HalfDay
from service.actions.ask_site import SiteMonth
from service.actions.send_access_list import AccessMonth
from service.schemas.base import Incoming, Outgoing


class ProposedDate(Outgoing, frozen=True, kw_only=True):
    """One half-day (null: the whole day) and what the site says; `via` is page or call."""

    on: date
    half_day: str | None
    answer: Answer
    said_by: str | None = None
    via: str | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None


class SiteMonthView(Outgoing, frozen=True, kw_only=True):
    site: str
    month_on: date
    dates: tuple[ProposedDate, ...]


class NotedAnswer(Incoming, frozen=True, kw_only=True):
    on: date
    half_day: HalfDay | None = None
    answer: Answer


class AnswersRequest(Incoming, frozen=True, kw_only=True):
    """What somebody of the site said, and who: needed, for it is noted after a call."""

    said_by: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    answers: Annotated[tuple[NotedAnswer, ...], msgspec.Meta(min_length=1, max_length=100)]


class AccessLineView(Outgoing, frozen=True, kw_only=True):
    """Who enters, when; `change` is same, new, changed or gone since the version sent before."""

    on: date
    start: str
    end: str
    name: str
    function: str
    material: str
    purpose: str
    change: str


class AccessView(Outgoing, frozen=True, kw_only=True):
    site: str
    month_on: date
    version: int
    is_sent: bool
    lines: tuple[AccessLineView, ...]


def site_month_view(month: SiteMonth) -> SiteMonthView:
    known = {(one.proposed_on, one.half_day): one for one in month.answers}
    found = [
        ProposedDate(
            on=one.proposed_on,
            half_day=one.half_day,
            answer=one.answer,
            said_by=one.said_by,
            via=one.via,
            asked_at=one.asked_at,
            answered_at=one.answered_at,
        )
        for one in month.answers
    ]
    found += [
        ProposedDate(on=one.on, half_day=one.half_day, answer="waiting")
        for one in month.proposals
        if (one.on, one.half_day) not in known
    ]
    found.sort(key=lambda one: (one.on, one.half_day or ""))
    return SiteMonthView(site=month.site.code, month_on=month.month_on, dates=tuple(found))


def access_view(access: AccessMonth) -> AccessView:
    return AccessView(
        site=access.site.code,
        month_on=access.month_on,
        version=access.number,
        is_sent=access.is_sent,
        lines=tuple(
            AccessLineView(**msgspec.structs.asdict(one.line), change=one.mark) for one in access.lines
        ),
    )
