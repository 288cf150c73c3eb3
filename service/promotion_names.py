"""What tells promotions of one name apart: the month in which each begins."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from db.records.cadence import Promotion
from service.catalogue import text
from service.french_text import month_title


def promotion_names(promotions: Iterable[Promotion]) -> dict[str, str]:
    """By code: the name; where several have it, with its month, and should that not be enough with its code."""
    known = tuple(promotions)
    names = _apart({one.code: one.name for one in known}, {one.code: _month(one) for one in known})
    return _apart(names, {one.code: one.code for one in known})


def _apart(names: dict[str, str], more: dict[str, str]) -> dict[str, str]:
    counts = Counter(names.values())
    return {
        code: text("{name}, {more}", name=name, more=more[code]) if counts[name] > 1 and more[code] else name
        for code, name in names.items()
    }


def _month(promotion: Promotion) -> str:
    starts: list[date] = [one.done_on or one.from_on for one in promotion.sequences]
    return month_title(min(starts)) if starts else ""
