"""One message of changes: few are told one by one, a whole month by half-days."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from db.records.assignment import AssignmentEvent
from db.records.facts import Facts
from db.records.site import Site
from db.records.territory import Territory
from service.mail.changes import Change, changes_of
from service.mail.message import FOLDED_FROM, message_of

ZONE = "Europe/Paris"
SITE = "Mission locale, Gagny"
MONDAY = datetime(2026, 12, 7, 8, tzinfo=UTC)


def content(kind: str, starts_at: datetime, minutes: int) -> dict[str, Any]:
    ends_at = starts_at + timedelta(minutes=minutes)
    return {
        "kind": kind,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "site": "bureau",
        "staff": ["AR"],
    }


def change(kind: str, starts_at: datetime, minutes: int = 45, what: str = "new") -> Change:
    after = content(kind, starts_at, minutes)
    event = AssignmentEvent(
        id=uuid4(), assignment_id=uuid4(), at=MONDAY, what="published", revision=1, plan_id=UUID(int=1),
        before=None if what == "new" else after, after=after,
    )  # fmt: skip
    line = f"{kind} {starts_at:%d %H:%M}, {SITE}"
    return Change(event=event, staff="AR", line=line, soon=False, what=what, site=SITE)


def morning(day: int, interviews: int) -> list[Change]:
    starts = MONDAY + timedelta(days=day)
    met = [change("interview", starts + timedelta(minutes=45 * rank)) for rank in range(interviews)]
    return [change("office", starts, 180), *met]


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_few_changes_are_told_one_by_one_and_the_office_apart() -> None:
    changes = [change("permanence", MONDAY, 180), *morning(1, 2)]
    message = message_of(changes, "Île-de-France", ZONE)
    assert message.lines == tuple(one.line for one in changes)
    assert plain(message.subject) == (
        "Planning publié, Île-de-France : 3 changements et 1 demi-journée au bureau pour vous"
    )


def test_a_message_of_nothing_but_the_office_counts_its_half_days() -> None:
    few, many = ([change("office", MONDAY + timedelta(days=day), 180) for day in range(n)] for n in (2, 20))
    assert plain(message_of(few, "Somme", ZONE).count) == "2 demi-journées au bureau"
    assert plain(message_of(many, "Somme", ZONE).count) == "20 demi-journées au bureau"


def test_a_permanence_that_moved_is_one_change_with_both_days() -> None:
    was, becomes = (
        content("permanence", MONDAY + timedelta(days=day), 180) | {"cadence": "gagny"} for day in (0, 2)
    )
    territory = Territory(id=uuid4(), version=1, code="somme", name="Somme", zone=ZONE)
    facts = Facts(territory=territory, sites=(Site(code="bureau", name=SITE, kind="bureau"),))
    gone, coming = (
        AssignmentEvent(
            id=uuid4(), assignment_id=uuid4(), at=MONDAY, what=what, revision=1, plan_id=UUID(int=1),
            before=before, after=after,
        )
        for what, before, after in (
            ("published", None, becomes),
            ("dropped", was, was | {"status": "cancelled"}),
        )
    )  # fmt: skip
    found = message_of([*changes_of(gone, facts), *changes_of(coming, facts)], "Somme", ZONE)
    assert plain(found.count) == "1 changement"
    assert [plain(line) for line in found.lines] == [
        f"Changé : mercredi 9 décembre 2026, 9 h à 12 h, permanence, {SITE}"
        f" (avant : lundi 7 décembre 2026, 9 h à 12 h, permanence, {SITE})"
    ]


def test_a_new_month_is_told_by_half_days_in_the_order_of_the_days() -> None:
    changes = [*morning(3, 4), *morning(2, 4), *morning(1, 4), change("permanence", MONDAY, 180)]
    assert len(changes) >= FOLDED_FROM
    message = message_of(changes, "Île-de-France", ZONE)
    assert plain(message.count) == "1 permanence et 12 entretiens"
    assert [plain(line) for line in message.lines] == [
        f"permanence 07 08:00, {SITE}",
        f"Nouveau : mardi 8 décembre 2026, 9 h à 12 h, 4 entretiens, {SITE}",
        f"Nouveau : mercredi 9 décembre 2026, 9 h à 12 h, 4 entretiens, {SITE}",
        f"Nouveau : jeudi 10 décembre 2026, 9 h à 12 h, 4 entretiens, {SITE}",
    ]


def test_what_changes_beside_a_new_month_keeps_its_own_line() -> None:
    moved = change("interview", MONDAY + timedelta(hours=6), what="changed")
    message = message_of([*morning(1, 4), *morning(2, 4), *morning(3, 4), moved], "Somme", ZONE)
    assert moved.line in message.lines
    assert plain(message.count).endswith("1 autre changement")


def test_a_site_whose_name_has_a_comma_is_named_whole_in_both_lines() -> None:
    territory = Territory(id=uuid4(), version=1, code="somme", name="Somme", zone=ZONE)
    facts = Facts(territory=territory, sites=(Site(code="bureau", name=SITE, kind="bureau"),))
    events = [one.event for one in (*morning(1, 4), *morning(2, 4), *morning(3, 4))]
    changes = [one for event in events for one in changes_of(event, facts)]
    assert (
        plain(changes[0].line)
        == f"Nouveau : mardi 8 décembre 2026, 9 h à 12 h, demi-journée au bureau, {SITE}"
    )
    assert plain(message_of(changes, "Somme", ZONE).lines[0]) == (
        f"Nouveau : mardi 8 décembre 2026, 9 h à 12 h, 4 entretiens, {SITE}"
    )
