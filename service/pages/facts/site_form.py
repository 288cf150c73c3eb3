"""Sites and their closures, asked with three required answers."""

from collections import Counter

import msgspec

from db.records.facts import Facts
from db.records.site import Closure, Opening, Site
from service.catalogue import text
from service.pages.board.labels import KIND_WORDS
from service.pages.facts.resource import Resource, Values, chosen, site_options
from service.pages.forms import Answers, Field
from service.slugs import slug

DEFAULT_HOURS = {"am": ("09:00", "12:00"), "pm": ("14:00", "17:00")}
HALVES = tuple((f"{day}-{half}", "") for day in range(1, 7) for half in ("am", "pm"))
USUAL = tuple(f"{day}-{half}" for day in range(1, 6) for half in ("am", "pm"))


def site_fields(_: Facts) -> tuple[Field, ...]:
    return (*_what_it_is(), *_when_it_opens(), *_what_sheets_say())


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
            name="notice", label=text("Délai de la liste, en jours"), kind="number", most=60, default=("0",)
        ),
    )


def _when_it_opens() -> tuple[Field, ...]:
    return (
        Field(
            name="openings",
            label=text("Demi-journées d’ouverture"),
            kind="halves",
            options=HALVES,
            default=USUAL,
        ),
        Field(name="am_from", label=text("Le matin, de"), kind="time", default=("09:00",)),
        Field(name="am_to", label=text("à"), kind="time", default=("12:00",)),
        Field(name="pm_from", label=text("L’après-midi, de"), kind="time", default=("14:00",)),
        Field(name="pm_to", label=text("à"), kind="time", default=("17:00",)),
        Field(
            name="slot",
            label=text("Durée d’un entretien, en minutes"),
            kind="number",
            least=10,
            most=240,
            default=("60",),
        ),
        Field(
            name="far",
            label=text("Éloignement"),
            kind="checks",
            options=(("far", text("Lieu éloigné : compte dans l’équité")),),
        ),
    )


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
                "Remplace le nom court dans les agendas, visibles sur un écran verrouillé : « Paris 14 »."
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
    )


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
    }


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
    access = values["access"] == "oui"
    return msgspec.structs.replace(
        site,
        name=values["full_name"] or values["name"],
        short_name=values["name"],
        kind=values["kind"],
        demands_accreditation=access,
        asks_access_list=access,
        access_notice_days=values["notice"] or 0,
        far=bool(values["far"]),
        neutral_name=values["neutral"] or None,
        phones_outside=bool(values["phones"]),
        phone=values["phone"] or None,
        address=values["address"],
        holds_detained=values["kind"] in ("semi_liberte", "sas", "maison_arret", "centre_penitentiaire"),
        openings=_openings(site, values),
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
    return answers


def closure_fields(facts: Facts) -> tuple[Field, ...]:
    halves = (("", text("Toute la journée")), ("am", text("Le matin")), ("pm", text("L’après-midi")))
    return (
        Field(name="site", label=text("Lieu"), kind="select", options=site_options(facts), required=True),
        Field(name="from_on", label=text("Du"), kind="date", required=True),
        Field(name="until_on", label=text("Au"), kind="date", required=True, hint=text("Ce jour compris.")),
        Field(name="half_day", label=text("Quand dans la journée"), kind="select", options=halves[1:]),
        Field(name="said_by", label=text("Qui l’a dit"), longest=60),
    )


def closure_typed(closure: Closure, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "site": (closure.site,),
        "from_on": (closure.from_on.isoformat(),),
        "until_on": (closure.until_on.isoformat(),),
        "half_day": chosen(closure.half_day),
        "said_by": chosen(closure.said_by),
    }


def make_closure(values: Values, facts: Facts) -> tuple[Closure, ...]:
    taken = frozenset(one.code for one in facts.closures)
    code = slug(f"{values['site']}-{values['from_on']}", taken)
    blank = Closure(code=code, site=values["site"], from_on=values["from_on"], until_on=values["until_on"])
    return (change_closure(blank, values, facts),)


def change_closure(closure: Closure, values: Values, _: Facts) -> Closure:
    return msgspec.structs.replace(
        closure,
        site=values["site"],
        from_on=values["from_on"],
        until_on=values["until_on"],
        half_day=values["half_day"] or None,
        said_by=values["said_by"] or None,
    )


def check_dates(answers: Answers, _: Facts) -> Answers:
    start, end = answers.values.get("from_on"), answers.values.get("until_on")
    if start and end and end < start:
        return answers.with_problem("until_on", text("Au"), text("la fin précède le début"))
    return answers


SITE = Resource(
    path="lieux", place="lieux", kind="sites", new_title="Ajouter un lieu",
    lead="Trois réponses suffisent ; le reste a une valeur habituelle, déjà écrite.",
    fields=site_fields, typed=site_typed, make=make_site, change=change_site, check=check_site,
    take_away="Ne plus aller dans ce lieu",
)  # fmt: skip
CLOSURE = Resource(
    path="fermetures", place="lieux", kind="closures", new_title="Noter une fermeture",
    lead="Rien ne sera proposé au lieu ces jours-là ; ce qui y est publié apparaîtra dans les alertes.",
    fields=closure_fields, typed=closure_typed, make=make_closure, change=change_closure, check=check_dates,
    take_away="Retirer cette fermeture",
)  # fmt: skip
