"""What a fact needs before it is there, under a name or again: a name that is free, and what it stands on."""

from collections.abc import Iterable
from typing import Any

from db.records.base import Fact
from db.records.facts import Facts
from db.records.participant import Volume
from db.records.partner import Partner
from db.records.site import Site
from db.records.staff import Speaker, StaffMember
from db.records.territory import Programme
from service.catalogue import text
from service.errors import Detail, NameTaken, StillAway

ONE_OF_A_NAME: dict[type[Fact], str] = {
    Site: "sites",
    StaffMember: "staff",
    Speaker: "speakers",
    Programme: "programmes",
    Partner: "partners",
}
"""Two of one name could not be told apart on the board or in a list. With the field of `Facts` that holds them."""
STANDS_ON = {"site": "sites", "programme": "programmes", "follows": "promotions", "referent": "staff"}
"""Fields that name one other fact, with the field of `Facts` that holds such."""


def is_away(record: Fact) -> bool:
    return getattr(record, "archived_at", None) is not None


def holder_of(name: str, records: Iterable[Any], *, but: str | None) -> Any:
    """Who bears that name, or one that reads alike, among what is not put away; None when it is free.

    `but` is the code of the fact that asks.
    """
    wanted = _plain(name)
    return next(
        (one for one in records if one.code != but and not is_away(one) and _plain(_shown(one)) == wanted),
        None,
    )


def must_come_back(before: Fact, after: Fact, facts: Facts) -> None:
    """Nothing for a change that brings nothing back. Raises `NameTaken`, `StillAway`."""
    if not is_away(before) or is_away(after):
        return
    away = _away_under(after, facts)
    if away:
        raise StillAway(away=[_told(one) for one in away])
    _must_be_free(after, facts)


def must_be_told_apart(before: Fact | None, after: Fact, facts: Facts) -> None:
    """A new fact, or one under another name than before, in a list where two that read alike are one too many.

    Nothing for what is put away. Raises `NameTaken`.
    """
    if type(after) not in ONE_OF_A_NAME or is_away(after):
        return
    if before is None or _plain(_shown(before)) != _plain(_shown(after)):
        _must_be_free(after, facts)


def _must_be_free(record: Fact, facts: Facts) -> None:
    among = ONE_OF_A_NAME.get(type(record))
    holder = holder_of(_shown(record), getattr(facts, among), but=record.code) if among else None
    if holder is None:
        return
    field = "short_name" if getattr(record, "short_name", "") else "name"
    message = text("se lit comme « {name} », qui est déjà là", name=_shown(holder))
    raise NameTaken(taken_by=_told(holder), invalid=[{"field": field, "message": message}])


def _away_under(record: Fact, facts: Facts) -> list[Fact]:
    """What it stands on and is put away; of several sites nothing while one of them is there."""
    named = [(among, getattr(record, field, None)) for field, among in STANDS_ON.items()]
    away = [
        one for among, code in named for one in getattr(facts, among) if one.code == code and is_away(one)
    ]
    sites = [one for one in facts.sites if isinstance(record, Volume) and one.code in record.sites]
    return away + (sites if sites and all(is_away(one) for one in sites) else [])


def _shown(record: Any) -> str:
    return str(getattr(record, "short_name", "") or record.name)


def _told(record: Any) -> dict[str, Detail]:
    return {"code": record.code, "name": _shown(record)}


def _plain(name: str) -> str:
    """What two names that read alike share: A.R., AR and a r."""
    return "".join(sign for sign in name.casefold() if sign.isalnum()) or name
