"""What can go wrong at the door. Messages never tell whether an address has an account."""

from service.errors import Conflict, Forbidden, NotFound, ServiceError


class WrongCredentials(ServiceError):
    """The same for an unknown address, a wrong password and a closed account."""

    status = 401
    code = "wrong-credentials"
    title = "Adresse ou mot de passe incorrect"


class WrongCode(ServiceError):
    status = 401
    code = "wrong-code"
    title = "Ce code n’est pas le bon, ou il a déjà servi"


class LockedOut(ServiceError):
    """Too many failed attempts; `retry_after` are seconds."""

    status = 429
    code = "locked-out"
    title = "Trop d’essais : ce compte est bloqué pour un moment"


class WeakPassword(ServiceError):
    code = "weak-password"
    title = "Ce mot de passe est trop facile à deviner"


class LinkNotValid(ServiceError):
    """Unknown, expired, revoked or used."""

    status = 410
    code = "link-not-valid"
    title = "Ce lien n’est plus valable"


class NotAUser(Forbidden):
    """The provider knows this person, escale does not."""

    code = "not-invited"
    title = "Ce compte n’est pas invité dans escale"


class ProviderRefused(ServiceError):
    """The provider's answer does not hold: wrong state, wrong signature, another audience."""

    status = 400
    code = "provider-refused"
    title = "La connexion par votre organisation n’a pas abouti"


class ForgedForm(Forbidden):
    code = "forged-form"
    title = "Ce formulaire n’est plus valable : rechargez la page et recommencez"


class TotpState(Conflict):
    code = "totp-state"
    title = "La double authentification n’est pas dans cet état"


class NoProvider(NotFound):
    """No provider is set."""


class AddressTaken(Conflict):
    code = "address-taken"
    title = "Cette adresse a déjà un compte"
