"""Bookings of every kind in every state, small and fixed: what goldens, judges and measures are made from."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from calendars.booking import (
    Booking,
    Change,
    Closure,
    FreePlace,
    InterviewBooking,
    MeetingBooking,
    OfficeBooking,
    Orientation,
    PermanenceBooking,
    Place,
    ProtectedTime,
    SessionBooking,
    TakenPlace,
)
from calendars.writer import FeedHead

PARIS = ZoneInfo("Europe/Paris")
AS_OF = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
HEAD = FeedHead(title="Équipe · A.R., Île-de-France", zone="Europe/Paris")
CREATED = datetime(2026, 10, 26, 15, 4, 5, tzinfo=UTC)
TOUCHED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

GAGNY = Place(
    name="CSL Gagny",
    address="1 rue des Exemples, 93220 Gagny",
    phone="01 00 00 00 01",
    phones_outside=True,
)
SANTE = Place(name="QSL Santé", neutral_name="Paris 14", address="2 rue des Exemples, 75014 Paris")
OFFICE = Place(name="Bureau Île-de-France", address="3 rue des Exemples, 75011 Paris", office=True)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """A wall time in Paris."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def uid(number: int) -> UUID:
    return UUID(f"5f0c7f52-7a1d-4a57-8d0e-{number:012x}")


def permanence(number: int, starts_at: datetime, **fields: object) -> PermanenceBooking:
    plain = PermanenceBooking(
        uid=uid(number),
        sequence=0,
        created_at=CREATED,
        last_modified_at=TOUCHED,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place=GAGNY,
        staff=("AR", "LM"),
        places_count=4,
        taken=tuple(TakenPlace(starts_at=starts_at + timedelta(minutes=45 * n)) for n in range(3)),
        url=f"https://escale.example/permanences/{number}",
    )
    return msgspec.structs.replace(plain, **fields)


def _common(number: int, starts_at: datetime, minutes: int) -> dict[str, object]:
    return {
        "uid": uid(number),
        "sequence": 0,
        "created_at": CREATED,
        "last_modified_at": TOUCHED,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "url": f"https://escale.example/e/{number}",
    }


def interview(number: int, starts_at: datetime, **fields: object) -> InterviewBooking:
    given = _common(number, starts_at, 45) | {"kind": "suivi", "mode": "on_site", "place": OFFICE} | fields
    return InterviewBooking(**given)


def session(number: int, starts_at: datetime, **fields: object) -> SessionBooking:
    given = _common(number, starts_at, 180) | {
        "title": "Secteurs en tension",
        "position": 3,
        "positions_count": 6,
        "place": Place(name="SAS", address="4 rue des Exemples, 93160 Noisy-le-Grand"),
        "room": "Salle 2",
        "staff": ("AR", "FM"),
        "speaker": "Un organisme de formation",
    }
    return SessionBooking(**(given | fields))


def staff_bookings() -> list[Booking]:
    """A staff member's autumn: every kind, every state, both clock changes of 2026 and 2027."""
    return [
        permanence(1, at(12, 1, 9)),
        permanence(2, at(12, 8, 9), place=SANTE, taken=(), staff=("AR",)),
        permanence(
            3, at(11, 24, 9), sequence=2, status="cancelled", cancelled_by="site", last_modified_at=AS_OF
        ),
        permanence(
            4,
            at(11, 23, 14),
            sequence=1,
            last_modified_at=AS_OF - timedelta(minutes=5),
            change=Change(changed_at=AS_OF - timedelta(minutes=5), former_starts_at=at(11, 23, 9)),
        ),
        permanence(5, at(11, 5, 9), status="cancelled", cancelled_by="us", sequence=1),
        interview(10, at(12, 2, 10)),
        interview(11, at(12, 2, 14, 30), mode="telephone", place=None, kind="diagnostic"),
        interview(12, at(12, 3, 10), mode="video", place=None, kind="bilan", reference="KM4821"),
        session(20, at(12, 3, 14)),
        session(21, at(12, 17, 14), title="Forum, visite; « insertion »\nà pied\\à vélo", position=None),
        session(22, at(12, 18, 22), title="Nuit : du soir au matin", kind_name="Sortie", place=None),
        MeetingBooking(
            **_common(30, at(12, 4, 9), 60), title="Réunion d’équipe", location="Bureau", staff=("AR",)
        ),
        OfficeBooking(**_common(31, at(12, 4, 14), 180), place=OFFICE),
        ProtectedTime(**_common(32, at(12, 7, 9), 180)),
        interview(40, at(10, 25, 1, 30)),
        interview(41, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        interview(42, at(3, 28, 1, 30, year=2027)),
        interview(43, at(3, 29, 9, year=2027)),
    ]


def site_bookings() -> list[Booking]:
    return [
        permanence(1, at(12, 1, 9), taken=(TakenPlace(starts_at=at(12, 1, 9), reference="KM4821"),)),
        session(20, at(12, 3, 14)),
        Closure(
            uid=uid(50),
            sequence=0,
            created_at=CREATED,
            last_modified_at=TOUCHED,
            place=GAGNY,
            starts_on=date(2026, 12, 24),
            ends_on=date(2027, 1, 2),
        ),
    ]


def partner_bookings() -> list[Booking]:
    return [
        FreePlace(**_common(60, at(12, 1, 9), 45), place=GAGNY),
        FreePlace(**_common(61, at(12, 1, 9, 45), 45), place=GAGNY),
        FreePlace(**_common(62, at(12, 8, 9), 45), place=SANTE),
        FreePlace(**_common(63, at(11, 20, 9), 45), place=SANTE),
        Orientation(**_common(70, at(12, 1, 10, 30), 45), place=GAGNY, label="dossier 12"),
    ]


def many(count: int) -> list[Booking]:
    """That many permanences, each its own, three a day."""
    return [
        permanence(1000 + n, at(12, 1, 9) + timedelta(days=n // 3, hours=4 * (n % 3))) for n in range(count)
    ]
