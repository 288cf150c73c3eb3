"""The SQL of a table, in words that both engines read: the source of new migrations.

`python -m db.ddl Site Room` prints what a migration that adds these tables holds. A test compares a
migrated database with it.
"""

import sys

from piccolo.columns import Column, ForeignKey, Varchar
from piccolo.columns.defaults.base import Default
from piccolo.table import Table

from db.tables import TABLES

# JSON is TEXT: SQLite would turn a JSON number of a column called JSON into a number.
_TYPES = {
    "UUID": "UUID",
    "Varchar": "VARCHAR",
    "Text": "TEXT",
    "Integer": "INTEGER",
    "Boolean": "BOOLEAN",
    "Date": "DATE",
    "Timestamptz": "TIMESTAMPTZ",
    "JSON": "TEXT",
    "Bytea": "BYTEA",
    "ForeignKey": "UUID",
}


def column_type(column: Column) -> str:
    """The SQL type of a column."""
    name = _TYPES[type(column).__name__]
    return f"VARCHAR({column.length})" if isinstance(column, Varchar) else name


def _default(column: Column) -> str:
    default = getattr(column, "default", None)
    if default is None or callable(default) or isinstance(default, Default | bytes):
        return ""
    if isinstance(default, bool):
        return f" DEFAULT {str(default).lower()}"
    return f" DEFAULT {default}" if isinstance(default, int) else f" DEFAULT '{default}'"


def column_sql(column: Column) -> str:
    """One column's definition, its reference included."""
    parts = f'"{column._meta.db_column_name}" {column_type(column)}{_default(column)}'
    if column._meta.primary_key:
        return parts + " PRIMARY KEY NOT NULL"
    if not column._meta.null:
        parts += " NOT NULL"
    if isinstance(column, ForeignKey):
        meta = column._foreign_key_meta
        target = meta.resolved_references._meta.tablename
        parts += f' REFERENCES "{target}" ("id") ON DELETE {meta.on_delete.value}'
    return parts


def table_sql(table: type[Table]) -> str:
    """`CREATE TABLE`, a column a line."""
    lines = ",\n".join("    " + column_sql(column) for column in table._meta.columns)
    return f'CREATE TABLE "{table._meta.tablename}" (\n{lines}\n);'


def index_sql(table: type[Table]) -> list[str]:
    """`CREATE INDEX` for each indexed column."""
    name = table._meta.tablename
    columns = [column._meta.db_column_name for column in table._meta.columns if column._meta.index]
    return [f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}");' for column in columns]


def script(tables: list[type[Table]]) -> str:
    """The body of a migration that adds these tables: statements apart by an empty line."""
    statements = [table_sql(table) for table in tables]
    statements += [line for table in tables for line in index_sql(table)]
    return "\n\n".join(statements) + "\n"


if __name__ == "__main__":
    wanted = [table for table in TABLES if table.__name__ in sys.argv[1:]]
    sys.stdout.write(script(wanted))
