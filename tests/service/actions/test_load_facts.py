"""Facts of a file in the database: loaded once, read back as they were written, on both engines."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from db.engine import Engine
from db.queries.fact_storing import change_fact
from db.queries.facts import fact, facts_of
from db.queries.territories import all_territories, territory_by_code
from db.records.site import Site
from service.actions.load_facts import load_facts
from service.facts_file.errors import FactsFileError
from service.facts_file.records import read_month
from tests.service.example_months import DECEMBER, EXAMPLES, example, problem_from, problem_of


def in_any_order(record: object) -> object:
    """Plain data with every list sorted: problems that differ only in order or zone are equal."""
    return _sorted(msgspec.to_builtins(record, builtin_types=(datetime,)))


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_sorted(one) for one in value), key=msgspec.json.encode)
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


async def test_facts_loaded_are_read_back_as_the_file_says(database: Engine) -> None:
    month = example("somme")
    loaded = await load_facts(month)
    facts = await facts_of(loaded.territory.id)
    assert not loaded.already
    for kind in ("programmes", "sites", "staff", "cadences", "paths", "needs", "absences", "meetings"):
        wanted = {one.code: one for one in getattr(month.facts, kind)}
        found = {one.code: one for one in getattr(facts, kind)}
        assert found.keys() == wanted.keys()
    assert {pin.key for pin in facts.pins} == {pin.key for pin in month.pins}


async def test_loading_twice_changes_nothing(database: Engine) -> None:
    first = await load_facts(example("ile-de-france"))
    before = await facts_of(first.territory.id)
    second = await load_facts(example("ile-de-france"))
    assert second.already
    assert not second.stored.touched
    assert await facts_of(first.territory.id) == before


async def test_what_was_edited_since_stays(database: Engine) -> None:
    territory = (await load_facts(example("somme"))).territory
    site = await fact(territory.id, Site, "doullens")
    await change_fact(territory.id, msgspec.structs.replace(site, phone="03 00"), version=site.version)
    await load_facts(example("somme"))
    assert (await fact(territory.id, Site, "doullens")).phone == "03 00"


async def test_another_month_adds_its_dated_facts(database: Engine) -> None:
    december = await load_facts(example("somme"))
    await load_facts(example("somme", date(2027, 3, 1)))
    facts = await facts_of(december.territory.id)
    months = {one.starts_at.month for one in facts.meetings}
    assert months == {12, 3}
    assert len(await all_territories()) == 1


async def test_the_problem_of_the_database_is_that_of_the_file(database: Engine) -> None:
    month = example("somme")
    territory = (await load_facts(month)).territory
    stored = problem_from(await facts_of(territory.id), month)
    assert in_any_order(stored) == in_any_order(problem_of("somme"))


async def test_a_faulty_file_leaves_the_database_untouched(database: Engine, tmp_path: Path) -> None:
    await load_facts(example("somme"))
    before = await territory_by_code("somme")
    faulty = tmp_path / "somme.toml"
    faulty.write_text((EXAMPLES / "somme.toml").read_text().replace("third wednesday", "third noday", 1))
    with pytest.raises(FactsFileError, match=r"somme\.toml: staff 'MB'.*noday"):
        await load_facts(read_month(faulty, DECEMBER))
    assert await territory_by_code("somme") == before
