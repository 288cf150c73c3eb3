"""Participants, their paths, what they need and what is fixed with them, as records."""

from collections.abc import Iterator

from db.records.participant import Hours, InterviewNeed, Participant, Path, Pin
from db.records.territory import Stage
from service.facts_file.appointments import Appointment, Followed
from service.facts_file.dated import DatedFacts
from service.facts_file.errors import FieldError
from service.facts_file.lines import read_hours
from service.facts_file.schema import FactsFile
from service.facts_file.tables import Marks, NeedRow

FIXED = "fixed_with_person"


def participant_record(reference: str, marks: Marks, facts: FactsFile) -> Participant:
    lines = facts.hours[marks.hours] if marks.hours else ()
    hours = [hour for line in lines for hour in read_hours(line)]
    return Participant(
        code=reference,
        any_hour=marks.hours is None,
        hours=tuple(
            Hours(weekday=hour.weekday, from_hour=hour.from_hour, to_hour=hour.to_hour) for hour in hours
        ),
    )


def path_record(followed: Followed, offices: tuple[str, ...]) -> Path:
    row, marks = followed.row, followed.row.marks
    stages = [
        Stage(every_weeks=stage.every_weeks, tolerance_weeks=stage.tolerance_weeks, until_on=stage.until_on)
        for stage in followed.stages
    ]
    on_site = marks.sites or offices
    return Path(
        code=f"{row.reference}-{row.programme}",
        programme=row.programme,
        participant=row.reference,
        referent=row.referent,
        entry_on=followed.entry_on,
        starts_on=followed.entry_on,
        rhythm=tuple(stages) or None,
        mode=marks.mode,
        priority=marks.priority,
        slots=marks.slots,
        sites=on_site if marks.mode == "on_site" else (),
        only_in_permanence=marks.only_in_permanence,
        other_staff=marks.other_staff,
        leave_notice_days=marks.leave_notice_days,
        last_interview_on=followed.last_on,
        misses_in_a_row=marks.misses,
    )


def path_of_need(need: NeedRow, dated: DatedFacts) -> Path:
    """Someone met for the first time: a path without a rhythm yet."""
    return Path(
        code=f"{need.reference}-{need.programme}",
        programme=need.programme,
        participant=need.reference,
        referent=need.referent,
        entry_on=dated.month.first_on,
        starts_on=dated.month.first_on,
    )


def need_record(need: NeedRow, dated: DatedFacts) -> InterviewNeed:
    entry = f"needs, line {need.line}"
    from_on = dated.day(entry, "from", need.from_on)
    until_on = dated.day(entry, "until", need.until_on)
    if until_on < from_on:
        raise FieldError(entry, "until", f"{until_on} is before {from_on} in this month")
    return InterviewNeed(
        code=dated.code(f"{need.reference}-{need.kind}"),
        from_on=from_on,
        until_on=until_on,
        participant=need.reference,
        path=f"{need.reference}-{need.programme}",
        programme=need.programme,
        referent=need.referent,
        kind=need.kind,
        mode=need.marks.mode,
        priority=need.marks.priority,
        slots=need.marks.slots,
        only_in_permanence=need.marks.only_in_permanence,
        other_staff=need.marks.other_staff,
        leave_notice_days=need.marks.leave_notice_days,
        misses=need.marks.misses,
        sites=need.sites,
    )


def pin_records(appointments: Iterator[Appointment]) -> Iterator[Pin]:
    for fixed in appointments:
        yield Pin(
            key=f"interview:{fixed.need}:1",
            kind="interview",
            held_on=fixed.on,
            starts_hour=fixed.start,
            site_code=fixed.site,
            need_code=fixed.need,
            staff_codes=(fixed.staff,),
            origin=FIXED,
        )
