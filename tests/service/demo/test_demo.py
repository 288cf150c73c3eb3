"""The demonstration: an empty folder becomes two published months; again, nothing changes."""

import asyncio
import re
import stat
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from db.engine import connected
from db.queries.assignments import Wanted, assignments_of
from db.queries.territories import all_territories
from db.records.assignment import Assignment
from service.commands.demo import coming_month, month_named
from service.demo import story
from service.demo.closing import closing_words
from service.demo.story import EXAMPLES, SECONDS_IN_ALL, Screen, Story, tell
from service.errors import BadInput
from service.settings import ROOT, Settings

MARCH = date(2027, 3, 1)
PARIS = ZoneInfo("Europe/Paris")
REFERENCE = re.compile(rb"\b[A-Z]{2}\d{4}\b")


class Run(NamedTuple):
    story: Story
    out: str
    progress: str
    files: dict[str, bytes]


def run(settings: Settings, first_on: date = MARCH, *, under_way_on: date | None = None) -> Run:
    """One demonstration in a hurry: each solve gets the least time."""
    out, progress = StringIO(), StringIO()
    screen = Screen(out, progress, 120, time.monotonic() - SECONDS_IN_ALL)
    told = asyncio.run(tell(first_on, settings, screen, under_way_on=under_way_on))
    screen.say(closing_words(told, settings))
    files = {path.name: path.read_bytes() for path in settings.var_path.rglob("*.ics")}
    return Run(told, plain(out.getvalue()), plain(progress.getvalue()), files)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(var=str(tmp_path_factory.mktemp("var") / "fresh"))


@pytest.fixture(scope="module")
def first(settings: Settings) -> Run:
    return run(settings)


@pytest.mark.slow
def test_both_territories_are_planned_printed_and_published(first: Run) -> None:
    assert [told.territory.code for told in first.story.told] == ["ile-de-france", "somme"]
    assert all(told.fresh and told.plan.state == "published" for told in first.story.told)
    for words in (
        "Île-de-France · mars 2027, après une demi-heure de saisie",
        "Île-de-France · Mars 2027",
        "Somme · Mars 2027",
        "7 besoins non placés ; aucun planning meilleur n’existe avec ces données.",
        "personne n’a d’autorisation d’accès valable (CP Fresnes",
        "make serve",
    ):
        assert words in first.out
    assert "Somme · " in first.progress


@pytest.mark.slow
def test_every_feed_is_a_calendar_with_the_events_of_the_database(first: Run, settings: Settings) -> None:
    assert len(first.files) == first.story.written.files
    for body in first.files.values():
        calendar = icalendar.Calendar.from_ical(body)
        other = vobject.readOne(body.decode())
        uids = sorted(str(event["UID"]) for event in calendar.walk("VEVENT"))
        assert uids == sorted(event.uid.value for event in getattr(other, "vevent_list", []))
    for told in first.story.told:
        feed = first.files[f"{told.territory.code}-territory-{told.territory.code}.ics"]
        assert all(uid.encode() in feed for uid in asyncio.run(_published(settings, told.territory.id)))


async def _published(settings: Settings, territory_id: object) -> list[str]:
    async with connected(settings.database_address):
        found = await assignments_of(territory_id, Wanted(from_on=MARCH))  # type: ignore[arg-type]
    return [str(one.id) for one in found if one.kind in ("permanence", "session")]


@pytest.mark.slow
def test_no_feed_names_a_participant(first: Run) -> None:
    assert not [name for name, body in first.files.items() if REFERENCE.search(body)]


@pytest.mark.slow
def test_the_secret_addresses_are_for_their_owner_alone(first: Run) -> None:
    path = first.story.written.addresses
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    addresses = re.findall(r"http://127\.0\.0\.1:8000/feeds/([\w-]{32})\.ics", path.read_text())
    assert len(set(addresses)) == first.story.written.files


@pytest.mark.slow
def test_a_second_run_changes_nothing_and_says_so(first: Run, settings: Settings) -> None:
    addresses = first.story.written.addresses.read_bytes()
    before = asyncio.run(_revisions(settings))
    began = time.monotonic()
    again = run(settings)
    assert time.monotonic() - began < 10
    assert "Rien n’a changé" in again.out
    assert "Rien n’a changé" not in first.out
    assert again.files == first.files
    assert again.story.written.addresses.read_bytes() == addresses
    assert asyncio.run(_revisions(settings)) == before


async def _revisions(settings: Settings) -> list[tuple[str, int, int, int]]:
    async with connected(settings.database_address):
        found = await all_territories()
    return [(one.code, one.version, one.facts_revision, one.published_revision) for one in found]


@pytest.mark.soak
def test_the_month_under_way_comes_before_it_and_only_its_last_day_is_left_to_note(
    first: Run, settings: Settings
) -> None:
    now = datetime.now(PARIS)
    coming_on = coming_month(now.date())
    both = run(settings, coming_on, under_way_on=now.date().replace(day=1))
    assert [told.number for told in both.story.told] == [1, 1]
    assert both.out.count("le mois en cours") == 2
    for told in both.story.told:
        past = asyncio.run(_past(settings, told.territory.id, now))
        open_days = {one.held_on for one in past if one.status in ("planned", "to_confirm")}
        assert open_days == ({max(one.held_on for one in past)} if past else set())
    again = run(settings, coming_on, under_way_on=now.date().replace(day=1))
    assert "Rien n’a changé" in again.out
    assert not any(told.fresh for told in again.story.told)


async def _past(settings: Settings, territory_id: UUID, now: datetime) -> list[Assignment]:
    """Interviews and sessions of this month before today."""
    wanted = Wanted(from_on=now.date().replace(day=1), until_on=now.date() - timedelta(days=1))
    async with connected(settings.database_address):
        found = await assignments_of(territory_id, wanted)
    return [one for one in found if one.kind in ("interview", "session")]


def test_the_coming_month_follows_today() -> None:
    assert coming_month(date(2026, 11, 23)) == date(2026, 12, 1)
    assert coming_month(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize("text", ["2027-13", "mars", "2027-3", "1999-01", "2027-03-01", ""])
def test_a_month_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="--month"):
        month_named(text)


def test_a_faulty_example_is_refused_before_anything_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = tmp_path / "somme.toml"
    faulty.write_text((EXAMPLES[1]).read_text().replace("third wednesday", "third noday", 1))
    monkeypatch.setattr(story, "EXAMPLES", (EXAMPLES[0], faulty))
    settings = Settings(var=str(tmp_path / "var"))
    with pytest.raises(BadInput, match=r"somme\.toml: staff 'MB', absences: from: .*noday"):
        run(settings)
    assert not settings.var_path.exists()


def test_a_wrong_month_ends_with_code_2_one_line_and_no_database(tmp_path: Path) -> None:
    var = tmp_path / "var"
    command = [sys.executable, "-m", "service.cli", "demo", "--month", "2027-13"]
    environment = {"ESCALE_VAR": str(var), "PATH": "/usr/bin:/bin"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert not var.exists()
