"""Accounts of a territory: invite, roles, close, log out everywhere, second factor, tokens."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from db.queries.api_tokens import revoke_token, tokens_of
from db.queries.facts import facts_of
from db.queries.sessions import sessions_of
from db.records.account import Grant
from service.accounts.authority import reaches, refuse_beyond, refuse_oneself
from service.actions.grant_role import grant_role, take_role
from service.actions.invite_account import invite_account, invite_again
from service.actions.lock_account import lock_account, unlock_account
from service.actions.sign_out import sign_out_everywhere
from service.actions.use_totp import remove_totp
from service.catalogue import text
from service.edge.identity import Identity
from service.errors import ServiceError
from service.pages.account_fields import sentence
from service.pages.administration.entry import (
    HERE,
    SHARED,
    Known,
    administrator,
    come_in,
    known,
    known_in,
    said,
)
from service.pages.administration.role_form import GUEST, grant_from, role_fields, who_has_it
from service.pages.context import AnyRequest
from service.pages.form_parts import sent, whole_form
from service.pages.forms import NOTHING_TYPED, Answers, Field, read, untouched
from service.pages.rendering import page
from service.pages.shell import ROLE_NAMES

ONE = f"{HERE}/comptes/{{account:uuid}}"
STATES = {"invited": "invitation en attente", "active": "ouvert", "closed": "fermé"}


@get(f"{HERE}/comptes", **SHARED)
async def show_accounts(request: AnyRequest, territory: str) -> Response[str]:
    return await _list(request, territory)


@post(f"{HERE}/comptes", **SHARED)
async def invite(request: AnyRequest, territory: str) -> Response[Any]:
    """A new account with one role here, and the mail that lets its owner in."""
    visit = await come_in(request, territory, "comptes")
    fields = (*GUEST, *role_fields(await facts_of(visit.territory.id)))
    answers = read(fields, await whole_form(request))
    if answers.problems:
        return await _list(request, territory, answers, status_code=422)
    try:
        await _invite(request, territory, answers)
    except ServiceError as error:
        wrong = answers.with_problem("email", text("Adresse de courriel"), sentence(error))
        return await _list(request, territory, wrong, status_code=error.status)
    return Redirect(_address(territory, "", "invitation"), status_code=303)


@get(ONE, **SHARED)
async def show_account(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Response[str]:
    return await _one(request, territory, account)


@post(f"{ONE}/roles", **SHARED)
async def add_role(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Response[Any]:
    """One more role in this territory."""
    await _known(request, territory, account)
    visit = await come_in(request, territory, "comptes")
    answers = read(role_fields(await facts_of(visit.territory.id)), await whole_form(request))
    if answers.problems:
        return await _one(request, territory, account, answers=answers)
    try:
        await grant_role(account, grant_from(answers, territory))
    except ServiceError as error:
        return await _one(request, territory, account, error)
    return Redirect(_address(territory, account, "role"), status_code=303)


@post(f"{ONE}/roles/retirer", **SHARED)
async def remove_role(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Response[Any]:
    """One role less in this territory; the last administrator stays."""
    _, found = await _known(request, territory, account)
    grant = await _grant(request, territory)
    try:
        await take_role(account, grant)
    except ServiceError as error:
        return await _one(request, territory, account, error)
    remains = any(one != grant for one in found.roles_in(territory))
    return Redirect(_address(territory, account if remains else "", "sans-role"), status_code=303)


@post(f"{ONE}/fermer", **SHARED)
async def close_account(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Redirect:
    """Sessions and tokens end at once."""
    _, found = await _whole(request, territory, account)
    refuse_oneself(await administrator(request), found.account)
    await lock_account(account)
    return Redirect(_address(territory, account, "ferme"), status_code=303)


@post(f"{ONE}/rouvrir", **SHARED)
async def reopen_account(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Redirect:
    await _whole(request, territory, account)
    await unlock_account(account)
    return Redirect(_address(territory, account, "ouvert"), status_code=303)


@post(f"{ONE}/deconnecter", **SHARED)
async def log_out_everywhere(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Redirect:
    """Every session made until now, wherever it is."""
    await _whole(request, territory, account)
    await sign_out_everywhere(account)
    return Redirect(_address(territory, account, "partout"), status_code=303)


@post(f"{ONE}/sans-code", **SHARED)
async def take_totp_away(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Redirect:
    """For a lost telephone; its sessions end, so that the next sign-in proves the password again."""
    _, found = await _whole(request, territory, account)
    refuse_oneself(await administrator(request), found.account)
    await remove_totp(account)
    await sign_out_everywhere(account)
    return Redirect(_address(territory, account, "sans-code"), status_code=303)


@post(f"{ONE}/lien", **SHARED)
async def send_link(request: AnyRequest, territory: str, account: FromPath[UUID]) -> Redirect:
    """The invitation again, or a link for a new password."""
    await _whole(request, territory, account)
    await invite_again(account, request.app.state.settings.address)
    return Redirect(_address(territory, account, "lien"), status_code=303)


@post(f"{ONE}/jetons/{{token:uuid}}", **SHARED)
async def revoke_a_token(
    request: AnyRequest, territory: str, account: FromPath[UUID], token: FromPath[UUID]
) -> Redirect:
    await _whole(request, territory, account)
    await revoke_token(account, token, at=datetime.now(UTC))
    return Redirect(_address(territory, account, "jeton"), status_code=303)


async def _invite(request: AnyRequest, territory: str, answers: Answers) -> None:
    email, name, grant = answers.values["email"], answers.values["name"], grant_from(answers, territory)
    await invite_account(email, name, (grant,), request.app.state.settings.address)


async def _known(request: AnyRequest, territory: str, account_id: UUID) -> tuple[Identity, Known]:
    identity = await administrator(request)
    return identity, await known(territory, account_id, identity)


async def _whole(request: AnyRequest, territory: str, account_id: UUID) -> tuple[Identity, Known]:
    """For what concerns the account everywhere. Raises `NotFound`, `Forbidden`."""
    identity, found = await _known(request, territory, account_id)
    refuse_beyond(identity, found.grants)
    return identity, found


async def _grant(request: AnyRequest, territory: str) -> Grant:
    """As sent, whole: a code that does not go with the role makes one that nobody has."""
    role, staff, partner = await sent(request, "role", "staff", "partner")
    return Grant(
        role=role,  # type: ignore[arg-type]
        territory=territory,
        staff=staff or None,
        partner=partner or None,
    )


async def _list(
    request: AnyRequest,
    territory: str,
    answers: Answers = NOTHING_TYPED,
    *,
    status_code: int = 200,
) -> Response[str]:
    visit = await come_in(request, territory, "comptes")
    found = await known_in(territory, await administrator(request))
    facts = await facts_of(visit.territory.id)
    words = {
        "lines": [(one.account, one.roles_in(territory)) for one in found],
        "fields": (fields := (*GUEST, *role_fields(facts))),
        "who": who_has_it(facts),
        **_words(fields, answers),
        **_told(request, None),
    }
    return page("administration/accounts.html", visit.shell, words, status_code=status_code)


async def _one(
    request: AnyRequest,
    territory: str,
    account_id: UUID,
    error: ServiceError | None = None,
    *,
    answers: Answers = NOTHING_TYPED,
) -> Response[str]:
    visit = await come_in(request, territory, "comptes")
    identity, found = await _known(request, territory, account_id)
    facts = await facts_of(visit.territory.id)
    words = {
        "account": found.account,
        "roles": found.roles_in(territory),
        "code": territory,
        "whole": reaches(identity, found.grants),
        "oneself": identity.account_id == str(account_id),
        "sessions": await sessions_of(account_id, now=datetime.now(UTC)),
        "tokens": await tokens_of(account_id),
        "fields": (fields := role_fields(facts)),
        "who": who_has_it(facts),
        **_words(fields, answers),
        **_told(request, error),
    }
    status = error.status if error else 422 if answers.problems else 200
    return page("administration/account.html", visit.shell, words, status_code=status)


def _words(fields: tuple[Field, ...], answers: Answers) -> dict[str, Any]:
    return {
        "role_names": {role: text(name) for role, name in ROLE_NAMES.items() if role != "public"},
        "states": {state: text(words) for state, words in STATES.items()},
        "typed": untouched(fields, answers.typed),
        "problems": answers.problems,
    }


def _told(request: AnyRequest, error: ServiceError | None) -> dict[str, str]:
    return {"problem": text(error.detail or error.title) if error else "", "said": said(request)}


def _address(territory: str, account: UUID | str, done: str) -> str:
    rest = f"/{account}" if account else ""
    return f"/t/{territory}/administration/comptes{rest}?fait={done}"


ACCOUNTS_PAGES = (
    show_accounts,
    invite,
    show_account,
    add_role,
    remove_role,
    close_account,
    reopen_account,
    log_out_everywhere,
    take_totp_away,
    send_link,
    revoke_a_token,
)
