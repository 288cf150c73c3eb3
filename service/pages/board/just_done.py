"""What was just done, told on the board it was done on: an edit, what was taken back, a publication and whom it reaches."""

from collections.abc import Iterable

import msgspec

from db.records.territory import Territory
from service.actions.edit_draft import Edit
from service.catalogue import text
from service.french_text import initials, listed
from service.pages.board.fact_to_note import ToNote, to_note
from service.pages.board.source import Month
from service.pages.reach import Reach, reach_of_version


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What was just done, told where it was done. `undoes`: the last edit can be taken back there.

    `to_do`: what is left to its reader.
    """

    words: str
    to_do: str = ""
    undoes: bool = False
    to_note: ToNote | None = None

    @property
    def kind(self) -> str:
        return "warn" if self.to_do else "good"


def edit_said(last: Edit, noting: str) -> Said:
    """`noting`: the page where a fact that the edit supposes is still to be written down."""
    what, supposed = last.words.removesuffix("."), to_note(noting)
    words = text("C’est fait : {what}.", what=what)
    if supposed is None:
        return Said(words=words, undoes=True)
    return Said(
        words=words,
        to_do=text(
            "Cela suppose un fait qui n’est pas encore noté : tant qu’il ne l’est pas, le brouillon le compte comme "
            "votre décision contre une règle, et le prochain calcul n’en saura rien."
        ),
        undoes=True,
        to_note=supposed,
    )


async def publication_said(territory: Territory, month: Month, *, mail_waits: bool) -> Said:
    """Of the version shown: who hears of it, how, and whom nothing reaches. `mail_waits`: no server is set."""
    reach = await _reach(territory, month)
    mailed = (
        text("le courriel attend qu’un serveur soit réglé, pour {who}", who=_names(reach.mailed))
        if mail_waits
        else text("par courriel, chaque personne ses changements : {who}", who=_names(reach.mailed))
    )
    left = text(
        "À prévenir vous-même : {who}, sans adresse ni agenda lu récemment.", who=_names(reach.unreached)
    )
    return _told(text("Publié"), reach, [mailed] if reach.mailed else [], left)


async def silence_said(territory: Territory, month: Month) -> Said:
    """Of the version shown, which mailed nobody."""
    reach = await _reach(territory, month)
    left = text(
        "Aucun courriel n’est parti ; à prévenir vous-même : {who}, sans agenda lu récemment.",
        who=_names(reach.unreached),
    )
    return _told(text("Publié sans prévenir l’équipe"), reach, [], left)


async def _reach(territory: Territory, month: Month) -> Reach:
    return await reach_of_version(territory, month.shown) if month.shown else Reach()


def _told(done: str, reach: Reach, ways: list[str], left: str) -> Said:
    """Publié ; par courriel, chaque personne ses changements : A.R. ; par l’agenda abonné : L.D.

    `left`: what is left to do where nothing reaches somebody.
    """
    if reach.by_calendar:
        ways.append(text("par l’agenda abonné : {who}", who=_names(reach.by_calendar)))
    words = text(" ; ").join([done, *ways])
    return Said(words=words if ways else f"{words}.", to_do=left if reach.unreached else "")


def _names(codes: Iterable[str]) -> str:
    return listed(map(initials, codes))
