"""The golden feeds, and how to write them again after a change that is wanted."""

from pathlib import Path

from calendars.booking import FreePlace, SessionBooking
from calendars.feeds.free_busy import free_busy
from calendars.feeds.partner import PARTNER
from calendars.feeds.promotion import PROMOTION
from calendars.feeds.site import SITE
from calendars.feeds.staff import STAFF
from calendars.feeds.territory import TERRITORY
from tests.calendars.examples import AS_OF, HEAD, partner_bookings, site_bookings, staff_bookings, uid

GOLDEN = Path(__file__).parent / "golden"


def feeds() -> dict[str, bytes]:
    """The bytes of each feed by the name of its file."""
    staff, partner = staff_bookings(), partner_bookings()
    sessions = [one for one in staff if isinstance(one, SessionBooking)]
    free = [one for one in partner if isinstance(one, FreePlace)]
    return {
        "staff": STAFF.write(HEAD, staff, AS_OF).body,
        "site": SITE.write(HEAD, site_bookings(), AS_OF).body,
        "promotion": PROMOTION.write(HEAD, sessions, AS_OF).body,
        "territory": TERRITORY.write(HEAD, [*staff, *site_bookings()[2:]], AS_OF).body,
        "partner": PARTNER.write(HEAD, partner, AS_OF).body,
        "free_busy": free_busy(HEAD, uid(99), free, AS_OF).body,
        "empty": STAFF.write(HEAD, [], AS_OF).body,
    }


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, body in feeds().items():
        (GOLDEN / f"{name}.ics").write_bytes(body)
