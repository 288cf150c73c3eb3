"""The versions of a month, newest first, in words."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.records.plan import Plan
from db.states import PlanState
from service.catalogue import text
from service.french_text import clock, short_day_month
from service.pages.board.links import Links

WORDS = {
    PlanState.DRAFT: "Brouillon fait à la main",
    PlanState.QUEUED: "Brouillon en attente de calcul",
    PlanState.SOLVING: "Brouillon en cours de calcul",
    PlanState.READY: "Brouillon calculé",
    PlanState.FAILED: "Calcul interrompu par un défaut",
    PlanState.INTERRUPTED: "Calcul interrompu, il reprendra",
    PlanState.CANCELLED: "Calcul abandonné",
    PlanState.PUBLISHED: "Version {n} publiée",
    PlanState.SUPERSEDED: "Version {n} remplacée",
    PlanState.WITHDRAWN: "Version {n} retirée",
    PlanState.DISCARDED: "Brouillon écarté",
}
"""Only what was published has a number to be told by; drafts are told apart by their time."""
READABLE = (PlanState.DRAFT, PlanState.READY, PlanState.PUBLISHED, PlanState.SUPERSEDED, PlanState.WITHDRAWN)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    when: str
    address: str = ""


def history(
    plans: tuple[Plan, ...], numbers: Mapping[UUID, int], links: Links, zone: str
) -> tuple[Event, ...]:
    return tuple(
        Event(
            words=name_of(plan, numbers),
            when=moment(dated_at(plan), zone),
            address=f"{links.path}?version={plan.number}" if plan.state in READABLE else "",
        )
        for plan in plans
    )


def name_of(plan: Plan, numbers: Mapping[UUID, int]) -> str:
    """Version 2 publiée; Brouillon calculé; Scénario « sans M.L. »"""
    name = str(plan.options.get("name") or "")
    return text("Scénario « {name} »", name=name) if name else text(WORDS[plan.state], n=numbers[plan.id])


def dated_at(plan: Plan) -> datetime:
    """When it became what it is."""
    return plan.published_at or plan.solved_at or plan.created_at


def moment(at: datetime, zone: str) -> str:
    """24 nov. à 14 h 12, in the territory's time"""
    local = at.astimezone(ZoneInfo(zone))
    return text("{day} à {hour}", day=short_day_month(local.date()), hour=clock(local.time(), padded=True))
