"""A form that somebody else was faster with: what is kept now stands beside what was typed, field by field."""

from service.catalogue import text
from service.french_text import half_day, listed, weekday_named
from service.pages.forms import Field, Typed

SHORTENED = 120


def differing(fields: tuple[Field, ...], typed: Typed, kept: Typed) -> dict[str, str]:
    """By the field's name what is kept, in words; only where it is not what was typed."""
    return {
        field.name: kept_words(field, kept.get(field.name, ()))
        for field in fields
        if _bare(typed.get(field.name, ())) != _bare(kept.get(field.name, ()))
    }


def _bare(words: tuple[str, ...]) -> list[str]:
    """Order and empty answers tell nothing; a line break may be sent as two signs."""
    return sorted(one.replace("\r\n", "\n") for one in words if one)


def kept_words(field: Field, kept: tuple[str, ...]) -> str:
    """What a field holds, as a reader of the form would say it."""
    options = dict(field.options)
    if field.kind in ("halves", "pattern"):
        words = [_half_words(one, options) for one in kept if one]
    else:
        words = [options.get(one, one) for one in kept if one]
    said = listed(words) if words else text("rien")
    return said if len(said) <= SHORTENED else f"{said[: SHORTENED - 1]}…"


def _half_words(code: str, options: dict[str, str]) -> str:
    """lundi matin (bureau)"""
    day, half, *place = code.split("-")
    at = options.get(place[0], "") if place else ""
    return f"{weekday_named(int(day))} {half_day(half)}" + (f" ({at.lower()})" if at else "")
