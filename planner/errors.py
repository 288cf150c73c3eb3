"""What the planner refuses, as a tree: every refusal names a path in the file and a reason."""


class PlannerError(Exception):
    """Base of every error that this room raises on purpose."""


class EndedEarlyError(PlannerError):
    """The time of a solve is over or its caller stopped it; never leaves this room."""


LONGEST_SHOWN = 300


class MalformedFileError(PlannerError):
    """A file that lies: `path` says where ("interviews[3].until_on"), `reason` says why, in one line."""

    def __init__(self, path: str, reason: str) -> None:
        path, reason = _in_one_line(path), _in_one_line(reason)
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


class ProblemError(MalformedFileError):
    """A problem that cannot be planned because it does not make sense."""


class PlanError(MalformedFileError):
    """A plan that does not fit its problem: an unknown id, a date outside the horizon, a key twice."""


def _in_one_line(text: str) -> str:
    """What a terminal may be shown of a text from a file: no character that moves it, and not without end."""
    shown = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in shown)
