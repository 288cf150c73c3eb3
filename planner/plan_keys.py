"""What tells one assignment of a plan from every other of its kind."""

from datetime import date

from planner.plan import OfficeHalfDay, PlannedSession
from planner.problem import Interview
from planner.records import HalfDay


def permanence_key(cadence: str, on: date, half_day: HalfDay) -> str:
    return f"{cadence} {on.isoformat()} {half_day}"


def session_about(session: PlannedSession) -> str:
    """ "promotion/sequence" or "cadence#number"."""
    if session.promotion is not None:
        return f"{session.promotion}/{session.sequence}"
    return f"{session.cadence}#{session.number}"


def office_key(office: OfficeHalfDay) -> str:
    return f"{office.staff} {office.site} {office.on.isoformat()} {office.half_day}"


def visit_key(need: Interview, number: int) -> str:
    """The need's id, and its number where the need has several."""
    return need.id if need.count == 1 else f"{need.id}#{number}"
