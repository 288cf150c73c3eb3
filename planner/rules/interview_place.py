"""Rule `interview_place`: an interview has somebody there to hold it, where the need allows."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import Activity, PlanView, Visit, contains
from planner.records import HalfDay


class InterviewPlace:
    """On site: at one of the need's sites, inside a permanence or an office half-day of its staff
    member (a permanence if the need says so). By telephone or video: no site, on slots of a
    bureau's opening, in a half-day without permanence or session of that person. An office
    half-day stands at a `bureau` site and holds at least one interview.

    Why: nobody travels to a closed door; nobody calls from a prison.
    """

    name = "interview_place"
    codes: tuple[str, ...] = (
        "wrong_site",
        "nobody_there",
        "not_in_permanence",
        "call_off_slots",
        "call_during_presence",
        "not_an_office",
        "empty_office",
    )

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per reason."""
        for visit in view.visits:
            reasons = self._on_site(visit) if visit.need.mode == "on_site" else self._call(view, visit)
            for code, fact in reasons:
                yield self._breach(code, visit, fact)
        for office in view.offices:
            if office.site not in view.territory.bureaus:
                yield self._office_breach("not_an_office", office, office.half_days[0])
            if not view.visits_of.get(office.key):
                yield self._office_breach("empty_office", office, office.half_days[0], missing=True)

    def _on_site(self, visit: Visit) -> Iterator[tuple[str, str]]:
        if visit.site is None or visit.site not in visit.need.sites:
            yield "wrong_site", visit.site or ""
        if visit.presence is None:
            yield "nobody_there", visit.staff
        elif not contains(visit.presence.interval, visit.interval):
            yield "nobody_there", visit.presence.key
        if visit.presence and visit.need.only_in_permanence and visit.presence.kind != "permanence":
            yield "not_in_permanence", visit.presence.key

    def _call(self, view: PlanView, visit: Visit) -> Iterator[tuple[str, str]]:
        if visit.site is not None:
            yield "wrong_site", visit.site
            return
        if view.territory.call_half_day(visit.on, visit.interval, visit.need.slots) is None:
            yield "call_off_slots", ""
        for activity in view.by_moment.get((visit.staff, visit.on, visit.half_day), ()):
            if activity.kind != "office":
                yield "call_during_presence", activity.key

    def _breach(self, code: str, visit: Visit, fact: str) -> Breach:
        return Breach(
            self.name,
            code,
            visit.key,
            visit.on,
            half_day=visit.half_day,
            site=visit.site,
            fact=fact,
            items=(visit.key,),
        )

    def _office_breach(
        self, code: str, office: Activity, half_day: HalfDay, *, missing: bool = False
    ) -> Breach:
        return Breach(
            self.name,
            code,
            office.about,
            office.on,
            half_day=half_day,
            site=office.site,
            items=(office.key,),
            missing=missing,
        )
