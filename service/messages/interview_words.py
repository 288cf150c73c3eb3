"""What people call an interview that is asked for: whom it is for, never the code of the need."""

from planner.problem import Interview
from service.catalogue import text
from service.french_text import initials

OF_NOBODY = {
    "diagnostic": "de diagnostic",
    "suivi": "de suivi",
    "bilan": "de bilan",
}


def interview_words(need: Interview) -> str:
    """Entretien KM4821; without a participant, who follows it: Entretien F.M.; else Entretien de diagnostic."""
    return text("Entretien {who}", who=whose(need))


def whose(need: Interview) -> str:
    """KM4821, F.M. or de diagnostic."""
    return need.participant or initials(need.referent or "") or text(OF_NOBODY[need.kind])
