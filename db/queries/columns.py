"""What the tables hold, by name: for documents that say so."""

from db.tables import TABLES


def columns_of(table: str) -> tuple[str, ...]:
    """The names of a table's columns, in order. Raises `KeyError` on a table that is not there."""
    names = {one._meta.tablename: tuple(column._meta.name for column in one._meta.columns) for one in TABLES}
    return names[table]
