"""This morning: what can still be called off, and who is to be told, the nearest in time first."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from db.queries.told import Ticked
from db.records.assignment import Assignment
from db.records.orientation import Orientation
from service.catalogue import counted, text
from service.french_text import clock, initials
from service.pages.phone.seat import Seat
from service.pages.staff_week_view import title_of

STANDING = ("planned", "to_confirm")
HOSTS = ("permanence", "office")


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """Something of today that can be called off; `inside` counts the interviews that go with it."""

    id: str
    when: str
    title: str
    inside: int


class Callee(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to tell. `recipient` is a kind and a code; `told` is the hour of the tick, empty before."""

    event: str
    recipient: str
    who: str
    when: str
    telephone: str
    sentence: str
    told: str = ""


def things_of_today(seat: Seat, mine: Iterable[Assignment], now: datetime) -> tuple[Thing, ...]:
    """What is still to come or under way today: interviews of a half-day are told with it."""
    today = [
        one for one in mine if one.status in STANDING and one.held_on == now.date() and one.ends_at > now
    ]
    hosts = {one.id for one in today if one.kind in HOSTS}
    return tuple(
        Thing(
            id=str(one.id),
            when=_hours(seat, one),
            title=_title(seat, one),
            inside=sum(other.host_id == one.id for other in today),
        )
        for one in today
        if one.host_id not in hosts
    )


def _hours(seat: Seat, one: Assignment) -> str:
    return f"{seat.clock(one.starts_at)} – {seat.clock(one.ends_at)}"


def _title(seat: Seat, one: Assignment) -> str:
    if one.kind != "office":
        return title_of(seat.facts, one)
    sites = {site.code: site.short_name or site.name for site in seat.facts.sites}
    return text("Entretiens, {site}", site=sites.get(one.site or "", text("à distance")))


class Reached(NamedTuple):
    """What tells how people are reached: numbers of participants that may be used, and whom partners sent."""

    phones: dict[str, str]
    oriented: tuple[Orientation, ...] = ()


class News(NamedTuple):
    """What is told: a delay, who comes instead (by code), or else that it is called off."""

    late_minutes: int = 0
    comes_instead: str = ""


def callees(
    seat: Seat, things: Iterable[Assignment], ticked: Iterable[Ticked], reached: Reached, news: News
) -> tuple[Callee, ...]:
    """One line a person, place or partner to tell; a colleague hears of a half-day once, with all that is in it."""
    hours = {(one.assignment_id, one.recipient): one.told_at for one in ticked}
    every = sorted(things, key=lambda one: one.starts_at)
    of_hosts = {one.id: {f"staff/{code}" for code in one.staff} for one in every if one.kind in HOSTS}
    found = []
    for one in every:
        heard = of_hosts.get(one.host_id, set()) if one.host_id else set()
        for recipient, who, telephone in _recipients(seat, one, reached):
            if recipient in heard:
                continue
            at = hours.get((one.id, recipient))
            found.append(
                Callee(
                    event=str(one.id),
                    recipient=recipient,
                    who=who,
                    when=_hours(seat, one),
                    telephone=telephone,
                    sentence=_sentence(seat, one, recipient, news),
                    told=seat.clock(at) if at else "",
                )
            )
    return tuple(found)


def _recipients(seat: Seat, one: Assignment, reached: Reached) -> Iterable[tuple[str, str, str]]:
    """Kind and code, words, telephone: the person, else the place, colleagues, and partners for whom they sent."""
    sites = {site.code: site for site in seat.facts.sites}
    staff = {person.code: person for person in seat.facts.staff}
    if one.participant is not None:
        yield f"participant/{one.participant}", one.participant, reached.phones.get(one.participant, "")
    site = sites.get(one.site or "")
    if site is not None and one.kind in ("permanence", "session") and site.kind != "bureau":
        yield f"site/{site.code}", site.short_name or site.name, site.phone or ""
    for code in one.staff:
        if code != seat.person.code and code in staff:
            yield f"staff/{code}", initials(code), staff[code].phone or ""
    partners = {partner.code: partner for partner in seat.facts.partners}
    for sent in reached.oriented:
        if sent.host_id == one.id and sent.partner in partners:
            partner = partners[sent.partner]
            who = text("{partner}, pour {label}", partner=partner.name, label=sent.label)
            yield f"partner/{sent.code}", who, sent.officer_phone or partner.phone or ""


def _sentence(seat: Seat, one: Assignment, recipient: str, news: News) -> str:
    """Ready to be sent: no word of justice, no name, no reason."""
    when = seat.clock(one.starts_at)
    if news.late_minutes:
        late = counted("{n} minute", "{n} minutes", news.late_minutes)
        return text("Bonjour, j’aurai {late} de retard pour {when} aujourd’hui.", late=late, when=when)
    if news.comes_instead:
        return _replaced(when, recipient, news.comes_instead)
    if recipient.startswith("participant/"):
        return text(
            "Bonjour, notre rendez-vous de {when} aujourd’hui n’aura pas lieu. Je vous propose vite une autre date.",
            when=when,
        )
    until = clock(one.ends_at.astimezone(seat.zone).time(), padded=True)
    return text(
        "Bonjour, notre présence prévue aujourd’hui de {when} à {until} est annulée.", when=when, until=until
    )


def _replaced(when: str, recipient: str, coming: str) -> str:
    if recipient == f"staff/{coming}":
        return text("Bonjour, vous prenez ma place à {when} aujourd’hui.", when=when)
    if recipient.startswith("participant/"):
        return text(
            "Bonjour, notre rendez-vous de {when} aujourd’hui tient : une autre personne de l’équipe vient à ma place.",
            when=when,
        )
    return text(
        "Bonjour, notre présence de {when} aujourd’hui tient : une autre personne de l’équipe vient à ma place.",
        when=when,
    )


def ids_of(values: Iterable[str]) -> tuple[UUID, ...]:
    """Raises ValueError on what is no id."""
    return tuple(UUID(value) for value in values)
