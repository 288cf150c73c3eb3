"""The page "Suivi": attendance beside its target, site by site, and the files that may leave."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from db.records.account import Grant
from db.records.assignment import Content
from db.records.participant import Path as PathRecord
from db.records.territory import Programme
from service.actions.publish_plan import publish_plan
from service.indicators import Cell
from service.pages.figures.files import HEADS, as_csv
from service.pages.figures.ground import Against, Cells, Ground
from service.pages.figures.view import figures_view
from service.paper.figures import figures_sheet
from service.paper.printing import png
from tests.service.door import account, browser, make_app, sign_in
from tests.service.living_territory import make_living, publish
from tests.service.small_territory import ACTOR, make_plan, make_territory

NOVEMBER = date(2026, 11, 1)
O2R = Programme(
    code="o2r", name="O2R", targets={"individual_percent": 75, "collective_percent": 55}, length_days=270
)


def cell(month: int, site: str, kind: str = "suivi", **counts: int) -> Cell:
    return Cell(month_on=date(2026, month, 1), programme="o2r", site=site, kind=kind, **counts)


def parted(*cells: Cell) -> Cells:
    """As the page counts them when interviews are looked at."""
    alone = [one for one in cells if one.kind != "session"]
    return Cells(alone, alone, [one for one in cells if one.kind == "session"])


def ground(programme: Programme | None = O2R, *cells: Cell) -> Ground:
    paths = [
        PathRecord(
            code="a",
            programme="o2r",
            participant="KM4821",
            entry_on=date(2026, 1, 1),
            exit_on=date(2026, 7, 1),
        )
    ]
    return Ground(
        cells=parted(*cells), month_on=NOVEMBER, paths=paths, permanences=(), programme=programme,
        site_names={"gagny": "Gagny"}, met=(26,),
    )  # fmt: skip


def test_attendance_is_honoured_among_honoured_and_missed_beside_its_target() -> None:
    view = figures_view(
        ground(O2R, cell(11, "gagny", planned=10, honoured=6, missed=2, excused=1, cancelled_by_us=1))
    )
    individual, collective, people, length = view.figures
    assert (individual.words, individual.gap_words, individual.reached) == (
        "75\N{NO-BREAK SPACE}%",
        "cible atteinte",
        True,
    )
    assert (collective.words, collective.mark) == ("—", None)
    assert people.words == "26"
    assert length.words == "6,0 mois"
    assert not length.reached


def test_a_bar_is_drawn_only_of_what_has_a_whole() -> None:
    figures = figures_view(ground(None, cell(11, "gagny", planned=4, honoured=1, missed=3))).figures
    assert [one.share for one in figures] == [25.0, None, None, None]


def test_a_shortfall_is_told_in_points_with_a_true_minus_sign() -> None:
    view = figures_view(ground(O2R, cell(11, "gagny", planned=10, honoured=5, missed=5)))
    assert view.figures[0].gap_words == "−25 points"
    assert not view.figures[0].reached


def test_sites_sum_to_the_whole_and_months_go_from_january_to_the_one_shown() -> None:
    cells = (cell(11, "gagny", planned=3, honoured=2), cell(11, "sante", planned=4, honoured=4), cell(2, "gagny", planned=9, honoured=1, missed=1))  # fmt: skip
    view = figures_view(ground(None, *cells))
    assert [row.name for row in view.rows] == ["Gagny", "sante"]
    assert view.total.tally.planned == sum(row.tally.planned for row in view.rows) == 7
    assert [point.label for point in view.months][:2] == ["janv", "févr"]
    assert len(view.months) == 11
    assert view.months[1].tally.attendance == 0.5


def test_another_month_stands_beside_each_figure_and_each_site() -> None:
    now = cell(11, "gagny", planned=4, honoured=3, missed=1)
    then = Against(month_on=date(2026, 10, 1), cells=parted(cell(10, "gagny", planned=2, honoured=1, missed=1)), met=(9,))  # fmt: skip
    view = figures_view(msgspec.structs.replace(ground(O2R, now, cell(11, "sante", planned=1)), against=then))
    half = "50\N{NO-BREAK SPACE}% (+25)"
    assert view.figures[0].before == f"octobre 2026\N{NO-BREAK SPACE}: {half}"
    assert view.figures[2].before == "fin octobre 2026\N{NO-BREAK SPACE}: 9"
    assert [row.before for row in (*view.rows, view.total)] == [half, "—", half]
    assert (view.against, view.compares) == ("octobre 2026", True)


def test_a_month_without_anything_is_said_and_compares_nothing() -> None:
    empty = Against(month_on=date(2026, 10, 1), cells=Cells())
    view = figures_view(msgspec.structs.replace(ground(O2R, cell(11, "gagny", planned=4)), against=empty))
    assert (view.against, view.compares) == ("octobre 2026", False)


def test_sessions_looked_at_alone_have_the_target_of_sessions() -> None:
    session = cell(11, "sas", "session", planned=2, honoured=8, missed=2)
    alone = cell(11, "gagny", planned=4, honoured=1, missed=1, unrecorded=2)
    looked_at = Cells([session], [alone], [session])
    view = figures_view(msgspec.structs.replace(ground(O2R), cells=looked_at, nature="session"))
    assert view.nature == "Séances collectives"
    assert [row.name for row in view.rows] == ["sas"]
    assert view.total.tally.attendance == 0.8
    assert (view.target, view.figures[0].words) == (55, "50\N{NO-BREAK SPACE}%")


def test_paper_tells_of_no_fewer_than_five_people() -> None:
    few = msgspec.structs.replace(ground(O2R), met=(3,), leaving=True)
    view = figures_view(few)
    assert view.figures[2].words == "moins de 5"
    assert view.figures[3].words == "—"
    sheet = figures_sheet(view, "Suivi — novembre 2026, Petite", "")
    assert png("figures", sheet, datetime(2026, 11, 30, tzinfo=UTC)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ((21,), 26, ("21", "26")),
        ((26,), 26, ("26", "26")),
        ((3,), 26, ("moins de 5", "26")),
        ((22,), 26, ("22", "au moins 22")),
        ((22, 26), 28, ("au moins 22", "28")),
        ((0,), 0, ("0", "0")),
    ],
)
def test_two_papers_of_one_year_differ_by_nobody_or_by_five(
    then: tuple[int, ...], now: int, words: tuple[str, str]
) -> None:
    """Beside each other on one paper, and each at the head of its own."""
    before = Against(month_on=date(2026, 10, 1), cells=Cells(), met=then)
    inside = msgspec.structs.replace(ground(O2R), met=(*then, now), against=before)
    left = msgspec.structs.replace(inside, leaving=True)
    earlier = msgspec.structs.replace(ground(O2R), met=then, leaving=True)
    shown = figures_view(left).figures[2]
    assert (shown.before.rpartition("\N{NO-BREAK SPACE}: ")[2], shown.words) == words
    assert figures_view(earlier).figures[2].words == words[0]
    assert figures_view(inside).figures[2].words == str(now)
    assert figures_view(inside).figures[2].before.endswith(f": {then[-1]}")


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_three_people_at_a_site_are_on_the_page_and_not_on_paper(tmp_path: Path) -> None:
    territory = await make_living()
    await publish(territory, *(met(number, who) for number, who in enumerate(("KM4821", "ZT1002", "BB3003"))))
    await account("c@vivante.fr", Grant(role="coordinator", territory="vivante"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@vivante.fr")
        shown = await client.get("/t/vivante/suivi?mois=2026-03")
        paper = await client.get("/t/vivante/suivi/indicateurs.pdf?mois=2026-03")
    said = " ".join(one.extract_text() for one in PdfReader(BytesIO(paper.content)).pages)
    assert "Gagny" in shown.text
    assert "Gagny" not in said
    assert "moins de 5" in said
    assert "moins de 5" not in shown.text


def met(number: int, who: str) -> Content:
    """On the tenth of March, one after the other."""
    at = datetime(2026, 3, 10, 8 + number, tzinfo=UTC)
    return Content(
        kind="interview", key=f"interview:{who}/march:1", held_on=at.date(), half_day="am", starts_at=at,
        ends_at=at + timedelta(hours=1), staff=("AR",), status="held", site="gagny", participant=who,
        programme="o2r", interview_kind="suivi", mode="on_site",
    )  # fmt: skip


def test_what_is_not_filled_in_is_said_and_never_counted_as_held() -> None:
    view = figures_view(ground(O2R, cell(11, "gagny", planned=5, unrecorded=5)))
    assert view.unrecorded == "5 entretiens à renseigner"
    assert view.figures[0].words == "—"


def test_the_file_keeps_its_columns_in_order_and_no_name_is_a_formula() -> None:
    body = as_csv([cell(11, "gagny", planned=7, people=7)], {"o2r": "=O2R"}, {"gagny": "Gagny"})
    head, line = body.decode("utf-8-sig").splitlines()
    assert head.split(";") == list(HEADS)
    assert line.split(";")[:5] == ["2026-11", "'=O2R", "Gagny", "Suivi", "7"]


@pytest.mark.slow
@pytest.mark.usefixtures("database")
async def test_the_page_and_its_files_hold_no_reference(tmp_path: Path) -> None:
    territory = await make_territory()
    await publish_plan(territory, (await make_plan(territory)).id, ACTOR)
    await account("c@petite.fr", Grant(role="coordinator", territory="petite"))
    async with browser(make_app(tmp_path)) as client:
        await sign_in(client, "c@petite.fr")
        shown = await client.get("/t/petite/suivi?mois=2026-12")
        left = await client.get("/t/petite/suivi/indicateurs.csv?mois=2026-12")
        book = await client.get("/t/petite/suivi/indicateurs.xlsx?mois=2026-12")
        assert (await client.get("/t/petite/suivi?mois=2026-13")).status_code == 400
        paper = await client.get("/t/petite/suivi/indicateurs.pdf?mois=2026-12&nature=suivi&avec=2026-11")
        for wrong in ("dispositif=ailleurs", "nature=autre", "avec=jamais"):
            assert (await client.get(f"/t/petite/suivi?{wrong}")).status_code == 400
    assert "Bureau" in shown.text
    assert "KM4821" not in shown.text + left.text
    assert book.content.startswith(b"PK")
    assert paper.content.startswith(b"%PDF")
    assert len(left.text.splitlines()) == 1
