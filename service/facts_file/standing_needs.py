"""Programmes, cadences and promotions of a facts file, as records.

A promotion, and a cadence that follows one, live in their month: their codes carry it.
"""

from db.records.cadence import Cadence, CadenceException, HistoryDate, Promotion, Sequence
from db.records.staff import Speaker
from db.records.territory import Programme
from service.facts_file.dated import DatedFacts
from service.facts_file.errors import FieldError
from service.facts_file.lines import weekday_number
from service.facts_file.schema import CadenceEntry, ProgrammeEntry, PromotionEntry, SequenceEntry

DAYS_A_MONTH = 30


def programme_record(programme: ProgrammeEntry, position: int) -> Programme:
    targets = {
        "individual_percent": programme.individual_target_percent,
        "collective_percent": programme.collective_target_percent,
    }
    return Programme(
        code=programme.code,
        name=programme.name,
        funder=", ".join(programme.funders) or None,
        departements=programme.departments,
        length_days=programme.length_months * DAYS_A_MONTH if programme.length_months else None,
        targets={name: value for name, value in targets.items() if value is not None},
        position=position,
    )


def cadence_record(cadence: CadenceEntry, position: int, dated: DatedFacts) -> Cadence:
    return Cadence(
        code=dated.code(cadence.code) if cadence.follows else cadence.code,
        name=cadence.name,
        site=cadence.site,
        programme=cadence.programme,
        kind=cadence.kind,
        sort=cadence.sort,
        asked=cadence.asked,
        up_to=cadence.up_to,
        weekdays=tuple(weekday_number(name) for name in cadence.weekdays),
        length=cadence.length,
        min_days=cadence.min_days,
        staff_count=cadence.staff_count,
        skills=cadence.skills,
        partner_places=cadence.partner_places,
        follows=dated.code(cadence.follows) if cadence.follows else None,
        seats=cadence.seats,
        needs_room=cadence.needs_room,
        compulsory=cadence.compulsory,
        duration_minutes=cadence.duration_minutes,
        offset_minutes=cadence.offset_minutes,
        position=position,
        usual_staff=cadence.usual_staff,
        exceptions=tuple(_exceptions(cadence, dated)),
        history=tuple(_history(cadence, dated)),
    )


def _exceptions(cadence: CadenceEntry, dated: DatedFacts) -> list[CadenceException]:
    entry = f"cadences {cadence.code!r}, exceptions"
    return [
        CadenceException(
            from_on=dated.day(entry, "on", exception.on),
            to_on=dated.day_or_none(entry, "to", exception.to_on),
        )
        for exception in cadence.exceptions
    ]


def _history(cadence: CadenceEntry, dated: DatedFacts) -> list[HistoryDate]:
    entry = f"cadences {cadence.code!r}"
    found = []
    for text in cadence.history:
        half_day, _, day = text.partition(" ")
        if half_day not in ("am", "pm"):
            raise FieldError(entry, "history", f"{text!r}: expected for example 'pm previous month 18'")
        held_on = dated.day(entry, "history", day)
        found.append(HistoryDate(held_on=held_on, half_day="am" if half_day == "am" else "pm"))
    return found


def promotion_record(promotion: PromotionEntry, dated: DatedFacts) -> Promotion:
    return Promotion(
        code=dated.code(promotion.code),
        name=promotion.name,
        site=promotion.site,
        seats=promotion.seats,
        open_to_partners=promotion.open_to_partners,
        programme=promotion.programme,
        weekday=weekday_number(promotion.weekday) if promotion.weekday else None,
        half_day=promotion.half_day,
        sequences=tuple(_sequence(sequence, promotion, dated) for sequence in promotion.sequences),
        participants=promotion.participants,
        animators_before=promotion.animators_before,
    )


def _sequence(sequence: SequenceEntry, promotion: PromotionEntry, dated: DatedFacts) -> Sequence:
    entry = f"promotions {promotion.code!r}, sequence {sequence.code!r}"
    from_on, until_on = dated.period(entry, sequence.from_on, sequence.until_on)
    asked = sequence.speaker_dates
    return Sequence(
        code=sequence.code,
        title=sequence.title,
        from_on=from_on,
        until_on=until_on,
        length=sequence.length,
        duration_minutes=sequence.duration_minutes,
        offset_minutes=sequence.offset_minutes,
        staff_count=sequence.staff_count,
        skills=sequence.skills,
        needs_room=sequence.needs_room,
        speaker=sequence.speaker,
        speaker_dates=None if asked is None else tuple(dated.days(entry, "speaker_dates", asked)),
        min_days=sequence.min_days,
        max_days=sequence.max_days,
        compulsory=sequence.compulsory,
        intervention=sequence.intervention,
        done_on=dated.day_or_none(entry, "done_on", sequence.done_on),
    )


def speaker_records(dated: DatedFacts) -> list[Speaker]:
    return [
        Speaker(code=speaker.code, name=speaker.name, organisation=speaker.organisation)
        for speaker in dated.facts.speakers
    ]
