"""Who enters a site in a month, one line a person and visit, and what changed since the list that was sent. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from db.records.assignment import Assignment
from db.records.cadence import Promotion
from db.records.staff import Accreditation, Speaker, StaffMember

Mark = Literal["same", "new", "changed", "gone"]
KINDS = {"permanence": "Permanence", "session": "Séance collective"}


class AccessLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person at one visit; `start` and `end` are local hours `HH:MM`."""

    on: date
    start: str
    end: str
    name: str
    function: str
    material: str
    purpose: str


class MarkedLine(msgspec.Struct, frozen=True, kw_only=True):
    line: AccessLine
    mark: Mark


def access_lines(
    site: str,
    visits: Iterable[Assignment],
    staff: Iterable[StaffMember],
    speakers: Iterable[Speaker],
    promotions: Iterable[Promotion],
    zone: str,
) -> list[AccessLine]:
    """By date, hour and name. Interviews are none: whom one meets is nobody's business at the gate."""
    people = {one.code: one for one in staff}
    outside = {one.code: one for one in speakers}
    groups = {one.code: one for one in promotions}
    found = [
        line
        for one in visits
        if one.site == site and one.kind in KINDS and one.status != "cancelled"
        for line in _of_visit(one, people, outside, groups, ZoneInfo(zone))
    ]
    return sorted(found, key=lambda line: (line.on, line.start, line.name))


def _of_visit(
    one: Assignment,
    people: dict[str, StaffMember],
    outside: dict[str, Speaker],
    groups: dict[str, Promotion],
    zone: ZoneInfo,
) -> Iterator[AccessLine]:
    def line(name: str, function: str, material: str) -> AccessLine:
        return AccessLine(
            on=one.held_on,
            start=f"{one.starts_at.astimezone(zone):%H:%M}",
            end=f"{one.ends_at.astimezone(zone):%H:%M}",
            name=name,
            function=function,
            material=material,
            purpose=KINDS[one.kind],
        )

    for code in one.staff:
        person = people.get(code)
        if person is not None:
            yield line(person.name, person.job or "", _material(person.accreditations, one))
    group = groups.get(one.promotion or "")
    for step in group.sequences if group else ():
        if step.code == one.sequence and (step.speaker or step.speaker_name):
            known = outside.get(step.speaker or "")
            function = (known.function or known.organisation or "") if known else ""
            name = step.speaker_name or (known.name if known else "")
            yield line(
                name, function or "Intervention", _material(known.accreditations, one) if known else ""
            )


def _material(accreditations: Iterable[Accreditation], one: Assignment) -> str:
    return next(
        (
            found.material
            for found in accreditations
            if found.site == one.site
            and found.material
            and (found.until_on is None or found.until_on >= one.held_on)
        ),
        "",
    )


def marked(now: Sequence[AccessLine], before: Sequence[AccessLine] | None) -> list[MarkedLine]:
    """Lines with their marks against the version sent before (None: there was none); those gone stay in their place."""
    if before is None:
        return [MarkedLine(line=line, mark="same") for line in now]
    earlier = {_key(line): line for line in before}
    found = [MarkedLine(line=line, mark=_mark(line, earlier.get(_key(line)))) for line in now]
    kept = {_key(line) for line in now}
    found += [MarkedLine(line=line, mark="gone") for line in before if _key(line) not in kept]
    return sorted(found, key=lambda one: (one.line.on, one.line.start, one.line.name))


def _mark(line: AccessLine, earlier: AccessLine | None) -> Mark:
    if earlier is None:
        return "new"
    return "same" if line == earlier else "changed"


def _key(line: AccessLine) -> tuple[date, str, str]:
    """A person's visit of a half-day: another hour of it is the same visit, changed."""
    return (line.on, "am" if line.start < "13:00" else "pm", line.name)


def stored(lines: Iterable[AccessLine]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = msgspec.to_builtins(list(lines))
    return found


def from_stored(lines: Iterable[dict[str, Any]]) -> list[AccessLine]:
    return msgspec.convert(list(lines), list[AccessLine], strict=False)
