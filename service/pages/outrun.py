"""What became of a draft since a page of it was made, in words: edited by a colleague, published, or replaced."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from db.records.plan import Plan
from db.states import PlanState
from service.actions.edit_draft import Edit
from service.catalogue import text
from service.french_text import clock, initials
from service.pages.board.history import READABLE, dated_at, moment
from service.pages.desk import Desk
from service.pages.seen import read_seen


class Theirs(NamedTuple):
    """What a colleague did meanwhile, in words, and the activities it touched."""

    who: str
    when: str
    words: str
    keys: tuple[str, ...]


class Outrun(NamedTuple):
    """`what` says that another version stands where the draft stood; empty where it was edited alone.

    `before` is the address of the draft that the page showed, where it can still be read. `steps` are
    what the page has not seen, each told as what takes it back.
    """

    what: str
    before: str
    theirs: tuple[Theirs, ...]
    steps: list[Edit]

    @property
    def touched(self) -> str:
        return " ".join(key for one in self.theirs for key in one.keys)


def outrun(desk: Desk, read: str, steps: list[Edit]) -> Outrun:
    """`steps` are those of the version on the desk; `read` is what the page showed, as `seen_of` writes it."""
    seen, present = read_seen(read), desk.month.shown
    if seen is None or (present is not None and present.number == seen.number and desk.editable):
        unseen = [one for one in steps if seen is not None and one.version >= seen.version]
        zone = ZoneInfo(desk.visit.territory.zone)
        return Outrun("", "", tuple(_theirs(one, zone) for one in unseen), unseen)
    old = next((one for one in desk.month.plans if one.number == seen.number), None)
    before = (
        ""
        if old is None or old == present or old.state not in READABLE
        else f"{desk.path}?version={old.number}"
    )
    return Outrun(_now(desk, present), before, (), [])


def _now(desk: Desk, present: Plan | None) -> str:
    """What stands there now."""
    if present is None:
        return text("Ce brouillon a été écarté.")
    when = moment(dated_at(present), desk.visit.territory.zone)
    if present.state is PlanState.PUBLISHED:
        number = desk.month.numbers[present.id]
        return text(
            "La version {n} a été publiée le {when} : il n’y a plus de brouillon.", n=number, when=when
        )
    if present.solved_at is not None:
        return text("Un nouveau calcul l’a remplacé le {when}.", when=when)
    return text("Un autre brouillon, ouvert à la main le {when}, l’a remplacé.", when=when)


def successor(steps: list[Edit], key: str) -> str:
    """Where the thing under a key went by these steps (each told as what takes it back)."""
    for step in steps:
        before = next((item for item in step.put if item.key == key), None)
        if before is not None and before.cadence_code and key not in step.drop:
            moved = [other for other in step.drop if other.split(":")[1:2] == [before.cadence_code]]
            key = moved[0] if moved else key
    return key


def _theirs(step: Edit, zone: ZoneInfo) -> Theirs:
    when = clock(step.at.astimezone(zone).time(), padded=True) if step.at else ""
    keys = (*step.drop, *(item.key for item in step.put))
    return Theirs(initials(step.by) if step.by else text("Quelqu’un d’autre"), when, step.words, keys)
