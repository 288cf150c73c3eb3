"""Where a version comes from, in one sentence: computed or copied, from what, by whom and when, changed by hand since."""

from uuid import UUID

from db.records.plan import Plan
from db.records.territory import Territory
from service.catalogue import counted, text
from service.french_text import initials, listed
from service.pages.board.history import moment
from service.pages.board.source import Month
from service.pages.signatures import signature

COPY = "copy"


async def version_origin(month: Month, territory: Territory) -> str:
    """Empty when there is no version to speak of."""
    if month.shown is None:
        return ""
    made = text(
        "{how} le {when}{who}{base}",
        how=text("Ouverte à la main") if month.shown.origin == COPY else text("Calculée"),
        when=moment(month.shown.solved_at or month.shown.created_at, territory.zone),
        who=await _who(month.shown.requested_by, territory.code),
        base=_base(month, month.shown),
    )
    return text("{made} ; {hand}.", made=made, hand=_by_hand(month, territory.zone))


async def _who(account_id: UUID | None, territory: str) -> str:
    name = await signature(account_id, territory) if account_id else ""
    return text(" par {who}", who=initials(name)) if name else ""


def _base(month: Month, shown: Plan) -> str:
    number = month.facts.version.published_number if month.facts.version else None
    if shown.options.get("from_scratch"):
        return text(", en repartant de zéro")
    if shown.origin == COPY and shown.made_from is not None:
        number = month.numbers.get(shown.made_from, number)
    if number is None:
        return text(", sans version publiée avant elle")
    if shown.origin == COPY:
        return text(", à partir de la version {n}", n=number)
    return text(", à partir de la version {n} en changeant le moins possible", n=number)


def _by_hand(month: Month, zone: str) -> str:
    """Of a long series only the last steps are kept: they say at least so many."""
    if not month.steps:
        return text("rien n’y est changé à la main")
    last = month.steps[-1]
    who = listed(dict.fromkeys(initials(one.by) for one in month.steps if one.by))
    count = counted("{n} modification à la main", "{n} modifications à la main", len(month.steps))
    words = (
        text("{count} depuis, par {who}", count=count, who=who)
        if who
        else text("{count} depuis", count=count)
    )
    return (
        text("{words}, la dernière le {when}", words=words, when=moment(last.at, zone)) if last.at else words
    )
