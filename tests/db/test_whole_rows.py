"""Whole rows are asked as Piccolo asks them, put together once a table."""

import pytest
from piccolo.query import Select
from piccolo.table import Table

from db.tables import TABLES
from db.tables.partner import Orientation
from db.tables.territory import Setting


def _sql(query: Select) -> tuple[str, list[object]]:
    return query.querystrings[0].compile_string()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.tablename)
def test_a_whole_row_is_every_column_under_its_name(table: type[Table]) -> None:
    assert _sql(table.select()) == _sql(Table.select.__func__(table))  # type: ignore[attr-defined]


def test_conditions_joins_and_named_columns_are_as_ever() -> None:
    mine = Orientation.partner.territory == "somme"
    plain = Table.select.__func__  # type: ignore[attr-defined]
    assert _sql(Orientation.select().where(mine)) == _sql(plain(Orientation).where(mine))
    assert _sql(Setting.select(Setting.key)) == _sql(plain(Setting, Setting.key))
    assert "LEFT JOIN" in _sql(Orientation.select().where(mine))[0]


def test_names_are_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Setting.select()
    monkeypatch.setattr(type(Setting.key), "get_select_string", None)
    assert _sql(Setting.select())[0].startswith("SELECT")
