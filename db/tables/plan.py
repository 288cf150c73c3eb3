"""Plans: a version of a month, from the request to its supersession."""

from piccolo.columns import UUID, Boolean, Bytea, Integer
from piccolo.table import Table

from db.tables.columns import (
    Edited,
    Kept,
    date,
    half_day,
    instant,
    json,
    label,
    number,
    part_of,
    text,
)
from db.tables.territory import Territory


class Plan(Edited, Table):
    """One version; `number` counts in its territory. `covers` names what a publication settles.

    `facts_revision` and `base_revision` (of what was published) are those it was made from.
    """

    territory = part_of(Territory)
    number = Integer(default=0)
    state = label(index=True)
    origin = label()
    title = label(null=True)
    first_on = date()
    last_on = date()
    covers = json(default="[]")
    options = json()
    facts_revision = Integer(default=0)
    base_revision = Integer(default=0)
    made_from = UUID(default=None, null=True)
    requested_by = UUID(default=None, null=True)
    problem_sha256 = label(null=True)
    levels = json(default="[]")
    overruled = json(default="[]")
    figures = json()
    error = text(null=True)
    solved_at = instant(null=True)
    published_at = instant(null=True)
    published_by = UUID(default=None, null=True)
    ended_at = instant(null=True)


class PlanFile(Kept, Table):
    """A file of a plan, compressed: its `problem`, the `plan` as solved, the `report` of the solve.

    A published one has its `ledger`: the facts that its months' balances are counted by.
    """

    plan = part_of(Plan)
    kind = label()
    sha256 = label()
    body = Bytea(default=b"")


class PlanItem(Kept, Table):
    """One thing a plan places, told by codes. `key` tells it apart within its plan.

    `assignment_id` is the lasting identity that it keeps or will get.
    """

    plan = part_of(Plan)
    kind = label()
    key = label()
    assignment_id = UUID(default=None, null=True)
    held_on = date()
    half_day = half_day(null=True)
    starts_at = instant(null=True)
    ends_at = instant(null=True)
    site_code = label(null=True)
    room_code = label(null=True)
    cadence_code = label(null=True)
    promotion_code = label(null=True)
    sequence_code = label(null=True)
    need_code = label(null=True)
    number = number(None, null=True)
    staff_codes = json(default="[]")
    pinned = Boolean(default=False)


class Unplaced(Kept, Table):
    """What a plan leaves out, and why: a reason code with its facts."""

    plan = part_of(Plan)
    position = Integer(default=0)
    need_code = label(null=True)
    cadence_code = label(null=True)
    promotion_code = label(null=True)
    sequence_code = label(null=True)
    left_count = Integer(default=1)
    reason_code = label()
    reason_facts = json(default="[]")


class Pin(Edited, Table):
    """What must stay exactly; complete, told by codes. Released pins remain as history."""

    territory = part_of(Territory)
    key = label()
    kind = label()
    held_on = date(index=True)
    starts_hour = label(null=True)
    half_day = half_day(null=True)
    site_code = label(null=True)
    room_code = label(null=True)
    cadence_code = label(null=True)
    promotion_code = label(null=True)
    sequence_code = label(null=True)
    need_code = label(null=True)
    number = number(None, null=True)
    staff_codes = json(default="[]")
    origin = label()
    pinned_by = UUID(default=None, null=True)
    released_at = instant(null=True)
