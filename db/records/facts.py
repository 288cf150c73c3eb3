"""All facts of a territory, as one consistent reading of them."""

from db.records.base import Record
from db.records.cadence import Cadence, Promotion
from db.records.participant import InterviewNeed, Participant, Path, Pin, Volume
from db.records.partner import Partner
from db.records.site import Closure, Site, Travel
from db.records.staff import (
    Absence,
    BusyInterval,
    BusyMark,
    LedgerEntry,
    Meeting,
    Speaker,
    StaffMember,
    Wish,
)
from db.records.territory import HolidayOverride, Programme, Territory


class FactSet(Record, frozen=True, kw_only=True):
    """Facts by kind. A field of None in a set to store: leave what is there; a tuple: this and no more."""

    programmes: tuple[Programme, ...] | None = None
    sites: tuple[Site, ...] | None = None
    closures: tuple[Closure, ...] | None = None
    staff: tuple[StaffMember, ...] | None = None
    absences: tuple[Absence, ...] | None = None
    busy_marks: tuple[BusyMark, ...] | None = None
    wishes: tuple[Wish, ...] | None = None
    speakers: tuple[Speaker, ...] | None = None
    meetings: tuple[Meeting, ...] | None = None
    participants: tuple[Participant, ...] | None = None
    paths: tuple[Path, ...] | None = None
    promotions: tuple[Promotion, ...] | None = None
    cadences: tuple[Cadence, ...] | None = None
    needs: tuple[InterviewNeed, ...] | None = None
    volumes: tuple[Volume, ...] | None = None
    partners: tuple[Partner, ...] | None = None
    travel: tuple[Travel, ...] | None = None
    holidays: tuple[HolidayOverride, ...] | None = None


class Facts(Record, frozen=True, kw_only=True):
    """What a territory knows, archived things included. Lists are sorted by code."""

    territory: Territory
    programmes: tuple[Programme, ...] = ()
    sites: tuple[Site, ...] = ()
    closures: tuple[Closure, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    absences: tuple[Absence, ...] = ()
    busy_marks: tuple[BusyMark, ...] = ()
    wishes: tuple[Wish, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    participants: tuple[Participant, ...] = ()
    paths: tuple[Path, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    needs: tuple[InterviewNeed, ...] = ()
    volumes: tuple[Volume, ...] = ()
    partners: tuple[Partner, ...] = ()
    travel: tuple[Travel, ...] = ()
    holidays: tuple[HolidayOverride, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    busy_intervals: tuple[BusyInterval, ...] = ()
    pins: tuple[Pin, ...] = ()


class Stored(Record, frozen=True, kw_only=True):
    """How many facts a storing added, changed, removed, and found as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(
            added=self.added + other.added,
            changed=self.changed + other.changed,
            removed=self.removed + other.removed,
            unchanged=self.unchanged + other.unchanged,
        )

    @property
    def touched(self) -> bool:
        return self.added + self.changed + self.removed > 0
