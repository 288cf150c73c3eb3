"""What stands in the way of removing something: counted for everybody, by name for who is on its page."""

import msgspec
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from db.kinds import KINDS as FACTS
from db.records.referrer import Referrers, Referring
from db.shape import target_of
from db.tables import TABLES
from db.tables.assignment import Assignment, AssignmentStaff
from service.errors import StillUsed
from service.messages.still_used import KINDS, in_the_way, still_used_by

USED = (
    Referrers(kind="cadence", count=6, things=(Referring(code="sport", name="Sport"),)),
    Referrers(kind="assignment", count=1, things=(Referring(code="2f", name="2026-12-01"),)),
)


def test_counts_are_told_to_everybody_and_names_on_the_page() -> None:
    told = still_used_by(USED).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "Encore utilisé : 6 cadences et 1 rendez-vous publié"
    refusal = StillUsed(told, used_by=[msgspec.to_builtins(one) for one in USED])
    named = in_the_way(refusal).replace("\N{NO-BREAK SPACE}", " ")
    assert named == "Encore utilisé : 6 cadences (Sport, …) et 1 rendez-vous publié"
    assert in_the_way(StillUsed()) == StillUsed.title


def test_every_kind_that_can_stand_in_the_way_has_its_words() -> None:
    going = {kind.table for kind in FACTS}
    while along := referring_to(going, OnDelete.cascade) - going:
        going |= along
    wholes: dict[type[Table], type[Table]] = {part.table: kind.table for kind in FACTS for part in kind.parts}
    wholes[AssignmentStaff] = Assignment
    keeping = {wholes.get(table, table) for table in referring_to(going, OnDelete.restrict)}
    assert {table._meta.tablename for table in keeping} == set(KINDS)


def referring_to(targets: set[type[Table]], on_delete: OnDelete) -> set[type[Table]]:
    """Tables whose rows are deleted with rows of the targets (cascade), or keep them from being deleted (restrict)."""
    return {
        table
        for table in TABLES
        for column in table._meta.foreign_key_columns
        if target_of(column) in targets and column._foreign_key_meta.on_delete is on_delete
    }
