"""What stands around every page: who is signed in, where, and the places of the navigation."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.catalogue import gettext
from service.edge.identity import Identity, Role
from service.pages.forms import NOTHING_TYPED, Answers

MAINLAND = "Europe/Paris"
ROLE_NAMES: dict[str, str] = {
    "administrator": "administration",
    "coordinator": "coordination",
    "staff": "équipe",
    "partner": "partenaire",
    "public": "visite",
}
COORDINATOR_PLACES = (
    ("planning", "Planning"),
    ("lieux", "Lieux et cadences"),
    ("equipe", "Équipe"),
    ("promotions", "Promotions"),
    ("personnes", "Personnes accompagnées"),
    ("partenaires", "Partenaires"),
    ("agendas", "Agendas"),
    ("suivi", "Suivi"),
)
STAFF_PLACES = (
    ("ma-semaine", "Ma semaine"),
    ("a-renseigner", "À renseigner"),
    ("mes-absences", "Absences"),
    ("mon-agenda", "Mon agenda"),
)
ADMINISTRATOR_PLACES = (
    ("administration/comptes", "Comptes"),
    ("administration/agendas", "Adresses d’agendas"),
    ("administration/journal", "Journal"),
    ("administration/conservation", "Conservation"),
    ("administration/travaux", "Travaux et courriels"),
)
PARTNER_PLACES = (
    ("places", "Places libres"),
    ("orientations", "Mes orientations"),
    ("mon-agenda", "Mon agenda"),
    ("aide", "Aide"),
)
PLACES: dict[Role, tuple[tuple[str, str], ...]] = {
    "coordinator": COORDINATOR_PLACES,
    "administrator": ADMINISTRATOR_PLACES,
    "staff": STAFF_PLACES,
    "partner": PARTNER_PLACES,
    "public": (),
}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    address: str
    current: bool = False


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in: short initials for the head, a role in words.

    `name` is how what they do is signed: the code of the team, else the account's name, else the role in
    words; never an address, which colleagues need not know.
    """

    initials: str
    role: Role
    name: str = ""
    id: UUID | None = None
    """Null for whoever has no account of their own: a machine that serves itself alone."""

    @property
    def role_name(self) -> str:
        return gettext(ROLE_NAMES[self.role])


class Shell(msgspec.Struct, frozen=True, kw_only=True):
    """The frame of one page. `territory` is its code, empty on pages that belong to none."""

    territory: str = ""
    territory_name: str = ""
    zone: str = MAINLAND
    """In whose days moments are told."""
    account: Account | None = None
    is_unknown_who: bool = False
    """Whether a session came whose account was not looked up: what waits in this page is sent as nobody else."""
    others: tuple[str, ...] = ()
    """Initials of colleagues at work on the same draft."""
    current: str = ""
    csrf_token: str = ""
    territories: tuple[tuple[str, str], ...] = ()
    """Codes and names of the territories that this person may enter."""
    opens_territories: bool = False
    """Whether this person administers all of them, and may open one more."""
    theme: str = ""
    contrast: str = ""
    cells: str = ""
    single_keys: bool = True
    month_on: date | None = None
    """The month that was on their board last, where pages of facts lead back to."""
    wrong: Answers = NOTHING_TYPED
    """What was sent and refused, where a form is asked again."""

    @property
    def places(self) -> tuple[Place, ...]:
        if self.account is None or not self.territory:
            return ()
        return tuple(
            Place(label=gettext(label), address=f"/t/{self.territory}/{code}", current=code == self.current)
            for code, label in PLACES[self.account.role]
        )

    @property
    def home(self) -> str:
        """Where this person begins in a territory, after its address."""
        begins = self.account is not None and self.account.role == "administrator"
        return ADMINISTRATOR_PLACES[0][0] if begins else COORDINATOR_PLACES[0][0]

    def day_of(self, at: datetime) -> date:
        """The day of a moment, as they count days here."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def ticked(self, name: str, value: str, *, else_: bool = False) -> bool:
        """Whether an answer stands ticked: as it was sent, or as it does before anybody sent one."""
        return value in self.wrong.typed[name] if name in self.wrong.typed else else_

    def address(self, rest: str) -> str:
        """An address inside the territory."""
        return f"/t/{self.territory}/{rest}"


def account_of(identity: Identity | None) -> Account | None:
    """The head's account: initials where the person has a code, else the role's."""
    if identity is None:
        return None
    code = identity.staff_code or identity.partner_code
    shown = code or ROLE_NAMES[identity.role][:2].upper()
    name = code or identity.name or gettext(ROLE_NAMES[identity.role])
    return Account(initials=shown, role=identity.role, name=name, id=_id_of(identity.account_id))


def _id_of(account_id: str) -> UUID | None:
    try:
        return UUID(account_id)
    except ValueError:
        return None
