"""What tells one assignment of a plan from every other: no two have one key, whatever signs their ids hold."""

import re
from datetime import date

from planner.plan import OfficeHalfDay, PlannedSession
from planner.problem import Interview
from planner.records import HalfDay

_IN_A_WORD = str.maketrans({" ": "\\ ", "\\": "\\\\"})
_IN_A_STEP = str.maketrans({"/": "\\|", "#": "\\:", "\\": "\\\\"})
_NUMBERED = re.compile(r".+#\d+", re.DOTALL)


def permanence_key(cadence: str, on: date, half_day: HalfDay) -> str:
    return f"{cadence.translate(_IN_A_WORD)} {on.isoformat()} {half_day}"


def session_about(session: PlannedSession) -> str:
    """ "promotion/sequence" or "cadence#number"."""
    if session.promotion is not None:
        return sequence_key(session.promotion, session.sequence or "")
    return f"{session.cadence}#{session.number}"


def sequence_key(promotion: str, sequence: str) -> str:
    """ "promotion/sequence"; the last part holds none of the signs by which keys are read."""
    return f"{promotion}/{sequence.translate(_IN_A_STEP)}"


def office_key(office: OfficeHalfDay) -> str:
    staff, site = (one.translate(_IN_A_WORD) for one in (office.staff, office.site))
    return f"{staff} {site} {office.on.isoformat()} {office.half_day}"


def visit_key(need: Interview, number: int) -> str:
    """The need's id, and its number where the need has several or its id reads as if it had."""
    is_told = need.count > 1 or _NUMBERED.fullmatch(need.id)
    return f"{need.id}#{number}" if is_told else need.id


def words_of(key: str) -> list[str]:
    """The parts of a permanence's key (three) or an office half-day's (four)."""
    return [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r"(?:\\.|[^ \\])+", key, re.DOTALL)]
