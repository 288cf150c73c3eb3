"""Every hour: referents of paths that absences suspended are asked what to do."""

from service.jobs.kinds import JobKind, RunningJob
from service.mail.ask_referents import ask_referents
from service.settings import Settings


def paths_kind(settings: Settings) -> JobKind:
    async def ask(_: RunningJob) -> dict[str, int]:
        return {"asked": await ask_referents(settings)}

    return JobKind(name="paths", handler=ask)
