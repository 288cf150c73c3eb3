"""The access list as CSV: columns keep their order for ever, new ones only come at the end."""

import csv
from collections.abc import Iterable
from io import StringIO

from service.sites.access import MarkedLine

MARK_WORDS = {"same": "", "new": "nouveau", "changed": "modifié", "gone": "retiré"}
COLUMNS = ("date", "debut", "fin", "nom", "fonction", "materiel", "objet", "version", "changement")


def access_csv(lines: Iterable[MarkedLine], version: int) -> bytes:
    """UTF-8 with a mark that spreadsheets know, columns apart by semicolons."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in lines:
        line = one.line
        cells = (
            line.on.isoformat(),
            line.start,
            line.end,
            line.name,
            line.function,
            line.material,
            line.purpose,
            str(version),
            MARK_WORDS[one.mark],
        )
        writer.writerow([_plain(cell) for cell in cells])
    return ("\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue()).encode()


def _plain(cell: str) -> str:
    """No cell begins as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
