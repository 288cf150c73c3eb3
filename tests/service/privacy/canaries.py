"""What is planted in a territory so that it can be looked for everywhere else."""

import base64
import io
import re
import zlib
from datetime import date
from urllib.parse import quote, quote_plus
from uuid import UUID

import msgspec
import openpyxl
import pypdf

from db.queries.accounts import add_account, set_grants
from db.queries.fact_storing import add_fact, change_fact
from db.queries.facts import fact, facts_of
from db.queries.territories import change_territory
from db.queries.vault import keep_vault
from db.records.account import Grant
from db.records.participant import Hours, InterviewNeed, Participant, Path
from db.records.partner import Partner, PartnerSite
from db.records.staff import StaffMember
from db.records.territory import Territory
from db.tables.partner import Orientation
from service.accounts.master_key import MasterKeys
from service.accounts.passwords import hash_password
from service.actions.make_feed_address import make_feed_address
from service.privacy.vault import Contact, seal_contact
from tests.service.door import PASSWORD
from tests.service.small_territory import FIRST_ON, LAST_ON, make_territory

REFERENCE = "QZ7351"
CONTACT = Contact(name="Zéphyrin Canarito", phone="06 99 88 77 66", email="zephyrin.canarito@exemple.fr")
HOURS = ("09:53", "11:07")
NOTE = "apporter le classeur ocre"
LABEL, OFFICER, OFFICER_PHONE = "octave 77B", "Aldegonde Perlimpin", "01 98 76 54 32"
PERSONAL = (
    CONTACT.name,
    "Canarito",
    CONTACT.phone,
    CONTACT.email,
    NOTE,
    LABEL,
    OFFICER,
    OFFICER_PHONE,
    *HOURS,
)
"""Nowhere but on pages for who may see them."""
SEALED = (CONTACT.name, CONTACT.phone, CONTACT.email)
"""Not even in the bytes of the database."""


class Planted(msgspec.Struct, kw_only=True):
    """The territory with its canaries, and the secret addresses of its feeds by kind."""

    territory: Territory
    feeds: dict[str, str]


async def plant(keys: MasterKeys) -> Planted:
    """A small territory with one person of whom everything is kept, and an account of each role."""
    made = await make_territory()
    territory = await change_territory(msgspec.structs.replace(made, settings={"contacts": True}))
    await _plant_person(territory, keys)
    await _plant_partner(territory)
    for code in ("AR", "NK"):
        person = await fact(territory.id, StaffMember, code)
        email = f"{code.lower()}@exemple.fr"
        await change_fact(territory.id, msgspec.structs.replace(person, email=email), version=person.version)
    await _make_accounts(territory.code)
    return Planted(territory=territory, feeds=await _make_feeds(territory))


async def _plant_person(territory: Territory, keys: MasterKeys) -> None:
    hours = tuple(Hours(weekday=day, from_hour=HOURS[0], to_hour=HOURS[1]) for day in range(1, 6))
    person = Participant(code=REFERENCE, any_hour=False, hours=hours, practical_note=NOTE, minor=True)
    stored = await add_fact(territory.id, person)
    assert stored.id is not None
    await keep_vault(
        territory.id, REFERENCE, seal_contact(keys, stored.id, CONTACT, None), ("name", "phone", "email")
    )
    path = Path(code=f"{REFERENCE}-o2r", programme="o2r", participant=REFERENCE, referent="AR")
    await add_fact(territory.id, path)
    need = InterviewNeed(
        code=f"{REFERENCE}/suivi", participant=REFERENCE, from_on=FIRST_ON, until_on=LAST_ON, sites=("bureau",), referent="AR"
    )  # fmt: skip
    await add_fact(territory.id, need)


async def _plant_partner(territory: Territory) -> None:
    await add_fact(territory.id, Partner(code="spip-93", name="SPIP 93", sites=(PartnerSite(site="gagny"),)))


async def orient(planted: Planted, interview_id: UUID) -> None:
    """The partner's own word on the person, at a published interview."""
    facts = await facts_of(planted.territory.id)
    row = Orientation(
        territory=planted.territory.id,
        partner=facts.partners[0].id,
        code="o1",
        label=LABEL,
        officer=OFFICER,
        officer_phone=OFFICER_PHONE,
        state="planned",
        assignment=interview_id,
        interview_id=interview_id,
    )
    await Orientation.insert(row)


async def _make_accounts(code: str) -> None:
    hashed = await hash_password(PASSWORD)
    for role, more in {
        "administrator": {},
        "coordinator": {},
        "staff": {"staff": "AR"},
        "partner": {"partner": "spip-93"},
    }.items():
        made = await add_account(f"{role}@exemple.fr", role, state="active", password_hash=hashed)
        await set_grants(made.id, (Grant(role=role, territory=code, **more),))  # type: ignore[arg-type]


async def _make_feeds(territory: Territory) -> dict[str, str]:
    facts = await facts_of(territory.id)
    subjects = {
        "staff": next(one.id for one in facts.staff if one.code == "AR"),
        "site": next(one.id for one in facts.sites if one.code == "bureau"),
        "partner": facts.partners[0].id,
        "territory": territory.id,
    }
    found = {}
    for kind, subject in subjects.items():
        assert subject is not None
        token, _ = await make_feed_address(territory.id, kind, subject, "essai")
        found[kind] = f"/feeds/{token}.ics"
    return found


def found_in(content: bytes | str, words: tuple[str, ...] = PERSONAL) -> list[str]:
    """The canaries in a content, however they are written: plain, escaped, packed, in a document."""
    text = _readable(content.encode() if isinstance(content, str) else content)
    return [word for word in words if any(form in text for form in _forms(word))]


def _forms(word: str) -> set[str]:
    encoded = base64.b64encode(word.encode()).decode().rstrip("=")[:-1]
    escaped = msgspec.json.encode(word).decode().strip('"')
    ascii_only = word.encode("ascii", "backslashreplace").decode()
    return {word, word.lower(), word.upper(), quote(word), quote_plus(word), encoded, escaped, ascii_only}


def _readable(body: bytes) -> str:
    if body[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(body))
        return " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
    if body[:5] == b"%PDF-":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body[:1] == b"\x78":
        body = zlib.decompress(body)
    # Calendars fold long lines: what was parted is put together again.
    return re.sub(r"\r?\n[ \t]", "", body.decode(errors="replace"))


def days() -> tuple[date, ...]:
    return FIRST_ON, LAST_ON
