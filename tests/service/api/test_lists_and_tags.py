"""Every list comes in parts with its total; what is read again and is the same is not sent again."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.service.api.conftest import bearer
from tests.service.door import Client
from tests.service.living_territory import day

HERE = "/api/territories/vivante"
WHOLE = {"list_travel", "list_holidays", "list_free_places", "list_people_to_tell"}
"""Replaced whole under one ETag; a window of weeks; what belongs to one draft."""
UNTAGGED = {"read_feed", "follow_plan", "list_free_places"}
"""Has its own validators; a stream; holds that end by themselves."""


def reads(living: Client) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in living.get("/api/openapi.json").json()["paths"].items():
        if path.startswith("/api") and "get" in operations:
            yield path, operations["get"]


def answer_of(schemas: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of what it answers."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    fields: dict[str, Any] = schemas[schema["$ref"].rsplit("/", 1)[1]]["properties"]
    return fields


@pytest.mark.slow
def test_every_list_of_the_interface_has_parts_and_a_total(living: Client) -> None:
    lists = [
        (path, one)
        for path, one in reads(living)
        if one["operationId"].startswith("list_") and one["operationId"] not in WHOLE
    ]
    schemas = living.get("/api/openapi.json").json()["components"]["schemas"]
    assert len(lists) >= 25
    for path, one in lists:
        assert {"limit", "offset"} <= {each["name"] for each in one["parameters"]}, path
        assert {"items", "total", "next_offset"} <= set(answer_of(schemas, one)), path


def test_no_operation_answers_with_a_bare_list(living: Client) -> None:
    bare = [
        one["operationId"]
        for _, one in reads(living)
        if one["responses"]["200"]
        .get("content", {})
        .get("application/json", {})
        .get("schema", {})
        .get("type")
        == "array"
    ]
    assert bare == []


def test_whatever_is_read_in_a_territory_says_that_it_may_be_the_same(living: Client) -> None:
    silent = [
        one["operationId"]
        for path, one in reads(living)
        if "{territory}" in path
        and "304" not in one["responses"]
        and one["operationId"] not in UNTAGGED
        and "/sites/{site}/months" not in path
    ]
    assert silent == []


def test_figures_and_presences_are_sent_again_only_when_they_changed(living: Client) -> None:
    me = bearer("coordination")
    month = {"from_on": str(day(-30)), "until_on": str(day(30))}
    asked = {
        "indicators": month,
        "attendance": month,
        "site_answers": month,
        "displaced": {},
        "plans": {},
    }
    for path, params in asked.items():
        first = living.get(f"{HERE}/{path}", params=params, headers=me)
        assert first.status_code == 200, first.text
        known = {**me, "if-none-match": first.headers["etag"]}
        again = living.get(f"{HERE}/{path}", params=params, headers=known)
        assert (again.status_code, again.content) == (304, b""), path
    said = {"site": "gagny", "proposed_on": str(day(3)), "answer": "agreed"}
    before = living.get(f"{HERE}/site_answers", params=month, headers=me)
    assert living.post(f"{HERE}/site_answers", json=said, headers=me).status_code == 200
    known = {**me, "if-none-match": before.headers["etag"]}
    after = living.get(f"{HERE}/site_answers", params=month, headers=known)
    assert (after.status_code, after.json()["total"]) == (200, before.json()["total"] + 1)
    part = living.get(f"{HERE}/site_answers", params={**month, "limit": 1, "offset": 0}, headers=me).json()
    assert (len(part["items"]), part["total"]) == (1, after.json()["total"])
