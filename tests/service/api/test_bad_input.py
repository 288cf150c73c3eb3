"""Bad input at every door of the JSON interface: refused clearly, in problem+json, and nothing changed."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from db.engine import connected
from db.queries.territories import territory_by_code
from service.actions.actor import HOUSE
from service.actions.copy_published import copy_published
from tests.service.api.conftest import bearer
from tests.service.api.test_facts_api import BODIES, CREATED, HERE
from tests.service.door import Client
from tests.service.living_territory import at, day, host, publish

pytestmark = [pytest.mark.slow]
NONSENSE = [
    b"",
    b"{",
    b'"x"',
    b"null",
    b"[" * 100_000,
    b'{"a": ' * 50_000,
    b'{"unheard_of": 1}',
    b'{"name": "\x00"}',
    b'{"name": "\xff\xfe"}',
]
HUGE = b'{"name": "' + b"x" * 1_100_000 + b'"}'
WRONG: dict[str, list[Any]] = {
    "date": ["9999-12-31", "0001-01-01", "2027-02-30", "demain", 20270301],
    "instant": ["2027-03-01T08:00:00", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z", "2027-03-01", 1],
    "words": ["a\x00b", "a\x1bb", "\u202eretourné", "a\u200bb", "a\ud800", "x" * 5_000, {}, [], 3],
    "number": ["8", -1, 1e30, 1.5, True, {}],
    "list": ["AR", {}, [1], [["AR"]]],
}
"""What is wrong in place of a value, by its sort."""


def sort_of(value: object) -> str:
    if isinstance(value, list):
        return "list"
    if isinstance(value, int):
        return "number"
    text = str(value)
    if "T" in text and text[:2] == "20":
        return "instant"
    return "date" if text[:2] == "20" else "words"


def state_of(living: Client) -> dict[str, Any]:
    """All that a coordinator can list: how many there are, and how they stand."""
    month = f"assignments?from_on={day(-30)}&until_on={day(60)}"
    return {
        path: _read(living, f"{HERE}/{path}".removesuffix("/"))
        for path in (
            *(one.path for one in CREATED),
            "",
            "settings",
            "travel",
            "holidays",
            "plans",
            month,
        )
    }


def _read(living: Client, address: str) -> Any:
    answer = living.get(address, headers=bearer("coordination"))
    assert answer.status_code == 200, (address, answer.text[:200])
    return answer.json()


def writes(living: Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation that takes a body, of this territory."""
    schema = living.get("/api/openapi.json").json()
    for path, operations in schema["paths"].items():
        for method in {"post", "put"} & operations.keys():
            if "requestBody" in operations[method] and "{territory}" in path:
                yield method, path, operations[method]


def queries_of(operation: dict[str, Any]) -> set[str]:
    """The query parameters that an operation describes."""
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}


def filled(path: str, **ids: str) -> str:
    """An address of this territory; what is not said is something that is there or nowhere."""
    known = {"territory": "vivante", "code": "gagny", "site": "gagny", "month_on": "2026-12-01"} | ids
    nowhere = "00000000-0000-0000-0000-000000000007"
    parts = [
        known.get(part.strip("{}").partition(":")[0], nowhere) if part.startswith("{") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


def partner_of(living: Client) -> str:
    """In whose name a coordinator asks for places."""
    answer = living.post(f"{HERE}/partners", json=BODIES["partners"][0], headers=bearer("coordination"))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def test_no_operation_takes_what_is_no_body_of_its_own(living: Client) -> None:
    me = bearer("coordination", **{"content-type": "application/json", "if-match": "*"})
    partner = {"partner": partner_of(living)}
    before = state_of(living)
    statuses: Counter[int] = Counter()
    wrong = []
    for method, path, operation in writes(living):
        asked = {name: value for name, value in partner.items() if name in queries_of(operation)}
        for body in NONSENSE:
            answer = living.request(method, filled(path), content=body, headers=me, params=asked)
            statuses[answer.status_code] += 1
            problem = answer.headers["content-type"] == "application/problem+json"
            if answer.status_code not in (400, 403) or not problem:
                wrong.append(f"{method} {path} {body[:20]!r}: {answer.status_code}")
        answer = living.request(method, filled(path), content=HUGE, headers=me, params=asked)
        if answer.status_code not in (403, 413):
            wrong.append(f"{method} {path} huge: {answer.status_code}")
    assert statuses[400] > 300, statuses
    assert wrong == []
    assert state_of(living) == before


@pytest.mark.parametrize("path", [one.path for one in CREATED])
def test_a_fact_with_one_wrong_value_is_refused_by_its_name(living: Client, path: str) -> None:
    before = state_of(living)
    me = bearer("coordination", **{"content-type": "application/json"})
    first, later = BODIES[path]
    whole = first | later
    taken = []
    for name, value in whole.items():
        for wrong in WRONG[sort_of(value)]:
            body = json.dumps({**whole, name: wrong}).encode()
            answer = living.post(f"{HERE}/{path}", content=body, headers=me)
            named = [one["field"] for one in answer.json().get("invalid", ())]
            if answer.status_code not in (400, 404) or not any(name in field for field in named):
                taken.append(f"{name}={str(wrong)[:30]!r}: {answer.status_code} {named}")
    unknown = living.post(f"{HERE}/{path}", json={**whole, "unheard_of": 1}, headers=me)
    assert (unknown.status_code, unknown.json()["invalid"][0]["field"]) == (400, "unheard_of")
    assert taken == []
    assert state_of(living) == before


def elsewhere(living: Client) -> tuple[str, str]:
    """A plan and a published interview's host of another territory."""

    async def make() -> tuple[str, str]:
        async with connected(living.app.state.settings.database_address):
            other = await territory_by_code("ailleurs")
            (host_id,) = await publish(other, host(3))
            plan = await copy_published(other, day(1), day(9), HOUSE)
            return str(plan.id), str(host_id)

    return asyncio.run(make())


BODIES_OF_WRITES: dict[str, Any] = {
    "stop_plan": {"keep": True},
    "move_item": {"key": "x", "version": 1},
    "pin_item": {"key": "x", "version": 1},
    "undo_edit": {"version": 1},
    "add_item": {"cadence": "x", "on": "2026-12-08", "half_day": "am", "staff": ["AR"], "version": 1},
    "remove_item": {"key": "x", "version": 1},
    "record_attendance": {"came": [{"status": "honoured"}]},
    "move_interview": {"starts_at": at(3, 10).isoformat(), "revision": 1},
    "cancel_interview": {"reason": "other", "by": "us"},
    "cancel_today": {"reason": "other", "by": "us"},
    "say_late": {"minutes": 10},
    "replace_today": {"coming": "NK"},
    "move_orientation": {"host_id": "00000000-0000-0000-0000-000000000007", "slot": 0},
    "cancel_orientation": {"reason": "other"},
    "link_orientation": {"participant": "KM4821"},
}


def test_no_operation_passes_over_a_parameter_that_it_does_not_have(living: Client) -> None:
    schema = living.get("/api/openapi.json").json()
    before, wrong, seen = state_of(living), [], 0
    for path, operations in schema["paths"].items():
        for method in operations if path.startswith("/api/") else ():
            answer = living.request(
                method, filled(path), params={"referrent": "AR"}, headers=bearer("coordination")
            )
            named = [one["field"] for one in answer.json().get("invalid", ())]
            seen += named == ["referrent"]
            if answer.status_code not in (400, 403) or (answer.status_code == 400 and named != ["referrent"]):
                wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:100]}")
    assert wrong == []
    assert seen > 120
    assert state_of(living) == before


def test_a_wrong_filter_and_a_missing_body_are_named_as_they_are_asked(living: Client) -> None:
    me = bearer("coordination")
    dates = {"from_on": "2026-13-01", "until_on": "2026-12-31"}
    refused = living.get(f"{HERE}/assignments", params=dates, headers=me)
    assert refused.json()["invalid"] == [{"field": "from_on", "message": "Invalid RFC3339 encoded date"}]
    nothing = living.post(f"{HERE}/programmes", headers=me)
    assert nothing.json()["invalid"] == [{"field": "", "message": "a body is needed"}]
    garbled = living.post(
        f"{HERE}/programmes", content=b"{", headers={**me, "content-type": "application/json"}
    )
    assert (garbled.status_code, garbled.json()["detail"]) == (400, "Le corps n’est pas du JSON lisible.")


def test_ids_of_another_territory_are_not_there(living: Client) -> None:
    plan, thing = elsewhere(living)
    before = state_of(living)
    schema = living.get("/api/openapi.json").json()
    wrong, seen = [], 0
    ids = {
        "plan_id": plan,
        "other_id": plan,
        "assignment_id": thing,
        "orientation_id": thing,
        "hold_id": thing,
    }
    for path, operations in schema["paths"].items():
        if not any(f"{{{name}}}" in path for name in ids):
            continue
        for method, operation in operations.items():
            body = BODIES_OF_WRITES.get(operation["operationId"])
            asked = {"need": "KM4821/first"} if "need" in queries_of(operation) else None
            answer = living.request(
                method, filled(path, **ids), json=body, params=asked, headers=bearer("coordination")
            )
            seen += 1
            if answer.status_code != 404:
                wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
    assert seen >= 25
    assert wrong == []
    assert state_of(living) == before


def test_codes_of_another_territory_in_a_body_are_named(living: Client) -> None:
    me = bearer("coordination")
    before = state_of(living)
    for path, body, field in (
        ("closures", {**BODIES["closures"][0], "site": "ailleurs-site"}, "site"),
        ("cadences", {**BODIES["cadences"][0], "site": "ailleurs-site"}, "site"),
        ("paths", {**BODIES["paths"][0], "programme": "nulle-part"}, "programme"),
        ("needs", {**BODIES["needs"][0], "participant": "ZZ9999"}, "participant"),
        ("wishes", {**BODIES["wishes"][0], "staff": "XX"}, "staff"),
    ):
        answer = living.post(f"{HERE}/{path}", json=body, headers=me)
        assert (answer.status_code, answer.json()["invalid"][0]["field"]) == (404, field), path
    assert state_of(living) == before
