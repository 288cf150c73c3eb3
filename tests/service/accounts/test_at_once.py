"""At the door in the same instant: a link opens once, a code opens once, every wrong try is counted."""

import asyncio
from pathlib import Path

import pyotp
import pytest

from db.queries.accounts import account_by_id
from db.records.account import Grant
from service.accounts.errors import LinkNotValid, LockedOut, WrongCode, WrongCredentials
from service.accounts.kept_keys import kept_keys
from service.accounts.origin import Origin
from service.accounts.passwords import is_password
from service.actions.accept_link import accept_link
from service.actions.invite_account import make_link
from service.actions.sign_in import sign_in
from service.actions.use_totp import begin_totp, check_code
from service.settings import read_settings
from tests.service.door import account

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]
COORDINATOR = Grant(role="coordinator")


async def test_of_several_who_press_one_link_one_chooses_the_password() -> None:
    owner = await account("a@exemple.fr", COORDINATOR)
    secret = (await make_link(owner.id, "reset", "")).rpartition("/")[2]
    chosen = [f"cinq tables rondes {n}" for n in range(6)]
    answers = await asyncio.gather(*(accept_link(secret, one) for one in chosen), return_exceptions=True)
    won = [one for one, answer in zip(chosen, answers, strict=True) if not isinstance(answer, BaseException)]
    assert [type(one) for one in answers].count(LinkNotValid) == 5
    (password,) = won
    assert await is_password((await account_by_id(owner.id)).password_hash, password)


async def test_of_several_who_give_one_code_one_comes_in(tmp_path: Path) -> None:
    owner = await account("a@exemple.fr", COORDINATOR)
    keys = await kept_keys(tmp_path / "keys" / "master.key")
    code = pyotp.TOTP(await begin_totp(owner.id, keys)).now()
    answers = await asyncio.gather(
        *(check_code(owner.id, keys, code) for _ in range(4)), return_exceptions=True
    )
    assert [type(one) for one in answers].count(WrongCode) == 3
    assert (await account_by_id(owner.id)).totp_confirmed_at is not None


async def test_wrong_passwords_sent_together_are_all_counted_and_lock_the_account() -> None:
    owner, settings = await account("a@exemple.fr", COORDINATOR), read_settings({})

    async def wrong() -> None:
        with pytest.raises((WrongCredentials, LockedOut)):
            await sign_in(settings, owner.email, "not the password", Origin())

    await asyncio.gather(*(wrong() for _ in range(8)))
    found = await account_by_id(owner.id)
    assert found.failed_count >= 5
    assert found.locked_until_at is not None
    with pytest.raises(LockedOut):
        await sign_in(settings, owner.email, "quatre chaises bleues", Origin())
