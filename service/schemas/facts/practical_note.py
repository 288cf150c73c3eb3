"""What a note about a person must not tell: names, birth dates, écrou numbers."""

import re

PERSONAL = re.compile(
    r"\b(M\.|Mme|Mlle|Monsieur|Madame)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b\d{5,}\b|écrou", re.IGNORECASE
)


def refuse_personal(note: str) -> None:
    """Raises `ValueError` on a note that looks like one of these."""
    if PERSONAL.search(note):
        raise ValueError("practical_note: looks like a name, a birth date or an écrou number")
