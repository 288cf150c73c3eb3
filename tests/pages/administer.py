"""Gives a prepared database what an administrator acts on: accounts, an address, mail that failed, a solve that waits."""

import asyncio
import sys
from datetime import UTC, date, datetime, timedelta

from db.engine import connected
from db.queries.accounts import add_account, set_grants
from db.queries.jobs import insert_job
from db.queries.outbox import add_mail, mark_failed
from db.queries.plans import request_plan
from db.queries.territories import territory_by_code
from db.records.account import Grant
from db.records.job import NewJob
from db.records.plan import NewPlan
from db.records.territory import Territory
from service.actions.make_feed_address import make_feed_address
from service.settings import read_settings
from tests.cheap_passwords import kept
from tests.pages.sign_people_in import PASSWORD

PEOPLE = {
    "admin": Grant(role="administrator"),
    "cv": Grant(role="coordinator", territory="ile-de-france"),
}
DEVICE = "téléphone de C.V."


async def main() -> None:
    async with connected(read_settings().database_address):
        territory = await territory_by_code("ile-de-france")
        password_hash = kept(PASSWORD)
        for name, grant in PEOPLE.items():
            made = await add_account(f"{name}@escale.test", name, state="active", password_hash=password_hash)
            await set_grants(made.id, [grant])
        await make_feed_address(territory.id, "territory", territory.id, DEVICE)
        await _mail_that_failed(territory)
        await _solve_that_waits(territory)


async def _mail_that_failed(territory: Territory) -> None:
    mail = await add_mail(
        {
            "territory": territory.id,
            "kind": "role",
            "to_address": "loin@escale.test",
            "subject": "Un nouvel accès",
            "body_text": "Bonjour",
            "state": "queued",
        }
    )
    assert mail is not None
    await mark_failed(mail, "550 adresse inconnue", next_try_at=None)


async def _solve_that_waits(territory: Territory) -> None:
    wanted = NewPlan(first_on=date(2027, 5, 1), last_on=date(2027, 5, 31), origin="solve")
    plan = await request_plan(territory.id, wanted)
    later = datetime.now(UTC) + timedelta(days=1)
    await insert_job(
        NewJob(kind="solve_plan", territory_id=territory.id, subject_id=plan.id, not_before_at=later)
    )


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
