"""All tables, in an order in which each stands after those that it refers to."""

from piccolo.table import Table, sort_table_classes

from db.tables import (
    account,
    assignment,
    cadence,
    feed,
    job,
    mail,
    meeting,
    need,
    participant,
    partner,
    plan,
    programme,
    promotion,
    site,
    staff,
    territory,
    trail,
)

_MODULES = (
    account,
    assignment,
    cadence,
    feed,
    job,
    mail,
    meeting,
    need,
    participant,
    partner,
    plan,
    programme,
    promotion,
    site,
    staff,
    territory,
    trail,
)


def _tables_of(module: object) -> list[type[Table]]:
    """Tables that the module itself defines."""
    name = getattr(module, "__name__", "")
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Table) and value.__module__ == name
    ]


TABLES: tuple[type[Table], ...] = tuple(
    sort_table_classes([table for module in _MODULES for table in _tables_of(module)])
)
