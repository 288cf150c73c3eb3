"""A draft on the desk: the thing asked for, the place asked for, the answer for the panel."""

from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response
from litestar.response import Redirect

from db.records.plan import Plan, PlanItem
from db.states import EDITABLE_PLANS
from planner.problem import Problem
from planner.records import HalfDay
from service.catalogue import text
from service.errors import BadInput, NotFound, StepNotAllowed
from service.french_text import clock, day_date, half_day, initials
from service.messages.assignment_words import Rooms
from service.pages.asked_days import day_asked
from service.pages.board.activities import Activity
from service.pages.board.chips import Words
from service.pages.board.moving import Spot, handed_over, item_of
from service.pages.board.source import Month
from service.pages.context import AnyRequest, Visit, enter, is_fragment
from service.pages.month_board import load_asked_month
from service.pages.rendering import page
from service.pages.seen import seen_of

OPENS = "ouvrir"
MANY = "interviews/"
ACROSS: dict[HalfDay, str] = {"am": "de l’après-midi au matin", "pm": "du matin à l’après-midi"}
"""How something comes to a half-day of the same date."""


class Desk(NamedTuple):
    """A draft on the desk: the month, the frame of the page."""

    visit: Visit
    month: Month
    begins: Plan | None = None
    """What is published, where the draft on the desk is there for this edit alone: it is opened when that is kept."""
    is_by_now: bool = False
    """A draft on the facts of this moment, not on those that it was made on."""

    @property
    def items(self) -> tuple[PlanItem, ...]:
        return self.month.items

    @property
    def problem(self) -> Problem:
        return self.month.facts.problem

    @property
    def words(self) -> Words:
        return Words(self.problem, self.month.facts.labels)

    @property
    def path(self) -> str:
        return self.visit.shell.address(f"planning/{self.problem.first_on:%Y-%m}")

    @property
    def editable(self) -> bool:
        return self.month.shown is not None and self.month.shown.state in EDITABLE_PLANS

    @property
    def seen(self) -> str:
        return seen_of(self.month.shown)

    @property
    def opening(self) -> dict[str, str]:
        """What a form sends along so that this edit, asked for again, opens its draft."""
        return {"brouillon": OPENS} if self.begins else {}

    def draft(self) -> Plan:
        """The version that may be edited. Raises `StepNotAllowed`."""
        if self.month.shown is None or not self.editable:
            raise StepNotAllowed(text("Seul un brouillon se modifie."))
        return self.month.shown

    def names(self) -> dict[str, str]:
        return self.month.facts.labels.names

    def rooms(self) -> Rooms:
        return self.month.facts.labels.rooms


def by_now(desk: Desk) -> Desk:
    """The draft on the facts of this moment; as it is where these do not know all that it names, or are the same."""
    facts = desk.month.facts
    standing = facts.standing
    if not desk.editable or standing is None or not standing.is_checked or standing.problem == facts.problem:
        return desk
    month = desk.month._replace(facts=msgspec.structs.replace(facts, problem=standing.problem))
    return desk._replace(month=month, is_by_now=True)


async def open_desk(request: AnyRequest, territory: str, month: str) -> Desk:
    visit = await enter(request, territory, "planning")
    found = await load_asked_month(visit, month)
    return Desk(visit, found)


def asked_item(desk: Desk, key: str) -> PlanItem:
    found = item_of(desk.items, key)
    if found is None:
        raise NotFound(
            text(
                "Cela n’est plus à cette place : quelqu’un l’a déplacé ou retiré. Rechargez la page pour voir le tableau à jour."
            )
        )
    return found


def asked_spot(asked: dict[str, str]) -> Spot:
    try:
        on = day_asked(asked.get("jour", ""))
    except ValueError:
        raise BadInput(text("Ce jour n’existe pas.")) from None
    half: HalfDay = "pm" if asked.get("demi") == "pm" else "am"
    return Spot(asked.get("rangee", ""), on, half, asked.get("depuis", ""))


def move_words(desk: Desk, item: PlanItem, spot: Spot) -> str:
    return text("{what} : {way}", what=title_of(desk, item), way=way_words(desk.problem, item, spot))


def way_words(problem: Problem, item: PlanItem, spot: Spot) -> str:
    """de A.R. à N.K., lundi 14 décembre, matin: to somebody else, to another half-day, or both."""
    gone, coming = handed_over(problem, item, spot)
    when = _when_words(item, spot)
    return (
        text("de {gone} à {coming}, {when}", gone=initials(gone), coming=initials(coming), when=when)
        if coming
        else when
    )


def _when_words(item: PlanItem, spot: Spot) -> str:
    """déplacement du lundi 14 décembre au mardi 15 décembre, matin; where it stays, just when that is."""
    if spot.on != item.held_on:
        return text("déplacement du {day} au {to}", day=day_date(item.held_on), to=spot_words(spot))
    if spot.half == (item.half_day or spot.half):
        return spot_words(spot)
    return text("déplacement {across}, {day}", across=text(ACROSS[spot.half]), day=day_date(spot.on))


def spot_words(spot: Spot) -> str:
    """lundi 14 décembre, matin"""
    return f"{day_date(spot.on)}, {half_day(spot.half)}"


def title_of(desk: Desk, item: PlanItem) -> str:
    """A cadence's name; of a promotion also which session; of an interview the reference, or who follows it."""
    need = next((one for one in desk.problem.interviews if one.id == item.need_code), None)
    if need is not None:
        return text("Entretien {who}", who=need.participant or initials(item.staff_codes[0]))
    name = desk.names().get(item.cadence_code or item.promotion_code or "", item.key)
    rank = _rank(desk, item)
    return text("{name}, séance {rank}", name=name, rank=rank) if rank else name


def _rank(desk: Desk, item: PlanItem) -> int:
    """Which session of its promotion it is, from 1; 0 of anything else."""
    promotion = next((one for one in desk.problem.promotions if one.id == item.promotion_code), None)
    steps = [step.id for step in promotion.sequences] if promotion else []
    return steps.index(item.sequence_code) + 1 if item.sequence_code in steps else 0


def is_of(one: Activity, key: str) -> bool:
    """A chip of interviews stands for all of its place and half-day."""
    if not is_of_many(key):
        return one.key == key
    parts = key.split("/")
    if len(parts) != 4:
        return False
    _, place, on, half = parts
    return (
        one.kind == "interview"
        and (one.site or "distance") == place
        and str(one.on) == on
        and half in one.halves
    )


def is_of_many(key: str) -> bool:
    """Whether a chip stands for all interviews of its place and half-day."""
    return key.startswith(MANY)


def one_by_one(desk: Desk, key: str) -> Redirect:
    """To where they are listed: what is asked of such a half-day is answered for each of them."""
    return Redirect(f"{desk.path}/detail?{urlencode({'cle': key})}")


def hour_of(desk: Desk, one: Activity) -> str:
    if one.starts_at is None:
        return half_day(one.halves[0])
    return clock(one.starts_at.astimezone(ZoneInfo(desk.problem.zone)).time(), padded=True)


def hour_of_item(desk: Desk, item: PlanItem) -> str:
    """9 h 30; empty for a half-day."""
    if item.starts_at is None:
        return ""
    return clock(item.starts_at.astimezone(ZoneInfo(desk.problem.zone)).time())


def panel(
    request: AnyRequest, desk: Desk, template: str, context: dict[str, Any], *, status_code: int = 200
) -> Response[str]:
    """The fragment for the panel, or a page of its own when no script asks."""
    frame = "board/fragment.html" if is_fragment(request) else "board/alone.html"
    words = {
        "path": desk.path,
        "editable": desk.editable,
        "revision": desk.seen,
        "opens": OPENS,
        "inner": template,
        "month_on": desk.problem.first_on,
        **context,
    }
    return page(frame, desk.visit.shell, words, status_code=status_code)
