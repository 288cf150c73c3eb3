"""How long a territory keeps things, and what would go today: counted, nothing done."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.set_lifetimes import set_lifetimes
from service.catalogue import text
from service.errors import BadInput
from service.pages.administration.entry import HERE, SHARED, come_in, said
from service.pages.context import AnyRequest
from service.pages.form_parts import sent
from service.pages.rendering import page
from service.privacy.lifetimes import DEFAULTS
from service.privacy.retention import due_in, lifetimes_of
from service.privacy.vault import keeps_contacts

LABELS = {
    "participants_months": ("Personnes accompagnées, après le dernier contact", "mois"),
    "orientations_days": ("Orientations et repères des partenaires, après le rendez-vous", "jours"),
    "trail_months": ("Journal des lectures et des changements", "mois"),
    "problems_days": ("Calculs des plannings remplacés", "jours"),
}


@get(f"{HERE}/conservation", **SHARED)
async def show_lifetimes(request: AnyRequest, territory: str) -> Response[str]:
    """Lengths, and how many of each have had their time today."""
    return await _page(request, territory)


@post(f"{HERE}/conservation", **SHARED)
async def keep_lifetimes(request: AnyRequest, territory: str) -> Response[Any]:
    """Giving up contacts destroys those that are kept: it takes a second tick."""
    typed = dict(zip(LABELS, await sent(request, *LABELS), strict=True))
    contacts, destroy = await sent(request, "contacts", "destroy")
    try:
        visit = await come_in(request, territory, "conservation")
        if keeps_contacts(visit.territory) and not contacts and not destroy:
            raise BadInput("Cochez aussi la destruction des coordonnées gardées.")
        await set_lifetimes(territory, _lengths(typed), contacts=bool(contacts))
    except BadInput as error:
        return await _page(request, territory, error)
    return Redirect(f"/t/{territory}/administration/conservation?fait=durees", status_code=303)


def _lengths(typed: dict[str, str]) -> dict[str, int]:
    if not all(value.isdecimal() for value in typed.values()):
        raise BadInput("Une durée est un nombre entier.")
    return {name: int(value) for name, value in typed.items()}


async def _page(request: AnyRequest, territory: str, error: BadInput | None = None) -> Response[str]:
    visit = await come_in(request, territory, "conservation")
    now, lifetimes = datetime.now(UTC), lifetimes_of(visit.territory)
    due = await due_in(visit.territory, now)
    defaults = msgspec.structs.asdict(DEFAULTS)
    words = {
        "fields": [
            (name, text(label), text(unit), getattr(lifetimes, name), defaults[name])
            for name, (label, unit) in LABELS.items()
        ],
        "due": [
            (text("Personnes à effacer"), len(due.participants)),
            (text("Repères d’orientations à effacer"), len(due.labels)),
            (text("Calculs à oublier"), len(due.problems)),
            (text("Lignes du journal à oublier"), due.trail_count),
            (text("Courriels à vider"), due.mails_count),
        ],
        "contacts": keeps_contacts(visit.territory),
        "problem": text(error.detail) if error else "",
        "said": said(request),
    }
    return page(
        "administration/lifetimes.html", visit.shell, words, status_code=error.status if error else 200
    )


LIFETIMES_PAGES = (show_lifetimes, keep_lifetimes)
