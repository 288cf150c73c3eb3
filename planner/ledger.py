"""What each person is owed or owes after a month, in hundredths of a half-day, and over twelve months.

A month adds 100 x (count - share) to a balance; share = w of the person / sum of w x the month's
total of that kind. Shares are rounded by largest remainders, so that what one owes another is owed:
the balances of a month sum to 0.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from planner.records import Identifier, Positive, Record

MONTHS_KEPT = 12


class Entry(Record, frozen=True, kw_only=True):
    """What one month added to one balance; `month_on` is the first day of that month."""

    month_on: date
    staff: Identifier
    kind: str
    balance: int


def month_entries(
    month_on: date, counts: Mapping[str, Mapping[str, int]], weights: Mapping[str, int]
) -> tuple[Entry, ...]:
    """The entries of a month, from counts by kind and staff (`counts[kind][staff]`) of what was held.

    `weights` are the w of those who had an available half-day: nobody else gets an entry, and what
    they did all the same (a pin on an absence) is shared by nobody.
    """
    found = []
    for kind in sorted(counts):
        done = {staff: counts[kind].get(staff, 0) for staff in sorted(weights)}
        shares = _shares(100 * sum(done.values()), weights)
        found += [
            Entry(month_on=month_on, staff=staff, kind=kind, balance=100 * count - shares[staff])
            for staff, count in done.items()
        ]
    return tuple(found)


def balances(entries: Iterable[Entry], month_on: date) -> dict[str, dict[str, int]]:
    """`[staff][kind]` at the start of a month: the sum of the twelve months before it.

    Whoever has no entry in them, a newcomer or someone absent all year, is left out: 0.
    """
    last = _month_number(month_on)
    found: dict[str, dict[str, int]] = {}
    for entry in entries:
        if last - MONTHS_KEPT <= _month_number(entry.month_on) < last:
            kinds = found.setdefault(entry.staff, {})
            kinds[entry.kind] = kinds.get(entry.kind, 0) + entry.balance
    return found


def _month_number(on: date) -> int:
    return on.year * 12 + on.month


def _shares(hundredths: int, weights: Mapping[str, Positive]) -> dict[str, int]:
    """`hundredths` in whole parts proportional to the weights; the largest remainders get one more."""
    whole = sum(weights.values())
    parts = {staff: divmod(hundredths * weight, whole) for staff, weight in weights.items()}
    left = hundredths - sum(part for part, _ in parts.values())
    upward = sorted(parts, key=lambda staff: (-parts[staff][1], staff))[:left]
    return {staff: part + (staff in upward) for staff, (part, _) in parts.items()}
