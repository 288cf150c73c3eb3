"""How long a territory keeps things, and what would go today: counted, nothing done."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.set_lifetimes import set_lifetimes
from service.catalogue import text
from service.pages.administration.entry import HERE, SHARED, come_in, said
from service.pages.context import AnyRequest
from service.pages.form_parts import whole_form
from service.pages.forms import NOTHING_TYPED, Answers, Field, read
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
MOST = {"mois": 120, "jours": 3_650}
FIELDS = tuple(
    Field(name=name, label=text("{label} ({unit})", label=text(label), unit=text(unit)), kind="number", least=1, most=MOST[unit],
          required=True, hint=text("Par défaut : {n}", n=getattr(DEFAULTS, name)))
    for name, (label, unit) in LABELS.items()
)  # fmt: skip
YES = (("oui", text("oui")),)
CONTACTS = Field(
    name="contacts", label=text("Coordonnées des personnes accompagnées"), kind="checks", options=YES
)
DESTROY = Field(name="destroy", label=text("Destruction des coordonnées gardées"), kind="checks", options=YES)


@get(f"{HERE}/conservation", **SHARED)
async def show_lifetimes(request: AnyRequest, territory: str) -> Response[str]:
    """Lengths, and how many of each have had their time today."""
    return await _page(request, territory)


@post(f"{HERE}/conservation", **SHARED)
async def keep_lifetimes(request: AnyRequest, territory: str) -> Response[Any]:
    """Giving up contacts destroys those that are kept: it takes a second tick."""
    visit = await come_in(request, territory, "conservation")
    answers = read((*FIELDS, CONTACTS, DESTROY), await whole_form(request))
    contacts, destroy = answers.values.pop("contacts", ()), answers.values.pop("destroy", ())
    if keeps_contacts(visit.territory) and not contacts and not destroy:
        words = text("cochez aussi la destruction des coordonnées gardées")
        answers = answers.with_problem(CONTACTS.name, CONTACTS.label, words)
    if answers.problems:
        return await _page(request, territory, answers)
    await set_lifetimes(territory, answers.values, contacts=bool(contacts))
    return Redirect(f"/t/{territory}/administration/conservation?fait=durees", status_code=303)


async def _page(request: AnyRequest, territory: str, answers: Answers = NOTHING_TYPED) -> Response[str]:
    visit = await come_in(request, territory, "conservation")
    now, lifetimes = datetime.now(UTC), lifetimes_of(visit.territory)
    due = await due_in(visit.territory, now)
    kept: dict[str, tuple[str, ...]] = {name: (str(getattr(lifetimes, name)),) for name in LABELS}
    kept |= {"contacts": ("oui",) if keeps_contacts(visit.territory) else (), "destroy": ()}
    words = {
        "fields": FIELDS,
        "typed": {**kept, **answers.typed},
        "problems": answers.problems,
        "due": [
            (text("Personnes à effacer"), len(due.participants)),
            (text("Repères d’orientations à effacer"), len(due.labels)),
            (text("Calculs à oublier"), len(due.problems)),
            (text("Lignes du journal à oublier"), due.trail_count),
            (text("Courriels à vider"), due.mails_count),
        ],
        "contacts": keeps_contacts(visit.territory),
        "said": said(request),
    }
    status_code = 422 if answers.problems else 200
    return page("administration/lifetimes.html", visit.shell, words, status_code=status_code)


LIFETIMES_PAGES = (show_lifetimes, keep_lifetimes)
