"""The rules, in the order in which they are listed everywhere."""

from collections.abc import Iterator
from typing import Protocol

from planner.breach import Breach
from planner.plan_view import PlanView
from planner.rules.access_notice import AccessNotice
from planner.rules.accreditation import Accreditation
from planner.rules.availability import Availability
from planner.rules.cadence import Cadence
from planner.rules.frozen import Frozen
from planner.rules.interview_capacity import InterviewCapacity
from planner.rules.interview_place import InterviewPlace
from planner.rules.interview_staff import InterviewStaff
from planner.rules.interview_window import InterviewWindow
from planner.rules.one_place_at_a_time import OnePlaceAtATime
from planner.rules.participant_one_at_a_time import ParticipantOneAtATime
from planner.rules.partner_places import PartnerPlaces
from planner.rules.pinned import Pinned
from planner.rules.room import Room
from planner.rules.sequence_order import SequenceOrder
from planner.rules.site_open import SiteOpen
from planner.rules.spacing import Spacing
from planner.rules.speaker_present import SpeakerPresent
from planner.rules.staffing import Staffing
from planner.rules.workload import Workload


class Rule(Protocol):
    """The checker's half of a rule; the solver's half (`allows`, `post`) shares no logic with it."""

    name: str
    codes: tuple[str, ...]

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """The breaches of this rule in a plan."""
        ...


RULES: tuple[Rule, ...] = (
    OnePlaceAtATime(),
    Availability(),
    Accreditation(),
    AccessNotice(),
    SiteOpen(),
    Staffing(),
    Cadence(),
    Spacing(),
    SequenceOrder(),
    Room(),
    SpeakerPresent(),
    InterviewWindow(),
    InterviewPlace(),
    InterviewStaff(),
    InterviewCapacity(),
    PartnerPlaces(),
    ParticipantOneAtATime(),
    Workload(),
    Pinned(),
    Frozen(),
)

REASON_CODES: dict[str, tuple[str, ...]] = {rule.name: rule.codes for rule in RULES}
"""The codes by which each rule says what is wrong; the message catalogue words each of them."""
