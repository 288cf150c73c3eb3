"""`escale account`: the first account of a new installation, and others without a page."""

import asyncio
import sys
from typing import Annotated, Literal

import typer

from db.errors import NotFoundError
from db.queries.accounts import account_with
from db.records.account import Grant, LinkPurpose
from db.transaction import in_transaction
from service.actions.grant_role import grant_role
from service.actions.invite_account import invite_account, make_link
from service.commands.named import territory_named
from service.database import open_database
from service.errors import BadInput
from service.settings import Settings, read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
Role = Literal["administrator", "coordinator", "staff", "partner"]


@app.callback()
def account() -> None:
    """Accounts without a page: the first administrator of an installation."""


@app.command()
def invite(
    email: Annotated[str, typer.Argument(help="Mail address.")],
    role: Annotated[Role, typer.Option(help="What they come for.")],
    territory: Annotated[str | None, typer.Option(help="Code; without, all territories.")] = None,
    staff: Annotated[str | None, typer.Option(help="Code of the person, for staff.")] = None,
    partner: Annotated[str | None, typer.Option(help="Code of the service, for a partner.")] = None,
    name: Annotated[str, typer.Option(help="As the head of pages shows it.")] = "",
) -> None:
    """Makes an account with one role, or adds the role to one that exists; prints the link that opens it.

    The link is mailed too. It is worth seven days and is used up by a button, not by being opened.
    """
    if role in ("staff", "partner") and territory is None:
        raise BadInput(f"--territory: a {role} belongs to one")
    grant = Grant(role=role, territory=territory, staff=staff, partner=partner)
    sys.stdout.write(asyncio.run(_invite(read_settings(), email, name, grant)) + "\n")


async def _invite(settings: Settings, email: str, name: str, grant: Grant) -> str:
    async with open_database(settings):
        if grant.territory is not None:
            await territory_named(grant.territory)
        try:
            known = await account_with(email=email)
            if known is None:
                known = await invite_account(email, name, (grant,), settings.address)
            else:
                await grant_role(known.id, grant)
        except NotFoundError as error:
            raise BadInput(f"{error}") from error
        purpose: LinkPurpose = "invitation" if known.state == "invited" else "reset"

        async def work() -> str:
            return await make_link(known.id, purpose, settings.address)

        return await in_transaction(work)
