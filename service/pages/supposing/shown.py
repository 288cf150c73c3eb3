"""What the page of "et si" draws: the scenarios, the facts supposed so far, the form of one more."""

import asyncio
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from litestar import Response

from planner.errors import PlannerError
from planner.fact_changes import FactChange
from service.catalogue import text
from service.errors import BadInput, NotFound
from service.french_text import capital
from service.messages.suppositions import supposed_words
from service.pages.board.history import name_of
from service.pages.desk import Desk
from service.pages.explaining import explainer, wanted_of
from service.pages.forms import Answers, Field, Typed, untouched
from service.pages.generation_view import progress
from service.pages.rendering import page
from service.pages.repairing import need_asked
from service.pages.supposing.kinds import KINDS, Kind
from service.pages.supposing.side_by_side import side_by_side, stopped_in, waiting_in, words_of

MOST_SUPPOSED = 8
CHANGES = msgspec.json.Decoder(FactChange)


class Supposing(NamedTuple):
    """The form that is shown, what is typed in it, and the facts supposed before."""

    kind: Kind
    answers: Answers
    changes: tuple[FactChange, ...] = ()


class Supposition(NamedTuple):
    """A fact supposed otherwise: as an address carries it, and in words."""

    code: str
    words: str


def blank(desk: Desk, path: str, codes: list[str], given: Typed | None = None) -> Supposing:
    """The form of a kind of fact before anybody types. Raises `NotFound`, `BadInput`."""
    if path not in KINDS:
        raise NotFound(text("Cette page n’existe pas."))
    kind = KINDS[path]
    answers = Answers(typed=untouched(fields_of(desk, kind), given), values={}, problems=())
    return Supposing(kind, answers, _read(codes))


def fields_of(desk: Desk, kind: Kind) -> tuple[Field, ...]:
    return kind.fields(desk.problem, words_of(desk.problem, desk.month.facts.labels))


def address_of(desk: Desk, kind: Kind, changes: tuple[FactChange, ...]) -> str:
    """The page with these facts supposed so far, and the form of that kind."""
    asked = urlencode([("fait", kind.path), *(("suppose", _code(one)) for one in changes)])
    return f"{desk.path}/et-si?{asked}"


async def shown(
    desk: Desk,
    supposing: Supposing,
    *,
    need: str = "",
    problem: str = "",
    said: str = "",
    status_code: int = 200,
) -> Response[str]:
    """The whole page; `need` is a card of the board that is not placed. Raises `NotFound`."""
    words = {
        **await _plans(desk),
        **_form(desk, supposing),
        "path": desk.path,
        "here": f"{desk.path}/et-si",
        "month_on": desk.problem.first_on,
        "problem": problem,
        "said": said,
        "need": need_asked(desk, need) if need else None,
        "offered": await _offered(desk, supposing, need) if need else (),
    }
    return page("supposing/page.html", desk.visit.shell, words, status_code=status_code)


async def _plans(desk: Desk) -> dict[str, Any]:
    month = desk.month
    waiting = waiting_in(month)
    return {
        "base": name_of(month.shown, month.numbers, month.draft_ranks)
        if month.shown
        else text("Aucun planning encore"),
        "found": await side_by_side(month),
        "view": progress(waiting, None, []) if waiting else None,
        "waiting": waiting,
        "plan": waiting,
        "sent": None,
        "decided": 0,
        "stopped": stopped_in(month),
        "busy": month.active is not None and waiting is None,
    }


def _form(desk: Desk, supposing: Supposing) -> dict[str, Any]:
    kind, answers, changes = supposing
    return {
        "kind": kind,
        "kinds": [(one.path, text(one.title), address_of(desk, one, changes)) for one in KINDS.values()],
        "fields": fields_of(desk, kind),
        "typed": answers.typed,
        "problems": answers.problems,
        "supposed": _suppositions(desk, changes),
    }


async def _offered(desk: Desk, supposing: Supposing, need: str) -> tuple[tuple[str, str], ...]:
    """What would let a missing need be placed, each with the address that supposes it."""
    try:
        found = await asyncio.to_thread(lambda: explainer(desk).why_not(wanted_of(need)))
    except PlannerError as error:
        raise NotFound(text("Ce besoin est placé, ou n’existe plus.")) from error
    helping = tuple(dict.fromkeys(one.change for one in found.repairs if one.change is not None))
    told = _suppositions(desk, helping)
    addresses = [address_of(desk, supposing.kind, (*supposing.changes, one)) for one in helping]
    return tuple((one.words, address) for one, address in zip(told, addresses, strict=True))


def _suppositions(desk: Desk, changes: tuple[FactChange, ...]) -> tuple[Supposition, ...]:
    words = words_of(desk.problem, desk.month.facts.labels)
    return tuple(Supposition(_code(one), capital(supposed_words(one, words))) for one in changes)


def too_many() -> str:
    return text("On suppose au plus {n} faits à la fois : retirez-en un.", n=MOST_SUPPOSED)


def _code(change: FactChange) -> str:
    return msgspec.json.encode(change).decode()


def _read(codes: list[str]) -> tuple[FactChange, ...]:
    """Raises `BadInput` on what this page never wrote."""
    if len(codes) > MOST_SUPPOSED:
        raise BadInput(too_many())
    try:
        return tuple(dict.fromkeys(CHANGES.decode(code) for code in codes))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(text("Cette adresse suppose un fait qui n’existe pas.")) from error
