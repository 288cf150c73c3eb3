"""The versions of a month, newest first, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from db.records.plan import Plan
from db.states import PlanState
from service.catalogue import text
from service.french_text import clock, short_day_month
from service.pages.board.links import Links

WORDS = {
    PlanState.DRAFT: "Brouillon v{n}",
    PlanState.QUEUED: "v{n} attend son calcul",
    PlanState.SOLVING: "v{n} en cours de calcul",
    PlanState.READY: "v{n} calculée",
    PlanState.FAILED: "v{n} : calcul interrompu par un défaut",
    PlanState.INTERRUPTED: "v{n} : calcul interrompu, il reprendra",
    PlanState.CANCELLED: "v{n} abandonnée",
    PlanState.PUBLISHED: "v{n} publiée",
    PlanState.SUPERSEDED: "v{n} remplacée",
    PlanState.WITHDRAWN: "v{n} retirée",
    PlanState.DISCARDED: "v{n} écartée",
}
READABLE = (PlanState.DRAFT, PlanState.READY, PlanState.PUBLISHED, PlanState.SUPERSEDED, PlanState.WITHDRAWN)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    when: str
    address: str = ""


def history(plans: tuple[Plan, ...], links: Links, zone: str) -> tuple[Event, ...]:
    return tuple(
        Event(
            words=text(WORDS[plan.state], n=plan.number),
            when=moment(plan.published_at or plan.solved_at or plan.created_at, zone),
            address=f"{links.path}?version={plan.number}" if plan.state in READABLE else "",
        )
        for plan in plans
    )


def moment(at: datetime, zone: str) -> str:
    """24 nov. à 14 h 12, in the territory's time"""
    local = at.astimezone(ZoneInfo(zone))
    return text("{day} à {hour}", day=short_day_month(local.date()), hour=clock(local.time(), padded=True))
