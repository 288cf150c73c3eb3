"""What keeps a person from being planned: "je suis pris" on their week, and their own agendas."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from db.queries.busy_sources import busy_counts, busy_sources
from db.queries.facts import facts_of
from db.records.facts import Facts
from service.accounts.kept_keys import kept_keys
from service.actions.add_busy_agenda import add_busy_agenda
from service.actions.add_busy_file import add_busy_file
from service.actions.forget_busy import forget_agenda, forget_mark
from service.actions.mark_busy import Half, WeekMarks, mark_busy
from service.actions.read_busy_sources import read_busy_source
from service.busy.fetch import Fetcher, normal_address
from service.catalogue import text
from service.edge.guards import TEAM
from service.errors import BadInput, NotFound
from service.pages.agenda.seat import PHONE_FRAME, FeedSeat, own_seat
from service.pages.asked_days import coming_monday, day_asked, monday_of
from service.pages.board.source import today_in
from service.pages.busy_view import busy_week, landing_words, repeated, source_line
from service.pages.context import AnyRequest
from service.pages.form_parts import sent, whole_form
from service.pages.forms import NOTHING_TYPED, Answers, Field, read, untouched
from service.pages.rendering import page

HERE = "/t/{territory:str}/je-suis-pris"
FIRST_READING_SECONDS = 8.0
"""How long the page waits for a new agenda before it leaves it to the hourly reading."""
WEEKLY = Field(name="repeter", label=text("Ce que je coche vaut"), kind="select", required=True,
               options=(("non", text("cette semaine seulement")), ("oui", text("chaque semaine à partir de celle-ci"))))  # fmt: skip
UNTIL = Field(name="jusquau", label=text("Répéter jusqu’au"), kind="date")
ADDRESS = Field(name="adresse", label=text("Adresse secrète au format iCal"), kind="url", required=True, longest=2_000,
                hint=text("Elle commence par https:// ou webcal:// et finit souvent par .ics. Elle est gardée scellée."))  # fmt: skip
NAME = Field(name="nom", label=text("Son nom ici"), longest=40)


FIELDS = (WEEKLY, UNTIL, ADDRESS, NAME)


class Desk(NamedTuple):
    """Whose busy time it is."""

    seat: FeedSeat
    facts: Facts
    staff: str
    here: str

    @property
    def territory_id(self) -> UUID:
        return self.seat.visit.territory.id

    def back(self, rest: str = "") -> Redirect:
        """The page again; `rest` is what the address says of the week or of what was done."""
        query = "&".join(part for part in (self.seat.suffix.removeprefix("?"), rest) if part)
        return Redirect(f"{self.here}?{query}" if query else self.here, status_code=303)


@get(HERE, roles=TEAM, include_in_schema=False)
async def show_busy(request: AnyRequest, territory: str) -> Response[str]:
    """The week's half-days, what is repeated, the agendas that are followed."""
    return await _busy_page(await _desk(request, territory), request)


@post(HERE, roles=TEAM, include_in_schema=False)
async def keep_busy_week(request: AnyRequest, territory: str) -> Response[Any]:
    """The week as ticked; what is published in a half-day newly marked is said at once."""
    desk = await _desk(request, territory)
    monday_on = await _monday_sent(request)
    answers = await _week_typed(request, monday_on)
    if answers.problems:
        return await _busy_page(desk, request, answers=answers)
    landings = await mark_busy(desk.seat.visit.territory, _marks(desk, monday_on, answers))
    if not landings:
        return desk.back(f"semaine={monday_on}&fait=semaine")
    desk = await _desk(request, territory)
    return await _busy_page(desk, request, monday_on=monday_on, landed=landing_words(desk.facts, landings))


@post(f"{HERE}/repetition", roles=TEAM, include_in_schema=False)
async def end_repeated(request: AnyRequest, territory: str) -> Redirect:
    """A repeated mark goes, past and future."""
    desk = await _desk(request, territory)
    (code,) = await sent(request, "marque")
    await forget_mark(desk.territory_id, desk.staff, code)
    return desk.back("fait=marque")


@post(f"{HERE}/agenda", roles=TEAM, include_in_schema=False)
async def follow_agenda(request: AnyRequest, territory: str) -> Response[Any]:
    """An agenda by its address, read at once when it answers in time."""
    desk = await _desk(request, territory)
    answers = read((ADDRESS, NAME), await whole_form(request))
    name, address = (answers.values.get(field.name, "") for field in (NAME, ADDRESS))
    try:
        if not answers.problems:
            await _follow(request, desk, name or text("mon agenda"), address)
    except BadInput as error:
        answers = answers.with_problem(ADDRESS.name, ADDRESS.label, error.detail.rstrip("."))
    if answers.problems:
        return await _busy_page(desk, request, answers=answers)
    return desk.back("fait=agenda")


@post(f"{HERE}/fichier", roles=TEAM, include_in_schema=False)
async def take_file(request: AnyRequest, territory: str) -> Response[Any]:
    """An agenda as a file: its times are kept, the file is not."""
    desk = await _desk(request, territory)
    upload = (await request.form()).get("fichier")
    body = await upload.read() if isinstance(upload, UploadFile) else b""
    name = upload.filename[:40] if isinstance(upload, UploadFile) else ""
    try:
        await add_busy_file(desk.territory_id, desk.staff, name=name or text("fichier"), body=body)
    except BadInput as error:
        wrong = NOTHING_TYPED.with_problem("fichier", text("Fichier .ics"), error.detail.rstrip("."))
        return await _busy_page(desk, request, answers=wrong)
    return desk.back("fait=agenda")


@post(f"{HERE}/{{source:uuid}}/retirer", roles=TEAM, include_in_schema=False)
async def unfollow_agenda(request: AnyRequest, territory: str, source: UUID) -> Redirect:
    """The agenda is forgotten with its address and its times."""
    desk = await _desk(request, territory)
    await forget_agenda(desk.territory_id, desk.staff, source)
    return desk.back("fait=retire")


async def _desk(request: AnyRequest, territory: str) -> Desk:
    seat = await own_seat(request, territory)
    if seat is None or seat.frame != PHONE_FRAME:
        raise NotFound(text("Cette personne n’existe pas ici."))
    facts = await facts_of(seat.visit.territory.id)
    return Desk(seat, facts, seat.subject.code, seat.visit.shell.address("je-suis-pris"))


async def _busy_page(
    desk: Desk,
    request: AnyRequest,
    *,
    monday_on: date | None = None,
    landed: tuple[str, ...] = (),
    answers: Answers = NOTHING_TYPED,
) -> Response[str]:
    territory, now = desk.seat.visit.territory, datetime.now(UTC)
    today = today_in(territory)
    (sent_monday,) = await sent(request, "lundi")
    monday_on = monday_on or _monday(sent_monday or request.query_params.get("semaine"), today)
    found = await busy_sources(territory.id, staff=desk.staff)
    ahead = await busy_counts([one.id for one in found], after=now)
    context = {
        "week": busy_week(desk.facts, desk.staff, monday_on, today),
        "repeated": repeated(desk.facts, desk.staff, today),
        "sources": [source_line(one, ahead[one.id], ZoneInfo(territory.zone)) for one in found],
        "busy": desk.here,
        "landed": landed,
        "fields": {field.name: field for field in FIELDS},
        "typed": untouched(FIELDS, answers.typed),
        "problems": answers.problems,
        "ticked": answers.typed.get("demi"),
        "done": request.query_params.get("fait", ""),
    }
    status_code = 422 if answers.problems else 200
    return page(
        "staff/busy.html", desk.seat.visit.shell, {**desk.seat.context(), **context}, status_code=status_code
    )


async def _monday_sent(request: AnyRequest) -> date:
    """The week of the form. Raises `BadInput` on what no page of ours sends."""
    (word,) = await sent(request, "lundi")
    try:
        on = day_asked(word)
    except ValueError:
        raise BadInput(text("Cette semaine n’existe pas.")) from None
    if on.weekday() != 0:
        raise BadInput(text("Cette semaine n’existe pas."))
    return on


async def _week_typed(request: AnyRequest, monday_on: date) -> Answers:
    answers = read((_halves(monday_on), WEEKLY, UNTIL), await whole_form(request))
    until_on = answers.values.get(UNTIL.name)
    early = until_on is not None and until_on < monday_on
    return answers.or_else(UNTIL, text("pas avant cette semaine")) if early else answers


def _halves(monday_on: date) -> Field:
    days = (monday_on + timedelta(days=day) for day in range(6))
    options = tuple((f"{on}-{half}", f"{on}") for on in days for half in ("am", "pm"))
    return Field(name="demi", label=text("Demi-journées où je suis pris"), kind="checks", options=options)


def _marks(desk: Desk, monday_on: date, answers: Answers) -> WeekMarks:
    asked = answers.values
    return WeekMarks(
        staff=desk.staff,
        monday_on=monday_on,
        ticked=frozenset(_half(code) for code in asked["demi"]),
        weekly=asked[WEEKLY.name] == "oui",
        until_on=asked[UNTIL.name],
    )


def _half(code: str) -> Half:
    """`2026-12-01-am`"""
    day, _, half = code.rpartition("-")
    return date.fromisoformat(day), "am" if half == "am" else "pm"


async def _follow(request: AnyRequest, desk: Desk, name: str, address: str) -> None:
    """Kept, then read a first time; a failure is shown beside it and tried again within the hour."""
    settings = request.app.state.settings
    keys = await kept_keys(settings.keys_path)
    source = await add_busy_agenda(keys, desk.territory_id, desk.staff, name=name, address=address)
    fetcher = Fetcher(private_allowed=settings.private_agendas, seconds=FIRST_READING_SECONDS)
    try:
        await read_busy_source(source, fetcher, normal_address(address), datetime.now(UTC))
    finally:
        await fetcher.close()


def _monday(asked: str | None, today: date) -> date:
    try:
        return monday_of(day_asked(asked)) if asked else coming_monday(today)
    except ValueError:
        raise BadInput(text("Cette semaine n’existe pas.")) from None


BUSY_PAGES = (
    show_busy,
    keep_busy_week,
    end_repeated,
    follow_agenda,
    take_file,
    unfollow_agenda,
)
