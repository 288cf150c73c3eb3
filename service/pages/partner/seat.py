"""Who sits before a partner's page: one of its officers, or a coordinator who acts for it."""

from typing import Any, NamedTuple

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


class PartnerSeat(NamedTuple):
    """`suffix` is what links and forms keep of the query when a coordinator acts for a partner."""

    visit: Visit
    facts: PartnerFacts
    partner: Partner
    holder: Holder
    suffix: str = ""

    @property
    def territory(self) -> Territory:
        return self.visit.territory

    def address(self, rest: str) -> str:
        return self.visit.shell.address(rest) + self.suffix

    def page(self, template: str, words: dict[str, Any], *, status_code: int = 200) -> Response[str]:
        """A page in the partners' frame."""
        shared = {
            "partner": self.partner,
            "suffix": self.suffix,
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
    suffix = f"?partenaire={holder.partner}" if holder.coordinator else ""
    return PartnerSeat(visit, facts, facts.partner(holder.partner), holder, suffix)
