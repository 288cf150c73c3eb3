"""Rule `access_notice`: an access list, once sent, does not grow."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.breach import Breach
from planner.plan_view import PlanView
from planner.territory import is_valid


class AccessNotice:
    """Before `today_on + access_notice_days` of the site, only people published there that day, or
    with a valid authorisation that lets them come unannounced.

    Why: the site prepares its gate from the list it received; a name added later waits outside.
    """

    name = "access_notice"
    codes: tuple[str, ...] = ("list_already_sent",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1 per person and presence."""
        announced = view.territory.announced
        for activity in view.activities:
            notice = view.territory.sites[activity.site].access_notice_days
            if activity.on >= view.horizon.today_on + timedelta(days=notice):
                continue
            for staff in activity.staff:
                known = (staff, activity.site, activity.on) in announced
                if not known and not _may_come(view, staff, activity.site, activity.on):
                    yield Breach(
                        self.name,
                        "list_already_sent",
                        staff,
                        activity.on,
                        half_day=activity.half_days[0],
                        site=activity.site,
                        items=(activity.key,),
                    )


def _may_come(view: PlanView, staff: str, site: str, on: date) -> bool:
    """Not on a list, because there is none, or because the authorisation spares it."""
    if view.territory.sites[site].access_notice_days == 0:
        return True
    return any(
        held.site == site and held.unannounced and is_valid(on, held.from_on, held.until_on)
        for held in view.territory.staff[staff].accreditations
    )
