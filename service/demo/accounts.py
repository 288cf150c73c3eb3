"""One account of each role in each territory, with random passwords in a file that only its owner reads."""

import secrets
from pathlib import Path

from db.queries.accounts import account_with, add_account, set_grants
from db.queries.facts import facts_of
from db.records.account import Grant
from db.records.territory import Territory
from service.accounts.passwords import hash_password
from service.atomic_files import write_atomically
from service.catalogue import gettext
from service.french_text import capital
from service.pages.shell import ROLE_NAMES

FILE = "comptes-de-demonstration.txt"
HEAD = "# Comptes de démonstration : adresse, mot de passe. À ne pas garder ailleurs.\n"


async def make_demo_accounts(territories: list[Territory], var: Path) -> Path:
    """Makes those that are missing; a second time nothing changes."""
    path, lines = var / FILE, []
    for territory in territories:
        for grant in await _grants(territory):
            email = f"{grant.role}@{territory.code}.demo.example"
            if await account_with(email=email) is None:
                password = secrets.token_urlsafe(12)
                hashed = await hash_password(password)
                name = capital(gettext(ROLE_NAMES[grant.role]))
                account = await add_account(email, name, state="active", password_hash=hashed)
                await set_grants(account.id, (grant,))
                lines.append(f"{email}  {password}\n")
    if lines:
        before = path.read_text() if path.exists() else HEAD
        write_atomically(path, (before + "".join(lines)).encode(), mode=0o600)
    return path


async def _grants(territory: Territory) -> list[Grant]:
    facts, code = await facts_of(territory.id), territory.code
    grants = [Grant(role="administrator", territory=code), Grant(role="coordinator", territory=code)]
    grants += [Grant(role="staff", territory=code, staff=one.code) for one in facts.staff[:1]]
    partners = sorted(facts.partners, key=lambda one: len(one.sites))
    return [*grants, Grant(role="partner", territory=code, partner=partners[-1].code if partners else None)]
