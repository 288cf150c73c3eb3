"""What a process knows before its first page."""

import asyncio
import sys
from pathlib import Path
from runpy import run_path

import pytest
from jinja2 import DictLoader, Environment
from structlog.testing import capture_logs

from db.facts_memory import remembered
from db.queries.territories import territory_by_code
from db.transaction import snapshot
from service.actions.publish_plan import publish_plan
from service.pages.board.with_standing import published
from service.pages.kept_templates import KeptTemplates
from service.pages.rendering import environment
from service.warming import know_months, reading_ahead, warm_up
from tests.service.small_territory import ACTOR, make_plan, make_territory


@pytest.mark.slow
def test_every_template_is_compiled_and_the_calendars_are_loaded():
    environment.cache_clear()
    warm_up()
    made = environment()
    assert made.cache is not None
    assert len(made.cache) == len(made.list_templates())
    assert "holidays.countries" in sys.modules


def said(folder: Path, source: str, *, filters: Path | None = None, escapes: bool = True) -> str:
    """What another process renders that keeps its compiled templates there; `filters` is the file of its own."""
    made = Environment(
        loader=DictLoader({"page": source}), autoescape=escapes, bytecode_cache=KeptTemplates(folder)
    )
    if filters is not None:
        made.filters["greet"] = run_path(str(filters))["greet"]
    return made.get_template("page").render(name="Lens")


def test_a_template_compiled_once_is_kept_until_its_text_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "kept"
    assert said(folder, "Bonjour {{ name }}") == "Bonjour Lens"
    with monkeypatch.context() as nothing_is_compiled:
        nothing_is_compiled.delattr(Environment, "compile")
        assert said(folder, "Bonjour {{ name }}") == "Bonjour Lens"
    assert said(folder, "Bonsoir {{ name }}") == "Bonsoir Lens"


def test_a_kept_template_is_compiled_again_when_a_filter_of_its_constants_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    filters = tmp_path / "filters.py"
    for word in ("Bonjour", "Bonsoir"):
        filters.write_text(f"def greet(name): return '{word} ' + name")
        assert said(tmp_path / "kept", "{{ 'Lens'|greet }}", filters=filters) == f"{word} Lens"


def test_a_template_kept_without_escaping_is_not_read_where_all_is_escaped(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert said(tmp_path, "{{ '<b>' ~ name }}", escapes=False) == "<b>Lens"
    assert said(tmp_path, "{{ '<b>' ~ name }}") == "&lt;b&gt;Lens"


@pytest.mark.parametrize("left", [0, 3, 40, -1], ids=["empty", "head", "checksum", "code"])
def test_a_kept_template_that_is_cut_short_is_compiled_again(tmp_path, monkeypatch, left):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    said(tmp_path, "Bonjour {{ name }}")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:left])
    assert said(tmp_path, "Bonjour {{ name }}") == "Bonjour Lens"


def test_where_nothing_may_be_written_templates_are_compiled_and_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "taken").write_text("")
    assert said(tmp_path / "taken", "Bonjour {{ name }}") == "Bonjour Lens"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said(tmp_path / "forbidden", "Bonjour {{ name }}") == "Bonjour Lens"
    assert not (tmp_path / "forbidden").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_the_month_that_is_opened_first_is_read_ahead():
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    published.clear()
    await know_months()
    assert len(published) == 1
    async with snapshot():
        assert remembered(await territory_by_code("petite")) is not None


@pytest.mark.usefixtures("database")
async def test_a_service_that_ends_at_once_waits_for_no_month():
    async with reading_ahead():
        pass


@pytest.mark.usefixtures("empty_database")
async def test_what_goes_wrong_is_told_at_once_and_the_service_goes_on():
    """The database has no tables yet."""
    with capture_logs() as told:
        async with reading_ahead(), asyncio.timeout(30):
            while not told:
                await asyncio.sleep(0.01)
    assert [(one["log_level"], one["event"]) for one in told] == [("error", "months were not read ahead")]
