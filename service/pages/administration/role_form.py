"""The forms of an account: who is invited, and with which role."""

from db.records.account import Grant
from db.records.facts import Facts
from service.actions.invite_account import LONGEST_NAME
from service.catalogue import text
from service.french_text import capital
from service.pages.facts.resource import staff_options
from service.pages.forms import Answers, Field
from service.pages.shell import ROLE_NAMES

GUEST = (
    Field(name="email", label=text("Adresse de courriel"), kind="email", required=True),
    Field(name="name", label=text("Nom affiché"), longest=LONGEST_NAME),
)


def role_fields(facts: Facts) -> tuple[Field, ...]:
    """One question: of the team and of partners, each person and each service is a role of its own."""
    team = [(f"staff:{code}", text("Équipe : {who}", who=name)) for code, name in staff_options(facts)]
    partners = [
        (f"partner:{code}", text("Partenaire : {who}", who=name)) for code, name in partner_options(facts)
    ]
    others = [(code, capital(text(ROLE_NAMES[code]))) for code in ("coordinator", "administrator")]
    options = (*team, *partners, *others)
    return (Field(name="role", label=text("Rôle"), kind="select", options=options, required=True),)


def partner_options(facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.name) for one in facts.partners if one.archived_at is None)


def who_has_it(facts: Facts) -> dict[str, str]:
    """Words for the people and the services that a role names, by their codes."""
    return dict((*staff_options(facts), *partner_options(facts)))


def grant_from(answers: Answers, territory: str) -> Grant:
    """The role as answered."""
    role, _, who = answers.values["role"].partition(":")
    return Grant(
        role=role,
        territory=territory,
        staff=who if role == "staff" else None,
        partner=who if role == "partner" else None,
    )
