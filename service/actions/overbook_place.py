"""One place more than there are, because a coordinator wants it, knowingly: it stands in the history as their decision."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from db.queries.places import take_place
from db.records.orientation import Orientation
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.hold_place import request_for, shelf_of, what_is_left
from service.actions.orient import Wish, keep_orientation
from service.errors import Forbidden, NotFound
from service.partners.form import OrientationForm, checked
from service.partners.holder import Holder
from service.partners.settings import partner_settings

A_MOMENT = timedelta(minutes=1)


async def overbook_place(
    territory: Territory, holder: Holder, host_id: UUID, slot: int, form: OrientationForm
) -> Orientation:
    """The orientation. Raises `Forbidden` for partners, `WrongForm`, `NotFound` when there is no such slot."""
    if not holder.coordinator:
        raise Forbidden("Seule la coordination ajoute une place au-delà.")
    tidy, now = checked(form, partner_settings(territory)), datetime.now(UTC)
    wish = Wish(territory=territory, holder=holder, form=tidy, now=now, overruled=True)

    async def work() -> Orientation:
        shelf = await shelf_of(territory, holder, host_id, now)
        place = what_is_left(shelf, host_id, slot)
        if place is None:
            raise NotFound("Cette place n’existe pas ou n’existe plus.")
        request = msgspec.structs.replace(
            request_for(shelf, place, holder, "held"), capacity=None, expires_at=now + A_MOMENT
        )
        # Held by nobody before: asking again is another person, not the same click.
        (taken,) = await take_place(territory.id, msgspec.structs.replace(request, holder_id=None), now=now)
        return await keep_orientation(wish, place, taken)

    return await in_transaction(work, territory_id=territory.id)
