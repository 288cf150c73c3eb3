"""Interviews without a date: volumes, diagnostics, first follow-ups, people who missed, calls."""

from datetime import date, timedelta
from random import Random
from typing import Literal, NamedTuple

from planner.generate.agenda import Facts
from planner.generate.chances import chance, dates, monday_of
from planner.problem import Interview, StaffMember


class Asked(NamedTuple):
    """What one more interview is made from."""

    dice: Random
    facts: Facts
    offices: tuple[str, ...]
    referent_of: dict[str, StaffMember]


def open_needs(asked: Asked, count: int) -> list[Interview]:
    """Needs for `count` interviews (volumes count as many)."""
    found: dict[str, Interview] = {}
    left = count
    while left > 0:
        need = _one(asked, left)
        if need.id not in found:
            found[need.id] = need
            left -= need.count
        elif len(found) > 40 * count:
            break
    return list(found.values())


def _one(asked: Asked, left: int) -> Interview:
    draw = asked.dice.random()
    if draw < 0.12 and asked.offices:
        return _volume(asked, left)
    prisons = [site.id for site in asked.facts.sites if _has_permanence(asked.facts, site.id)]
    if draw < 0.40 and prisons:
        return _diagnostic(asked, asked.dice.choice(prisons), left)
    morning = [one for one in asked.facts.promotions if one.participants]
    if draw < 0.55 and morning:
        group = asked.dice.choice(morning)
        return _morning(asked, group.id, group.site, asked.dice.choice(group.participants))
    return _follow_up(asked)


def _has_permanence(facts: Facts, site: str) -> bool:
    return any(one.site == site and one.kind == "permanence" and not one.follows for one in facts.cadences)


def _serial(dice: Random) -> str:
    return f"{dice.randint(1, 99999):05d}"


def _window(asked: Asked, weeks: int) -> tuple[date, date]:
    """Monday of a week of the horizon to the Sunday `weeks - 1` weeks later."""
    span = asked.facts.span
    monday = monday_of(asked.dice.choice(list(dates(span.first_on, span.last_on))))
    return monday, monday + timedelta(days=7 * weeks - 1)


def _volume(asked: Asked, left: int) -> Interview:
    """Anonymous volume of one referent: so many follow-ups in two weeks."""
    member = asked.dice.choice(asked.facts.staff)
    from_on, until_on = _window(asked, 2)
    return Interview(id=f"volume/{member.id}/{_serial(asked.dice)}", count=min(left, asked.dice.randint(2, 6)),
                     kind="suivi", from_on=from_on, until_on=until_on, sites=asked.offices,
                     referent=member.id)  # fmt: skip


def _diagnostic(asked: Asked, site: str, left: int) -> Interview:
    """First meetings at a permanence, some urgent: whoever holds it."""
    dice, span = asked.dice, asked.facts.span
    return Interview(
        id=f"{site}/diagnostic/{_serial(dice)}",
        count=min(left, dice.choice((1, 1, 2, 3))),
        kind="diagnostic",
        priority="urgent" if chance(dice, 0.15) else "normal",
        from_on=span.first_on,
        until_on=span.last_on,
        sites=(site, *(asked.offices if chance(dice, 0.2) else ())),
        only_in_permanence=chance(dice, 0.5),
    )


def _morning(asked: Asked, group: str, site: str, person: str) -> Interview:
    """An hour of a promotion's morning for one participant."""
    span = asked.facts.span
    return Interview(id=f"{person}/{group}", participant=person, kind="suivi", from_on=span.first_on,
                     until_on=span.last_on, sites=(site,), only_in_permanence=True, other_staff=True)  # fmt: skip


def _follow_up(asked: Asked) -> Interview:
    dice = asked.dice
    person = dice.choice(asked.facts.participants)
    from_on, until_on = _window(asked, dice.choice((1, 2, 2, 3)))
    mode: Literal["on_site", "phone", "video"] = dice.choice(("on_site",) * 4 + ("phone", "video"))
    misses = dice.choice((0, 0, 0, 1, 2))
    return Interview(
        id=f"{person.id}/{'suivi' if misses else 'reprise'}/{from_on.isoformat()}/libre",
        participant=person.id,
        kind="bilan" if chance(dice, 0.1) else "suivi",
        mode=mode,
        priority=dice.choice(("normal",) * 7 + ("urgent", "flexible", "flexible")),
        from_on=from_on,
        until_on=until_on,
        sites=() if mode != "on_site" else asked.offices,
        referent=asked.referent_of[person.id].id,
        other_staff=chance(dice, 0.2),
        leave_notice_days=dice.choice((0, 0, 0, 0, 3, 7)),
        min_days=dice.choice((0, 3, 5)),
        last_on=from_on - timedelta(days=dice.randint(3, 20)) if chance(dice, 0.5) else None,
        misses=misses,
    )
