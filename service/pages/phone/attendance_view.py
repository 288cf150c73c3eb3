"""Who came: what waits for an answer, in words, day by day."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from itertools import groupby

import msgspec

from db.records.assignment import Assignment
from db.records.attendance import Attendance
from db.records.facts import Facts
from service.actions.answer_attendance import mark_of
from service.actions.record_attendance import Came
from service.catalogue import text
from service.french_text import capital, clock, day_date, listed
from service.pages.staff_week_view import title_of

ANSWERED = ("held", "missed", "excused")
STATUS_WORDS = {
    "honoured": "Honoré",
    "missed": "Absence non excusée",
    "excused": "Excusé",
    "cancelled_by_us": "Annulé par nous",
    "cancelled_by_site": "Annulé par le site",
    "cancelled_by_person": "Annulé par la personne",
}
ANSWERS = (("honoured", "Honoré", "check"), ("missed", "Absent", "cross"), ("excused", "Excusé", "info"))
"""The three large buttons; the others are behind "Autre chose"."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment: `answer` is empty while nobody said who came; `people` are the references of a session."""

    id: str
    kind: str
    when: str
    title: str
    place: str
    answer: str = ""
    people: tuple[str, ...] = ()
    has_next: bool = False
    mark: str = ""
    """What is noted, as a form sends it back: another mark later is somebody else's answer."""


class QuestionDay(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    questions: tuple[Question, ...]


def question_days(
    facts: Facts, asked: Iterable[Assignment], noted: Iterable[Attendance], now: datetime
) -> tuple[QuestionDay, ...]:
    """The newest day first, hours in order."""
    answers = {
        key: tuple(several)
        for key, several in groupby(
            sorted(noted, key=lambda one: one.assignment_id), lambda one: one.assignment_id
        )
    }
    groups = groupby(sorted(asked, key=lambda one: (-one.held_on.toordinal(), one.starts_at)), _day)
    return tuple(
        QuestionDay(
            words=day_words(on, now.date()),
            questions=tuple(_question(facts, one, answers.get(one.id, ()), now) for one in several),
        )
        for on, several in groups
    )


def _day(one: Assignment) -> date:
    return one.held_on


def day_words(on: date, today_on: date) -> str:
    """Hier, mardi 1er décembre"""
    ahead = (on - today_on).days
    words = {0: "Aujourd’hui, {day}", -1: "Hier, {day}", 1: "Demain, {day}"}.get(ahead, "{day}")
    return capital(text(words, day=day_date(on)))


def outcome_words(noted: tuple[Attendance, ...] | tuple[Came, ...]) -> str:
    """Honoré; of several people who was there."""
    if len(noted) < 2:
        return "".join(text(STATUS_WORDS[one.status]) for one in noted)
    here = [one.participant or "" for one in noted if one.status == "honoured"]
    return text("présents : {who}", who=listed(sorted(here)) if here else text("personne"))


def noted_words(facts: Facts, one: Assignment, noted: tuple[Attendance, ...], zone: tzinfo) -> str:
    """KM4821, lundi 30 novembre à 9 h 45 : honoré; empty while nothing is noted."""
    if not noted:
        return ""
    return text(
        "{what}, {day} à {hour} : {outcome}",
        what=title_of(facts, one),
        day=day_date(one.held_on),
        hour=clock(one.starts_at.astimezone(zone).time()),
        outcome=outcome_words(noted).lower() if len(noted) < 2 else outcome_words(noted),
    )


def people_of(facts: Facts, one: Assignment) -> tuple[str, ...]:
    """Who takes part in the session of a promotion, by reference; of anything else nobody."""
    if one.kind != "session":
        return ()
    return next((found.participants for found in facts.promotions if found.code == one.promotion), ())


def _question(facts: Facts, one: Assignment, several: tuple[Attendance, ...], now: datetime) -> Question:
    noted = several[-1] if several else None
    sites = {site.code: site.name for site in facts.sites}
    return Question(
        id=str(one.id),
        kind=one.kind,
        when=clock(one.starts_at.astimezone(now.tzinfo).time(), padded=True),
        title=title_of(facts, one),
        place=sites.get(one.site or "", text("à distance")),
        answer=text(STATUS_WORDS[noted.status]) if noted else "",
        people=people_of(facts, one),
        has_next=bool(one.participant) and noted is not None and noted.next_assignment_id is None,
        mark=mark_of(several),
    )
