"""Authorisations to enter a site: noted, renewed, taken back, for several people at once."""

from datetime import date, timedelta
from urllib.parse import urlencode

import msgspec

from db.records.facts import Facts
from db.records.staff import Accreditation, StaffMember
from service.catalogue import text
from service.pages.board.source import today_in
from service.pages.facts.closure_form import check_dates
from service.pages.facts.resource import Resource, Values, site_options, staff_options
from service.pages.forms import Field, Typed


def accreditation_fields(facts: Facts) -> tuple[Field, ...]:
    sites = _asking_first(facts)
    ways = (
        ("held", text("Accordée, aux dates ci-dessous")),
        ("gone", text("Retirée, ou notée par erreur")),
    )
    return (
        Field(name="staff", label=text("Qui"), kind="checks", options=staff_options(facts), required=True,
              hint=text("Une ou plusieurs personnes à la fois.")),
        Field(name="site", label=text("Lieu"), kind="select", options=sites, required=True, default=_only_one_asking(facts)),
        Field(name="what", label=text("L’autorisation"), kind="radios", default=("held",), options=ways),
        Field(name="from_on", label=text("Valable du"), kind="date", hint=text("Vide : elle l’est déjà.")),
        Field(name="until_on", label=text("Au"), kind="date", hint=text("Vide : sans fin connue. La fin est annoncée 60 jours avant.")),
        Field(name="asked_on", label=text("Demandée le"), kind="date",
              hint=text("Une demande ne permet pas encore d’entrer : « Valable du » dit à partir de quand.")),
        Field(name="material", label=text("Matériel annoncé"), longest=80,
              hint=text("Écrit sur la liste d’accès : « ordinateur portable ». Vide : comme avant.")),
    )  # fmt: skip


def _asking_first(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Sites that ask for an authorisation before those that do not."""
    asking = {one.code for one in facts.sites if one.demands_accreditation}
    return tuple(sorted(site_options(facts), key=lambda option: option[0] not in asking))


def _only_one_asking(facts: Facts) -> tuple[str, ...]:
    """The usual answer where there is no choice: among several sites a wrong one would not show."""
    asking = [one.code for one in facts.sites if one.demands_accreditation and one.archived_at is None]
    return tuple(asking) if len(asking) == 1 else ()


def renewal_question(staff: str, own: Accreditation) -> str:
    """The end of the address of the form, filled in to renew an authorisation from the day after its end."""
    from_on = own.until_on + timedelta(days=1) if own.until_on else None
    return _question(staff, own.site, from_on=from_on, asked_on=own.asked_on)


def present_question(staff: str, own: Accreditation) -> str:
    """The same, filled in with what is noted."""
    return _question(
        staff,
        own.site,
        from_on=own.from_on,
        until_on=own.until_on,
        asked_on=own.asked_on,
        material=own.material,
    )


def _question(staff: str, site: str, **known: date | str | None) -> str:
    shown = {"staff": staff, "site": site, **known}
    return "fiche/autorisations/nouveau?" + urlencode({name: one for name, one in shown.items() if one})


def present_accreditation(typed: Typed, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Of each person that is ticked; several are told apart by their code."""
    return {
        f"{person.code} {number}": (str(own),)
        for person in facts.staff
        if person.code in typed["staff"]
        for number, own in enumerate(person.accreditations)
        if (own.site,) == typed["site"]
    }


def is_valid(own: Accreditation, on: date) -> bool:
    return (own.from_on or on) <= on <= (own.until_on or on)


def make_accreditation(values: Values, facts: Facts) -> tuple[StaffMember, ...]:
    """Each person with the authorisation added, renewed at the same site where what is not asked stays, or without it."""
    today_on = today_in(facts.territory)
    return tuple(
        _accredited(person, values, today_on) for person in facts.staff if person.code in values["staff"]
    )


def _accredited(person: StaffMember, values: Values, today_on: date) -> StaffMember:
    here = [one for one in person.accreditations if one.site == values["site"]]
    others = tuple(one for one in person.accreditations if one.site != values["site"])
    if values["what"] == "gone":
        return msgspec.structs.replace(person, accreditations=others)
    before = max(here, key=lambda one: one.until_on or date.max, default=Accreditation(site=values["site"]))
    renewed = msgspec.structs.replace(
        before,
        from_on=values["from_on"],
        until_on=values["until_on"],
        asked_on=values["asked_on"],
        material=values["material"] or before.material,
    )
    return msgspec.structs.replace(
        person, accreditations=(*others, *_one_after_the_other(before, renewed, today_on))
    )


def _one_after_the_other(
    before: Accreditation, renewed: Accreditation, today_on: date
) -> tuple[Accreditation, ...]:
    """What is renewed from the day after its end goes on without a break; what begins later still leaves what holds today."""
    if before.until_on is None or renewed.from_on is None or renewed.from_on <= before.until_on:
        return (renewed,)
    if renewed.from_on == before.until_on + timedelta(days=1):
        return (msgspec.structs.replace(renewed, from_on=before.from_on),)
    return (before, renewed) if before.until_on >= today_on else (renewed,)


ACCREDITATION = Resource(
    path="autorisations", place="equipe", kind="staff", new_title="Noter une autorisation d’accès",
    lead="Sans autorisation en cours, personne n’est placé dans un lieu qui en demande une. Visible de la coordination et de la personne.",
    fields=accreditation_fields, make=make_accreditation, check=check_dates,
    names=("staff", "site"), present=present_accreditation,
)  # fmt: skip
