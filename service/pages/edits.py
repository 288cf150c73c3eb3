"""Storing an edit of a draft: checked against the version that was read, refused with what a colleague did."""

from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.response import Redirect

from db.records.plan import PlanItem
from service.actions.edit_draft import Edit, edit_draft, read_steps, undo_edit
from service.actions.free_pinned import free_pinned
from service.catalogue import text
from service.errors import Conflict, NotFound, StaleVersion
from service.french_text import clock, initials
from service.pages.board.moving import item_of
from service.pages.board.scale import Rewrite
from service.pages.context import AnyRequest
from service.pages.desk import Desk, panel
from service.pages.form_parts import count_of, shown

KEPT = ("par", "vue", "jour", "lieu", "qui", "quoi", "manque", "samedi", "panneau")
"""What an address of the board may hold: where somebody comes back to after an edit."""
NOT_MEANT = ("revision", "retour", "_csrf_token")


class Theirs(NamedTuple):
    """What a colleague did meanwhile, in words, and the activities it touched."""

    who: str
    when: str
    words: str
    keys: tuple[str, ...]


async def sent_fields(request: AnyRequest) -> dict[str, str]:
    """Raises `BadInput` naming the field in which there is a sign that does not show."""
    return {name: shown(name, str(value)) for name, value in (await request.form()).items()}


def sent_version(desk: Desk, sent: dict[str, str]) -> int:
    """The version that the page showed; pages that name none are of this moment."""
    given = sent.get("revision", "")
    return (count_of(given) or 0) if given.isdecimal() else desk.draft().version


async def keep_edit(
    request: AnyRequest,
    desk: Desk,
    rewrite: Rewrite,
    words: str,
    *,
    freed: PlanItem | None = None,
    to_note: str = "",
) -> Response[Any]:
    """Stores an edit; what was read too long ago is refused, and the intention stays on the page.

    `freed` is what was pinned, or fixed with the person, and is no more. `to_note` is the page where
    a fact that the edit supposes is still to be written down.
    """
    sent = await sent_fields(request)
    account = desk.visit.shell.account
    edit = Edit(words=words, put=rewrite.put, drop=rewrite.drop, by=account.initials if account else "")
    territory, draft, version = desk.visit.territory, desk.draft(), sent_version(desk, sent)
    try:
        if freed is not None:
            await free_pinned(territory, draft.id, edit, freed, version=version)
        else:
            await edit_draft(territory, draft.id, edit, version=version)
    except (StaleVersion, Conflict):
        return await refuse_stale(request, desk, words)
    address = board_address(desk, sent.get("retour", ""), "modification")
    noting = f"&{urlencode({'noter': to_note})}" if to_note else ""
    return Redirect(f"{address}{noting}", status_code=303)


async def take_back(request: AnyRequest, desk: Desk) -> Response[Any]:
    """The last edit of this draft taken back, whoever made it, unless the page is too old to know it."""
    sent = await sent_fields(request)
    try:
        await undo_edit(desk.visit.territory, desk.draft().id, version=sent_version(desk, sent))
    except (StaleVersion, Conflict):
        return await refuse_stale(request, desk, text("annuler le dernier changement"))
    return Redirect(board_address(desk, sent.get("retour", ""), "annulation"), status_code=303)


async def asked_now(desk: Desk, sent: dict[str, str]) -> PlanItem | None:
    """The thing that an edit is about; None when a colleague has moved or taken it away since the page was made.

    Raises `NotFound` when it was not there to begin with.
    """
    found = item_of(desk.items, sent.get("cle", ""))
    if found is None and sent_version(desk, sent) == desk.draft().version:
        raise NotFound(text("Cela n’est plus dans le planning."))
    return found


async def refuse_stale(request: AnyRequest, desk: Desk, words: str) -> Response[str]:
    """409: what the colleague did, and what was meant, ready to be applied to where the thing is now."""
    sent = await sent_fields(request)
    steps = [one for one in await read_steps(desk.draft().id) if one.version >= sent_version(desk, sent)]
    zone = ZoneInfo(desk.visit.territory.zone)
    theirs = tuple(_theirs(one, zone) for one in steps)
    fields = {name: value for name, value in sent.items() if name not in NOT_MEANT}
    key = successor(steps, fields.get("cle", ""))
    still = "cle" not in fields or item_of(desk.items, key) is not None
    context = {
        "fields": {**fields, **({"cle": key} if "cle" in fields else {})},
        "action": str(request.url.path),
        "words": words,
        "theirs": theirs,
        "touched": " ".join(key for one in theirs for key in one.keys),
        "still": still,
    }
    return panel(request, desk, "board/stale.html", context, status_code=409)


def successor(steps: list[Edit], key: str) -> str:
    """Where the thing under a key went by these steps (each told as what takes it back)."""
    for step in steps:
        before = next((item for item in step.put if item.key == key), None)
        if before is not None and before.cadence_code and key not in step.drop:
            moved = [other for other in step.drop if other.split(":")[1:2] == [before.cadence_code]]
            key = moved[0] if moved else key
    return key


def board_address(desk: Desk, back: str, done: str) -> str:
    """The board as it was looked at, with a word on what was done."""
    kept = [(name, value) for name, value in parse_qsl(back) if name in KEPT]
    return f"{desk.path}?{urlencode([*kept, ('fait', done)])}"


def _theirs(step: Edit, zone: ZoneInfo) -> Theirs:
    when = clock(step.at.astimezone(zone).time(), padded=True) if step.at else ""
    keys = (*step.drop, *(item.key for item in step.put))
    return Theirs(initials(step.by) if step.by else text("Quelqu’un d’autre"), when, step.words, keys)
