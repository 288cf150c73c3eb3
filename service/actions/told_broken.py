"""The rules that something would break, told to whoever asked for it: others' persons without their references."""

from collections.abc import Sequence

import msgspec

from db.records.territory import Territory
from service.actions.actor import Actor
from service.actions.open_draft import BreaksRules
from service.actions.own_people import visible_participants
from service.privacy.shown import without_references
from service.translate.draft import Lost


async def told_broken(territory: Territory, actor: Actor, broken: Sequence[Lost]) -> BreaksRules:
    """What to raise. A coordinator reads all of it, staff the references of those they follow or meet."""
    seen = await visible_participants(territory, actor)
    told = [msgspec.to_builtins(one) for one in broken]
    return BreaksRules(broken=told if seen is None else without_references(told, but=seen))
