"""Sites, asked with three required answers."""

import re
from collections import Counter

import msgspec

from db.records.facts import Facts
from db.records.site import Opening, Room, Site
from service.catalogue import text
from service.pages.board.labels import KIND_WORDS
from service.pages.facts.resource import Resource, Values, chosen
from service.pages.forms import Answers, Field
from service.slugs import slug

DETAINING = ("semi_liberte", "sas", "maison_arret", "centre_penitentiaire")
ROOM = re.compile(r".*\S\s*:\s*\d{1,3}")
DEFAULT_HOURS = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}
HALVES = tuple((f"{day}-{half}", "") for day in range(1, 7) for half in ("am", "pm"))
USUAL = tuple(f"{day}-{half}" for day in range(1, 6) for half in ("am", "pm"))


def site_fields(_: Facts) -> tuple[Field, ...]:
    rest = (*_which_hours(), *_what_sheets_say(), *_what_it_holds())
    return (*_what_it_is(), *(msgspec.structs.replace(one, more=True) for one in rest))


def _what_it_is() -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in KIND_WORDS.items())
    return (
        Field(
            name="name",
            label=text("Nom court"),
            hint=text("Celui des cases et des agendas : « Gagny », « La Santé »."),
            required=True,
            longest=40,
        ),
        Field(
            name="kind",
            label=text("Nature"),
            kind="select",
            options=kinds,
            required=True,
            default=("semi_liberte",),
        ),
        Field(
            name="access",
            label=text("Une liste d’accès est-elle demandée ?"),
            kind="radios",
            options=(("oui", text("Oui")), ("non", text("Non"))),
            default=("non",),
            hint=text("Sans liste, toute l’équipe est considérée comme autorisée."),
        ),
        Field(
            name="openings",
            label=text("Demi-journées d’ouverture"),
            kind="halves",
            options=HALVES,
            default=USUAL,
        ),
    )


def _which_hours() -> tuple[Field, ...]:
    return (
        Field(name="am_from", label=text("Le matin, de"), kind="time", default=("09:00",)),
        Field(name="am_to", label=text("Le matin, jusqu’à"), kind="time", default=("12:00",)),
        Field(name="pm_from", label=text("L’après-midi, de"), kind="time", default=("14:00",)),
        Field(name="pm_to", label=text("L’après-midi, jusqu’à"), kind="time", default=("17:00",)),
        Field(name="slot", label=text("Durée d’un entretien, en minutes"), kind="number", least=10, most=240, default=("60",)),
        Field(name="notice", label=text("Délai de la liste d’accès, en jours"), kind="number", most=60, default=("0",)),
        Field(name="far", label=text("Éloignement"), kind="checks", options=(("far", text("Lieu éloigné : compte dans l’équité")),)),
    )  # fmt: skip


def _what_sheets_say() -> tuple[Field, ...]:
    return (
        Field(
            name="full_name",
            label=text("Nom complet"),
            hint=text("Celui des feuilles affichées."),
            longest=120,
        ),
        Field(
            name="neutral",
            label=text("Nom neutre"),
            hint=text(
                "Remplace le nom court dans les agendas, visibles sur un écran verrouillé, et sur le papier de la personne : « Paris 14 »."
            ),
            longest=40,
        ),
        Field(
            name="phones",
            label=text("Téléphones"),
            kind="checks",
            options=(
                ("outside", text("Pas de téléphone à l’intérieur : l’agenda rappelle d’imprimer la feuille")),
            ),
        ),
        Field(name="phone", label=text("Téléphone du jour"), kind="tel", longest=40),
        Field(name="address", label=text("Adresse"), kind="textarea", longest=300),
        Field(
            name="directions",
            label=text("Pour venir"),
            hint=text("Dans le texte et sur le papier d’une personne orientée : arrêt, entrée, étage."),
            kind="textarea",
            longest=300,
        ),
    )


def _what_it_holds() -> tuple[Field, ...]:
    return (
        Field(name="rooms", label=text("Salles, une par ligne"), kind="textarea", longest=400, hint=text("Avec leurs places : « Salle 1 : 12 ».")),
        Field(name="places", label=text("Entretiens en même temps, au plus"), kind="number", least=1, most=99, default=("99",)),
        Field(name="gate", label=text("Temps pour entrer, en minutes"), kind="number", most=120, default=("0",), hint=text("Compté avant chaque venue.")),
        Field(name="contact", label=text("Interlocuteur du lieu"), longest=80),
        Field(name="contact_email", label=text("Son courriel"), kind="email"),
    )  # fmt: skip


def site_typed(site: Site, _: Facts) -> dict[str, tuple[str, ...]]:
    hours = usual_hours(site)
    return {
        "name": chosen(site.short_name or site.name),
        "full_name": chosen(site.name if site.name != site.short_name else ""),
        "kind": (site.kind,),
        "access": ("oui" if site.asks_access_list or site.demands_accreditation else "non",),
        "notice": (str(site.access_notice_days),),
        "openings": tuple(f"{one.weekday}-{one.half_day}" for one in site.openings),
        "am_from": (hours["am"][0],),
        "am_to": (hours["am"][1],),
        "pm_from": (hours["pm"][0],),
        "pm_to": (hours["pm"][1],),
        "slot": (str(site.openings[0].slot_minutes if site.openings else 60),),
        "far": ("far",) if site.far else (),
        "neutral": chosen(site.neutral_name),
        "phones": ("outside",) if site.phones_outside else (),
        "phone": chosen(site.phone),
        "address": chosen(site.address),
        "directions": chosen(site.directions),
        "rooms": chosen("\n".join(_room_line(room) for room in site.rooms)),
        "places": (str(site.interview_places),),
        "gate": (str(site.gate_margin_minutes),),
        "contact": chosen(site.contact_name),
        "contact_email": chosen(site.contact_email),
    }


def _room_line(room: Room) -> str:
    return f"{room.name or room.code} : {room.seats}"


def _rooms(site: Site, lines: str) -> tuple[Room, ...]:
    """A room that keeps its name keeps its code, by which what is published knows it."""
    before = {room.name or room.code: room for room in site.rooms}
    rooms: list[Room] = []
    for line in filter(str.strip, lines.splitlines()):
        name, _, seats = (word.strip() for word in line.rpartition(":"))
        known = before.get(name) or Room(code=slug(name, frozenset(room.code for room in rooms)), name=name)
        rooms.append(msgspec.structs.replace(known, seats=int(seats)))
    return tuple(rooms)


def usual_hours(site: Site) -> dict[str, tuple[str, str]]:
    """The most frequent hours of each half-day, which the form shows."""
    found = {}
    for half, default in DEFAULT_HOURS.items():
        seen = Counter((one.from_hour, one.to_hour) for one in site.openings if one.half_day == half)
        found[half] = seen.most_common(1)[0][0] if seen else default
    return found


def make_site(values: Values, facts: Facts) -> tuple[Site, ...]:
    code = slug(values["name"], frozenset(site.code for site in facts.sites))
    blank = Site(code=code, name=values["name"], kind=values["kind"], position=len(facts.sites))
    return (change_site(blank, values, facts),)


def change_site(site: Site, values: Values, _: Facts) -> Site:
    """What the form shows as one answer stays as it was in the site when that answer was not touched."""
    access = values["access"] == "oui"
    listed = site.asks_access_list or site.demands_accreditation
    same_kind = values["kind"] == site.kind and site.version > 0
    return msgspec.structs.replace(
        site,
        name=values["full_name"] or values["name"],
        short_name=values["name"],
        kind=values["kind"],
        demands_accreditation=site.demands_accreditation if access == listed else access,
        asks_access_list=site.asks_access_list if access == listed else access,
        access_notice_days=values["notice"] or 0,
        far=bool(values["far"]),
        neutral_name=values["neutral"] or None,
        phones_outside=bool(values["phones"]),
        phone=values["phone"] or None,
        address=values["address"],
        directions=values["directions"],
        holds_detained=site.holds_detained if same_kind else values["kind"] in DETAINING,
        openings=_openings(site, values),
        rooms=_rooms(site, values["rooms"]),
        interview_places=values["places"] or 99,
        gate_margin_minutes=values["gate"] or 0,
        contact_name=values["contact"] or None,
        contact_email=values["contact_email"] or None,
    )


def _openings(site: Site, values: Values) -> tuple[Opening, ...]:
    """An opening keeps its own hours as long as the form's were not touched."""
    before = {(one.weekday, one.half_day): one for one in site.openings}
    shown, slot = usual_hours(site), values["slot"] or 60
    slot_shown = site.openings[0].slot_minutes if site.openings else None
    openings = []
    for code in values["openings"]:
        day, half = code.split("-")
        hours = (values[f"{half}_from"] or shown[half][0], values[f"{half}_to"] or shown[half][1])
        kept = before.get((int(day), half))
        if kept is not None and hours == shown[half] and slot == slot_shown:
            openings.append(kept)
        else:
            openings.append(
                Opening(
                    weekday=int(day), half_day=half, from_hour=hours[0], to_hour=hours[1], slot_minutes=slot
                )
            )
    return tuple(openings)


def check_site(answers: Answers, _: Facts) -> Answers:
    for half, words in (("am", text("Le matin, de")), ("pm", text("L’après-midi, de"))):
        start, end = answers.values.get(f"{half}_from"), answers.values.get(f"{half}_to")
        if start and end and start >= end:
            answers = answers.with_problem(
                f"{half}_from", words, text("l’ouverture doit précéder la fermeture")
            )
    lines = [line for line in (answers.values.get("rooms") or "").splitlines() if line.strip()]
    if not all(ROOM.fullmatch(line.strip()) for line in lines):
        words = text("un nom et un nombre de places par ligne, par exemple « Salle 1 : 12 »")
        return answers.with_problem("rooms", text("Salles, une par ligne"), words)
    return answers


SITE = Resource(
    path="lieux", place="lieux", kind="sites", new_title="Ajouter un lieu",
    lead="Trois réponses suffisent ; le reste a une valeur habituelle, déjà écrite. Visible de la coordination ; l’équipe voit le nom, l’adresse et le téléphone.",
    fields=site_fields, typed=site_typed, make=make_site, change=change_site, check=check_site,
    one_of_a_name=True,
    take_away="Ne plus aller dans ce lieu",
    ends="Rien n’y sera plus placé, et ce qui y est publié sera à replanifier. Son passé reste ; vous pourrez le remettre.",
)  # fmt: skip
