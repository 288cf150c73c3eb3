"""Settings of a territory that say how its living plan works; each has a default."""

from typing import Annotated

import msgspec

from db.records.territory import Territory

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]

Reasons = Annotated[dict[Code, Words], msgspec.Meta(min_length=1, max_length=20)]
REASONS: dict[Code, Words] = {
    "site": "Empêchement du lieu",
    "absence": "Absence",
    "transport": "Transport",
    "other": "Autre",
}
SITE_REASONS = frozenset({"site", "lieu"})
"""Codes of the impediment of a site, in the list of the team and in that for partners."""


class LivingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`cancel_reasons`: the list that a cancellation picks from, code and words.

    `misses_before_suspension`: unexcused absences in a row after which a path waits for its referent; 0 is never.
    """

    cancel_reasons: Reasons = msgspec.field(default_factory=lambda: dict(REASONS))
    misses_before_suspension: Annotated[int, msgspec.Meta(ge=0, le=20)] = 2


def living_settings(territory: Territory) -> LivingSettings:
    """Those of a territory; what it does not say has its default."""
    values = territory.settings
    known = {name: values[name] for name in LivingSettings.__struct_fields__ if name in values}
    return msgspec.convert(known, LivingSettings)
