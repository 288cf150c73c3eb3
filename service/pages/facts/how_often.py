"""How often a standing need comes back: so many times a month, each week, on demand, or with a promotion."""

from collections.abc import Iterable

from db.records.cadence import Cadence
from db.records.facts import Facts
from service.catalogue import text
from service.french_text import weekday_named
from service.pages.board.source import today_in
from service.pages.facts.coming_dates import coming_dates, dates_sentence
from service.pages.facts.resource import Values, chosen
from service.pages.forms import Answers, Field
from service.promotion_names import promotion_names

MONTHLY, WEEKLY, ON_DEMAND, FOLLOWING = "month", "week", "demand", "series"


def often_fields(facts: Facts, *, may_follow: bool) -> tuple[Field, ...]:
    days = tuple((str(day), weekday_named(day)) for day in range(1, 7))
    ways = [
        (MONTHLY, text("Tant de fois par mois")),
        (WEEKLY, text("Chaque semaine, les jours cochés")),
        (ON_DEMAND, text("À la demande")),
    ]
    if may_follow and _series(facts):
        ways.append((FOLLOWING, text("Les jours de séance d’une promotion")))
    return (
        Field(name="often", label=text("Combien de fois"), kind="radios", options=tuple(ways), default=(MONTHLY,)),
        Field(name="asked", label=text("Fois par mois"), kind="number", most=31, default=("2",)),
        Field(name="min_days", label=text("Jours d’écart au moins"), kind="number", least=1, most=60, default=("1",)),
        Field(name="weekdays", label=text("Seulement ces jours"), kind="checks", options=days,
              hint=text("Rien de coché : tous les jours où le lieu ouvre.")),
    )  # fmt: skip


def more_often_fields(facts: Facts, *, may_follow: bool) -> tuple[Field, ...]:
    """What is seldom answered, for the folded part of a form."""
    series = Field(name="follows", label=text("Promotion"), kind="select", options=_series(facts), more=True,
                   hint=text("Pour « Les jours de séance d’une promotion »."))  # fmt: skip
    return (
        *((series,) if may_follow and series.options else ()),
        Field(name="from_on", label=text("À partir du"), kind="date", more=True, hint=text("Vide : dès maintenant.")),
        Field(name="until_on", label=text("Jusqu’au"), kind="date", more=True, hint=text("Ce jour compris. Vide : sans fin.")),
        Field(name="up_to", label=text("En plus, si possible"), kind="number", most=31, default=("0",), more=True),
    )  # fmt: skip


def _series(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(promotion_names(one for one in facts.promotions if one.archived_at is None).items())


def often_typed(cadence: Cadence) -> dict[str, tuple[str, ...]]:
    return {
        "often": (_way(cadence),),
        "follows": chosen(cadence.follows),
        "asked": chosen(cadence.asked),
        "up_to": (str(cadence.up_to),),
        "weekdays": tuple(str(day) for day in cadence.weekdays),
        "min_days": (str(cadence.min_days),),
        "from_on": chosen(cadence.from_on),
        "until_on": chosen(cadence.until_on),
    }


def _way(cadence: Cadence) -> str:
    if cadence.follows is not None:
        return FOLLOWING
    return MONTHLY if cadence.asked else WEEKLY if cadence.weekdays else ON_DEMAND


def often_answered(cadence: Cadence, values: Values) -> dict[str, object]:
    """The fields of a cadence that these answers decide. Without an answer the number and the days tell what is meant."""
    way = values.get("often") or _told(values)
    before = way == _way(cadence) and way in (FOLLOWING, ON_DEMAND)
    number = values["asked"] or 0 if way == MONTHLY else cadence.asked if before else 0
    return {
        "asked": number,
        "up_to": values.get("up_to") or 0,
        "weekdays": () if way == ON_DEMAND else tuple(int(day) for day in values["weekdays"]),
        "min_days": values["min_days"] or 1,
        "follows": (values.get("follows") or cadence.follows) if way == FOLLOWING else None,
        "from_on": values.get("from_on"),
        "until_on": values.get("until_on"),
    }


def _told(values: Values) -> str:
    return MONTHLY if values["asked"] else WEEKLY if values["weekdays"] else ON_DEMAND


def check_often(answers: Answers, facts: Facts) -> Answers:
    values = answers.values
    way, days = values.get("often"), {int(day) for day in values.get("weekdays", ())}
    if way == MONTHLY and "asked" in values and not values["asked"]:
        answers = answers.with_problem("asked", text("Fois par mois"), text("une fois au moins"))
    if way == FOLLOWING and not values.get("follows"):
        answers = answers.with_problem("follows", text("Promotion"), text("à choisir"))
    if way == WEEKLY and not days:
        answers = answers.with_problem(
            "weekdays", text("Seulement ces jours"), text("cochez au moins un jour")
        )
    closed = days - _open_days(values.get("site"), facts)
    if closed:
        words = text("le lieu n’ouvre jamais le {day}", day=weekday_named(min(closed)))
        answers = answers.with_problem("weekdays", text("Seulement ces jours"), words)
    return answers


def _open_days(code: str | None, facts: Facts) -> set[int]:
    site = next((one for one in facts.sites if one.code == code), None)
    return {one.weekday for one in site.openings} if site else set(range(1, 8))


def preview_of(made: Iterable[Cadence], facts: Facts) -> str:
    """The next five days of what a form would make, in words."""
    cadence = next(iter(made))
    site = next((one for one in facts.sites if one.code == cadence.site), None)
    if site is None:
        return ""
    return dates_sentence(cadence, coming_dates(facts, cadence, site, today_in(facts.territory)))
