"""Needs that a rhythm, a volume or a promotion's mornings asked for get rows once something is published for them."""

from collections.abc import Iterable

from db.records.facts import Facts
from db.records.participant import InterviewNeed
from db.records.plan import PlanItem
from planner.problem import Interview, Problem


def need_rows(facts: Facts, problem: Problem, items: Iterable[PlanItem]) -> tuple[InterviewNeed, ...]:
    """The rows that are missing for the interviews of a draft."""
    known = {one.code for one in facts.needs}
    wanted = {item.need_code for item in items if item.kind == "interview"} - known
    paths = {one.participant: one for one in facts.paths if one.state != "ended"}
    return tuple(
        _row(need, getattr(paths.get(need.participant or ""), "code", None), _programme(facts, need))
        for need in problem.interviews
        if need.id in wanted
    )


def _programme(facts: Facts, need: Interview) -> str | None:
    of_volume = {one.code: one.programme for one in facts.volumes}
    of_person = {one.participant: one.programme for one in facts.paths if one.state != "ended"}
    if need.participant is not None:
        return of_person.get(need.participant)
    return of_volume.get(need.id.rpartition("/")[0])


def _row(need: Interview, path: str | None, programme: str | None) -> InterviewNeed:
    return InterviewNeed(
        code=need.id,
        from_on=need.from_on,
        until_on=need.until_on,
        participant=need.participant,
        path=path,
        programme=programme,
        referent=need.referent,
        kind=need.kind,
        mode=need.mode,
        priority=need.priority,
        slots=need.slots,
        needed_count=need.count,
        only_in_permanence=need.only_in_permanence,
        other_staff=need.other_staff,
        leave_notice_days=need.leave_notice_days,
        min_days=need.min_days,
        last_on=need.last_on,
        misses=need.misses,
        origin="computed",
        sites=need.sites,
    )
