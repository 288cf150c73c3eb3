"""What weighs in a version's changes is measured against what was published when it was made; two of them compare only where that is one version."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from db.records.plan import Plan as PlanRecord
from planner.plan import Level, Plan
from service.actions.read_computed import read_at
from service.catalogue import text
from service.pages.version_origin import COPY

CHANGES = "changes"


def measured_against(version: PlanRecord, plans: Iterable[PlanRecord]) -> UUID | None:
    """The version of these dates that was published when it was made; None where it was made from scratch, or from nothing."""
    if version.options.get("from_scratch"):
        return None
    made_at = version.created_at if version.origin == COPY else read_at(version)
    earlier = [
        (one.published_at, one.id) for one in plans if one.published_at and one.published_at <= made_at
    ]
    return max(earlier)[1] if earlier else None


def as_measured(before: Plan, earlier: PlanRecord, version: PlanRecord, plans: Iterable[PlanRecord]) -> Plan:
    """`before`, which `earlier` records, with its changes weighed as those of `version`: nothing where these are
    measured against it, without that level where they are measured against something else."""
    known = tuple(plans)
    against = measured_against(version, known)
    if against is not None and against == earlier.id:
        return _with_changes(before, (Level(name=CHANGES, value=0),))
    if against is None or against != measured_against(earlier, known):
        return _with_changes(before, ())
    return before


def why_unlike(earlier: PlanRecord, version: PlanRecord, plans: Iterable[PlanRecord]) -> str:
    """Why the weight of their changes does not compare, where `as_measured` says that it does not."""
    known = tuple(plans)
    if measured_against(version, known) is None:
        return _from_nothing(version, text("cette version"))
    if measured_against(earlier, known) is None:
        return _from_nothing(earlier, text("l’autre version"))
    return text("mesuré par rapport à une autre version publiée : ne se compare pas")


def _from_nothing(version: PlanRecord, which: str) -> str:
    if version.options.get("from_scratch"):
        return text("{which} a été calculée en repartant de zéro : ne se compare pas", which=which)
    return text("rien n’était publié quand {which} a été calculée : ne se compare pas", which=which)


def _with_changes(plan: Plan, changes: tuple[Level, ...]) -> Plan:
    others = tuple(level for level in plan.levels if level.name != CHANGES)
    return msgspec.structs.replace(plan, levels=(*others, *changes))
