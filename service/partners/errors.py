"""What a partner can be refused, each with what to do next; `alternatives` are the nearest free places."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.catalogue import text
from service.errors import BadInput, Conflict, Detail
from service.partners.places import OfferedPlace
from service.partners.settings import PartnerSettings, whom_to_call


class PlaceRefused(Conflict):
    """The base: the place cannot be had any more. Nothing was kept. `waits_for`: the promotion one can wait for."""

    code = "place-refused"
    title = "Cette place n’est pas disponible"

    def __init__(
        self, detail: str = "", alternatives: Sequence[OfferedPlace] = (), waits_for: UUID | None = None
    ) -> None:
        more: dict[str, Detail] = {} if waits_for is None else {"waiting_list": str(waits_for)}
        super().__init__(detail, alternatives=[_told(one) for one in alternatives], **more)
        self.alternatives, self.waits_for = tuple(alternatives), waits_for


class PlaceTaken(PlaceRefused):
    """Somebody was quicker."""

    code = "place-taken"
    title = "Cette place vient d’être prise"


class PlaceClosed(PlaceRefused):
    """Too late to book, site closed, or half-day called off."""

    code = "place-closed"
    title = "Cette place ne peut plus être retenue"


class HoldLost(PlaceRefused):
    """A hold that expired, was given back, or was used for somebody else."""

    code = "hold-lost"
    title = "Cette place n’est plus retenue"


class TooManyHolds(Conflict):
    code = "too-many-holds"
    title = "Vous retenez déjà plusieurs places"


class OrientationOver(Conflict):
    """Cancelled, or its time has come."""

    code = "orientation-over"
    title = "Cette orientation est passée ou annulée"

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            detail
            or "Rien n’a changé. Si la personne a encore besoin d’un rendez-vous, choisissez une place libre."
        )


class TooLateHere(OrientationOver):
    """After the cut-off the partner calls; nothing changed."""

    code = "too-late-here"
    title = "Il est trop tard pour le faire ici"

    def __init__(self, settings: PartnerSettings) -> None:
        call = whom_to_call(settings)
        super().__init__(text("Le rendez-vous tient. Pour le changer, appelez : {call}.", call=call))


class AlreadyOriented(OrientationOver):
    """A place that is given back as if nobody had been oriented to it."""

    code = "already-oriented"
    title = "Une personne est orientée sur cette place"


class WrongForm(BadInput):
    """A form with fields to correct; `problems` are (field, message)."""

    code = "wrong-form"
    title = "Un champ est à corriger avant d’envoyer"

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(
            problems[0][1], problems=[{"field": field, "message": message} for field, message in problems]
        )
        self.problems = tuple(problems)


def _told(one: OfferedPlace) -> Detail:
    names = ("host_kind", "host_id", "slot", "site", "starts_at", "ends_at", "promotion")
    told: Detail = msgspec.to_builtins({name: getattr(one, name) for name in names})
    return told
