"""A facts file and a month, as the records that the database takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any

import msgspec

from db.records.facts import FactSet
from db.records.participant import Participant, Path, Pin
from service.facts_file.appointments import Appointments
from service.facts_file.dated import DatedFacts
from service.facts_file.people import need_record, participant_record, path_of_need, path_record, pin_records
from service.facts_file.places import closure_records, partner_record, site_record, travel_records
from service.facts_file.read import located, read_facts
from service.facts_file.schema import FactsFile
from service.facts_file.standing_needs import (
    cadence_record,
    programme_record,
    promotion_record,
    speaker_records,
)
from service.facts_file.tables import Marks, read_needs, read_participants
from service.facts_file.team import absence_records, meeting_records, staff_record, wish_records

NOBODY: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class MonthFacts:
    """A territory and everything it knows for one month; `settings` are its own, by name."""

    code: str
    name: str
    zone: str
    departements: tuple[str, ...]
    settings: dict[str, Any]
    first_on: date
    last_on: date
    planned_on: date
    facts: FactSet
    pins: tuple[Pin, ...]


def read_month(path: FilePath, first_on: date, last_held: Mapping[str, date] = NOBODY) -> MonthFacts:
    """The facts of a file in the month of `first_on`. Raises FactsFileError naming file, entry and field.

    `last_held`: the last interview of each participant that is known from elsewhere.
    """
    facts = read_facts(path)
    with located(path):
        return month_facts(facts, first_on, last_held)


def month_facts(facts: FactsFile, first_on: date, last_held: Mapping[str, date] = NOBODY) -> MonthFacts:
    """Raises FieldError where a date says nothing, or contradicts another, in this month."""
    dated = DatedFacts(facts, first_on)
    territory = facts.territory
    participants, paths, pins = _followed(dated, last_held)
    new_people, new_paths = _met_first(dated, {person.code for person in participants})
    people = FactSet(participants=(*participants, *new_people), paths=(*paths, *new_paths))
    return MonthFacts(
        code=territory.code,
        name=territory.name,
        zone=territory.zone,
        departements=(territory.department,),
        settings={
            "default_travel_minutes": territory.default_travel_minutes,
            "notice_days": territory.notice_days,
            "partners": {
                "contact_name": territory.contact or territory.name,
                "contact_phone": territory.contact_telephone,
            },
        },
        first_on=dated.month.first_on,
        last_on=dated.month.last_on,
        planned_on=dated.planned_on,
        facts=_fact_set(dated, people),
        pins=pins,
    )


def _fact_set(dated: DatedFacts, people: FactSet) -> FactSet:
    facts = dated.facts
    return msgspec.structs.replace(
        people,
        programmes=tuple(programme_record(entry, rank) for rank, entry in enumerate(facts.programmes)),
        sites=tuple(site_record(entry, rank) for rank, entry in enumerate(facts.sites)),
        closures=closure_records(dated),
        travel=travel_records(dated),
        staff=tuple(staff_record(entry, rank, dated) for rank, entry in enumerate(facts.staff)),
        absences=tuple(absence_records(dated)),
        wishes=tuple(wish_records(dated)),
        meetings=tuple(meeting_records(dated)),
        speakers=tuple(speaker_records(dated)),
        partners=tuple(partner_record(entry) for entry in facts.partners),
        promotions=tuple(promotion_record(entry, dated) for entry in facts.promotions),
        cadences=tuple(cadence_record(entry, rank, dated) for rank, entry in enumerate(facts.cadences)),
        needs=tuple(need_record(row, dated) for row in read_needs(facts.needs)),
    )


def _followed(
    dated: DatedFacts, last_held: Mapping[str, date]
) -> tuple[list[Participant], list[Path], tuple[Pin, ...]]:
    """Participants with a path under way, and the appointments fixed with them."""
    facts, appointments = dated.facts, Appointments(dated, last_held)
    offices = tuple(site.code for site in facts.sites if site.kind == "bureau")
    rows = read_participants(facts.participants)
    followed = [appointments.followed(row) for row in rows]
    return (
        [participant_record(row.reference, row.marks, facts) for row in rows],
        [path_record(one, offices) for one in followed],
        tuple(pin_records(fixed for one in followed for fixed in one.appointments)),
    )


def _met_first(dated: DatedFacts, known: set[str]) -> tuple[list[Participant], list[Path]]:
    """People whom only a need names: met for the first time this month."""
    participants, paths = [], []
    marks: dict[str, Marks] = {}
    for row in read_needs(dated.facts.needs):
        if row.reference not in known and row.reference not in marks:
            marks[row.reference] = row.marks
            participants.append(participant_record(row.reference, row.marks, dated.facts))
            paths.append(path_of_need(row, dated))
    return participants, paths
