"""Who came and the next date in one call; too many absences in a row wait for the referent."""

import asyncio

import pytest

from db.errors import NotFoundError
from db.queries.assignments import assignment
from db.queries.attendance import attendance_of
from db.queries.facts import fact
from db.records.assignment import Content
from db.records.participant import Participant, Path
from service.actions.answer_attendance import AnsweredMeanwhile, answer_attendance, mark_of
from service.actions.decide_path import decide_path
from service.actions.open_draft import BreaksRules
from service.actions.own_people import visible_participants
from service.actions.record_attendance import (
    CalledOffAlready,
    Came,
    NotYet,
    Recorded,
    record_attendance,
)
from service.errors import BadInput, Forbidden, StaleVersion
from tests.service.living_territory import (
    AR,
    COORDINATOR,
    NK,
    at,
    day,
    host,
    make_living,
    meeting,
    publish,
)

pytestmark = pytest.mark.usefixtures("database")


def past(ahead: int, participant: str = "KM4821", **fields: object) -> Content:
    """An interview of AR at 10 h of a day that is over."""
    values: dict[str, object] = {
        "kind": "interview",
        "key": f"interview:{participant}/{ahead}:1",
        "held_on": day(ahead),
        "half_day": "am",
        "starts_at": at(ahead, 10),
        "ends_at": at(ahead, 11),
        "staff": ("AR",),
        "site": "bureau",
        "participant": participant,
        "programme": "o2r",
        "interview_kind": "suivi",
        "mode": "on_site",
    }
    return Content(**(values | fields))  # type: ignore[arg-type]


HONOURED, MISSED = (Came(status="honoured"),), (Came(status="missed"),)


async def test_who_came_and_the_next_date_are_one_call() -> None:
    territory = await make_living()
    (held, _) = await publish(territory, past(-1), host(3))
    recorded = await record_attendance(territory, held, HONOURED, AR, next_date=meeting(3, 10))
    assert recorded.next is not None
    following = recorded.next.assignment
    assert (following.participant, following.programme, following.status) == ("KM4821", "o2r", "planned")
    (noted,) = await attendance_of(territory.id, [held])
    assert (noted.status, noted.next_assignment_id) == ("honoured", following.id)
    one = await assignment(territory.id, held)
    assert (one.status, one.sequence_number) == ("held", 0)
    assert (await fact(territory.id, Participant, "KM4821")).last_contact_on == day(-1)


async def test_a_next_date_that_breaks_a_rule_leaves_the_attendance_unsaid() -> None:
    territory = await make_living()
    (held, _) = await publish(territory, past(-1), host(3))
    with pytest.raises(BreaksRules):
        await record_attendance(
            territory, held, HONOURED, AR, next_date=meeting(3, 10, starts_at=at(3, 10, 10))
        )
    assert await attendance_of(territory.id, [held]) == ()
    assert (await assignment(territory.id, held)).status == "planned"


async def test_two_unexcused_absences_in_a_row_suspend_the_path_and_ask_its_referent() -> None:
    territory = await make_living()
    first, excused, second = await publish(territory, past(-9), past(-5), past(-1))
    assert (await record_attendance(territory, first, MISSED, AR)).asked == ()
    await record_attendance(territory, excused, (Came(status="excused"),), AR)
    recorded = await record_attendance(territory, second, MISSED, AR)
    assert [(one.referent, one.misses) for one in recorded.asked] == [("AR", 2)]
    path = await fact(territory.id, Path, "KM4821-o2r")
    assert (path.state, path.missed_on) == ("suspended", day(-1))
    assert path.asked_referent_at is not None
    resumed = await decide_path(territory, path.code, "resume", AR)
    assert (resumed.state, resumed.misses_in_a_row, resumed.asked_referent_at) == ("running", 0, None)


async def test_one_version_of_a_path_is_decided_of_once() -> None:
    territory = await make_living()
    read = await fact(territory.id, Path, "KM4821-o2r")
    decided = await asyncio.gather(
        decide_path(territory, read.code, "suspend", AR, version=read.version),
        decide_path(territory, read.code, "end", COORDINATOR, version=read.version),
        return_exceptions=True,
    )
    (kept,) = (one for one in decided if isinstance(one, Path))
    assert [type(one) for one in decided if one is not kept] == [StaleVersion]
    assert await fact(territory.id, Path, read.code) == kept


async def test_a_correction_takes_the_suspension_back() -> None:
    territory = await make_living()
    ids = await publish(territory, past(-9), past(-1))
    for one in ids:
        await record_attendance(territory, one, MISSED, AR)
    await record_attendance(territory, ids[1], HONOURED, COORDINATOR)
    path = await fact(territory.id, Path, "KM4821-o2r")
    assert (path.state, path.misses_in_a_row, path.missed_on) == ("running", 0, day(-9))
    (noted,) = await attendance_of(territory.id, [ids[1]])
    assert (noted.status, noted.version) == ("honoured", 2)


async def test_what_has_not_begun_is_neither_honoured_nor_missed() -> None:
    territory = await make_living()
    (later, gone) = await publish(
        territory, past(3, key="later"), past(4, "ZT1002", key="gone", status="cancelled")
    )
    for came in (HONOURED, MISSED):
        with pytest.raises(NotYet):
            await record_attendance(territory, later, came, AR)
    await record_attendance(territory, later, (Came(status="excused"),), AR)
    one = await assignment(territory.id, later)
    assert (one.status, one.cancelled_by) == ("cancelled", "person")
    with pytest.raises(CalledOffAlready):
        await record_attendance(territory, gone, HONOURED, AR)


async def test_only_who_held_it_and_the_coordination_say_who_came() -> None:
    territory = await make_living()
    (held, office) = await publish(territory, past(-1), host(-1))
    with pytest.raises(Forbidden):
        await record_attendance(territory, held, HONOURED, NK)
    with pytest.raises(BadInput):
        await record_attendance(territory, office, HONOURED, AR)
    with pytest.raises(BadInput):
        await record_attendance(territory, held, (Came(status="missed", participant="ZT1002"),), AR)


async def test_each_participation_in_a_session_has_its_own_status() -> None:
    territory = await make_living()
    session = past(-1, kind="session", key="session:atelier", participant=None, interview_kind=None)
    (held,) = await publish(territory, session)
    came = (Came(status="honoured", participant="KM4821"), Came(status="missed", participant="ZT1002"))
    recorded = await record_attendance(territory, held, came, AR)
    assert [(one.participant, one.status) for one in recorded.attendance] == [
        ("KM4821", "honoured"),
        ("ZT1002", "missed"),
    ]
    assert (await fact(territory.id, Path, "ZT1002-o2r")).misses_in_a_row == 0
    assert (await assignment(territory.id, held)).status == "held"


async def test_staff_note_nobody_else_s_people_in_a_session() -> None:
    territory = await make_living()
    session = past(-1, kind="session", key="session:atelier", participant=None, interview_kind=None)
    (held,) = await publish(territory, session)
    strangers = (Came(status="missed", participant="BB3003"),)
    with pytest.raises(NotFoundError):
        await record_attendance(territory, held, strangers, AR)
    assert await attendance_of(territory.id, [held]) == ()
    assert (await record_attendance(territory, held, strangers, COORDINATOR)).attendance


async def test_the_same_status_sent_by_many_at_once_is_noted_once() -> None:
    territory = await make_living()
    (held,) = await publish(territory, past(-1))
    sent = [record_attendance(territory, held, MISSED, AR) for _ in range(6)]
    ends: list[Recorded] = await asyncio.gather(*sent)
    assert {len(one.attendance) for one in ends} == {1}
    (noted,) = await attendance_of(territory.id, [held])
    assert noted.version == 6
    assert (await fact(territory.id, Path, "KM4821-o2r")).misses_in_a_row == 1


async def test_of_two_who_answer_the_same_page_at_once_the_second_is_shown_the_first() -> None:
    territory = await make_living()
    (held,) = await publish(territory, past(-1))
    sent = [answer_attendance(territory, held, came, AR, "") for came in (MISSED, HONOURED)]
    ends = await asyncio.gather(*sent, return_exceptions=True)
    (told,) = [one for one in ends if isinstance(one, AnsweredMeanwhile)]
    (noted,) = await attendance_of(territory.id, [held])
    assert (noted.version, noted.status) == (1, told.noted[0].status)
    corrected = await answer_attendance(territory, held, HONOURED, AR, mark_of(told.noted))
    assert [one.status for one in corrected.attendance] == ["honoured"]


async def test_who_followed_a_person_sees_them_no_more_once_the_path_has_ended() -> None:
    territory = await make_living()
    assert await visible_participants(territory, AR) == {"KM4821", "ZT1002"}
    await decide_path(territory, "ZT1002-o2r", "end", AR)
    assert await visible_participants(territory, AR) == {"KM4821"}
    await decide_path(territory, "KM4821-o2r", "suspend", AR)
    assert await visible_participants(territory, AR) == {"KM4821"}
    assert await visible_participants(territory, COORDINATOR) is None
