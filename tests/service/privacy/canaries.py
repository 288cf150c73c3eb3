"""What is planted in a territory so that it can be looked for everywhere else, and how it is recognised there."""

import base64
import gzip
import io
import re
import zlib
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, quote_plus
from zoneinfo import ZoneInfo

import msgspec
import openpyxl
import pypdf

from db.queries.fact_storing import store_facts
from db.queries.facts import facts_of
from db.queries.territories import add_territory
from db.records.account import Grant
from db.records.cadence import Cadence
from db.records.facts import FactSet
from db.records.participant import Hours, InterviewNeed, Participant, Path
from db.records.partner import Partner, PartnerSite
from db.records.site import Opening, Site
from db.records.staff import Meeting, StaffMember, WeeklyAvailability
from db.records.territory import Programme, Territory
from service.accounts.api_tokens import SCOPES
from service.actions.make_api_token import make_api_token
from service.actions.make_feed_address import make_feed_address
from service.feed_options import FeedOptions
from service.privacy.vault import Contact
from tests.service.door import account

REFERENCE = "QZ7351"
CONTACT = Contact(name="Zéphyrin Canarito", phone="06 99 88 77 66", email="zephyrin.canarito@exemple.fr")
HOURS = ("09:53", "11:07")
NOTE = "apporter le classeur ocre"
LABEL, OFFICER, OFFICER_PHONE = "77-1998", "A.P.", "01 98 76 54 32"
OF_PERSON = (CONTACT.name, "Canarito", CONTACT.phone, CONTACT.email, NOTE, *HOURS)
"""Nowhere but on pages for who may see them."""
OF_ORIENTATION = (LABEL, OFFICER_PHONE)
"""The partner's own words: for the partner, and for who receives the person."""
PERSONAL = (*OF_PERSON, *OF_ORIENTATION)
SEALED = (CONTACT.name, "Canarito", CONTACT.phone, CONTACT.email)
"""Not even in the bytes of the database."""
DAY = timedelta(days=1)
HALVES = (("am", "09:00", "12:00"), ("pm", "14:00", "17:00"))


class Planted(msgspec.Struct, kw_only=True):
    """The territory with its canaries, its horizon, the secret addresses of its feeds by kind, a token by its use."""

    territory: Territory
    today_on: date
    first_on: date
    last_on: date
    feeds: dict[str, str]
    tokens: dict[str, str]


def zone_where_it_is(hour: int) -> str:
    """A zone where the clock shows that hour now: what comes by the clock can be waited for."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"


async def plant(code: str) -> Planted:
    """A territory around today, where it is eight in the morning, with one person of whom everything is kept, an account of each role."""
    territory = await add_territory(
        code=code,
        name="Petite",
        zone=zone_where_it_is(8),
        departements=("93",),
        settings={"contacts": True, "feed_references": True},
    )
    today = datetime.now(ZoneInfo(territory.zone)).date()
    first_on = today - timedelta(days=today.weekday() + 7)
    await store_facts(territory.id, _facts(first_on, today))
    people = {
        "administrator": {},
        "coordinator": {},
        "staff": {"staff": "AR"},
        "partner": {"partner": "spip"},
    }
    for role, more in people.items():
        made = await account(address(role, code), Grant(role=role, territory=code, **more))  # type: ignore[arg-type]
        if role == "coordinator":
            tokens = {
                "sees": await make_api_token(made.id, "voit", tuple(SCOPES), 1),
                "blind": await make_api_token(made.id, "aveugle", ("read", "write"), 1),
            }
    return Planted(
        territory=territory,
        today_on=today,
        first_on=first_on,
        last_on=first_on + timedelta(days=27),
        feeds=await _make_feeds(territory),
        tokens=tokens,
    )


def address(role: str, code: str) -> str:
    return f"{role}@{code}.fr"


def _facts(first_on: date, today: date) -> FactSet:
    hours = tuple(Hours(weekday=day, from_hour=HOURS[0], to_hour=HOURS[1]) for day in range(1, 8))
    return FactSet(
        programmes=(Programme(code="o2r", name="O2R"),),
        sites=(_site("bureau", "bureau"), _site("gagny", "semi_liberte", interview_places=2)),
        staff=(_person("AR"), _person("NK")),
        participants=(
            Participant(code=REFERENCE, any_hour=False, hours=hours, practical_note=NOTE),
            Participant(code="KM4821"),
        ),
        paths=(Path(code=f"{REFERENCE}-o2r", programme="o2r", participant=REFERENCE, referent="AR"),),
        partners=(Partner(code="spip", name="SPIP 93", sites=(PartnerSite(site="gagny"),)),),
        cadences=(
            Cadence(
                code="gagny",
                name="Permanence",
                site="gagny",
                weekdays=(1, 2, 3, 4, 5, 6, 7),
                length="am",
                partner_places=1,
            ),
        ),
        needs=(
            _need("avant", first_on, first_on + timedelta(days=4)),
            _need("apres", today + DAY, today + timedelta(days=9)),
            InterviewNeed(
                code="suivis-AR/1",
                from_on=today + DAY,
                until_on=today + timedelta(days=13),
                referent="AR",
                needed_count=4,
                sites=("bureau",),
            ),
        ),
        meetings=tuple(_meeting(today + number * DAY) for number in range(-1, 3)),
    )


def _site(code: str, kind: str, **fields: object) -> Site:
    openings = tuple(
        Opening(weekday=day, half_day=half, from_hour=start, to_hour=end)  # type: ignore[arg-type]
        for day in range(1, 8)
        for half, start, end in HALVES
    )
    return Site(
        code=code,
        name=code.title(),
        kind=kind,
        openings=openings,
        open_on_holidays=True,
        contact_email=f"{code}@exemple.fr",
        **fields,
    )


def _person(code: str) -> StaffMember:
    pattern = tuple(
        WeeklyAvailability(weekday=day, half_day=half, from_hour="08:00", to_hour="18:00")  # type: ignore[arg-type]
        for day in range(1, 8)
        for half, _, _ in HALVES
    )
    return StaffMember(
        code=code,
        name=code,
        email=f"{code.lower()}@exemple.fr",
        base="bureau",
        availability=pattern,
        max_half_days_week=14,
        max_half_days_month=62,
    )


def _need(name: str, from_on: date, until_on: date) -> InterviewNeed:
    return InterviewNeed(
        code=f"{REFERENCE}/{name}",
        participant=REFERENCE,
        from_on=from_on,
        until_on=until_on,
        sites=("bureau",),
        referent="AR",
    )


def _meeting(on: date) -> Meeting:
    starts_at = datetime(on.year, on.month, on.day, 17, 15, tzinfo=UTC)
    return Meeting(
        code=f"point-{on}",
        title="Point d’équipe",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        attendees=("NK",),
    )


async def _make_feeds(territory: Territory) -> dict[str, str]:
    facts = await facts_of(territory.id)
    subjects = {
        "staff": next(one.id for one in facts.staff if one.code == "AR"),
        "site": next(one.id for one in facts.sites if one.code == "bureau"),
        "partner": facts.partners[0].id,
        "free_busy": facts.partners[0].id,
        "territory": territory.id,
    }
    found = {}
    for kind, subject in subjects.items():
        assert subject is not None
        token, _ = await make_feed_address(
            territory.id, kind, subject, "essai", FeedOptions(references=True, office=True)
        )
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
    spaced = word.replace(" ", "\N{NO-BREAK SPACE}")
    return {
        word,
        word.lower(),
        word.upper(),
        quote(word),
        quote_plus(word),
        encoded,
        escaped,
        ascii_only,
        spaced,
    }


def _readable(body: bytes) -> str:
    if body[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(body))
        return " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
    if body[:5] == b"%PDF-":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    elif body[:1] == b"\x78":
        body = zlib.decompress(body)
    # Calendars fold long lines: what was parted is put together again.
    return re.sub(r"\r?\n[ \t]", "", body.decode(errors="replace"))
