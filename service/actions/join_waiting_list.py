"""Wait for a seat in a promotion that is full: first come, first served, until its first session."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from db.queries.orientations import Oriented, add_orientation, orientations_of
from db.queries.partner_demand import count_demand
from db.queries.waiting import join_waiting
from db.records.orientation import Orientation
from db.records.territory import Territory
from db.transaction import in_transaction
from service.accounts.tokens import new_code
from service.actions.hold_place import shelf_of, what_is_left
from service.errors import NotFound
from service.partners.errors import PlaceRefused
from service.partners.form import OrientationForm, checked
from service.partners.holder import Holder
from service.partners.settings import partner_settings


class SeatsLeft(PlaceRefused):
    """Nobody waits for what is free: `alternatives` is the seat itself."""

    code = "seats-left"
    title = "Il reste des places : retenez-en une"


async def join_waiting_list(
    territory: Territory, holder: Holder, promotion_id: UUID, form: OrientationForm
) -> Orientation:
    """The turn; the same person under the same label waits once. Raises `WrongForm`, `SeatsLeft`, `NotFound`."""
    tidy, now = checked(form, partner_settings(territory)), datetime.now(UTC)

    async def work() -> Orientation:
        shelf = await shelf_of(territory, holder, promotion_id, now)
        seat = what_is_left(shelf, promotion_id, 0)
        if seat is None or seat.promotion is None:
            raise NotFound("Cette promotion n’existe pas ou a commencé.")
        if seat.state == "free":
            raise SeatsLeft(alternatives=(seat,))
        waiting = Oriented(partner=holder.partner, states=("waiting",), promotion=seat.promotion)
        known = [one for one in await orientations_of(territory.id, waiting) if one.label == tidy.label]
        if known:
            return known[0]
        made = _waiting(holder, seat.promotion, tidy, now)
        await add_orientation(territory.id, made)
        await join_waiting(territory.id, seat.promotion, made.id)
        await count_demand(territory.id, holder.partner, seat.site, seat.held_on, asked=1)
        return made

    return await in_transaction(work, territory_id=territory.id)


def _waiting(holder: Holder, promotion: str, form: OrientationForm, now: datetime) -> Orientation:
    return Orientation(
        id=uuid4(),
        code=new_code(),
        partner=holder.partner,
        label=form.label,
        need=form.need,
        state="waiting",
        created_at=now,
        officer=form.officer,
        officer_phone=form.officer_phone,
        asks_leave=form.asks_leave,
        leave_by_on=form.leave_by_on,
        promotion=promotion,
        slot=0,
        made_by=holder.actor.account_id,
    )
