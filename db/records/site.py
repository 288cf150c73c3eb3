"""Sites and what lies between them."""

from datetime import date

from db.records.base import Fact, HalfDay, Instant, Record


class Room(Record, frozen=True, kw_only=True):
    code: str
    name: str = ""
    seats: int = 0


class Opening(Record, frozen=True, kw_only=True):
    """Hours (`HH:MM`) of one half-day of a weekday (1 is Monday); both dates included."""

    weekday: int
    half_day: HalfDay
    from_hour: str
    to_hour: str
    slot_minutes: int = 60
    buffer_minutes: int = 0
    from_on: date | None = None
    until_on: date | None = None


class Site(Fact, frozen=True, kw_only=True):
    name: str
    kind: str
    short_name: str = ""
    neutral_name: str | None = None
    address: str = ""
    directions: str = ""
    phone: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    gate_margin_minutes: int = 0
    holds_detained: bool = False
    phones_outside: bool = False
    of_partner: bool = False
    demands_accreditation: bool = False
    asks_access_list: bool = False
    access_notice_days: int = 0
    far: bool = False
    open_on_holidays: bool = False
    interview_places: int = 99
    position: int = 0
    archived_at: Instant | None = None
    rooms: tuple[Room, ...] = ()
    openings: tuple[Opening, ...] = ()


class Closure(Fact, frozen=True, kw_only=True):
    """`half_day` null: both."""

    site: str
    from_on: date
    until_on: date
    half_day: HalfDay | None = None
    reason: str | None = None
    said_by: str | None = None


class Travel(Record, frozen=True, kw_only=True):
    """Minutes from one site to another; the way back too unless it is given."""

    from_site: str
    to_site: str
    minutes: int
