"""Rule `speaker_present`: a session with an outside speaker has its speaker."""

from collections.abc import Iterator

from planner.breach import Breach
from planner.plan_view import PlanView


class SpeakerPresent:
    """A sequence with `speaker_dates` falls on one of them.

    Why: the speaker gave those dates, and the site lets the speaker in on those dates only.
    """

    name = "speaker_present"
    codes: tuple[str, ...] = ("speaker_absent",)

    def violations(self, view: PlanView) -> Iterator[Breach]:
        """Amount 1."""
        for session in view.sessions:
            dates = session.sequence.speaker_dates if session.sequence else None
            if dates is not None and session.on not in dates:
                yield Breach(
                    self.name,
                    "speaker_absent",
                    session.about,
                    session.on,
                    site=session.site,
                    items=(session.key,),
                )
