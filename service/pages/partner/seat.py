"""Who sits before a partner's page: one of its officers, or a coordinator who acts for it."""

from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response

from db.records.partner import Partner
from db.records.territory import Territory
from service.edge.holders import holder_at
from service.pages.context import AnyRequest, Visit, enter
from service.pages.rendering import page
from service.partners.holder import Holder
from service.partners.opened import PartnerFacts, partner_facts
from service.privacy.retention import lifetimes_of

HERE = "/t/{territory:str}"
AGAIN = "encore"


class PartnerSeat(NamedTuple):
    """`again` is the orientation whose person is oriented once more: links and forms keep it, and for whom one acts."""

    visit: Visit
    facts: PartnerFacts
    partner: Partner
    holder: Holder
    again: UUID | None = None

    @property
    def territory(self) -> Territory:
        return self.visit.territory

    @property
    def suffix(self) -> str:
        """What links and forms keep of the query."""
        partner = {"partenaire": self.holder.partner} if self.holder.coordinator else {}
        kept = urlencode(partner | ({AGAIN: str(self.again)} if self.again else {}))
        return f"?{kept}" if kept else ""

    def for_again(self, orientation: UUID | None) -> "PartnerSeat":
        """Before the places for that person; None once it is about nobody any more."""
        return self._replace(again=orientation)

    def address(self, rest: str) -> str:
        return self.visit.shell.address(rest) + self.suffix

    def page(self, template: str, words: dict[str, Any], *, status_code: int = 200) -> Response[str]:
        """A page in the partners' frame."""
        shared = {
            "partner": self.partner,
            "suffix": self.suffix,
            "again": self.again,
            "once_more": lambda orientation: self.for_again(orientation).address("places"),
            "acts_for": self.holder.coordinator,
            "sites": self.facts.sites,
            "kept_days": lifetimes_of(self.territory).orientations_days,
        }
        return page(template, self.visit.shell, {**shared, **words}, status_code=status_code)


async def sit(request: AnyRequest, territory: str, current: str) -> PartnerSeat:
    """Partners are themselves; a coordinator says for whom with `?partenaire=`. Raises `NotFound`."""
    visit = await enter(request, territory, current)
    holder = await holder_at(request, visit.territory, request.query_params.get("partenaire"))
    facts = await partner_facts(visit.territory)
    return PartnerSeat(visit, facts, facts.partner(holder.partner), holder)
