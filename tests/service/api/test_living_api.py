"""The living plan over JSON: an hour fixed, moved, cancelled; who came; this morning."""

import httpx
import pytest

from tests.servers import wait_until
from tests.service.api.conftest import TOKENS, bearer, readings
from tests.service.door import Client
from tests.service.living_territory import at, day

pytestmark = pytest.mark.slow
HERE = "/api/territories/vivante"
MONTH = {"from_on": str(day(-5)), "until_on": str(day(20))}


def fixed(
    client: Client, ahead: int, hour: int, participant: str = "KM4821", who: str = "AR"
) -> dict[str, object]:
    body = {"participant": participant, "staff": "AR", "starts_at": at(ahead, hour).isoformat()}
    answer = client.post(f"{HERE}/interviews", json=body, headers=bearer(who))
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()["interview"]
    return found


def test_an_interview_is_fixed_moved_and_cancelled_with_the_person(living: Client) -> None:
    ar = bearer("AR")
    one = fixed(living, 3, 9)
    address = f"{HERE}/interviews/{one['id']}"
    moved = living.post(
        f"{address}/move", json={"starts_at": at(3, 10).isoformat(), "revision": 1}, headers=ar
    )
    assert moved.json()["interview"]["revision"] == 2, moved.text
    late = living.post(
        f"{address}/move", json={"starts_at": at(3, 11).isoformat(), "revision": 1}, headers=ar
    )
    assert (late.status_code, late.json()["revision"]) == (412, 2)
    told = {each["field"]: each for each in late.json()["changed"]}
    assert told["starts_at"]["yours"] == at(3, 11).isoformat()
    assert told["starts_at"]["theirs"].startswith(at(3, 10).isoformat()[:11])
    assert set(told) == {"starts_at", "ends_at"}
    stale = {**ar, "if-match": '"1"'}
    for step in ("move", "cancel"):
        refused = living.post(f"{address}/{step}", json={}, headers=stale)
        assert (refused.status_code, refused.json()["type"]) == (412, "/problems/interview-changed")
    gone = living.post(f"{address}/cancel", json={"reason": "transport", "by": "person"}, headers=ar)
    assert (gone.json()["status"], gone.json()["cancelled_by"]) == ("cancelled", "person")
    what = [
        each["what"]
        for each in living.get(f"{HERE}/assignments/{one['id']}/events", headers=ar).json()["items"]
    ]
    assert what == ["fixed", "moved", "cancelled"]


def test_a_path_is_decided_of_from_the_version_that_was_read(living: Client) -> None:
    address, ar = f"{HERE}/paths/KM4821-o2r", bearer("AR")
    read = living.get(address, headers=ar).headers["etag"]
    decide = {"decision": "suspend"}
    assert living.post(f"{address}/decision", json=decide, headers=ar).status_code == 428
    decided = living.post(f"{address}/decision", json=decide, headers={**ar, "if-match": read})
    assert (decided.status_code, decided.json()["state"]) == (200, "suspended"), decided.text
    late = living.post(f"{address}/decision", json={"decision": "end"}, headers={**ar, "if-match": read})
    changed = {one["field"]: (one["theirs"], one["yours"]) for one in late.json()["changed"]}
    assert (late.status_code, changed["state"]) == (412, ("suspended", "ended"))
    back = {**ar, "if-match": decided.headers["etag"]}
    resumed = living.post(f"{address}/decision", json={"decision": "resume"}, headers=back)
    assert resumed.json()["state"] == "running"


def test_a_rule_that_would_break_is_listed_and_a_coordinator_overrules(living: Client) -> None:
    body = {"participant": "KM4821", "staff": "AR", "starts_at": at(4, 9, 20).isoformat()}
    refused = living.post(f"{HERE}/interviews", json={**body, "overrule": True}, headers=bearer("AR"))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/breaks-rules")
    assert {one["rule"] for one in refused.json()["broken"]} == {"interview_capacity"}
    decided = living.post(
        f"{HERE}/interviews", json={**body, "overrule": True}, headers=bearer("coordination")
    )
    assert decided.json()["broken"][0]["rule"] == "interview_capacity"


def test_the_month_is_read_once_and_participants_by_who_may_see_them(living: Client) -> None:
    one = fixed(living, 5, 9, "ZT1002")
    month = living.get(f"{HERE}/assignments", params=MONTH, headers=bearer("coordination"))
    assert {each["kind"] for each in month.json()["items"]} == {"office", "interview"}
    known = bearer("coordination", **{"if-none-match": month.headers["etag"]})
    assert living.get(f"{HERE}/assignments", params=MONTH, headers=known).status_code == 304
    address = f"{HERE}/assignments/{one['id']}"
    seen = {who: living.get(address, headers=bearer(who)).json()["participant"] for who in ("AR", "NK")}
    assert seen == {"AR": "ZT1002", "NK": None}
    asked = {**MONTH, "participant": "ZT1002", "kind": "interview"}
    assert living.get(f"{HERE}/assignments", params=asked, headers=bearer("NK")).json()["total"] == 0
    assert living.get(f"{HERE}/assignments", params=asked, headers=bearer("AR")).json()["total"] == 1


@pytest.mark.parametrize(
    "asked", [{}, {"from_on": "2026-01-01"}, {"from_on": "0001-01-01", "until_on": "9999-01-01"}]
)
def test_a_month_without_dates_or_of_centuries_is_refused(living: Client, asked: dict[str, str]) -> None:
    assert living.get(f"{HERE}/assignments", params=asked, headers=bearer("coordination")).status_code == 400


def test_a_month_that_is_kept_is_noted_for_each_who_reads_it_and_never_stale(living: Client) -> None:
    asked = {**MONTH, "kind": "interview"}
    before = read_count(living)
    sizes = [
        living.get(f"{HERE}/assignments", params=asked, headers=bearer("AR")).json()["total"]
        for _ in range(2)
    ]
    wait_until(lambda: read_count(living) >= before + 2)
    assert read_count(living) == before + 2
    fixed(living, 5, 10, "KM4821")
    after = living.get(f"{HERE}/assignments", params=asked, headers=bearer("AR")).json()["total"]
    assert sizes == [after - 1, after - 1]


def read_count(living: Client) -> int:
    """How often somebody read the month, as the trail knows it."""
    return len([one for one in readings(living) if "list_assignments" in str(one.detail)])


def test_who_came_before_it_began_is_refused_and_excused_ahead_frees_the_hour(living: Client) -> None:
    one = fixed(living, 4, 11, "ZT1002")
    address = f"{HERE}/assignments/{one['id']}/attendance"
    refused = living.post(address, json={"came": [{"status": "honoured"}]}, headers=bearer("AR"))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-yet")
    other = living.post(address, json={"came": [{"status": "excused"}]}, headers=bearer("NK"))
    assert other.status_code == 403
    following = {"staff": "AR", "starts_at": at(3, 11).isoformat()}
    body = {"came": [{"status": "excused"}], "next": following}
    recorded = living.post(address, json=body, headers=bearer("AR"))
    assert recorded.status_code == 200, recorded.text
    assert recorded.json()["next"]["interview"]["participant"] == "ZT1002"
    noted = living.get(address, headers=bearer("AR")).json()["items"]
    assert noted[0]["next_assignment_id"] == recorded.json()["next"]["interview"]["id"]
    listed = {
        who: living.get(f"{HERE}/attendance", params=MONTH, headers=bearer(who)).json()
        for who in ("AR", "NK")
    }
    assert [each["status"] for each in listed["AR"]["items"]] == ["excused"]
    assert listed["NK"]["total"] == 0
    assert living.get(f"{HERE}/attendance", headers=bearer("AR")).status_code == 400


def test_this_morning_somebody_else_comes_or_is_late_or_it_is_called_off(living: Client) -> None:
    month = living.get(
        f"{HERE}/assignments", params={**MONTH, "staff": "AR", "kind": "office"}, headers=bearer("AR")
    )
    hosts = {each["held_on"]: each["id"] for each in month.json()["items"]}
    office = f"{HERE}/assignments/{hosts[str(day(5))]}"
    late = living.post(f"{office}/late", json={"minutes": 15}, headers=bearer("AR")).json()
    assert late[0]["kind"] == "office"
    assert living.get(f"{office}/replacements", headers=bearer("AR")).json()["items"] == ["NK"]
    replaced = living.post(f"{office}/replace", json={"coming": "NK"}, headers=bearer("AR")).json()
    assert {one["staff"][0] for one in replaced["assignments"]} == {"NK"}
    refused = living.post(f"{office}/cancel-today", json={"reason": "absence"}, headers=bearer("AR"))
    assert refused.status_code == 403
    unlisted = living.post(f"{office}/cancel-today", json={"reason": "malade"}, headers=bearer("NK"))
    assert unlisted.status_code == 400
    stale = {**bearer("NK"), "if-match": '"1"'}
    unread = living.post(f"{office}/cancel-today", json={"reason": "absence"}, headers=stale)
    assert unread.status_code == 412
    assert unread.json()["changed"] == [{"field": "staff", "theirs": ["NK"], "yours": ["AR"]}]
    gone = living.post(f"{office}/cancel-today", json={"reason": "absence"}, headers=bearer("NK"))
    assert gone.json()[0]["kind"] == "office"


def test_an_absence_of_several_says_where_it_lands(living: Client) -> None:
    hours = {"starts_at": at(3, 8).isoformat(), "ends_at": at(3, 18).isoformat()}
    declared = living.post(
        f"{HERE}/absences", json={"staff": ["AR", "NK"], **hours}, headers=bearer("coordination")
    )
    assert declared.status_code == 201, declared.text
    assert [one["staff"] for one in declared.json()["absences"]] == ["AR", "NK"]
    assert {one["staff"][0] for one in declared.json()["landed"]["landings"]} == {"AR", "NK"}
    alone = living.post(f"{HERE}/absences", json={"staff": ["NK"], **hours}, headers=bearer("AR"))
    assert alone.status_code == 403


def test_an_absence_that_stands_is_not_noted_twice_and_the_answer_says_so(living: Client) -> None:
    hours = {"starts_at": at(4, 8).isoformat(), "ends_at": at(4, 18).isoformat()}

    def declare(*staff: str) -> httpx.Response:
        return living.post(f"{HERE}/absences", json={"staff": staff, **hours}, headers=bearer("coordination"))

    assert declare("AR").json()["already"] == []
    again = declare("AR")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-noted")
    assert "A.R." in again.json()["detail"]
    both = declare("AR", "NK").json()
    assert ([one["staff"] for one in both["absences"]], both["already"]) == (["NK"], ["AR"])


def test_a_token_without_participants_hears_of_none_in_the_answer_to_a_write(living: Client) -> None:
    one = fixed(living, 6, 10, "ZT1002", who="coordination")
    blind = {"authorization": f"Bearer {TOKENS['aveugle']}"}
    hours = {"starts_at": at(6, 8).isoformat(), "ends_at": at(6, 18).isoformat()}
    declared = living.post(f"{HERE}/absences", json={"staff": ["AR"], **hours}, headers=blind)
    landed = declared.json()["landed"]["landings"]
    assert str(one["id"]) in {each["id"] for each in landed}
    assert {each["participant"] for each in landed} == {None}
    for verb, body in (
        ("cancel-today", {"reason": "absence"}),
        ("late", {"minutes": 5}),
        ("replace", {"coming": "NK"}),
    ):
        refused = living.post(f"{HERE}/assignments/{one['id']}/{verb}", json=body, headers=blind)
        assert (refused.status_code, "ZT1002" in refused.text) == (403, False)
