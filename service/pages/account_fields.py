"""The small forms of the door and of one's own account: their fields, and where a refusal is shown."""

from service.accounts.api_tokens import SCOPES
from service.accounts.errors import WeakPassword
from service.actions.make_api_token import LONGEST_DAYS, LONGEST_NAME
from service.catalogue import text
from service.errors import ServiceError
from service.pages.forms import Answers, Field, Problem, read

EMAIL = Field(name="email", label=text("Adresse de courriel"), kind="email", required=True)
OLD, NEW, AGAIN = (
    Field(name="old", label=text("Mot de passe actuel"), kind="password", autocomplete="current-password", required=True),
    Field(name="password", label=text("Nouveau mot de passe"), kind="password", autocomplete="new-password", required=True,
          hint=text("Au moins 12 caractères. Une phrase de quatre mots est facile à retenir et difficile à deviner.")),
    Field(name="again", label=text("Le même, encore une fois"), kind="password", autocomplete="new-password", required=True),
)  # fmt: skip
CODE = Field(
    name="code", label=text("Code à six chiffres"), autocomplete="one-time-code", required=True, longest=20
)
TOKEN = (
    Field(name="name", label=text("À quoi il sert"), required=True, longest=LONGEST_NAME),
    Field(name="days", label=text("Durée en jours"), kind="number", least=1, most=LONGEST_DAYS, required=True, default=("90",)),
    Field(name="scopes", label=text("Ce qu’il permet"), kind="checks", required=True,
          options=tuple((code, text(label)) for code, label in SCOPES.items())),
)  # fmt: skip


def refused(field: Field, message: str) -> Answers:
    """A form of secrets comes back empty, with one message at its field."""
    problem = Problem(field=field.name, label=field.label, message=message)
    return Answers(typed={}, values={}, problems=(problem,))


def sentence(error: ServiceError) -> str:
    return text(f"{error.title}. {error.detail}".strip()).rstrip(".")


def weakness(error: WeakPassword) -> str:
    """Why, as a message of its field: « il a moins de 12 caractères »."""
    return text(error.detail[:1].lower() + error.detail[1:].rstrip("."))


def refused_password(error: ServiceError) -> Answers:
    """What is weak is the new one; anything else is about who one is."""
    return refused(NEW, weakness(error)) if isinstance(error, WeakPassword) else refused(OLD, sentence(error))


def address_typed(form: dict[str, list[str]]) -> Answers:
    """An address that could be one: whether it has an account is never told."""
    return read((EMAIL,), form)
