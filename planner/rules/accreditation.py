"""Rule `accreditation`: a site that demands an authorisation is entered with one."""

from collections.abc import Iterator
from datetime import date

from planner.breach import Breach
from planner.plan_view import Activity, PlanView
from planner.territory import Territory, is_valid


class Accreditation:
    """At a site with `demands_accreditation`, each person holds one that is valid on the date.

    Why: the prison administration opens its gates to named people, for a time.
    """

    name = "accreditation"
    codes: tuple[str, ...] = ("not_accredited",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per person and presence; each interview of an office half-day for itself."""
        for activity in view.activities:
            for staff in activity.staff:
                if _lacks(view.territory, staff, activity.site, activity.on):
                    yield self._breach(staff, activity, activity.key)
        for visit in view.visits:
            office = visit.presence
            if office is None or office.kind != "office":
                continue
            if _lacks(view.territory, visit.staff, office.site, visit.on):
                yield self._breach(visit.key, office, visit.key)

    def _breach(self, about: str, activity: Activity, key: str) -> Breach:
        return Breach(
            self.name,
            "not_accredited",
            about,
            activity.on,
            half_day=activity.half_days[0],
            site=activity.site,
            items=(key,),
        )


def _lacks(territory: Territory, staff: str, site: str, on: date) -> bool:
    return territory.sites[site].demands_accreditation and not any(
        held.site == site and is_valid(on, held.from_on, held.until_on)
        for held in territory.staff[staff].accreditations
    )
