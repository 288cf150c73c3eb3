"""The kinds of column every table is made of, so that no table meets a default that surprises.

Piccolo fills an empty `Date` with today, an empty JSON with `{}` and lets a foreign key be null and
delete its rows along: here nothing is filled and nothing is deleted unless the table says so.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from piccolo.columns import JSON, UUID, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.query import Select
from piccolo.querystring import QueryString, Selectable
from piccolo.table import Table


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(tz=UTC)


def belongs_to(table: type[Table], *, null: bool = False) -> ForeignKey[Table]:
    """A reference to a row that cannot be deleted while this one stands."""
    return ForeignKey(table, null=null, default=None, on_delete=OnDelete.restrict, index=True)


def part_of(table: type[Table], *, null: bool = False) -> ForeignKey[Table]:
    """A reference to the row that this one is a part of: it goes with its whole."""
    return ForeignKey(table, null=null, default=None, on_delete=OnDelete.cascade, index=True)


def code() -> Varchar:
    """A readable, immutable identifier; planner ids are these."""
    return Varchar(length=200, default="")


def label(*, null: bool = False, index: bool = False) -> Varchar:
    """A short text (an address of mail fits, two codes too); null stays null."""
    return Varchar(length=500, default=None if null else "", null=null, index=index)


def text(*, null: bool = False) -> Text:
    return Text(default=None if null else "", null=null)


def hour() -> Varchar:
    """A local hour, `HH:MM`."""
    return Varchar(length=5, default="")


def half_day(*, null: bool = False) -> Varchar:
    """`am` or `pm`."""
    return Varchar(length=2, default=None if null else "", null=null)


def date(*, null: bool = False, index: bool = False) -> Date:
    return Date(default=None, null=null, index=index)


def instant(*, null: bool = False, index: bool = False) -> Timestamptz:
    return Timestamptz(default=None, null=null, index=index)


def json(*, null: bool = False, default: str = "{}") -> JSON:
    """JSON text, as msgspec wrote it; it comes back as text on both engines."""
    return JSON(default=None if null else default, null=null)


def number(default: int | None = 0, *, null: bool = False) -> Integer:
    return Integer(default=default, null=null)


@cache
def _whole_row(table: type[Table]) -> QueryString:
    """Every column of a table, under its own name."""
    return QueryString(", ".join(column._meta.get_full_name() for column in table._meta.columns))


class WholeRows(Select[Any]):
    """Piccolo's, which puts all names of a whole row together anew for each query: here once a table.

    Who leaves out secrets, or wants JSON decoded, needs the columns one by one and gets them.
    """

    @property
    def default_querystrings(self) -> Sequence[QueryString]:
        table: Any = self.table
        asked = self.columns_delegate
        by_column = self.exclude_secrets or self.output_delegate._output.load_json
        if by_column or asked.selected_columns:
            return super().default_querystrings
        asked.selected_columns = [_whole_row(table)]
        try:
            return super().default_querystrings
        finally:
            asked.selected_columns = []


class Kept:
    """What every row has: an identity for ever and the instants of its birth and last change (UTC)."""

    id = UUID(primary_key=True)
    created_at = Timestamptz()
    updated_at = Timestamptz(auto_update=utc_now)

    @classmethod
    def select(cls, *columns: Selectable | str, exclude_secrets: bool = False) -> Select[Any]:
        table: Any = cls
        return WholeRows(table, table._process_column_args(*columns), exclude_secrets=exclude_secrets)


class Edited(Kept):
    """A row that people edit: `version` rises with each change, a stale one is refused."""

    version = Integer(default=1)
