"""Who would be told if a draft were published now: of the team by which message, and everybody else."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec

from db.queries.facts import facts_of
from db.records.assignment import AssignmentEvent
from db.records.territory import Territory
from service.actions.preview_publication import Difference, preview_publication
from service.french_text import initials
from service.mail.changes import Change, changes_of
from service.mail.message import Message, key_of, message_of
from service.mail.tell_changes import readers_of, wants
from service.pages.comparison import Change as Listed
from service.pages.reach import reach_of
from service.pages.told_outside import Outside, told_outside


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is mailed: what of, in a word, and the messages as they will be."""

    name: str
    count: str
    messages: tuple[Message, ...]


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody of the team stands in one of the five, by initials."""

    told: tuple[Told, ...] = ()
    unreached: tuple[str, ...] = ()
    """Without an address, and without a calendar that somebody reads: nothing tells them."""
    by_calendar: tuple[str, ...] = ()
    unwilling: tuple[str, ...] = ()
    """Who chose no such messages, or publishes their own changes."""
    untouched: tuple[str, ...] = ()
    outside: Outside = Outside()

    @property
    def is_heard(self) -> bool:
        """Whether the publication mails anybody."""
        return bool(self.told) or any(one.is_mailed for one in self.outside.partners)


async def who_is_told(
    territory: Territory, plan_id: UUID, account_id: UUID | None, listed: Iterable[Listed]
) -> Telling:
    """`listed` are the changes of what is published that the page shows.

    Raises `NotFoundError`, `StepNotAllowed` when it is no draft.
    """
    preview = await preview_publication(territory, plan_id)
    facts = await facts_of(territory.id)
    by_person: dict[str, list[Change]] = defaultdict(list)
    now = datetime.now(UTC)
    for one in preview.differences:
        for change in changes_of(_event(one, plan_id, account_id, now), facts):
            by_person[change.staff].append(change)
    readers = await readers_of(territory, facts)
    reach = await reach_of(territory, facts, by_person, readers)
    told = [
        _told(code, [one for one in by_person[code] if wants(readers[code], one)], territory)
        for code in reach.mailed
    ]
    present = [one.code for one in facts.staff if one.archived_at is None]
    return Telling(
        told=tuple(sorted(told, key=lambda one: one.name)),
        unreached=_initials(reach.unreached),
        by_calendar=_initials(reach.by_calendar),
        unwilling=_initials(reach.unwilling),
        untouched=_initials(code for code in present if code not in by_person),
        outside=await told_outside(territory, facts, preview.differences, listed),
    )


def _initials(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(initials(code) for code in codes)


def _event(one: Difference, plan_id: UUID, account_id: UUID | None, now: datetime) -> AssignmentEvent:
    """What the publication would write down."""
    before, after = one.before, one.after
    return AssignmentEvent(
        id=uuid4(),
        assignment_id=one.id or uuid4(),
        at=now,
        what="published" if after else "dropped",
        revision=1,
        actor_id=account_id,
        plan_id=plan_id,
        before=msgspec.to_builtins(before) if before else None,
        after=msgspec.to_builtins(after) if after else None,
    )


def _told(code: str, changes: list[Change], territory: Territory) -> Told:
    together: dict[str, list[Change]] = defaultdict(list)
    for one in changes:
        together[key_of(one)].append(one)
    messages = tuple(message_of(group, territory.name, territory.zone) for group in together.values())
    largest = max(messages, key=lambda message: len(message.lines))
    return Told(name=initials(code), count=largest.count, messages=messages)
