"""One interview that is asked for: its kind, its window, where it may be held."""

import msgspec

from db.records.facts import Facts
from db.records.participant import InterviewNeed
from service.catalogue import text
from service.pages.facts.closure_form import check_dates
from service.pages.facts.resource import Resource, Values, chosen, site_options, staff_options
from service.pages.forms import Field
from service.slugs import slug

NEED_KINDS = (("diagnostic", "Diagnostic"), ("suivi", "Suivi"), ("bilan", "Bilan"))
NEED_MODES = (("on_site", "Sur place"), ("phone", "Téléphone"), ("video", "Visio"))
PRIORITIES = (("normal", "Normale"), ("urgent", "Urgent"), ("flexible", "Peut attendre"))


def need_fields(facts: Facts) -> tuple[Field, ...]:
    kinds = tuple((code, text(words)) for code, words in NEED_KINDS)
    modes = tuple((code, text(words)) for code, words in NEED_MODES)
    priorities = tuple((code, text(words)) for code, words in PRIORITIES)
    people = tuple((one.code, one.code) for one in facts.participants if one.erased_at is None)
    return (
        Field(name="participant", label=text("Personne"), kind="select", options=people, required=True, hint=text("Par sa référence.")),
        Field(name="kind", label=text("Nature"), kind="radios", options=kinds, required=True, default=("suivi",)),
        Field(name="from_on", label=text("Entre le"), kind="date", required=True),
        Field(name="until_on", label=text("Et le"), kind="date", required=True, hint=text("Ce jour compris.")),
        Field(name="priority", label=text("Priorité"), kind="radios", options=priorities, default=("normal",)),
        Field(name="referent", label=text("Avec qui"), kind="select", options=staff_options(facts), hint=text("Vide : son référent ou sa référente.")),
        Field(name="sites", label=text("Où"), kind="checks", options=site_options(facts), hint=text("Rien de coché : au bureau.")),
        Field(name="mode", label=text("Comment"), kind="radios", options=modes, default=("on_site",)),
        Field(name="amount", label=text("Combien d’entretiens"), kind="number", least=1, most=20, default=("1",)),
    )  # fmt: skip


def need_typed(need: InterviewNeed, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "participant": chosen(need.participant),
        "kind": (need.kind,),
        "from_on": (need.from_on.isoformat(),),
        "until_on": (need.until_on.isoformat(),),
        "priority": (need.priority,),
        "referent": chosen(need.referent),
        "sites": need.sites,
        "mode": (need.mode,),
        "amount": (str(need.needed_count),),
    }


def make_need(values: Values, facts: Facts) -> tuple[InterviewNeed, ...]:
    code = slug(f"{values['participant']}-{values['from_on']}", frozenset(one.code for one in facts.needs))
    blank = InterviewNeed(code=code, from_on=values["from_on"], until_on=values["until_on"])
    return (change_need(blank, values, facts),)


def change_need(need: InterviewNeed, values: Values, facts: Facts) -> InterviewNeed:
    """It belongs to the path of the person that is under way, as do its programme and its referent."""
    own = [one for one in facts.paths if one.participant == values["participant"] and one.state != "ended"]
    path = min(own, key=lambda one: (one.state != "running", one.code), default=None)
    offices = tuple(site.code for site in facts.sites if site.kind == "bureau")
    on_site = values["mode"] in ("", "on_site")
    return msgspec.structs.replace(
        need,
        participant=values["participant"],
        path=path.code if path else None,
        programme=path.programme if path else None,
        referent=values["referent"] or (path.referent if path else None),
        kind=values["kind"],
        from_on=values["from_on"],
        until_on=values["until_on"],
        priority=values["priority"] or "normal",
        sites=(values["sites"] or offices) if on_site else (),
        mode=values["mode"] or "on_site",
        needed_count=values["amount"] or 1,
        leave_notice_days=path.leave_notice_days if path else need.leave_notice_days,
        min_days=path.min_days if path else need.min_days,
    )


NEED = Resource(
    path="entretiens", place="personnes", kind="needs", new_title="Demander un entretien",
    lead="Le planning choisit l’heure entre ces deux dates ; elle reste à confirmer avec la personne. Visible de la coordination et de qui le tiendra.",
    fields=need_fields, typed=need_typed, make=make_need, change=change_need, check=check_dates,
    over_after=("until_on",),
    take_away="Ne plus demander cet entretien",
)  # fmt: skip
