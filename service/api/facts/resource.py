"""A kind of fact as the JSON interface offers it: its address, its structs, who may, which filters."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from db.records.base import Fact
from service.actions.landed_on import Landed, Touching
from service.edge.guards import COORDINATORS, TEAM
from service.schemas.base import Code, Incoming

Reach = Callable[[Any, ZoneInfo], Touching | None]
"""Where a fact lands: what of the published plan it could touch."""


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is its part of addresses, `one` its name in operation ids.

    `owner` is the field that names the staff member whose fact it is: staff write their own only.
    `person` is the field that names a participant: staff see and write their own people's only.
    `private`: others of the team do not see it. `own_create`: another operation creates it. `code` is the
    type of its codes, `slashes`: there may be some in them.
    """

    path: str
    one: str
    record: type[Fact]
    body: type[Incoming]
    filters: tuple[str, ...] = ()
    readers: tuple[str, ...] = TEAM
    writers: tuple[str, ...] = COORDINATORS
    owner: str | None = None
    person: str | None = None
    private: bool = False
    own_create: bool = False
    removable: bool = True
    reach: Reach | None = None
    code: Any = Code
    slashes: bool = False

    @property
    def title(self) -> str:
        """`busy_mark` as `BusyMark`."""
        return "".join(part.capitalize() for part in self.one.split("_"))

    def new_body(self) -> type[Incoming]:
        """What creates one: the same fields and a code; without one the house gives it."""
        made: Any = msgspec.defstruct(
            f"New{self.title}",
            [("code", self.code | None, None)],
            bases=(self.body,),
            frozen=True,
            kw_only=True,
            forbid_unknown_fields=True,
            module=__name__,
        )
        return made  # type: ignore[no-any-return]

    def page(self) -> type[msgspec.Struct]:
        """A part of a list: `total` counts what the filters let through."""
        return msgspec.defstruct(
            f"{self.title}Page",
            [("items", tuple[self.record, ...]), ("total", int), ("next_offset", int | None, None)],  # type: ignore[name-defined]
            frozen=True,
            kw_only=True,
            module=__name__,
        )

    def kept(self) -> type[Any]:
        """The answer to a write: the fact, and where it lands if it can land on something published."""
        if self.reach is None:
            return self.record
        return msgspec.defstruct(
            f"{self.title}Kept",
            [("fact", self.record), ("landed", Landed)],
            frozen=True,
            kw_only=True,
            module=__name__,
        )


def record_from(resource: Resource, body: Incoming, before: Fact | None, code: str, now: datetime) -> Fact:
    """The record that a body makes, what people do not decide kept from the one before."""
    fields = {name: getattr(body, name) for name in resource.body.__struct_fields__}
    archived = fields.pop("archived", None)
    fields["code"] = code
    if archived is not None:
        fields["archived_at"] = (getattr(before, "archived_at", None) or now) if archived else None
    made = msgspec.convert(fields, resource.record, from_attributes=True)
    if before is None:
        return made
    return msgspec.structs.replace(before, **{name: getattr(made, name) for name in fields})
