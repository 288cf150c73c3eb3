"""A site's month in words: each proposed half-day with its answer, each person who enters."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from db.records.site_answer import SiteAnswer
from service.actions.answer_site import Said
from service.actions.ask_site import SiteMonth
from service.actions.send_access_list import AccessMonth
from service.catalogue import text
from service.french_text import capital, half_day_of, month_title, plain_date
from service.pages.forms import NOTHING_TYPED, Answers, Field, read, untouched
from service.paper.access import AccessSheet, access_sheet
from service.partners.settings import partner_settings
from service.sites.proposals import Half

ANSWER_WORDS = {"waiting": "sans réponse", "agreed": "d’accord", "impossible": "impossible"}
TAGS = {"waiting": "", "agreed": "is-good", "impossible": "is-bad"}
VIA = {"page": "sur la page", "call": "au téléphone"}


class DateRow(NamedTuple):
    """One proposed half-day; `field` is its name in the form."""

    field: str
    words: str
    answer: str
    status: str
    tag: str
    said: str
    is_proposed: bool


def date_rows(month: SiteMonth) -> list[DateRow]:
    """Proposed half-days and those answered before that are proposed no more."""
    answers: dict[Half, SiteAnswer] = {(one.proposed_on, one.half_day): one for one in month.answers}
    proposed = {(one.on, one.half_day) for one in month.proposals}
    rows = []
    for on, half in halves_of(month):
        one = answers.get((on, half))
        answer = one.answer if one else "waiting"
        said = ""
        if one is not None and one.answered_at is not None:
            who = one.said_by or text("le lieu")
            said = text(
                "{who}, {via}, le {day}",
                who=who,
                via=text(VIA.get(one.via or "", "")),
                day=plain_date(one.answered_at.date()),
            )
        rows.append(
            DateRow(
                field=field_of(on, half),
                words=capital(half_day_of(on, half)),
                answer=answer,
                status=text(ANSWER_WORDS[answer]),
                tag=TAGS[answer],
                said=said,
                is_proposed=(on, half) in proposed,
            )
        )
    return rows


def halves_of(month: SiteMonth) -> list[Half]:
    """In the order of the calendar."""
    known: set[Half] = {(one.proposed_on, one.half_day) for one in month.answers}
    known |= {(one.on, one.half_day) for one in month.proposals}
    return sorted(known, key=lambda key: (key[0], key[1] or ""))


QUESTION = "le-"
"""How the name of each half-day's question begins."""


def field_of(on: date, half: str | None) -> str:
    return f"{QUESTION}{on}-{half or 'jour'}"


WHO = Field(name="qui", label=text("Qui répond"), longest=80, hint=text("Une fonction, un service."))

WHO_CALLED = msgspec.structs.replace(WHO, required=True)
"""After a call somebody was heard: who is always noted."""


CHOICES = (("agreed", text("D’accord")), ("impossible", text("Impossible")))


def fields_of(month: SiteMonth, who: Field) -> tuple[Field, ...]:
    """A question a half-day, and who answers; a half-day that is left out stays as it is."""
    days = (
        Field(name=row.field, label=row.words, kind="radios", options=CHOICES) for row in date_rows(month)
    )
    return *days, who


def read_said(month: SiteMonth, who: Field, sent: Mapping[str, list[str]]) -> Answers:
    """What a form says. An answer to a half-day that is not asked about is a problem: it would be lost unsaid."""
    fields = fields_of(month, who)
    answers, asked = read(fields, sent), {field.name for field in fields}
    if all(name in asked for name in sent if name.startswith(QUESTION)):
        return answers if answers.problems or said_in(answers, month) else _unsaid(answers)
    gone = text("l’une des dates n’est plus proposée ; relisez celles qui restent, puis enregistrez")
    return answers.with_problem("dates", text("Dates proposées"), gone)


def _unsaid(answers: Answers) -> Answers:
    """Nothing was ticked: to thank for it would be false."""
    return answers.with_problem("dates", text("Dates proposées"), text("répondez pour une date au moins"))


def said_in(answers: Answers, month: SiteMonth) -> Said:
    """The half-days that were answered."""
    given = {key: answers.values[field_of(*key)] for key in halves_of(month)}
    return {key: answer for key, answer in given.items() if answer}


def month_words(month: SiteMonth, answers: Answers = NOTHING_TYPED) -> dict[str, Any]:
    """Of a form that was refused what was ticked and typed stands in it again."""
    rows = [
        row._replace(answer=next(iter(answers.typed.get(row.field, ())), row.answer))
        for row in date_rows(month)
    ]
    return {
        "who": WHO,
        "typed": untouched((WHO,), answers.typed),
        "problems": answers.problems,
        "site_name": month.site.short_name or month.site.name,
        "month_name": month_title(month.month_on),
        "rows": rows,
        "waiting": sum(row.answer == "waiting" for row in rows),
        "impossible": sum(row.answer == "impossible" for row in rows),
    }


def sheet_of(access: AccessMonth) -> AccessSheet:
    contact = partner_settings(access.territory)
    words = " ".join(part for part in (contact.contact_name, contact.contact_phone) if part)
    return access_sheet(
        access.site.name, access.territory.name, access.month_on, access.number, access.lines, words
    )
