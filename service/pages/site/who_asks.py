"""Who asks a site for its dates, and whom it may ask: it knows the association, not the names we give to territories."""

from db.records.territory import Territory
from service.catalogue import text
from service.partners.settings import partner_settings


def who_asks(territory: Territory) -> str:
    """A sentence with the coordination's territory and the association, where that is set."""
    organisation = str(territory.settings.get("organisation") or "")
    if organisation in ("", territory.name):
        return text("La coordination {territory} vous propose ces dates.", territory=territory.name)
    return text(
        "La coordination {territory} ({organisation}) vous propose ces dates.",
        territory=territory.name,
        organisation=organisation,
    )


def whom_to_ask(territory: Territory) -> str:
    """Name, telephone and address of the territory's contact; empty when there is no way to reach it."""
    said, contact = str(territory.settings.get("contact") or ""), partner_settings(territory)
    ways = [way for way in (contact.contact_phone, contact.contact_email) if way]
    return said.rstrip(".") or (", ".join((contact.contact_name, *ways)) if ways else "")
