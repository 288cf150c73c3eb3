"""Who was refused what: told to the trail of the territory that was asked, by the page or by a reference."""

from datetime import UTC, datetime
from http import HTTPStatus

from db.acting import Acting
from db.queries.refusals import note_refusal
from db.records.trail import TrailEntry
from service.references import REFERENCE


def is_refused(acting: Acting, status: int) -> bool:
    """Nothing is refused by a territory that there is not; whoever sees everybody found that there is nobody."""
    if acting.nowhere:
        return False
    if status == HTTPStatus.FORBIDDEN:
        return True
    may_be_anothers = acting.confidential and not acting.sees_everybody
    return status == HTTPStatus.NOT_FOUND and (acting.refused or may_be_anothers)


async def tell_refusal(acting: Acting) -> None:
    """By the reference that was asked for, if it reads like one; else by the page."""
    acting.writes = False  # What was refused is not done: it leaves no entry of its own.
    asked = acting.about[1] if acting.about else ""
    named = bool(acting.confidential and REFERENCE.fullmatch(asked))
    entry = TrailEntry(
        at=datetime.now(UTC),
        action="refused",
        territory_id=acting.territory_id,
        actor_id=acting.actor_id,
        about_kind="participant" if named else "page",
        about_ref=asked if named else acting.page,
        detail={"by": acting.action},
    )
    await note_refusal(entry, page=acting.page)
