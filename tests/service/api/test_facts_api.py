"""Every kind of fact over JSON: listed, read, created, changed, removed; stale writes told what differs."""

from typing import Any

import pytest

from service.api.facts.resources import RESOURCES
from tests.servers import wait_until
from tests.service.api.conftest import bearer, readings
from tests.service.door import Client
from tests.service.living_territory import day

pytestmark = pytest.mark.slow
HERE = "/api/territories/vivante"
DATES = {"from_on": "2027-03-01", "until_on": "2027-03-05"}
HOURS = {"starts_at": "2027-03-01T08:00:00+01:00", "ends_at": "2027-03-01T18:00:00+01:00"}
BODIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "programmes": ({"name": "TIG"}, {"rhythm": [{"every_weeks": 2, "tolerance_weeks": 1}]}),
    "sites": ({"name": "Villejuif", "kind": "semi_liberte"}, {"rooms": [{"code": "a", "seats": 8}]}),
    "closures": ({"site": "gagny", **DATES}, {"half_day": "am"}),
    "staff": (
        {"name": "L. D.", "base": "bureau"},
        {"availability": [{"weekday": 1, "half_day": "am", "from_hour": "09:00", "to_hour": "12:00"}]},
    ),
    "busy_marks": ({"staff": "AR", "half_day": "am", "busy_on": "2027-03-01"}, {"half_day": "pm"}),
    "wishes": ({"staff": "AR", "half_day": "am", "wish": "avoid", "weekday": 1}, {"wish": "prefer"}),
    "speakers": ({"name": "Greta"}, {"accreditations": [{"site": "gagny"}]}),
    "meetings": ({"title": "Équipe", **HOURS, "attendees": ["AR"]}, {"attendees": ["AR", "NK"]}),
    "cadences": (
        {"name": "Permanence", "site": "gagny", "asked": 2},
        {"exceptions": [{"from_on": "2027-03-01", "to_on": "2027-03-02"}, {"from_on": "2027-03-08"}]},
    ),
    "promotions": (
        {"name": "Promotion 8", "site": "gagny", "seats": 12, "participants": ["KM4821"]},
        {"sequences": [{"code": "info", "title": "Information", **DATES}]},
    ),
    "participants": ({"informed_on": "2026-11-02"}, {"practical_note": "apporter CV"}),
    "paths": (
        {"participant": "BB3003", "programme": "o2r", "referent": "NK"},
        {"rhythm": [{"every_weeks": 1}], "entry_on": "2026-11-02"},
    ),
    "needs": ({"participant": "KM4821", **DATES, "sites": ["bureau", "gagny"]}, {"priority": "urgent"}),
    "volumes": ({"referent": "AR", "amount": 8}, {"every_weeks": 2}),
    "partners": ({"name": "SPIP 93"}, {"sites": [{"site": "gagny", "lead_hours": 48}]}),
}
CREATED = [one for one in RESOURCES if not one.own_create]


def fact_in(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer.get("fact", answer)
    return found


@pytest.mark.parametrize("path", [one.path for one in CREATED])
def test_a_fact_lives_from_its_creation_to_its_removal(living: Client, path: str) -> None:
    me, (first, later) = bearer("coordination"), BODIES[path]
    created = living.post(f"{HERE}/{path}", json=first, headers=me)
    assert created.status_code == 201, created.text
    code = fact_in(created.json())["code"]
    address = f"{HERE}/{path}/{code}"
    read = living.get(address, headers=me)
    assert read.headers["etag"] == created.headers["etag"] == '"1"'
    assert living.get(address, headers={**me, "if-none-match": '"1"'}).status_code == 304
    listed = living.get(f"{HERE}/{path}", headers=me).json()
    assert code in {one["code"] for one in listed["items"]}
    assert living.put(address, json=first | later, headers=me).status_code == 428
    changed = living.put(address, json=first | later, headers={**me, "if-match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"'), changed.text
    assert (
        fact_in(changed.json()).items()
        >= {name: later[name] for name in later if not _deep(later[name])}.items()
    )
    stale = living.put(address, json=first, headers={**me, "if-match": '"1"'})
    assert stale.status_code == 412
    told = {one["field"]: one for one in stale.json()["changed"]}
    assert set(told) == set(later)
    assert all(one["theirs"] != one["yours"] for one in told.values())
    if path != "participants":
        late = living.delete(address, headers={**me, "if-match": '"1"'})
        assert late.status_code == 412
        now = {one["field"]: one["theirs"] for one in late.json()["changed"]}
        assert set(now) >= set(told)
        assert all(now[name] == one["theirs"] for name, one in told.items())
        assert living.delete(address, headers={**me, "if-match": '"2"'}).status_code == 204
        assert living.get(address, headers=me).status_code == 404


def _deep(value: object) -> bool:
    return isinstance(value, list)


def test_lists_come_in_parts_filtered_and_are_not_sent_twice(living: Client) -> None:
    me = bearer("coordination")
    first = living.get(f"{HERE}/sites", params={"limit": 1}, headers=me)
    rest = living.get(f"{HERE}/sites", params={"offset": first.json()["next_offset"]}, headers=me).json()
    assert first.json()["total"] == len(first.json()["items"]) + len(rest["items"])
    known = {**me, "if-none-match": first.headers["etag"]}
    assert living.get(f"{HERE}/sites", params={"limit": 1}, headers=known).status_code == 304
    offices = living.get(f"{HERE}/sites", params={"kind": "bureau", "archived": "false"}, headers=me).json()
    assert [one["code"] for one in offices["items"]] == ["bureau"]
    body = {"site": "bureau", "from_on": "2027-05-03", "until_on": "2027-05-04"}
    living.post(f"{HERE}/closures", json=body, headers=me)
    assert living.get(f"{HERE}/sites", params={"limit": 1}, headers=known).status_code == 200
    asked = {"from_on": "2027-05-04", "until_on": "2027-05-30", "site": "bureau"}
    found = living.get(f"{HERE}/closures", params=asked, headers=me).json()
    assert [one["from_on"] for one in found["items"]] == ["2027-05-03"]
    earlier = living.get(f"{HERE}/closures", params={"until_on": "2027-05-02", "site": "bureau"}, headers=me)
    assert earlier.json()["items"] == []


def test_what_is_used_is_not_removed_but_archived_and_who_comes_too_late_reads_so(living: Client) -> None:
    me = bearer("coordination")
    body = {"name": "Ancien", "kind": "bureau"}
    site = living.post(f"{HERE}/sites", json=body, headers=me).json()
    living.post(f"{HERE}/cadences", json={"name": "C", "site": site["code"]}, headers=me)
    address = f"{HERE}/sites/{site['code']}"
    refused = living.delete(address, headers={**me, "if-match": '"1"'})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/still-used")
    assert refused.json()["detail"] == "Encore utilisé\N{NO-BREAK SPACE}: 1 cadence"
    (used,) = refused.json()["used_by"]
    assert (used["kind"], used["count"], [one["name"] for one in used["things"]]) == ("cadence", 1, ["C"])
    archived = living.put(address, json={**body, "archived": True}, headers={**me, "if-match": "*"})
    assert archived.json()["archived_at"] is not None
    late = {**me, "if-match": '"1"'}
    answers = (living.put(address, json=body, headers=late), living.delete(address, headers=late))
    assert {(one.status_code, one.json()["type"], one.json()["title"]) for one in answers} == {
        (412, "/problems/stale-version", "Retiré entre-temps par quelqu’un d’autre")
    }
    back = living.put(address, json=body, headers={**me, "if-match": archived.headers["etag"]})
    assert back.json()["archived_at"] is None


def test_what_may_not_come_back_says_what_keeps_it_away(living: Client) -> None:
    me = bearer("coordination", **{"if-match": "*"})
    body = {"name": "Annexe", "kind": "bureau"}
    site = living.post(f"{HERE}/sites", json=body, headers=me).json()["code"]
    cadence = {"name": "C", "site": site}
    code = living.post(f"{HERE}/cadences", json=cadence, headers=me).json()["code"]
    for address, what in ((f"cadences/{code}", cadence), (f"sites/{site}", body)):
        assert living.put(f"{HERE}/{address}", json={**what, "archived": True}, headers=me).status_code == 200
    other = living.post(f"{HERE}/sites", json=body, headers=me).json()["code"]
    waits = living.put(f"{HERE}/cadences/{code}", json=cadence, headers=me)
    assert (waits.status_code, waits.json()["type"]) == (409, "/problems/still-away")
    assert waits.json()["away"] == [{"code": site, "name": "Annexe"}]
    taken = living.put(f"{HERE}/sites/{site}", json=body, headers=me)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/name-taken")
    assert taken.json()["taken_by"] == {"code": other, "name": "Annexe"}


def test_a_taken_code_and_an_unknown_name_say_which(living: Client) -> None:
    me = bearer("coordination")
    taken = living.post(f"{HERE}/sites", json={"code": "gagny", "name": "x", "kind": "y"}, headers=me)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/already-there")
    body = {"title": "x", **HOURS, "attendees": ["AR", "XX"]}
    unknown = living.post(f"{HERE}/meetings", json=body, headers=me)
    assert (unknown.status_code, unknown.json()["invalid"][0]["field"]) == (404, "attendees")


@pytest.mark.parametrize("path", ["sites", "staff", "speakers", "programmes", "partners"])
def test_a_name_that_reads_like_another_is_refused_at_its_field(living: Client, path: str) -> None:
    me = bearer("coordination", **{"if-match": "*"})
    body = BODIES[path][0] | {"name": f"Une {path}"}
    first, other = (
        fact_in(living.post(f"{HERE}/{path}", json=one, headers=me).json())["code"]
        for one in (body, body | {"name": f"Autre {path}"})
    )
    alike = body | {"name": f"une-{path.upper()}."}
    for refused in (
        living.post(f"{HERE}/{path}", json=alike, headers=me),
        living.put(f"{HERE}/{path}/{other}", json=alike, headers=me),
    ):
        told = refused.json()
        assert (refused.status_code, told["type"]) == (409, "/problems/name-taken")
        assert told["invalid"][0]["field"] == "name"
        assert told["taken_by"] == {"code": first, "name": f"Une {path}"}
    for free in (alike, body | {"archived": True}):
        assert living.put(f"{HERE}/{path}/{first}", json=free, headers=me).status_code == 200
    assert living.put(f"{HERE}/{path}/{other}", json=alike, headers=me).status_code == 200


def test_the_name_of_a_site_is_the_short_one_that_the_board_shows(living: Client) -> None:
    me = bearer("coordination")
    body = {"name": "Un lieu au nom long", "short_name": "Court", "kind": "bureau"}
    assert living.post(f"{HERE}/sites", json=body, headers=me).status_code == 201
    refused = living.post(f"{HERE}/sites", json={**body, "name": "Autre nom"}, headers=me)
    assert (refused.status_code, refused.json()["invalid"][0]["field"]) == (409, "short_name")
    assert living.post(f"{HERE}/sites", json={**body, "short_name": "Long"}, headers=me).status_code == 201


def test_a_closure_says_on_what_published_thing_it_lands(living: Client) -> None:
    body = {"site": "bureau", "from_on": str(day(5)), "until_on": str(day(5))}
    created = living.post(f"{HERE}/closures", json=body, headers=bearer("coordination")).json()
    assert [one["kind"] for one in created["landed"]["landings"]] == ["office"]
    gone = living.delete(
        f"{HERE}/closures/{created['fact']['code']}", headers=bearer("coordination", **{"if-match": '"1"'})
    )
    assert gone.status_code == 204


def test_references_are_given_by_the_house_and_nothing_personal_is_taken(living: Client) -> None:
    me = bearer("coordination")
    for code in ("Martin", "12/03/1984", "123456", "martin-1984", "AB12345"):
        refused = living.post(f"{HERE}/participants", json={"code": code}, headers=me)
        assert (refused.status_code, refused.json()["invalid"][0]["field"]) == (400, "code")
        assert code not in refused.text
    for note in ("voir Mme Durand", "né le 12/03/1984", "écrou 20456"):
        refused = living.post(f"{HERE}/participants", json={"practical_note": note}, headers=me)
        assert (refused.status_code, refused.json()["invalid"][0]["field"]) == (400, "practical_note")
        assert note not in refused.text
    given = {living.post(f"{HERE}/participants", json={}, headers=me).json()["code"] for _ in range(5)}
    assert len(given) == 5


def test_staff_see_and_write_what_is_theirs(living: Client) -> None:
    ar, nk = bearer("AR"), bearer("NK")
    mine = {one["code"] for one in living.get(f"{HERE}/participants", headers=ar).json()["items"]}
    assert "KM4821" in mine
    assert "BB3003" not in mine
    assert living.get(f"{HERE}/participants/BB3003", headers=ar).status_code == 404
    assert living.get(f"{HERE}/participants/BB3003", headers=nk).status_code == 200
    assert living.get(f"{HERE}/paths", params={"participant": "BB3003"}, headers=ar).json()["total"] == 0
    assert living.post(f"{HERE}/sites", json={"name": "x", "kind": "y"}, headers=ar).status_code == 403
    mark = {"staff": "NK", "half_day": "am", "weekday": 2}
    assert living.post(f"{HERE}/busy_marks", json=mark, headers=ar).status_code == 403
    wish = {"wish": "avoid", **mark}
    code = living.post(f"{HERE}/wishes", json=wish, headers=nk).json()["code"]
    assert living.get(f"{HERE}/wishes/{code}", headers=ar).status_code == 404
    assert living.get(f"{HERE}/wishes/{code}", headers=bearer("coordination")).status_code == 200
    assert living.get(f"{HERE}/partners", headers=ar).status_code == 403


def test_others_see_that_somebody_is_absent_and_not_why(living: Client) -> None:
    body = {"staff": ["NK"], "kind": "training", **HOURS}
    code = living.post(f"{HERE}/absences", json=body, headers=bearer("NK")).json()["absences"][0]["code"]
    seen = {
        who: living.get(f"{HERE}/absences/{code}", headers=bearer(who)).json()["kind"] for who in ("AR", "NK")
    }
    assert seen == {"AR": "unavailable", "NK": "training"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"site": "gagny", **DATES, "sitte": "x"}, "sitte"),
        ({"site": "gagny", "from_on": "2027-03-01"}, "until_on"),
        ({"site": 3, **DATES}, "site"),
        ({"site": "gagny", "from_on": "2027-03-32", "until_on": "2027-04-01"}, "from_on"),
        ({"site": "gagny", "from_on": "9999-12-31", "until_on": "9999-12-31"}, "from_on"),
        ({"site": "gagny", "from_on": "2027-03-05", "until_on": "2027-03-01"}, "until_on"),
        ({"site": "gagny", **DATES, "reason": "a\x00b"}, "reason"),
        ({"site": "gagny", **DATES, "reason": "x" * 401}, "reason"),
        ({"site": "gagny", **DATES, "half_day": "soir"}, "half_day"),
    ],
)
def test_a_body_that_makes_no_sense_is_refused_by_the_name_of_its_field(
    living: Client, body: dict[str, Any], field: str
) -> None:
    me = bearer("coordination")
    before = living.get(f"{HERE}/closures", headers=me).json()["total"]
    refused = living.post(f"{HERE}/closures", json=body, headers=me)
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert refused.json()["invalid"][0]["field"] == field, refused.text
    assert living.get(f"{HERE}/closures", headers=me).json()["total"] == before


def test_naive_instants_deep_lists_and_huge_bodies_are_refused(living: Client) -> None:
    me = bearer("coordination", **{"content-type": "application/json"})
    naive = '{"title": "x", "starts_at": "2027-03-01T08:00:00", "ends_at": "2027-03-01T09:00:00"}'
    for content, status in (
        (naive.encode(), 400),
        (b"[" * 100_000, 400),
        (b'{"title": "\xff"}', 400),
        (b'{"title": "' + b"x" * 1_100_000 + b'"}', 413),
    ):
        assert living.post(f"{HERE}/meetings", content=content, headers=me).status_code == status


def test_another_territory_is_not_there(living: Client) -> None:
    me = bearer("coordination")
    assert living.get("/api/territories/ailleurs/sites", headers=me).status_code == 404
    assert living.get("/api/territories/ailleurs/sites/gagny", headers=me).status_code == 404
    body = {"name": "x", "kind": "y"}
    assert living.post("/api/territories/ailleurs/sites", json=body, headers=me).status_code == 404


def test_what_is_read_of_participants_is_in_the_trail(living: Client) -> None:
    me = bearer("coordination")
    assert living.get(f"{HERE}/participants/ZT1002", headers=me).status_code == 200
    assert living.get(f"{HERE}/paths/ZT1002-o2r", headers=bearer("AR")).status_code == 200

    def found() -> list[str]:
        return sorted(one.detail["by"] for one in readings(living) if one.about_ref == "ZT1002")

    wait_until(lambda: len(found()) >= 2)
    assert found() == ["read_participant", "read_path"]
