"""A form that somebody else was faster with: what is kept now stands beside what was typed, field by field."""

from service.catalogue import text
from service.french_text import half_day, listed, weekday_named
from service.pages.forms import Field, Typed

SHORTENED = 120


def differing(fields: tuple[Field, ...], typed: Typed, kept: Typed) -> dict[str, str]:
    """By the field's name what is kept, in words; only where it is not what was typed."""
    return {
        field.name: _kept_words(field, typed.get(field.name, ()), kept.get(field.name, ()))
        for field in fields
        if _bare(typed.get(field.name, ())) != _bare(kept.get(field.name, ()))
    }


def _bare(words: tuple[str, ...]) -> list[str]:
    """Order and empty answers tell nothing; a line break may be sent as two signs."""
    return sorted(one.replace("\r\n", "\n") for one in words if one)


def _kept_words(field: Field, typed: tuple[str, ...], kept: tuple[str, ...]) -> str:
    """What a field holds, as a reader of the form would say it; of a week only the half-days that differ."""
    options = dict(field.options)
    if field.kind in ("halves", "pattern"):
        words = _week_words(typed, kept, options)
    else:
        words = [options.get(one, one) for one in kept if one]
    said = listed(words) if words else text("rien")
    return said if len(said) <= SHORTENED else f"{said[: SHORTENED - 1]}…"


def _week_words(typed: tuple[str, ...], kept: tuple[str, ...], options: dict[str, str]) -> list[str]:
    now, mine = ({_half(one): one for one in codes if one} for codes in (kept, typed))
    changed = [half for half in sorted({*now, *mine}) if now.get(half) != mine.get(half)]
    return [
        _half_words(now[half], options) if half in now else text("{half} (rien)", half=_half_words(half, {}))
        for half in changed
    ]


def _half(code: str) -> str:
    """1-am of 1-am-field"""
    return "-".join(code.split("-")[:2])


def _half_words(code: str, options: dict[str, str]) -> str:
    """lundi matin (bureau)"""
    day, half, *place = code.split("-")
    at = options.get(place[0], "") if place else ""
    return f"{weekday_named(int(day))} {half_day(half)}" + (f" ({at.lower()})" if at else "")
