"""Whole rows are asked as Piccolo asks them, put together once a table."""

import pytest
from piccolo.columns import Varchar
from piccolo.query import Select
from piccolo.table import Table

from db.tables import TABLES
from db.tables.columns import Kept
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


@pytest.mark.usefixtures("database")
async def test_what_needs_columns_one_by_one_has_them() -> None:
    await Setting.insert(Setting(key="colours", value='{"sky": "blue"}'))
    decoded = await Setting.select().output(load_json=True)
    assert [one["value"] for one in decoded] == [{"sky": "blue"}]
    assert [one["value"] for one in await Setting.select()] == ['{"sky": "blue"}']


def test_secrets_are_left_out_where_that_is_asked_for() -> None:
    class Safe(Kept, Table):
        code = Varchar()
        combination = Varchar(secret=True)

    shown = _sql(Safe.select(exclude_secrets=True))[0]
    assert '"code"' in shown
    assert "combination" not in shown
    assert "combination" in _sql(Safe.select())[0]
