"""Reading small forms by name, without the machinery that facts need."""

from service.catalogue import text
from service.errors import BadInput
from service.hidden_signs import hidden_sign
from service.pages.context import AnyRequest
from service.pages.forms import BREAKS

MOST_DIGITS = 9


async def whole_form(request: AnyRequest) -> dict[str, list[str]]:
    """Every field with all its values, as `forms.read` takes it."""
    form = await request.form()
    return {name: [str(word) for word in form.getall(name)] for name in form}


async def typed(request: AnyRequest, *names: str) -> tuple[str, ...]:
    """The values of some fields, stripped; empty for what was not sent: for forms that judge each field."""
    form = await request.form()
    return tuple(str(form.get(name, "")).strip() for name in names)


async def sent(request: AnyRequest, *names: str) -> tuple[str, ...]:
    """As `typed`. Raises `BadInput` naming the field in which there is a sign that does not show."""
    words = await typed(request, *names)
    return tuple(shown(name, word) for name, word in zip(names, words, strict=True))


async def sent_raw(request: AnyRequest, name: str) -> str:
    """A value as it was typed: a password keeps its spaces."""
    return str((await request.form()).get(name, ""))


async def version_sent(request: AnyRequest) -> int:
    """The version of a fact that the form was made from; 0, which none has, when it is no number."""
    (word,) = await typed(request, "version")
    return count_of(word) or 0


def count_of(word: str) -> int | None:
    """A count or a version as a page sends it, of at most nine digits; None when it is none."""
    return int(word) if word.isdecimal() and len(word) <= MOST_DIGITS else None


def shown(name: str, word: str) -> str:
    """The word. Raises `BadInput` naming the field when it has a sign that does not show."""
    sign = hidden_sign(word, but=BREAKS)
    if sign:
        raise BadInput(
            text("{name} : contient un caractère qui ne s’affiche pas ({sign})", name=name, sign=sign)
        )
    return word
