"""Why something is called off: the territory's own reasons, one tap each."""

from db.records.territory import Territory
from service.catalogue import text
from service.pages.forms import Field
from service.territory_settings import living_settings


def reason_field(territory: Territory) -> Field:
    known = living_settings(territory).cancel_reasons
    options = tuple((code, text(words)) for code, words in known.items())
    return Field(name="raison", label=text("Pourquoi"), kind="radios", required=True, options=options)
