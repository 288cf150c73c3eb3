"""What comes by the clock, in every process that serves or works; each due instant is claimed once."""

from datetime import time

from service.jobs.kinds import JobKind
from service.jobs.schedule import Scheduled
from service.jobs.scheduled.agendas import agendas_kind
from service.jobs.scheduled.aging import age_kind
from service.jobs.scheduled.attendance import attendance_kind
from service.jobs.scheduled.history import history_kind
from service.jobs.scheduled.ledger import ledger_kind
from service.jobs.scheduled.mail import evening_kind, evening_needed, mail_kind, mail_needed
from service.jobs.scheduled.paths import paths_kind
from service.jobs.scheduled.places import offers_kind, scarcity_kind
from service.jobs.scheduled.waiting import waiting_kind, waiting_needed
from service.settings import Settings

SCHEDULED = (
    Scheduled(kind="mail", every_minutes=1, needed=mail_needed),
    Scheduled(kind="waiting", every_minutes=1, needed=waiting_needed),
    Scheduled(kind="tomorrow", every_minutes=30, needed=evening_needed),
    Scheduled(kind="history", at=time(3, 0)),
    Scheduled(kind="ledger", at=time(3, 15)),
    Scheduled(kind="aging", at=time(3, 30)),
    Scheduled(kind="attendance", at=time(9, 0)),
    Scheduled(kind="paths", every_minutes=60),
    Scheduled(kind="agendas", every_minutes=60),
    Scheduled(kind="scarcity", at=time(7, 30)),
    Scheduled(kind="free-places", at=time(8, 30)),
)


def scheduled_kinds(settings: Settings) -> list[JobKind]:
    return [
        mail_kind(settings),
        evening_kind(settings),
        age_kind(settings),
        agendas_kind(settings),
        scarcity_kind(settings),
        offers_kind(settings),
        attendance_kind(settings),
        paths_kind(settings),
        history_kind(),
        ledger_kind(),
        waiting_kind(),
    ]
