"""The page of a feed's addresses: one made for a device with help for it, those there are, each taken back alone."""

from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from litestar import Response

from db.queries.feed_tokens import feed_tokens, revoke_feed_token
from db.records.feed import FeedToken
from service.actions.make_feed_address import make_feed_address
from service.catalogue import text
from service.errors import NotFound
from service.feed_options import options_of
from service.french_text import clock, plain_date, short_day_month
from service.pages.agenda.devices import (
    MACHINE,
    Device,
    device_named,
    feed_address,
    masked,
    opening_address,
    webcal,
)
from service.pages.agenda.seat import OPTION_WORDS, FeedSeat
from service.pages.context import AnyRequest
from service.pages.form_parts import whole_form
from service.pages.forms import Answers, Field, read, untouched
from service.pages.rendering import page

NAME = Field(name="nom", label=text("Nom de l’appareil"), longest=40,
             hint=text("« mon téléphone », « Outlook du bureau » : une adresse par appareil."))  # fmt: skip
SHOWN = Field(name="montrer", label=text("Et aussi, si vous le voulez"), kind="checks",
              options=tuple((code, text(words)) for code, words in OPTION_WORDS.items()))  # fmt: skip
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Subscribed(NamedTuple):
    """An address as it is listed: never its secret."""

    id: UUID
    name: str
    made: str
    used: str
    shows: str


class NewAddress(NamedTuple):
    """An address just made, shown this once."""

    address: str
    masked: str
    opens: str
    webcal: str
    qr: str
    device: Device
    name: str
    near_only: bool
    """Reached from this machine alone: an agenda that lives elsewhere cannot read it."""


async def subscription_page(
    seat: FeedSeat, new: NewAddress | None = None, *, wrong: Answers | None = None
) -> Response[str]:
    """The addresses of a feed; a form that was refused stands there with what was typed."""
    tokens = await _tokens(seat)
    zone = ZoneInfo(seat.visit.territory.zone)
    listed = [_subscribed(one, zone) for one in tokens if one.revoked_at is None]
    fields = _fields(seat)
    context = {
        "new": new,
        "subscribed": listed,
        "devices": seat.devices,
        "options": seat.options,
        "fields": {field.name: field for field in fields},
        "typed": untouched(fields, wrong.typed if wrong else {}),
        "problems": wrong.problems if wrong else (),
    }
    words = {**seat.context(), **context}
    return page("agenda/subscription.html", seat.visit.shell, words, status_code=422 if wrong else 200)


async def answer_with_address(request: AnyRequest, seat: FeedSeat) -> Response[str]:
    """The page with a new address, or the form again when its name cannot be one."""
    answers = read(_fields(seat), await whole_form(request))
    if answers.problems:
        return await subscription_page(seat, wrong=answers)
    return await subscription_page(seat, await _make_address(request, seat, answers.values))


def _fields(seat: FeedSeat) -> tuple[Field, ...]:
    devices = tuple((one.code, text(one.label)) for one in seat.devices)
    device = Field(name="appareil", label=text("Quel appareil va lire cet agenda ?"), kind="radios",
                   options=devices, default=(devices[0][0],), required=True)  # fmt: skip
    return device, NAME, SHOWN


async def _make_address(request: AnyRequest, seat: FeedSeat, asked: dict[str, Any]) -> NewAddress:
    """A new secret address for the device that the form names."""
    device = device_named(asked["appareil"], seat.devices)
    name = asked[NAME.name] or text(device.own_name)
    kind = "free_busy" if device is MACHINE else seat.subject.kind
    options = seat.chosen(asked[SHOWN.name])
    token, _ = await make_feed_address(seat.visit.territory.id, kind, seat.subject.id, name, options)
    address = feed_address(request.app.state.settings.address, token)
    return NewAddress(
        address=address,
        masked=masked(address),
        opens=opening_address(device, address, seat.subject.title),
        webcal=webcal(address),
        qr=_qr(webcal(address)),
        device=device,
        name=name,
        near_only=urlsplit(address).hostname in LOOPBACK,
    )


async def revoke_address(request: AnyRequest, seat: FeedSeat, token_id: UUID) -> None:
    """It stops at once. Raises `NotFound` on another feed's."""
    if token_id not in {one.id for one in await _tokens(seat)}:
        raise NotFound(text("Cette adresse n’existe pas."))
    await revoke_feed_token(seat.visit.territory.id, token_id, at=datetime.now(UTC))
    request.app.state.feeds.look_again()


async def token_of(seat: FeedSeat, asked: str | None) -> FeedToken | None:
    """One of the feed's addresses by its id, None when none is named. Raises `NotFound`."""
    if asked is None:
        return None
    for one in await _tokens(seat):
        if str(one.id) == asked and one.revoked_at is None:
            return one
    raise NotFound(text("Cette adresse n’existe pas."))


async def _tokens(seat: FeedSeat) -> list[FeedToken]:
    kinds = ("partner", "free_busy") if seat.subject.kind == "partner" else (seat.subject.kind,)
    known = await feed_tokens(seat.visit.territory.id, subject_id=seat.subject.id)
    return [one for one in known if one.kind in kinds]


def _subscribed(one: FeedToken, zone: ZoneInfo) -> Subscribed:
    options: dict[str, Any] = options_of(one.options).stored()
    shows = [text(OPTION_WORDS[code]) for code, wanted in options.items() if wanted]
    if one.kind == "free_busy":
        shows.append(text("Temps libre seulement"))
    return Subscribed(
        id=one.id,
        name=one.device,
        made=plain_date(one.created_at.astimezone(zone).date()),
        used=last_use(one, zone),
        shows=" · ".join(shows),
    )


def last_use(one: FeedToken, zone: ZoneInfo) -> str:
    """Kept to the hour, told to the hour."""
    if one.last_used_at is None:
        return text("jamais lue")
    local = one.last_used_at.astimezone(zone)
    return text("lue le {day} vers {hour}", day=short_day_month(local.date()), hour=clock(local.time()))


def _qr(address: str) -> str:
    made: str = segno.make(address, error="m").svg_inline(scale=4, border=0)
    return made
