"""Independent readers judge what is written: all find the same events, and they are the bookings."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calendars.booking import Booking, Closure
from calendars.feeds.partner import PARTNER
from calendars.feeds.site import SITE
from calendars.feeds.staff import STAFF
from calendars.feeds.territory import TERRITORY
from calendars.writer import FeedHead, FeedWriter, ends_at, is_gone, starts_at
from tests.calendars.examples import AS_OF, HEAD, PARIS, partner_bookings, site_bookings, staff_bookings, uid
from tests.calendars.readers import READERS, Row, shown

pytestmark = [pytest.mark.server]

FEEDS: dict[str, tuple[FeedWriter, list[Booking]]] = {
    "staff": (STAFF, staff_bookings()),
    "site": (SITE, site_bookings()),
    "partner": (PARTNER, partner_bookings()),
    "territory": (TERRITORY, [*staff_bookings(), *site_bookings()[2:]]),
}
# recurring-ical-events brings UTC into X-WR-TIMEZONE and forgets which pass of a repeated hour was meant;
# ts-ics changes to summer at midnight instead of two o'clock.
MISTAKEN = {"recurring-ical-events": uid(41), "ts-ics": uid(42)}
SUMMARIES = {
    1: "Permanence · CSL Gagny · 3/4",
    2: "Permanence · Paris 14 · 0/4",
    3: "Annulé : Permanence · CSL Gagny · 3/4",
    4: "Modifié : Permanence · CSL Gagny · 3/4",
    11: "Entretien · téléphone",
    12: "Entretien · visio",
    20: "Atelier · SAS · 3/6 Secteurs en tension",
    21: "Atelier · SAS · Forum, visite; « insertion » à pied\\à vélo",
    22: "Sortie · 3/6 Nuit : du soir au matin",
    30: "Réunion d’équipe",
    31: "Bureau (suivis)",
    32: "Temps protégé",
    50: "Fermé · CSL Gagny",
    62: "Place libre · Paris 14",
    70: "Orientation · CSL Gagny",
}


def rows_of(bookings: list[Booking]) -> list[tuple[str, str, str]]:
    """UID, start and end straight from the bookings."""
    rows = []
    for booking in bookings:
        if is_gone(booking, PARIS, AS_OF):
            continue
        whole_days = isinstance(booking, Closure)
        start = booking.starts_on if whole_days else starts_at(booking, PARIS)
        end = booking.ends_on if whole_days else ends_at(booking, PARIS)
        rows.append((f"{booking.uid}@escale", shown(start), shown(end)))
    return sorted(rows)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", FEEDS)
def test_a_reader_finds_the_bookings(name: str, reader: str, tmp_path: Path):
    writer, bookings = FEEDS[name]
    path = tmp_path / "feed.ics"
    path.write_bytes(writer.write(HEAD, bookings, AS_OF).body)
    found: list[Row] = READERS[reader](path)
    mistaken = MISTAKEN.get(reader)
    bookings = [one for one in bookings if one.uid != mistaken]
    found = [row for row in found if not row[0].startswith(str(mistaken))]
    assert sorted(row[:3] for row in found) == rows_of(bookings)
    for identity, _, _, summary in found:
        number = int(identity.partition("@")[0][-12:], 16)
        if number in SUMMARIES and name != "site":
            assert summary == SUMMARIES[number]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("zone", ["America/Martinique", "America/Miquelon", "Pacific/Noumea", "UTC"])
def test_a_reader_finds_the_same_instants_in_every_zone(zone: str, reader: str, tmp_path: Path):
    path = tmp_path / "feed.ics"
    head = FeedHead(title="Ailleurs", zone=zone)
    bookings = [one for one in staff_bookings() if not isinstance(one, Closure)]
    path.write_bytes(STAFF.write(head, bookings, AS_OF).body)
    expected = [
        (f"{one.uid}@escale", shown(starts_at(one, PARIS)), shown(ends_at(one, PARIS)))
        for one in bookings
        if not is_gone(one, ZoneInfo(zone), AS_OF)
    ]
    assert sorted(row[:3] for row in READERS[reader](path)) == sorted(expected)


@pytest.mark.parametrize("reader", READERS)
def test_an_empty_feed_is_a_calendar_for_every_reader(reader: str, tmp_path: Path):
    path = tmp_path / "feed.ics"
    path.write_bytes(STAFF.write(HEAD, [], AS_OF).body)
    assert READERS[reader](path) == []
