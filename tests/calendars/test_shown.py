"""What our own reader shows of a feed is what icalendar reads in the same bytes."""

from datetime import date, datetime

import icalendar
import pytest

from calendars.feeds.free_busy import free_busy
from calendars.feeds.partner import PARTNER
from calendars.feeds.site import SITE
from calendars.feeds.staff import STAFF
from calendars.shown import shown
from tests.calendars.examples import (
    AS_OF,
    HEAD,
    partner_bookings,
    site_bookings,
    staff_bookings,
    uid,
)

FEEDS = {
    "staff": STAFF.write(HEAD, staff_bookings(), AS_OF).body,
    "site": SITE.write(HEAD, site_bookings(), AS_OF).body,
    "partner": PARTNER.write(HEAD, partner_bookings(), AS_OF).body,
    "empty": STAFF.write(HEAD, [], AS_OF).body,
}


def same(when: date | datetime) -> str:
    return f"{when.timestamp():.0f}" if isinstance(when, datetime) else when.isoformat()


@pytest.mark.parametrize("name", FEEDS)
def test_events_are_shown_as_another_reader_reads_them(name: str):
    found = shown(FEEDS[name])
    expected = icalendar.Calendar.from_ical(FEEDS[name]).walk("VEVENT")
    assert [
        (one.uid, same(one.starts), same(one.ends), one.summary, one.description, one.location)
        for one in found.events
    ] == [
        (
            str(one["UID"]),
            same(one.start),
            same(one.end),
            str(one["SUMMARY"]),
            str(one.get("DESCRIPTION", "")),
            str(one.get("LOCATION", "")),
        )
        for one in expected
    ]
    assert (found.name, found.zone) == (HEAD.title, HEAD.zone)
    for one, other in zip(found.events, expected, strict=True):
        assert one.cancelled == (other["STATUS"] == "CANCELLED")
        assert one.transparent == (other["TRANSP"] == "TRANSPARENT")


def test_free_time_is_shown_as_its_periods():
    places = [one for one in partner_bookings() if hasattr(one, "bookable_until")]
    found = shown(free_busy(HEAD, uid(9), places, AS_OF).body)
    assert found.events == ()
    assert [(start.hour, end.hour) for start, end in found.free] == [(8, 9), (8, 8)]
