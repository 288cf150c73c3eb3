"""Jobs that come by the clock: one file each, one line in `ALL`."""

from service.jobs.schedule import Scheduled
from service.jobs.scheduled.read_agendas import KIND as READ_AGENDAS

ALL = (Scheduled(kind=READ_AGENDAS, every_minutes=60),)
