"""Contradictions that need no month: a code given twice, a name that nothing bears, an unreadable line."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.facts_file.errors import FieldError
from service.facts_file.lines import (
    LineError,
    hour,
    read_hours,
    read_opening,
    read_pattern,
    read_travel,
    read_wish,
    weekday_number,
)
from service.facts_file.schema import (
    CadenceEntry,
    FactsFile,
    MeetingEntry,
    PromotionEntry,
    RhythmEntry,
    SiteEntry,
    StaffEntry,
)
from service.facts_file.tables import NeedRow, ParticipantRow, Usual, read_needs, read_participants

Line = TypeVar("Line")


class Coded(Protocol):
    @property
    def code(self) -> str: ...


def check(facts: FactsFile) -> None:
    """Raises FieldError at the first fault found."""
    lists: dict[str, Iterable[Coded]] = {
        "programmes": facts.programmes,
        "rhythms": facts.rhythms,
        "sites": facts.sites,
        "staff": facts.staff,
        "cadences": facts.cadences,
        "promotions": facts.promotions,
        "meetings": facts.meetings,
        "speakers": facts.speakers,
        "partners": facts.partners,
    }
    for name, rows in lists.items():
        _once(name, [row.code for row in rows])
    names = Names(facts)
    _check_zone(facts.territory.zone)
    for rhythm in facts.rhythms:
        _check_rhythm(rhythm)
    for site in facts.sites:
        _check_site(site)
    for number, line in enumerate(facts.travel, start=1):
        _check_travel(line, f"travel, line {number}", names)
    for person in facts.staff:
        _check_staff(person, names)
    for cadence in facts.cadences:
        _check_cadence(cadence, names)
    for name, lines in facts.hours.items():
        _read_all(f"hours {name!r}", "", lines, read_hours)
    _check_people(facts, names)
    for promotion in facts.promotions:
        _check_promotion(promotion, names)
    for partner in facts.partners:
        names.known(f"partners {partner.code!r}", "sites", partner.sites, names.sites)
    for meeting in facts.meetings:
        _check_meeting(meeting, names)


class Names:
    """What each kind of entry may be called by."""

    def __init__(self, facts: FactsFile) -> None:
        self.programmes = frozenset(programme.code for programme in facts.programmes)
        self.rhythms = frozenset(rhythm.code for rhythm in facts.rhythms)
        self.sites = frozenset(site.code for site in facts.sites)
        self.staff = frozenset(person.code for person in facts.staff)
        self.promotions = frozenset(promotion.code for promotion in facts.promotions)
        self.speakers = frozenset(speaker.code for speaker in facts.speakers)
        self.hours = frozenset(facts.hours)
        self.references: frozenset[str] = frozenset()

    @staticmethod
    def known(entry: str, field: str, given: Iterable[str | None], known: frozenset[str]) -> None:
        for name in given:
            if name is not None and name not in known:
                raise FieldError(entry, field, f"{name!r} is not in this file")


def _once(name: str, codes: list[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise FieldError(f"{name} {code!r}", "code", "given twice")
        seen.add(code)


def _read_all(
    entry: str, field: str, lines: Iterable[str], read: Callable[[str], Line]
) -> Iterator[Line] | list[Line]:
    try:
        return [read(line) for line in lines]
    except LineError as error:
        raise FieldError(entry, field, str(error)) from error


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise FieldError("territory", "zone", f"{zone!r} is no time zone (Europe/Paris)") from error


def _check_rhythm(rhythm: RhythmEntry) -> None:
    for stage in rhythm.stages:
        if not 0 <= stage.tolerance < stage.every:
            raise FieldError(f"rhythms {rhythm.code!r}", "tolerance", f"from 0 to {stage.every - 1} weeks")


def _check_site(site: SiteEntry) -> None:
    entry = f"sites {site.code!r}"
    seen: set[tuple[int, str]] = set()
    for openings in _read_all(entry, "openings", site.openings, read_opening):
        for opening in openings:
            if (opening.weekday, opening.half_day) in seen:
                raise FieldError(entry, "openings", "two openings on one weekday and half-day")
            seen.add((opening.weekday, opening.half_day))
    _once(f"{entry}, rooms", [room.code for room in site.rooms])
    _once(f"{entry}, closures", [closure.code for closure in site.closures])


def _check_travel(line: str, entry: str, names: Names) -> None:
    for travel in _read_all(entry, "", [line], read_travel):
        names.known(entry, "", [travel.from_site, travel.to_site], names.sites)


def _check_meeting(meeting: MeetingEntry, names: "Names") -> None:
    entry = f"meetings {meeting.code!r}"
    names.known(entry, "staff", meeting.staff, names.staff)
    names.known(entry, "site", [meeting.site] if meeting.site else [], names.sites)
    _read_all(entry, "from", [meeting.from_hour], hour)
    _read_all(entry, "until", [meeting.until_hour], hour)
    if meeting.from_hour >= meeting.until_hour:
        raise FieldError(entry, "until", "ends before it starts")


def _check_staff(person: StaffEntry, names: Names) -> None:
    entry = f"staff {person.code!r}"
    _read_all(entry, "pattern", person.pattern, read_pattern)
    _read_all(entry, "wishes", person.wishes, read_wish)
    names.known(entry, "base", [person.base], names.sites)
    names.known(entry, "accredited", person.accredited, names.sites)
    names.known(entry, "accreditations", [given.site for given in person.accreditations], names.sites)


def _check_cadence(cadence: CadenceEntry, names: Names) -> None:
    entry = f"cadences {cadence.code!r}"
    names.known(entry, "site", [cadence.site], names.sites)
    names.known(entry, "programme", [cadence.programme], names.programmes)
    names.known(entry, "usual_staff", cadence.usual_staff, names.staff)
    names.known(entry, "follows", [cadence.follows], names.promotions)
    _read_all(entry, "weekdays", cadence.weekdays, weekday_number)


def _check_promotion(promotion: PromotionEntry, names: Names) -> None:
    entry = f"promotions {promotion.code!r}"
    names.known(entry, "site", [promotion.site], names.sites)
    names.known(entry, "programme", [promotion.programme], names.programmes)
    names.known(entry, "participants", promotion.participants, names.references)
    names.known(entry, "animators_before", promotion.animators_before, names.staff)
    _read_all(entry, "weekday", [promotion.weekday] if promotion.weekday else [], weekday_number)
    _once(f"{entry}, sequences", [sequence.code for sequence in promotion.sequences])
    for sequence in promotion.sequences:
        if sequence.min_days > sequence.max_days:
            raise FieldError(f"{entry}, sequence {sequence.code!r}", "max_days", "less than min_days")
        names.known(f"{entry}, sequence {sequence.code!r}", "speaker", [sequence.speaker], names.speakers)


def _check_people(facts: FactsFile, names: Names) -> None:
    participants, needs = read_participants(facts.participants), read_needs(facts.needs)
    _once("participants", [row.reference for row in participants])
    for participant in participants:
        entry = f"participants, line {participant.line}"
        names.known(entry, "rhythm", [participant.rhythm], names.rhythms)
        _check_usual(participant.usual, entry, facts, names)
        _check_row(participant, entry, names)
    _once("needs", [f"{row.reference} {row.kind}" for row in needs])
    for need in needs:
        entry = f"needs, line {need.line}"
        names.known(entry, "sites", need.sites, names.sites)
        _check_row(need, entry, names)
    names.references = frozenset(row.reference for row in participants) | {row.reference for row in needs}


def _check_usual(usual: Usual | None, entry: str, facts: FactsFile, names: Names) -> None:
    """The hour is one at which a slot of the site begins on that weekday."""
    if usual is None:
        return
    names.known(entry, "usual appointment", [usual.site], names.sites)
    site = next(
        (one for one in facts.sites if usual.site in (None, one.code) and _may_host(one, usual)), None
    )
    openings = [opening for line in site.openings for opening in read_opening(line)] if site else []
    if not any(one.weekday == usual.weekday and usual.start in one.starts for one in openings):
        where = site.code if site else "no office"
        raise FieldError(entry, "usual appointment", f"{where} has no slot at {usual.start} on that weekday")


def _may_host(site: SiteEntry, usual: Usual) -> bool:
    return usual.site is not None or site.kind == "bureau"


def _check_row(row: ParticipantRow | NeedRow, entry: str, names: Names) -> None:
    names.known(entry, "programme", [row.programme], names.programmes)
    names.known(entry, "referent", [row.referent], names.staff)
    names.known(entry, "marks", row.marks.sites, names.sites)
    names.known(entry, "marks", [row.marks.hours], names.hours)
