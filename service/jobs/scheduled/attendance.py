"""Every working morning: what waits to be told of yesterday and before."""

from service.jobs.kinds import JobKind, RunningJob
from service.mail.remind_attendance import remind_attendance
from service.settings import Settings


def attendance_kind(settings: Settings) -> JobKind:
    async def remind(_: RunningJob) -> dict[str, int]:
        return {"reminded": await remind_attendance(settings)}

    return JobKind(name="attendance", handler=remind)
