"""The register in words: Markdown for the French document, kept between two marks of it; fields as the database has them."""

from db.queries.columns import columns_of
from service.privacy.register import OF_OTHERS, OF_PARTICIPANTS, OF_STAFF, Entry
from service.privacy.register_fields import MACHINE, word_of

BEGIN, END = "<!-- registre : début, écrit par « escale register » -->", "<!-- registre : fin -->"
HEAD = "| donnée | contenu | pourquoi | qui la voit | combien de temps | où elle va |\n|---|---|---|---|---|---|\n"
FIELDS_HEAD = "| donnée | ses champs |\n|---|---|\n"
PARTS: tuple[tuple[str, dict[str, Entry]], ...] = (
    ("Personnes accompagnées", OF_PARTICIPANTS),
    ("Équipe", OF_STAFF),
    ("Partenaires, établissements, comptes", OF_OTHERS),
)


def register_tables() -> str:
    """Every table of the database that tells of a person, then each of its fields."""
    tables = [f"### {title}\n\n{HEAD}{_lines(entries)}" for title, entries in PARTS]
    return "\n\n".join([*tables, f"### Champ par champ\n\n{FIELDS_HEAD}{_fields()}"])


def _fields() -> str:
    """One line a table; what only the machine needs (numbers, fingerprints, versions) is left out."""
    return "\n".join(
        f"| {one.label} | {' ; '.join(dict.fromkeys(word_of(table, name) for name in told_fields(table)))} |"
        for _, entries in PARTS
        for table, one in entries.items()
    )


def told_fields(table: str) -> list[str]:
    """Its columns that say something of a person."""
    return [name for name in columns_of(table) if name not in MACHINE]


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
