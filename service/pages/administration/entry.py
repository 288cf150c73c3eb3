"""What every page of the administration starts with."""

from typing import Any, NamedTuple
from uuid import UUID

from db.errors import NotFoundError
from db.queries.accounts import account_by_id, all_accounts, grants_of
from db.records.account import Account, Grant
from service.catalogue import text
from service.edge.identity import Identity, identify
from service.errors import Forbidden, NotFound
from service.pages.context import AnyRequest, Visit, enter

ADMINISTRATORS = ("administrator",)
HERE = "/t/{territory:str}/administration"
SHARED: dict[str, Any] = {"roles": ADMINISTRATORS, "include_in_schema": False}
SAID = {
    "territoire": "Le territoire est ouvert, sa coordination est invitée.",
    "invitation": "Compte ajouté ; l’invitation est en route.",
    "lien": "Un nouveau lien est envoyé ; l’ancien ne vaut plus.",
    "role": "Rôle ajouté.",
    "sans-role": "Rôle retiré : il ne vaut plus, dès maintenant.",
    "ferme": "Compte fermé, ses sessions et ses jetons aussi.",
    "ouvert": "Compte rouvert.",
    "partout": "Toutes les sessions de ce compte sont fermées.",
    "sans-code": "La double authentification de ce compte est retirée.",
    "jeton": "Jeton révoqué.",
    "adresse": "Adresse révoquée : cet appareil ne lit plus l’agenda. Une autre adresse se crée en un geste.",
    "abandon": "Le calcul s’arrête ; rien n’en est gardé.",
    "durees": "Durées enregistrées.",
    "courriel": "Ce courriel repart.",
}


MAILED = ("invitation", "lien", "territoire", "courriel")
NO_SERVER = "Aucun serveur de courriel n’est réglé : le message attend ; « escale account invite » donne le lien de vive voix."


class Known(NamedTuple):
    """An account with its roles."""

    account: Account
    grants: tuple[Grant, ...]

    def roles_in(self, territory: str) -> tuple[Grant, ...]:
        """Roles that count in a territory, those of the whole house included."""
        return tuple(one for one in self.grants if one.territory in (None, territory))


async def come_in(request: AnyRequest, territory: str, current: str) -> Visit:
    return await enter(request, territory, f"administration/{current}")


async def administrator(request: AnyRequest) -> Identity:
    """Who administers. Raises `Forbidden` when nobody is signed in, which the guard sees to."""
    identity = await identify(request)
    if identity is None:
        raise Forbidden
    return identity


async def known_in(territory: str, identity: Identity) -> tuple[Known, ...]:
    """Accounts with a role that counts here; who administers everything also sees those without any role."""
    known = [Known(one, await grants_of(one.id)) for one in await all_accounts()]
    return tuple(
        one for one in known if one.roles_in(territory) or (identity.territories is None and not one.grants)
    )


async def known(territory: str, account_id: UUID, identity: Identity) -> Known:
    """Raises `NotFound`, also for an account of another territory alone."""
    try:
        found = Known(await account_by_id(account_id), await grants_of(account_id))
    except NotFoundError as error:
        raise NotFound("Ce compte n’existe pas ici.") from error
    if not found.roles_in(territory) and not (identity.territories is None and not found.grants):
        raise NotFound("Ce compte n’existe pas ici.")
    return found


def said(request: AnyRequest) -> str:
    done = request.query_params.get("fait", "")
    told = text(SAID.get(done, ""))
    waits = done in MAILED and not request.app.state.settings.smtp
    return f"{told} {text(NO_SERVER)}" if waits else told
