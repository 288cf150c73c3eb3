"""Every kind of fact that has a form, by its part of addresses, and the pages they go back to."""

from service.pages.facts.absence_form import ABSENCE
from service.pages.facts.accreditation_form import ACCREDITATION
from service.pages.facts.between_form import HOLIDAY, TRAVEL
from service.pages.facts.cadence_form import CADENCE, OCCURRENCE
from service.pages.facts.closure_form import CLOSURE
from service.pages.facts.meeting_form import MEETING
from service.pages.facts.need_form import NEED
from service.pages.facts.participant_form import PARTICIPANT
from service.pages.facts.partner_form import PARTNER, PROGRAMME
from service.pages.facts.promotion_form import PROMOTION
from service.pages.facts.site_form import SITE
from service.pages.facts.step_form import SPEAKER, STEP
from service.pages.facts.team_form import PERSON
from service.pages.facts.volume_form import VOLUME
from service.pages.facts.wish_form import WISH
from service.pages.facts.workshop_form import WORKSHOP

PLACES_FIRST = (SITE, CADENCE, OCCURRENCE, CLOSURE, WORKSHOP, TRAVEL, HOLIDAY)
TEAM = (PERSON, ABSENCE, ACCREDITATION, WISH, MEETING)
COLLECTIVE = (PROMOTION, STEP, SPEAKER)
FOLLOWED = (PARTICIPANT, NEED, VOLUME, PROGRAMME, PARTNER)
RESOURCES = {one.path: one for one in (*PLACES_FIRST, *TEAM, *COLLECTIVE, *FOLLOWED)}
NAMELESS = {
    "absences": "Absence",
    "closures": "Fermeture",
    "needs": "Entretien demandé",
    "paths": "Parcours",
    "volumes": "Volume d’entretiens",
    "wishes": "Souhait",
}
"""What heads the form of a fact that has no name of its own, before whom and when it concerns."""
PLACE_WORDS = {
    "lieux": "Lieux et cadences",
    "equipe": "Équipe",
    "promotions": "Promotions",
    "personnes": "Personnes accompagnées",
    "partenaires": "Partenaires",
}
