"""What differs between two plans, in French: one sentence a thing."""

from planner.compare import ThingDifference
from planner.plan_view import Activity, Visit
from service.catalogue import text
from service.french_text import capital, initials, listed
from service.messages.assignment_words import Things


def thing_sentence(one: ThingDifference, words: Things) -> str:
    """Nouveau : la permanence …; La permanence … n’a plus lieu; … passe au … et avec …"""
    if one.before is None and one.after is not None:
        return text("Nouveau : {thing}", thing=words.thing(one.after))
    if one.after is None and one.before is not None:
        return capital(text("{thing} n’a plus lieu", thing=words.thing(one.before)))
    assert one.before is not None
    assert one.after is not None
    moved = [*_moved(one.before, one.after, words)]
    return capital(text("{thing} : {changes}", thing=words.thing(one.before), changes=listed(moved)))


def _moved(before: Activity | Visit, after: Activity | Visit, words: Things) -> list[str]:
    told = []
    if before.interval[0] != after.interval[0]:
        told.append(text("passe au {when}", when=words.when(after)))
    if before.site != after.site:
        told.append(text("à {site}", site=words.site(after.site)))
    if _staff(before) != _staff(after):
        told.append(text("désormais avec {who}", who=listed(initials(person) for person in _staff(after))))
    if isinstance(after, Activity) and isinstance(before, Activity) and before.room != after.room:
        told.append(text("salle {room}", room=words.room(after.site, after.room) if after.room else "—"))
    return told


def _staff(thing: Activity | Visit) -> tuple[str, ...]:
    return (thing.staff,) if isinstance(thing, Visit) else thing.staff
