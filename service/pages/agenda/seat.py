"""Whose feed a page is about, who looks at it, and what its addresses may show."""

from typing import Any, NamedTuple

from db.queries.facts import facts_of
from db.records.facts import Facts
from service.actions.read_feeds import Subject, references_allowed, subjects_of
from service.catalogue import text
from service.edge.identity import identify
from service.errors import NotFound
from service.feed_options import FeedOptions
from service.french_text import initials
from service.pages.agenda.devices import DEVICES, MACHINE, Device
from service.pages.context import AnyRequest, Visit, enter

KINDS = {
    "personne": "staff",
    "lieu": "site",
    "promotion": "promotion",
    "partenaire": "partner",
    "territoire": "territory",
}
WORDS = {
    "staff": "Permanences, séances, entretiens et réunions publiés. Ni nom, ni brouillon.",
    "site": "Qui est présent et quand, séances, fermetures. Rien sur les personnes accompagnées.",
    "promotion": "Les séances, leur salle, qui anime et qui intervient. Rien sur les personnes accompagnées.",
    "territory": "Tout ce qui est publié. Rien sur les personnes accompagnées.",
    "partner": "Les places libres des lieux ouverts à ce partenaire et ses propres orientations, rien d’autre.",
}
OF_ONE_S_SERVICE = "Les places libres de vos lieux et les orientations de votre service, rien d’autre."
OPTION_WORDS = {
    "office": "Montrer les demi-journées au bureau",
    "protected": "Montrer mon temps protégé (« je suis pris »)",
    "references": "Montrer les références des personnes accompagnées",
}
OPTIONS_OF = {
    "staff": ("office", "protected", "references"),
    "territory": ("office",),
    "partner": ("references",),
}
PHONE_FRAME, PARTNER_FRAME, WIDE_FRAME = "staff/frame.html", "partner/frame.html", "base.html"


class FeedSeat(NamedTuple):
    """`here` is the address of the subscription page, `suffix` what its forms keep of the query."""

    visit: Visit
    subject: Subject
    here: str
    suffix: str = ""
    frame: str = WIDE_FRAME

    @property
    def devices(self) -> tuple[Device, ...]:
        return (*DEVICES, MACHINE) if self.subject.kind == "partner" else DEVICES

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Codes and words of what an address may show here if wanted."""
        codes = OPTIONS_OF.get(self.subject.kind, ())
        allowed = references_allowed(self.visit.territory)
        return tuple(
            (code, _option_words(code, self.subject.kind))
            for code in codes
            if code != "references" or allowed
        )

    def chosen(self, codes: tuple[str, ...]) -> FeedOptions:
        """The options ticked, of those offered: a page may be older than what the territory allows."""
        offered = {code for code, _ in self.options}
        return FeedOptions(**{code: True for code in codes if code in offered})

    def context(self) -> dict[str, Any]:
        """What every template about this feed needs."""
        own, is_partner = self.frame == PHONE_FRAME, self.frame == PARTNER_FRAME
        return {
            "frame": self.frame,
            "subject": self.subject,
            "partner": {"name": self.subject.title.partition(" · ")[0]},
            "acts_for": False,
            "title": text("Mon agenda") if (own or is_partner) and not self.suffix else _title(self.subject),
            "shows": text(OF_ONE_S_SERVICE if is_partner else WORDS[self.subject.kind]),
            "agenda": self.here,
            "suffix": self.suffix,
            "watched": bool(self.suffix),
            "who": initials(self.subject.code),
            "here": self.visit.shell.address(""),
            "own": own,
        }


def _option_words(code: str, kind: str) -> str:
    if (code, kind) == ("references", "partner"):
        return text("Montrer nos repères dans les orientations")
    return text(OPTION_WORDS[code])


def _title(subject: Subject) -> str:
    name = subject.title if subject.kind in ("promotion", "site") else subject.title.partition(" · ")[0]
    return text("Agenda : {name}", name=initials(name))


async def own_seat(request: AnyRequest, territory: str) -> FeedSeat | None:
    """The feed of whoever asks; of `?personne=` for a coordinator, who has none alone."""
    visit = await enter(request, territory, "mon-agenda")
    facts, identity = await facts_of(visit.territory.id), await identify(request)
    here = visit.shell.address("mon-agenda")
    if identity is not None and identity.role == "partner":
        return FeedSeat(visit, _subject(facts, "partner", identity.partner_code), here, frame=PARTNER_FRAME)
    if identity is not None and identity.role == "staff":
        return FeedSeat(visit, _subject(facts, "staff", identity.staff_code), here, frame=PHONE_FRAME)
    asked = request.query_params.get("personne")
    if asked is None:
        return None
    subject = _subject(facts, "staff", asked)
    return FeedSeat(visit, subject, here, f"?personne={subject.code}", PHONE_FRAME)


async def any_seat(request: AnyRequest, territory: str, kind: str, code: str) -> FeedSeat:
    """A feed of the territory, for its coordination. Raises `NotFound`."""
    visit = await enter(request, territory, "agendas")
    facts = await facts_of(visit.territory.id)
    subject = _subject(facts, KINDS.get(kind, ""), code)
    return FeedSeat(visit, subject, visit.shell.address(f"agendas/{kind}/{code}"))


def _subject(facts: Facts, kind: str, code: str | None) -> Subject:
    for one in subjects_of(facts):
        if (one.kind, one.code) == (kind, code):
            return one
    raise NotFound(text("Cet agenda n’existe pas ici."))
