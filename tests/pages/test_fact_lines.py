"""What the lists of facts say of each line: who may enter today, half-days away, days a cadence may take."""

from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from db.records.facts import Facts
from db.records.staff import Accreditation
from db.records.territory import Territory
from service.facts_file.records import read_month
from service.pages.facts.absence_form import ABSENCE
from service.pages.facts.people_lines import people
from service.pages.facts.promotion_lines import Dating, Span, promotions
from service.pages.facts.site_lines import SiteLine, sites

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def facts() -> Facts:
    known = read_month(ROOT / "examples" / "ile-de-france.toml", TODAY).facts
    territory = Territory(
        id=UUID(int=1), version=1, code="x", name="X", zone="Europe/Paris", departements=("93",)
    )
    given = {name: getattr(known, name) or () for name in known.__struct_fields__}
    return Facts(territory=territory, **given)


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def line_of(facts: Facts, site: str, today_on: date = TODAY) -> SiteLine:
    return next(one for one in sites(facts, today_on) if one.code == site)


def with_authorisations(facts: Facts, *until: date | None) -> Facts:
    """The first people with an authorisation for Gagny that ends then, the others with none."""
    owned = [(Accreditation(site="gagny", until_on=on),) for on in until]
    owned += [()] * (len(facts.staff) - len(owned))
    staff = [
        msgspec.structs.replace(one, accreditations=mine)
        for one, mine in zip(facts.staff, owned, strict=True)
    ]
    return msgspec.structs.replace(facts, staff=tuple(staff))


def test_an_authorisation_that_is_over_lets_nobody_in(facts: Facts) -> None:
    line = line_of(with_authorisations(facts, date(2026, 11, 30), date(2026, 11, 14)), "gagny")
    assert line.accredited_count == 0
    assert line.accredited.startswith("finie pour ")
    line = line_of(with_authorisations(facts, date(2026, 12, 1), date(2026, 11, 14)), "gagny")
    assert line.accredited_count == 1
    assert "Autorisation d’accès" in line.accredited
    assert "finie pour" in line.accredited


def test_a_cadence_that_follows_a_promotion_has_the_days_of_its_sessions(facts: Facts) -> None:
    follower = next(one for one in facts.cadences if one.follows)
    promotion = next(one for one in facts.promotions if one.code == follower.follows)
    steps = tuple(
        msgspec.structs.replace(step, done_on=None, from_on=date(2027, 1, 4), until_on=date(2027, 1, 16))
        for step in promotion.sequences
    )
    moved = msgspec.structs.replace(promotion, sequences=steps, weekday=3)
    known = msgspec.structs.replace(facts, promotions=(moved,))
    line = next(one for one in line_of(known, follower.site).cadences if one.code == follower.code)
    assert line.dates == ("mercredi 6 janvier", "mercredi 13 janvier")
    over = tuple(msgspec.structs.replace(step, done_on=date(2026, 11, 4)) for step in steps)
    known = msgspec.structs.replace(facts, promotions=(msgspec.structs.replace(moved, sequences=over),))
    line = next(one for one in line_of(known, follower.site).cadences if one.code == follower.code)
    assert line.dates == ()


def test_a_morning_away_is_told_as_a_morning(facts: Facts) -> None:
    values = {"staff": ("AR",), "from_on": date(2026, 12, 7), "until_on": None, "part": "am", "kind": "leave"}
    known = msgspec.structs.replace(facts, absences=ABSENCE.make(values, facts))
    line = next(one for one in people(known, TODAY) if one.code == "AR")
    assert [plain(one.words) for one in line.absences] == ["Congé, 7 déc. matin"]


def test_a_session_stands_on_the_timeline_with_its_window_and_its_published_date(facts: Facts) -> None:
    promotion = next(one for one in facts.promotions if len(one.sequences) > 2)
    windows = [
        {"from_on": date(2026, 11, 2), "until_on": date(2026, 11, 9), "done_on": date(2026, 11, 4)},
        {"from_on": date(2026, 12, 7), "until_on": date(2026, 12, 20)},
        {"from_on": date(2027, 5, 3), "until_on": date(2027, 5, 9)},
    ]
    steps = tuple(
        msgspec.structs.replace(step, **{"done_on": None, **window})
        for step, window in zip(promotion.sequences[:3], windows, strict=True)
    )
    known = msgspec.structs.replace(facts, promotions=(msgspec.structs.replace(promotion, sequences=steps),))
    span = Span(date(2026, 11, 2), date(2027, 2, 9), TODAY)
    held = Dating(date(2026, 12, 9), published=True)
    (line,) = promotions(known, span, {(promotion.code, steps[1].code): held})
    done, dated = line.bars
    assert (done.done, done.left, done.side) == (True, 2.0, "after")
    assert (dated.done, dated.left, dated.width, dated.dated) == (False, 35.0, 14.0, 37.0)
    assert plain(done.words).endswith(", 4 nov.")
    assert plain(dated.words).endswith(", 9 déc.")
    assert "publiée le mercredi 9 décembre" in plain(line.steps[1].words)
    assert dated.published
    assert "tenue le 4 novembre 2026" in plain(line.steps[0].words)
    (before,) = promotions(known, span._replace(today_on=date(2026, 11, 3)), {})
    assert (before.bars[0].done, before.bars[0].published) == (False, False)
    assert "prévue le 4 novembre 2026, pas encore publiée" in plain(before.steps[0].words)
    ahead = {(promotion.code, steps[0].code): Dating(date(2026, 11, 5), published=True)}
    (told,) = promotions(known, span._replace(today_on=date(2026, 11, 3)), ahead)
    assert (told.bars[0].done, told.bars[0].published) == (False, True)
    assert "publiée le jeudi 5 novembre" in plain(told.steps[0].words)
    draft = {(promotion.code, steps[1].code): Dating(date(2026, 12, 9), published=False)}
    (drafted,) = promotions(known, span, draft)
    assert (drafted.bars[1].dated, drafted.bars[1].published) == (37.0, False)
    assert "en brouillon le mercredi 9 décembre, pas encore publiée" in plain(drafted.steps[1].words)
