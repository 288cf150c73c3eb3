"""A month with one of everything, and the words that its territory has for it, for tests."""

from planner.kept import things
from planner.plan_view import PlanView
from planner.problem import Busy, Closure, Meeting, ParticipantHours, Problem
from planner.territory import Territory
from service.messages.assignment_words import Things
from service.messages.fact_words import FactWords
from tests.planner.build import (
    MONDAY,
    at,
    cadence,
    day,
    need,
    participant,
    permanence,
    person,
    plan,
    problem,
    promotion,
    room,
    sequence,
    site,
)


def month() -> Problem:
    return problem(
        sites=(
            site(
                name="Gagny",
                rooms=(room(),),
                closures=(Closure(id="works", from_on=day(3), until_on=day(4)),),
            ),
        ),
        staff=(
            person(
                "AR",
                busy=(Busy(starts_at=at(MONDAY, "09:00"), ends_at=at(MONDAY, "10:30")),),
                meetings=(Meeting(id="team", starts_at=at(MONDAY, "14:00"), ends_at=at(MONDAY, "15:00")),),
            ),
            person("BK"),
        ),
        cadences=(cadence(min_days=6, partner_places=2),),
        participants=(participant(hours=(ParticipantHours(weekday=1, from_hour="09:00", to_hour="11:00"),)),),
        promotions=(
            promotion(sequence("talk", title="Parler", speaker_dates=(day(5),)), weekday=2, half_day="pm"),
        ),
        interviews=(need(min_days=3, leave_notice_days=5, sites=("prison",), referent="AR"),),
    )


def words(facts: Problem) -> FactWords:
    view = PlanView(Territory(facts), plan(permanence(MONDAY, "am", "BK")))
    return FactWords(
        Things(
            facts,
            {"visits": "Permanence du matin", "spring": "Promotion 7"},
            {("prison", "blue"): "la salle bleue"},
        ),
        dict(things(view)),
    )
