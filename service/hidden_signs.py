"""Signs that do not show: with them two texts look the same, or are read in another order than they are kept."""

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Cs"})
"""Controls, format signs (direction, zero width, soft hyphen, byte order), halves of pairs."""
SHOWN = frozenset("\n\t")


def without_hidden_signs(text: str) -> str:
    """What is seen of a text: for a search, where a pasted sign that does not show must not hide what is sought."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in HIDDEN)


def hidden_sign(text: str, *, but: frozenset[str] = SHOWN) -> str:
    """The first of them as `U+202E`; empty when there is none. Line breaks and tabs are none."""
    if text.isprintable():
        return ""
    found = (sign for sign in text if unicodedata.category(sign) in HIDDEN and sign not in but)
    return next((f"U+{ord(sign):04X}" for sign in found), "")
