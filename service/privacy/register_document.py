"""The register in words: Markdown tables for the French document, kept between two marks of it."""

from service.privacy.register import OF_OTHERS, OF_PARTICIPANTS, OF_STAFF, Entry

BEGIN, END = "<!-- registre : début, écrit par « escale register » -->", "<!-- registre : fin -->"
HEAD = "| donnée | contenu | pourquoi | qui la voit | combien de temps | où elle va |\n|---|---|---|---|---|---|\n"
PARTS: tuple[tuple[str, dict[str, Entry]], ...] = (
    ("Personnes accompagnées", OF_PARTICIPANTS),
    ("Équipe", OF_STAFF),
    ("Partenaires, établissements, comptes", OF_OTHERS),
)


def register_tables() -> str:
    """Every table of the database that tells of a person."""
    return "\n\n".join(f"### {title}\n\n{HEAD}{_lines(entries)}" for title, entries in PARTS)


def _lines(entries: dict[str, Entry]) -> str:
    return "\n".join(
        f"| {one.label} (`{table}`) | {one.holds} | {one.purpose} | {one.seen_by} | {one.lifetime} | {one.goes_to} |"
        for table, one in entries.items()
    )


def with_register(document: str) -> str:
    """The document with its register brought up to date. Raises `ValueError` when it has not both marks."""
    before, _, rest = document.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError("the two marks of the register are missing")
    return f"{before}{BEGIN}\n\n{register_tables()}\n\n{END}{after}"
