"""Rule `availability`: people work when and where their pattern says, and never in an absence."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from planner.breach import Breach
from planner.horizon import Interval, touches
from planner.plan_view import Activity, PlanView, Visit
from planner.records import HalfDay
from planner.territory import Territory


class Claim(NamedTuple):
    """A stretch of one half-day that an activity takes from a person; no site for a call."""

    staff: str
    site: str | None
    on: date
    half_day: HalfDay
    interval: Interval


class Availability:
    """Every activity lies within the hours of the weekly pattern valid that day, in a half-day whose
    `where` allows it, outside every absence, and on a public holiday only at a site that opens then.

    Why: contracts, part time and leave are agreed with each person, not with the plan.
    """

    name = "availability"
    codes: tuple[str, ...] = ("outside_pattern", "wrong_where", "absent", "holiday")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per activity, half-day and reason; each interview of an office half-day for itself."""
        reasons: dict[Claim, tuple[tuple[str, str], ...]] = {}
        for about, key, claim in _all_claims(view):
            if claim not in reasons:
                reasons[claim] = tuple(_reasons(view.territory, claim))
            for code, fact in reasons[claim]:
                yield self._breach(claim, about, code, fact, key)

    def _breach(self, claim: Claim, about: str, code: str, fact: str, key: str) -> Breach:
        return Breach(
            self.name,
            code,
            about,
            claim.on,
            half_day=claim.half_day,
            site=claim.site,
            fact=fact or key,
            items=(key,),
        )


def _all_claims(view: PlanView) -> Iterator[tuple[str, str, Claim]]:
    """(about, key of the assignment, claim) of every activity, then of every interview."""
    for activity in view.activities:
        for staff in activity.staff:
            for claim in _claims(view.territory, activity, staff):
                yield staff, activity.key, claim
    for visit in view.visits:
        for claim in _claims_of_visit(visit):
            yield visit.key, visit.key, claim


def _claims(territory: Territory, activity: Activity, staff: str) -> Iterator[Claim]:
    """The part of an activity in each half-day: that of a whole day ends and resumes with the openings."""
    for half_day in activity.half_days:
        start, end = activity.interval
        if len(activity.half_days) == 2:
            hours = territory.hours(activity.site, activity.on, half_day)
            start, end = (start, min(end, hours.end)) if half_day == "am" else (max(start, hours.start), end)
        yield Claim(staff, activity.site, activity.on, half_day, (start, end))


def _claims_of_visit(visit: Visit) -> Iterator[Claim]:
    """What an interview takes for itself: its office half-day, or its own minutes on a call."""
    if visit.presence is not None and visit.presence.kind == "office":
        yield Claim(visit.staff, visit.site, visit.on, visit.half_day, visit.presence.interval)
    if visit.site is None:
        yield Claim(visit.staff, None, visit.on, visit.half_day, visit.interval)


def _reasons(territory: Territory, claim: Claim) -> Iterator[tuple[str, str]]:
    """Why a person cannot do this, as (reason code, record)."""
    for absence in territory.absences[claim.staff]:
        if touches(absence.interval, claim.interval):
            yield "absent", absence.id
    served = claim.site is not None and territory.sites[claim.site].open_on_holidays
    if claim.on in territory.holidays and not served:
        yield "holiday", ""
    entries = list(territory.pattern(claim.staff, claim.on, claim.half_day))
    listed = [territory.pattern_hours(claim.on, entry) for entry in entries]
    fitting = [
        hours for entry, hours in zip(entries, listed, strict=True) if _allows(territory, entry.where, claim)
    ]
    if not _covered(claim.interval, listed):
        yield "outside_pattern", ""
    elif not _covered(claim.interval, fitting):
        yield "wrong_where", ""


def _allows(territory: Territory, where: str, claim: Claim) -> bool:
    if where == "field" or claim.site is None:
        return True
    return where == "office" and claim.site in territory.bureaus


def _covered(interval: Interval, hours: list[Interval]) -> bool:
    """Whether hours, taken together, contain an interval."""
    reached = interval[0]
    for start, end in sorted(hours):
        if start <= reached < end:
            reached = end
    return reached >= interval[1]
