"""Who holds and books places: an officer of a partner, or a coordinator for one."""

from uuid import UUID

import msgspec

from service.actions.actor import Actor


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """`partner` is a code; `id` the session or token under which a place is held: two officers of one
    mailbox are two holders. `coordinator` may overbook and is not bound by lead times."""

    partner: str
    id: UUID
    actor: Actor
    coordinator: bool = False
