"""Every Monday the coordination hears, before any partner notices, where places become scarce."""

from datetime import UTC, datetime

from db.queries.partner_accounts import addresses_of_coordination
from db.queries.territories import all_territories
from db.records.territory import Territory
from db.transaction import in_transaction
from service.actions.read_filling import PartnerFigures, read_figures
from service.catalogue import counted, text
from service.french_text import listed, number
from service.mail.outbox import NewMail, queue_mail
from service.partners.filling import WEEKS_AHEAD
from service.partners.when import site_name
from service.settings import Settings


async def warn_of_scarcity(settings: Settings, now: datetime | None = None) -> int:
    """How many messages were queued; one a week and address at most."""
    at = now or datetime.now(UTC)
    return sum([await _warn(territory, settings, at) for territory in await all_territories()])


async def _warn(territory: Territory, settings: Settings, now: datetime) -> int:
    today = territory.day_of(now)
    figures = await read_figures(territory, now)
    lines = scarcity_lines(figures)
    if today.weekday() != 0 or not lines:
        return 0
    body = "\n".join([*lines, "", f"{settings.address}/t/{territory.code}/partenaires/remplissage"])
    week = today.isocalendar()
    scarce = [site_name(figures.facts, one.site) for one in figures.scarcity if one.is_scarce]
    count = 0
    for address in await addresses_of_coordination(territory.id):
        mail = NewMail(
            kind="scarcity",
            to=address,
            subject=text("Places bientôt rares : {sites}", sites=listed(scarce)),
            body=body,
            territory_id=territory.id,
            dedupe_key=f"scarcity {territory.code} {address} {week.year}-{week.week}",
        )
        count += await in_transaction(lambda mail=mail: queue_mail(mail)) is not None  # type: ignore[misc]
    return count


def scarcity_lines(figures: PartnerFigures) -> list[str]:
    """`- CSL Gagny : 2 places libres en 4 semaines, demande habituelle 5,0, 1 déjà placée`"""
    return [
        text(
            "- {site} : {free} en {weeks} semaines, demande habituelle {usual}, {placed}",
            site=site_name(figures.facts, one.site),
            free=counted("{n} place libre", "{n} places libres", max(0, one.free)),
            weeks=WEEKS_AHEAD,
            usual=number(one.usual, 1),
            placed=counted("{n} déjà placée", "{n} déjà placées", one.placed),
        )
        for one in figures.scarcity
        if one.is_scarce
    ]
