"""The page before a publication and the board after it tell one truth: decisions, old facts, whom nothing reaches."""

import re
from datetime import UTC, datetime, time, timedelta

import httpx
import msgspec
import pytest

from db.queries.fact_storing import change_fact, store_facts
from db.queries.facts import fact
from db.queries.territories import territory_by_code
from db.records.facts import FactSet
from db.records.staff import Absence, StaffMember
from service.catalogue import NBSP
from service.pages.seen import seen_of
from tests.pages.december_draft import MONTH, act, computed, newest, permanences, published

pytestmark = [pytest.mark.usefixtures("in_november"), pytest.mark.slow]


async def read(visitor: httpx.AsyncClient, below: str = "") -> str:
    """A page as it is read: without marks, with plain spaces."""
    html = (await visitor.get(f"{MONTH}{below}")).text
    words = re.sub(r"<[^>]+>", " ", html)
    return re.sub(r"\s+", " ", words.replace(NBSP, " ").replace("\u202f", " "))


async def has(code: str, **fields: object) -> None:
    territory = await territory_by_code("petite")
    person = await fact(territory.id, StaffMember, code)
    await change_fact(territory.id, msgspec.structs.replace(person, **fields), version=person.version)


async def placed_against_a_rule(visitor: httpx.AsyncClient) -> None:
    """A permanence of hers while she sees somebody at the office, knowingly."""
    answer = await act(
        visitor, "ajouter", cadence="gagny-permanence", rangee="gagny", jour="2026-12-15", demi="am", qui="AR",
        revision=seen_of(await newest()),
    )  # fmt: skip
    assert answer.status_code == 303, answer.text


async def test_who_has_no_address_and_no_calendar_is_named_before_and_after(
    visitor: httpx.AsyncClient,
) -> None:
    await has("NK", email="nk@exemple.fr")
    before = await read(visitor, "/publier")
    assert "Rien ne dira ce qui change à A.R., sans adresse de courriel ni agenda" in before
    assert "Publier la version 1 et prévenir" in before
    done = await act(visitor, "publier", revision=seen_of(await newest()))
    assert done.status_code == 303
    after = await read(visitor, "?fait=publication")
    assert "À prévenir vous-même : A.R., sans adresse ni agenda lu récemment." in after
    assert "N.K." in after.partition("À prévenir vous-même")[0].partition("Publié")[2]
    assert "Chacun reçoit" not in after


async def test_who_has_an_address_is_not_said_to_have_none_when_nobody_is_mailed(
    visitor: httpx.AsyncClient,
) -> None:
    await has("NK", email="nk@exemple.fr")
    await has("AR", email="ar@exemple.fr")
    await act(visitor, "publier", revision=seen_of(await newest()), sans_prevenir="oui")
    after = await read(visitor, "?fait=silence")
    assert (
        "Aucun courriel n’est parti ; à prévenir vous-même : A.R. et N.K., sans agenda lu récemment." in after
    )
    assert "sans adresse" not in after


async def test_decisions_are_counted_alike_at_the_foot_and_before_publishing(
    visitor: httpx.AsyncClient,
) -> None:
    assert "aucune règle enfreinte" in await read(visitor)
    asked = await read(visitor, "/publier")
    assert "Qui sera prévenu" in asked
    assert "enfreinte" not in asked
    await placed_against_a_rule(visitor)
    board = await read(visitor)
    (foot,) = re.findall(r"vérifié, (\d+) règle", board)
    assert re.search(r"Équité dans l’équipe \d+ — pas de preuve", board)
    (told,) = re.findall(
        r"Cette version part avec : .*?(\d+) règles? enfreinte", await read(visitor, "/publier")
    )
    assert foot == told


async def test_that_facts_changed_stands_beside_an_edit_and_before_publishing(
    visitor: httpx.AsyncClient,
) -> None:
    await has("AR", skills=("sport",))
    item = (await permanences())[0]
    await act(visitor, "retirer", cle=item.key, revision=seen_of(await newest()))
    board = await read(visitor, "?fait=modification")
    assert "C’est fait" in board
    assert "Ce brouillon n’en tient pas encore compte." in board
    before = await read(visitor, "/publier")
    assert "ceci a changé : équipe (A.R.)." in before
    assert "Ce brouillon n’en tient pas encore compte." in before


async def test_what_is_taken_off_and_put_back_is_proved_again(visitor: httpx.AsyncClient) -> None:
    proved = re.search(r"\d+ besoins? non placés?[^.]*\.|Tout est placé[^.]*\.", await read(visitor))
    assert proved
    assert "aucun planning meilleur n’existe avec ces données" in proved[0]
    item = (await permanences())[0]
    await act(visitor, "retirer", cle=item.key, revision=seen_of(await newest()))
    assert proved[0] not in await read(visitor)
    levels = (await newest()).levels
    await act(
        visitor, "ajouter", cadence=item.cadence_code or "", jour=str(item.held_on), demi=item.half_day or "",
        qui=item.staff_codes[0], rangee="gagny", revision=seen_of(await newest()),
    )  # fmt: skip
    assert (await newest()).levels != levels
    assert proved[0] in await read(visitor)


async def test_comparing_is_titled_as_such_and_publishes_nothing(visitor: httpx.AsyncClient) -> None:
    await published()
    await has("AR", skills=("sport",))
    await computed()
    page = await read(visitor, "/comparer")
    assert "Comparer le brouillon v2 à la version 1 publiée" in page
    assert "et prévenir" not in page
    await computed()
    choices = await read(visitor, "/comparer")
    assert "Comparer le brouillon v2 n° 2 à" in choices
    assert "Brouillon v2 du " in choices
    other = (await visitor.get(f"{MONTH}/comparer?avec=1")).text
    assert "<h1>Comparer le brouillon v2 n° 2 à" in other.replace(NBSP, " ")
    assert "Publier la version 2 ?" in await read(visitor, "/publier")
    await act(visitor, "publier", revision=seen_of(await newest()))
    after = (await visitor.get(f"{MONTH}/publier")).text
    assert "Rien à publier" in after
    for of_a_draft in ("Comparer avec", "remplacée", "two-thirds"):
        assert of_a_draft not in after


async def test_a_first_publication_counts_what_it_holds_and_weighs_no_change(
    visitor: httpx.AsyncClient,
) -> None:
    page = await read(visitor, "/publier")
    assert "Publier la version 1, la première de ce mois ?" in page
    assert "Publier la version 1 et prévenir" not in page, "nobody has an address"
    assert "Publier sans prévenir" not in page
    assert re.search(r"2 permanences et 3 entretiens pour \d personnes?", page)
    assert "hangements pour" not in page
    assert "Changements : ce qui est publié et bouge" not in page


async def test_what_is_pinned_and_falls_is_said_on_the_board_of_what_is_published(
    visitor: httpx.AsyncClient,
) -> None:
    item = (await permanences())[0]
    await act(visitor, "epingler", cle=item.key, revision=seen_of(await newest()))
    await act(visitor, "publier", revision=seen_of(await newest()))
    assert "ne tient plus" not in await read(visitor)
    day = datetime.combine(item.held_on, time(7), UTC)
    territory = await territory_by_code("petite")
    for code in item.staff_codes:
        away = Absence(
            code=f"away-{code}", staff=code, starts_at=day, ends_at=day + timedelta(hours=12), kind="leave"
        )
        await store_facts(territory.id, FactSet(absences=(away,)))
    told = await read(visitor)
    assert "c’est épinglé, un nouveau calcul n’y touche pas : désépinglez-la, puis replanifiez" in told
    assert "Un nouveau calcul en tient compte" not in told
    assert "Replanifier en changeant le moins possible" not in told


async def test_what_was_decided_against_a_rule_when_it_was_published_does_not_fall(
    visitor: httpx.AsyncClient,
) -> None:
    await placed_against_a_rule(visitor)
    await act(visitor, "publier", revision=seen_of(await newest()))
    told = await read(visitor)
    assert "Permanence : 1 de plus que demandé" in told
    assert "c’est épinglé ou promis" not in told
    assert "vérifié, 2 règles enfreintes (décidé ou épinglé)" in await read(visitor)
