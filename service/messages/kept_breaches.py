"""A breach again from how a version and a refusal keep it: its code and what it names in one line."""

import re
from collections.abc import Mapping
from datetime import date

from planner.breach import Breach

_NAMED = re.compile(r" (half_day|site|fact)=")


def kept_breach(kept: Mapping[str, object]) -> Breach:
    """`kept` has the fields of a `Lost`. Raises ValueError where `on` is no date."""
    code, *named = _NAMED.split(str(kept.get("text", "")))
    fields = dict(zip(named[::2], named[1::2], strict=False))
    half = fields.get("half_day")
    return Breach(
        rule=str(kept.get("rule", "")),
        code=code,
        about=str(kept.get("about", "")),
        on=date.fromisoformat(str(kept.get("on"))),
        amount=int(str(kept.get("amount", 1))),
        half_day="pm" if half == "pm" else "am" if half == "am" else None,
        site=fields.get("site"),
        fact=fields.get("fact", ""),
    )
