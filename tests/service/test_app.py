from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from service.app import create_app
from service.edge.guards import UnclassifiedRoute, refuse_unclassified_routes, require_role
from service.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"ESCALE_VAR": str(tmp_path)})


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(settings)) as client:
        yield client


def test_a_route_that_declares_no_roles_stops_the_start() -> None:
    @get("/open")
    async def read_open() -> str:
        return ""

    with pytest.raises(UnclassifiedRoute, match="/open"):
        refuse_unclassified_routes(Litestar([read_open], openapi_config=None))


def test_a_route_is_closed_to_who_is_not_signed_in(settings: Settings) -> None:
    @get("/closed", roles=("coordinator",))
    async def read_closed() -> str:
        return "secret"

    app = create_app(msgspec.structs.replace(settings, demo=False))
    app.register(read_closed)
    with TestClient(app) as client:
        answer = client.get("/closed")
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert require_role in app.guards


def test_every_answer_carries_the_security_headers(client: TestClient[Litestar]) -> None:
    for path in ("/health", "/nowhere", "/api/openapi.json"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_an_unknown_address_is_a_problem_in_french(client: TestClient[Litestar]) -> None:
    answer = client.get("/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {"type": "/problems/404", "title": "Introuvable", "status": 404}


def test_an_unexpected_error_is_told_without_its_text(settings: Settings) -> None:
    @get("/broken", roles=("public",))
    async def read_broken() -> str:
        raise RuntimeError("a secret")

    app = create_app(settings)
    app.register(read_broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_every_operation_names_its_roles_and_its_errors(client: TestClient[Litestar]) -> None:
    schema = client.get("/api/openapi.json").json()
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert operation["x-roles"]
            assert "500" in operation["responses"]
            if "public" not in operation["x-roles"]:
                assert {"401", "403", "429", "503"} <= set(operation["responses"])
                assert "Retry-After" in operation["responses"]["503"]["headers"]


def test_the_page_of_operations_needs_no_script(client: TestClient[Litestar]) -> None:
    page = client.get("/api/docs").text
    assert "read_health" in page
    assert "<script" not in page
