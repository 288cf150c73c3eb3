"""What is wrong with the answers of a form beyond what its kind says: a name that is taken, a date long past."""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from db.records.base import Fact
from db.records.facts import Facts
from service.catalogue import text
from service.coming_back import holder_of
from service.pages.board.source import today_in
from service.pages.facts.resource import Resource
from service.pages.forms import Answers, Field, read


def checked(
    kind: Resource, sent: Mapping[str, list[str]], facts: Facts, record: Fact | None = None
) -> Answers:
    """The answers for a new fact, or for one that exists; what is wrong in the order of the form."""
    fields = kind.fields(facts)
    answers = kind.check(read(fields, sent), facts)
    named = {field.name: field for field in fields}
    if kind.one_of_a_name and answers.values.get("name"):
        answers = _unless_taken(kind, answers, named["name"], facts, record)
    if record is None:
        answers = _unless_past(kind, answers, named, today_in(facts.territory))
    order = [field.name for field in fields]
    problems = sorted(answers.problems, key=lambda one: order.index(one.field) if one.field in order else 0)
    return msgspec.structs.replace(answers, problems=tuple(problems))


def _unless_taken(
    kind: Resource, answers: Answers, field: Field, facts: Facts, record: Fact | None
) -> Answers:
    mine = record.code if record is not None else None
    if holder_of(answers.values["name"], getattr(facts, kind.kind), but=mine) is None:
        return answers
    return answers.with_problem(field.name, field.label, text("ce nom est déjà pris, choisissez-en un autre"))


def _unless_past(kind: Resource, answers: Answers, fields: dict[str, Field], today_on: date) -> Answers:
    """A new fact that is over since longer than its kind is noted afterwards: mostly last year's number."""
    last = next((name for name in kind.over_after if answers.values.get(name)), None)
    if last is None or answers.values[last] >= today_on - timedelta(days=kind.noted_days_after):
        return answers
    return answers.with_problem(last, fields[last].label, text("cette date est passée, vérifiez l’année"))
