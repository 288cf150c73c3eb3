"""Rule `room`: a group has a room of its own, large enough."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import Activity, PlanView, overlaps


class Room:
    """One session in a room at a time; a session that needs a room has one, whose seats fit the
    larger of the seats foreseen and the number of participants.

    Why: rooms are counted by the fire officer, and shared.
    """

    name = "room"
    codes: tuple[str, ...] = ("no_room", "too_small", "room_taken")

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount: persons over, else 1."""
        in_rooms = sorted(
            (session for session in view.sessions if session.room is not None),
            key=lambda session: (session.interval, session.key),
        )
        for session in view.sessions:
            if session.room is None and _needs_room(session):
                yield self._breach("no_room", session)
        for index, session in enumerate(in_rooms):
            over = _group_size(session) - _seats(view, session)
            if over > 0:
                yield self._breach("too_small", session, over, session.room or "")
            for other in in_rooms[:index]:
                if (other.site, other.room) == (session.site, session.room) and overlaps(other, session):
                    yield self._breach("room_taken", session, 1, other.key)

    def _breach(self, code: str, session: Activity, amount: int = 1, fact: str = "") -> Breach:
        items = (fact, session.key) if code == "room_taken" else (session.key,)
        half_day = session.half_days[0]
        return Breach(
            self.name,
            code,
            session.about,
            session.on,
            amount,
            half_day=half_day,
            site=session.site,
            fact=fact,
            items=items,
        )


def _needs_room(session: Activity) -> bool:
    work = session.sequence or session.cadence
    return work is not None and work.needs_room


def _group_size(session: Activity) -> int:
    if session.promotion is not None:
        return max(session.promotion.seats, len(session.promotion.participants))
    return session.cadence.seats if session.cadence else 0


def _seats(view: PlanView, session: Activity) -> int:
    rooms = view.territory.sites[session.site].rooms
    return next(room.seats for room in rooms if room.id == session.room)
