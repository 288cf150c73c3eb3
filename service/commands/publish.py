"""`escale publish`: a draft becomes the published version."""

import asyncio
import sys
from typing import Annotated
from uuid import UUID

import typer

from db.queries.plans import plans_of
from db.records.plan import Plan
from db.records.territory import Territory
from db.states import EDITABLE_PLANS
from service.actions.actor import HOUSE
from service.actions.publish_plan import Outcome, publish_plan
from service.actions.request_plan import SCENARIO
from service.commands.named import month_named, territory_named
from service.database import open_database
from service.errors import BadInput, DraftNoLongerHolds
from service.settings import Settings, read_settings
from service.versions import version_number

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def publish(
    territory: Annotated[str, typer.Option(help="Code of the territory.")],
    month: Annotated[str | None, typer.Option(help="The newest draft of this month, as 2026-12.")] = None,
    plan: Annotated[UUID | None, typer.Option(help="This plan.")] = None,
    silently: Annotated[
        bool, typer.Option("--silently", help="Mail nobody of the team; the trail says so.")
    ] = False,
) -> None:
    """Audits the draft on the facts of this moment and publishes it; prints what changed.

    Exit codes: 0 published, 1 refused (what no longer holds is listed), 2 bad input.
    """
    raise typer.Exit(asyncio.run(_publish(read_settings(), territory, month, plan, silently=silently)))


async def _publish(
    settings: Settings, code: str, month: str | None, plan_id: UUID | None, *, silently: bool
) -> int:
    async with open_database(settings):
        territory = await territory_named(code)
        draft_id = plan_id or (await _newest_draft(territory, month)).id
        try:
            outcome = await publish_plan(territory, draft_id, HOUSE, silently=silently)
        except DraftNoLongerHolds as refusal:
            _tell_refusal(refusal)
            return 1
        number = await version_number(outcome.plan)
    _tell(outcome, number)
    return 0


async def _newest_draft(territory: Territory, month: str | None) -> Plan:
    if month is None:
        raise BadInput("--month or --plan: which plan?")
    first_on, last_on = month_named(month)
    found = await plans_of(territory.id, touching=(first_on, last_on), states=EDITABLE_PLANS)
    mine = [one for one in found if one.origin != SCENARIO]
    exact = [one for one in mine if (one.first_on, one.last_on) == (first_on, last_on)]
    if not exact:
        raise BadInput(f"--month: no draft of {month} in {territory.code}; escale plan makes one")
    return exact[0]


def _tell(outcome: Outcome, number: int) -> None:
    written = outcome.written
    sys.stdout.write(
        f"version {number}: {len(written.created)} new, {len(written.changed)} changed"
        f" ({len(outcome.cancelled)} of them cancelled), {len(written.unchanged)} as before\n"
    )


def _tell_refusal(refusal: DraftNoLongerHolds) -> None:
    sys.stderr.write(f"escale: {refusal}\n")
    lost = refusal.fields["lost"]
    assert isinstance(lost, list)
    for one in lost:
        assert isinstance(one, dict)
        sys.stderr.write(f"  {one['rule']}: {one['about']} {one['on']} {one['text']}\n")
