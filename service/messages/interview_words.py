"""What people call an interview that is asked for: whom it is for, never the code of the need."""

from planner.problem import Interview
from service.catalogue import text
from service.french_text import initials


def interview_words(need: Interview) -> str:
    """Entretien KM4821; without a participant, who follows it: Entretien F.M."""
    return text("Entretien {who}", who=need.participant or initials(need.referent or "") or need.id)
