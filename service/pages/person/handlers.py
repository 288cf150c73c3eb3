"""The page of one participant, their export and their erasure."""

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import MediaType, Response, get, post
from litestar.response import Redirect

from db.queries.assignments import Wanted, assignments_of
from db.queries.facts import facts_of
from db.queries.vault import vault_of
from db.records.facts import Facts
from db.records.participant import Participant
from service.accounts.kept_keys import kept_keys
from service.accounts.master_key import MasterKeys
from service.actions.erase_person import erase_person
from service.actions.export_person import export_person
from service.actions.keep_contact import keep_contact
from service.actions.keep_facts import change_one_fact
from service.catalogue import text
from service.edge.guards import COORDINATORS, TEAM
from service.edge.identity import identify
from service.errors import BadInput, ServiceError
from service.pages.context import AnyRequest, Visit, enter
from service.pages.facts_pages import said
from service.pages.form_parts import version_sent, whole_form
from service.pages.forms import NOTHING_TYPED, Answers, Field, read, untouched
from service.pages.person.path_view import path_card
from service.pages.person.view import (
    CONTACT_FIELDS,
    FIELDS,
    Appointment,
    appointments,
    changed,
    checked_note,
    contact_from,
    export_sections,
    typed_of,
)
from service.pages.rendering import page
from service.pages.signatures import signed
from service.pages.trail_words import told
from service.privacy.exporting import PersonExport
from service.privacy.vault import Contact, keeps_contacts, may_be_written_to, open_contact
from service.privacy.who_may_see import refuse_others
from service.settings import Settings

HERE = "/t/{territory:str}/personnes/{reference:str}"
CONFIRMED = Field(name="reference", label=text("Recopiez la référence pour confirmer"), required=True)
SHARED: dict[str, Any] = {"participants": True, "include_in_schema": False}


class Seen(NamedTuple):
    """A participant as somebody who may see them does."""

    visit: Visit
    facts: Facts
    person: Participant


@get(HERE, roles=TEAM, **SHARED)
async def show_person(request: AnyRequest, territory: str, reference: str) -> Response[str]:
    return await _page(request, await _seen(request, territory, reference))


@post(HERE, roles=TEAM, **SHARED)
async def keep_person(request: AnyRequest, territory: str, reference: str) -> Response[Any]:
    """Minor or not, dates of information and charter, the practical note."""
    seen = await _seen(request, territory, reference)
    answers = checked_note(read(FIELDS, await whole_form(request)))
    if answers.problems:
        return await _page(request, seen, answers, status_code=422)
    try:
        record = changed(seen.person, answers.values)
        await change_one_fact(seen.visit.territory.id, record, version=await version_sent(request))
    except ServiceError as error:
        return await _page(request, seen, answers, error=error)
    return Redirect(f"{_here(seen)}?fait=changement", status_code=303)


@post(f"{HERE}/coordonnees", roles=TEAM, **SHARED)
async def keep_person_contact(request: AnyRequest, territory: str, reference: str) -> Response[Any]:
    """Sealed under the person's own key; refused where the territory keeps none."""
    seen = await _seen(request, territory, reference)
    answers = read(CONTACT_FIELDS, await whole_form(request))
    try:
        if not answers.problems:
            await keep_contact(seen.visit.territory, reference, contact_from(answers), await _keys(request))
    except BadInput as error:
        wrong = next(one for one in CONTACT_FIELDS if one.name == error.fields.get("field", "name"))
        answers = answers.with_problem(wrong.name, wrong.label, error.detail.partition(" : ")[2].rstrip("."))
    if answers.problems:
        return await _page(request, seen, contact=answers, status_code=422)
    return Redirect(f"{_here(seen)}?fait=changement", status_code=303)


@get(f"{HERE}/copie", roles=COORDINATORS, **SHARED)
async def show_export(request: AnyRequest, territory: str, reference: str) -> Response[str]:
    """Everything kept of the person, readable and printable: theirs to have."""
    seen = await _seen(request, territory, reference)
    found = await _export(request, seen)
    zone = seen.visit.territory.zone
    words = {
        "export": found,
        "sections": export_sections(found),
        "history": [told(one, zone) for one in found.history],
        "here": _here(seen),
    }
    return page("person/export.html", seen.visit.shell, words)


async def _export(request: AnyRequest, seen: Seen) -> PersonExport:
    """Who read or wrote stands in it as the team knows them."""
    territory = seen.visit.territory
    found = await export_person(territory, seen.person.code, await _keys(request))
    return msgspec.structs.replace(found, history=await signed(found.history, territory.code))


@get(f"{HERE}/copie.json", roles=COORDINATORS, **SHARED)
async def download_export(request: AnyRequest, territory: str, reference: str) -> Response[str]:
    """The same for machines."""
    seen = await _seen(request, territory, reference)
    found = await _export(request, seen)
    body = msgspec.json.format(msgspec.json.encode(found), indent=1).decode()
    name = f'attachment; filename="{reference}.json"'
    return Response(body, media_type=MediaType.JSON, headers={"content-disposition": name})


@get(f"{HERE}/effacer", roles=COORDINATORS, **SHARED)
async def ask_to_erase(request: AnyRequest, territory: str, reference: str) -> Response[str]:
    """What erasing does, before it is done."""
    return await _erase_page(await _seen(request, territory, reference), NOTHING_TYPED)


@post(f"{HERE}/effacer", roles=COORDINATORS, **SHARED)
async def do_erase(request: AnyRequest, territory: str, reference: str) -> Response[Any]:
    """For good: the reference is typed again, nothing can undo it."""
    seen, answers = await _seen(request, territory, reference), read((CONFIRMED,), await whole_form(request))
    typed = answers.values.get(CONFIRMED.name, "")
    if typed != reference:
        return await _erase_page(seen, answers.or_else(CONFIRMED, text("ce n’est pas cette référence")))
    keys_path, me = _settings(request).keys_path, await _account_id(request)
    await erase_person(seen.visit.territory.id, reference, typed, keys_path, asked_by=me)
    return Redirect(f"{seen.visit.shell.address('personnes')}?fait=effacement", status_code=303)


async def _seen(request: AnyRequest, territory: str, reference: str) -> Seen:
    """Raises `NotFound` for who may not see this person, as if there were none."""
    visit = await enter(request, territory, "personnes")
    facts = await facts_of(visit.territory.id)
    await refuse_others(await identify(request), facts, reference, datetime.now(UTC))
    return Seen(visit, facts, next(one for one in facts.participants if one.code == reference))


async def _page(
    request: AnyRequest,
    seen: Seen,
    answers: Answers | None = None,
    *,
    contact: Answers = NOTHING_TYPED,
    error: ServiceError | None = None,
    status_code: int = 200,
) -> Response[str]:
    visit, facts, person = seen
    assert person.id is not None
    kept = keeps_contacts(visit.territory)
    known = open_contact(await _keys(request), await vault_of(person.id)) if kept else Contact()
    words = {
        "person": person,
        "paths": [(one, path_card(facts, one)) for one in facts.paths if one.participant == person.code],
        "appointments": await _coming(seen),
        "fields": FIELDS,
        "typed": answers.typed if answers else untouched(FIELDS, typed_of(person)),
        "problems": answers.problems if answers else (),
        "keeps_contacts": kept,
        "contact": known,
        "may_write": may_be_written_to(known, minor=person.minor),
        "contact_fields": CONTACT_FIELDS if person.minor else CONTACT_FIELDS[:-1],
        "contact_typed": untouched(CONTACT_FIELDS, typed_of(known) | dict(contact.typed)),
        "contact_problems": contact.problems,
        "coordinates": visit.shell.account is not None and visit.shell.account.role == "coordinator",
        "problem": text(error.detail or error.title) if error else "",
        "said": said(request, facts),
        "here": _here(seen),
    }
    return page("person/page.html", visit.shell, words, status_code=error.status if error else status_code)


async def _coming(seen: Seen) -> tuple[Appointment, ...]:
    """What is published for the person and not over."""
    now = datetime.now(UTC)
    wanted = Wanted(from_on=seen.visit.territory.day_of(now), participant=seen.person.code)
    return appointments(seen.facts, await assignments_of(seen.visit.territory.id, wanted), now)


async def _erase_page(seen: Seen, answers: Answers) -> Response[str]:
    words = {
        "coming": len(await _coming(seen)),
        "reference": seen.person.code,
        "here": _here(seen),
        "field": CONFIRMED,
        "typed": untouched((CONFIRMED,), answers.typed),
        "problems": answers.problems,
    }
    return page("person/erase.html", seen.visit.shell, words, status_code=422 if answers.problems else 200)


async def _account_id(request: AnyRequest) -> UUID | None:
    identity = await identify(request)
    try:
        return UUID(identity.account_id) if identity else None
    except ValueError:
        return None


def _settings(request: AnyRequest) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _keys(request: AnyRequest) -> MasterKeys:
    return await kept_keys(_settings(request).keys_path)


def _here(seen: Seen) -> str:
    return seen.visit.shell.address(f"personnes/{seen.person.code}")


PERSON_PAGES = (
    show_person,
    keep_person,
    keep_person_contact,
    show_export,
    download_export,
    ask_to_erase,
    do_erase,
)
