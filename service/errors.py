"""What can go wrong at the edge of the house: each error knows its HTTP status and its French title.

`code` is stable and part of the address of a problem's type; `fields` are added to the answer.
Messages never hold a name, a reference or a text that someone typed.
"""

from typing import ClassVar

Detail = str | int | float | bool | None | list["Detail"] | dict[str, "Detail"]
"""What an answer may carry beside its sentence: plain JSON."""


class ServiceError(Exception):
    """The base of every expected error. Raised with the sentence shown to the person."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "Demande refusée"

    def __init__(self, detail: str = "", **fields: Detail) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.fields = fields


class BadInput(ServiceError):
    """A file, a setting or a body that cannot be read: the message names the file, the entry and the field."""

    code = "bad-input"
    title = "Données illisibles"


class NotSignedIn(ServiceError):
    status = 401
    code = "not-signed-in"
    title = "Connexion nécessaire"


class Forbidden(ServiceError):
    status = 403
    code = "forbidden"
    title = "Action non permise"


class NotFound(ServiceError):
    """Also what belongs to another territory: its existence is not told."""

    status = 404
    code = "not-found"
    title = "Introuvable"


class Conflict(ServiceError):
    status = 409
    code = "conflict"
    title = "Impossible dans l’état actuel"


class PlanInProgress(Conflict):
    """A plan of the same territory and horizon is queued or being solved."""

    code = "plan-in-progress"
    title = "Un planning est déjà en cours de calcul pour cette période"


class StepNotAllowed(Conflict):
    """The plan's state does not allow this step."""

    code = "step-not-allowed"
    title = "Ce planning ne permet pas cette action"


class DraftNoLongerHolds(Conflict):
    """Facts or bookings have changed since the draft was made; `lost` lists what no longer holds."""

    code = "draft-no-longer-holds"
    title = "Le brouillon ne tient plus : des faits ont changé depuis son calcul"


class PublishedIsUnknown(Conflict):
    """What is published names something that the facts do not know, an interview that no need asks for: `unknown` says what."""

    code = "published-is-unknown"
    title = "Quelque chose de publié ne correspond à rien de ce qui est connu : rien ne peut en être copié"


class AlreadyThere(Conflict):
    """Something else has that code already."""

    code = "already-there"
    title = "Ce code est déjà pris"


class NameTaken(Conflict):
    """Something else bears that name: `taken_by`, with its code and its name."""

    code = "name-taken"
    title = "Ce nom est déjà pris"


class StillAway(Conflict):
    """It stands on what is put away: `away`, each with its code and its name."""

    code = "still-away"
    title = "Ce dont cela dépend est retiré"


class StillUsed(Conflict):
    """Other things refer to it, `used_by` by kind: archive it, or change these first."""

    code = "still-used"
    title = "Encore utilisé ailleurs"


class Gone(ServiceError):
    status = 410
    code = "gone"
    title = "Adresse révoquée"


class StaleVersion(ServiceError):
    """Someone else changed the thing in between; `changed` names the fields, with theirs and yours."""

    status = 412
    code = "stale-version"
    title = "Modifié entre-temps par quelqu’un d’autre"


class RemovedMeanwhile(StaleVersion):
    """The change in between put the thing away: a stale version like any other, called what it is."""

    title = "Retiré entre-temps par quelqu’un d’autre"


class PreconditionMissing(ServiceError):
    """A write that must say which version it replaces."""

    status = 428
    code = "precondition-missing"
    title = "Version lue nécessaire"


class TooManyRequests(ServiceError):
    status = 429
    code = "too-many-requests"
    title = "Trop de demandes"


class Unavailable(ServiceError):
    status = 503
    code = "unavailable"
    title = "Momentanément indisponible"
