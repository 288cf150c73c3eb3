"""Facts supposed otherwise: what a repair would change, and what a scenario asks "what if" about."""

from datetime import date

import msgspec

from planner.records import Count, HalfDay, Hour, Identifier, Positive, Record, Weekday


class StaffLeaves(Record, frozen=True, kw_only=True, tag="staff_leaves"):
    """A person is no longer there from a date on."""

    staff: Identifier
    on: date


class StaffAway(Record, frozen=True, kw_only=True, tag="staff_away"):
    """A person is absent from one date to another, both included; one half-day of them if it says so."""

    staff: Identifier
    from_on: date
    until_on: date
    half_day: HalfDay | None = None


class StaffBack(Record, frozen=True, kw_only=True, tag="staff_back"):
    """A person's absence no longer holds in one half-day."""

    staff: Identifier
    on: date
    half_day: HalfDay


class StaffAuthorised(Record, frozen=True, kw_only=True, tag="staff_authorised"):
    """A person has a valid authorisation for a site."""

    staff: Identifier
    site: Identifier


class SiteOpens(Record, frozen=True, kw_only=True, tag="site_opens"):
    """A site opens on a weekday, or on one date; hours as in its other openings of that half-day."""

    site: Identifier
    half_day: HalfDay
    weekday: Weekday | None = None
    on: date | None = None
    from_hour: Hour | None = msgspec.field(default=None, name="from")
    to_hour: Hour | None = msgspec.field(default=None, name="to")


class SiteHours(Record, frozen=True, kw_only=True, tag="site_hours"):
    """Where a site opens on a weekday's half-day, it keeps other hours."""

    site: Identifier
    weekday: Weekday
    half_day: HalfDay
    from_hour: Hour = msgspec.field(name="from")
    to_hour: Hour = msgspec.field(name="to")


class SiteCloses(Record, frozen=True, kw_only=True, tag="site_closes"):
    """A site closes from one date to another, both included."""

    site: Identifier
    from_on: date
    until_on: date
    half_day: HalfDay | None = None


class MorePlaces(Record, frozen=True, kw_only=True, tag="more_places"):
    """A site has more interview places, or a cadence keeps fewer for partners."""

    places: Positive = 1
    site: Identifier | None = None
    cadence: Identifier | None = None


class OtherStaff(Record, frozen=True, kw_only=True, tag="other_staff"):
    """A need may be held by somebody else than the referent."""

    need: Identifier


class LongerWindow(Record, frozen=True, kw_only=True, tag="longer_window"):
    """A need, or a sequence of a promotion, may be placed some days later."""

    days: Positive = 7
    need: Identifier | None = None
    promotion: Identifier | None = None
    sequence: Identifier | None = None


class CloserDates(Record, frozen=True, kw_only=True, tag="closer_dates"):
    """The dates of a cadence, the interviews of a person or a sequence and the one before may be closer."""

    days: Positive = 1
    need: Identifier | None = None
    cadence: Identifier | None = None
    promotion: Identifier | None = None
    sequence: Identifier | None = None


class CadenceAsks(Record, frozen=True, kw_only=True, tag="cadence_asks"):
    """A monthly cadence asks another number."""

    cadence: Identifier
    asked: Count


class NeedAsks(Record, frozen=True, kw_only=True, tag="need_asks"):
    """An interview is asked for another number of times; none: not at all."""

    need: Identifier
    count: Count


FactChange = (
    StaffLeaves
    | StaffAway
    | StaffBack
    | StaffAuthorised
    | SiteOpens
    | SiteHours
    | SiteCloses
    | MorePlaces
    | OtherStaff
    | LongerWindow
    | CloserDates
    | CadenceAsks
    | NeedAsks
)
