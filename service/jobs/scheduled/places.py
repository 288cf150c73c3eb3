"""Every morning: scarcity to the coordination first, then what is free to partners."""

from service.jobs.kinds import JobKind, RunningJob
from service.mail.offer_places import offer_places
from service.mail.warn_of_scarcity import warn_of_scarcity
from service.settings import Settings


def scarcity_kind(settings: Settings) -> JobKind:
    async def warn(_: RunningJob) -> dict[str, int]:
        return {"warned": await warn_of_scarcity(settings)}

    return JobKind(name="scarcity", handler=warn)


def offers_kind(settings: Settings) -> JobKind:
    async def offer(_: RunningJob) -> dict[str, int]:
        return {"offered": await offer_places(settings)}

    return JobKind(name="free-places", handler=offer)
