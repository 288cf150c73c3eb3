"""Where a board comes from: the draft of a month, else what is published, else the facts alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec

from db.queries.facts import facts_of
from db.queries.plans import plans_of
from db.records.facts import Facts as TerritoryFacts
from db.records.plan import Plan as PlanRecord
from db.records.plan import PlanItem
from db.records.staff import Accreditation, StaffMember
from db.records.territory import Territory
from db.states import ACTIVE_PLANS, EDITABLE_PLANS, PlanState
from planner.plan import Plan
from planner.problem import Problem
from service.actions.edit_draft import Edit, read_copy, read_steps
from service.actions.read_computed import read_computed
from service.actions.read_version import Version as Read
from service.actions.read_version import read_version
from service.actions.request_plan import SCENARIO
from service.explaining.contents import contents_of
from service.pages.asked_days import month_asked
from service.pages.board.labels import Labels
from service.pages.board.living import living_month
from service.pages.board.version import Version, VersionState
from service.pages.month_board_view import Facts
from service.pages.seen import seen_of
from service.public_holidays import public_holidays
from service.translate.draft import with_draft_pins
from service.translate.quick_move import ORIGIN
from service.versions import MOST, draft_ranks, version_numbers

SHOWN = (*EDITABLE_PLANS, PlanState.PUBLISHED)
VERSION_STATES: dict[PlanState, VersionState] = {
    PlanState.DRAFT: "draft",
    PlanState.READY: "ready",
    PlanState.PUBLISHED: "published",
}
SORTS = {"sport": "Sp", "outing": "So"}
ABSENCE_WORDS = {"leave": "Congé", "training": "Formation", "unavailable": "Indisponible"}


class Month(NamedTuple):
    """A month of a territory as it stands: what to draw, the versions, what is being computed."""

    facts: Facts
    plans: tuple[PlanRecord, ...]
    shown: PlanRecord | None
    active: PlanRecord | None
    numbers: Mapping[UUID, int]
    """By plan, as a coordinator counts its versions."""
    draft_ranks: Mapping[UUID, int] = {}
    """By draft since the last publication, which it is of them."""
    steps: tuple[Edit, ...] = ()
    """What was changed by hand in the version shown, the oldest first."""
    items: tuple[PlanItem, ...] = ()
    """The rows of the version shown."""
    authorised: Mapping[tuple[str, str], Accreditation] = {}
    """By person and site the last authorisation, as it is noted by now."""
    is_past: bool = False
    """Work goes on with another version than the one shown."""


def month_dates(month: str) -> tuple[date, date]:
    """`2026-12` is the 1st and the 31st. Raises ValueError on what is no month, or too far."""
    first_on = month_asked(month)
    return first_on, (first_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def today_in(territory: Territory) -> date:
    return datetime.now(ZoneInfo(territory.zone)).date()


async def usual_month(territory: Territory) -> date:
    """The month a coordinator comes for: that of the newest draft or publication still to come, else the next."""
    today = today_in(territory)
    ahead = await plans_of(
        territory.id, touching=(today, today + timedelta(days=366)), states=SHOWN, limit=MOST
    )
    planned = [one for one in ahead if one.origin != ORIGIN] or ahead[:1]
    if planned:
        return max(planned[0].first_on, today.replace(day=1)).replace(day=1)
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_authorisations(staff: Iterable[StaffMember]) -> dict[tuple[str, str], Accreditation]:
    """By person and site the authorisation that ends last."""
    found = [(person.code, own) for person in staff for own in person.accreditations]
    found.sort(key=lambda pair: pair[1].until_on or date.max)
    return {(who, own.site): own for who, own in found}


async def load_month(
    territory: Territory, first_on: date, last_on: date, *, number: int | None = None
) -> Month:
    """The month with the version asked for, else the newest draft, else the published one."""
    plans = await plans_of(territory.id, touching=(first_on, last_on), limit=MOST)
    own = [plan for plan in plans if (plan.first_on, plan.last_on) == (first_on, last_on)]
    shown = _chosen(own, number)
    known = await facts_of(territory.id)
    labels = labels_of(known, first_on, last_on)
    published = next((plan for plan in own if plan.state is PlanState.PUBLISHED), None)
    steps = await read_steps(shown.id) if shown else []
    items, problem, plan = await _contents(territory, first_on, last_on, shown)
    numbers, ranks = version_numbers(own), draft_ranks(own)
    version = _version(shown, published, numbers, ZoneInfo(territory.zone)) if shown else None
    if version and shown:
        version = msgspec.structs.replace(version, draft_rank=ranks.get(shown.id, 1))
    edited = shown is not None and bool(steps) and not await _is_as_computed(shown, own, items)
    is_past = shown is not None and shown != _chosen(own, None)
    if version:
        version = msgspec.structs.replace(version, edited=edited, is_past=is_past)
    drawn = Facts(problem=problem, plan=plan, labels=labels, version=version)
    active = next((plan for plan in own if plan.state in ACTIVE_PLANS), None)
    return Month(
        facts=drawn,
        plans=tuple(own),
        shown=shown,
        active=active,
        numbers=numbers,
        draft_ranks=ranks,
        steps=tuple(steps),
        items=items,
        authorised=last_authorisations(known.staff),
        is_past=is_past,
    )


async def _is_as_computed(shown: PlanRecord, own: Iterable[PlanRecord], items: Iterable[PlanItem]) -> bool:
    """Whether what was changed by hand was changed back."""
    computed = await read_computed(shown, own)
    return computed is not None and computed.is_of(items)


async def as_draft(month: Month, published: PlanRecord) -> Month:
    """The month with the draft that would begin as what is published: nothing of it is stored.

    It bears the number of what is published, which the page showed, and an identity of its own.
    """
    copied = await read_copy(published)
    problem = with_draft_pins(copied.translated.problem, copied.items)
    plan = await contents_of(published, Read(items=copied.items, problem=problem), edited=True)
    return month._replace(
        facts=msgspec.structs.replace(month.facts, problem=problem, plan=plan),
        shown=msgspec.structs.replace(published, id=uuid4(), state=PlanState.DRAFT),
        items=copied.items,
        steps=(),
    )


def _chosen(own: list[PlanRecord], number: int | None) -> PlanRecord | None:
    if number is not None:
        return next((plan for plan in own if plan.number == number), None)
    return in_work(own)


def in_work(own: Sequence[PlanRecord]) -> PlanRecord | None:
    """The version that work goes on with, of those of the same dates, the newest first.

    A draft goes before what was published earlier, and before a move of the day published beside it.
    """
    published = next((plan for plan in own if plan.state is PlanState.PUBLISHED), None)
    drafts = (plan for plan in own if plan.state in EDITABLE_PLANS and plan.origin != SCENARIO)
    draft = next(drafts, None)
    planned = (plan for plan in own if plan.published_at is not None and plan.origin != ORIGIN)
    last = next(planned, published)
    if draft is not None and (published is None or last is None or draft.number > last.number):
        return draft
    return published


async def _contents(
    territory: Territory, first_on: date, last_on: date, shown: PlanRecord | None
) -> tuple[tuple[PlanItem, ...], Problem, Plan | None]:
    """The rows of the version, the problem with their pins, and its plan; a published one as it stands now."""
    if shown is None:
        return (), (await living_month(territory, first_on, last_on)).problem, None
    version = await read_version(shown)
    contents = await contents_of(shown, version)
    if version.problem is not None and shown.state is not PlanState.PUBLISHED:
        return version.items, version.problem, contents
    living = await living_month(territory, first_on, last_on)
    if shown.state is PlanState.PUBLISHED:
        contents = _as_it_stands(contents, living.plan)
    problem = with_draft_pins(living.problem, version.items)
    return version.items, problem, _still_asked(living.problem, contents)


def _as_it_stands(version: Plan, living: Plan) -> Plan:
    """Levels and what was left out are the version's, everything placed is what is published now."""
    return msgspec.structs.replace(
        version,
        permanences=living.permanences,
        sessions=living.sessions,
        office=living.office,
        interviews=living.interviews,
    )


def _still_asked(problem: Problem, plan: Plan) -> Plan:
    """Without what was left out once and that nobody asks for any more: a path ended, a cadence was taken away."""
    asked = {one.id for one in problem.interviews} | {one.id for one in problem.cadences}
    asked |= {f"{one.id} {step.id}" for one in problem.promotions for step in one.sequences}
    left = tuple(
        one
        for one in plan.unplaced
        if (one.need or one.cadence or f"{one.promotion} {one.sequence}") in asked
    )
    return msgspec.structs.replace(plan, unplaced=left)


def _version(
    shown: PlanRecord, published: PlanRecord | None, numbers: Mapping[UUID, int], zone: ZoneInfo
) -> Version:
    before = published if published is not None and published.id != shown.id else None
    return Version(
        number=numbers[shown.id],
        state=VERSION_STATES.get(shown.state, "superseded"),
        plan_id=str(shown.id),
        seen=seen_of(shown),
        is_scenario=shown.origin == SCENARIO,
        made_at=(shown.solved_at or shown.created_at).astimezone(zone),
        made_how="moved" if shown.origin == ORIGIN else "solved" if shown.solved_at else "opened",
        seconds=shown.figures.get("solve_seconds"),
        from_scratch=bool(shown.options.get("from_scratch")),
        published_number=numbers[before.id] if before else None,
        published_on=before.published_at.astimezone(zone).date() if before and before.published_at else None,
    )


def labels_of(facts: TerritoryFacts, first_on: date, last_on: date) -> Labels:
    """The words of a territory's facts. Names of people who are initials stay initials."""
    departement = facts.territory.departements[0] if facts.territory.departements else "75"
    named = public_holidays(departement, first_on, last_on)
    named |= {one.held_on: one.name for one in facts.holidays if one.is_holiday and one.name}
    return Labels(
        site_codes={site.code: site.short_name for site in facts.sites if 0 < len(site.short_name) <= 3},
        site_titles={site.code: site.name for site in facts.sites},
        rooms={(site.code, room.code): room.name for site in facts.sites for room in site.rooms if room.name},
        roles={person.code: person.job for person in facts.staff if person.job},
        cadences={cadence.code: cadence.name for cadence in facts.cadences},
        cadence_codes={one.code: SORTS[one.sort] for one in facts.cadences if one.sort in SORTS},
        promotions={promotion.code: promotion.name for promotion in facts.promotions},
        meetings={meeting.code: meeting.title for meeting in facts.meetings},
        absences={absence.code: ABSENCE_WORDS[absence.kind] for absence in facts.absences},
        holidays=named,
        order={site.code: site.position for site in facts.sites},
    )
