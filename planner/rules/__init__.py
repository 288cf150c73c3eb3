"""The rules, in the order in which they are listed everywhere."""

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
from planner.rules.rule import Rule
from planner.rules.sequence_order import SequenceOrder
from planner.rules.site_open import SiteOpen
from planner.rules.spacing import Spacing
from planner.rules.speaker_present import SpeakerPresent
from planner.rules.staffing import Staffing
from planner.rules.workload import Workload

STANDING_RULES: tuple[Rule, ...] = (
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
)
"""The rules that any plan may break, published or not, pinned or not."""

RULES: tuple[Rule, ...] = (*STANDING_RULES, Pinned(), Frozen(STANDING_RULES))
"""All rules."""

REASON_CODES: dict[str, tuple[str, ...]] = {rule.name: rule.codes for rule in RULES}
"""The codes by which each rule says what is wrong; the message catalogue words each of them."""
