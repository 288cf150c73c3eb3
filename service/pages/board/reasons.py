"""Reasons in French: codes and facts of the planner become sentences of the catalogue."""

from datetime import date
from typing import Any

from planner.plan import Reason
from service.catalogue import gettext, text
from service.french_text import capital, half_day, initials, listed, short_date
from service.pages.board.chips import Words

MOST_DAYS = 4


def sentences(reason: Reason, words: Words) -> tuple[str, ...]:
    """The reason's own sentence, then one a rule with the days on which it took the last choice."""
    own = gettext(f"reason.{reason.code}")
    grouped: dict[tuple[str, str], list[str]] = {}
    for fact in reason.facts:
        rule = str(fact.get("rule") or fact.get("code") or "")
        grouped.setdefault((rule, _about(fact, words)), []).append(_when(fact))
    found = [_sentence(rule, about, [day for day in days if day]) for (rule, about), days in grouped.items()]
    head = (
        ()
        if own.startswith("reason.") and found
        else (own if not own.startswith("reason.") else reason.code,)
    )
    return (*head, *(sentence for sentence in found if sentence))


def _sentence(rule: str, about: str, days: list[str]) -> str:
    what = gettext(f"rule.{rule}") if rule else ""
    if what.startswith("rule."):
        what = rule.replace("_", " ")
    shown = (
        listed(days[:MOST_DAYS])
        if len(days) <= MOST_DAYS
        else text(
            "{days} et {more} autres demi-journées",
            days=", ".join(days[:MOST_DAYS]),
            more=len(days) - MOST_DAYS,
        )
    )
    place = f" ({about})" if about else ""
    return "".join((capital(what), place, text(" : {days}", days=shown) if days else "", "."))


def _when(fact: dict[str, Any]) -> str:
    on, half = fact.get("on"), fact.get("half_day")
    if not on:
        return ""
    day = short_date(on if isinstance(on, date) else date.fromisoformat(str(on)))
    return f"{day} {half_day(half)}" if half in ("am", "pm") else day


def _about(fact: dict[str, Any], words: Words) -> str:
    staff = fact.get("staff")
    people = [staff] if isinstance(staff, str) else list(staff or [])
    named = [initials(code) for code in people]
    site = fact.get("site")
    if isinstance(site, str) and site in words.sites and not named:
        named = [words.site(site)]
    return listed(named)
