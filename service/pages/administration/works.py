"""Jobs and mail that did not leave: what works and what does not."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from db.queries.jobs import list_jobs
from db.queries.outbox import mails, send_again
from db.records.job import Job
from db.records.mail import OutboxMail
from service.actions.stop_plan import stop_plan
from service.catalogue import text
from service.errors import NotFound
from service.pages.administration.entry import HERE, SHARED, administrator, come_in, known_in, said
from service.pages.board.history import moment
from service.pages.context import AnyRequest
from service.pages.rendering import page

JOB_KINDS = {
    "solve_plan": "calcul d’un planning",
    "mail": "courriels",
    "tomorrow": "courriels de 18 h",
    "waiting": "places des listes d’attente",
    "aging": "conservation",
    "agendas": "lecture des agendas personnels",
    "scarcity": "places bientôt rares",
    "free-places": "offre des places libres",
    "attendance": "rappels de ce qui est à renseigner",
    "paths": "parcours qui attendent une décision",
    "history": "oubli des anciens travaux",
    "ledger": "comptes d’équité des mois passés",
}
JOB_STATES = {
    "queued": "attend",
    "running": "en cours",
    "done": "fait",
    "failed": "échoué",
    "cancelled": "abandonné",
    "interrupted": "interrompu",
}


class JobLine(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    state: str
    began: str
    failed: bool
    error: str
    stops: UUID | None = None
    """The plan that is being computed here, which may be given up."""


@get(f"{HERE}/travaux", **SHARED)
async def show_works(request: AnyRequest, territory: str) -> Response[str]:
    """The newest jobs of the house and of this territory; mail that failed or waits."""
    visit = await come_in(request, territory, "travaux")
    zone = visit.territory.zone
    mine = [one for one in await list_jobs(limit=400) if one.territory_id in (None, visit.territory.id)]
    waiting = await _mails(request, territory)
    words = {
        "jobs": [_job(one, zone) for one in telling(mine)[:60]],
        "mails": [one for one in waiting if one.last_error],
        "queued": sum(1 for one in waiting if not one.last_error),
        "no_server": not request.app.state.settings.smtp,
        "said": said(request),
    }
    return page("administration/works.html", visit.shell, words)


@post(f"{HERE}/courriels/{{mail:uuid}}", **SHARED)
async def try_mail_again(request: AnyRequest, territory: str, mail: FromPath[UUID]) -> Redirect:
    """A failed mail of this territory is due again."""
    await come_in(request, territory, "travaux")
    if mail not in {one.id for one in await _mails(request, territory) if one.last_error}:
        raise NotFound("Ce courriel n’existe pas ici.")
    await send_again(mail, at=datetime.now(UTC))
    return Redirect(f"/t/{territory}/administration/travaux?fait=courriel", status_code=303)


@post(f"{HERE}/travaux/{{plan:uuid}}/abandonner", **SHARED)
async def give_up_solve(request: AnyRequest, territory: str, plan: FromPath[UUID]) -> Redirect:
    """A plan that is being computed, or waits to be, is given up."""
    visit = await come_in(request, territory, "travaux")
    await stop_plan(visit.territory, plan, keep=False)
    return Redirect(f"/t/{territory}/administration/travaux?fait=abandon", status_code=303)


async def _mails(request: AnyRequest, territory: str) -> list[OutboxMail]:
    """Of this territory's people: what failed for good, and what waits for its turn or for another try."""
    visit = await come_in(request, territory, "travaux")
    accounts = await known_in(territory, await administrator(request))
    here = {one.account.id for one in accounts}
    return [
        one
        for one in await mails(states=("failed", "queued"), limit=300)
        if one.territory_id == visit.territory.id or one.recipient_id in here
    ]


def telling(jobs: list[Job]) -> list[Job]:
    """The newest first, without what only repeats: of a routine that went well, its last time."""
    seen: set[str] = set()
    kept: list[Job] = []
    for job in jobs:
        routine = job.state == "done" and job.kind != "solve_plan"
        if not (routine and job.kind in seen):
            kept.append(job)
        if routine:
            seen.add(job.kind)
    return kept


def _job(job: Job, zone: str) -> JobLine:
    return JobLine(
        what=text(JOB_KINDS.get(job.kind, job.kind)),
        state=text(JOB_STATES.get(job.state, job.state)),
        began=moment(job.started_at or job.created_at, zone),
        failed=job.state == "failed",
        error=job.error or "",
        stops=job.subject_id if job.kind == "solve_plan" and job.state in ("queued", "running") else None,
    )


WORKS_PAGES = (show_works, try_mail_again, give_up_solve)
