"""Storing an edit of a draft: checked against the version that was read, refused with what a colleague did."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Response
from litestar.response import Redirect

from db.records.plan import PlanItem
from service.actions.begin_draft import begin_with_edit
from service.actions.edit_draft import Edit, edit_draft, read_steps, undo_edit
from service.actions.free_pinned import free_pinned
from service.catalogue import text
from service.errors import ServiceError, StaleVersion, StepNotAllowed
from service.pages.board.moving import item_of
from service.pages.board.scale import Rewrite
from service.pages.board.source import as_draft
from service.pages.context import AnyRequest
from service.pages.desk import OPENS, Desk, asked_item, open_desk, panel, title_of
from service.pages.form_parts import count_of, shown
from service.pages.outrun import outrun, successor
from service.pages.seen import read_seen

KEPT = ("par", "vue", "jour", "lieu", "qui", "quoi", "manque", "samedi", "panneau")
"""What an address of the board may hold: where somebody comes back to after an edit."""
NOT_MEANT = ("revision", "retour", "geste", "brouillon", "_csrf_token")
LONGEST_ACT = 40


async def sent_fields(request: AnyRequest) -> dict[str, str]:
    """Raises `BadInput` naming the field in which there is a sign that does not show."""
    return {name: shown(name, str(value)) for name, value in (await request.form()).items()}


async def desk_to_edit(request: AnyRequest, territory: str, month: str) -> Desk:
    """The desk for an edit: with a draft yet to be opened, where the one it was meant for was published and its author asks so."""
    return await with_draft(await open_desk(request, territory, month), await sent_fields(request))


async def with_draft(desk: Desk, sent: dict[str, str]) -> Desk:
    """The desk with the draft that would begin as what is published, where that is asked for of the version that was read."""
    published, asked = desk.month.shown, sent.get("brouillon") == OPENS and sent.get("revision") == desk.seen
    if published is None or desk.editable or not asked:
        return desk
    return desk._replace(month=await as_draft(desk.month, published), begins=published)


def is_stale(desk: Desk, sent: dict[str, str]) -> bool:
    """Whether the page showed anything but the draft as it is; one that names none is of this moment.

    Raises `StepNotAllowed` when it names none and there is no draft.
    """
    if not sent.get("revision"):
        desk.draft()
        return False
    return not desk.editable or sent["revision"] != desk.seen


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
    if is_stale(desk, sent):
        return await refuse_stale(request, desk, words)
    account = desk.visit.shell.account
    by, act = account.name if account else "", sent.get("geste", "")[:LONGEST_ACT]
    edit = Edit(words=words, put=rewrite.put, drop=rewrite.drop, by=by, act=act)
    try:
        await _store(desk, edit, freed)
    except (StaleVersion, StepNotAllowed) as error:
        return await refuse_stale(request, await changed_desk(request, desk, error), words)
    return _done(desk, sent, "modification", to_note)


async def _store(desk: Desk, edit: Edit, freed: PlanItem | None) -> None:
    territory, draft = desk.visit.territory, desk.draft()
    if desk.begins is not None:
        await begin_with_edit(territory, desk.begins, edit, freed=freed)
    elif freed is not None:
        await free_pinned(territory, draft.id, edit, freed, version=draft.version)
    else:
        await edit_draft(territory, draft.id, edit, version=draft.version)


async def take_back(request: AnyRequest, desk: Desk) -> Response[Any]:
    """The last edit of this draft taken back, whoever made it, unless the page is too old to know it.

    `pas` names that edit by the version it was made on: one that is taken back already stays so.
    """
    sent = await sent_fields(request)
    if is_stale(desk, sent):
        return await _taken_back_already(desk, sent) or await refuse_undo(request, desk)
    draft = desk.draft()
    try:
        await undo_edit(desk.visit.territory, draft.id, version=draft.version)
    except (StaleVersion, StepNotAllowed) as error:
        now = await changed_desk(request, desk, error)
        return await _taken_back_already(now, sent) or await refuse_undo(request, now)
    return _done(desk, sent, "annulation")


async def changed_desk(request: AnyRequest, desk: Desk, error: ServiceError) -> Desk:
    """The desk as somebody left it while this request was being answered. Raises the error when nobody did."""
    now = await open_desk(request, desk.visit.territory.code, f"{desk.problem.first_on:%Y-%m}")
    is_refused = desk.begins is not None and isinstance(error, StepNotAllowed)
    if now.seen == desk.seen and (now.editable or is_refused):
        raise error
    return now


async def asked_now(desk: Desk, sent: dict[str, str]) -> PlanItem | None:
    """The thing that an edit is about; None when the draft has changed since the page was made.

    Raises `NotFound` when it was not there to begin with.
    """
    if is_stale(desk, sent):
        return None
    return asked_item(desk, sent.get("cle", ""))


async def refuse_stale(request: AnyRequest, desk: Desk, words: str) -> Response[Any]:
    """409: what the colleague did, and what was meant, ready to be applied to where the thing is now.

    What was sent a second time, because its answer was lost, is done already.
    """
    sent = await sent_fields(request)
    steps = await read_steps(desk.month.shown.id) if desk.month.shown else []
    if sent.get("geste") and sent["geste"][:LONGEST_ACT] in {one.act for one in steps}:
        return _done(desk, sent, "modification")
    found = outrun(desk, sent.get("revision", ""), steps)
    fields = {name: value for name, value in sent.items() if name not in NOT_MEANT}
    key = successor(found.steps, fields.get("cle", ""))
    item = item_of(desk.items, key)
    title = title_of(desk, item) if item else ""
    context = {
        "fields": fields
        | ({"cle": key} if "cle" in fields else {})
        | ({} if desk.editable else {"brouillon": OPENS}),
        "action": str(request.url.path),
        "words": text("{what} : {words}", what=title, words=words) if title not in words else words,
        "found": found,
        "still": desk.month.shown is not None and ("cle" not in fields or item is not None),
        "undoes": False,
    }
    return panel(request, desk, "board/stale.html", context, status_code=409)


async def refuse_undo(request: AnyRequest, desk: Desk) -> Response[Any]:
    """409: what the colleague did, and what would be taken back now."""
    sent = await sent_fields(request)
    steps = await read_steps(desk.draft().id) if desk.editable else []
    context = {
        "fields": {"pas": str(steps[-1].version)} if steps else {},
        "action": str(request.url.path),
        "words": steps[-1].words if steps else "",
        "found": outrun(desk, sent.get("revision", ""), steps),
        "still": bool(steps),
        "undoes": True,
    }
    return panel(request, desk, "board/stale.html", context, status_code=409)


def board_address(desk: Desk, back: str, done: str) -> str:
    """The board as it was looked at, with a word on what was done."""
    kept = [(name, value) for name, value in parse_qsl(back) if name in KEPT]
    return f"{desk.path}?{urlencode([*kept, ('fait', done)])}"


def _done(desk: Desk, sent: dict[str, str], done: str, to_note: str = "") -> Redirect:
    address = board_address(desk, sent.get("retour", ""), done)
    noting = f"&{urlencode({'noter': to_note})}" if to_note else ""
    return Redirect(f"{address}{noting}", status_code=303)


async def _taken_back_already(desk: Desk, sent: dict[str, str]) -> Redirect | None:
    seen, step = read_seen(sent.get("revision", "")), count_of(sent.get("pas", ""))
    if seen is None or step is None or desk.month.shown is None or desk.month.shown.number != seen.number:
        return None
    known = {one.version for one in await read_steps(desk.month.shown.id)}
    return None if step in known or seen.version < step else _done(desk, sent, "annulation")
