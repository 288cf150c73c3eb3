"""Readable codes made from names: Centre de Gagny is `centre-de-gagny`."""

import re
import unicodedata


def slug(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A code of small letters, digits and hyphens that is not taken yet."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
        .encode("ascii", "ignore")
        .decode()
    )
    base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "sans-nom"
    code, rank = base, 2
    while code in taken:
        code, rank = f"{base}-{rank}", rank + 1
    return code
