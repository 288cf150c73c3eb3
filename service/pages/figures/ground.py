"""What the page "Suivi" is counted from."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from db.records.assignment import Assignment
from db.records.participant import Path
from db.records.territory import Programme
from service.indicators import Cell


class Cells(NamedTuple):
    """Of the nature that is looked at, of all interviews, of all collective sessions."""

    chosen: Sequence[Cell] = ()
    alone: Sequence[Cell] = ()
    together: Sequence[Cell] = ()


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """A month to compare with. `met` as in `Ground`, until its end; empty in another year, or later."""

    month_on: date
    cells: Cells
    met: tuple[int, ...] = ()


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Cells since January, paths, permanences of the month, a programme's targets.

    `met` are the distinct participants met since January by the end of each month; `leaving` withholds what tells of fewer than five.
    """

    cells: Cells
    month_on: date
    paths: Sequence[Path]
    permanences: Sequence[Assignment]
    programme: Programme | None
    site_names: dict[str, str]
    met: tuple[int, ...]
    nature: str = ""
    against: Against | None = None
    leaving: bool = False
