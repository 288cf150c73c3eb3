"""Which version a board shows: its state and number, when and how it was made, and what became of its facts."""

from datetime import date, datetime
from typing import Literal

import msgspec

from service.catalogue import text
from service.messages.levels import Outdated

Made = Literal["solved", "opened", "moved"]

VersionState = Literal["draft", "ready", "published", "superseded"]


def draft_number(number: int, rank: int) -> str:
    """v3; of a second draft for it v3 n° 2"""
    return text("v{n} n° {rank}", n=number, rank=rank) if rank > 1 else text("v{n}", n=number)


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown: its state and number, when it was made, and what others see meanwhile."""

    number: int = 1
    draft_rank: int = 1
    """Which draft it is of those for one number."""
    state: VersionState = "draft"
    plan_id: str = ""
    seen: str = ""
    """As `seen_of` writes it."""
    made_at: datetime | None = None
    made_how: Made = "solved"
    """Computed, copied to be changed by hand, or published for one move of the day."""
    seconds: float | None = None
    edited: bool = False
    """Changed by hand since it was computed, and not back to what was computed."""
    outdated: Outdated | None = None
    """Facts that its computation read are others by now."""
    is_over: bool = False
    """Its last day has passed."""
    is_past: bool = False
    """Work goes on with another version."""
    is_scenario: bool = False
    from_scratch: bool = False
    """Computed without counting what it changes of the published version."""
    published_number: int | None = None
    published_on: date | None = None

    @property
    def numbered(self) -> str:
        return draft_number(self.number, self.draft_rank if self.is_draft else 1)

    @property
    def is_draft(self) -> bool:
        return self.state in ("draft", "ready")

    @property
    def is_in_work(self) -> bool:
        """The draft that is edited and published."""
        return self.is_draft and not self.is_past

    @property
    def wants_anew(self) -> bool:
        """Another computation would know more, and the month is not over."""
        going_on = self.is_in_work or (self.state == "published" and not self.is_past)
        return self.outdated is not None and bool(self.outdated.changed) and going_on and not self.is_over
