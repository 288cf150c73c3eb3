"""The page of a form of facts: empty, filled, refused, or overtaken by somebody else."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from litestar import Response

from db.records.base import Fact
from db.records.facts import Facts
from service.catalogue import text
from service.coming_back import is_away
from service.errors import StaleVersion
from service.pages.context import Visit
from service.pages.facts.kinds import PLACE_WORDS
from service.pages.facts.lacking import lacking_for
from service.pages.facts.named import title_of
from service.pages.facts.resource import Question, Resource
from service.pages.facts.seen import seen_now
from service.pages.facts_pages import history_of
from service.pages.forms import Answers, read
from service.pages.rendering import page
from service.pages.stale import differing


class Asked(NamedTuple):
    """A form asked for: by whom, of which kind, with the facts around it; `origin` says who entered it.

    `month_on`: the month on the board from which it was opened, where it leads back.
    """

    visit: Visit
    kind: Resource
    facts: Facts
    origin: str = ""
    month_on: date | None = None

    @property
    def month(self) -> str:
        """The query that keeps it in addresses."""
        return f"?mois={self.month_on:%Y-%m}" if self.month_on else ""

    @property
    def back(self) -> str:
        """Where the work goes on: the board it was left for, else the list of its kind."""
        place = f"planning/{self.month_on:%Y-%m}" if self.month_on else self.kind.place
        return self.visit.shell.address(place)


def form_page(
    asked: Asked,
    answers: Answers,
    record: Fact | None,
    *,
    status_code: int = 0,
    warning: str = "",
    question: Question | None = None,
) -> Response[str]:
    """`record` is what is changed, `None` for a new one. Without a status 200, or 422 when answers have problems.

    With the status of `StaleVersion`: what somebody else has put there meanwhile.
    """
    overtaken = status_code == StaleVersion.status
    words = {
        **_of_its_kind(asked, record),
        **_of_what_stands(asked, record),
        "typed": answers.typed,
        "problems": answers.problems,
        "warnings": [warning] if warning else [],
        "overtaken": overtaken,
        "gone": overtaken and _is_gone(asked, answers, record),
        "theirs": _theirs(asked, answers, record) if overtaken else {},
        "question": question,
        "seen": "" if record else seen_now(asked.kind, answers.typed, asked.facts),
        "preview_words": preview_of(asked.kind, asked.facts, answers.typed),
    }
    return page(
        "facts/form.html",
        asked.visit.shell,
        words,
        status_code=status_code or (422 if answers.problems else 200),
    )


def _of_its_kind(asked: Asked, record: Fact | None) -> dict[str, Any]:
    """What every form of the kind shows: its heading, its questions, where it goes."""
    visit, kind, facts = asked[:3]
    shell = visit.shell
    return {
        "title": title_of(kind, record, facts),
        "lead": text(kind.lead),
        "lacking": lacking_for(kind, facts),
        "fields": kind.fields(facts),
        "action": shell.address(
            f"fiche/{kind.path}/{f'nouveau{asked.month}' if record is None else record.code}"
        ),
        "preview": shell.address(f"fiche/{kind.path}/nouveau/apercu") if kind.preview else "",
        "submit": text("Enregistrer"),
        "back": shell.address(kind.place),
        "leave": asked.back,
        "back_words": text(PLACE_WORDS[kind.place]),
        "ends": text(kind.ends) if kind.ends else "",
    }


def _of_what_stands(asked: Asked, record: Fact | None) -> dict[str, Any]:
    """What only a fact that exists has: a version, a history, a way to be taken away or put back."""
    return {
        "version": None if record is None else record.version,
        "origin": asked.origin,
        "history": history_of(asked.visit.shell, record) if record else "",
        "take_away": text(asked.kind.take_away) if record is not None and asked.kind.take_away else "",
        "is_away": record is not None and is_away(record),
    }


def preview_of(kind: Resource, facts: Facts, given: Mapping[str, Sequence[str]]) -> str:
    """What answers mean, in a sentence; empty while one of them cannot be read."""
    if kind.preview is None:
        return ""
    answers = kind.check(
        read(kind.fields(facts), {name: list(words) for name, words in given.items()}), facts
    )
    return "" if answers.problems else kind.preview(answers.values, facts)


def _is_gone(asked: Asked, answers: Answers, record: Fact | None) -> bool:
    """Whether what somebody else has done since is to take it away."""
    if record is not None:
        return is_away(record)
    return asked.kind.present is not None and not asked.kind.present(answers.typed, asked.facts)


def _theirs(asked: Asked, answers: Answers, record: Fact | None) -> dict[str, str]:
    """What somebody else has put there since the form was shown, by field."""
    _, kind, facts = asked[:3]
    if record is not None:
        return differing(kind.fields(facts), answers.typed, kind.typed(record, facts))
    now = kind.present(answers.typed, facts) if kind.present else {}
    return differing(tuple(one for one in kind.fields(facts) if one.name in now), answers.typed, now)
