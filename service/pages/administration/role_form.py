"""The forms of an account: who is invited, and with which role."""

from db.records.account import Grant
from db.records.facts import Facts
from service.actions.grant_role import ROLES
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
    roles = tuple((code, capital(text(ROLE_NAMES[code]))) for code in ROLES)
    partners = tuple((one.code, one.name) for one in facts.partners if one.archived_at is None)
    return (
        Field(name="role", label=text("Rôle"), kind="select", options=roles, required=True, default=("staff",)),
        Field(name="staff", label=text("Si équipe : qui"), kind="select", options=staff_options(facts)),
        Field(name="partner", label=text("Si partenaire : lequel"), kind="select", options=partners),
    )  # fmt: skip


def check_role(answers: Answers) -> Answers:
    """A role of the team names a person, that of a partner a partner."""
    role, values = answers.values.get("role"), answers.values
    if role == "staff" and values.get("staff") == "":
        return answers.with_problem("staff", text("Si équipe : qui"), text("à choisir pour ce rôle"))
    if role == "partner" and values.get("partner") == "":
        return answers.with_problem("partner", text("Si partenaire : lequel"), text("à choisir pour ce rôle"))
    return answers


def grant_from(answers: Answers, territory: str) -> Grant:
    """The role as answered; who it does not concern is left out."""
    role, values = answers.values["role"], answers.values
    return Grant(
        role=role,
        territory=territory,
        staff=(values["staff"] or None) if role == "staff" else None,
        partner=(values["partner"] or None) if role == "partner" else None,
    )
