"""What the planner refuses, as a tree: every refusal names a path in the file and a reason."""


class PlannerError(Exception):
    """Base of every error that this room raises on purpose."""


class EndedEarlyError(PlannerError):
    """The time of a solve is over or its caller stopped it; never leaves this room."""


class MalformedFileError(PlannerError):
    """A file that lies: `path` says where ("interviews[3].until_on"), `reason` says why, in one line."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


class ProblemError(MalformedFileError):
    """A problem that cannot be planned because it does not make sense."""


class PlanError(MalformedFileError):
    """A plan that does not fit its problem: an unknown id, a date outside the horizon, a key twice."""
