"""Anything may be sent to the JSON interface: no answer is our fault, and none is undocumented."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.service.api.fuzzed_service import Fuzzed, fuzzed_service

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SECONDS = 30
SLOWLY_MADE = "/plans/scenarios"
"""A body of many forms takes seconds to make up, whatever the service does."""
QUIET = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
]


@pytest.fixture(scope="module")
def fuzzed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    with fuzzed_service(sqlite_template, tmp_path_factory.mktemp("fuzzed")) as service:
        yield service


@pytest.mark.slow
def test_a_few_requests_of_each_operation_are_answered_as_documented(fuzzed: Fuzzed) -> None:
    assert faults(fuzzed, examples=4) == []


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_many_requests_of_each_operation_are_answered_as_documented(fuzzed: Fuzzed) -> None:
    assert faults(fuzzed, examples=100) == []


def faults(fuzzed: Fuzzed, *, examples: int) -> list[str]:
    """What is wrong with the answers, an operation a line."""
    schema = schemathesis.openapi.from_url(f"{fuzzed.url}/api/openapi.json")
    found = []
    for result in schema.get_all_operations():
        operation = result.ok()
        limits = settings(
            max_examples=1 if operation.path.endswith(SLOWLY_MADE) and examples < 10 else examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=QUIET,
        )

        @limits
        @given(case=operation.as_strategy())
        def one_operation(case: Any) -> None:
            sent(case, fuzzed)

        try:
            one_operation()
        except FailureGroup as group:
            found += [f"{operation.label}: {fault}" for fault in group.exceptions]
    return found


def sent(case: Any, fuzzed: Fuzzed) -> None:
    """Three of four values that could name something there do so, and dates are near."""
    dice = random.Random(f"{case.path_parameters}{case.body}")
    for name in case.path_parameters or {}:
        values = fuzzed.known(name)
        if values and dice.random() < 0.75:
            case.path_parameters[name] = dice.choice(values)
    if isinstance(case.body, dict):
        case.body = helped(case.body, fuzzed, dice)
    if case.method in ("PUT", "DELETE") and dice.random() < 0.7:
        case.headers = {**(case.headers or {}), "If-Match": "*"}
    case.validate_response(case.call(timeout=SECONDS), checks=CHECKS)


def helped(body: Any, fuzzed: Fuzzed, dice: random.Random) -> Any:
    """The same body, most of its codes and dates those of things that are there."""
    if isinstance(body, list):
        return [helped(one, fuzzed, dice) for one in body]
    if not isinstance(body, dict):
        return body
    return {name: _helped(name, value, fuzzed, dice) for name, value in body.items()}


def _helped(name: str, value: Any, fuzzed: Fuzzed, dice: random.Random) -> Any:
    values = fuzzed.known(name)
    if not values or dice.random() < 0.25:
        return helped(value, fuzzed, dice)
    if isinstance(value, list):
        return [dice.choice(values)] if value and isinstance(value[0], str) else helped(value, fuzzed, dice)
    return dice.choice(values)
