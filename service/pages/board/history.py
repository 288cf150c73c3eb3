"""The versions of a month, newest first, in words."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from db.records.plan import Plan
from db.states import PlanState
from service.actions.edit_draft import MOST_STEPS, Edit
from service.catalogue import counted, gettext, text
from service.french_text import clock, day_date, initials, listed, short_day_month
from service.pages.board.source import Month
from service.pages.board.version import draft_number
from service.pages.shell import ROLE_NAMES
from service.translate.quick_move import quick_move

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
"""What was published is told by its number; of drafts the old ones have none, they are told apart by their time."""
NUMBERED = {
    PlanState.DRAFT: "Brouillon {version} fait à la main",
    PlanState.READY: "Brouillon {version} calculé",
    PlanState.DISCARDED: "Brouillon {version} écarté",
}
READABLE = (PlanState.DRAFT, PlanState.READY, PlanState.PUBLISHED, PlanState.SUPERSEDED, PlanState.WITHDRAWN)


MOVED = {
    ("permanence", "cancelled_today"): "Permanence annulée ({author}) : {where}",
    ("office", "cancelled_today"): "Demi-journée au bureau annulée ({author}) : {where}",
    ("session", "cancelled_today"): "Séance collective annulée ({author}) : {where}",
    ("interview", "cancelled_today"): "Entretien annulé ({author}) : {where}",
    ("permanence", "replaced"): "Permanence de {gone} reprise par {coming} : {where}",
    ("office", "replaced"): "Demi-journée au bureau de {gone} reprise par {coming} : {where}",
    ("session", "replaced"): "Séance collective de {gone} reprise par {coming} : {where}",
    ("interview", "replaced"): "Entretien de {gone} repris par {coming} : {where}",
}
"""What a version was published for, when it was one move of the day."""


class ByHand(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody changed in a version, the day and hour, and whose initials."""

    words: str
    when: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """`why`: the one move that a version was published for; empty of the others.

    `by_hand`: what was changed in it, the newest first; of many only the last are known, then `has_more`.
    """

    words: str
    when: str
    why: str = ""
    address: str = ""
    by_hand: tuple[ByHand, ...] = ()
    has_more: bool = False


def history(month: Month, path: str, publishers: Mapping[UUID, str]) -> tuple[Event, ...]:
    """Every version of the month; of the one shown also what was changed by hand.

    `path`: the month's address without its query. `publishers`: signatures by account.
    """
    problem = month.facts.problem
    sites = {one.id: one.name for one in problem.sites}
    shown = month.shown.id if month.shown else None
    by_hand = tuple(_by_hand(step, problem.zone) for step in reversed(month.steps))
    return tuple(
        Event(
            words=name_of(plan, month.numbers, month.draft_ranks),
            when=_when(plan, publishers, problem.zone),
            why=_why(plan, sites, problem.zone),
            address=f"{path}?version={plan.number}" if plan.state in READABLE else "",
            by_hand=by_hand if plan.id == shown else (),
            has_more=plan.id == shown and len(by_hand) >= MOST_STEPS,
        )
        for plan in month.plans
    )


def _when(plan: Plan, publishers: Mapping[UUID, str], zone: str) -> str:
    """24 nov. à 14 h 12, publiée par N.K."""
    when = moment(dated_at(plan), zone)
    who = publishers.get(plan.published_by) if plan.published_by else None
    return text("{when}, publiée par {who}", when=when, who=initials(who)) if who else when


def _by_hand(step: Edit, zone: str) -> ByHand:
    """N.K., 24 nov. à 14 h 12"""
    known = [initials(step.by) if step.by else "", moment(step.at, zone) if step.at else ""]
    return ByHand(words=step.words, when=", ".join(one for one in known if one))


def _why(plan: Plan, sites: Mapping[str, str], zone: str) -> str:
    """Permanence annulée (AR) : Gagny, le vendredi 27 novembre à 9 h"""
    move = quick_move(plan)
    if move is None:
        return ""
    local = move.starts_at.astimezone(ZoneInfo(zone))
    place = sites.get(move.site or "", move.site)
    moment = text("{day} à {hour}", day=day_date(local.date()), hour=clock(local.time()))
    words = text(
        MOVED[move.kind, move.what],
        author=gettext(ROLE_NAMES.get(move.author, move.author)),
        gone=listed(initials(one) for one in move.staff),
        coming=initials(move.coming or ""),
        where=text("{place}, {moment}", place=place, moment=moment) if place else moment,
    )
    if not move.with_it:
        return words
    others = counted("et {n} autre en même temps", "et {n} autres en même temps", len(move.with_it))
    return text("{words}, {others}", words=words, others=others)


def name_of(plan: Plan, numbers: Mapping[UUID, int], ranks: Mapping[UUID, int]) -> str:
    """Version 2 publiée; Brouillon v3 n° 2 calculé, an old one Brouillon calculé; Scénario « sans M.L. »"""
    name = str(plan.options.get("name") or "")
    if name:
        return text("Scénario « {name} »", name=name)
    if plan.state in NUMBERED and plan.id in ranks:
        return text(NUMBERED[plan.state], version=draft_number(numbers[plan.id], ranks[plan.id]))
    return text(WORDS[plan.state], n=numbers[plan.id])


def dated_at(plan: Plan) -> datetime:
    """When it became what it is."""
    return plan.published_at or plan.solved_at or plan.created_at


def moment(at: datetime, zone: str) -> str:
    """24 nov. à 14 h 12, in the territory's time"""
    local = at.astimezone(ZoneInfo(zone))
    return text("{day} à {hour}", day=short_day_month(local.date()), hour=clock(local.time(), padded=True))
