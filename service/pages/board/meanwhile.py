"""What publishing a draft would refuse beside broken rules, told on its board: what was called off, whose places would be lost."""

from datetime import date

from service.messages.assignment_words import Things
from service.messages.meanwhile import booked_sentence, called_off_sentence
from service.translate.draft import Lost


def told_meanwhile(lost: Lost, things: Things) -> str:
    """Empty of anything else that no longer holds."""
    if lost.rule == "called_off":
        return called_off_sentence(lost.about, date.fromisoformat(lost.on), things)
    if lost.rule == "booked":
        half = lost.text.rpartition("=")[2]
        return booked_sentence(lost.about, date.fromisoformat(lost.on), half, lost.amount, things)
    return ""
