"""Wishes that coordination enters for one or several people at a time."""

import msgspec

from db.records.facts import Facts
from db.records.staff import Wish
from service.catalogue import text
from service.french_text import capital, weekday_named
from service.pages.facts.resource import Resource, Values, chosen, staff_options
from service.pages.forms import Answers, Field

WISH_HALVES = (("am", "Matin"), ("pm", "Après-midi"))


def wish_fields() -> tuple[Field, ...]:
    """The questions about a wish, whoever it is for."""
    days = tuple((str(number), capital(weekday_named(number))) for number in range(1, 7))
    return (
        Field(name="wish", label=text("C’est"), kind="radios", required=True, default=("prefer",),
              options=(("prefer", text("un souhait")), ("avoid", text("à éviter si possible")))),
        Field(name="half", label=text("Quand dans la journée"), kind="radios", required=True, default=("am",),
              options=tuple((code, text(words)) for code, words in WISH_HALVES)),
        Field(name="weekday", label=text("Chaque semaine, le"), kind="select", options=days, one_of=True),
        Field(name="wished_on", label=text("Ou une seule fois, le"), kind="date", one_of=True),
    )  # fmt: skip


def check_wish(answers: Answers) -> Answers:
    """One of the two: a day of the week or a date."""
    values = answers.values
    if "weekday" in values and "wished_on" in values and bool(values["weekday"]) == bool(values["wished_on"]):
        message = text("un jour de la semaine, ou une date : l’un des deux")
        return answers.with_problem("weekday", text("Chaque semaine, le"), message)
    return answers


def wish_from(staff: str, values: Values) -> Wish:
    """Its code says what it is about, so that there is one a half-day."""
    when = values["weekday"] or str(values["wished_on"])
    return Wish(
        code=f"souhait-{staff}-{when}-{values['half']}",
        staff=staff,
        half_day=values["half"],
        wish=values["wish"],
        weekday=int(values["weekday"]) if values["weekday"] else None,
        wished_on=values["wished_on"],
    )


def wish_typed(wish: Wish, _: Facts) -> dict[str, tuple[str, ...]]:
    return {
        "staff": (wish.staff,),
        "wish": (wish.wish,),
        "half": (wish.half_day,),
        "weekday": chosen(wish.weekday),
        "wished_on": chosen(wish.wished_on),
    }


def make_wishes(values: Values, facts: Facts) -> tuple[Wish, ...]:
    """One a person; a second wish for the same half-day takes the place of the first."""
    known = {one.code: one for one in facts.wishes}
    wanted = [wish_from(person, values) for person in values["staff"]]
    return tuple(
        msgspec.structs.replace(one, version=known[one.code].version) if one.code in known else one
        for one in wanted
    )


def change_wish(wish: Wish, values: Values, _: Facts) -> Wish:
    return msgspec.structs.replace(
        wish,
        staff=_keeper(wish, values),
        half_day=values["half"],
        wish=values["wish"],
        weekday=int(values["weekday"]) if values["weekday"] else None,
        wished_on=values["wished_on"],
    )


def further_wishes(wish: Wish, values: Values, facts: Facts) -> tuple[Wish, ...]:
    """The same wish of the other people that were ticked."""
    others = tuple(one for one in values["staff"] if one != _keeper(wish, values))
    return make_wishes({**values, "staff": others}, facts)


def _keeper(wish: Wish, values: Values) -> str:
    return wish.staff if wish.staff in values["staff"] else values["staff"][0]


def team_wish_fields(facts: Facts) -> tuple[Field, ...]:
    who = Field(name="staff", label=text("Qui"), kind="checks", options=staff_options(facts), required=True,
                hint=text("Une ou plusieurs personnes à la fois."))  # fmt: skip
    return (who, *wish_fields())


WISH = Resource(
    path="souhaits", place="equipe", kind="wishes", new_title="Saisir un souhait",
    lead="Ce que l’équipe préfère ou évite : le planning en tient compte quand rien d’autre n’en souffre. Visible de la personne et de la coordination.",
    fields=team_wish_fields, typed=wish_typed, make=make_wishes, change=change_wish, beside=further_wishes,
    over_after=("wished_on",),
    check=lambda answers, _facts: check_wish(answers), take_away="Retirer ce souhait",
)  # fmt: skip
