"""« 1er », « 2e » with their letters raised, in every text of a page, whoever wrote it."""

import re

ORDINAL = re.compile(r"(?<![\w&#/.-])(\d{1,2})(er|re|e)(?![\w-])")
TEXT = re.compile(r">([^<>]*?\d(?:er|re|e)(?![\w-])[^<>]*)(?=</?(\w*))")
AS_TYPED = frozenset({"title", "option", "textarea", "script", "style"})
DRAWN = frozenset({"text", "tspan"})
"""Elements of a drawing, which hold characters only."""
LETTERS = {"er": "ᵉʳ", "re": "ʳᵉ", "e": "ᵉ"}


def raised(page: str) -> str:
    """The page as HTML; attributes stay as they are. Each such text is one element: in a row of boxes it stays one box."""
    return TEXT.sub(_raised, page)


def _raised(found: re.Match[str]) -> str:
    if found[2] in AS_TYPED:
        return found[0]
    if found[2] in DRAWN:
        return f">{ORDINAL.sub(lambda one: one[1] + LETTERS[one[2]], found[1])}"
    words = ORDINAL.sub(r"\1<sup>\2</sup>", found[1])
    return found[0] if words == found[1] else f"><raised-text>{words}</raised-text>"
