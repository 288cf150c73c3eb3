"""Team meetings and visits of partners: fixed hours, named people, never moved by a plan."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from db.records.facts import Facts
from db.records.staff import Meeting
from service.catalogue import text
from service.pages.facts.resource import Resource, Values, chosen, site_options, staff_options
from service.pages.forms import Answers, Field
from service.slugs import slug

MEETING_KINDS = (
    ("meeting", "Rencontre d’équipe"),
    ("visit", "Visite partenaire"),
    ("funder", "Visio financeur"),
)


def meeting_fields(facts: Facts) -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in MEETING_KINDS)
    return (
        Field(name="title", label=text("Titre"), required=True, longest=80, hint=text("Vu dans les agendas de l’équipe : aucun nom de personne accompagnée.")),
        Field(name="kind", label=text("Nature"), kind="radios", options=kinds, default=("meeting",)),
        Field(name="on", label=text("Le"), kind="date", required=True),
        Field(name="from_hour", label=text("De"), kind="time", required=True, default=("09:30",)),
        Field(name="until_hour", label=text("À"), kind="time", required=True, default=("11:00",)),
        Field(name="attendees", label=text("Qui vient"), kind="checks", options=staff_options(facts), required=True,
              hint=text("Rien d’autre ne leur sera proposé à ces heures.")),
        Field(name="site", label=text("Lieu"), kind="select", options=site_options(facts)),
        Field(name="place", label=text("Ou à une autre adresse"), longest=120),
    )  # fmt: skip


def meeting_typed(meeting: Meeting, facts: Facts) -> dict[str, tuple[str, ...]]:
    zone = ZoneInfo(facts.territory.zone)
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    return {
        "title": (meeting.title,),
        "kind": (meeting.kind,),
        "on": (starts.date().isoformat(),),
        "from_hour": (f"{starts:%H:%M}",),
        "until_hour": (f"{ends:%H:%M}",),
        "attendees": meeting.attendees,
        "site": chosen(meeting.site),
        "place": chosen(meeting.place),
    }


def make_meeting(values: Values, facts: Facts) -> tuple[Meeting, ...]:
    code = slug(f"{values['title']}-{values['on']}", frozenset(one.code for one in facts.meetings))
    starts_at, ends_at = _hours(values, facts.territory.zone)
    blank = Meeting(code=code, title=values["title"], starts_at=starts_at, ends_at=ends_at)
    return (change_meeting(blank, values, facts),)


def change_meeting(meeting: Meeting, values: Values, facts: Facts) -> Meeting:
    starts_at, ends_at = _hours(values, facts.territory.zone)
    return msgspec.structs.replace(
        meeting,
        title=values["title"],
        kind=values["kind"] or meeting.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        attendees=values["attendees"],
        site=values["site"] or None,
        place=values["place"],
    )


def _hours(values: Values, zone: str) -> tuple[datetime, datetime]:
    on: date = values["on"]
    local = ZoneInfo(zone)
    starts, ends = time.fromisoformat(values["from_hour"]), time.fromisoformat(values["until_hour"])
    return datetime.combine(on, starts, local), datetime.combine(on, ends, local)


def check_hours(answers: Answers, _: Facts) -> Answers:
    start, end = answers.values.get("from_hour"), answers.values.get("until_hour")
    if start and end and end <= start:
        return answers.with_problem("until_hour", text("À"), text("la fin précède le début"))
    return answers


MEETING = Resource(
    path="rencontres", place="equipe", kind="meetings", new_title="Ajouter une rencontre",
    lead="Rencontre d’équipe, visite partenaire, visio : une heure fixe que le planning ne déplace jamais. Visible des personnes qui y viennent.",
    fields=meeting_fields, typed=meeting_typed, make=make_meeting, change=change_meeting, check=check_hours,
    over_after=("on",), noted_days_after=60,
    take_away="Retirer cette rencontre",
)  # fmt: skip
