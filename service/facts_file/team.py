"""Staff, absences, wishes and meetings of a facts file, as records."""

from collections.abc import Iterator

from db.records.staff import Absence, Accreditation, Meeting, StaffMember, WeeklyAvailability, Wish
from service.facts_file.dated import DatedFacts
from service.facts_file.errors import FieldError
from service.facts_file.lines import read_pattern, read_wish
from service.facts_file.schema import StaffEntry
from service.relative_dates import WEEKDAYS


def staff_record(person: StaffEntry, position: int, dated: DatedFacts) -> StaffMember:
    return StaffMember(
        code=person.code,
        name=person.name,
        job=person.job,
        base=person.base,
        etp_percent=person.etp_percent,
        max_half_days_week=person.max_half_days_week,
        max_half_days_month=person.max_half_days_month,
        protected_half_days=person.protected_half_days,
        position=position,
        skills=person.skills,
        availability=tuple(
            WeeklyAvailability(
                weekday=line.weekday,
                half_day=line.half_day,
                from_hour=line.from_hour,
                to_hour=line.to_hour,
                place=line.place,
            )
            for text in person.pattern
            for line in read_pattern(text)
        ),
        accreditations=tuple(_accreditations(person, dated)),
    )


def _accreditations(person: StaffEntry, dated: DatedFacts) -> Iterator[Accreditation]:
    for site in person.accredited:
        yield Accreditation(site=site)
    entry = f"staff {person.code!r}, accreditations"
    for given in person.accreditations:
        from_on = dated.day_or_none(entry, "from", given.from_on)
        until_on = dated.day_or_none(entry, "until", given.until_on)
        if from_on and until_on and until_on < from_on:
            raise FieldError(entry, "until", f"{until_on} is before {from_on} in this month")
        yield Accreditation(
            site=given.site,
            from_on=from_on,
            until_on=until_on,
            asked_on=dated.day_or_none(entry, "asked", given.asked_on),
        )


def absence_records(dated: DatedFacts) -> Iterator[Absence]:
    for person in dated.facts.staff:
        for absence in person.absences:
            for interval in dated.absence(f"staff {person.code!r}, absences", absence):
                yield Absence(
                    code=f"{person.code}-{interval.starts_at:%Y-%m-%d}-{absence.half_day or 'day'}",
                    staff=person.code,
                    starts_at=interval.starts_at,
                    ends_at=interval.ends_at,
                    kind=absence.kind,
                )


def wish_records(dated: DatedFacts) -> Iterator[Wish]:
    for person in dated.facts.staff:
        for text in person.wishes:
            line = read_wish(text)
            on = dated.day_or_none(f"staff {person.code!r}", "wishes", line.on)
            named = on.isoformat() if on else WEEKDAYS[(line.weekday or 1) - 1]
            yield Wish(
                code=f"{person.code}-{line.wish}-{named}-{line.half_day}",
                staff=person.code,
                half_day=line.half_day,
                wish=line.wish,
                weekday=line.weekday,
                wished_on=on,
            )


def meeting_records(dated: DatedFacts) -> Iterator[Meeting]:
    for meeting in dated.facts.meetings:
        for on in dated.days(f"meetings {meeting.code!r}", "on", meeting.on):
            yield Meeting(
                code=f"{meeting.code}-{on}",
                title=meeting.title,
                starts_at=dated.instant(on, meeting.from_hour),
                ends_at=dated.instant(on, meeting.until_hour),
                site=meeting.site,
                attendees=meeting.staff,
            )
