"""What the page of a participant lists as still to come."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from db.records.assignment import Assignment
from db.records.facts import Facts
from db.records.territory import Territory
from service.pages.person.view import appointments

NOW = datetime(2026, 12, 3, 10, 30, tzinfo=UTC)


def appointment(starts_at: datetime) -> Assignment:
    return Assignment(
        id=uuid4(), kind="interview", key=str(starts_at), held_on=starts_at.date(), starts_at=starts_at, revision=1,
        staff=("AR",), ends_at=starts_at + timedelta(hours=1), sequence_number=0, created_at=NOW,
        participant="KM4821", last_modified_at=NOW,
    )  # fmt: skip


def test_what_is_over_today_is_no_longer_to_come() -> None:
    territory = Territory(
        id=UUID(int=9), code="idf", name="IDF", zone="Europe/Paris", version=1, departements=("93",), settings={},
        facts_revision=0, published_revision=0,
    )  # fmt: skip
    found = [appointment(NOW - timedelta(hours=ago)) for ago in (2, 1, 0)]
    (under_way,) = appointments(Facts(territory=territory), found, NOW)
    assert under_way.when == "Jeudi 3 décembre, 11\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"
